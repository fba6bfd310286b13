// machine: dates as toLocaleString writes them (ECMA-402 11, CLDR's patterns) for American and British English. The numeric
// default forms of German, French, Swedish, Canadian English and Japanese are there too; other languages are unsupported.
#include "sim/machine/date.h"

#include <stdio.h>

#include "sim/machine/builtins/builtin.h"
#include "sim/machine/builtins/date_parts.h"
#include "sim/machine/builtins/string_parts.h"

// ---- Options

static six_value option(struct six_machine *m, six_value options, const char *name) {
  return six_get_v(m, options, six_key_of_string(m, six_as_string(six_str(m, name))));
}

static bool text_option(struct six_machine *m, six_value options, const char *name, char out[24]) {
  out[0] = '\0';
  six_value v = option(m, options, name);
  if (six_is_exception(v)) return false;
  if (six_is_undefined(v)) return true;
  struct six_string *s = six_to_string(m, v);
  if (!s) return false;
  uint32_t n = s->length < 23 ? s->length : 23;
  for (uint32_t i = 0; i < n; i++) out[i] = (char)six_string_unit(s, i);
  out[n] = '\0';
  return true;
}

static bool bad_option(struct six_machine *m, const char *what, const char *name, const char *value) {
  // V8 says Date.prototype.toLocaleDateString's kin by their full names.
  six_throw_range(m, "Value %s out of range for %s options property %s", value, what, name);
  return false;
}

static bool unsupported(struct six_machine *m, const char *what, const char *name, const char *value) {
  struct six_text text = {0};
  six_text_addf(&text, "%s with %s: '%s'", what, name, value);
  six_throw_unsupported(m, text.bytes);
  six_text_done(&text);
  return false;
}

static bool width_option(struct six_machine *m, six_value options, const char *name, bool words, const char *what,
                         enum six_date_width *out) {
  static const char *const names[] = {"", "numeric", "2-digit", "long", "short", "narrow"};
  char text[24];
  if (!text_option(m, options, name, text)) return false;
  if (!text[0]) return true;
  for (int w = SIX_WIDTH_NUMERIC; w <= SIX_WIDTH_NARROW; w++) {
    bool allowed = w <= SIX_WIDTH_TWO_DIGIT ? strcmp(name, "weekday") != 0 : words;
    if (allowed && !strcmp(names[w], text)) {
      *out = (enum six_date_width)w;
      return true;
    }
  }
  return bad_option(m, what, name, text);
}

static bool style_option(struct six_machine *m, six_value options, const char *name, const char *what, int *style) {
  static const char *const names[] = {"", "full", "long", "medium", "short"};
  char text[24];
  if (!text_option(m, options, name, text)) return false;
  *style = 0;
  if (!text[0]) return true;
  for (int i = 1; i < 5; i++) {
    if (!strcmp(names[i], text)) *style = i;
  }
  return *style || bad_option(m, what, name, text);
}

static bool check_zone(struct six_machine *m, six_value options, const char *what) {
  char zone[24];
  if (!text_option(m, options, "timeZone", zone)) return false;
  static const char *const utc[] = {"", "UTC", "utc", "GMT", "Etc/UTC", "Etc/GMT"};
  for (size_t i = 0; i < SIX_COUNT(utc); i++) {
    if (!strcmp(utc[i], zone)) return true;
  }
  static const char *const areas[] = {"Africa/",    "America/", "Antarctica/", "Asia/",   "Atlantic/",
                                      "Australia/", "Europe/",  "Indian/",     "Pacific/"};
  for (size_t i = 0; i < SIX_COUNT(areas); i++) {
    if (!strncmp(zone, areas[i], strlen(areas[i]))) return unsupported(m, what, "timeZone", zone);
  }
  six_throw_range(m, "Invalid time zone specified: %s", zone);
  return false;
}

static bool read_hour_cycle(struct six_machine *m, six_value options, const char *what, struct six_date_format *f) {
  char cycle[24];
  six_value hour12 = option(m, options, "hour12");
  if (six_is_exception(hour12) || !text_option(m, options, "hourCycle", cycle)) return false;
  f->hour24 = six_locale_in(f->tag, "de fr sv ja ") || !strncmp(f->tag, "en-GB", 5);
  if (!six_is_undefined(hour12)) {
    bool was24 = f->hour24;
    f->hour24 = !six_to_boolean(hour12);
    f->zero_is_24 = f->hour24 && !was24;
  } else if (!strcmp(cycle, "h23")) {
    f->hour24 = true;
  } else if (!strcmp(cycle, "h24")) {
    f->hour24 = f->zero_is_24 = true;
  } else if (!strcmp(cycle, "h12")) {
    f->hour24 = false;
  } else if (cycle[0]) {
    return unsupported(m, what, "hourCycle", cycle);
  }
  return true;
}

static void apply_styles(struct six_date_format *f, int date, int time) {
  bool british = !strncmp(f->tag, "en-GB", 5);
  if (date) {
    f->year = date == 4 && !british ? SIX_WIDTH_TWO_DIGIT : SIX_WIDTH_NUMERIC;
    f->month = date == 4 ? (british ? SIX_WIDTH_TWO_DIGIT : SIX_WIDTH_NUMERIC) : date == 3 ? SIX_WIDTH_SHORT : SIX_WIDTH_LONG;
    f->day = date == 4 && british ? SIX_WIDTH_TWO_DIGIT : SIX_WIDTH_NUMERIC;
    if (date == 1) f->weekday = SIX_WIDTH_LONG;
  }
  if (time) {
    f->hour = f->hour24 ? SIX_WIDTH_TWO_DIGIT : SIX_WIDTH_NUMERIC;
    f->minute = SIX_WIDTH_TWO_DIGIT;
    if (time < 4) f->second = SIX_WIDTH_TWO_DIGIT;
    if (time == 1) f->zone_name = SIX_WIDTH_LONG;
    else if (time == 2) f->zone_name = SIX_WIDTH_SHORT;
  }
}

static bool read_options(struct six_machine *m, six_value options, const char *what, struct six_date_format *f, bool *styled) {
  int date, time;
  if (!check_zone(m, options, what) || !read_hour_cycle(m, options, what, f)) return false;
  if (!width_option(m, options, "weekday", true, what, &f->weekday)) return false;
  if (!width_option(m, options, "year", false, what, &f->year)) return false;
  if (!width_option(m, options, "month", true, what, &f->month)) return false;
  if (!width_option(m, options, "day", false, what, &f->day)) return false;
  if (!width_option(m, options, "hour", false, what, &f->hour)) return false;
  if (!width_option(m, options, "minute", false, what, &f->minute)) return false;
  if (!width_option(m, options, "second", false, what, &f->second)) return false;
  char text[24];
  static const char *const strange[] = {"era", "dayPeriod", "calendar", "numberingSystem"};
  for (size_t i = 0; i < SIX_COUNT(strange); i++) {
    if (!text_option(m, options, strange[i], text)) return false;
    if (text[0]) return unsupported(m, what, strange[i], text);
  }
  six_value fraction = option(m, options, "fractionalSecondDigits");
  double digits = 0;
  if (six_is_exception(fraction) || (!six_is_undefined(fraction) && !six_to_number(m, fraction, &digits))) return false;
  if (!six_is_undefined(fraction) && !(digits >= 1 && digits <= 3)) {
    six_throw_range(m, "fractionalSecondDigits value is out of range.");
    return false;
  }
  f->fraction_digits = (int)digits;
  if (!text_option(m, options, "timeZoneName", text)) return false;
  if (text[0]) f->zone_name = !strcmp(text, "long") ? SIX_WIDTH_LONG : SIX_WIDTH_SHORT;
  if (!style_option(m, options, "dateStyle", what, &date) || !style_option(m, options, "timeStyle", what, &time)) return false;
  *styled = date || time;
  apply_styles(f, date, time);
  return true;
}

static void apply_defaults(struct six_date_format *f, enum six_date_defaults defaults) {
  bool has_date = f->weekday || f->year || f->month || f->day, has_time = f->hour || f->minute || f->second || f->fraction_digits;
  bool needs = defaults == SIX_DEFAULT_ALL || defaults == SIX_DEFAULT_DATE_ALONE ? !has_date && !has_time
               : defaults == SIX_DEFAULT_DATE                                    ? !has_date
                                                                                 : !has_time;
  if (!needs) return;
  bool padded = !strncmp(f->tag, "en-GB", 5) || six_locale_in(f->tag, "fr sv ") || !strncmp(f->tag, "en-CA", 5);
  if (defaults & SIX_DEFAULT_DATE) {
    f->year = SIX_WIDTH_NUMERIC;
    f->month = f->day = padded ? SIX_WIDTH_TWO_DIGIT : SIX_WIDTH_NUMERIC;
  }
  if (defaults & SIX_DEFAULT_TIME) {
    f->hour = SIX_WIDTH_NUMERIC;
    f->minute = f->second = SIX_WIDTH_TWO_DIGIT;
  }
}

// ---- Date part

static const char *const month_names[] = {"January", "February", "March",     "April",   "May",      "June",
                                          "July",    "August",   "September", "October", "November", "December"};
static const char *const day_names[] = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};

static void add_name(struct six_text *out, const char *name, enum six_date_width w, bool british_september) {
  if (w == SIX_WIDTH_LONG) six_text_adds(out, name);
  else six_text_add(out, name, w == SIX_WIDTH_NARROW ? 1 : british_september ? 4 : 3);
}

static void add_number(struct six_text *out, int64_t n, enum six_date_width w) {
  six_text_addf(out, w == SIX_WIDTH_TWO_DIGIT ? "%02lld" : "%lld", (long long)n);
}

static void add_year(struct six_text *out, int64_t year, enum six_date_width w) {
  if (year <= 0) year = 1 - year;  // years before Christ are counted from 1
  add_number(out, w == SIX_WIDTH_TWO_DIGIT ? year % 100 : year, w);
}

static void add_month(struct six_text *out, const struct six_date_format *f, const struct six_date_fields *d) {
  bool british = !strncmp(f->tag, "en-GB", 5);
  if (f->month >= SIX_WIDTH_LONG) add_name(out, month_names[d->month], f->month, british && d->month == 8);
  else add_number(out, d->month + 1, f->month);
}

// With the month in words: "March 7, 2024", or "7 March 2024" in Britain.
static void add_worded_date(struct six_text *out, const struct six_date_format *f, const struct six_date_fields *d) {
  bool british = !strncmp(f->tag, "en-GB", 5);
  if (british && f->day) {
    add_number(out, d->day, f->day);
    six_text_addc(out, ' ');
  }
  add_month(out, f, d);
  if (!british && f->day) {
    six_text_addc(out, ' ');
    add_number(out, d->day, f->day);
  }
  if (f->year) {
    six_text_adds(out, f->day && !british ? ", " : " ");
    add_year(out, d->year, f->year);
  }
}

static void add_numeric_date(struct six_text *out, const struct six_date_format *f, const struct six_date_fields *d) {
  bool day_first = !strncmp(f->tag, "en-GB", 5) || six_locale_in(f->tag, "de fr ");
  bool year_first = six_locale_in(f->tag, "sv ja ") || !strncmp(f->tag, "en-CA", 5);
  char separator = six_locale_in(f->tag, "de ") ? '.' : year_first && !six_locale_in(f->tag, "ja ") ? '-' : '/';
  static const char orders[3][4] = {"mdy", "dmy", "ymd"};
  const char *order = orders[year_first ? 2 : day_first ? 1 : 0];
  size_t start = out->length;
  for (int i = 0; i < 3; i++) {
    enum six_date_width w = order[i] == 'm' ? f->month : order[i] == 'd' ? f->day : f->year;
    if (!w) continue;
    if (out->length > start) six_text_addc(out, separator);
    if (order[i] == 'm') add_month(out, f, d);
    else if (order[i] == 'd') add_number(out, d->day, w);
    else add_year(out, d->year, w);
  }
}

static void add_date(struct six_text *out, const struct six_date_format *f, const struct six_date_fields *d) {
  bool others = f->year || f->month || f->day;
  if (f->weekday && f->day && !f->month && !f->year) {  // "7 Thu"
    add_number(out, d->day, f->day);
    six_text_addc(out, ' ');
    add_name(out, day_names[d->weekday], f->weekday, false);
    return;
  }
  if (f->weekday) {
    add_name(out, day_names[d->weekday], f->weekday, false);
    // "Thursday, March 7, 2024"; in Britain "Thursday 7 March 2024", as CLDR has had it of late.
    if (others) six_text_adds(out, !strncmp(f->tag, "en-GB", 5) && f->month == SIX_WIDTH_LONG ? " " : ", ");
  }
  if (f->month >= SIX_WIDTH_LONG) add_worded_date(out, f, d);
  else add_numeric_date(out, f, d);
}

// ---- Time part

static void add_time(struct six_text *out, const struct six_date_format *f, const struct six_date_fields *d) {
  bool alone = (f->hour != SIX_WIDTH_ABSENT) + (f->minute != SIX_WIDTH_ABSENT) + (f->second != SIX_WIDTH_ABSENT) == 1;
  if (f->hour) {
    int hour = f->hour24 ? d->hour : d->hour % 12 ? d->hour % 12 : 12;
    if (f->zero_is_24 && hour == 0) hour = 24;
    add_number(out, hour, f->hour24 && strncmp(f->tag, "ja", 2) ? SIX_WIDTH_TWO_DIGIT : f->hour);
  }
  if (f->minute) {
    if (f->hour) six_text_addc(out, ':');
    add_number(out, d->minute, alone ? SIX_WIDTH_NUMERIC : SIX_WIDTH_TWO_DIGIT);
  }
  if (f->second) {
    if (f->hour || f->minute) six_text_addc(out, ':');
    add_number(out, d->second, alone ? SIX_WIDTH_NUMERIC : SIX_WIDTH_TWO_DIGIT);
  }
  if (f->fraction_digits) {
    char text[8];
    snprintf(text, sizeof text, "%03d", d->millisecond);
    if (f->second) six_text_addc(out, '.');
    six_text_add(out, text, (size_t)f->fraction_digits);
  }
  if (f->hour && !f->hour24) {
    if (!strncmp(f->tag, "en-CA", 5)) six_text_adds(out, d->hour < 12 ? " a.m." : " p.m.");
    else if (!strncmp(f->tag, "en-GB", 5)) six_text_adds(out, d->hour < 12 ? " am" : " pm");
    else six_text_adds(out, d->hour < 12 ? " AM" : " PM");
  }
}

static const char *joiner(const struct six_date_format *f) {
  if (six_locale_in(f->tag, "fr sv ja ")) return " ";
  if (f->weekday && !f->month && !f->day && !f->year) return " ";
  return f->month == SIX_WIDTH_LONG ? " at " : ", ";
}

bool six_date_format_read(struct six_machine *m, six_value locales, six_value options, enum six_date_defaults defaults, const char *what,
                          struct six_date_format *f) {
  *f = (struct six_date_format){0};
  bool styled = false;
  if (!six_locale_tag(m, locales, f->tag)) return false;
  f->hour24 = six_locale_in(f->tag, "de fr sv ja ") || !strncmp(f->tag, "en-GB", 5);
  bool plain_only = six_locale_in(f->tag, "de fr sv ja ") || !strncmp(f->tag, "en-CA", 5);
  if (!plain_only && !six_locale_in(f->tag, "en ")) {
    six_locale_unsupported(m, what, f->tag);
    return false;
  }
  if (six_is_null(options)) {
    six_throw_type(m, "Cannot convert undefined or null to object");
    return false;
  }
  if (!six_is_undefined(options)) {
    if (!read_options(m, options, what, f, &styled)) return false;
    bool fields = styled || f->weekday || f->month >= SIX_WIDTH_LONG;
    if (plain_only && fields) {
      six_locale_unsupported(m, what, f->tag);
      return false;
    }
  }
  f->styled = styled;
  if (!styled) apply_defaults(f, defaults);
  return true;
}

six_value six_date_format(struct six_machine *m, const struct six_date_format *f, double t) {
  struct six_date_fields d = six_date_fields(t);
  bool has_date = f->weekday || f->year || f->month || f->day, has_time = f->hour || f->minute || f->second || f->fraction_digits;
  struct six_text out = {0};
  if (has_date) add_date(&out, f, &d);
  if (has_date && has_time) six_text_adds(&out, joiner(f));
  if (has_time) add_time(&out, f, &d);
  if (f->zone_name) {
    six_text_adds(&out, has_time ? " " : ", ");
    six_text_adds(&out, f->zone_name == SIX_WIDTH_LONG ? "Coordinated Universal Time" : "UTC");
  }
  struct six_string *s = six_string_utf8(m, out.bytes ? out.bytes : "", out.length);
  six_text_done(&out);
  return six_string_value(s);
}

six_value six_date_locale_text(struct six_machine *m, double t, six_value locales, six_value options, enum six_date_defaults defaults,
                               const char *what) {
  struct six_date_format f;
  if (!six_date_format_read(m, locales, options, defaults, what, &f)) return SIX_EXCEPTION;
  return t != t ? six_str(m, "Invalid Date") : six_date_format(m, &f, t);
}
