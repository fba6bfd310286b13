#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ui/ui.h"

enum { FIRST_READ = 65536 };
static const size_t most = (size_t)1 << 30;  // a program text beyond that is a mistake

static int read_all(int fd, const char *name, size_t expected, char **bytes, size_t *length) {
  size_t capacity = expected ? expected + 1 : FIRST_READ, have = 0;
  char *buffer = malloc(capacity + 1);
  if (!buffer) return ui_error(SIX_STATUS_NO_INPUT, "%s: too large for the memory of this machine", name);
  for (;;) {
    if (have == capacity) {
      char *bigger = have >= most ? NULL : realloc(buffer, capacity * 2 + 1);
      if (!bigger) {
        free(buffer);
        return ui_error(SIX_STATUS_NO_INPUT, "%s: more than 1 GB is not read", name);
      }
      buffer = bigger;
      capacity *= 2;
    }
    ssize_t got = read(fd, buffer + have, capacity - have);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      int error = errno;
      free(buffer);
      return ui_error(SIX_STATUS_NO_INPUT, "%s: cannot be read: %s", name, strerror(error));
    }
    if (!got) break;
    have += (size_t)got;
  }
  buffer[have] = '\0';
  *bytes = buffer;
  *length = have;
  return 0;
}

int ui_read_file(const char *path, char **bytes, size_t *length) {
  if (!strcmp(path, "-")) return read_all(STDIN_FILENO, "standard input", 0, bytes, length);
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return ui_error(SIX_STATUS_NO_INPUT, "%s: %s", path, errno == ENOENT ? "there is no such file" : strerror(errno));
  struct stat info;
  int status;
  if (fstat(fd, &info)) status = ui_error(SIX_STATUS_NO_INPUT, "%s: %s", path, strerror(errno));
  else if (S_ISDIR(info.st_mode)) status = ui_error(SIX_STATUS_NO_INPUT, "%s: is a directory, a file is needed", path);
  else if (info.st_size > (off_t)most) status = ui_error(SIX_STATUS_NO_INPUT, "%s: more than 1 GB is not read", path);
  else status = read_all(fd, path, (size_t)info.st_size, bytes, length);
  close(fd);
  return status;
}

// ---- Many files

struct found {
  char **items;
  int count, capacity;
};

static void keep(struct found *found, const char *path) {
  if (found->count + 1 >= found->capacity) {
    found->capacity = found->capacity ? found->capacity * 2 : 64;
    found->items = realloc(found->items, (size_t)found->capacity * sizeof *found->items);
    if (!found->items) abort();
  }
  found->items[found->count++] = strdup(path);
  found->items[found->count] = NULL;
}

static bool ends_with(const char *text, const char *ending) {
  size_t length = strlen(text), most_length = strlen(ending);
  return length > most_length && !strcmp(text + length - most_length, ending);
}

static bool is_scenario_name(const char *name) {
  if (ends_with(name, ".expected.json") || ends_with(name, ".schema.json")) return false;
  return ends_with(name, ".json") || ends_with(name, ".js") || ends_with(name, ".cjs") || ends_with(name, ".mjs");
}

static void search(struct found *found, const char *directory, int depth) {
  DIR *stream = depth < 20 ? opendir(directory) : NULL;
  if (!stream) return;
  for (struct dirent *entry; (entry = readdir(stream));) {
    if (entry->d_name[0] == '.') continue;
    char path[PATH_MAX];
    struct stat info;
    size_t slash = directory[strlen(directory) - 1] == '/';
    if (snprintf(path, sizeof path, "%s%s%s", directory, slash ? "" : "/", entry->d_name) >= (int)sizeof path || stat(path, &info))
      continue;
    if (S_ISDIR(info.st_mode)) search(found, path, depth + 1);
    else if (S_ISREG(info.st_mode) && is_scenario_name(entry->d_name)) keep(found, path);
  }
  closedir(stream);
}

static int compare_paths(const void *left, const void *right) { return strcmp(*(char *const *)left, *(char *const *)right); }

void ui_free_files(char **files, int count) {
  for (int i = 0; i < count; i++) free(files[i]);
  free(files);
}

int ui_find_files(char **paths, int count, char ***files, int *file_count) {
  struct found found = {0};
  int status = 0;
  for (int i = 0; i < count; i++) {
    struct stat info;
    int before = found.count;
    if (stat(paths[i], &info))
      status = ui_error(SIX_STATUS_NO_INPUT, "%s: %s", paths[i], errno == ENOENT ? "there is no such file" : strerror(errno));
    else if (S_ISDIR(info.st_mode)) search(&found, paths[i], 0);
    else keep(&found, paths[i]);
    if (found.count > before) qsort(found.items + before, (size_t)(found.count - before), sizeof *found.items, compare_paths);
  }
  *files = found.items;
  *file_count = found.count;
  return status;
}

char *ui_library_path(void) {
  static const char *const places[] = {"scenarios", "../share/sixphase/scenarios", "../../scenarios"};
  const char *given = getenv("SIXPHASE_SCENARIOS");
  if (given && *given) return strdup(given);
  char exe[PATH_MAX], path[PATH_MAX + 64];
  ssize_t length = readlink("/proc/self/exe", exe, sizeof exe - 1);
  if (length <= 0) return NULL;
  exe[length] = '\0';
  *strrchr(exe, '/') = '\0';
  for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
    snprintf(path, sizeof path, "%s/%s", exe, places[i]);
    if (access(path, R_OK) == 0) return realpath(path, NULL);
  }
  return NULL;
}
