// program: which characters above ASCII belong in identifiers.
#ifndef SIX_PROGRAM_LEX_UNICODE_H
#define SIX_PROGRAM_LEX_UNICODE_H

#include <stdbool.h>
#include <stdint.h>

// For code points from U+0080: ID_Start, and ID_Continue with the two joiners (ECMA-262 12.7).
bool six_lex_is_unicode_start(uint32_t c);
bool six_lex_is_unicode_part(uint32_t c);

#endif
