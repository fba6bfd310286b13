// Two majors side by side: the same program twice, in lock step up to where the runs part, and at corresponding places
// from there on.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ui/tui/tui.h"

enum { LEAST_WIDTH = 78, LEAST_HEIGHT = 18, STEPS = 3000000 };

// ---- Which major, and what makes the difference

static struct six_result *run_quietly(const struct tui *tui, int node, const struct six_rules *rules) {
  struct six_options how = tui_run_options(tui, node);
  struct six_diag diag = {0};
  how.record_trace = how.record_statements = false;
  how.rules = rules;
  if (!how.max_steps || how.max_steps > STEPS) how.max_steps = STEPS;
  return six_run(tui->program.scenario, &how, &diag);
}

static bool prints_the_same(const struct six_result *a, const struct six_result *b) {
  return a->exit == b->exit && a->out.length == b->out.length && (!a->out.length || !memcmp(a->out.bytes, b->out.bytes, a->out.length));
}

static int nearest_other(const struct tui *tui) {
  struct six_result *own = run_quietly(tui, tui->node, NULL);
  int found = 0;
  for (int distance = 1; own && !found && distance <= SIX_NODE_LAST - SIX_NODE_FIRST; distance++)
    for (int sign = -1; sign <= 1 && !found; sign += 2) {
      int node = tui->node + sign * distance;
      if (node < SIX_NODE_FIRST || node > SIX_NODE_LAST) continue;
      struct six_result *result = run_quietly(tui, node, NULL);
      if (result && !prints_the_same(own, result)) found = node;
      six_result_free(result);
    }
  six_result_free(own);
  return found;
}

static size_t agreement(const struct tui *tui, int node, const struct six_rules *rules, const struct six_result *wanted) {
  struct six_result *result = run_quietly(tui, node, rules);
  size_t i = 0, length = result && result->out.length < wanted->out.length ? result->out.length : wanted->out.length;
  while (result && i < length && result->out.bytes[i] == wanted->out.bytes[i]) i++;
  if (result && prints_the_same(result, wanted)) i = wanted->out.length + 1;
  six_result_free(result);
  return i;
}

// The one row of the rules that, changed alone, brings either output closest to the other.
static int deciding_rule(const struct tui *tui, int node) {
  struct six_rules own, other;
  if (!six_rules_for(tui->node, &own) || !six_rules_for(node, &other)) return 0;
  struct six_result *a = run_quietly(tui, tui->node, NULL), *b = run_quietly(tui, node, NULL);
  size_t best = a && b ? agreement(tui, tui->node, &own, b) + agreement(tui, node, &other, a) : 0;
  int rule = 0;
  for (int cell = 0; a && b && cell < SIX_RULE_COUNT; cell++) {
    if (own.cell[cell] == other.cell[cell]) continue;
    struct six_rules there = own, back = other;
    there.cell[cell] = other.cell[cell];
    back.cell[cell] = own.cell[cell];
    size_t agrees = agreement(tui, tui->node, &there, b) + agreement(tui, node, &back, a);
    if (agrees <= best) continue;
    best = agrees;
    rule = six_rule_row((enum six_rule_cell)cell)->number;
  }
  six_result_free(a);
  six_result_free(b);
  return rule;
}

// ---- Opening and closing

static void close_other(struct tui *tui) {
  if (!tui->other) return;
  tui_match_done(&tui->match);
  tui_release_run(tui->other);
  free(tui->other);
  tui->other = NULL;
}

static uint32_t first_difference(const struct tui *a, const struct tui *b) {
  uint32_t all = six_reader_outputs(a->reader), others = six_reader_outputs(b->reader), i = 0;
  for (; i < all && i < others; i++) {
    size_t x, y;
    const char *left = six_trace_text(a->trace, six_trace_at(a->trace, six_reader_output_event(a->reader, i)).a, &x);
    const char *right = six_trace_text(b->trace, six_trace_at(b->trace, six_reader_output_event(b->reader, i)).a, &y);
    if (x != y || memcmp(left, right, x)) return i;
  }
  return all == others ? UINT32_MAX : i;
}

static void open_other(struct tui *tui, int node) {
  struct six_options how = tui_run_options(tui, node);
  struct six_diag diag = {0};
  struct six_result *result = six_run(tui->program.scenario, &how, &diag);
  if (!result) {
    tui_say(tui, true, "Node %d: %.200s", node, diag.message);
    return;
  }
  struct tui *other = calloc(1, sizeof *other);
  if (!other) abort();
  other->options = tui->options;
  other->path = tui->path;
  other->program = tui->program;
  other->node = node;
  other->pane = TUI_PANES;
  tui_take_run(other, result);
  tui->other = other;
  tui->match = tui_match_runs(tui->trace, other->trace);
  tui->differs = other->differs = first_difference(tui, other);
  tui->part_rule = tui->differs == UINT32_MAX ? 0 : deciding_rule(tui, node);
}

void tui_compare(struct tui *tui, int node) {
  close_other(tui);
  tui->differs = UINT32_MAX;
  if (!node) return;
  if (node < 0) node = nearest_other(tui);
  if (!node) tui_say(tui, false, "every Node major prints the same here (:compare 10 shows one at the side all the same)");
  else open_other(tui, node);
  if (!tui->other) return;
  if (tui->differs == UINT32_MAX) tui_say(tui, false, "Node %d prints the same as Node %d; m ends the comparison", node, tui->node);
  else tui_say(tui, false, "Node %d prints something else; M goes to where they part, m ends the comparison", node);
}

// ---- Drawing

static void draw_code(struct tui *tui, const struct six_moment *moment, struct tui_area area) {
  uint32_t line = tui_current_line(tui, moment);
  size_t length;
  const char *bytes = tui_line_text(tui, line, &length);
  if (!line) return;
  while (length && *bytes == ' ') bytes++, length--;
  int used = tui_putf(&tui->canvas, area.x, area.y, area.width, TUI_ACCENT | TUI_BOLD, "\xe2\x96\xb6%3u  ", line);
  tui_put(&tui->canvas, area.x + used, area.y, area.width > used ? area.width - used : 0, TUI_DEFAULT, bytes, length);
}

static void draw_half(struct tui *tui, struct tui_area area, int sentence_rows) {
  const struct six_moment *moment = six_reader_seek(tui->reader, tui->position);
  char title[48];
  int output = area.height - sentence_rows > 24 ? (area.height - sentence_rows) / 3 : area.height - sentence_rows > 20 ? 6 : 4;
  int queues = area.height - sentence_rows - output + 1;
  snprintf(title, sizeof title, "Node %d", tui->node);
  struct tui_area inside = tui_box(&tui->canvas, (struct tui_area){area.x, area.y, area.width, queues}, TUI_BORDER, title);
  draw_code(tui, moment, (struct tui_area){inside.x, inside.y, inside.width - 1, 1});
  tui_draw_queues(tui, moment, (struct tui_area){inside.x, inside.y + 1, inside.width - 1, inside.height - 1});
  inside = tui_box(&tui->canvas, (struct tui_area){area.x, area.y + queues - 1, area.width, output}, TUI_BORDER, "output");
  inside.width--;
  tui_views[TUI_PANE_OUTPUT].draw(tui, moment, inside);
  struct six_text now = {0}, why = {0};
  six_say_now(tui->reader, tui->position, &now);
  six_say_why(tui->reader, tui->position, &why);
  struct tui_area text = {area.x + 1, area.y + area.height - sentence_rows, area.width - 2, 2};
  int rows = tui_wrap(&tui->canvas, text, TUI_BOLD, now.bytes, now.length, 0);
  rows = rows < 2 ? rows : 2;
  text.y += rows;
  text.height = sentence_rows - rows;
  tui_wrap(&tui->canvas, text, TUI_DEFAULT, why.bytes, why.length, 0);
  six_text_done(&now);
  six_text_done(&why);
}

static void draw_verdict(struct tui *tui, int y) {
  char text[160];
  uint32_t part = tui->match.part[0];
  bool same = tui->position < part;
  char rule[48] = "";
  if (tui->part_rule) snprintf(rule, sizeof rule, ": R%d makes the difference", tui->part_rule);
  if (part >= tui->count) snprintf(text, sizeof text, "both run the same callbacks in the same order");
  else if (same) snprintf(text, sizeof text, "the same so far; they part at event %u%s (M goes there)", part, rule);
  else if (tui->differs == UINT32_MAX) snprintf(text, sizeof text, "other callbacks run since event %u; the output stays the same", part);
  else snprintf(text, sizeof text, "parted at event %u%s", part, rule);
  tui_puts(&tui->canvas, 1, y, tui->canvas.width - 2, (same ? TUI_GOOD : TUI_WARN) | TUI_BOLD, text);
}

void tui_draw_compared(struct tui *tui, struct tui_area area) {
  struct tui *other = tui->other;
  if (area.width < LEAST_WIDTH || area.height < LEAST_HEIGHT) {
    tui_wrap(&tui->canvas, area, TUI_DEFAULT, "Two majors side by side need 80x22 cells. m ends the comparison.", 63, 0);
    return;
  }
  other->position = tui_place(&tui->match, tui->reader, tui->position, other->reader);
  other->show_json = tui->show_json;
  other->canvas = tui->canvas;  // the same cells
  draw_verdict(tui, area.y);
  int half = (area.width + 1) / 2, rows = area.height > 24 ? 6 : 5;
  struct tui_area left = {area.x, area.y + 1, half, area.height - 1};
  int items = tui->item_count;
  draw_half(other, (struct tui_area){area.x + half - 1, area.y + 1, area.width - half + 1, area.height - 1}, rows);
  other->item_count = 0;
  tui->item_count = items;
  draw_half(tui, left, rows);
}
