// machine: the shapes of the generated Unicode tables; only unicode.c reads them.
#ifndef SIX_MACHINE_UNICODE_TABLES_H
#define SIX_MACHINE_UNICODE_TABLES_H

#include <stdint.h>

struct six_case_run {  // every `stride`th code point from first to last maps to itself + delta
  uint32_t first, last, stride;
  int32_t delta;
};
struct six_case_special {
  uint32_t c;
  uint32_t to[3];  // to[2] may be 0
};
extern const struct six_case_run six_upper_runs[], six_lower_runs[], six_fold_runs[];
extern const uint32_t six_upper_run_count, six_lower_run_count, six_fold_run_count;
extern const struct six_case_special six_upper_special[], six_lower_special[];
extern const uint32_t six_upper_special_count, six_lower_special_count;

enum { SIX_PROPERTY_GC, SIX_PROPERTY_BINARY, SIX_PROPERTY_SCRIPT, SIX_PROPERTY_SCRIPT_EXTENSIONS };
struct six_property {
  const char *name;
  uint32_t kind;
  uint32_t count;  // pairs
  const uint32_t *pairs;
};
extern const struct six_property six_properties[];
extern const uint32_t six_property_count;

struct six_decomposition {
  uint32_t c;
  uint16_t at, length;  // in the pool
};
extern const uint32_t six_decomposition_pool[];
extern const struct six_decomposition six_canonical[], six_compatible[];
extern const uint32_t six_canonical_count, six_compatible_count;
extern const uint32_t six_compositions[][3];  // first, second, composed
extern const uint32_t six_composition_count;
extern const uint32_t six_combining[][3];  // first, last, class
extern const uint32_t six_combining_count;

#endif
