// machine: Date (ECMA-262 21.4). Local time is UTC; the clock is the host's.
#include "sim/machine/date.h"

#include <stdlib.h>

#include "sim/machine/builtins/builtin.h"
#include "sim/machine/builtins/date_parts.h"

static double now(struct six_machine *m) { return six_time_clip(floor(m->host->date_now(m))); }

// ---- Construction

static double parse_string(struct six_machine *m, struct six_string *s) {
  s = six_string_flat(m, s);
  if (six_string_is_wide(s)) return six_date_parse(s->u.wide, s->length);
  uint16_t small[64], *units = s->length <= 64 ? small : malloc(s->length * sizeof *units);
  if (!units) abort();
  for (uint32_t i = 0; i < s->length; i++) units[i] = s->u.latin1[i];
  double t = six_date_parse(units, s->length);
  if (units != small) free(units);
  return t;
}

// year, month, day, hours, minutes, seconds, ms from arguments; two-digit years are of the 20th century. false on exception.
static bool from_fields(struct six_machine *m, const struct six_args *a, double *t) {
  double f[7] = {NAN, 0, 1, 0, 0, 0, 0};
  for (int i = 0; i < 7 && i < a->argc; i++) {
    if (!six_to_number(m, a->argv[i], &f[i])) return false;
  }
  if (f[0] == f[0]) {
    double year = trunc(f[0]);
    if (year >= 0 && year <= 99) f[0] = 1900 + year;
  }
  *t = six_time_clip(six_make_date(six_make_day(f[0], f[1], f[2]), six_make_time(f[3], f[4], f[5], f[6])));
  return true;
}

static bool from_one(struct six_machine *m, six_value v, double *t) {
  if (six_is_class(v, SIX_CLASS_DATE)) {
    *t = six_as_number(((struct six_boxed *)six_as_object(v))->value);
    return true;
  }
  v = six_to_primitive(m, v, SIX_HINT_DEFAULT);
  if (six_is_exception(v)) return false;
  if (six_is_string(v)) {
    *t = parse_string(m, six_as_string(v));
    return true;
  }
  if (!six_to_number(m, v, t)) return false;
  *t = six_time_clip(*t);
  return true;
}

static six_value date_constructor(struct six_machine *m, const struct six_args *a) {
  if (six_is_undefined(a->new_target)) {
    char text[80];
    six_date_text(now(m), SIX_DATE_FULL, text);
    return six_str(m, text);
  }
  double t;
  if (a->argc == 0) t = now(m);
  else if (a->argc == 1 ? !from_one(m, a->argv[0], &t) : !from_fields(m, a, &t)) return SIX_EXCEPTION;
  struct six_object *proto = six_prototype_for(m, a, six_intrinsic(m, SIX_I_DatePrototype));
  if (!proto) return SIX_EXCEPTION;
  struct six_object *o = six_object_new_class(m, SIX_CLASS_DATE, sizeof(struct six_boxed), proto);
  ((struct six_boxed *)o)->value = six_number(t);
  return six_object_value(o);
}

static six_value date_now(struct six_machine *m, const struct six_args *a) {
  (void)a;
  return six_number(now(m));
}

static six_value date_parse(struct six_machine *m, const struct six_args *a) {
  struct six_string *s = six_to_string(m, six_arg(a, 0));
  return s ? six_number(parse_string(m, s)) : SIX_EXCEPTION;
}

static six_value date_utc(struct six_machine *m, const struct six_args *a) {
  double t;
  return from_fields(m, a, &t) ? six_number(t) : SIX_EXCEPTION;
}

// ---- Reading

static bool this_time(struct six_machine *m, const struct six_args *a, double *t) {
  if (!six_is_class(a->this_value, SIX_CLASS_DATE)) {
    six_throw_type(m, "this is not a Date object.");
    return false;
  }
  *t = six_as_number(((struct six_boxed *)six_as_object(a->this_value))->value);
  return true;
}

enum field { YEAR, MONTH, DAY, HOURS, MINUTES, SECONDS, MILLISECONDS, WEEKDAY, SHORT_YEAR };

static six_value get_field(struct six_machine *m, const struct six_args *a, enum field field) {
  double t;
  if (!this_time(m, a, &t)) return SIX_EXCEPTION;
  if (t != t) return SIX_NAN;
  struct six_date_fields f = six_date_fields(t);
  switch (field) {
    case YEAR: return six_int((int32_t)f.year);
    case MONTH: return six_int(f.month);
    case DAY: return six_int(f.day);
    case HOURS: return six_int(f.hour);
    case MINUTES: return six_int(f.minute);
    case SECONDS: return six_int(f.second);
    case MILLISECONDS: return six_int(f.millisecond);
    case WEEKDAY: return six_int(f.weekday);
    default: return six_int((int32_t)f.year - 1900);
  }
}

static six_value date_get_time(struct six_machine *m, const struct six_args *a) {
  double t;
  return this_time(m, a, &t) ? six_number(t) : SIX_EXCEPTION;
}

static six_value date_get_timezone_offset(struct six_machine *m, const struct six_args *a) {
  double t;
  if (!this_time(m, a, &t)) return SIX_EXCEPTION;
  return t != t ? SIX_NAN : six_int(0);
}

// clang-format off
#define GETTERS(X) \
  X(FullYear, YEAR) X(Month, MONTH) X(Date, DAY) X(Hours, HOURS) X(Minutes, MINUTES) X(Seconds, SECONDS) X(Milliseconds, MILLISECONDS) \
  X(Day, WEEKDAY)
// clang-format on
#define X(name, field) \
  static six_value date_get_##name(struct six_machine *m, const struct six_args *a) { return get_field(m, a, field); }
GETTERS(X)
#undef X
static six_value date_get_year(struct six_machine *m, const struct six_args *a) { return get_field(m, a, SHORT_YEAR); }

// ---- Writing

static six_value store(const struct six_args *a, double t) {
  six_value v = six_number(six_time_clip(t));
  ((struct six_boxed *)six_as_object(a->this_value))->value = v;
  return v;
}

// Sets `first` and, from further arguments, at most `count - 1` smaller fields.
static six_value set_fields(struct six_machine *m, const struct six_args *a, enum field first, int count) {
  double t, given[4] = {NAN};
  if (!this_time(m, a, &t)) return SIX_EXCEPTION;
  int n = a->argc < 1 ? 1 : a->argc < count ? a->argc : count;
  for (int i = 0; i < n; i++) {
    if (!six_to_number(m, six_arg(a, i), &given[i])) return SIX_EXCEPTION;
  }
  if (t != t && first != YEAR) return SIX_NAN;
  struct six_date_fields f = six_date_fields(t == t ? t : 0);
  double all[7] = {(double)f.year, f.month, f.day, f.hour, f.minute, f.second, f.millisecond};
  for (int i = 0; i < n; i++) all[(int)first + i] = given[i];
  return store(a, six_make_date(six_make_day(all[YEAR], all[MONTH], all[DAY]),
                                six_make_time(all[HOURS], all[MINUTES], all[SECONDS], all[MILLISECONDS])));
}

// clang-format off
#define SETTERS(X) \
  X(FullYear, YEAR, 3) X(Month, MONTH, 2) X(Date, DAY, 1) X(Hours, HOURS, 4) X(Minutes, MINUTES, 3) X(Seconds, SECONDS, 2) \
  X(Milliseconds, MILLISECONDS, 1)
// clang-format on
#define X(name, field, count) \
  static six_value date_set_##name(struct six_machine *m, const struct six_args *a) { return set_fields(m, a, field, count); }
SETTERS(X)
#undef X

static six_value date_set_time(struct six_machine *m, const struct six_args *a) {
  double t;
  if (!this_time(m, a, &t) || !six_to_number(m, six_arg(a, 0), &t)) return SIX_EXCEPTION;
  return store(a, t);
}

static six_value date_set_year(struct six_machine *m, const struct six_args *a) {
  double t, year;
  if (!this_time(m, a, &t) || !six_to_number(m, six_arg(a, 0), &year)) return SIX_EXCEPTION;
  if (year != year) return store(a, NAN);
  year = trunc(year);
  if (year >= 0 && year <= 99) year += 1900;
  struct six_date_fields f = six_date_fields(t == t ? t : 0);
  return store(a, six_make_date(six_make_day(year, f.month, f.day), six_make_time(f.hour, f.minute, f.second, f.millisecond)));
}

// ---- Texts

static six_value text_of(struct six_machine *m, const struct six_args *a, enum six_date_text kind, const char *method) {
  struct six_boxed *date = six_this_of(m, a, SIX_CLASS_DATE, method);
  if (!date) return SIX_EXCEPTION;
  double t = six_as_number(date->value);
  if (t != t) return kind == SIX_DATE_ISO ? six_throw_range(m, "Invalid time value") : six_str(m, "Invalid Date");
  char text[80];
  six_date_text(t, kind, text);
  m->effort += 150;
  return six_str(m, text);
}

// clang-format off
#define TEXTS(X) \
  X(toISOString, SIX_DATE_ISO) X(toString, SIX_DATE_FULL) X(toDateString, SIX_DATE_DATE) X(toTimeString, SIX_DATE_TIME) X(toUTCString, SIX_DATE_UTC)
// clang-format on
#define X(name, kind) \
  static six_value date_##name(struct six_machine *m, const struct six_args *a) { return text_of(m, a, kind, "Date.prototype." #name); }
TEXTS(X)
#undef X

static six_value locale_text(struct six_machine *m, const struct six_args *a, enum six_date_defaults defaults, const char *method) {
  double t;
  if (!this_time(m, a, &t)) return SIX_EXCEPTION;
  return six_date_locale_text(m, t, six_arg(a, 0), six_arg(a, 1), defaults, method);
}
static six_value date_to_locale_string(struct six_machine *m, const struct six_args *a) {
  return locale_text(m, a, SIX_DEFAULT_ALL, "Date.prototype.toLocaleString");
}
static six_value date_to_locale_date_string(struct six_machine *m, const struct six_args *a) {
  return locale_text(m, a, SIX_DEFAULT_DATE, "Date.prototype.toLocaleDateString");
}
static six_value date_to_locale_time_string(struct six_machine *m, const struct six_args *a) {
  return locale_text(m, a, SIX_DEFAULT_TIME, "Date.prototype.toLocaleTimeString");
}

static six_value date_to_json(struct six_machine *m, const struct six_args *a) {
  struct six_object *o = six_to_object(m, a->this_value);
  if (!o) return SIX_EXCEPTION;
  six_root(m, six_object_value(o));
  six_value v = six_to_primitive(m, six_object_value(o), SIX_HINT_NUMBER);
  if (six_is_exception(v)) return v;
  if (six_is_number(v) && !isfinite(six_as_number(v))) return SIX_NULL;
  return six_invoke(m, six_object_value(o), six_key_of_string(m, six_as_string(six_str(m, "toISOString"))), 0, NULL);
}

// OrdinaryToPrimitive, by hint: "default" means a string.
static six_value date_to_primitive(struct six_machine *m, const struct six_args *a) {
  if (!six_is_object(a->this_value)) return six_throw_receiver(m, "Date.prototype [ @@toPrimitive ]", a->this_value);
  six_value hint = six_arg(a, 0);
  struct six_string *s = six_is_string(hint) ? six_string_flat(m, six_as_string(hint)) : NULL;
  bool number = s && six_string_equals_ascii(m, s, "number");
  if (!number && !(s && (six_string_equals_ascii(m, s, "string") || six_string_equals_ascii(m, s, "default")))) {
    return six_throw_type_about(m, "Invalid hint: ", hint, "");
  }
  six_key names[2] = {SIX_ATOM(m, toString), SIX_ATOM(m, valueOf)};
  for (int i = 0; i < 2; i++) {
    six_value f = six_get(m, six_as_object(a->this_value), names[number ? 1 - i : i]);
    if (six_is_exception(f)) return f;
    if (!six_is_callable(f)) continue;
    six_value v = six_call(m, f, a->this_value, 0, NULL);
    if (!six_is_object(v)) return v;
  }
  return six_throw_type(m, "Cannot convert object to primitive value");
}

// ---- Tables

static const struct six_native_def statics[] = {
    {"now", date_now, 0, 0},
    {"parse", date_parse, 1, 0},
    {"UTC", date_utc, 7, 0},
};

static six_value date_to_temporal_instant(struct six_machine *m, const struct six_args *a) {
  (void)a;
  return six_throw_unsupported(m, "Temporal");
}

static const struct six_native_def methods[] = {
#define X(name, kind) {#name, date_##name, 0, 0},
    TEXTS(X)
#undef X
#define X(name, field) {"get" #name, date_get_##name, 0, 0}, {"getUTC" #name, date_get_##name, 0, 0},
        GETTERS(X)
#undef X
#define X(name, field, count) {"set" #name, date_set_##name, count, 0}, {"setUTC" #name, date_set_##name, count, 0},
            SETTERS(X)
#undef X
                {"getTime", date_get_time, 0, 0},
    {"getTimezoneOffset", date_get_timezone_offset, 0, 0},
    {"getYear", date_get_year, 0, 0},
    {"setTime", date_set_time, 1, 0},
    {"setYear", date_set_year, 1, 0},
    {"toJSON", date_to_json, 1, 0},
    {"toTemporalInstant", date_to_temporal_instant, 0, 0},
    {"toLocaleDateString", date_to_locale_date_string, 0, 0},
    {"toLocaleString", date_to_locale_string, 0, 0},
    {"toLocaleTimeString", date_to_locale_time_string, 0, 0},
    {"valueOf", date_get_time, 0, 0},
};

void six_init_date(struct six_machine *m) {
  struct six_object *proto = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  m->intrinsics[SIX_I_DatePrototype] = proto;
  struct six_object *constructor = six_constructor_new(m, "Date", date_constructor, 7, proto);
  m->intrinsics[SIX_I_Date] = constructor;
  six_define_natives(m, constructor, statics, SIX_COUNT(statics));
  six_define_natives(m, proto, methods, SIX_COUNT(methods));
  six_define_alias(m, proto, six_string_value(six_intern_ascii(m, "toGMTString", true)),
                   six_string_value(six_intern_ascii(m, "toUTCString", true)));
  struct six_object *to_primitive = six_native_new(m, date_to_primitive, SIX_SYMBOL(m, toPrimitive), 1, SIX_UNDEFINED, SIX_UNDEFINED);
  six_define(m, proto, SIX_SYMBOL(m, toPrimitive), six_object_value(to_primitive), SIX_CONFIGURABLE);
}
