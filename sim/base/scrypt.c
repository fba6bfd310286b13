// RFC 7914: a key derivation that needs memory.
#include <stdlib.h>
#include <string.h>

#include "sim/base/digest.h"

static uint32_t left(uint32_t x, int n) { return x << n | x >> (32 - n); }

static uint32_t load_little(const uint8_t *p) { return (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 | (uint32_t)p[1] << 8 | p[0]; }

static void store_little(uint8_t *p, uint32_t v) {
  for (int i = 0; i < 4; i++) p[i] = (uint8_t)(v >> (8 * i));
}

static void quarter(uint32_t *x, int a, int b, int c, int d) {
  x[b] ^= left(x[a] + x[d], 7);
  x[c] ^= left(x[b] + x[a], 9);
  x[d] ^= left(x[c] + x[b], 13);
  x[a] ^= left(x[d] + x[c], 18);
}

static void salsa20_8(uint32_t *block) {
  uint32_t x[16];
  memcpy(x, block, sizeof x);
  for (int round = 0; round < 4; round++) {
    for (int i = 0; i < 4; i++) quarter(x, 5 * i, (5 * i + 4) % 16, (5 * i + 8) % 16, (5 * i + 12) % 16);
    for (int i = 0; i < 4; i++) quarter(x, 5 * i, 4 * i + (i + 1) % 4, 4 * i + (i + 2) % 4, 4 * i + (i + 3) % 4);
  }
  for (int i = 0; i < 16; i++) block[i] += x[i];
}

// scryptBlockMix: `b` and `out` are 2 r blocks of 16 words.
static void mix_blocks(const uint32_t *b, uint32_t *out, uint32_t r) {
  uint32_t x[16];
  memcpy(x, b + (2 * r - 1) * 16, sizeof x);
  for (uint32_t i = 0; i < 2 * r; i++) {
    for (int j = 0; j < 16; j++) x[j] ^= b[i * 16 + (uint32_t)j];
    salsa20_8(x);
    memcpy(out + (i / 2 + (i % 2) * r) * 16, x, sizeof x);
  }
}

// scryptROMix: `memory` has room for `cost` times 32 r words, `other` for 32 r.
static void mix_with_memory(uint32_t *x, uint32_t *other, uint32_t *memory, uint32_t cost, uint32_t r) {
  size_t words = (size_t)32 * r;
  for (uint32_t i = 0; i < cost; i++) {
    memcpy(memory + i * words, x, words * 4);
    mix_blocks(memory + i * words, x, r);
  }
  for (uint32_t i = 0; i < cost; i++) {
    const uint32_t *v = memory + (x[(2 * r - 1) * 16] & (cost - 1)) * words;
    for (size_t j = 0; j < words; j++) other[j] = x[j] ^ v[j];
    mix_blocks(other, x, r);
  }
}

void six_scrypt(struct six_bytes password, struct six_bytes salt, uint32_t cost, uint32_t r, uint32_t p, uint8_t *out, size_t length) {
  size_t words = (size_t)32 * r, size = words * 4;
  uint8_t *blocks = malloc(size * p);
  uint32_t *x = malloc(size * 2), *memory = malloc(size * cost);
  if (!blocks || !x || !memory) abort();
  six_pbkdf2(SIX_SHA256, password, salt, 1, blocks, size * p);
  for (uint32_t i = 0; i < p; i++) {
    for (size_t j = 0; j < words; j++) x[j] = load_little(blocks + i * size + 4 * j);
    mix_with_memory(x, x + words, memory, cost, r);
    for (size_t j = 0; j < words; j++) store_little(blocks + i * size + 4 * j, x[j]);
  }
  six_pbkdf2(SIX_SHA256, password, (struct six_bytes){blocks, size * p}, 1, out, length);
  free(blocks);
  free(x);
  free(memory);
}
