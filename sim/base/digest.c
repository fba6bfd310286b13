// RFC 1321, FIPS 180-4, RFC 2104, RFC 8018.
#include "sim/base/digest.h"

#include <string.h>
#include <strings.h>

enum family { MD5, SHA1, SHA256, SHA512 };  // which function works on a block

static const struct {
  const char *name;
  uint8_t size, block;
  enum family family;
} rows[] = {
    [SIX_MD5] = {"md5", 16, 64, MD5},          [SIX_SHA1] = {"sha1", 20, 64, SHA1},        [SIX_SHA224] = {"sha224", 28, 64, SHA256},
    [SIX_SHA256] = {"sha256", 32, 64, SHA256}, [SIX_SHA384] = {"sha384", 48, 128, SHA512}, [SIX_SHA512] = {"sha512", 64, 128, SHA512}};

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

// Of the ninth to the sixteenth prime: SHA-384 starts there, and SHA-224 with their second halves.
static const uint64_t later_roots[8] = {0xcbbb9d5dc1059ed8, 0x629a292a367cd507, 0x9159015a3070dd17, 0x152fecd8f70e5939,
                                        0x67332667ffc00b31, 0x8eb44a8768581511, 0xdb0c2e0d64f98fa7, 0x47b5481dbefa4fa4};

static const uint64_t square_roots[8] = {0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
                                         0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179};

static uint32_t left(uint32_t x, int n) { return x << n | x >> (32 - n); }
static uint32_t right(uint32_t x, int n) { return x >> n | x << (32 - n); }
static uint64_t right_long(uint64_t x, int n) { return x >> n | x << (64 - n); }

static uint32_t load(const uint8_t *p) { return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3]; }

// ---- One block each

// MD5's own: what is behind the point of the sine of 1, 2, 3...
static const uint32_t sines[64] = {
    0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501, 0x698098d8, 0x8b44f7af, 0xffff5bb1,
    0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821, 0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453,
    0xd8a1e681, 0xe7d3fbc8, 0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a, 0xfffa3942,
    0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70, 0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05,
    0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665, 0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d,
    0x85845dd1, 0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391};

static void md5_block(uint32_t *h, const uint8_t *block) {
  static const uint8_t turns[4][4] = {{7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}};
  uint32_t w[16], a = h[0], b = h[1], c = h[2], d = h[3];
  for (int i = 0; i < 16; i++) w[i] = __builtin_bswap32(load(block + 4 * i));
  for (int i = 0; i < 64; i++) {
    uint32_t f = i < 16 ? (b & c) | (~b & d) : i < 32 ? (d & b) | (~d & c) : i < 48 ? b ^ c ^ d : c ^ (b | ~d);
    int word = i < 16 ? i : i < 32 ? (5 * i + 1) % 16 : i < 48 ? (3 * i + 5) % 16 : 7 * i % 16;
    uint32_t next = b + left(a + f + sines[i] + w[word], turns[i / 16][i % 4]);
    a = d, d = c, c = b, b = next;
  }
  h[0] += a, h[1] += b, h[2] += c, h[3] += d;
}

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
  static const uint32_t start[5] = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0};  // MD5 has four of them
  *hash = (struct six_hash){.digest = digest};
  if (digest == SIX_MD5 || digest == SIX_SHA1) memcpy(hash->state.words, start, sizeof start);
  if (digest == SIX_SHA384) memcpy(hash->state.longs, later_roots, sizeof later_roots);
  if (digest == SIX_SHA512) memcpy(hash->state.longs, square_roots, sizeof square_roots);
  for (int i = 0; i < 8 && digest == SIX_SHA224; i++) hash->state.words[i] = (uint32_t)later_roots[i];
  for (int i = 0; i < 8 && digest == SIX_SHA256; i++) hash->state.words[i] = (uint32_t)(square_roots[i] >> 32);
}

static void digest_block(struct six_hash *hash) {
  switch (rows[hash->digest].family) {
    case MD5: md5_block(hash->state.words, hash->block); break;
    case SHA1: sha1_block(hash->state.words, hash->block); break;
    case SHA256: sha256_block(hash->state.words, hash->block); break;
    case SHA512: sha512_block(hash->state.longs, hash->block); break;
  }
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
  size_t block = rows[hash->digest].block, size = rows[hash->digest].size, unit = rows[hash->digest].family == SHA512 ? 8 : 4;
  uint64_t bits = hash->length * 8;
  bool little = rows[hash->digest].family == MD5;
  static const uint8_t one = 0x80, zeroes[2 * SIX_DIGEST_BLOCK_MOST];
  uint8_t count[8];
  six_hash_add(hash, &one, 1);
  size_t at = hash->length % block, room = block - 2 * unit;  // the length takes two words
  six_hash_add(hash, zeroes, (at <= room ? room - at : block - at + room) + 2 * unit - 8);
  for (int i = 0; i < 8; i++) count[i] = (uint8_t)(bits >> (little ? 8 * i : 56 - 8 * i));
  six_hash_add(hash, count, 8);
  for (size_t i = 0; i < size; i++) {
    uint64_t word = unit == 8 ? hash->state.longs[i / 8] : hash->state.words[i / 4];
    out[i] = (uint8_t)(word >> (8 * (little ? i % unit : unit - 1 - i % unit)));
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
