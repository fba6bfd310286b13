#include "ui/quiz.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { DAY = 86400 };
static const int days[] = {0, 1, 3, 7, 21, 60};  // by box: how often it was right, one after the other
enum { BOXES = sizeof days / sizeof *days };

struct entry {
  char *name;
  unsigned box, times;
  long long due;
};

struct quiz_memory {
  char *path;  // NULL: there is no place for it
  struct entry *entries;
  size_t count, capacity;
};

static const char *name_of(const char *path) {
  const char *end = path + strlen(path);
  for (int slashes = 0; end > path; end--)
    if (end[-1] == '/' && ++slashes == 2) break;
  return end;
}

static struct entry *find(const struct quiz_memory *memory, const char *path) {
  for (size_t i = 0; i < memory->count; i++)
    if (!strcmp(memory->entries[i].name, name_of(path))) return &memory->entries[i];
  return NULL;
}

static struct entry *add(struct quiz_memory *memory, const char *name) {
  if (memory->count == memory->capacity) {
    memory->capacity = memory->capacity ? memory->capacity * 2 : 32;
    memory->entries = realloc(memory->entries, memory->capacity * sizeof *memory->entries);
    if (!memory->entries) abort();
  }
  struct entry *entry = &memory->entries[memory->count++];
  *entry = (struct entry){.name = strdup(name)};
  if (!entry->name) abort();
  return entry;
}

// ---- The file: a line each, "box times due name".

static void make_folder(char *path) {
  for (char *at = path + 1; (at = strchr(at, '/')); at++) {
    *at = '\0';
    mkdir(path, 0700);
    *at = '/';
  }
}

static char *path_of_file(void) {
  struct six_text path = {0};
  const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
  if (state && *state == '/') six_text_addf(&path, "%s/sixphase/quiz", state);
  else if (home && *home == '/') six_text_addf(&path, "%s/.local/state/sixphase/quiz", home);
  return path.bytes;
}

static void read_line(struct quiz_memory *memory, char *line) {
  unsigned box, times;
  long long due;
  int at = 0;
  line[strcspn(line, "\n")] = '\0';
  if (sscanf(line, "%u %u %lld %n", &box, &times, &due, &at) != 3 || !line[at] || box >= BOXES) return;
  struct entry *entry = find(memory, line + at) ? NULL : add(memory, line + at);
  if (entry) entry->box = box, entry->times = times, entry->due = due;
}

struct quiz_memory *quiz_memory_read(void) {
  struct quiz_memory *memory = calloc(1, sizeof *memory);
  if (!memory) abort();
  memory->path = path_of_file();
  FILE *file = memory->path ? fopen(memory->path, "r") : NULL;
  char line[PATH_MAX + 64];
  while (file && fgets(line, sizeof line, file)) read_line(memory, line);
  if (file) fclose(file);
  return memory;
}

void quiz_memory_free(struct quiz_memory *memory) {
  for (size_t i = 0; i < memory->count; i++) free(memory->entries[i].name);
  free(memory->entries);
  free(memory->path);
  free(memory);
}

// A new file takes the old one's place in one step, so that an interruption leaves one of them.
static bool write_file(const struct quiz_memory *memory) {
  if (!memory->path) return false;
  make_folder(memory->path);
  struct six_text fresh = {0};
  six_text_addf(&fresh, "%s.new", memory->path);
  FILE *file = fopen(fresh.bytes, "w");
  bool good = file != NULL;
  for (size_t i = 0; good && i < memory->count; i++) {
    const struct entry *entry = &memory->entries[i];
    good = fprintf(file, "%u %u %lld %s\n", entry->box, entry->times, entry->due, entry->name) > 0;
  }
  if (file && fclose(file)) good = false;
  good = good && !rename(fresh.bytes, memory->path);
  six_text_done(&fresh);
  return good;
}

// ---- Asking and noting

time_t quiz_due(const struct quiz_memory *memory, const char *path) {
  const struct entry *entry = find(memory, path);
  return entry ? (time_t)entry->due : 0;
}

unsigned quiz_times(const struct quiz_memory *memory, const char *path) {
  const struct entry *entry = find(memory, path);
  return entry ? entry->times : 0;
}

bool quiz_note(struct quiz_memory *memory, const char *path, bool right, time_t now) {
  struct entry *entry = find(memory, path);
  if (!entry) entry = add(memory, name_of(path));
  entry->times++;
  if (!right) entry->box = 0;
  else if (entry->box + 1 < BOXES) entry->box++;
  entry->due = (long long)now + (long long)days[entry->box] * DAY;
  return write_file(memory);
}
