// machine: RegExp's methods that String calls (ECMA-262 22.2.6): @@match, @@matchAll, @@replace, @@search, @@split.
#include <stdlib.h>

#include "sim/machine/builtins/builtin.h"
#include "sim/machine/builtins/regexp_parts.h"
#include "sim/machine/builtins/string_parts.h"

static bool has_flag(struct six_string *flags, char letter) {
  for (uint32_t i = 0; i < flags->length; i++) {
    if (six_string_unit(flags, i) == (uint16_t)letter) return true;
  }
  return false;
}

// `this` as an object and the argument's text. false on exception.
static bool begin(struct six_machine *m, const struct six_args *a, const char *method, struct six_object **o, struct six_string **s) {
  if (!six_is_object(a->this_value)) {
    six_throw_receiver(m, method, a->this_value);
    return false;
  }
  *o = six_as_object(a->this_value);
  *s = six_arg_string(m, six_arg(a, 0));
  return *s != NULL;
}

// ToString(Get(rx, "flags")), rooted.
static struct six_string *flags_of(struct six_machine *m, struct six_object *rx) {
  six_value v = six_get(m, rx, SIX_ATOM(m, flags));
  return six_is_exception(v) ? NULL : six_arg_string(m, v);
}

static bool set_last(struct six_machine *m, struct six_object *rx, double index) {
  return six_set(m, rx, SIX_ATOM(m, lastIndex), six_number(index)) >= 0;
}

static bool get_last(struct six_machine *m, struct six_object *rx, double *index) {
  six_value v = six_get(m, rx, SIX_ATOM(m, lastIndex));
  return !six_is_exception(v) && six_to_length(m, v, index);
}

// After an empty match: lastIndex moves past one character.
static bool advance_last(struct six_machine *m, struct six_object *rx, struct six_string *s, bool unicode) {
  double last;
  if (!get_last(m, rx, &last)) return false;
  return set_last(m, rx, last >= s->length ? last + 1 : six_advance_index(s, (uint32_t)last, unicode));
}

static bool is_unicode(const struct six_regexp_code *code) { return (code->flags & (SIX_RE_UNICODE | SIX_RE_UNICODE_SETS)) != 0; }

// ---- All matches of a pristine global expression, as positions

struct matches {
  int32_t *positions;  // count * 2 * groups
  size_t count, capacity;
  uint32_t groups;
};

static void add_match(struct matches *all, const int32_t *positions) {
  if (all->count == all->capacity) {
    all->capacity = all->capacity ? all->capacity * 2 : 8;
    all->positions = realloc(all->positions, all->capacity * 2 * all->groups * sizeof *positions);
    if (!all->positions) abort();
  }
  memcpy(all->positions + all->count++ * 2 * all->groups, positions, 2 * all->groups * sizeof *positions);
}

// From the start when global; else one match, from lastIndex when sticky. Leaves lastIndex as exec would. false: exception.
static bool find_all(struct six_machine *m, struct six_regexp *r, struct six_string *s, struct matches *all) {
  const struct six_regexp_code *code = six_regexp_code_of(r);
  all->groups = code->group_count;
  bool global = (code->flags & SIX_RE_GLOBAL) != 0, sticky = (code->flags & SIX_RE_STICKY) != 0;
  double start = 0;
  if (sticky && !global && !get_last(m, &r->object, &start)) return false;
  if (global && !set_last(m, &r->object, 0)) return false;
  struct six_captures c = {0};
  int found = 0;
  while (start <= s->length && (found = six_regexp_match(m, r, s, (uint32_t)start, &c)) > 0) {
    add_match(all, c.positions);
    start = c.positions[1];
    if (!global) break;
    if (c.positions[0] == c.positions[1]) start = six_advance_index(s, (uint32_t)start, is_unicode(code));
  }
  six_captures_done(&c);
  if (found < 0) return false;
  if (!global && sticky) return set_last(m, &r->object, all->count ? start : 0);
  return true;
}

// ---- @@match

static six_value match_all_fast(struct six_machine *m, struct six_regexp *r, struct six_string *s) {
  struct matches all = {0};
  six_value result = SIX_EXCEPTION;
  if (find_all(m, r, s, &all)) {
    struct six_object *array = six_array_new(m, (uint32_t)all.count);
    for (size_t i = 0; i < all.count; i++) six_array_push(m, array, six_capture_text(m, s, all.positions + i * 2 * all.groups, 0));
    result = all.count ? six_object_value(array) : SIX_NULL;
  }
  free(all.positions);
  return result;
}

static six_value match_all_slow(struct six_machine *m, struct six_object *rx, struct six_string *s, bool unicode) {
  if (!set_last(m, rx, 0)) return SIX_EXCEPTION;
  struct six_object *array = six_array_new(m, 4);
  six_root(m, six_object_value(array));
  for (;;) {
    size_t roots = six_roots_mark(m);
    six_value match = six_regexp_exec(m, rx, s);
    if (six_is_exception(match)) return match;
    if (six_is_null(match)) return array->array_length ? six_object_value(array) : SIX_NULL;
    six_root(m, match);
    six_value text = six_get_index(m, six_as_object(match), 0);
    struct six_string *t = six_is_exception(text) ? NULL : six_to_string(m, text);
    if (!t) return SIX_EXCEPTION;
    six_array_push(m, array, six_string_value(t));
    if (t->length == 0 && !advance_last(m, rx, s, unicode)) return SIX_EXCEPTION;
    six_roots_release(m, roots);
  }
}

static six_value regexp_match(struct six_machine *m, const struct six_args *a) {
  struct six_object *rx;
  struct six_string *s;
  if (!begin(m, a, "RegExp.prototype.@@match", &rx, &s)) return SIX_EXCEPTION;
  if (six_regexp_is_pristine(m, a->this_value)) {
    struct six_regexp *r = six_as_regexp(rx);
    return six_regexp_code_of(r)->flags & SIX_RE_GLOBAL ? match_all_fast(m, r, s) : six_regexp_builtin_exec(m, r, s);
  }
  struct six_string *flags = flags_of(m, rx);
  if (!flags) return SIX_EXCEPTION;
  if (!has_flag(flags, 'g')) return six_regexp_exec(m, rx, s);
  return match_all_slow(m, rx, s, has_flag(flags, 'u') || has_flag(flags, 'v'));
}

// ---- @@matchAll and its iterator (22.2.9)

struct match_iterator {
  struct six_object object;
  six_value regexp, string;
  bool global, unicode, done;
};

void six_regexp_string_iterator_mark(struct six_machine *m, struct six_object *o) {
  struct match_iterator *it = (struct match_iterator *)o;
  six_mark_value(m, it->regexp);
  six_mark_value(m, it->string);
}

// new (SpeciesConstructor(rx, RegExp))(rx, flags), rooted.
static struct six_object *construct_like(struct six_machine *m, struct six_object *rx, six_value flags) {
  six_value constructor = six_species(m, rx, six_object_value(six_intrinsic(m, SIX_I_RegExp)));
  if (six_is_exception(constructor)) return NULL;
  six_value argv[2] = {six_object_value(rx), flags};
  six_value v = six_construct(m, constructor, 2, argv, constructor);
  if (six_is_exception(v)) return NULL;
  six_root(m, v);
  return six_as_object(v);
}

static six_value regexp_match_all(struct six_machine *m, const struct six_args *a) {
  struct six_object *rx;
  struct six_string *s;
  if (!begin(m, a, "RegExp.prototype.@@matchAll", &rx, &s)) return SIX_EXCEPTION;
  struct six_string *flags = flags_of(m, rx);
  struct six_object *matcher = flags ? construct_like(m, rx, six_string_value(flags)) : NULL;
  double last;
  if (!matcher || !get_last(m, rx, &last) || !set_last(m, matcher, last)) return SIX_EXCEPTION;
  struct six_object *o = six_object_new_class(m, SIX_CLASS_REGEXP_STRING_ITERATOR, sizeof(struct match_iterator),
                                              six_intrinsic(m, SIX_I_RegExpStringIteratorPrototype));
  struct match_iterator *it = (struct match_iterator *)o;
  it->regexp = six_object_value(matcher);
  it->string = six_string_value(s);
  it->global = has_flag(flags, 'g');
  it->unicode = has_flag(flags, 'u') || has_flag(flags, 'v');
  return six_object_value(o);
}

static six_value match_iterator_next(struct six_machine *m, const struct six_args *a) {
  struct match_iterator *it = six_this_of(m, a, SIX_CLASS_REGEXP_STRING_ITERATOR, "%RegExpStringIterator%.prototype.next");
  if (!it) return SIX_EXCEPTION;
  if (it->done) return six_object_value(six_iter_result(m, SIX_UNDEFINED, true));
  struct six_string *s = six_as_string(it->string);
  six_value match = six_regexp_exec(m, six_as_object(it->regexp), s);
  if (six_is_exception(match)) return match;
  if (six_is_null(match)) {
    it->done = true;
    return six_object_value(six_iter_result(m, SIX_UNDEFINED, true));
  }
  six_root(m, match);
  if (!it->global) {
    it->done = true;
    return six_object_value(six_iter_result(m, match, false));
  }
  six_value text = six_get_index(m, six_as_object(match), 0);
  struct six_string *t = six_is_exception(text) ? NULL : six_to_string(m, text);
  if (!t) return SIX_EXCEPTION;
  if (t->length == 0 && !advance_last(m, six_as_object(it->regexp), s, it->unicode)) return SIX_EXCEPTION;
  return six_object_value(six_iter_result(m, match, false));
}

static const struct six_native_def iterator_methods[] = {{"next", match_iterator_next, 0, 0}};

void six_init_regexp_string_iterator(struct six_machine *m) {
  struct six_object *proto = six_object_new(m, six_intrinsic(m, SIX_I_IteratorPrototype));
  six_define_natives(m, proto, iterator_methods, SIX_COUNT(iterator_methods));
  six_define_tag(m, proto, "RegExp String Iterator");
  m->intrinsics[SIX_I_RegExpStringIteratorPrototype] = proto;
}

// ---- @@replace

// Calls the replacer function with the match, its captures, position, string and groups. The text, or NULL.
static struct six_string *call_replacer(struct six_machine *m, six_value function, struct six_string *s, const six_value *captures,
                                        uint32_t count, double position, six_value groups) {
  struct six_values *argv = six_values_new(m, count + 3);
  uint32_t argc = 0;
  for (uint32_t i = 0; i < count; i++) argv->items[argc++] = captures[i];
  argv->items[argc++] = six_number(position);
  argv->items[argc++] = six_string_value(s);
  if (!six_is_undefined(groups)) argv->items[argc++] = groups;
  argv->count = argc;
  six_root_values(m, argv);
  six_value v = six_call(m, function, SIX_UNDEFINED, (int)argc, argv->items);
  return six_is_exception(v) ? NULL : six_to_string(m, v);
}

// A match's replacement appended to `b`. captures[0] is the whole match.
static bool replace_match(struct six_machine *m, struct six_builder *b, struct six_string *s, uint32_t position, const six_value *captures,
                          uint32_t count, six_value groups, six_value function, struct six_string *replacement) {
  if (replacement) {
    return six_substitute(m, b, s, position, six_as_string(captures[0]), captures + 1, count - 1, groups, replacement);
  }
  struct six_string *text = call_replacer(m, function, s, captures, count, position, groups);
  if (!text) return false;
  six_builder_string(m, b, text);
  return true;
}

static bool is_plain(const struct six_string *replacement) {
  for (uint32_t i = 0; i < replacement->length; i++) {
    if (six_string_unit(replacement, i) == '$') return false;
  }
  return true;
}

static bool replace_positions(struct six_machine *m, struct six_builder *b, const struct six_regexp_code *code, struct six_string *s,
                              const int32_t *positions, six_value function, struct six_string *replacement) {
  size_t roots = six_roots_mark(m);
  struct six_values *captures = six_values_new(m, code->group_count);
  six_root_values(m, captures);
  for (uint32_t g = 0; g < code->group_count; g++) captures->items[g] = six_capture_text(m, s, positions, g);
  captures->count = code->group_count;
  six_value groups = six_capture_groups(m, code, s, positions);
  six_root(m, groups);
  bool ok = replace_match(m, b, s, (uint32_t)positions[0], captures->items, code->group_count, groups, function, replacement);
  six_roots_release(m, roots);
  return ok;
}

static six_value replace_fast(struct six_machine *m, struct six_regexp *r, struct six_string *s, six_value function,
                              struct six_string *replacement) {
  struct matches all = {0};
  struct six_builder b = {0};
  six_root(m, r->code);  // the function may compile the expression anew
  const struct six_regexp_code *code = six_regexp_code_of(r);
  bool ok = find_all(m, r, s, &all), plain = replacement && is_plain(replacement);
  uint32_t done = 0;
  for (size_t i = 0; i < all.count && ok; i++) {
    const int32_t *positions = all.positions + i * 2 * all.groups;
    six_builder_slice(m, &b, s, done, (uint32_t)positions[0]);
    if (plain) six_builder_string(m, &b, replacement);
    else ok = replace_positions(m, &b, code, s, positions, function, replacement);
    done = (uint32_t)positions[1];
  }
  size_t count = all.count;
  free(all.positions);
  if (!ok || !count) {
    six_builder_done(m, &b);
    return ok ? six_string_value(s) : SIX_EXCEPTION;
  }
  six_builder_slice(m, &b, s, done, s->length);
  return six_builder_finish(m, &b);
}

// The results of exec, as the specification collects them first. NULL on exception; rooted.
static struct six_object *collect_results(struct six_machine *m, struct six_object *rx, struct six_string *s, bool global, bool unicode) {
  struct six_object *results = six_array_new(m, 4);
  six_root(m, six_object_value(results));
  if (global && !set_last(m, rx, 0)) return NULL;
  for (;;) {
    six_value match = six_regexp_exec(m, rx, s);
    if (six_is_exception(match)) return NULL;
    if (six_is_null(match)) return results;
    six_array_push(m, results, match);
    if (!global) return results;
    six_value text = six_get_index(m, six_as_object(match), 0);
    struct six_string *t = six_is_exception(text) ? NULL : six_to_string(m, text);
    if (!t || (t->length == 0 && !advance_last(m, rx, s, unicode))) return NULL;
  }
}

// One result of a foreign exec: reads its properties and appends the replacement.
static bool replace_result(struct six_machine *m, struct six_builder *b, struct six_object *result, struct six_string *s, uint32_t *done,
                           six_value function, struct six_string *replacement) {
  double length, position;
  if (six_length_of(m, result, &length) < 0) return false;
  uint32_t count = length < 1 ? 1 : length > 65536 ? 65536 : (uint32_t)length;
  struct six_values *captures = six_values_new(m, count);
  six_root_values(m, captures);
  captures->count = count;
  for (uint32_t g = 0; g < count; g++) {
    if (g == 1) {
      six_value index = six_get(m, result, SIX_ATOM(m, index));
      if (six_is_exception(index) || !six_to_integer(m, index, &position)) return false;
    }
    six_value v = six_get_index(m, result, g);
    if (six_is_exception(v)) return false;
    if (g == 0 || !six_is_undefined(v)) v = six_to_string_value(m, v);
    if (six_is_exception(v)) return false;
    captures->items[g] = g == 0 ? six_string_value(six_string_flat(m, six_as_string(v))) : v;
  }
  if (count == 1) {
    six_value index = six_get(m, result, SIX_ATOM(m, index));
    if (six_is_exception(index) || !six_to_integer(m, index, &position)) return false;
  }
  position = position < 0 ? 0 : position > s->length ? s->length : position;
  six_value groups = six_get(m, result, SIX_ATOM(m, groups));
  if (six_is_exception(groups)) return false;
  if (replacement && !six_is_undefined(groups)) {
    struct six_object *o = six_to_object(m, groups);
    if (!o) return false;
    groups = six_object_value(o);
  }
  six_root(m, groups);
  struct six_builder piece = {0};
  if (!replace_match(m, &piece, s, (uint32_t)position, captures->items, count, groups, function, replacement)) {
    six_builder_done(m, &piece);
    return false;
  }
  six_value text = six_builder_finish(m, &piece);
  if (six_is_exception(text)) return false;
  if (position < *done) return true;
  six_builder_slice(m, b, s, *done, (uint32_t)position);
  six_builder_string(m, b, six_as_string(text));
  *done = (uint32_t)position + six_as_string(captures->items[0])->length;
  return true;
}

static six_value replace_slow(struct six_machine *m, struct six_object *rx, struct six_string *s, six_value function,
                              struct six_string *replacement) {
  struct six_string *flags = flags_of(m, rx);
  if (!flags) return SIX_EXCEPTION;
  struct six_object *results = collect_results(m, rx, s, has_flag(flags, 'g'), has_flag(flags, 'u') || has_flag(flags, 'v'));
  if (!results) return SIX_EXCEPTION;
  struct six_builder b = {0};
  uint32_t done = 0;
  for (uint32_t i = 0; i < results->array_length; i++) {
    size_t roots = six_roots_mark(m);
    if (!replace_result(m, &b, six_as_object(results->elements[i]), s, &done, function, replacement)) {
      six_builder_done(m, &b);
      return SIX_EXCEPTION;
    }
    six_roots_release(m, roots);
  }
  if (done < s->length) six_builder_slice(m, &b, s, done, s->length);
  return six_builder_finish(m, &b);
}

static six_value regexp_replace(struct six_machine *m, const struct six_args *a) {
  struct six_object *rx;
  struct six_string *s, *replacement = NULL;
  if (!begin(m, a, "RegExp.prototype.@@replace", &rx, &s)) return SIX_EXCEPTION;
  six_value with = six_arg(a, 1);
  if (!six_is_callable(with) && !(replacement = six_arg_string(m, with))) return SIX_EXCEPTION;
  if (six_regexp_is_pristine(m, a->this_value)) return replace_fast(m, six_as_regexp(rx), s, with, replacement);
  return replace_slow(m, rx, s, with, replacement);
}

// ---- @@search

static six_value regexp_search(struct six_machine *m, const struct six_args *a) {
  struct six_object *rx;
  struct six_string *s;
  if (!begin(m, a, "RegExp.prototype.@@search", &rx, &s)) return SIX_EXCEPTION;
  six_value before = six_get(m, rx, SIX_ATOM(m, lastIndex));
  if (six_is_exception(before)) return before;
  six_root(m, before);
  if (!six_same_value(m, before, six_int(0)) && !set_last(m, rx, 0)) return SIX_EXCEPTION;
  six_value match = six_regexp_exec(m, rx, s);
  if (six_is_exception(match)) return match;
  six_root(m, match);
  six_value after = six_get(m, rx, SIX_ATOM(m, lastIndex));
  if (six_is_exception(after)) return after;
  if (!six_same_value(m, before, after) && six_set(m, rx, SIX_ATOM(m, lastIndex), before) < 0) return SIX_EXCEPTION;
  return six_is_null(match) ? six_int(-1) : six_get(m, six_as_object(match), SIX_ATOM(m, index));
}

// ---- @@split

static six_value text_between(struct six_machine *m, struct six_string *s, uint32_t from, uint32_t to) {
  int32_t positions[2] = {(int32_t)from, (int32_t)to};
  return six_capture_text(m, s, positions, 0);
}

// Of an expression that is not sticky: searches instead of trying each place.
static six_value split_fast(struct six_machine *m, struct six_regexp *r, struct six_string *s, uint32_t limit) {
  const struct six_regexp_code *code = six_regexp_code_of(r);
  struct six_object *array = six_array_new(m, 4);
  struct six_captures c = {0};
  uint32_t done = 0, from = 0;
  int found = 0;
  if (s->length == 0) {
    found = six_regexp_match(m, r, s, 0, &c);
    if (!found) six_array_push(m, array, six_string_value(s));
    six_captures_done(&c);
    return found < 0 ? SIX_EXCEPTION : six_object_value(array);
  }
  while (from < s->length && array->array_length < limit && (found = six_regexp_match(m, r, s, from, &c)) > 0) {
    uint32_t start = (uint32_t)c.positions[0], end = (uint32_t)c.positions[1];
    if (start >= s->length) break;
    if (end == done) {
      from = six_advance_index(s, start, is_unicode(code));
      continue;
    }
    // An empty match where the last piece ended was skipped; an empty match further on splits there.
    six_array_push(m, array, text_between(m, s, done, start));
    for (uint32_t g = 1; g < code->group_count && array->array_length < limit; g++) {
      six_array_push(m, array, six_capture_text(m, s, c.positions, g));
    }
    done = end;
    from = end == start ? six_advance_index(s, end, is_unicode(code)) : end;
  }
  six_captures_done(&c);
  if (found < 0) return SIX_EXCEPTION;
  if (array->array_length < limit) six_array_push(m, array, text_between(m, s, done, s->length));
  return six_object_value(array);
}

// Appends the captures of a foreign match. false on exception.
static bool push_captures(struct six_machine *m, struct six_object *array, struct six_object *match, uint32_t limit) {
  double length;
  if (six_length_of(m, match, &length) < 0) return false;
  for (uint32_t g = 1; g < length && array->array_length < limit; g++) {
    six_value v = six_get_index(m, match, g);
    if (six_is_exception(v)) return false;
    six_array_push(m, array, v);
  }
  return true;
}

static six_value split_slow(struct six_machine *m, struct six_object *rx, struct six_string *s, six_value limit_value) {
  struct six_string *flags = flags_of(m, rx);
  if (!flags) return SIX_EXCEPTION;
  bool unicode = has_flag(flags, 'u') || has_flag(flags, 'v');
  six_value new_flags = six_string_value(flags);
  if (!has_flag(flags, 'y')) new_flags = six_string_concat(m, flags, six_as_string(six_str(m, "y")));
  six_root(m, new_flags);
  struct six_object *splitter = construct_like(m, rx, new_flags);
  uint32_t limit = UINT32_MAX;
  if (!splitter || (!six_is_undefined(limit_value) && !six_to_uint32(m, limit_value, &limit))) return SIX_EXCEPTION;
  struct six_object *array = six_array_new(m, 4);
  six_root(m, six_object_value(array));
  if (limit == 0) return six_object_value(array);
  if (s->length == 0) {
    six_value match = six_regexp_exec(m, splitter, s);
    if (six_is_exception(match)) return match;
    if (six_is_null(match)) six_array_push(m, array, six_string_value(s));
    return six_object_value(array);
  }
  uint32_t done = 0, at = 0;
  while (at < s->length) {
    size_t roots = six_roots_mark(m);
    if (!set_last(m, splitter, at)) return SIX_EXCEPTION;
    six_value match = six_regexp_exec(m, splitter, s);
    if (six_is_exception(match)) return match;
    six_root(m, match);
    double end = 0;
    if (!six_is_null(match) && !get_last(m, splitter, &end)) return SIX_EXCEPTION;
    if (end > s->length) end = s->length;
    if (six_is_null(match) || end == done) {
      at = six_advance_index(s, at, unicode);
      six_roots_release(m, roots);
      continue;
    }
    six_array_push(m, array, text_between(m, s, done, at));
    if (array->array_length >= limit) return six_object_value(array);
    if (!push_captures(m, array, six_as_object(match), limit)) return SIX_EXCEPTION;
    if (array->array_length >= limit) return six_object_value(array);
    done = at = (uint32_t)end;
    six_roots_release(m, roots);
  }
  six_array_push(m, array, text_between(m, s, done, s->length));
  return six_object_value(array);
}

static six_value regexp_split(struct six_machine *m, const struct six_args *a) {
  struct six_object *rx;
  struct six_string *s;
  if (!begin(m, a, "RegExp.prototype.@@split", &rx, &s)) return SIX_EXCEPTION;
  if (!six_regexp_is_pristine(m, a->this_value) || (six_regexp_code_of(six_as_regexp(rx))->flags & SIX_RE_STICKY)) {
    return split_slow(m, rx, s, six_arg(a, 1));
  }
  uint32_t limit = UINT32_MAX;
  if (!six_is_undefined(six_arg(a, 1)) && !six_to_uint32(m, a->argv[1], &limit)) return SIX_EXCEPTION;
  return limit ? split_fast(m, six_as_regexp(rx), s, limit) : six_object_value(six_array_new(m, 0));
}

const struct six_native_def six_regexp_symbol_natives[] = {
    {"@@match", regexp_match, 1, SIX_DEF_FRAMELESS},     {"@@matchAll", regexp_match_all, 1, SIX_DEF_FRAMELESS},
    {"@@replace", regexp_replace, 2, SIX_DEF_FRAMELESS}, {"@@search", regexp_search, 1, SIX_DEF_FRAMELESS},
    {"@@split", regexp_split, 2, SIX_DEF_FRAMELESS},
};
const size_t six_regexp_symbol_count = SIX_COUNT(six_regexp_symbol_natives);
