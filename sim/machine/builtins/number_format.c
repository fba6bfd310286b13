#include "sim/machine/builtins/number_format.h"

#include "sim/machine/builtins/string_parts.h"

// ---- Options

static six_value option(struct six_machine *m, six_value options, const char *name) {
  return six_get_v(m, options, six_key_of_string(m, six_as_string(six_str(m, name))));
}

// A text option in `out` (empty when undefined); false on exception.
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

// A number option within bounds; `out` is untouched when undefined. false on exception.
static bool number_option(struct six_machine *m, six_value options, const char *name, int low, int high, int *out) {
  six_value v = option(m, options, name);
  if (six_is_exception(v)) return false;
  if (six_is_undefined(v)) return true;
  double d;
  if (!six_to_number(m, v, &d)) return false;
  if (!(d >= low && d <= high)) {
    six_throw_range(m, "%s value is out of range.", name);
    return false;
  }
  *out = (int)d;
  return true;
}

static bool unsupported_option(struct six_machine *m, const char *what, const char *name, const char *value) {
  struct six_text text = {0};
  six_text_addf(&text, "%s with %s: '%s'", what, name, value);
  six_throw_unsupported(m, text.bytes);
  six_text_done(&text);
  return false;
}

static bool read_style(struct six_machine *m, six_value options, const char *what, struct six_number_format *f) {
  char text[24], currency[24];
  if (!text_option(m, options, "style", text)) return false;
  if (!strcmp(text, "percent")) f->style = SIX_STYLE_PERCENT;
  else if (!strcmp(text, "currency")) f->style = SIX_STYLE_CURRENCY;
  else if (!strcmp(text, "unit")) return unsupported_option(m, what, "style", text);
  else if (text[0] && strcmp(text, "decimal")) {
    six_throw_range(m, "Value %s out of range for Intl.NumberFormat options property style", text);
    return false;
  }
  if (!text_option(m, options, "currency", currency)) return false;
  if (f->style == SIX_STYLE_CURRENCY && !currency[0]) {
    six_throw_type(m, "Currency code is required with currency style.");
    return false;
  }
  if (currency[0] && strlen(currency) != 3) {
    six_throw_range(m, "Invalid currency code : %s", currency);
    return false;
  }
  for (int i = 0; i < 3; i++) f->currency[i] = (char)(currency[i] >= 'a' && currency[i] <= 'z' ? currency[i] - 32 : currency[i]);
  if (!text_option(m, options, "currencyDisplay", text)) return false;
  if (f->style == SIX_STYLE_CURRENCY && text[0] && strcmp(text, "symbol")) return unsupported_option(m, what, "currencyDisplay", text);
  if (!text_option(m, options, "notation", text)) return false;
  if (text[0] && strcmp(text, "standard")) return unsupported_option(m, what, "notation", text);
  if (!text_option(m, options, "signDisplay", text)) return false;
  if (text[0] && strcmp(text, "auto")) return unsupported_option(m, what, "signDisplay", text);
  return true;
}

static bool read_digits(struct six_machine *m, six_value options, struct six_number_format *f) {
  int min = -1, max = -1;
  if (!number_option(m, options, "minimumIntegerDigits", 1, 21, &f->min_integer)) return false;
  if (!number_option(m, options, "minimumFractionDigits", 0, 20, &min)) return false;
  if (!number_option(m, options, "maximumFractionDigits", min > 0 ? min : 0, 20, &max)) return false;
  if (!number_option(m, options, "minimumSignificantDigits", 1, 21, &f->min_significant)) return false;
  if (!number_option(m, options, "maximumSignificantDigits", f->min_significant ? f->min_significant : 1, 21, &f->max_significant))
    return false;
  if (f->min_significant && !f->max_significant) f->max_significant = 21;
  if (f->max_significant && !f->min_significant) f->min_significant = 1;
  if (min >= 0) f->min_fraction = min;
  if (max >= 0) f->max_fraction = max;
  if (f->max_fraction < f->min_fraction) {
    if (max >= 0) f->min_fraction = f->max_fraction;
    else f->max_fraction = f->min_fraction;
  }
  return true;
}

static bool has_no_cents(const char *currency) {
  static const char none[] = "JPY KRW VND CLP ISK HUF ";
  for (const char *c = none; *c; c += 4) {
    if (!strncmp(c, currency, 3) && strncmp(currency, "HUF", 3)) return true;
  }
  return false;
}

bool six_number_format_read(struct six_machine *m, six_value locales, six_value options, const char *what, struct six_number_format *f) {
  *f = (struct six_number_format){.min_integer = 1, .max_fraction = 3, .grouping = true};
  if (!six_locale_tag(m, locales, f->tag)) return false;
  if (!six_locale_in(f->tag, "en de hi ")) {
    six_locale_unsupported(m, what, f->tag);
    return false;
  }
  if (six_is_undefined(options)) return true;
  if (!read_style(m, options, what, f)) return false;
  if (f->style == SIX_STYLE_CURRENCY) f->min_fraction = f->max_fraction = has_no_cents(f->currency) ? 0 : 2;
  if (f->style == SIX_STYLE_PERCENT) f->max_fraction = 0;
  if (!read_digits(m, options, f)) return false;
  six_value grouping = option(m, options, "useGrouping");
  if (six_is_exception(grouping)) return false;
  f->grouping = six_is_undefined(grouping) || six_to_boolean(grouping);
  return true;
}

// ---- Writing

static const char *currency_symbol(const char *code) {
  static const char *const symbols[][2] = {{"USD", "$"},   {"EUR", "€"},  {"GBP", "£"},   {"JPY", "¥"},  {"INR", "₹"},   {"CNY", "CN¥"},
                                           {"KRW", "₩"},   {"BRL", "R$"}, {"CAD", "CA$"}, {"AUD", "A$"}, {"MXN", "MX$"}, {"NZD", "NZ$"},
                                           {"HKD", "HK$"}, {"ILS", "₪"},  {"VND", "₫"},   {"PHP", "₱"},  {"TWD", "NT$"}};
  for (size_t i = 0; i < sizeof symbols / sizeof symbols[0]; i++) {
    if (!strcmp(symbols[i][0], code)) return symbols[i][1];
  }
  return NULL;
}

static bool is_indian(const char *tag) { return six_locale_in(tag, "hi ") || !strncmp(tag, "en-IN", 5); }

// Integer digits with separators, then the fraction.
static void add_grouped(struct six_text *out, const struct six_number_format *f, const char *digits, size_t length, const char *fraction) {
  bool german = six_locale_in(f->tag, "de ");
  for (size_t i = 0; i < length; i++) {
    size_t left = length - i;
    bool boundary = is_indian(f->tag) ? left == 3 || (left > 3 && (left - 3) % 2 == 0) : left % 3 == 0;
    if (i > 0 && f->grouping && boundary) six_text_addc(out, german ? '.' : ',');
    six_text_addc(out, digits[i]);
  }
  if (*fraction) six_text_addc(out, german ? ',' : '.');
  six_text_adds(out, fraction);
}

// Sign, currency and percent around the digits.
static six_value decorate(struct six_machine *m, const struct six_number_format *f, bool negative, const char *digits) {
  bool german = six_locale_in(f->tag, "de ");
  struct six_text out = {0};
  const char *symbol = f->style == SIX_STYLE_CURRENCY ? currency_symbol(f->currency) : NULL;
  if (negative) six_text_addc(&out, '-');
  if (f->style == SIX_STYLE_CURRENCY && !german) {
    six_text_adds(&out, symbol ? symbol : f->currency);
    if (!symbol) six_text_adds(&out, "\xC2\xA0");
  }
  six_text_adds(&out, digits);
  if (f->style == SIX_STYLE_CURRENCY && german) {
    six_text_adds(&out, "\xC2\xA0");
    six_text_adds(&out, symbol ? symbol : f->currency);
  }
  if (f->style == SIX_STYLE_PERCENT) six_text_adds(&out, german ? "\xC2\xA0%" : "%");
  struct six_string *s = six_string_utf8(m, out.bytes, out.length);
  six_text_done(&out);
  return six_string_value(s);
}

six_value six_number_format(struct six_machine *m, const struct six_number_format *f, double d) {
  if (d != d) return decorate(m, f, false, "NaN");
  if (isinf(d)) return decorate(m, f, d < 0, "∞");
  struct six_decimal decimal;
  six_decimal_shortest(fabs(d), &decimal);
  if (f->style == SIX_STYLE_PERCENT && decimal.count) decimal.point += 2;
  int min_fraction = f->min_fraction;
  if (f->max_significant) {
    six_decimal_round(&decimal, f->max_significant - decimal.point);
    min_fraction = f->min_significant - decimal.point;
    if (min_fraction < 0) min_fraction = 0;
  } else {
    six_decimal_round(&decimal, f->max_fraction);
  }
  int places = decimal.count - decimal.point;
  if (places < min_fraction) places = min_fraction;
  char text[1500];
  size_t length = six_decimal_fixed(&decimal, places, text);
  char *point = strchr(text, '.');
  const char *fraction = "";
  if (point) {
    length = (size_t)(point - text);
    fraction = point + 1;
  }
  char padded[1500];
  size_t zeros = (size_t)f->min_integer > length ? (size_t)f->min_integer - length : 0;
  memset(padded, '0', zeros);
  memcpy(padded + zeros, text, length);
  struct six_text digits = {0};
  add_grouped(&digits, f, padded, zeros + length, fraction);
  six_value v = decorate(m, f, signbit(d), digits.bytes);
  six_text_done(&digits);
  return v;
}

six_value six_number_format_digits(struct six_machine *m, const struct six_number_format *f, bool negative, const char *digits,
                                   size_t length) {
  char fraction[24];
  memset(fraction, '0', sizeof fraction);
  fraction[f->min_fraction < 23 ? f->min_fraction : 23] = '\0';
  struct six_text grouped = {0};
  add_grouped(&grouped, f, digits, length, fraction);
  six_value v = decorate(m, f, negative, grouped.bytes);
  six_text_done(&grouped);
  return v;
}
