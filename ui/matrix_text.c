// `matrix` for people: a column per group, as many side by side as fit; then the differences in words.
#include <string.h>

#include "ui/matrix.h"

enum { GAP = 2, LEAST = 14, BEFORE = 6, MOST_LINES = 40 };

struct table {
  const struct matrix *matrix;
  struct six_text *out;
  bool colour;
  size_t width;
};

static void style(const struct table *table, const char *code) {
  if (table->colour) six_text_addf(table->out, "\x1b[%sm", code);
}

// ---- Lines
static size_t columns_of(const char *bytes, size_t length) {
  size_t columns = 0;
  for (size_t i = 0; i < length; i++) columns += ((unsigned char)bytes[i] & 0xC0) != 0x80;
  return columns;
}

static bool find_line(const struct matrix_outcome *outcome, int line, const char **start, size_t *length) {
  const char *at = outcome->out.bytes, *end = at ? at + outcome->out.length : at;
  for (int i = 1; i < line && at && at < end; i++) {
    at = memchr(at, '\n', (size_t)(end - at));
    at = at ? at + 1 : end;
  }
  if (!at || at >= end) return false;
  const char *stop = memchr(at, '\n', (size_t)(end - at));
  *start = at;
  *length = (size_t)((stop ? stop : end) - at);
  return true;
}

static int line_count(const struct matrix_outcome *outcome) {
  int lines = 0;
  for (size_t i = 0; i < outcome->out.length; i++) lines += outcome->out.bytes[i] == '\n';
  return lines + (outcome->out.length && outcome->out.bytes[outcome->out.length - 1] != '\n');
}

// A text in exactly `width` columns; what does not fit ends with "…", control characters become '?'.
static void add_cell(struct six_text *out, const char *bytes, size_t length, size_t width, bool pad) {
  size_t columns = columns_of(bytes, length), room = columns > width ? width - 1 : width, used = 0;
  for (size_t i = 0; i < length; i++) {
    bool starts = ((unsigned char)bytes[i] & 0xC0) != 0x80;
    if (starts && used == room) break;
    used += starts;
    six_text_addc(out, (unsigned char)bytes[i] < 0x20 || bytes[i] == 0x7F ? '?' : bytes[i]);
  }
  if (columns > width) six_text_adds(out, "\u2026"), used++;
  for (; pad && used < width; used++) six_text_addc(out, ' ');
}

// ---- Columns
static const struct matrix_outcome *outcome_of(const struct matrix *matrix, int group) {
  return &matrix->outcomes[matrix_first_of(matrix, group)];
}

// The first line that is not the group's before it (of the first group: not the next's).
static int marked_line(const struct matrix *matrix, int group) {
  if (matrix->groups == 1) return 0;
  return matrix_first_difference(outcome_of(matrix, group ? group - 1 : 1), outcome_of(matrix, group));
}

static size_t natural_width(const struct matrix *matrix, int group) {
  const struct matrix_outcome *outcome = outcome_of(matrix, group);
  struct six_text head = {0};
  six_text_adds(&head, "Node ");
  matrix_add_majors(matrix, group, &head);
  size_t width = head.length + 2, length;
  six_text_done(&head);
  const char *start;
  for (int line = 1; find_line(outcome, line, &start, &length); line++)
    if (columns_of(start, length) + 2 > width) width = columns_of(start, length) + 2;
  return width > LEAST ? width : LEAST;
}

// How wide each of `count` columns from `first` may be; fewer columns when there is not room for all.
static int fit(const struct table *table, int first, size_t *widths) {
  int count = table->matrix->groups - first;
  size_t most = (table->width - (size_t)(count - 1) * GAP) / (size_t)count;
  for (; count > 1; count--) {
    most = (table->width - (size_t)(count - 1) * GAP) / (size_t)count;
    size_t needed = (size_t)(count - 1) * GAP;
    for (int i = 0; i < count; i++) needed += widths[i] = natural_width(table->matrix, first + i);
    if (needed <= table->width) return count;
    if (most >= 24) break;  // wide enough to read the beginnings
  }
  for (int i = 0; i < count; i++) {
    size_t natural = natural_width(table->matrix, first + i), room = count == 1 ? table->width : most;
    widths[i] = natural < room ? natural : room;
  }
  return count;
}

static void add_line_cell(const struct table *table, int group, int line, size_t width, bool last) {
  const char *start;
  size_t length;
  bool there = find_line(outcome_of(table->matrix, group), line, &start, &length);
  bool marked = marked_line(table->matrix, group) == line;
  if (marked) style(table, "1;33");
  six_text_adds(table->out, marked ? "> " : "  ");
  add_cell(table->out, there ? start : "", there ? length : 0, width - 2, !last);
  if (marked) style(table, "0");
  for (int i = 0; i < GAP && !last; i++) six_text_addc(table->out, ' ');
}

static void end_line(struct six_text *out) {
  while (out->length && out->bytes[out->length - 1] == ' ') out->length--;
  six_text_addc(out, '\n');
}

static void add_heads(const struct table *table, int first, int count, const size_t *widths) {
  style(table, "1");
  for (int i = 0; i < count; i++) {
    struct six_text head = {0};
    six_text_adds(&head, "Node ");
    matrix_add_majors(table->matrix, first + i, &head);
    add_cell(table->out, head.bytes, head.length, widths[i], i + 1 < count);
    six_text_done(&head);
    for (int j = 0; j < GAP && i + 1 < count; j++) six_text_addc(table->out, ' ');
  }
  style(table, "0");
  end_line(table->out);
}

static void add_statuses(const struct table *table, int first, int count, const size_t *widths) {
  bool any = false;
  for (int i = 0; i < count; i++) any = any || outcome_of(table->matrix, first + i)->exit;
  if (!any) return;
  size_t in_full = sizeof "  exit status 1" - 1, wide = 0;
  for (int i = 0; i < count; i++) wide += (widths[i] > in_full ? widths[i] : in_full) + (i ? GAP : 0);
  for (int i = 0; i < count; i++) {
    struct six_text text = {0};
    six_text_addf(&text, wide > table->width ? "  exit %d" : "  exit status %d", outcome_of(table->matrix, first + i)->exit);
    add_cell(table->out, text.bytes, text.length, widths[i] > text.length ? widths[i] : text.length, i + 1 < count);
    for (int j = 0; j < GAP && i + 1 < count; j++) six_text_addc(table->out, ' ');
    six_text_done(&text);
  }
  end_line(table->out);
}

// Of a long output, the lines around the first that differs.
static void range_of_lines(const struct table *table, int first, int count, int *from, int *to) {
  int lines = 0, marked = 0;
  for (int i = 0; i < count; i++) {
    int n = line_count(outcome_of(table->matrix, first + i)), m = marked_line(table->matrix, first + i);
    lines = n > lines ? n : lines;
    marked = !marked || (m && m < marked) ? m : marked;
  }
  for (int i = 0; i < count; i++)
    if (marked_line(table->matrix, first + i) > lines) lines++;  // the mark where a line is missing
  *from = 1;
  *to = lines;
  if (lines <= MOST_LINES) return;
  if (marked > BEFORE) *from = marked - BEFORE;
  if (*to > *from + MOST_LINES - 1) *to = *from + MOST_LINES - 1;
}

static void add_band(const struct table *table, int first, int count, const size_t *widths) {
  int from, to, lines = 0;
  range_of_lines(table, first, count, &from, &to);
  add_heads(table, first, count, widths);
  if (from > 1) six_text_addf(table->out, "  (lines 1 to %d left out)\n", from - 1);
  for (int line = from; line <= to; line++) {
    for (int i = 0; i < count; i++) add_line_cell(table, first + i, line, widths[i], i + 1 == count);
    end_line(table->out);
  }
  for (int i = 0; i < count; i++) {
    int n = line_count(outcome_of(table->matrix, first + i));
    lines = n > lines ? n : lines;
  }
  if (to < lines) six_text_addf(table->out, "  (lines %d to %d left out)\n", to + 1, lines);
  add_statuses(table, first, count, widths);
}

// ---- Words
// A long line is shown from a little before `at`, the byte where it differs.
static void add_place(const struct table *table, const struct matrix_outcome *outcome, int line, size_t at) {
  enum { WIDTH = 22, LEAD = 8 };
  const char *start;
  size_t length, skipped = 0;
  if (!find_line(outcome, line, &start, &length)) {
    six_text_addf(table->out, outcome->exit ? "the end with status %d" : "the end", outcome->exit);
    return;
  }
  if (at + 4 > WIDTH && length > at) skipped = at - LEAD;
  while (skipped && ((unsigned char)start[skipped] & 0xC0) == 0x80) skipped--;
  six_text_adds(table->out, skipped ? "'\u2026" : "'");
  add_cell(table->out, start + skipped, length - skipped, WIDTH, false);
  six_text_addc(table->out, '\'');
}

static size_t differing_byte(const struct matrix_outcome *a, const struct matrix_outcome *b, int line) {
  const char *left, *right;
  size_t left_length, right_length, i = 0;
  if (!find_line(a, line, &left, &left_length) || !find_line(b, line, &right, &right_length)) return 0;
  while (i < left_length && i < right_length && left[i] == right[i]) i++;
  return i;
}

static void add_wrapped(const struct table *table, const char *indent, const char *text) {
  ui_add_wrapped(table->out, indent, indent, text, (int)table->width);
}

static void add_rule(const struct table *table, const struct matrix_difference *d, enum six_rule_cell cell) {
  const struct six_rule_row *row = six_rule_row(cell);
  struct six_text text = {0};
  six_text_addf(&text, "R%d %s (%d: %d, %d: %d)", row->number, row->title, d->from, row->values[d->from - SIX_NODE_FIRST], d->to,
                row->values[d->to - SIX_NODE_FIRST]);
  add_wrapped(table, "    ", text.bytes);
  six_text_done(&text);
}

static void add_difference(const struct table *table, const struct matrix_difference *d) {
  const struct matrix_outcome *from = &table->matrix->outcomes[d->from - SIX_NODE_FIRST],
                              *to = &table->matrix->outcomes[d->to - SIX_NODE_FIRST];
  six_text_addc(table->out, '\n');
  size_t start = table->out->length;
  six_text_addf(table->out, "%d to %d, line %d: ", d->from, d->to, d->line);
  size_t at = differing_byte(from, to, d->line);
  add_place(table, from, d->line, at);
  six_text_adds(table->out, " becomes ");
  add_place(table, to, d->line, at);
  six_text_adds(table->out, d->cell_count > 1 ? ", by these rules together:" : "");
  struct six_text line = {0};
  six_text_add(&line, table->out->bytes + start, table->out->length - start);
  table->out->length = start;
  add_wrapped(table, "", line.bytes);
  six_text_done(&line);
  for (int i = 0; i < d->cell_count; i++) add_rule(table, d, d->cells[i]);
  if (d->cell_count) return;
  const struct matrix_outcome *failed = from->note.length ? from : to;
  struct six_text text = {0};
  six_text_addf(&text, "no rule of order: Node %d %s", failed == from ? d->from : d->to,
                failed->note.length ? "says " : "and its neighbour have not the same library");
  if (failed->note.length) six_text_add(&text, failed->note.bytes, failed->note.length);
  add_wrapped(table, "    ", text.bytes);
  six_text_done(&text);
}

static void add_failures(const struct table *table) {
  for (int group = 0; group < table->matrix->groups; group++) {
    const struct matrix_outcome *outcome = outcome_of(table->matrix, group);
    if (!outcome->note.length) continue;
    struct six_text text = {0};
    six_text_adds(&text, "Node ");
    matrix_add_majors(table->matrix, group, &text);
    six_text_adds(&text, " failed: ");
    six_text_add(&text, outcome->note.bytes, outcome->note.length);
    six_text_addc(table->out, '\n');
    style(table, "31");
    add_wrapped(table, "", text.bytes);
    style(table, "0");
    six_text_done(&text);
  }
}

void matrix_print(const struct matrix *matrix, bool colour, int width, struct six_text *out) {
  struct table table = {matrix, out, colour, width > 40 ? (size_t)width : 40};
  for (int first = 0; first < matrix->groups;) {
    size_t widths[MATRIX_MAJORS];
    int count = fit(&table, first, widths);
    if (first) six_text_addc(out, '\n');
    add_band(&table, first, count, widths);
    first += count;
  }
  if (matrix->groups == 1) six_text_adds(out, "\nThe same under every major.\n");
  add_failures(&table);
  for (int i = 0; i < matrix->difference_count; i++) add_difference(&table, &matrix->differences[i]);
}
