// rules: what the built-in objects of each major's V8 hold, and in which order.
#ifndef SIX_RULES_NAMES_H
#define SIX_RULES_NAMES_H

#include <stdbool.h>
#include <stddef.h>

// A place in an object's list of property names.
struct six_names {
  const char *at;
  int major;
};

// The list of a built-in object under a major: "Array", "ArrayPrototype", ... false: nothing is known of it, so that it is
// the same in all majors.
bool six_names_of(const char *object, int major, struct six_names *names);

// The next name, borrowed; symbols begin with @@. false at the end.
bool six_names_next(struct six_names *names, const char **name, size_t *length);

// Whether the list of `object` has `name`. true for an object that nothing is known of.
bool six_names_has(const char *object, int major, const char *name);

#endif
