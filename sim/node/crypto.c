// node: module crypto as far as ordering needs it: hashes, HMAC, PBKDF2 and scrypt on the thread pool, random bytes from the
// world's seed. The rest of it is sim/node/lib/crypto.js; here is what computes.
#include <stdlib.h>

#include "sim/base/digest.h"
#include "sim/machine/builtins/builtin.h"
#include "sim/node/buffer.h"
#include "sim/node/library.h"

enum { MOST_BYTES = 1 << 26, NS_PER_ROUND = 1000, SCRYPT_MOST = 1 << 20 };

static enum six_digest digest_arg(struct six_machine *m, six_value v) {
  char *name = six_is_string(v) ? six_node_utf8(six_node_of(m), v, NULL) : NULL;
  enum six_digest digest = name ? six_digest_of(name) : SIX_DIGEST_NONE;
  free(name);
  return digest;
}

static struct six_bytes bytes_arg(six_value v) {
  uint8_t *bytes = NULL;
  size_t length = 0;
  if (!six_buffer_bytes(v, &bytes, &length)) return (struct six_bytes){NULL, 0};
  return (struct six_bytes){bytes, length};
}

// size(digest): bytes, 0 for one that is unknown.
static six_value crypto_size(struct six_machine *m, const struct six_args *a) {
  enum six_digest digest = digest_arg(m, six_arg(a, 0));
  return six_int(digest == SIX_DIGEST_NONE ? 0 : (int)six_digest_size(digest));
}

// hash(digest, bytes, key): a Buffer; key undefined: not keyed.
static six_value crypto_hash(struct six_machine *m, const struct six_args *a) {
  enum six_digest digest = digest_arg(m, six_arg(a, 0));
  struct six_bytes bytes = bytes_arg(six_arg(a, 1)), key = bytes_arg(six_arg(a, 2));
  struct six_hash hash, outer;
  uint8_t out[SIX_DIGEST_MOST];
  if (digest == SIX_DIGEST_NONE) return SIX_UNDEFINED;
  bool keyed = !six_is_undefined(six_arg(a, 2));
  if (keyed) six_hmac_init(&hash, &outer, digest, key.bytes, key.length);
  else six_hash_init(&hash, digest);
  six_hash_add(&hash, bytes.bytes, bytes.length);
  m->effort += 4 * bytes.length;  // with the copies that led here
  if (keyed) six_hmac_end(&hash, &outer, out);
  else six_hash_end(&hash, out);
  return six_buffer_new(six_node_of(m), (const char *)out, six_digest_size(digest));
}

static uint32_t whole_arg(const struct six_args *a, int i) {
  six_value v = six_arg(a, i);
  double number = six_is_number(v) ? six_as_number(v) : 0;
  return number >= 1 && number <= INT32_MAX ? (uint32_t)number : 0;
}

// The virtual time that a derivation takes, and what it costs of the step budget: it is real work.
static double rounds(const struct six_args *a, enum six_digest digest, size_t length) {
  size_t size = six_digest_size(digest);
  return (double)whole_arg(a, 3) * (double)((length + size - 1) / size);
}

static const uint8_t *derived(struct six_nodejs *node, const struct six_args *a, enum six_digest digest, size_t length) {
  struct six_memo **memo = &node->options.memo;
  struct six_bytes password = bytes_arg(six_arg(a, 1)), salt = bytes_arg(six_arg(a, 2));
  struct six_text key = {0};
  six_text_addf(&key, "pbkdf2 %d %u %zu %zu ", (int)digest, whole_arg(a, 3), length, password.length);
  six_text_add(&key, (const char *)password.bytes, password.length);
  six_text_add(&key, (const char *)salt.bytes, salt.length);
  if (!*memo) *memo = six_memo_new();
  size_t known;
  const uint8_t *found = six_memo_find(*memo, key.bytes, key.length, &known);
  if (!found) {
    uint8_t *out = malloc(length + 1);
    if (!out) abort();
    six_pbkdf2(digest, password, salt, whole_arg(a, 3), out, length);
    six_memo_keep(*memo, key.bytes, key.length, out, length);
    free(out);
    found = six_memo_find(*memo, key.bytes, key.length, &known);
  }
  six_text_done(&key);
  return found;
}

// pbkdf2(digest, password, salt, iterations, length): a Buffer.
static six_value crypto_pbkdf2(struct six_machine *m, const struct six_args *a) {
  enum six_digest digest = digest_arg(m, six_arg(a, 0));
  size_t length = whole_arg(a, 4);
  if (digest == SIX_DIGEST_NONE || length > MOST_BYTES) return SIX_UNDEFINED;
  if (rounds(a, digest, length) > 1e7) return six_throw_unsupported(m, "crypto.pbkdf2 of more than ten million rounds");
  return six_buffer_new(six_node_of(m), (const char *)derived(six_node_of(m), a, digest, length), length);
}

// duration(digest, _, _, iterations, length): how many ms that takes on a thread.
static six_value crypto_duration(struct six_machine *m, const struct six_args *a) {
  enum six_digest digest = digest_arg(m, six_arg(a, 0));
  return six_number(digest == SIX_DIGEST_NONE ? 0 : rounds(a, digest, whole_arg(a, 4)) * NS_PER_ROUND / 1e6);
}

// scrypt(password, salt, cost, r, p, length): a Buffer.
static six_value crypto_scrypt(struct six_machine *m, const struct six_args *a) {
  uint32_t cost = whole_arg(a, 2), r = whole_arg(a, 3), p = whole_arg(a, 4);
  size_t length = whole_arg(a, 5);
  if (length > MOST_BYTES || (double)cost * r * p > SCRYPT_MOST) return six_throw_unsupported(m, "crypto.scrypt of that size");
  uint8_t *out = malloc(length + 1);
  if (!out) abort();
  six_scrypt(bytes_arg(six_arg(a, 0)), bytes_arg(six_arg(a, 1)), cost, r, p, out, length);
  six_value result = six_buffer_new(six_node_of(m), (const char *)out, length);
  free(out);
  return result;
}

// random(length): a Buffer from the world's seed.
static six_value crypto_random(struct six_machine *m, const struct six_args *a) {
  struct six_nodejs *node = six_node_of(m);
  size_t length = whole_arg(a, 0);
  if (length > MOST_BYTES) return six_throw_unsupported(m, "crypto.randomBytes of more than 64 MB");
  six_value result = six_buffer_new(node, NULL, length);
  uint8_t *bytes;
  if (six_is_exception(result) || !six_buffer_bytes(result, &bytes, &length)) return result;
  for (size_t i = 0; i < length; i++) bytes[i] = (uint8_t)(six_outside_random(node->outside) >> 56);
  return result;
}

// work(ms): synchronous work takes time.
static six_value crypto_work(struct six_machine *m, const struct six_args *a) {
  double ms = six_is_number(six_arg(a, 0)) ? six_as_number(a->argv[0]) : 0;
  if (ms > 0 && ms < 1e9) six_node_work(six_node_of(m), (uint64_t)(ms * 1e6));
  return SIX_UNDEFINED;
}

six_value six_module_crypto(struct six_nodejs *node);

six_value six_module_crypto(struct six_nodejs *node) {
  static const struct six_native_def helpers[] = {
      {"size", crypto_size, 1, 0},     {"hash", crypto_hash, 3, 0},         {"pbkdf2", crypto_pbkdf2, 5, 0},
      {"scrypt", crypto_scrypt, 6, 0}, {"duration", crypto_duration, 5, 0}, {"random", crypto_random, 1, 0},
      {"work", crypto_work, 1, 0},
  };
  struct six_machine *m = node->m;
  six_value native = six_object_value(six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype)));
  six_root(m, native);
  six_define_natives(m, six_as_object(native), helpers, SIX_COUNT(helpers));
  return six_library(node, SIX_LIBRARY_crypto, native);
}

six_value six_global_crypto(struct six_nodejs *node);

six_value six_global_crypto(struct six_nodejs *node) {
  six_value exports = six_module_crypto(node);
  return six_is_exception(exports) ? exports : six_node_getv(node, exports, "webcrypto");
}
