// node: util.inspect and util.format. Values to text exactly as Node shows them.
#ifndef SIX_NODE_INSPECT_H
#define SIX_NODE_INSPECT_H

#include "sim/machine/builtins/collections.h"
#include "sim/machine/builtins/proxy.h"
#include "sim/machine/machine.h"

// The options of util.inspect. Zero is not the default: start from six_inspect_defaults.
struct six_inspect_options {
  double depth;        // INFINITY: no limit; NAN likewise
  bool depth_is_null;  // given as null: custom functions are told so
  bool show_hidden, colors, custom_inspect, show_proxy, numeric_separator;
  double max_array_length, max_string_length, break_length;
  bool compact_is_number;  // given as 0: custom functions are told so
  double compact;          // 0: false; SIX_COMPACT_TRUE: true; else the number of inner levels on a line
  six_value sorted;        // SIX_FALSE, SIX_TRUE or a comparison function
  six_value getters;       // SIX_FALSE, SIX_TRUE, or the string 'get' or 'set'
  six_value user_options;  // SIX_UNDEFINED, or the object whose properties custom functions get too
};
#define SIX_COMPACT_TRUE (-1.0)

// The defaults of the machine's Node major, as changed through util.inspect.defaultOptions.
void six_inspect_defaults(struct six_machine *m, struct six_inspect_options *options);

// Takes over the own enumerable properties of an options object, as inspect(value, options) does. [JS] false on exception.
bool six_inspect_read_options(struct six_machine *m, six_value object, struct six_inspect_options *options);

// Appends what util.inspect(value, options) returns, as UTF-8 (lone surrogates as WTF-8). [JS] (custom inspect functions,
// getters of tags and names) false on exception.
bool six_inspect(struct six_machine *m, six_value value, const struct six_inspect_options *options, struct six_text *out);

// Appends what util.formatWithOptions(options, ...argv) returns. options NULL: the defaults. [JS] false on exception.
bool six_format(struct six_machine *m, const struct six_inspect_options *options, int argc, const six_value *argv, struct six_text *out);

// Appends a string's text as UTF-8; lone surrogates are kept as WTF-8, so that six_string_from_wtf8 brings them back.
void six_add_string(struct six_machine *m, struct six_string *s, struct six_text *out);
six_value six_string_from_wtf8(struct six_machine *m, const char *bytes, size_t length);

// Symbol.for('nodejs.util.inspect.custom'), making it if `make`; else SIX_UNDEFINED while no program asked for it.
six_value six_inspect_custom_symbol(struct six_machine *m, bool make);

// The columns that text takes in a terminal (Node's internal getStringWidth).
uint32_t six_text_width(const char *utf8, size_t length, bool remove_controls);
// util.stripVTControlCharacters: appends the text without ANSI escape sequences.
void six_strip_controls(const char *utf8, size_t length, struct six_text *out);

// What a function is, as inspect shows it: 'c' class, else bits. Natives are plain functions.
enum { SIX_FUNCTION_ASYNC = 1, SIX_FUNCTION_GENERATOR = 2, SIX_FUNCTION_CLASS = 4 };
unsigned six_function_kind(struct six_machine *m, struct six_object *function);

#endif
