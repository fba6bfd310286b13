// machine: Array.prototype.sort and toSorted (ECMA-262 23.1.3.30): TimSort, asking the comparator in V8's order.
#include <stdlib.h>

#include "sim/machine/builtins/array_parts.h"

enum { MIN_GALLOP = 7, MAX_RUNS = 85 };

struct sorter {
  struct six_machine *m;
  six_value compare;  // a function, or SIX_UNDEFINED for the order of strings
  six_value *work, *temp;
  bool failed;  // the comparator threw: from then on everything is equal
  int64_t min_gallop;
  int64_t runs;
  int64_t base[MAX_RUNS], length[MAX_RUNS];
};

// ---- Comparing (23.1.3.30.2)

static int compare_chars(const char *a, size_t a_length, const char *b, size_t b_length) {
  int order = memcmp(a, b, a_length < b_length ? a_length : b_length);
  return order ? order : a_length < b_length ? -1 : a_length > b_length;
}

static double default_order(struct sorter *s, six_value a, six_value b) {
  if (six_is_number(a) && six_is_number(b)) {
    char left[40], right[40];
    size_t left_length = six_number_to_chars(six_as_number(a), left);
    size_t right_length = six_number_to_chars(six_as_number(b), right);
    return compare_chars(left, left_length, right, right_length);
  }
  size_t mark = six_roots_mark(s->m);
  struct six_string *x = six_to_string(s->m, a);
  if (x) six_root(s->m, six_string_value(x));
  struct six_string *y = x ? six_to_string(s->m, b) : NULL;
  double order = 0;
  if (y) {
    order = six_string_compare(s->m, x, y);
  } else {
    s->failed = true;
  }
  six_roots_release(s->m, mark);
  return order;
}

static double order_of(struct sorter *s, six_value a, six_value b) {
  if (s->failed) return 0;
  s->m->effort += 4;
  if (six_is_undefined(s->compare)) return default_order(s, a, b);
  six_value argv[2] = {a, b};
  six_value v = six_call(s->m, s->compare, SIX_UNDEFINED, 2, argv);
  if (six_is_int(v)) return six_as_int(v);
  double d = 0;
  if (six_is_exception(v) || !six_to_number(s->m, v, &d)) {
    s->failed = true;
    return 0;
  }
  return d != d ? 0 : d;
}

// ---- Runs

static void reverse(six_value *items, int64_t from, int64_t to) {
  for (to--; from < to; from++, to--) {
    six_value v = items[from];
    items[from] = items[to];
    items[to] = v;
  }
}

static int64_t count_run(struct sorter *s, int64_t low, int64_t high) {
  if (low + 1 == high) return 1;
  int64_t length = 2;
  bool descending = order_of(s, s->work[low + 1], s->work[low]) < 0;
  for (int64_t i = low + 2; i < high; i++, length++) {
    double order = order_of(s, s->work[i], s->work[i - 1]);
    if (descending ? order >= 0 : order < 0) break;
  }
  if (descending) reverse(s->work, low, low + length);
  return length;
}

static void insertion_sort(struct sorter *s, int64_t low, int64_t start, int64_t high) {
  for (; start < high; start++) {
    int64_t left = low, right = start;
    six_value pivot = s->work[start];
    while (left < right) {
      int64_t middle = left + (right - left) / 2;
      if (order_of(s, pivot, s->work[middle]) < 0) {
        right = middle;
      } else {
        left = middle + 1;
      }
    }
    memmove(s->work + left + 1, s->work + left, (size_t)(start - left) * sizeof *s->work);
    s->work[left] = pivot;
  }
}

// ---- Galloping: where `key` belongs among items[base, base + length), left or right of its equals

static int64_t binary_left(struct sorter *s, const six_value *items, six_value key, int64_t base, int64_t last, int64_t offset) {
  for (last++; last < offset;) {
    int64_t middle = last + (offset - last) / 2;
    if (order_of(s, items[base + middle], key) < 0) {
      last = middle + 1;
    } else {
      offset = middle;
    }
  }
  return offset;
}

static int64_t gallop_left(struct sorter *s, const six_value *items, six_value key, int64_t base, int64_t length, int64_t hint) {
  int64_t last = 0, offset = 1;
  if (order_of(s, items[base + hint], key) < 0) {
    int64_t max = length - hint;
    while (offset < max && order_of(s, items[base + hint + offset], key) < 0) {
      last = offset;
      offset = offset * 2 + 1;
    }
    if (offset > max) offset = max;
    last += hint;
    offset += hint;
  } else {
    int64_t max = hint + 1;
    while (offset < max && order_of(s, items[base + hint - offset], key) >= 0) {
      last = offset;
      offset = offset * 2 + 1;
    }
    if (offset > max) offset = max;
    int64_t swap = last;
    last = hint - offset;
    offset = hint - swap;
  }
  return binary_left(s, items, key, base, last, offset);
}

static int64_t binary_right(struct sorter *s, const six_value *items, six_value key, int64_t base, int64_t last, int64_t offset) {
  for (last++; last < offset;) {
    int64_t middle = last + (offset - last) / 2;
    if (order_of(s, key, items[base + middle]) < 0) {
      offset = middle;
    } else {
      last = middle + 1;
    }
  }
  return offset;
}

static int64_t gallop_right(struct sorter *s, const six_value *items, six_value key, int64_t base, int64_t length, int64_t hint) {
  int64_t last = 0, offset = 1;
  if (order_of(s, key, items[base + hint]) < 0) {
    int64_t max = hint + 1;
    while (offset < max && order_of(s, key, items[base + hint - offset]) < 0) {
      last = offset;
      offset = offset * 2 + 1;
    }
    if (offset > max) offset = max;
    int64_t swap = last;
    last = hint - offset;
    offset = hint - swap;
  } else {
    int64_t max = length - hint;
    while (offset < max && order_of(s, key, items[base + hint + offset]) >= 0) {
      last = offset;
      offset = offset * 2 + 1;
    }
    if (offset > max) offset = max;
    last += hint;
    offset += hint;
  }
  return binary_right(s, items, key, base, last, offset);
}

// ---- Merging two neighbouring runs

static void copy(six_value *to, int64_t to_index, const six_value *from, int64_t from_index, int64_t count) {
  if (count > 0) memmove(to + to_index, from + from_index, (size_t)count * sizeof *to);
}

// The shorter run is the left one: it waits in temp while work is filled from the left.
struct low_merge {
  int64_t dest, a, a_length, b, b_length;  // a: index in temp, b: in work
};

enum merge_end { MERGE_ON, MERGE_DONE, MERGE_COPY };

// Takes one by one until a side wins min_gallop times in a row.
static enum merge_end low_straight(struct sorter *s, struct low_merge *g) {
  int64_t a_wins = 0, b_wins = 0;
  for (;;) {
    if (order_of(s, s->work[g->b], s->temp[g->a]) < 0) {
      s->work[g->dest++] = s->work[g->b++];
      b_wins++;
      a_wins = 0;
      if (--g->b_length == 0) return MERGE_DONE;
      if (b_wins >= s->min_gallop) return MERGE_ON;
    } else {
      s->work[g->dest++] = s->temp[g->a++];
      a_wins++;
      b_wins = 0;
      if (--g->a_length == 1) return MERGE_COPY;
      if (a_wins >= s->min_gallop) return MERGE_ON;
    }
  }
}

static enum merge_end low_gallop(struct sorter *s, struct low_merge *g) {
  int64_t a_wins, b_wins;
  s->min_gallop++;
  do {
    s->min_gallop = s->min_gallop > 2 ? s->min_gallop - 1 : 1;
    a_wins = gallop_right(s, s->temp, s->work[g->b], g->a, g->a_length, 0);
    copy(s->work, g->dest, s->temp, g->a, a_wins);
    g->dest += a_wins;
    g->a += a_wins;
    g->a_length -= a_wins;
    if (g->a_length == 1) return MERGE_COPY;
    if (g->a_length == 0) return MERGE_DONE;  // only when the comparator is inconsistent
    s->work[g->dest++] = s->work[g->b++];
    if (--g->b_length == 0) return MERGE_DONE;
    b_wins = gallop_left(s, s->work, s->temp[g->a], g->b, g->b_length, 0);
    copy(s->work, g->dest, s->work, g->b, b_wins);
    g->dest += b_wins;
    g->b += b_wins;
    g->b_length -= b_wins;
    if (g->b_length == 0) return MERGE_DONE;
    s->work[g->dest++] = s->temp[g->a++];
    if (--g->a_length == 1) return MERGE_COPY;
  } while (a_wins >= MIN_GALLOP || b_wins >= MIN_GALLOP);
  s->min_gallop++;
  return MERGE_ON;
}

static void merge_low(struct sorter *s, int64_t a, int64_t a_length, int64_t b, int64_t b_length) {
  copy(s->temp, 0, s->work, a, a_length);
  struct low_merge g = {.dest = a, .a = 0, .a_length = a_length, .b = b, .b_length = b_length};
  s->work[g.dest++] = s->work[g.b++];
  enum merge_end end = --g.b_length == 0 ? MERGE_DONE : g.a_length == 1 ? MERGE_COPY : MERGE_ON;
  while (end == MERGE_ON) {
    end = low_straight(s, &g);
    if (end == MERGE_ON) end = low_gallop(s, &g);
  }
  if (end == MERGE_DONE) {
    copy(s->work, g.dest, s->temp, g.a, g.a_length);
  } else {
    copy(s->work, g.dest, s->work, g.b, g.b_length);
    s->work[g.dest + g.b_length] = s->temp[g.a];
  }
}

// The shorter run is the right one: it waits in temp while work is filled from the right.
struct high_merge {
  int64_t dest, a, a_length, b, b_length;  // a: index in work, b: in temp, of the last items left
  int64_t a_base;
};

static enum merge_end high_straight(struct sorter *s, struct high_merge *g) {
  int64_t a_wins = 0, b_wins = 0;
  for (;;) {
    if (order_of(s, s->temp[g->b], s->work[g->a]) < 0) {
      s->work[g->dest--] = s->work[g->a--];
      a_wins++;
      b_wins = 0;
      if (--g->a_length == 0) return MERGE_DONE;
      if (a_wins >= s->min_gallop) return MERGE_ON;
    } else {
      s->work[g->dest--] = s->temp[g->b--];
      b_wins++;
      a_wins = 0;
      if (--g->b_length == 1) return MERGE_COPY;
      if (b_wins >= s->min_gallop) return MERGE_ON;
    }
  }
}

static enum merge_end high_gallop(struct sorter *s, struct high_merge *g) {
  int64_t a_wins, b_wins;
  s->min_gallop++;
  do {
    s->min_gallop = s->min_gallop > 2 ? s->min_gallop - 1 : 1;
    int64_t k = gallop_right(s, s->work, s->temp[g->b], g->a_base, g->a_length, g->a_length - 1);
    a_wins = g->a_length - k;
    g->dest -= a_wins;
    g->a -= a_wins;
    copy(s->work, g->dest + 1, s->work, g->a + 1, a_wins);
    g->a_length -= a_wins;
    if (g->a_length == 0) return MERGE_DONE;
    s->work[g->dest--] = s->temp[g->b--];
    if (--g->b_length == 1) return MERGE_COPY;
    k = gallop_left(s, s->temp, s->work[g->a], 0, g->b_length, g->b_length - 1);
    b_wins = g->b_length - k;
    g->dest -= b_wins;
    g->b -= b_wins;
    copy(s->work, g->dest + 1, s->temp, g->b + 1, b_wins);
    g->b_length -= b_wins;
    if (g->b_length == 1) return MERGE_COPY;
    if (g->b_length == 0) return MERGE_DONE;  // only when the comparator is inconsistent
    s->work[g->dest--] = s->work[g->a--];
    if (--g->a_length == 0) return MERGE_DONE;
  } while (a_wins >= MIN_GALLOP || b_wins >= MIN_GALLOP);
  s->min_gallop++;
  return MERGE_ON;
}

static void merge_high(struct sorter *s, int64_t a, int64_t a_length, int64_t b, int64_t b_length) {
  copy(s->temp, 0, s->work, b, b_length);
  struct high_merge g = {
      .dest = b + b_length - 1, .a = a + a_length - 1, .a_length = a_length, .b = b_length - 1, .b_length = b_length, .a_base = a};
  s->work[g.dest--] = s->work[g.a--];
  enum merge_end end = --g.a_length == 0 ? MERGE_DONE : g.b_length == 1 ? MERGE_COPY : MERGE_ON;
  while (end == MERGE_ON) {
    end = high_straight(s, &g);
    if (end == MERGE_ON) end = high_gallop(s, &g);
  }
  if (end == MERGE_DONE) {
    copy(s->work, g.dest - (g.b_length - 1), s->temp, 0, g.b_length);
  } else {
    g.dest -= g.a_length;
    g.a -= g.a_length;
    copy(s->work, g.dest + 1, s->work, g.a + 1, g.a_length);
    s->work[g.dest] = s->temp[g.b];
  }
}

static void merge_at(struct sorter *s, int64_t i) {
  int64_t a = s->base[i], a_length = s->length[i], b = s->base[i + 1], b_length = s->length[i + 1];
  s->length[i] = a_length + b_length;
  if (i == s->runs - 3) {
    s->base[i + 1] = s->base[i + 2];
    s->length[i + 1] = s->length[i + 2];
  }
  s->runs--;
  int64_t k = gallop_right(s, s->work, s->work[b], a, a_length, 0);
  a += k;
  a_length -= k;
  if (a_length == 0) return;
  b_length = gallop_left(s, s->work, s->work[a + a_length - 1], b, b_length, b_length - 1);
  if (b_length == 0) return;
  if (a_length <= b_length) {
    merge_low(s, a, a_length, b, b_length);
  } else {
    merge_high(s, a, a_length, b, b_length);
  }
}

// The invariant of the stack of runs at n: each is longer than the two after it together.
static bool invariant_holds(const struct sorter *s, int64_t n) { return n < 2 || s->length[n - 2] > s->length[n - 1] + s->length[n]; }

static void collapse(struct sorter *s) {
  while (s->runs > 1) {
    int64_t n = s->runs - 2;
    if (!invariant_holds(s, n + 1) || !invariant_holds(s, n)) {
      if (s->length[n - 1] < s->length[n + 1]) n--;
      merge_at(s, n);
    } else if (s->length[n] <= s->length[n + 1]) {
      merge_at(s, n);
    } else {
      break;
    }
  }
}

static void collapse_all(struct sorter *s) {
  while (s->runs > 1) {
    int64_t n = s->runs - 2;
    if (n > 0 && s->length[n - 1] < s->length[n + 1]) n--;
    merge_at(s, n);
  }
}

static int64_t min_run(int64_t n) {
  int64_t odd = 0;
  for (; n >= 64; n >>= 1) odd |= n & 1;
  return n + odd;
}

static void tim_sort(struct sorter *s, int64_t count) {
  if (count < 2) return;
  if (count < s->m->rules->cell[SIX_RULE_SORT_INSERTS]) {
    insertion_sort(s, 0, 1, count);
    return;
  }
  int64_t low = 0, least = min_run(count);
  while (count > 0) {
    int64_t length = count_run(s, low, low + count);
    if (length < least) {
      int64_t forced = least < count ? least : count;
      insertion_sort(s, low, low + length, low + forced);
      length = forced;
    }
    s->base[s->runs] = low;
    s->length[s->runs++] = length;
    collapse(s);
    low += length;
    count -= length;
  }
  collapse_all(s);
}

// Sorts the block's values; false on exception.
// ---- Quicksort, and insertion for what is short: V8 before TimSort, which was not stable

enum { QUICK_LEAST = 10, QUICK_SAMPLE = 1000 };

static void swap(six_value *a, six_value *b) {
  six_value kept = *a;
  *a = *b;
  *b = kept;
}

static void insert_each(struct sorter *s, six_value *items, int64_t from, int64_t to) {
  for (int64_t i = from + 1; i < to; i++) {
    six_value element = items[i];
    int64_t j = i - 1;
    for (; j >= from && order_of(s, items[j], element) > 0; j--) items[j + 1] = items[j];
    items[j + 1] = element;
  }
}

// The middle of a sample of a long stretch, as a place in it: about every 200th, ordered by insertion.
static int64_t sampled_middle(struct sorter *s, const six_value *items, int64_t from, int64_t to) {
  int64_t step = 200 + ((to - from) & 15), count = 0;
  int64_t *places = malloc((size_t)((to - from) / step + 1) * sizeof *places);
  if (!places) abort();
  for (int64_t i = from + 1; i < to - 1; i += step) {
    int64_t at = count++;
    for (; at > 0 && order_of(s, items[places[at - 1]], items[i]) > 0; at--) places[at] = places[at - 1];
    places[at] = i;
  }
  int64_t middle = places[count >> 1];
  free(places);
  return middle;
}

// Orders the first, the last and a third; the one between the others is the pivot, and comes second.
static void place_pivot(struct sorter *s, six_value *items, int64_t from, int64_t to) {
  int64_t third = to - from > QUICK_SAMPLE ? sampled_middle(s, items, from, to) : from + ((to - from) >> 1);
  six_value least = items[from], middle = items[to - 1], most = items[third];
  if (order_of(s, least, middle) > 0) swap(&least, &middle);
  if (order_of(s, least, most) >= 0) {
    six_value first = most;
    most = middle;
    middle = least;
    least = first;
  } else if (order_of(s, middle, most) > 0) {
    swap(&middle, &most);
  }
  items[from] = least;
  items[to - 1] = most;
  items[third] = items[from + 1];
  items[from + 1] = middle;
}

// Around the pivot at items[*low]: the smaller before it, then its equals, from *high on the greater ones.
static void partition(struct sorter *s, six_value *items, int64_t *low, int64_t *high) {
  six_value pivot = items[*low];
  for (int64_t i = *low + 1; i < *high; i++) {
    double order = order_of(s, items[i], pivot);
    if (order > 0) {
      do {
        if (--*high == i) return;
        order = order_of(s, items[*high], pivot);
      } while (order > 0);
      swap(&items[i], &items[*high]);
    }
    if (order < 0) swap(&items[i], &items[(*low)++]);
  }
}

static void quick_sort(struct sorter *s, six_value *items, int64_t from, int64_t to) {
  while (to - from > QUICK_LEAST) {
    int64_t low = from + 1, high = to - 1;
    place_pivot(s, items, from, to);
    partition(s, items, &low, &high);
    if (to - high < low - from) {  // the shorter one by recursion, which so stays shallow
      quick_sort(s, items, high, to);
      to = low;
    } else {
      quick_sort(s, items, from, low);
      from = high;
    }
  }
  insert_each(s, items, from, to);
}

static bool sort_values(struct six_machine *m, struct six_values *values, six_value compare) {
  struct six_values *temp = six_values_new(m, values->count / 2 + 1);
  temp->count = temp->capacity;
  six_root_values(m, temp);
  struct sorter s = {.m = m, .compare = compare, .work = values->items, .temp = temp->items, .min_gallop = MIN_GALLOP};
  if (m->rules->cell[SIX_RULE_SORT_STABLE]) tim_sort(&s, values->count);
  else quick_sort(&s, s.work, 0, values->count);
  return !s.failed;
}

// ---- The methods

static bool check_comparator(struct six_machine *m, six_value compare) {
  if (six_is_undefined(compare) || six_is_callable(compare)) return true;
  if (m->rules->cell[SIX_RULE_V8_NAMES_KIND] < 2) six_throw_type(m, "The comparison function must be either a function or undefined");
  else six_throw_type_about(m, "The comparison function must be either a function or undefined: ", compare, "");
  return false;
}

static bool check_size(struct six_machine *m, double length) {
  if (length <= 268435456.0) return true;
  six_throw_range(m, "Invalid array length");
  return false;
}

// Collects what is there except undefined values, which are counted. NULL on exception.
static struct six_values *collect(struct six_machine *m, struct six_object *o, double length, bool skip_holes, uint32_t *undefined_count) {
  struct six_values *values = six_values_new(m, length < 16 ? 16 : length < 65536 ? (uint32_t)length : 65536);
  six_root_values(m, values);
  *undefined_count = 0;
  for (double i = 0; i < length; i++) {
    six_value v = SIX_UNDEFINED;
    int has = 1;
    if (skip_holes) {
      has = six_element_if_present(m, o, i, &v);
    } else {
      v = six_element(m, o, i);
      if (six_is_exception(v)) has = -1;
    }
    if (has < 0) return NULL;
    if (!has) continue;
    if (six_is_undefined(v)) {
      ++*undefined_count;
      continue;
    }
    struct six_values *before = values;
    six_values_push(m, &values, v);
    if (values != before) six_root_values(m, values);
  }
  return values;
}

six_value six_array_sort(struct six_machine *m, const struct six_args *a) {
  six_value compare = six_arg(a, 0);
  double length;
  if (!check_comparator(m, compare)) return SIX_EXCEPTION;
  struct six_object *o = six_array_this(m, a, NULL, &length);
  if (!o) return SIX_EXCEPTION;
  if (length < 2) return six_object_value(o);
  if (!check_size(m, o->cell.class_ == SIX_CLASS_ARRAY ? o->element_count : length)) return SIX_EXCEPTION;
  uint32_t undefined_count;
  struct six_values *values = collect(m, o, length, true, &undefined_count);
  if (!values || !sort_values(m, values, compare)) return SIX_EXCEPTION;
  double i = 0;
  for (; i < values->count; i++) {
    if (six_element_set(m, o, i, values->items[(uint32_t)i]) < 0) return SIX_EXCEPTION;
  }
  for (; undefined_count > 0; undefined_count--, i++) {
    if (six_element_set(m, o, i, SIX_UNDEFINED) < 0) return SIX_EXCEPTION;
  }
  for (; i < length; i++) {
    if (six_element_delete(m, o, i) < 0) return SIX_EXCEPTION;
  }
  return six_object_value(o);
}

six_value six_array_to_sorted(struct six_machine *m, const struct six_args *a) {
  six_value compare = six_arg(a, 0);
  double length;
  if (!check_comparator(m, compare)) return SIX_EXCEPTION;
  struct six_object *o = six_array_this(m, a, NULL, &length);
  if (!o) return SIX_EXCEPTION;
  if (!check_size(m, length)) return SIX_EXCEPTION;
  uint32_t undefined_count;
  struct six_values *values = collect(m, o, length, false, &undefined_count);
  if (!values || !sort_values(m, values, compare)) return SIX_EXCEPTION;
  struct six_object *sorted = six_array_from(m, values->items, values->count);
  for (; undefined_count > 0; undefined_count--) six_array_push(m, sorted, SIX_UNDEFINED);
  return six_object_value(sorted);
}
