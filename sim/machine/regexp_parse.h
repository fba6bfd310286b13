// machine: the syntax tree of a regular expression, between regexp_parse.c and regexp_compile.c. It lives in an arena.
#ifndef SIX_MACHINE_REGEXP_PARSE_H
#define SIX_MACHINE_REGEXP_PARSE_H

#include <stdbool.h>
#include <stdint.h>

#include "sim/base/arena.h"

enum re_kind {
  RE_EMPTY,
  RE_CHAR,
  RE_ANY,
  RE_CLASS,
  RE_SEQUENCE,
  RE_CHOICE,
  RE_GROUP,
  RE_LOOK,
  RE_BACKREFERENCE,
  RE_NAMED,
  RE_ASSERTION,
  RE_REPEAT
};

// A set of code points: pairs first..last; sorted and disjoint after re_set_normalize.
struct re_set {
  uint32_t *pairs;
  uint32_t count, capacity;
};

struct re_node {
  enum re_kind kind;
  uint32_t c;                        // RE_CHAR: code point; RE_GROUP, RE_BACKREFERENCE: group; RE_ASSERTION: an operation
  bool invert;                       // RE_CLASS, RE_LOOK
  bool behind;                       // RE_LOOK
  bool lazy;                         // RE_REPEAT
  uint32_t min, max;                 // RE_REPEAT
  uint32_t first_group, last_group;  // RE_REPEAT: groups inside, if first <= last
  struct re_set set;                 // RE_CLASS
  struct re_node *body;              // RE_GROUP, RE_LOOK, RE_REPEAT; the first child of sequences and choices
  struct re_node *next;              // the next sibling
  const uint16_t *name;              // RE_NAMED
  uint32_t name_length;
};

struct re_name {
  uint16_t *units;
  uint32_t length, group;
};

struct re_pattern {
  struct six_arena arena;
  uint32_t flags;
  bool unicode;  // u or v
  struct re_node *root;
  uint32_t group_count;  // including 0
  struct re_name *names;
  uint32_t name_count;
};

// false with V8's sentence in `message`. The arena must be released in both cases.
bool re_parse(struct re_pattern *p, const uint16_t *units, uint32_t length, char message[256]);

void re_set_add(struct re_pattern *p, struct re_set *set, uint32_t first, uint32_t last);
void re_set_add_all(struct re_pattern *p, struct re_set *set, const struct re_set *from);
void re_set_normalize(struct re_set *set);
void re_set_invert(struct re_pattern *p, struct re_set *set);  // normalises first
bool re_set_has(const struct re_set *set, uint32_t c);         // of a normalised set
// Adds the canonical form of every member. [Canonicalize]
void re_set_fold(struct re_pattern *p, struct re_set *set);

#endif
