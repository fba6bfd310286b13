#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ui/tui/tui.h"

enum { ORDERS_TRIED = 80 };  // while the first screen is waited for

void tui_say(struct tui *tui, bool bad, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(tui->message, sizeof tui->message, format, arguments);
  va_end(arguments);
  tui->message_is_bad = bad;
}

// ---- Lines

static uint32_t *index_lines(const struct six_text *text, uint32_t *count) {
  uint32_t capacity = 256, *starts = malloc(capacity * sizeof *starts);
  if (!starts) abort();
  starts[0] = 0;
  *count = 1;
  for (size_t i = 0; i < text->length; i++) {
    if (text->bytes[i] != '\n' || i + 1 == text->length) continue;
    if (*count == capacity) {
      starts = realloc(starts, (capacity *= 2) * sizeof *starts);
      if (!starts) abort();
    }
    starts[(*count)++] = (uint32_t)i + 1;
  }
  return starts;
}

const char *tui_line_text(const struct tui *tui, uint32_t line, size_t *length) {
  const struct six_text *text = tui->show_json ? &tui->json : &tui->shown.text;
  const uint32_t *starts = tui->show_json ? tui->json_starts : tui->line_starts;
  uint32_t count = tui->show_json ? tui->json_count : tui->line_count;
  *length = 0;
  if (!line || line > count || !text->bytes) return "";
  size_t end = line < count ? starts[line] - 1 : text->length;
  while (end > starts[line - 1] && (text->bytes[end - 1] == '\n' || text->bytes[end - 1] == '\r')) end--;
  *length = end - starts[line - 1];
  return text->bytes + starts[line - 1];
}

uint32_t tui_line(const struct tui *tui, uint32_t site) {
  if (!site || six_trace_site(tui->trace, site).unit != tui->unit) return 0;
  return tui->show_json ? six_trace_position(tui->trace, site).line : six_reader_position(tui->reader, site).line;
}

uint32_t tui_current_line(const struct tui *tui, const struct six_moment *moment) {
  struct six_event event = six_trace_at(tui->trace, tui->position);
  uint32_t line = 0;
  if (event.kind == SIX_EV_ENQUEUE || event.kind == SIX_EV_OUTPUT || event.kind == SIX_EV_STATEMENT) line = tui_line(tui, event.site);
  if (!line) line = tui_line(tui, moment->statement);
  for (uint32_t i = moment->calls_listed; !line && i-- > 0;) line = tui_line(tui, moment->calls[i].at);
  struct six_task_info info;
  bool running =
      !line && moment->running_count && six_reader_task(tui->reader, moment->running[moment->running_count - 1], tui->position, &info);
  if (running) line = tui_line(tui, info.kind == SIX_TASK_AWAIT ? info.scheduled : info.callback);
  return line;
}

static int longest_line(const struct tui *tui) {
  int longest = 0;
  uint32_t count = tui->show_json ? tui->json_count : tui->line_count;
  for (uint32_t line = 1; line <= count && line < 2000; line++) {
    size_t length;
    const char *bytes = tui_line_text(tui, line, &length);
    int width = length < 200 ? tui_width(bytes, length) : 200;
    if (width > longest) longest = width;
  }
  return longest;
}

static int compare_tags(const void *left, const void *right) {
  const struct tui_tag *a = left, *b = right;
  if (a->line != b->line) return a->line < b->line ? -1 : 1;
  return a->task < b->task ? -1 : a->task > b->task;
}

void tui_index_tags(struct tui *tui) {
  uint32_t capacity = 0;
  free(tui->tags);
  tui->tags = NULL;
  tui->tag_count = 0;
  tui->threads = 4;
  tui->longest_line = longest_line(tui);
  for (uint32_t i = 0; i < tui->count; i++) {
    struct six_event event = six_trace_at(tui->trace, i);
    if (event.kind == SIX_EV_POOL_RUN && event.a >= tui->threads && event.a < SIX_POOL_MAX) tui->threads = event.a + 1;
    if (event.kind != SIX_EV_ENQUEUE || event.a == SIX_TASK_MAIN || event.a == SIX_TASK_EVENT) continue;
    uint32_t line = tui_line(tui, event.site);
    if (!line) continue;
    if (tui->tag_count == capacity) {
      tui->tags = realloc(tui->tags, (capacity = capacity ? capacity * 2 : 64) * sizeof *tui->tags);
      if (!tui->tags) abort();
    }
    tui->tags[tui->tag_count++] = (struct tui_tag){line, i};
  }
  if (tui->tag_count) qsort(tui->tags, tui->tag_count, sizeof *tui->tags, compare_tags);
}

unsigned tui_task_style(const struct tui *tui, uint32_t task) {
  if (task >= tui->count) return TUI_DEFAULT;
  struct six_event event = six_trace_at(tui->trace, task);
  if (event.kind != SIX_EV_ENQUEUE || event.a == SIX_TASK_MAIN) return TUI_DEFAULT;
  unsigned letter = (unsigned)six_task_letter((enum six_task_kind)event.a);
  return TUI_TASK + (event.b * 4 + letter) % TUI_TASKS;
}

uint32_t tui_event_task(const struct tui *tui, uint32_t index) {
  struct six_event event = six_trace_at(tui->trace, index);
  enum six_event_kind kind = (enum six_event_kind)event.kind;
  if (kind == SIX_EV_ENQUEUE) return event.a == SIX_TASK_MAIN ? 0 : index;
  return kind != SIX_EV_THROW && six_event_has_task(kind) ? event.subject : 0;
}

// ---- Opening

void tui_release_run(struct tui *tui) {
  six_reader_free(tui->reader);
  six_evidence_free(tui->evidence);
  six_result_free(tui->result);
  ui_shown_done(&tui->shown);
  free(tui->line_starts);
  free(tui->json_starts);
  six_text_done(&tui->json);
  free(tui->tags);
  tui->tags = NULL;
  tui->reader = NULL;
  tui->evidence = NULL;
  tui->result = NULL;
  tui->line_starts = tui->json_starts = NULL;
}

struct six_options tui_run_options(const struct tui *tui, int node) {
  struct six_options how = ui_run_options(tui->options);
  how.node = node;
  how.record_trace = how.record_statements = true;
  if (tui->schedule) how.schedule = tui->schedule;
  return how;
}

void tui_take_run(struct tui *tui, struct six_result *result) {
  tui->result = result;
  tui->trace = result->trace;
  tui->reader = six_reader_new(result->trace);
  struct six_options how = tui_run_options(tui, tui->node);
  tui->evidence = six_orders_judge(tui->program.scenario, &how, result, ORDERS_TRIED);
  six_reader_set_evidence(tui->reader, tui->evidence);
  tui->count = six_trace_count(result->trace);
  tui->unit = ui_unit(&tui->program, result->trace);
  tui->is_json = six_scenario_info(tui->program.scenario)->is_json;
  ui_show(&tui->program, &tui->shown, tui->reader);
  tui->line_starts = index_lines(&tui->shown.text, &tui->line_count);
  six_text_add(&tui->json, tui->program.bytes, tui->program.length);
  tui->json_starts = index_lines(&tui->json, &tui->json_count);
  tui_index_tags(tui);
}

static struct six_result *run(struct tui *tui, struct ui_program *program, int node, int *status, struct six_text *quiet) {
  struct six_options how = tui_run_options(tui, node);
  return ui_run(program, &how, status, quiet);
}

void tui_look(struct tui *tui, struct six_text *out) {
  struct six_options how = tui_run_options(tui, tui->node);
  struct six_text quiet = {0};
  int status;
  how.look_at = tui->position;
  struct six_result *result = tui->position ? ui_run(&tui->program, &how, &status, &quiet) : NULL;
  if (result) six_text_add(out, result->look.bytes ? result->look.bytes : "", result->look.length);
  six_result_free(result);
  six_text_done(&quiet);
}

int tui_open(struct tui *tui, const struct ui_options *options, const char *path) {
  *tui = (struct tui){
      .options = options, .path = path, .speed_ms = 400, .differs = UINT32_MAX, .pane = TUI_PANE_PROGRAM, .predicting = options->predict};
  int status = ui_load(options, path, &tui->program, NULL);
  if (status) return status;
  int given = six_scenario_info(tui->program.scenario)->node;
  tui->node = options->node ? options->node : given ? given : SIX_NODE_DEFAULT;
  struct six_result *result = run(tui, &tui->program, tui->node, &status, NULL);
  if (!result) {
    ui_unload(&tui->program);
    return status;
  }
  tui_take_run(tui, result);
  if (tui->count < 1) return ui_error(SIX_STATUS_BUG, "%s: the run left no trace", path);
  return 0;
}

static bool add_world(struct tui *tui, struct ui_program *program, const char *json) {
  struct six_diag diag = {0};
  if (six_scenario_add_world(program->scenario, "world", json, strlen(json), &diag)) return true;
  tui_say(tui, true, "%.200s", diag.message);
  return false;
}

static bool reread_file(struct tui *tui, struct ui_program *program, struct six_text *quiet) {
  struct ui_program fresh;
  if (ui_load(tui->options, tui->path, &fresh, quiet)) return false;
  for (int i = 0; i < tui->world_count; i++) add_world(tui, &fresh, tui->worlds[i]);
  *program = fresh;
  return true;
}

static void tell_failure(struct tui *tui, const struct six_text *quiet) {
  size_t line = quiet->length ? strcspn(quiet->bytes, "\n") : 0;
  tui_say(tui, true, "the old run stays: %.*s", (int)(line < 200 ? line : 200), line ? quiet->bytes : "cannot be read");
}

bool tui_reopen(struct tui *tui, int node, bool reread) {
  int compared = tui->other ? tui->other->node : 0;
  struct ui_program program = tui->program;
  struct six_text quiet = {0};
  int status = 0;
  if (reread && (!strcmp(tui->path, "-") || !reread_file(tui, &program, &quiet))) {
    tell_failure(tui, &quiet);
    six_text_done(&quiet);
    return false;
  }
  struct six_result *result = run(tui, &program, node, &status, &quiet);
  if (!result) {
    tell_failure(tui, &quiet);
    six_text_done(&quiet);
    if (reread) ui_unload(&program);
    return false;
  }
  struct tui_match match = tui_match_runs(tui->trace, result->trace);
  struct six_reader *fresh = six_reader_new(result->trace);
  uint32_t position = tui_place(&match, tui->reader, tui->position, fresh), part = match.part[0];
  six_reader_free(fresh);
  tui_match_done(&match);
  tui_compare(tui, 0);
  tui_release_run(tui);
  if (reread) ui_unload(&tui->program);
  tui->program = program;
  tui->node = node;
  if (tui->selected >= part) tui->selected = 0;
  if (tui->followed >= part) tui->followed = 0;
  tui_take_run(tui, result);
  tui->position = position;
  if (compared) tui_compare(tui, compared);
  six_text_done(&quiet);
  return true;
}

// ---- Choices

// The schedule so far, up to the choice, and the answer to it.
static char *schedule_with(const char *old, uint32_t number, uint32_t answer) {
  struct six_text text = {0};
  while (old && *old) {
    char *end;
    unsigned long at = strtoul(old, &end, 10);
    size_t length = strcspn(old, ",");
    if (at < number) {
      six_text_add(&text, old, length);
      six_text_addc(&text, ',');
    }
    old += length + (old[length] == ',');
  }
  six_text_addf(&text, "%u:%u", number, answer);
  return text.bytes;
}

void tui_choose_other(struct tui *tui) {
  struct six_event event = six_trace_at(tui->trace, tui->position);
  if (event.kind != SIX_EV_CHOICE) {
    tui_say(tui, false,
            six_reader_choices(tui->reader) ? "no choice is made here: o goes to the next one" : "Node leaves nothing open in this run");
    return;
  }
  uint32_t alternatives = event.b >> 16, taken = event.b & 0xFFFF;
  char *old = tui->schedule;
  tui->schedule = schedule_with(old ? old : tui->options->schedule, event.a, alternatives ? (taken + 1) % alternatives : 0);
  if (!tui_reopen(tui, tui->node, false)) {
    free(tui->schedule);
    tui->schedule = old;
    return;
  }
  free(old);
  tui_say(tui, false, "the other answer, from here on: run --schedule %s does the same", tui->schedule);
}

static void forget_worlds(struct tui *tui) {
  while (tui->world_count) free(tui->worlds[--tui->world_count]);
}

bool tui_set_world(struct tui *tui, const char *json) {
  if (!json) {
    forget_worlds(tui);
    return tui_reopen(tui, tui->node, true);
  }
  if (tui->world_count == TUI_WORLDS) return tui_say(tui, true, "the world was changed %d times: :world reset", TUI_WORLDS), false;
  if (!add_world(tui, &tui->program, json)) return false;
  tui->worlds[tui->world_count] = strdup(json);
  if (!tui->worlds[tui->world_count]) abort();
  tui->world_count++;
  return tui_reopen(tui, tui->node, false);
}

void tui_close(struct tui *tui) {
  tui_compare(tui, 0);
  forget_worlds(tui);
  free(tui->schedule);
  tui_release_run(tui);
  ui_unload(&tui->program);
  tui_canvas_done(&tui->canvas);
  six_text_done(&tui->popup_text);
  six_text_done(&tui->filter);
  six_text_done(&tui->prompt_text);
  six_text_done(&tui->searched);
}
