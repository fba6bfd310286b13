// node: module zlib's work: streams of zlib the library, by number. The module itself is lib/zlib.js.
#include <zlib.h>

#include <stdlib.h>
#include <string.h>

#include "sim/machine/builtins/builtin.h"
#include "sim/node/buffer.h"
#include "sim/node/library.h"

enum mode { DEFLATE = 1, INFLATE, GZIP, GUNZIP, DEFLATERAW, INFLATERAW, UNZIP };  // as zlib.constants has them

struct stream {
  z_stream z;
  enum mode mode;
  bool open;
};

struct streams {
  struct stream **items;
  int count, capacity;
};

static bool deflates(enum mode mode) { return mode == DEFLATE || mode == GZIP || mode == DEFLATERAW; }

static void close_stream(struct stream *s) {
  if (!s->open) return;
  if (deflates(s->mode)) deflateEnd(&s->z);
  else inflateEnd(&s->z);
  s->open = false;
}

static void free_streams(struct six_nodejs *node, void *state) {
  struct streams *all = state;
  (void)node;
  for (int i = 0; i < all->count; i++) {
    close_stream(all->items[i]);
    free(all->items[i]);
  }
  free(all->items);
  free(all);
}

static struct streams *streams_of(struct six_nodejs *node) {
  struct streams *all = node->state[SIX_STATE(zlib)];
  if (all) return all;
  if (!(all = calloc(1, sizeof *all))) abort();
  node->state[SIX_STATE(zlib)] = all;
  node->free_state[SIX_STATE(zlib)] = free_streams;
  return all;
}

static struct stream *stream_arg(struct six_machine *m, const struct six_args *a) {
  struct streams *all = streams_of(six_node_of(m));
  int i = six_is_int(six_arg(a, 0)) ? six_as_int(a->argv[0]) : -1;
  return i >= 0 && i < all->count && all->items[i]->open ? all->items[i] : NULL;
}

static int int_arg(const struct six_args *a, int i) {
  double d = six_is_number(six_arg(a, i)) ? six_as_number(a->argv[i]) : 0;
  return d >= INT32_MIN && d <= INT32_MAX ? (int)d : 0;
}

// open(mode, level, windowBits, memLevel, strategy, dictionary): a number.
static six_value zlib_open(struct six_machine *m, const struct six_args *a) {
  struct streams *all = streams_of(six_node_of(m));
  struct stream *s = calloc(1, sizeof *s);
  if (!s) abort();
  s->mode = (enum mode)int_arg(a, 0);
  int bits = int_arg(a, 2), status;
  if (s->mode == GZIP || s->mode == GUNZIP) bits += 16;
  if (s->mode == UNZIP) bits += 32;
  if (s->mode == DEFLATERAW || s->mode == INFLATERAW) bits = -bits;
  if (deflates(s->mode)) status = deflateInit2(&s->z, int_arg(a, 1), Z_DEFLATED, bits, int_arg(a, 3), int_arg(a, 4));
  else status = inflateInit2(&s->z, bits);
  s->open = status == Z_OK;
  uint8_t *dictionary;
  size_t length;
  if (s->open && six_buffer_bytes(six_arg(a, 5), &dictionary, &length)) {
    if (deflates(s->mode)) deflateSetDictionary(&s->z, dictionary, (uInt)length);
    else if (s->mode == INFLATERAW) inflateSetDictionary(&s->z, dictionary, (uInt)length);
  }
  if (all->count == all->capacity) {
    all->capacity = all->capacity ? all->capacity * 2 : 8;
    all->items = realloc(all->items, (size_t)all->capacity * sizeof(struct stream *));
    if (!all->items) abort();
  }
  all->items[all->count] = s;
  return six_int(all->count++);
}

// The dictionary that an inflating stream was opened with is given once it asks.
static int run(struct stream *s, int flush, six_value dictionary) {
  if (deflates(s->mode)) return deflate(&s->z, flush);
  int status = inflate(&s->z, flush);
  uint8_t *bytes;
  size_t length;
  if (status == Z_NEED_DICT && six_buffer_bytes(dictionary, &bytes, &length)) {
    status = inflateSetDictionary(&s->z, bytes, (uInt)length);
    if (status == Z_OK) status = inflate(&s->z, flush);
    else if (status == Z_DATA_ERROR) status = Z_NEED_DICT;
  }
  return status;
}

// write(stream, input, offset, output, outputOffset, flush, dictionary): [status, input left, output left, message]
static six_value zlib_write(struct six_machine *m, const struct six_args *a) {
  struct stream *s = stream_arg(m, a);
  uint8_t *in, *out;
  size_t in_length, out_length, in_at = (size_t)int_arg(a, 2), out_at = (size_t)int_arg(a, 4);
  if (!s || !six_buffer_bytes(six_arg(a, 1), &in, &in_length) || !six_buffer_bytes(six_arg(a, 3), &out, &out_length)) return SIX_UNDEFINED;
  if (in_at > in_length || out_at > out_length) return SIX_UNDEFINED;
  s->z.next_in = in + in_at;
  s->z.avail_in = (uInt)(in_length - in_at);
  s->z.next_out = out + out_at;
  s->z.avail_out = (uInt)(out_length - out_at);
  int status = run(s, int_arg(a, 5), six_arg(a, 6));
  // Members of a gzip file follow one another.
  while (s->mode == GUNZIP && status == Z_STREAM_END && s->z.avail_in > 0 && s->z.next_in[0] == 0x1F) {
    inflateReset(&s->z);
    status = run(s, int_arg(a, 5), six_arg(a, 6));
  }
  m->effort += in_length - in_at;
  struct six_object *result = six_array_new(m, 4);
  six_root(m, six_object_value(result));
  six_array_push(m, result, six_int(status));
  six_array_push(m, result, six_number(s->z.avail_in));
  six_array_push(m, result, six_number(s->z.avail_out));
  six_array_push(m, result, s->z.msg ? six_str(m, s->z.msg) : SIX_UNDEFINED);
  return six_object_value(result);
}

static six_value zlib_reset(struct six_machine *m, const struct six_args *a) {
  struct stream *s = stream_arg(m, a);
  if (s) deflates(s->mode) ? deflateReset(&s->z) : inflateReset(&s->z);
  return SIX_UNDEFINED;
}

static six_value zlib_params(struct six_machine *m, const struct six_args *a) {
  struct stream *s = stream_arg(m, a);
  if (s && deflates(s->mode)) deflateParams(&s->z, int_arg(a, 1), int_arg(a, 2));
  return SIX_UNDEFINED;
}

static six_value zlib_release(struct six_machine *m, const struct six_args *a) {
  struct stream *s = stream_arg(m, a);
  if (s) close_stream(s);
  return SIX_UNDEFINED;
}

// crc32(bytes, start)
static six_value zlib_crc32(struct six_machine *m, const struct six_args *a) {
  uint8_t *bytes;
  size_t length;
  double start = six_is_number(six_arg(a, 1)) ? six_as_number(a->argv[1]) : 0;
  (void)m;
  if (!six_buffer_bytes(six_arg(a, 0), &bytes, &length)) return SIX_UNDEFINED;
  return six_number((double)crc32((uLong)start, bytes, (uInt)length));
}

// work(ms): on the main thread.
static six_value zlib_work(struct six_machine *m, const struct six_args *a) {
  double ms = six_is_number(six_arg(a, 0)) ? six_as_number(a->argv[0]) : 0;
  if (ms > 0 && ms < 1e9) six_node_work(six_node_of(m), (uint64_t)(ms * 1e6));
  return SIX_UNDEFINED;
}

six_value six_module_zlib(struct six_nodejs *node);

six_value six_module_zlib(struct six_nodejs *node) {
  static const struct six_native_def helpers[] = {
      {"open", zlib_open, 6, 0},       {"write", zlib_write, 7, 0}, {"reset", zlib_reset, 1, 0}, {"params", zlib_params, 3, 0},
      {"release", zlib_release, 1, 0}, {"crc32", zlib_crc32, 2, 0}, {"work", zlib_work, 1, 0},
  };
  struct six_machine *m = node->m;
  six_value native = six_object_value(six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype)));
  six_root(m, native);
  six_define_natives(m, six_as_object(native), helpers, SIX_COUNT(helpers));
  return six_library(node, SIX_LIBRARY_zlib, native);
}
