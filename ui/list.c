#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ui/ui.h"

struct entry {
  char *topic, *title, *path;
  int difficulty;
};

static char *copy(const char *text) {
  char *bytes = strdup(text);
  if (!bytes) abort();
  return bytes;
}

static int compare(const void *left, const void *right) {
  const struct entry *a = left, *b = right;
  int by_topic = strcmp(a->topic, b->topic);
  if (by_topic) return by_topic;
  return a->difficulty != b->difficulty ? a->difficulty - b->difficulty : strcmp(a->path, b->path);
}

// The name of the folder that a file is in, malloc'd.
static char *folder_of(const char *path) {
  const char *end = strrchr(path, '/'), *start = end;
  while (start && start > path && start[-1] != '/') start--;
  char *folder = start && end > start ? strndup(start, (size_t)(end - start)) : copy("other");
  if (!folder) abort();
  return folder;
}

static bool read_entry(const struct ui_options *options, const char *path, struct entry *entry) {
  struct ui_program program;
  struct six_text quiet = {0};
  bool good = !ui_load(options, path, &program, &quiet);
  six_text_done(&quiet);
  if (!good) return false;
  const struct six_scenario_info *info = six_scenario_info(program.scenario);
  const char *name = strrchr(path, '/');
  *entry = (struct entry){info->topic ? copy(info->topic) : folder_of(path),
                          copy(info->title ? info->title
                               : name      ? name + 1
                                           : path),
                          copy(path), info->difficulty};
  ui_unload(&program);
  return true;
}

static void print_entries(struct entry *entries, int count) {
  struct six_text text = {0};
  qsort(entries, (size_t)count, sizeof *entries, compare);
  for (int i = 0; i < count; i++) {
    if (!i || strcmp(entries[i].topic, entries[i - 1].topic)) six_text_addf(&text, "%s%s\n", i ? "\n" : "", entries[i].topic);
    six_text_addf(&text, "  %.*s%*s %-60s %s\n", entries[i].difficulty > 5 ? 5 : entries[i].difficulty, "*****",
                  5 - (entries[i].difficulty > 5 ? 5 : entries[i].difficulty), "", entries[i].title, entries[i].path);
  }
  ui_write_text(STDOUT_FILENO, &text);
}

static int list(const struct ui_options *options) {
  char *library = options->file_count ? NULL : ui_library_path(), **files = NULL;
  if (!options->file_count && !library)
    return ui_error(SIX_STATUS_NO_INPUT, "the library of scenarios is not installed; name a directory, or set SIXPHASE_SCENARIOS");
  int count = 0, status = ui_find_files(library ? &library : options->files, library ? 1 : options->file_count, &files, &count), known = 0;
  struct entry *entries = calloc((size_t)count + 1, sizeof *entries);
  if (!entries) abort();
  for (int i = 0; i < count; i++) known += read_entry(options, files[i], &entries[known]);
  print_entries(entries, known);
  for (int i = 0; i < known; i++) {
    free((char *)entries[i].topic);
    free((char *)entries[i].title);
    free((char *)entries[i].path);
  }
  free(entries);
  ui_free_files(files, count);
  free(library);
  return status;
}

const struct ui_command ui_command_list = {
    .name = "list",
    .arguments = "[PATH...]",
    .summary = "The library of scenarios, by topic",
    .details = "Without a PATH: the scenarios that came with sixphase, or those in SIXPHASE_SCENARIOS.\n",
    .least = 0,
    .most = -1,
    .options = 0,
    .run = list,
};
