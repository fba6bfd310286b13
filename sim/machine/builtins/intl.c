// machine: Intl (ECMA-402), as far as toLocaleString goes: numbers and dates in the locales that these know, and English
// lists, plurals, relative times and comparisons. The rest ends the run with its name.
#include "sim/machine/bigint.h"
#include "sim/machine/builtins/builtin.h"
#include "sim/machine/builtins/date_parts.h"
#include "sim/machine/builtins/number_format.h"
#include "sim/machine/builtins/string_parts.h"
#include "sim/machine/classes.h"

enum kind { NUMBER_FORMAT, DATE_TIME_FORMAT, COLLATOR, PLURAL_RULES, LIST_FORMAT, RELATIVE_TIME_FORMAT, KINDS };

static const char *const kind_names[KINDS] = {"NumberFormat", "DateTimeFormat", "Collator",
                                              "PluralRules",  "ListFormat",     "RelativeTimeFormat"};

struct intl {
  struct six_object object;
  enum kind kind;
  char tag[36];
  union {
    struct six_number_format number;
    struct six_date_format date;
    struct {
      bool numeric;
      enum six_sensitivity sensitivity;
    } collator;
    struct {  // indices into the option's values
      int type, style;
    } words;
  };
  six_value bound;  // the function that `format` or `compare` gives, once it was asked for
};

void six_intl_mark(struct six_machine *m, struct six_object *o) { six_mark_value(m, ((struct intl *)o)->bound); }

static struct intl *this_intl(struct six_machine *m, const struct six_args *a, enum kind kind, const char *method) {
  struct intl *o = six_is_class(a->this_value, SIX_CLASS_INTL) ? (struct intl *)six_as_object(a->this_value) : NULL;
  if (o && o->kind == kind) return o;
  struct six_text name = {0};
  six_text_addf(&name, "Intl.%s.prototype.%s", kind_names[kind], method);
  six_throw_receiver(m, name.bytes, a->this_value);
  six_text_done(&name);
  return NULL;
}

static six_key name_key(struct six_machine *m, const char *name) { return six_key_of_string(m, six_as_string(six_str(m, name))); }

// An option among values: its index, the fallback when it is undefined, -1 on exception.
static int choice(struct six_machine *m, six_value options, const char *name, const char *const *values, int count, int fallback,
                  enum kind kind) {
  if (six_is_undefined(options)) return fallback;
  six_value v = six_get_v(m, options, name_key(m, name));
  if (six_is_exception(v)) return -1;
  if (six_is_undefined(v)) return fallback;
  struct six_string *s = six_to_string(m, v);
  if (!s) return -1;
  struct six_text text = {0};
  six_string_to_utf8(m, s, &text);
  int found = -1;
  for (int i = 0; i < count; i++)
    if (!strcmp(values[i], text.bytes ? text.bytes : "")) found = i;
  if (found < 0)
    six_throw_range(m, "Value %s out of range for Intl.%s options property %s", text.bytes ? text.bytes : "", kind_names[kind], name);
  six_text_done(&text);
  return found;
}

// ---- Making

static bool read_collator(struct six_machine *m, six_value options, struct intl *o) {
  static const char *const sensitivities[] = {"base", "accent", "case", "variant"};
  int sensitivity = choice(m, options, "sensitivity", sensitivities, 4, SIX_SENSITIVITY_VARIANT, COLLATOR);
  if (sensitivity < 0) return false;
  o->collator.sensitivity = (enum six_sensitivity)sensitivity;
  six_value numeric = six_is_undefined(options) ? SIX_UNDEFINED : six_get_v(m, options, name_key(m, "numeric"));
  o->collator.numeric = six_is_undefined(numeric) ? strstr(o->tag, "-kn") != NULL : six_to_boolean(numeric);
  return !six_is_exception(numeric);
}

static bool read_words(struct six_machine *m, six_value options, struct intl *o) {
  static const char *const types[][3] = {{"cardinal", "ordinal"}, {"conjunction", "disjunction", "unit"}, {"always", "auto"}};
  static const char *const names[] = {"type", "type", "numeric"};
  static const char *const styles[] = {"long", "short", "narrow"};
  int which = (int)o->kind - PLURAL_RULES;
  o->words.type = choice(m, options, names[which], types[which], which == 1 ? 3 : 2, 0, o->kind);
  o->words.style = o->words.type < 0 || o->kind == PLURAL_RULES ? 0 : choice(m, options, "style", styles, 3, 0, o->kind);
  if (o->words.type < 0 || o->words.style < 0) return false;
  if (o->kind == RELATIVE_TIME_FORMAT && o->words.style) {
    six_throw_unsupported(m, "Intl.RelativeTimeFormat with a short style");
    return false;
  }
  return true;
}

static bool read_options(struct six_machine *m, const struct six_args *a, struct intl *o, const char *what) {
  six_value locales = six_arg(a, 0), options = six_arg(a, 1);
  if (o->kind == NUMBER_FORMAT) return six_number_format_read(m, locales, options, what, &o->number);
  if (o->kind == DATE_TIME_FORMAT) return six_date_format_read(m, locales, options, SIX_DEFAULT_DATE_ALONE, what, &o->date);
  if (!six_locale_tag(m, locales, o->tag)) return false;
  if (!six_locale_in(o->tag, o->kind == COLLATOR ? "en de fr es it pt nl " : "en ")) {
    six_locale_unsupported(m, what, o->tag);
    return false;
  }
  return o->kind == COLLATOR ? read_collator(m, options, o) : read_words(m, options, o);
}

static six_value construct(struct six_machine *m, const struct six_args *a, enum kind kind) {
  char what[40] = "Intl.";
  strcat(what, kind_names[kind]);
  if (kind >= PLURAL_RULES && six_is_undefined(a->new_target)) return six_throw_type(m, "Constructor %s requires 'new'", what);
  struct six_object *own = six_as_object(*six_own_slot(m, a->callee, SIX_ATOM(m, prototype)));
  struct six_object *proto = six_prototype_for(m, a, own);
  if (!proto) return SIX_EXCEPTION;
  struct intl *o = (struct intl *)six_object_new_class(m, SIX_CLASS_INTL, sizeof *o, proto);
  o->kind = kind;
  o->bound = SIX_UNDEFINED;
  six_root(m, six_object_value(&o->object));
  return read_options(m, a, o, what) ? six_object_value(&o->object) : SIX_EXCEPTION;
}

static six_value number_format(struct six_machine *m, const struct six_args *a) { return construct(m, a, NUMBER_FORMAT); }
static six_value date_time_format(struct six_machine *m, const struct six_args *a) { return construct(m, a, DATE_TIME_FORMAT); }
static six_value collator(struct six_machine *m, const struct six_args *a) { return construct(m, a, COLLATOR); }
static six_value plural_rules(struct six_machine *m, const struct six_args *a) { return construct(m, a, PLURAL_RULES); }
static six_value list_format(struct six_machine *m, const struct six_args *a) { return construct(m, a, LIST_FORMAT); }
static six_value relative_time_format(struct six_machine *m, const struct six_args *a) { return construct(m, a, RELATIVE_TIME_FORMAT); }

// ---- Numbers and dates

static six_value format_number(struct six_machine *m, const struct six_number_format *f, six_value v) {
  v = six_to_numeric(m, v);
  if (six_is_exception(v)) return v;
  if (six_is_number(v)) return six_number_format(m, f, six_as_number(v));
  struct six_text digits = {0};
  six_string_to_utf8(m, six_string_flat(m, six_as_string(six_bigint_to_string(m, v, 10))), &digits);
  bool negative = digits.bytes[0] == '-';
  six_value text = six_number_format_digits(m, f, negative, digits.bytes + negative, digits.length - negative);
  six_text_done(&digits);
  return text;
}

static six_value format_date(struct six_machine *m, const struct six_date_format *f, six_value v) {
  double t;
  if (six_is_undefined(v)) t = floor(m->host->date_now(m));
  else if (!six_to_number(m, v, &t)) return SIX_EXCEPTION;
  if (!(fabs(t) <= 8.64e15)) return six_throw_range(m, "Invalid time value");
  return six_date_format(m, f, trunc(t));
}

// The functions that the accessors give. data[0]: the object.
static struct intl *of_function(const struct six_args *a) { return six_as_pointer(six_as_native(a->callee)->data[0]); }

static six_value bound_number(struct six_machine *m, const struct six_args *a) {
  return format_number(m, &of_function(a)->number, six_arg(a, 0));
}
static six_value bound_date(struct six_machine *m, const struct six_args *a) {
  return format_date(m, &of_function(a)->date, six_arg(a, 0));
}
static six_value bound_compare(struct six_machine *m, const struct six_args *a) {
  struct intl *o = of_function(a);
  struct six_string *x = six_arg_string(m, six_arg(a, 0)), *y = x ? six_arg_string(m, six_arg(a, 1)) : NULL;
  return y ? six_int(six_collate(m, x, y, o->collator.numeric, o->collator.sensitivity)) : SIX_EXCEPTION;
}

static six_value bound_of(struct six_machine *m, struct intl *o, six_native *native, int length) {
  if (!o) return SIX_EXCEPTION;
  if (six_is_undefined(o->bound))
    o->bound = six_object_value(six_native_new(m, native, SIX_ATOM(m, empty), length, six_object_value(&o->object), SIX_UNDEFINED));
  return o->bound;
}

static six_value number_get_format(struct six_machine *m, const struct six_args *a) {
  return bound_of(m, this_intl(m, a, NUMBER_FORMAT, "format"), bound_number, 1);
}
static six_value date_get_format(struct six_machine *m, const struct six_args *a) {
  return bound_of(m, this_intl(m, a, DATE_TIME_FORMAT, "format"), bound_date, 1);
}
static six_value collator_get_compare(struct six_machine *m, const struct six_args *a) {
  return bound_of(m, this_intl(m, a, COLLATOR, "compare"), bound_compare, 2);
}

static void put_text(struct six_machine *m, struct six_object *o, const char *name, const char *text) {
  six_put(m, o, name, six_str(m, text));
}

static void add_part(struct six_machine *m, struct six_object *parts, const char *type, const char *text, size_t length) {
  struct six_object *part = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  put_text(m, part, "type", type);
  six_put(m, part, "value", six_string_value(six_string_utf8(m, text, length)));
  six_array_push(m, parts, six_object_value(part));
}

// The parts of a number in English: signs, symbols, groups and separators are told by their characters.
static six_value number_to_parts(struct six_machine *m, const struct six_args *a) {
  struct intl *o = this_intl(m, a, NUMBER_FORMAT, "formatToParts");
  six_value v = o ? format_number(m, &o->number, six_arg(a, 0)) : SIX_EXCEPTION;
  if (six_is_exception(v)) return v;
  if (!six_locale_in(o->number.tag, "en ")) return six_locale_unsupported(m, "Intl.NumberFormat.prototype.formatToParts", o->number.tag);
  struct six_text text = {0};
  six_string_to_utf8(m, six_string_flat(m, six_as_string(v)), &text);
  struct six_object *parts = six_array_new(m, 0);
  bool fraction = false;
  for (size_t i = 0; i < text.length;) {
    size_t from = i;
    char c = text.bytes[i++];
    const char *type = c == '-' ? "minusSign" : c == ',' ? "group" : c == '.' ? "decimal" : c == '%' ? "percentSign" : "currency";
    if (c >= '0' && c <= '9') {
      type = fraction ? "fraction" : "integer";
      while (i < text.length && text.bytes[i] >= '0' && text.bytes[i] <= '9') i++;
    } else if (!strncmp(text.bytes + from, "NaN", 3)) {
      type = "nan";
      i = from + 3;
    } else if (!strncmp(text.bytes + from, "∞", 3)) {
      type = "infinity";
      i = from + 3;
    } else if (!strcmp(type, "currency")) {
      while (i < text.length && !strchr("-,.0123456789", text.bytes[i])) i++;
    }
    fraction |= c == '.';
    add_part(m, parts, type, text.bytes + from, i - from);
  }
  six_text_done(&text);
  return six_object_value(parts);
}

static six_value number_options(struct six_machine *m, const struct six_args *a) {
  struct intl *o = this_intl(m, a, NUMBER_FORMAT, "resolvedOptions");
  if (!o) return SIX_EXCEPTION;
  static const char *const styles[] = {"decimal", "percent", "currency"};
  const struct six_number_format *f = &o->number;
  struct six_object *out = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  put_text(m, out, "locale", f->tag);
  put_text(m, out, "numberingSystem", "latn");
  put_text(m, out, "style", styles[f->style]);
  if (f->style == SIX_STYLE_CURRENCY) {
    put_text(m, out, "currency", f->currency);
    put_text(m, out, "currencyDisplay", "symbol");
    put_text(m, out, "currencySign", "standard");
  }
  six_put(m, out, "minimumIntegerDigits", six_int(f->min_integer));
  six_put(m, out, f->max_significant ? "minimumSignificantDigits" : "minimumFractionDigits",
          six_int(f->max_significant ? f->min_significant : f->min_fraction));
  six_put(m, out, f->max_significant ? "maximumSignificantDigits" : "maximumFractionDigits",
          six_int(f->max_significant ? f->max_significant : f->max_fraction));
  six_put(m, out, "useGrouping", f->grouping ? six_str(m, "auto") : SIX_FALSE);
  static const char *const rest[][2] = {{"notation", "standard"}, {"signDisplay", "auto"}, {"roundingMode", "halfExpand"}};
  for (size_t i = 0; i < SIX_COUNT(rest); i++) put_text(m, out, rest[i][0], rest[i][1]);
  six_put(m, out, "roundingIncrement", six_int(1));
  put_text(m, out, "trailingZeroDisplay", "auto");
  put_text(m, out, "roundingPriority", "auto");
  return six_object_value(out);
}

static six_value date_options(struct six_machine *m, const struct six_args *a) {
  static const char *const widths[] = {"", "numeric", "2-digit", "long", "short", "narrow"};
  struct intl *o = this_intl(m, a, DATE_TIME_FORMAT, "resolvedOptions");
  if (!o) return SIX_EXCEPTION;
  const struct six_date_format *f = &o->date;
  if (f->styled) return six_throw_unsupported(m, "Intl.DateTimeFormat.prototype.resolvedOptions with a dateStyle or timeStyle");
  struct six_object *out = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  put_text(m, out, "locale", f->tag);
  put_text(m, out, "calendar", "gregory");
  put_text(m, out, "numberingSystem", "latn");
  put_text(m, out, "timeZone", "UTC");
  if (f->hour) {
    put_text(m, out, "hourCycle", f->zero_is_24 ? "h24" : f->hour24 ? "h23" : "h12");
    six_put(m, out, "hour12", six_boolean(!f->hour24));
  }
  const struct {
    const char *name;
    enum six_date_width width;
  } fields[] = {{"weekday", f->weekday}, {"year", f->year},     {"month", f->month},  {"day", f->day},
                {"hour", f->hour},       {"minute", f->minute}, {"second", f->second}};
  for (size_t i = 0; i < SIX_COUNT(fields); i++) {
    if (fields[i].width) put_text(m, out, fields[i].name, widths[fields[i].width]);
  }
  return six_object_value(out);
}

// ---- Words

static const char *plural_of(double n, bool ordinal) {
  if (!ordinal) return fabs(n) == 1 ? "one" : "other";
  double ten = six_fmod(fabs(n), 10), hundred = six_fmod(fabs(n), 100);
  if (ten == 1 && hundred != 11) return "one";
  if (ten == 2 && hundred != 12) return "two";
  return ten == 3 && hundred != 13 ? "few" : "other";
}

static six_value plural_select(struct six_machine *m, const struct six_args *a) {
  struct intl *o = this_intl(m, a, PLURAL_RULES, "select");
  double n;
  if (!o || !six_to_number(m, six_arg(a, 0), &n)) return SIX_EXCEPTION;
  return six_str(m, plural_of(n, o->words.type == 1));
}

static bool read_items(struct six_machine *m, six_value iterable, struct six_object *items) {
  struct six_iterator it;
  if (six_is_undefined(iterable)) return true;
  if (!six_open_iterable(m, iterable, &it)) return false;
  six_value v;
  int step;
  while ((step = six_iterator_step(m, &it, &v)) > 0) {
    if (!six_is_string(v)) {
      six_throw_type_about(m, "Iterable yielded ", v, " which is not a string");
      six_iterator_close(m, &it);
      return false;
    }
    six_array_push(m, items, v);
  }
  return step == 0;
}

static six_value list_text(struct six_machine *m, const struct six_args *a) {
  static const char *const pairs[3][3] = {{" and ", " & ", ", "}, {" or ", " or ", " or "}, {", ", ", ", " "}};
  static const char *const lasts[3][3] = {{", and ", ", & ", ", "}, {", or ", ", or ", ", or "}, {", ", ", ", " "}};
  struct intl *o = this_intl(m, a, LIST_FORMAT, "format");
  struct six_object *items = six_array_new(m, 0);
  six_root(m, six_object_value(items));
  if (!o || !read_items(m, six_arg(a, 0), items)) return SIX_EXCEPTION;
  struct six_builder b = {0};
  uint32_t count = items->element_count;
  for (uint32_t i = 0; i < count; i++) {
    const char *middle = o->words.type == 2 && o->words.style == 2 ? " " : ", ";
    const char *between = i + 1 < count ? middle : count == 2 ? pairs[o->words.type][o->words.style] : lasts[o->words.type][o->words.style];
    if (i) six_builder_ascii(m, &b, between);
    six_builder_string(m, &b, six_string_flat(m, six_as_string(items->elements[i])));
  }
  return six_builder_finish(m, &b);
}

static const char *const units[] = {"second", "minute", "hour", "day", "week", "month", "quarter", "year"};

static int unit_of(struct six_machine *m, six_value v) {
  struct six_text text = {0};
  struct six_string *s = six_to_string(m, v);
  if (!s) return -1;
  six_string_to_utf8(m, s, &text);
  int found = -1;
  for (int i = 0; text.length && i < (int)SIX_COUNT(units); i++) {
    size_t length = strlen(units[i]);
    if (!strncmp(units[i], text.bytes, length) && (!strcmp(text.bytes + length, "") || !strcmp(text.bytes + length, "s"))) found = i;
  }
  if (found < 0)
    six_throw_range(m, "Invalid unit argument for Intl.RelativeTimeFormat.prototype.format() '%s'", text.bytes ? text.bytes : "");
  six_text_done(&text);
  return found;
}

// "yesterday", "now", ...: NULL where English has no word.
static const char *relative_word(int unit, double n, char out[24]) {
  if (unit == 3) return n == -1 ? "yesterday" : n == 0 ? "today" : n == 1 ? "tomorrow" : NULL;
  if (unit == 0) return n == 0 ? "now" : NULL;
  if (n != 0 && (unit < 3 || fabs(n) != 1)) return NULL;
  strcpy(out, n < 0 ? "last " : n > 0 ? "next " : "this ");
  return strcat(out, units[unit]);
}

static six_value relative_text(struct six_machine *m, const struct six_args *a) {
  struct intl *o = this_intl(m, a, RELATIVE_TIME_FORMAT, "format");
  double n;
  if (!o || !six_to_number(m, six_arg(a, 0), &n)) return SIX_EXCEPTION;
  int unit = unit_of(m, six_arg(a, 1));
  if (unit < 0) return SIX_EXCEPTION;
  if (!isfinite(n)) return six_throw_range(m, "Invalid time value");
  char buffer[24];
  const char *word = o->words.type == 1 ? relative_word(unit, n, buffer) : NULL;
  if (word) return six_str(m, word);
  struct six_number_format f = {.tag = "en-US", .min_integer = 1, .max_fraction = 3, .grouping = true};
  struct six_text text = {0};
  six_text_adds(&text, signbit(n) ? "" : "in ");
  six_string_to_utf8(m, six_string_flat(m, six_as_string(six_number_format(m, &f, fabs(n)))), &text);
  six_text_addf(&text, " %s%s%s", units[unit], fabs(n) == 1 ? "" : "s", signbit(n) ? " ago" : "");
  six_value v = six_str(m, text.bytes);
  six_text_done(&text);
  return v;
}

// ---- The namespace

// en-Latn-US: language, script, region.
static void canonical_case(char *tag) {
  for (char *part = tag; *part;) {
    size_t length = strcspn(part, "-");
    for (size_t i = 0; i < length; i++) {
      bool upper = part > tag && (length == 2 || (length == 4 && i == 0)), is_upper = part[i] >= 'A' && part[i] <= 'Z';
      if (upper && part[i] >= 'a' && part[i] <= 'z') part[i] = (char)(part[i] - 32);
      if (!upper && is_upper) part[i] = (char)(part[i] + 32);
    }
    part += length + (part[length] == '-');
  }
}

static six_value locale_list(struct six_machine *m, const struct six_args *a) {
  struct six_object *list = six_array_new(m, 0);
  six_root(m, six_object_value(list));
  six_value locales = six_arg(a, 0);
  char tag[36];
  if (six_is_undefined(locales)) return six_object_value(list);
  double count = 1;
  bool many = six_is_array(m, locales) > 0;
  if (many && six_length_of(m, six_as_object(locales), &count) < 0) return SIX_EXCEPTION;
  for (uint32_t i = 0; i < count; i++) {
    six_value one = many ? six_get_index(m, six_as_object(locales), i) : locales;
    if (six_is_exception(one) || !six_locale_tag(m, one, tag)) return SIX_EXCEPTION;
    canonical_case(tag);
    six_array_push(m, list, six_str(m, tag));
  }
  return six_object_value(list);
}

static six_value missing(struct six_machine *m, const struct six_args *a) {
  struct six_text name = {0};
  six_text_adds(&name, "Intl.");
  six_string_to_utf8(m, six_function_name(m, a->callee), &name);
  six_throw_unsupported(m, name.bytes);
  six_text_done(&name);
  return SIX_EXCEPTION;
}

static const struct six_native_def number_methods[] = {{"resolvedOptions", number_options, 0, 0},
                                                       {"formatToParts", number_to_parts, 1, 0},
                                                       {"format", number_get_format, 0, SIX_DEF_GETTER},
                                                       {"formatRange", missing, 2, 0},
                                                       {"formatRangeToParts", missing, 2, 0}};
static const struct six_native_def date_methods[] = {{"resolvedOptions", date_options, 0, 0},
                                                     {"formatToParts", missing, 1, 0},
                                                     {"format", date_get_format, 0, SIX_DEF_GETTER},
                                                     {"formatRange", missing, 2, 0},
                                                     {"formatRangeToParts", missing, 2, 0}};
static const struct six_native_def collator_methods[] = {{"resolvedOptions", missing, 0, 0},
                                                         {"compare", collator_get_compare, 0, SIX_DEF_GETTER}};
static const struct six_native_def plural_methods[] = {{"resolvedOptions", missing, 0, 0}, {"select", plural_select, 1, 0}};
static const struct six_native_def list_methods[] = {
    {"resolvedOptions", missing, 0, 0}, {"format", list_text, 1, 0}, {"formatToParts", missing, 1, 0}};
static const struct six_native_def relative_methods[] = {
    {"resolvedOptions", missing, 0, 0}, {"format", relative_text, 2, 0}, {"formatToParts", missing, 2, 0}};

static const struct {
  six_native *construct;
  const struct six_native_def *methods;
  size_t count;
} classes[KINDS] = {
    {number_format, number_methods, SIX_COUNT(number_methods)}, {date_time_format, date_methods, SIX_COUNT(date_methods)},
    {collator, collator_methods, SIX_COUNT(collator_methods)},  {plural_rules, plural_methods, SIX_COUNT(plural_methods)},
    {list_format, list_methods, SIX_COUNT(list_methods)},       {relative_time_format, relative_methods, SIX_COUNT(relative_methods)},
};

static void add_class(struct six_machine *m, struct six_object *intl, enum kind kind) {
  static const struct six_native_def statics[] = {{"supportedLocalesOf", locale_list, 1, 0}};
  struct six_object *proto = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  six_root(m, six_object_value(proto));
  struct six_object *constructor = six_constructor_new(m, kind_names[kind], classes[kind].construct, 0, proto);
  char text[48] = "Intl";
  strcat(text, kind_names[kind]);
  six_define_natives(m, constructor, statics, 1);
  six_define_natives(m, proto, classes[kind].methods, classes[kind].count);
  char tag[48] = "Intl.";
  six_define_tag(m, proto, strcat(tag, kind_names[kind]));
  six_arrange(m, constructor, text);
  six_arrange(m, proto, strcat(text, "Prototype"));
  six_define(m, intl, six_string_value(six_intern_ascii(m, kind_names[kind], true)), six_object_value(constructor), SIX_HIDDEN);
}

void six_init_intl(struct six_machine *m) {
  static const struct six_native_def others[] = {
      {"getCanonicalLocales", locale_list, 1, 0},     {"supportedValuesOf", missing, 1, 0},
      {"Locale", missing, 1, SIX_DEF_CONSTRUCTOR},    {"DisplayNames", missing, 2, SIX_DEF_CONSTRUCTOR},
      {"Segmenter", missing, 0, SIX_DEF_CONSTRUCTOR}, {"DurationFormat", missing, 0, SIX_DEF_CONSTRUCTOR},
  };
  struct six_object *intl = m->intrinsics[SIX_I_Intl] = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  for (int kind = 0; kind < KINDS; kind++) add_class(m, intl, (enum kind)kind);
  six_define_natives(m, intl, others, SIX_COUNT(others));
  six_define_tag(m, intl, "Intl");
}
