// machine: values. A value is 64 bits: a double, or a tag in the upper 16 bits with a 48-bit payload.
#ifndef SIX_MACHINE_VALUE_H
#define SIX_MACHINE_VALUE_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

typedef uint64_t six_value;

// A property key: a six_int (array index 0..2^31-2), an interned string, or a symbol (also private names).
typedef six_value six_key;

// Doubles stand for themselves with NaN canonical (0x7FF8...), so every bit pattern from SIX_TAG_INT up is free.
#define SIX_TAG_INT 0xFFF9u
#define SIX_TAG_SPECIAL 0xFFFAu  // undefined, null, booleans and internal marks
#define SIX_TAG_OBJECT 0xFFFBu
#define SIX_TAG_STRING 0xFFFCu
#define SIX_TAG_SYMBOL 0xFFFDu
#define SIX_TAG_BIGINT 0xFFFEu
// Not yet made. In property slots: a `const struct six_native_def *` to be made into a function; as a frame's `this`: a
// `struct six_lazy_this *` (function.h).
#define SIX_TAG_LAZY 0xFFFFu

#define SIX_SPECIAL(n) (((uint64_t)SIX_TAG_SPECIAL << 48) | (uint64_t)(n))
#define SIX_UNDEFINED SIX_SPECIAL(0)
#define SIX_NULL SIX_SPECIAL(1)
#define SIX_FALSE SIX_SPECIAL(2)
#define SIX_TRUE SIX_SPECIAL(3)
#define SIX_EMPTY SIX_SPECIAL(4)      // an uninitialised binding (temporal dead zone) or an array hole; never seen by programs
#define SIX_EXCEPTION SIX_SPECIAL(5)  // returned by functions that threw: the thrown value is in machine->exception
#define SIX_NAN 0x7FF8000000000000u

struct six_cell;
struct six_object;
struct six_string;
struct six_symbol;
struct six_machine;

static inline uint32_t six_tag(six_value v) { return (uint32_t)(v >> 48); }
static inline bool six_is_double(six_value v) { return v < (uint64_t)SIX_TAG_INT << 48; }
static inline bool six_is_int(six_value v) { return six_tag(v) == SIX_TAG_INT; }
static inline bool six_is_number(six_value v) { return v < (uint64_t)SIX_TAG_SPECIAL << 48; }
static inline bool six_is_object(six_value v) { return six_tag(v) == SIX_TAG_OBJECT; }
static inline bool six_is_string(six_value v) { return six_tag(v) == SIX_TAG_STRING; }
static inline bool six_is_symbol(six_value v) { return six_tag(v) == SIX_TAG_SYMBOL; }
static inline bool six_is_bigint(six_value v) { return six_tag(v) == SIX_TAG_BIGINT; }
static inline bool six_is_lazy(six_value v) { return six_tag(v) == SIX_TAG_LAZY; }
static inline bool six_is_cell(six_value v) { return six_tag(v) >= SIX_TAG_OBJECT && six_tag(v) <= SIX_TAG_BIGINT; }
static inline bool six_is_undefined(six_value v) { return v == SIX_UNDEFINED; }
static inline bool six_is_null(six_value v) { return v == SIX_NULL; }
static inline bool six_is_nullish(six_value v) { return v == SIX_UNDEFINED || v == SIX_NULL; }
static inline bool six_is_boolean(six_value v) { return v == SIX_FALSE || v == SIX_TRUE; }
static inline bool six_is_exception(six_value v) { return v == SIX_EXCEPTION; }

static inline six_value six_int(int32_t i) { return (uint64_t)SIX_TAG_INT << 48 | (uint32_t)i; }
static inline int32_t six_as_int(six_value v) { return (int32_t)(uint32_t)v; }
static inline six_value six_boolean(bool b) { return b ? SIX_TRUE : SIX_FALSE; }

static inline double six_as_double(six_value v) {  // v is a double, not an int
  double d;
  memcpy(&d, &v, sizeof d);
  return d;
}
static inline double six_as_number(six_value v) { return six_is_int(v) ? six_as_int(v) : six_as_double(v); }

// The number `d`, kept as a double even when integral.
static inline six_value six_double(double d) {
  if (d != d) return SIX_NAN;
  uint64_t bits;
  memcpy(&bits, &d, sizeof bits);
  return bits;
}

// The number `d`, as an int where it is one (and not -0). Integral numbers within int32 may have either form; compare
// numbers by value, never by bits.
static inline six_value six_number(double d) {
  if (d >= -2147483648.0 && d <= 2147483647.0) {
    int32_t i = (int32_t)d;
    if ((double)i == d && (i != 0 || !signbit(d))) return six_int(i);
  }
  return six_double(d);
}

static inline void *six_as_pointer(six_value v) { return (void *)(uintptr_t)(v & 0xFFFFFFFFFFFFu); }
static inline struct six_cell *six_as_cell(six_value v) { return six_as_pointer(v); }
static inline struct six_object *six_as_object(six_value v) { return six_as_pointer(v); }
static inline struct six_string *six_as_string(six_value v) { return six_as_pointer(v); }
static inline struct six_symbol *six_as_symbol(six_value v) { return six_as_pointer(v); }
static inline six_value six_tagged(uint32_t tag, const void *pointer) { return (uint64_t)tag << 48 | (uint64_t)(uintptr_t)pointer; }
static inline six_value six_object_value(const struct six_object *o) { return six_tagged(SIX_TAG_OBJECT, o); }
static inline six_value six_string_value(const struct six_string *s) { return six_tagged(SIX_TAG_STRING, s); }
static inline six_value six_symbol_value(const struct six_symbol *s) { return six_tagged(SIX_TAG_SYMBOL, s); }

#endif
