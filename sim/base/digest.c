// FIPS 180-4, RFC 2104, RFC 8018.
#include "sim/base/digest.h"

#include <string.h>
#include <strings.h>

static const struct {
  const char *name;
  uint8_t size, block;
} rows[] = {[SIX_SHA1] = {"sha1", 20, 64}, [SIX_SHA256] = {"sha256", 32, 64}, [SIX_SHA512] = {"sha512", 64, 128}};

enum six_digest six_digest_of(const char *name) {
  for (int i = 0; i < SIX_DIGEST_NONE; i++)
    if (!strcasecmp(name, rows[i].name)) return (enum six_digest)i;
  return SIX_DIGEST_NONE;
}

size_t six_digest_size(enum six_digest digest) { return rows[digest].size; }

// ---- The constants: the first bits of the fractional parts of roots of primes; those of 32 bits are the longer ones' halves.

static const uint64_t cube_roots[80] = {
    0x428a2f98d728ae22, 0x7137449123ef65cd, 0xb5c0fbcfec4d3b2f, 0xe9b5dba58189dbbc, 0x3956c25bf348b538, 0x59f111f1b605d019,
    0x923f82a4af194f9b, 0xab1c5ed5da6d8118, 0xd807aa98a3030242, 0x12835b0145706fbe, 0x243185be4ee4b28c, 0x550c7dc3d5ffb4e2,
    0x72be5d74f27b896f, 0x80deb1fe3b1696b1, 0x9bdc06a725c71235, 0xc19bf174cf692694, 0xe49b69c19ef14ad2, 0xefbe4786384f25e3,
    0x0fc19dc68b8cd5b5, 0x240ca1cc77ac9c65, 0x2de92c6f592b0275, 0x4a7484aa6ea6e483, 0x5cb0a9dcbd41fbd4, 0x76f988da831153b5,
    0x983e5152ee66dfab, 0xa831c66d2db43210, 0xb00327c898fb213f, 0xbf597fc7beef0ee4, 0xc6e00bf33da88fc2, 0xd5a79147930aa725,
    0x06ca6351e003826f, 0x142929670a0e6e70, 0x27b70a8546d22ffc, 0x2e1b21385c26c926, 0x4d2c6dfc5ac42aed, 0x53380d139d95b3df,
    0x650a73548baf63de, 0x766a0abb3c77b2a8, 0x81c2c92e47edaee6, 0x92722c851482353b, 0xa2bfe8a14cf10364, 0xa81a664bbc423001,
    0xc24b8b70d0f89791, 0xc76c51a30654be30, 0xd192e819d6ef5218, 0xd69906245565a910, 0xf40e35855771202a, 0x106aa07032bbd1b8,
    0x19a4c116b8d2d0c8, 0x1e376c085141ab53, 0x2748774cdf8eeb99, 0x34b0bcb5e19b48a8, 0x391c0cb3c5c95a63, 0x4ed8aa4ae3418acb,
    0x5b9cca4f7763e373, 0x682e6ff3d6b2b8a3, 0x748f82ee5defb2fc, 0x78a5636f43172f60, 0x84c87814a1f0ab72, 0x8cc702081a6439ec,
    0x90befffa23631e28, 0xa4506cebde82bde9, 0xbef9a3f7b2c67915, 0xc67178f2e372532b, 0xca273eceea26619c, 0xd186b8c721c0c207,
    0xeada7dd6cde0eb1e, 0xf57d4f7fee6ed178, 0x06f067aa72176fba, 0x0a637dc5a2c898a6, 0x113f9804bef90dae, 0x1b710b35131c471b,
    0x28db77f523047d84, 0x32caab7b40c72493, 0x3c9ebe0a15c9bebc, 0x431d67c49c100d4c, 0x4cc5d4becb3e42b6, 0x597f299cfc657e2a,
    0x5fcb6fab3ad6faec, 0x6c44198c4a475817};

static const uint64_t square_roots[8] = {0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
                                         0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179};

static uint32_t left(uint32_t x, int n) { return x << n | x >> (32 - n); }
static uint32_t right(uint32_t x, int n) { return x >> n | x << (32 - n); }
static uint64_t right_long(uint64_t x, int n) { return x >> n | x << (64 - n); }

static uint32_t load(const uint8_t *p) { return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3]; }

// ---- One block each

static void sha1_block(uint32_t *h, const uint8_t *block) {
  uint32_t w[80], a = h[0], b = h[1], c = h[2], d = h[3], e = h[4];
  for (int i = 0; i < 16; i++) w[i] = load(block + 4 * i);
  for (int i = 16; i < 80; i++) w[i] = left(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
  for (int i = 0; i < 80; i++) {
    uint32_t f = i < 20 ? (b & c) | (~b & d) : i < 40 || i >= 60 ? b ^ c ^ d : (b & c) | (b & d) | (c & d);
    uint32_t k = i < 20 ? 0x5A827999 : i < 40 ? 0x6ED9EBA1 : i < 60 ? 0x8F1BBCDC : 0xCA62C1D6;
    uint32_t next = left(a, 5) + f + e + k + w[i];
    e = d, d = c, c = left(b, 30), b = a, a = next;
  }
  h[0] += a, h[1] += b, h[2] += c, h[3] += d, h[4] += e;
}

static void sha256_block(uint32_t *h, const uint8_t *block) {
  uint32_t w[64], s[8];
  for (int i = 0; i < 16; i++) w[i] = load(block + 4 * i);
  for (int i = 16; i < 64; i++) {
    uint32_t x = w[i - 15], y = w[i - 2];
    w[i] = w[i - 16] + (right(x, 7) ^ right(x, 18) ^ x >> 3) + w[i - 7] + (right(y, 17) ^ right(y, 19) ^ y >> 10);
  }
  memcpy(s, h, sizeof s);
  for (int i = 0; i < 64; i++) {
    uint32_t t = s[7] + (right(s[4], 6) ^ right(s[4], 11) ^ right(s[4], 25)) + ((s[4] & s[5]) ^ (~s[4] & s[6])) +
                 (uint32_t)(cube_roots[i] >> 32) + w[i];
    uint32_t u = (right(s[0], 2) ^ right(s[0], 13) ^ right(s[0], 22)) + ((s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]));
    memmove(s + 1, s, 7 * sizeof *s);
    s[4] += t;
    s[0] = t + u;
  }
  for (int i = 0; i < 8; i++) h[i] += s[i];
}

static void sha512_block(uint64_t *h, const uint8_t *block) {
  uint64_t w[80], s[8];
  for (int i = 0; i < 16; i++) w[i] = (uint64_t)load(block + 8 * i) << 32 | load(block + 8 * i + 4);
  for (int i = 16; i < 80; i++) {
    uint64_t x = w[i - 15], y = w[i - 2];
    w[i] = w[i - 16] + (right_long(x, 1) ^ right_long(x, 8) ^ x >> 7) + w[i - 7] + (right_long(y, 19) ^ right_long(y, 61) ^ y >> 6);
  }
  memcpy(s, h, sizeof s);
  for (int i = 0; i < 80; i++) {
    uint64_t t = s[7] + (right_long(s[4], 14) ^ right_long(s[4], 18) ^ right_long(s[4], 41)) + ((s[4] & s[5]) ^ (~s[4] & s[6])) +
                 cube_roots[i] + w[i];
    uint64_t u = (right_long(s[0], 28) ^ right_long(s[0], 34) ^ right_long(s[0], 39)) + ((s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]));
    memmove(s + 1, s, 7 * sizeof *s);
    s[4] += t;
    s[0] = t + u;
  }
  for (int i = 0; i < 8; i++) h[i] += s[i];
}

// ---- Hashing

void six_hash_init(struct six_hash *hash, enum six_digest digest) {
  static const uint32_t sha1_start[5] = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0};
  *hash = (struct six_hash){.digest = digest};
  if (digest == SIX_SHA1) memcpy(hash->state.words, sha1_start, sizeof sha1_start);
  if (digest == SIX_SHA512) memcpy(hash->state.longs, square_roots, sizeof square_roots);
  if (digest == SIX_SHA256)
    for (int i = 0; i < 8; i++) hash->state.words[i] = (uint32_t)(square_roots[i] >> 32);
}

static void digest_block(struct six_hash *hash) {
  if (hash->digest == SIX_SHA1) sha1_block(hash->state.words, hash->block);
  else if (hash->digest == SIX_SHA256) sha256_block(hash->state.words, hash->block);
  else sha512_block(hash->state.longs, hash->block);
}

void six_hash_add(struct six_hash *hash, const void *bytes, size_t length) {
  const uint8_t *p = bytes;
  size_t block = rows[hash->digest].block;
  while (length) {
    size_t at = hash->length % block, n = block - at < length ? block - at : length;
    memcpy(hash->block + at, p, n);
    hash->length += n;
    if (at + n == block) digest_block(hash);
    p += n;
    length -= n;
  }
}

void six_hash_end(struct six_hash *hash, uint8_t *out) {
  size_t block = rows[hash->digest].block, size = rows[hash->digest].size, unit = hash->digest == SIX_SHA512 ? 8 : 4;
  uint64_t bits = hash->length * 8;
  static const uint8_t one = 0x80, zeroes[2 * SIX_DIGEST_BLOCK_MOST];
  uint8_t count[8];
  six_hash_add(hash, &one, 1);
  size_t at = hash->length % block, room = block - 2 * unit;  // the length takes two words
  six_hash_add(hash, zeroes, (at <= room ? room - at : block - at + room) + 2 * unit - 8);
  for (int i = 0; i < 8; i++) count[i] = (uint8_t)(bits >> (56 - 8 * i));
  six_hash_add(hash, count, 8);
  for (size_t i = 0; i < size; i++) {
    uint64_t word = unit == 8 ? hash->state.longs[i / 8] : hash->state.words[i / 4];
    out[i] = (uint8_t)(word >> (8 * (unit - 1 - i % unit)));
  }
}

// ---- Keyed

void six_hmac_init(struct six_hash *hash, struct six_hash *outer, enum six_digest digest, const uint8_t *key, size_t length) {
  uint8_t pad[SIX_DIGEST_BLOCK_MOST] = {0};
  size_t block = rows[digest].block;
  if (length > block) {
    six_hash_init(hash, digest);
    six_hash_add(hash, key, length);
    six_hash_end(hash, pad);
  } else if (length) {
    memcpy(pad, key, length);
  }
  for (size_t i = 0; i < block; i++) pad[i] ^= 0x36;
  six_hash_init(hash, digest);
  six_hash_add(hash, pad, block);
  for (size_t i = 0; i < block; i++) pad[i] ^= 0x36 ^ 0x5C;
  six_hash_init(outer, digest);
  six_hash_add(outer, pad, block);
}

void six_hmac_end(struct six_hash *hash, const struct six_hash *outer, uint8_t *out) {
  struct six_hash last = *outer;
  size_t size = rows[hash->digest].size;
  uint8_t inner[SIX_DIGEST_MOST];
  six_hash_end(hash, inner);
  six_hash_add(&last, inner, size);
  six_hash_end(&last, out);
}

void six_pbkdf2(enum six_digest digest, struct six_bytes password, struct six_bytes salt, uint32_t iterations, uint8_t *out,
                size_t length) {
  struct six_hash keyed, outer;
  six_hmac_init(&keyed, &outer, digest, password.bytes, password.length);
  size_t size = rows[digest].size;
  for (uint32_t number = 1; length; number++) {
    uint8_t u[SIX_DIGEST_MOST], sum[SIX_DIGEST_MOST];
    const uint8_t index[4] = {(uint8_t)(number >> 24), (uint8_t)(number >> 16), (uint8_t)(number >> 8), (uint8_t)number};
    struct six_hash hash = keyed;
    six_hash_add(&hash, salt.bytes, salt.length);
    six_hash_add(&hash, index, 4);
    six_hmac_end(&hash, &outer, u);
    memcpy(sum, u, size);
    for (uint32_t i = 1; i < iterations; i++) {
      hash = keyed;
      six_hash_add(&hash, u, size);
      six_hmac_end(&hash, &outer, u);
      for (size_t j = 0; j < size; j++) sum[j] ^= u[j];
    }
    size_t n = length < size ? length : size;
    memcpy(out, sum, n);
    out += n;
    length -= n;
  }
}
