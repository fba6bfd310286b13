#include "sim/machine/unicode.h"

#include <string.h>

#include "sim/machine/unicode_tables.h"

static bool run_map(const struct six_case_run *runs, uint32_t count, uint32_t c, uint32_t *to) {
  uint32_t low = 0, high = count;
  while (low < high) {
    uint32_t middle = (low + high) / 2;
    const struct six_case_run *r = &runs[middle];
    if (c < r->first) {
      high = middle;
    } else if (c > r->last) {
      low = middle + 1;
    } else {
      if ((c - r->first) % r->stride) break;
      *to = (uint32_t)((int32_t)c + r->delta);
      return true;
    }
  }
  *to = c;
  return false;
}

static int special_map(const struct six_case_special *rows, uint32_t count, uint32_t c, uint32_t out[3]) {
  uint32_t low = 0, high = count;
  while (low < high) {
    uint32_t middle = (low + high) / 2;
    if (c < rows[middle].c) {
      high = middle;
    } else if (c > rows[middle].c) {
      low = middle + 1;
    } else {
      memcpy(out, rows[middle].to, sizeof rows[middle].to);
      return out[2] ? 3 : 2;
    }
  }
  return 0;
}

static uint32_t simple_map(const struct six_case_run *runs, uint32_t count, uint32_t c) {
  uint32_t to;
  if (run_map(runs, count, c, &to)) return to;
  return c;
}

int six_unicode_upper(uint32_t c, uint32_t out[3]) {
  if (c < 0x80) {
    out[0] = c >= 'a' && c <= 'z' ? c - 32 : c;
    return 1;
  }
  int n = special_map(six_upper_special, six_upper_special_count, c, out);
  if (n) return n;
  out[0] = simple_map(six_upper_runs, six_upper_run_count, c);
  return 1;
}

int six_unicode_lower(uint32_t c, uint32_t out[3]) {
  if (c < 0x80) {
    out[0] = c >= 'A' && c <= 'Z' ? c + 32 : c;
    return 1;
  }
  int n = special_map(six_lower_special, six_lower_special_count, c, out);
  if (n) return n;
  out[0] = simple_map(six_lower_runs, six_lower_run_count, c);
  return 1;
}

uint32_t six_unicode_canonicalize(uint32_t c, bool unicode) {
  if (c < 0x80) return c >= 'a' && c <= 'z' ? c - 32 : c;
  if (unicode) return simple_map(six_fold_runs, six_fold_run_count, c);
  if (c > 0xFFFF) return c;
  uint32_t out[3];
  if (six_unicode_upper(c, out) != 1 || out[0] > 0xFFFF || out[0] < 0x80) return c;
  return out[0];
}

void six_unicode_each_cased(bool unicode, void (*fn)(void *data, uint32_t c, uint32_t canonical), void *data) {
  const struct six_case_run *runs = unicode ? six_fold_runs : six_upper_runs;
  uint32_t count = unicode ? six_fold_run_count : six_upper_run_count;
  for (uint32_t i = 0; i < count; i++) {
    for (uint32_t c = runs[i].first; c <= runs[i].last; c += runs[i].stride) {
      uint32_t canonical = six_unicode_canonicalize(c, unicode);
      if (canonical != c) fn(data, c, canonical);
    }
  }
}

static bool in_pairs(const uint32_t *pairs, uint32_t count, uint32_t c) {
  uint32_t low = 0, high = count;
  while (low < high) {
    uint32_t middle = (low + high) / 2;
    if (c < pairs[2 * middle]) high = middle;
    else if (c > pairs[2 * middle + 1]) low = middle + 1;
    else return true;
  }
  return false;
}

static const struct six_property *find_property(const char *name, uint32_t kind) {
  for (uint32_t i = 0; i < six_property_count; i++) {
    if (six_properties[i].kind == kind && !strcmp(six_properties[i].name, name)) return &six_properties[i];
  }
  return NULL;
}

static bool has_binary(const char *name, uint32_t c) {
  const struct six_property *p = find_property(name, SIX_PROPERTY_BINARY);
  return p && in_pairs(p->pairs, p->count, c);
}

bool six_unicode_is_cased(uint32_t c) { return has_binary("Cased", c); }
bool six_unicode_is_case_ignorable(uint32_t c) { return has_binary("Case_Ignorable", c); }

bool six_unicode_is_space(uint32_t c) {
  if (c < 0x80) return c == ' ' || (c >= 9 && c <= 13);
  return c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
         c == 0x3000 || c == 0xFEFF;
}

bool six_unicode_property(const char *name, const char *value, const uint32_t **pairs, uint32_t *count) {
  const struct six_property *p = NULL;
  if (!value) {
    p = find_property(name, SIX_PROPERTY_GC);
    if (!p) p = find_property(name, SIX_PROPERTY_BINARY);
  } else if (!strcmp(name, "General_Category") || !strcmp(name, "gc")) {
    p = find_property(value, SIX_PROPERTY_GC);
  } else if (!strcmp(name, "Script") || !strcmp(name, "sc")) {
    p = find_property(value, SIX_PROPERTY_SCRIPT);
  } else if (!strcmp(name, "Script_Extensions") || !strcmp(name, "scx")) {
    p = find_property(value, SIX_PROPERTY_SCRIPT_EXTENSIONS);
  }
  if (!p) return false;
  *pairs = p->pairs;
  *count = p->count;
  return true;
}

uint8_t six_unicode_combining_class(uint32_t c) {
  uint32_t low = 0, high = six_combining_count;
  while (low < high) {
    uint32_t middle = (low + high) / 2;
    if (c < six_combining[middle][0]) high = middle;
    else if (c > six_combining[middle][1]) low = middle + 1;
    else return (uint8_t)six_combining[middle][2];
  }
  return 0;
}

static int find_decomposition(const struct six_decomposition *rows, uint32_t count, uint32_t c, uint32_t out[18]) {
  uint32_t low = 0, high = count;
  while (low < high) {
    uint32_t middle = (low + high) / 2;
    if (c < rows[middle].c) {
      high = middle;
    } else if (c > rows[middle].c) {
      low = middle + 1;
    } else {
      memcpy(out, six_decomposition_pool + rows[middle].at, rows[middle].length * sizeof out[0]);
      return rows[middle].length;
    }
  }
  return 0;
}

enum { S_BASE = 0xAC00, L_BASE = 0x1100, V_BASE = 0x1161, T_BASE = 0x11A7, V_COUNT = 21, T_COUNT = 28, S_COUNT = 11172 };

int six_unicode_decompose(uint32_t c, bool compatibility, uint32_t out[18]) {
  if (c < 0xA0) return 0;
  if (c >= S_BASE && c < S_BASE + S_COUNT) {
    uint32_t s = c - S_BASE;
    out[0] = L_BASE + s / (V_COUNT * T_COUNT);
    out[1] = V_BASE + s % (V_COUNT * T_COUNT) / T_COUNT;
    out[2] = T_BASE + s % T_COUNT;
    return s % T_COUNT ? 3 : 2;
  }
  int n = compatibility ? find_decomposition(six_compatible, six_compatible_count, c, out) : 0;
  return n ? n : find_decomposition(six_canonical, six_canonical_count, c, out);
}

uint32_t six_unicode_compose(uint32_t first, uint32_t second) {
  if (first >= L_BASE && first < L_BASE + 19 && second >= V_BASE && second < V_BASE + V_COUNT) {
    return S_BASE + ((first - L_BASE) * V_COUNT + (second - V_BASE)) * T_COUNT;
  }
  if (first >= S_BASE && first < S_BASE + S_COUNT && (first - S_BASE) % T_COUNT == 0 && second > T_BASE && second < T_BASE + T_COUNT) {
    return first + (second - T_BASE);
  }
  uint32_t low = 0, high = six_composition_count;
  while (low < high) {
    uint32_t middle = (low + high) / 2;
    const uint32_t *row = six_compositions[middle];
    if (first < row[0] || (first == row[0] && second < row[1])) high = middle;
    else if (first > row[0] || second > row[1]) low = middle + 1;
    else return row[2];
  }
  return 0;
}
