// machine: what is left of old RegExp: RegExp.$1 and its kin, which tell of the last match (proposal-regexp-legacy-features).
#include "sim/machine/builtins/builtin.h"
#include "sim/machine/builtins/regexp_parts.h"

void six_regexp_remember(struct six_machine *m, struct six_string *s, const int32_t *positions, uint32_t groups) {
  struct six_last_match *last = &m->last_match;
  last->text = six_string_value(s);
  last->groups = groups < SIX_LAST_GROUPS ? groups : SIX_LAST_GROUPS;
  memcpy(last->positions, positions, 2 * last->groups * sizeof *positions);
}

static six_value slice(struct six_machine *m, int32_t from, int32_t to) {
  struct six_string *s = six_is_string(m->last_match.text) ? six_as_string(m->last_match.text) : NULL;
  if (!s || from < 0 || to <= from) return SIX_ATOM(m, empty);
  return six_string_value(six_string_substring(m, s, (uint32_t)from, (uint32_t)to));
}

static six_value group(struct six_machine *m, uint32_t i) {
  const struct six_last_match *last = &m->last_match;
  return i < last->groups ? slice(m, last->positions[2 * i], last->positions[2 * i + 1]) : SIX_ATOM(m, empty);
}

static six_value get_input(struct six_machine *m, const struct six_args *a) {
  (void)a;
  return six_is_string(m->last_match.text) ? m->last_match.text : SIX_ATOM(m, empty);
}
static six_value get_match(struct six_machine *m, const struct six_args *a) {
  (void)a;
  return group(m, 0);
}
static six_value get_last_group(struct six_machine *m, const struct six_args *a) {
  (void)a;
  return m->last_match.groups > 1 ? group(m, m->last_match.groups - 1) : SIX_ATOM(m, empty);
}
static six_value get_left(struct six_machine *m, const struct six_args *a) {
  (void)a;
  return m->last_match.groups ? slice(m, 0, m->last_match.positions[0]) : SIX_ATOM(m, empty);
}
static six_value get_right(struct six_machine *m, const struct six_args *a) {
  (void)a;
  if (!m->last_match.groups) return SIX_ATOM(m, empty);
  return slice(m, m->last_match.positions[1], (int32_t)six_as_string(m->last_match.text)->length);
}
static six_value set_nothing(struct six_machine *m, const struct six_args *a) {
  (void)m, (void)a;
  return SIX_UNDEFINED;
}

#define GROUPS(X) X(1) X(2) X(3) X(4) X(5) X(6) X(7) X(8) X(9)
#define X(n)                                                                        \
  static six_value get_group_##n(struct six_machine *m, const struct six_args *a) { \
    (void)a;                                                                        \
    return group(m, n);                                                             \
  }
GROUPS(X)
#undef X

#define BOTH(name, get) \
  {name, get, 0, SIX_DEF_GETTER}, { name, set_nothing, 1, SIX_DEF_SETTER }

const struct six_native_def six_regexp_legacy_natives[] = {BOTH("input", get_input),
                                                           BOTH("$_", get_input),
                                                           BOTH("lastMatch", get_match),
                                                           BOTH("$&", get_match),
                                                           BOTH("lastParen", get_last_group),
                                                           BOTH("$+", get_last_group),
                                                           BOTH("leftContext", get_left),
                                                           BOTH("$`", get_left),
                                                           BOTH("rightContext", get_right),
                                                           BOTH("$'", get_right),
#define X(n) BOTH("$" #n, get_group_##n),
                                                           GROUPS(X)
#undef X
};
const size_t six_regexp_legacy_count = SIX_COUNT(six_regexp_legacy_natives);
