// machine: Unicode data: case mapping, normalisation, properties for regular expressions. All tables are constant.
#ifndef SIX_MACHINE_UNICODE_H
#define SIX_MACHINE_UNICODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Full case mapping of one code point without context: up to three code points; returns how many.
int six_unicode_upper(uint32_t c, uint32_t out[3]);
int six_unicode_lower(uint32_t c, uint32_t out[3]);
// Canonicalize (22.2.2.7.3): simple case folding with `unicode`, else by single-unit upper case.
uint32_t six_unicode_canonicalize(uint32_t c, bool unicode);
// Calls fn for each code point that has another canonical form.
void six_unicode_each_cased(bool unicode, void (*fn)(void *data, uint32_t c, uint32_t canonical), void *data);
bool six_unicode_is_cased(uint32_t c);           // Cased, for the final sigma
bool six_unicode_is_case_ignorable(uint32_t c);  // Case_Ignorable, likewise

bool six_unicode_is_space(uint32_t c);  // WhiteSpace and LineTerminator: String.prototype.trim, \s

// A property of \p{name} or \p{name=value}: sorted pairs first..last. false when it is not known.
bool six_unicode_property(const char *name, const char *value, const uint32_t **pairs, uint32_t *count);

// Normalisation data. Decomposition: code points of one step-free (full) mapping; 0: none.
uint8_t six_unicode_combining_class(uint32_t c);
int six_unicode_decompose(uint32_t c, bool compatibility, uint32_t out[18]);
uint32_t six_unicode_compose(uint32_t first, uint32_t second);  // 0: none

#endif
