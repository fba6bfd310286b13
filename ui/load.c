#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ui/ui.h"

static void report(const struct six_diag *diag, const struct six_source *source, struct six_text *quiet) {
  struct six_text text = {0};
  six_diag_write(diag, source, quiet ? quiet : &text);
  if (!quiet) ui_write_text(STDERR_FILENO, &text);
}

static int status_of(const struct six_diag *diag) { return diag->status ? (int)diag->status : SIX_STATUS_DATA; }

// A file beside the scenario, for "source".
static bool read_neighbour(void *context, const char *path, char **bytes, size_t *length) {
  const struct ui_program *program = context;
  const char *slash = strrchr(program->path, '/');
  char joined[PATH_MAX];
  int size = slash && path[0] != '/' ? snprintf(joined, sizeof joined, "%.*s/%s", (int)(slash - program->path), program->path, path)
                                     : snprintf(joined, sizeof joined, "%s", path);
  return size < (int)sizeof joined && ui_read_file(joined, bytes, length) == 0;
}

static int add_world(const char *path, struct ui_program *program, struct six_text *quiet) {
  char *bytes;
  size_t length;
  int status = ui_read_file(path, &bytes, &length);
  if (status) return status;
  struct six_diag diag = {0};
  if (!six_scenario_add_world(program->scenario, path, bytes, length, &diag)) {
    report(&diag, &(struct six_source){path, bytes, length}, quiet);
    status = status_of(&diag);
  }
  free(bytes);
  return status;
}

int ui_load(const struct ui_options *options, const char *path, struct ui_program *program, struct six_text *quiet) {
  *program = (struct ui_program){.path = path};
  int status = ui_read_file(path, &program->bytes, &program->length);
  if (status) return status;
  const char *name = strcmp(path, "-") ? path : "<stdin>";
  struct six_diag diag = {0};
  struct six_source source = {name, program->bytes, program->length};
  program->scenario = six_scenario_read(name, program->bytes, program->length, options->lang, read_neighbour, program, &diag, &source);
  if (!program->scenario) {
    report(&diag, &source, quiet);
    status = status_of(&diag);
  } else if (options->world) {
    status = add_world(options->world, program, quiet);
  }
  if (status) ui_unload(program);
  return status;
}

void ui_unload(struct ui_program *program) {
  six_scenario_free(program->scenario);
  free(program->bytes);
  program->scenario = NULL;
  program->bytes = NULL;
}

struct six_options ui_run_options(const struct ui_options *options) {
  return (struct six_options){
      .node = options->node,
      .max_steps = options->max_steps,
      .max_time_ns = options->max_time_ns,
      .max_memory = options->max_memory,
      .max_output = options->max_output,
      .schedule = options->schedule,
  };
}

int ui_report(const struct ui_program *program, const struct six_diag *diag, struct six_text *quiet) {
  report(diag, &six_scenario_info(program->scenario)->program->source, quiet);
  return status_of(diag);
}

struct six_result *ui_run(const struct ui_program *program, const struct six_options *options, int *status, struct six_text *quiet) {
  struct six_diag diag = {0};
  struct six_result *result = six_run(program->scenario, options, &diag);
  if (result) return result;
  *status = ui_report(program, &diag, quiet);
  return NULL;
}

// ---- What is shown of it

static int compare_lines(const void *left, const void *right) {
  const struct six_line_map_entry *a = left, *b = right;
  if (a->start != b->start) return a->start < b->start ? -1 : 1;
  return a->end > b->end ? -1 : a->end < b->end;
}

static void take_map(struct ui_shown *shown, const struct six_print_map *map) {
  shown->lines = calloc(map->count + 1u, sizeof *shown->lines);
  if (!shown->lines) abort();
  for (uint32_t i = 0; i < map->count; i++) {
    const struct six_print_map_entry *entry = &map->entries[i];
    shown->lines[i] = (struct six_line_map_entry){entry->node_start, entry->node_end, entry->line, entry->column};
  }
  shown->line_count = map->count;
  qsort(shown->lines, shown->line_count, sizeof *shown->lines, compare_lines);
}

uint32_t ui_unit(const struct ui_program *program, const struct six_trace *trace) {
  const struct six_source *source = &six_scenario_info(program->scenario)->program->source;
  for (uint32_t unit = 0; unit < 256; unit++) {
    size_t length;
    const char *bytes = six_trace_source(trace, unit, NULL, &length);
    if (bytes && length == source->length && (!length || !memcmp(bytes, source->bytes, length))) return unit;
  }
  return 0;
}

void ui_show(const struct ui_program *program, struct ui_shown *shown, struct six_reader *reader) {
  const struct six_scenario_info *info = six_scenario_info(program->scenario);
  *shown = (struct ui_shown){0};
  if (!info->is_json) {
    six_text_add(&shown->text, info->program->source.bytes, info->program->source.length);
    return;
  }
  struct six_print_map map = {0};
  six_print_program(info->program, &shown->text, &map);
  take_map(shown, &map);
  free(map.entries);
  if (reader) six_reader_set_lines(reader, ui_unit(program, six_reader_trace(reader)), shown->lines, shown->line_count);
}

void ui_shown_done(struct ui_shown *shown) {
  six_text_done(&shown->text);
  free(shown->lines);
}
