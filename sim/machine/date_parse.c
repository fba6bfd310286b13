// machine: Date.parse, after the two grammars that V8 documents: ISO 8601 first, and where that fails the legacy one,
// which takes numbers, month names, AM/PM, zones and offsets in nearly any order and skips most other text.
#include <math.h>
#include <string.h>

#include "sim/machine/date.h"
#include "sim/machine/unicode.h"

enum { NONE = -1 };
enum token_kind { END, NUMBER, SYMBOL, SPACE, WORD, MONTH, AM_PM, ZONE, TIME_SEPARATOR, UNKNOWN, INVALID };

struct token {
  enum token_kind kind;
  int value;   // number, symbol, month 1..12, hours
  int length;  // characters
};

struct scanner {
  const uint16_t *units;
  size_t length, position;
  struct token current;
};

struct parsed {
  int day[3], day_count, named_month;
  int time[4], time_count, hour_offset;
  int zone_sign, zone_hour, zone_minute;
  bool iso;
};

// ---- Tokens

static int unit_at(const struct scanner *s) { return s->position < s->length ? s->units[s->position] : -1; }
static bool is_digit(int c) { return c >= '0' && c <= '9'; }
static bool is_word_unit(int c) { return c >= 'A' && !six_unicode_is_space((uint32_t)c); }

static struct token scan_number(struct scanner *s) {
  size_t start = s->position;
  while (unit_at(s) == '0') s->position++;
  int n = 0;
  for (int i = 0; is_digit(unit_at(s)); i++, s->position++) {
    if (i < 9) n = n * 10 + (unit_at(s) - '0');
  }
  return (struct token){NUMBER, n, (int)(s->position - start)};
}

static struct token scan_word(struct scanner *s) {
  static const struct {
    char name[4];
    enum token_kind kind;
    int value;
  } words[] = {{"jan", MONTH, 1}, {"feb", MONTH, 2}, {"mar", MONTH, 3},       {"apr", MONTH, 4},  {"may", MONTH, 5},  {"jun", MONTH, 6},
               {"jul", MONTH, 7}, {"aug", MONTH, 8}, {"sep", MONTH, 9},       {"oct", MONTH, 10}, {"nov", MONTH, 11}, {"dec", MONTH, 12},
               {"am", AM_PM, 0},  {"pm", AM_PM, 12}, {"ut", ZONE, 0},         {"utc", ZONE, 0},   {"z", ZONE, 0},     {"gmt", ZONE, 0},
               {"cdt", ZONE, -5}, {"cst", ZONE, -6}, {"edt", ZONE, -4},       {"est", ZONE, -5},  {"mdt", ZONE, -6},  {"mst", ZONE, -7},
               {"pdt", ZONE, -7}, {"pst", ZONE, -8}, {"t", TIME_SEPARATOR, 0}};
  char prefix[4] = {0};
  int length = 0;
  for (; is_word_unit(unit_at(s)); s->position++, length++) {
    int c = unit_at(s);
    if (length < 3) prefix[length] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c < 0x80 ? c : '?');
  }
  for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
    if (!strcmp(words[i].name, prefix) && (length <= 3 || words[i].kind == MONTH))
      return (struct token){words[i].kind, words[i].value, length};
  }
  return (struct token){WORD, 0, length};
}

static void skip_parentheses(struct scanner *s) {  // after the opening one
  for (int depth = 1; depth > 0 && s->position < s->length; s->position++) {
    if (unit_at(s) == '(') depth++;
    else if (unit_at(s) == ')') depth--;
  }
}

static void advance(struct scanner *s) {
  int c = unit_at(s);
  if (c < 0) {
    s->current = (struct token){END, 0, 0};
  } else if (is_digit(c)) {
    s->current = scan_number(s);
  } else if (c == ':' || c == '-' || c == '+' || c == '.' || c == ')') {
    s->position++;
    s->current = (struct token){SYMBOL, c, 1};
  } else if (is_word_unit(c)) {
    s->current = scan_word(s);
  } else if (six_unicode_is_space((uint32_t)c)) {
    s->position++;
    s->current = (struct token){SPACE, 0, 1};
  } else {
    s->position++;
    if (c == '(') skip_parentheses(s);
    s->current = (struct token){UNKNOWN, 0, 1};
  }
}

static struct token next(struct scanner *s) {
  struct token t = s->current;
  advance(s);
  return t;
}
static bool is_symbol(struct token t, int symbol) { return t.kind == SYMBOL && t.value == symbol; }
static bool is_sign(struct token t) { return is_symbol(t, '+') || is_symbol(t, '-'); }
static bool skip_symbol(struct scanner *s, int symbol) {
  if (!is_symbol(s->current, symbol)) return false;
  advance(s);
  return true;
}
static bool is_fixed(struct token t, int length) { return t.kind == NUMBER && t.length == length; }
static bool within(int n, int low, int high) { return n >= low && n <= high; }

// ---- Parts

static bool add_day(struct parsed *p, int n) {
  if (p->day_count == 3) return false;
  p->day[p->day_count++] = n;
  return true;
}
static bool add_time(struct parsed *p, int n) {
  if (p->time_count == 4) return false;
  p->time[p->time_count++] = n;
  return true;
}
static bool add_final_time(struct parsed *p, int n) {
  if (!add_time(p, n)) return false;
  while (p->time_count < 4) p->time[p->time_count++] = 0;
  return true;
}
static bool time_expects(const struct parsed *p, int n) {
  return (p->time_count == 1 && within(n, 0, 59)) || (p->time_count == 2 && within(n, 0, 59)) || (p->time_count == 3 && within(n, 0, 999));
}
static bool zone_expects(const struct parsed *p, int n) { return p->zone_hour != NONE && p->zone_minute == NONE && within(n, 0, 59); }
static bool zone_is_utc(const struct parsed *p) { return p->zone_hour == 0 && p->zone_minute == 0; }
static void set_zone(struct parsed *p, int hours) {
  p->zone_sign = hours < 0 ? -1 : 1;
  p->zone_hour = hours < 0 ? -hours : hours;
  p->zone_minute = 0;
}

static int milliseconds(struct token t) {
  int n = t.value, length = t.length;
  if (length > 9) length = 9;
  for (; length < 3; length++) n *= 10;
  for (; length > 3; length--) n /= 10;
  return n;
}

// ---- ISO 8601

static const struct token invalid = {INVALID, 0, 0};

// hh:mm[:ss[.sss]][zone] after the T. INVALID or END.
static struct token parse_iso_time(struct scanner *s, struct parsed *p) {
  if (!is_fixed(s->current, 2) || !within(s->current.value, 0, 24)) return invalid;
  bool is_24 = s->current.value == 24;
  add_time(p, next(s).value);
  if (!skip_symbol(s, ':')) return invalid;
  if (!is_fixed(s->current, 2) || !within(s->current.value, 0, is_24 ? 0 : 59)) return invalid;
  add_time(p, next(s).value);
  if (skip_symbol(s, ':')) {
    if (!is_fixed(s->current, 2) || !within(s->current.value, 0, is_24 ? 0 : 59)) return invalid;
    add_time(p, next(s).value);
    if (skip_symbol(s, '.')) {
      if (s->current.kind != NUMBER || (is_24 && s->current.value > 0)) return invalid;
      add_time(p, milliseconds(next(s)));
    }
  }
  if (s->current.kind == ZONE && s->current.length == 1) {
    advance(s);
    set_zone(p, 0);
  } else if (is_sign(s->current)) {
    p->zone_sign = next(s).value == '+' ? 1 : -1;
    if (is_fixed(s->current, 4)) {
      int n = next(s).value;
      if (!within(n / 100, 0, 23) || !within(n % 100, 0, 59)) return invalid;
      p->zone_hour = n / 100;
      p->zone_minute = n % 100;
    } else {
      if (!is_fixed(s->current, 2) || !within(s->current.value, 0, 23)) return invalid;
      p->zone_hour = next(s).value;
      if (!skip_symbol(s, ':') || !is_fixed(s->current, 2) || !within(s->current.value, 0, 59)) return invalid;
      p->zone_minute = next(s).value;
    }
  }
  return s->current.kind == END ? s->current : invalid;
}

// END when the whole text was ISO; INVALID; else the token with which the legacy grammar goes on.
static struct token parse_iso(struct scanner *s, struct parsed *p) {
  if (is_sign(s->current)) {
    struct token sign = next(s);
    if (!is_fixed(s->current, 6)) return sign;
    int year = next(s).value;
    if (sign.value == '-' && year == 0) return sign;
    add_day(p, sign.value == '-' ? -year : year);
  } else if (is_fixed(s->current, 4)) {
    add_day(p, next(s).value);
  } else {
    return next(s);
  }
  if (skip_symbol(s, '-')) {
    if (!is_fixed(s->current, 2) || !within(s->current.value, 1, 12)) return next(s);
    add_day(p, next(s).value);
    if (skip_symbol(s, '-')) {
      if (!is_fixed(s->current, 2) || !within(s->current.value, 1, 31)) return next(s);
      add_day(p, next(s).value);
    }
  }
  if (s->current.kind != TIME_SEPARATOR) {
    if (s->current.kind != END) return next(s);
  } else {
    advance(s);
    struct token t = parse_iso_time(s, p);
    if (t.kind != END) return t;
  }
  p->iso = true;
  return (struct token){END, 0, 0};
}

// ---- Legacy

static bool legacy_number(struct scanner *s, struct parsed *p, struct token t) {
  int n = t.value;
  if (skip_symbol(s, ':')) {
    if (skip_symbol(s, ':')) return p->time_count == 0 && add_time(p, n) && add_time(p, 0);
    if (!add_time(p, n)) return false;
    skip_symbol(s, '.');
    return true;
  }
  if (is_symbol(s->current, '.') && time_expects(p, n)) {
    advance(s);
    add_time(p, n);
    return s->current.kind == NUMBER && add_final_time(p, milliseconds(next(s)));
  }
  skip_symbol(s, '.');
  if (zone_expects(p, n)) {
    p->zone_minute = n;
    return true;
  }
  if (time_expects(p, n)) {
    add_final_time(p, n);
    struct token after = s->current;
    return after.kind == END || after.kind == SPACE || (after.kind == ZONE && after.length == 1) || is_sign(after);
  }
  if (!add_day(p, n)) return false;
  skip_symbol(s, '-');
  return true;
}

static bool legacy_offset(struct scanner *s, struct parsed *p, struct token sign) {
  p->zone_sign = sign.value == '+' ? 1 : -1;
  struct token number = {NUMBER, 0, 0};
  if (s->current.kind == NUMBER) number = next(s);
  int n = number.value, length = number.length;
  if (is_symbol(s->current, ':')) {
    p->zone_hour = n;
    p->zone_minute = NONE;
  } else if (length == 1 || length == 2) {
    p->zone_hour = n;
    p->zone_minute = 0;
  } else if (length == 3 || length == 4) {
    p->zone_hour = n / 100;
    p->zone_minute = n % 100;
  } else {
    return false;
  }
  return true;
}

static bool parse_legacy(struct scanner *s, struct parsed *p, struct token t) {
  bool has_number = p->day_count > 0;
  for (; t.kind != END; t = next(s)) {
    if (t.kind == NUMBER) {
      has_number = true;
      if (!legacy_number(s, p, t)) return false;
    } else if (t.kind == AM_PM && p->time_count) {
      p->hour_offset = t.value;
    } else if (t.kind == MONTH) {
      p->named_month = t.value;
      skip_symbol(s, '-');
    } else if (t.kind == ZONE && has_number) {
      set_zone(p, t.value);
    } else if (t.kind == WORD || t.kind == AM_PM || t.kind == ZONE || t.kind == TIME_SEPARATOR) {
      if (has_number || s->current.kind == NUMBER) return false;
    } else if (is_sign(t) && (zone_is_utc(p) || p->time_count)) {
      has_number = true;
      if (!legacy_offset(s, p, t)) return false;
    } else if ((is_sign(t) || is_symbol(t, ')')) && has_number) {
      return false;
    }
  }
  return true;
}

// ---- The value

static bool read_day(struct parsed *p, double *day) {
  if (p->day_count < 1) return false;
  while (p->day_count < 3) p->day[p->day_count++] = 1;
  int year, month, date;
  if (p->named_month == NONE) {
    bool year_first = p->iso || !within(p->day[0], 1, 31);
    year = p->day[year_first ? 0 : 2];
    month = p->day[year_first ? 1 : 0];
    date = p->day[year_first ? 2 : 1];
  } else {
    bool year_first = !within(p->day[0], 1, 31);
    month = p->named_month;
    year = p->day[year_first ? 0 : 1];
    date = p->day[year_first ? 1 : 0];
  }
  if (!p->iso && within(year, 0, 49)) year += 2000;
  else if (!p->iso && within(year, 50, 99)) year += 1900;
  if (!within(month, 1, 12) || !within(date, 1, 31)) return false;
  *day = six_make_day(year, month - 1, date);
  return true;
}

static bool read_time(struct parsed *p, double *time) {
  while (p->time_count < 4) p->time[p->time_count++] = 0;
  int *t = p->time;
  if (p->hour_offset != NONE) {
    if (!within(t[0], 0, 12)) return false;
    t[0] = t[0] % 12 + p->hour_offset;
  }
  bool ok = within(t[0], 0, 23) && within(t[1], 0, 59) && within(t[2], 0, 59) && within(t[3], 0, 999);
  if (!ok && (t[0] != 24 || t[1] > 0 || t[2] > 0 || t[3] > 0)) return false;
  *time = six_make_time(t[0], t[1], t[2], t[3]);
  return true;
}

double six_date_parse(const uint16_t *units, size_t length) {
  struct scanner s = {.units = units, .length = length};
  struct parsed p = {.named_month = NONE, .hour_offset = NONE, .zone_hour = NONE, .zone_minute = NONE};
  advance(&s);
  struct token t = parse_iso(&s, &p);
  if (t.kind == INVALID) return NAN;
  double day, time, offset = 0;
  if (!parse_legacy(&s, &p, t) || !read_day(&p, &day) || !read_time(&p, &time)) return NAN;
  if (p.zone_sign) {
    int hour = p.zone_hour == NONE ? 0 : p.zone_hour, minute = p.zone_minute == NONE ? 0 : p.zone_minute;
    offset = p.zone_sign * (hour * 3600000.0 + minute * 60000.0);
  }
  return six_time_clip(six_make_date(day, time) - offset);
}
