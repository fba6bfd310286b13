// base: MD5 and the SHA family, HMAC, PBKDF2 and scrypt over them.
#ifndef SIX_BASE_DIGEST_H
#define SIX_BASE_DIGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum six_digest { SIX_MD5, SIX_SHA1, SIX_SHA224, SIX_SHA256, SIX_SHA384, SIX_SHA512, SIX_DIGEST_NONE };
enum { SIX_DIGEST_MOST = 64, SIX_DIGEST_BLOCK_MOST = 128 };

struct six_hash {
  enum six_digest digest;
  union {
    uint32_t words[8];
    uint64_t longs[8];
  } state;
  uint8_t block[SIX_DIGEST_BLOCK_MOST];
  uint64_t length;  // bytes so far
};

// The digest of a name as Node knows it ("sha256", "SHA512", ...).
enum six_digest six_digest_of(const char *name);
size_t six_digest_size(enum six_digest digest);

void six_hash_init(struct six_hash *hash, enum six_digest digest);
void six_hash_add(struct six_hash *hash, const void *bytes, size_t length);
void six_hash_end(struct six_hash *hash, uint8_t *out);  // six_digest_size bytes

// `hash` is ready for the message's bytes; `outer` is kept for the end.
void six_hmac_init(struct six_hash *hash, struct six_hash *outer, enum six_digest digest, const uint8_t *key, size_t length);
void six_hmac_end(struct six_hash *hash, const struct six_hash *outer, uint8_t *out);

struct six_bytes {
  const uint8_t *bytes;
  size_t length;
};
// RFC 8018, 5.2.
void six_pbkdf2(enum six_digest digest, struct six_bytes password, struct six_bytes salt, uint32_t iterations, uint8_t *out, size_t length);
// RFC 7914: `cost` is N, a power of two; needs 128 * r * (cost + p) bytes for the while. scrypt.c
void six_scrypt(struct six_bytes password, struct six_bytes salt, uint32_t cost, uint32_t r, uint32_t p, uint8_t *out, size_t length);

#endif
