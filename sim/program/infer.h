// program: the name that V8 gives a nameless function in stack traces, by what stands around it in the text.
#ifndef SIX_PROGRAM_INFER_H
#define SIX_PROGRAM_INFER_H

#include "sim/base/text.h"
#include "sim/program/ast.h"

// How a version's parser does it.
struct six_infer_manner {
  const char *computed;  // what an `a[i]` counts as
  bool names_arrows;     // an arrow function is named where it ends
  bool names_called;     // functions that are called at once have names, too
  bool calls_arrows;     // an arrow function with a parenthesis before it is taken to be called at once
};

// Adds the name of the function at `span`: `origin` is its six_function_node, or its six_class_node if it is a constructor that
// is not in the text. Adds nothing if V8 has no name either.
void six_infer_name(const struct six_program *program, const void *origin, struct six_span span, const struct six_infer_manner *manner,
                    struct six_text *out);

#endif
