// Running a real Node on a program: in a folder of its own, with an environment of its own, for a limited time.
#include "ui/real_node.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <uv.h>

enum { MOST_OUTPUT = 64 << 20, VERSION_LIMIT_MS = 6000, GRACE_MS = 200 };

// ---- A process
struct run {
  struct ui_answer *answer;
  uv_process_t process;
  uv_timer_t limit;
  uv_pipe_t out;
  bool ended;
};

static void on_limit(uv_timer_t *timer) {
  struct run *run = timer->data;
  if (run->ended) {
    if (!uv_is_closing((uv_handle_t *)&run->out)) uv_close((uv_handle_t *)&run->out, NULL);
    return;
  }
  run->answer->hung = true;
  uv_process_kill(&run->process, SIGKILL);
}

static void on_exit_status(uv_process_t *process, int64_t status, int signal) {
  struct run *run = process->data;
  run->answer->signal = signal;
  run->answer->exit = signal ? 128 + signal : (int)status;
  uv_close((uv_handle_t *)process, NULL);
  run->ended = true;  // what it wrote is in the pipe by now; a child of its own may hold that open for ever
  uv_timer_start(&run->limit, on_limit, GRACE_MS, 0);
}

static void give_room(uv_handle_t *handle, size_t suggested, uv_buf_t *room) {
  (void)handle;
  char *bytes = malloc(suggested);
  if (!bytes) abort();
  *room = uv_buf_init(bytes, (unsigned)suggested);
}

static void on_output(uv_stream_t *stream, ssize_t count, const uv_buf_t *room) {
  struct run *run = stream->data;
  if (count > 0 && run->answer->out.length < MOST_OUTPUT) six_text_add(&run->answer->out, room->base, (size_t)count);
  if (run->answer->out.length >= MOST_OUTPUT) uv_process_kill(&run->process, SIGKILL);
  if (count < 0 && !uv_is_closing((uv_handle_t *)stream)) uv_close((uv_handle_t *)stream, NULL);
  if (count < 0 && run->ended) uv_timer_stop(&run->limit);
  free(room->base);
}

static void add_environment(struct six_text *text, const char *folder) {
  const char *path = getenv("PATH"), *library = getenv("LD_LIBRARY_PATH");
  six_text_addf(text, "PATH=%s%cHOME=%s%cTMPDIR=%s%cTZ=UTC%cLANG=C.UTF-8%c", path ? path : "/usr/bin:/bin", 0, folder, 0, folder, 0, 0, 0);
  if (library) six_text_addf(text, "LD_LIBRARY_PATH=%s%c", library, 0);
}

static void split(struct six_text *text, char **entries, size_t most) {
  size_t count = 0;
  for (size_t i = 0; i < text->length && count + 1 < most; i += strlen(text->bytes + i) + 1) entries[count++] = text->bytes + i;
  entries[count] = NULL;
}

static int null_file(int flags) { return open("/dev/null", flags | O_CLOEXEC); }

static int input_file(const struct ui_program *program, const char *folder) {
  const struct six_world *world = program ? six_scenario_world(program->scenario) : NULL;
  char name[PATH_MAX];
  if (!world || !world->input || snprintf(name, sizeof name, "%s/.stdin", folder) >= (int)sizeof name) return null_file(O_RDONLY);
  int fd = open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0) return null_file(O_RDONLY);
  ui_write(fd, world->input, world->input_length);
  lseek(fd, 0, SEEK_SET);
  unlink(name);
  return fd;
}

void ui_ask_process(const char *path, const char *const *arguments, const struct ui_program *program, const char *folder, uint64_t limit_ms,
                    struct ui_answer *answer) {
  uv_loop_t loop;
  struct run run = {.answer = answer};
  char *argv[64] = {(char *)(uintptr_t)path}, *environment[16];
  struct six_text text = {0};
  *answer = (struct ui_answer){0};
  for (int i = 0; i < 62 && arguments[i]; i++) argv[i + 1] = (char *)(uintptr_t)arguments[i];
  add_environment(&text, folder);
  split(&text, environment, 16);
  if (uv_loop_init(&loop) != 0) abort();
  uv_pipe_init(&loop, &run.out, 0);
  uv_timer_init(&loop, &run.limit);
  run.out.data = run.process.data = run.limit.data = &run;
  int in = input_file(program, folder), nothing = null_file(O_WRONLY);
  uv_stdio_container_t stdio[3] = {{.flags = UV_INHERIT_FD, .data.fd = in},
                                   {.flags = UV_CREATE_PIPE | UV_WRITABLE_PIPE, .data.stream = (uv_stream_t *)&run.out},
                                   {.flags = UV_INHERIT_FD, .data.fd = nothing}};
  uv_process_options_t options = {
      .exit_cb = on_exit_status, .file = path, .args = argv, .env = environment, .cwd = folder, .stdio_count = 3, .stdio = stdio};
  int error = uv_spawn(&loop, &run.process, &options);
  answer->started = error == 0;
  if (error) {
    snprintf(answer->why, sizeof answer->why, "%s", uv_strerror(error));
    uv_close((uv_handle_t *)&run.process, NULL);
    uv_close((uv_handle_t *)&run.out, NULL);
  } else {
    uv_read_start((uv_stream_t *)&run.out, give_room, on_output);
    uv_timer_start(&run.limit, on_limit, limit_ms, 0);
  }
  uv_run(&loop, UV_RUN_DEFAULT);
  uv_close((uv_handle_t *)&run.limit, NULL);
  uv_run(&loop, UV_RUN_DEFAULT);
  uv_loop_close(&loop);
  if (in >= 0) close(in);
  if (nothing >= 0) close(nothing);
  six_text_done(&text);
}

// ---- Its version
int ui_node_major(const char *path, const char *folder, char version[32], int *status) {
  static const char *const arguments[] = {"--version", NULL};
  struct ui_answer answer;
  ui_ask_process(path, arguments, NULL, folder, VERSION_LIMIT_MS, &answer);
  int major = 0, length = 0;
  if (answer.out.length) sscanf(answer.out.bytes, "v%d.%*d.%*d%n", &major, &length);
  bool is_node = answer.started && !answer.hung && answer.exit == 0 && length > 0 && length < 32;
  if (is_node) snprintf(version, 32, "%.*s", length, answer.out.bytes);
  *status = 0;
  if (!answer.started) *status = ui_error(SIX_STATUS_NO_INPUT, "cannot run %s: %s", path, answer.why);
  else if (answer.hung) *status = ui_error(1, "%s --version did not end within %d s; it was stopped", path, VERSION_LIMIT_MS / 1000);
  else if (answer.signal) *status = ui_error(1, "%s --version crashed (signal %d)", path, answer.signal);
  else if (!is_node)
    *status = ui_error(SIX_STATUS_NO_INPUT, "%s is not Node: --version says '%.*s'", path,
                       (int)strcspn(answer.out.length ? answer.out.bytes : "", "\n"), answer.out.length ? answer.out.bytes : "");
  else if (major < SIX_NODE_FIRST || major > SIX_NODE_LAST)
    *status = ui_error(SIX_STATUS_NO_INPUT, "%s is Node %s; majors from %d to %d are known", path, version, SIX_NODE_FIRST, SIX_NODE_LAST);
  six_text_done(&answer.out);
  return *status ? 0 : major;
}

// ---- The program and its files
static bool write_file(const char *path, const char *bytes, uint64_t length) {
  int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (fd < 0) return false;
  static const char filler[4096];
  while (length) {
    size_t part = bytes || length < sizeof filler ? (size_t)length : sizeof filler;
    ssize_t done = write(fd, bytes ? bytes : filler, part);
    if (done < 0) break;
    bytes = bytes ? bytes + done : NULL;
    length -= (uint64_t)done;
  }
  return close(fd) == 0 && !length;
}

// A path below the folder, or false: an absolute name, or one that climbs out of it, is not written.
static bool inside(const struct six_world *world, const char *folder, const char *name, char path[PATH_MAX]) {
  size_t cwd = strlen(world->cwd);
  if (!strncmp(name, world->cwd, cwd) && name[cwd] == '/') name += cwd + 1;
  if (*name == '/' || !*name) return false;
  for (const char *part = name; part; part = strchr(part, '/') ? strchr(part, '/') + 1 : NULL)
    if (!strncmp(part, "..", 2) && (part[2] == '/' || !part[2])) return false;
  return snprintf(path, PATH_MAX, "%s/%s", folder, name) < PATH_MAX;
}

static void make_parents(char *path, size_t from) {
  for (char *slash = strchr(path + from, '/'); slash; slash = strchr(slash + 1, '/')) {
    *slash = '\0';
    mkdir(path, 0700);
    *slash = '/';
  }
}

static void place_world(const struct six_world *world, const char *folder) {
  char path[PATH_MAX];
  for (uint32_t i = 0; i < world->file_count; i++) {
    const struct six_world_file *file = &world->files[i];
    if (!inside(world, folder, file->name, path)) continue;
    make_parents(path, strlen(folder) + 1);
    if (file->is_directory) mkdir(path, 0700);
    else write_file(path, file->bytes, file->size);
  }
}

char *ui_place_program(const struct ui_program *program, const char *folder) {
  const struct six_scenario_info *info = six_scenario_info(program->scenario);
  const struct six_world *world = six_scenario_world(program->scenario);
  struct six_text text = {0}, path = {0};
  if (world) place_world(world, folder);
  if (info->is_json) six_print_program(info->program, &text, NULL);
  else six_text_add(&text, info->program->source.bytes, info->program->source.length);
  const char *name = strrchr(info->file_name, '/');
  name = name ? name + 1 : info->file_name;
  bool module = info->program->kind == SIX_SOURCE_MODULE,
       keeps = !info->is_json && strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-", *name);
  const char *ending = strrchr(name, '.');
  keeps = keeps && ending && (!strcmp(ending, module ? ".mjs" : ".js") || (!module && !strcmp(ending, ".cjs")));
  six_text_addf(&path, "%s/%s", folder, keeps ? name : module ? "program.mjs" : "program.js");
  bool written = write_file(path.bytes, text.bytes ? text.bytes : "", text.length);
  six_text_done(&text);
  if (!written) six_text_done(&path);
  return path.bytes;
}
