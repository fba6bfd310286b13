// machine: abstract operations on values (ECMA-262 chapter 7) and operators beyond the interpreter's fast paths.
#ifndef SIX_MACHINE_CONVERT_H
#define SIX_MACHINE_CONVERT_H

#include "sim/machine/object.h"

bool six_to_boolean(six_value v);
enum six_hint { SIX_HINT_DEFAULT, SIX_HINT_NUMBER, SIX_HINT_STRING };
six_value six_to_primitive(struct six_machine *m, six_value v, enum six_hint hint);  // [JS] SIX_EXCEPTION
// [JS] ToNumber, ToIntegerOrInfinity, ToInt32, ToUint32, ToLength, ToIndex: false on exception.
bool six_to_number(struct six_machine *m, six_value v, double *out);
bool six_to_integer(struct six_machine *m, six_value v, double *out);  // NaN -> 0, infinities stay
bool six_to_int32(struct six_machine *m, six_value v, int32_t *out);
bool six_to_uint32(struct six_machine *m, six_value v, uint32_t *out);
bool six_to_length(struct six_machine *m, six_value v, double *out);
int32_t six_double_to_int32(double d);                                     // modulo 2^32
six_value six_to_numeric(struct six_machine *m, six_value v);              // [JS] number or BigInt
six_value six_to_string_value(struct six_machine *m, six_value v);         // [JS] a string value or SIX_EXCEPTION
struct six_string *six_to_string(struct six_machine *m, six_value v);      // [JS] NULL on exception; FLAT
struct six_object *six_to_object(struct six_machine *m, six_value v);      // NULL + TypeError for undefined and null
six_value six_to_key(struct six_machine *m, six_value v);                  // [JS] ToPropertyKey: a six_key or SIX_EXCEPTION
double six_string_to_number(struct six_machine *m, struct six_string *s);  // StringToNumber
// Number::toString. radix 10 gives the shortest round-trip digits. The buffer needs 32 bytes; returns the length, without the NUL at its
// end.
size_t six_number_to_chars(double d, char *buffer);
six_value six_number_to_string(struct six_machine *m, six_value number, int radix);

bool six_same_value(struct six_machine *m, six_value a, six_value b);
bool six_same_value_zero(struct six_machine *m, six_value a, six_value b);
bool six_strict_equal(struct six_machine *m, six_value a, six_value b);
int six_loose_equal(struct six_machine *m, six_value a, six_value b);  // [JS] 1, 0, -1
six_value six_typeof(struct six_machine *m, six_value v);              // an atom

// Binary operators by enum six_op (sim/program/ast.h), all types: + - * / % ** << >> >>> & | ^ < <= > >=. [JS]
six_value six_binary(struct six_machine *m, uint8_t op, six_value a, six_value b);
six_value six_unary_minus(struct six_machine *m, six_value v);                   // [JS]
six_value six_bit_not(struct six_machine *m, six_value v);                       // [JS]
int six_instance_of(struct six_machine *m, six_value v, six_value target);       // [JS]
int six_ordinary_has_instance(struct six_machine *m, six_value c, six_value v);  // [JS]
int six_in(struct six_machine *m, six_value key, six_value target);              // [JS]
double six_fmod(double a, double b);
double six_pow(double a, double b);  // Number::exponentiate

#endif
