// One libuv loop: keys, autoplay, the window's size, signals, and the file on disk. Idle, it sleeps.
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <fcntl.h>
#include <uv.h>

#include "ui/tui/tui.h"

enum { SIGNALS = 6, SETTLE_MS = 80 };

struct screen {
  struct tui *tui;
  uv_loop_t loop;
  uv_poll_t input;
  uv_timer_t play, settle;
  uv_signal_t signals[SIGNALS];
  uv_fs_event_t file;
  bool watches;
  int descriptor, died_of, timer_ms;
};

static void update(struct screen *screen, bool all) {
  struct tui *tui = screen->tui;
  if (tui->quit) {
    uv_stop(&screen->loop);
    return;
  }
  tui_draw(tui);
  tui_term_show(&tui->canvas, all);
}

static void on_play(uv_timer_t *timer);

static void update_play(struct screen *screen) {
  int wanted = screen->tui->playing ? screen->tui->speed_ms : 0;
  if (wanted == screen->timer_ms) return;
  screen->timer_ms = wanted;
  if (wanted) uv_timer_start(&screen->play, on_play, (uint64_t)wanted, (uint64_t)wanted);
  else uv_timer_stop(&screen->play);
}

static void on_play(uv_timer_t *timer) {
  struct screen *screen = timer->data;
  struct tui *tui = screen->tui;
  tui_act(tui, tui->playing > 0 ? TUI_EVENT_NEXT : TUI_EVENT_BACK);
  if (tui->popup || tui->position == 0 || tui->position + 1 == tui->count) tui->playing = 0;
  update_play(screen);
  update(screen, false);
}

static void suspend(struct screen *screen) {
  tui_term_close();
  raise(SIGSTOP);
  update(screen, true);  // refresh after endwin takes the terminal again
}

static void on_input(uv_poll_t *handle, int status, int events) {
  struct screen *screen = handle->data;
  (void)events;
  bool all = false;
  int keys = 0;
  for (int key; (key = tui_term_key(screen->tui)) >= 0 && !screen->tui->quit;) {
    keys++;
    if (key == 26) {
      suspend(screen);
      continue;
    }
    if (key == 3 && !screen->tui->prompt) screen->tui->quit = true;
    all = all || key == 12;
    if (key) tui_key(screen->tui, key);
    // Several keys may wait, and a click is judged by what is on the screen.
    tui_draw(screen->tui);
  }
  char byte;
  // A terminal that has gone away reads as its end for ever.
  if (status < 0 || (!keys && read(screen->descriptor, &byte, 0) < 0)) screen->tui->quit = true;
  update_play(screen);
  update(screen, all);
}

static void on_signal(uv_signal_t *handle, int number) {
  struct screen *screen = handle->data;
  struct tui *tui = screen->tui;
  if (number == SIGWINCH || number == SIGCONT) {
    int width, height;
    tui_term_size(&width, &height);
    tui_canvas_resize(&tui->canvas, width, height);
    update(screen, true);
  } else if (number == SIGTSTP) {
    suspend(screen);
  } else {
    screen->died_of = number;
    uv_stop(&screen->loop);
  }
}

static void on_settled(uv_timer_t *timer) {
  struct screen *screen = timer->data;
  if (tui_reopen(screen->tui, screen->tui->node, true)) tui_say(screen->tui, false, "the file has changed: this is the new run");
  update(screen, false);
}

static void on_file(uv_fs_event_t *handle, const char *name, int events, int status) {
  struct screen *screen = handle->data;
  const char *own = strrchr(screen->tui->path, '/');
  (void)events;
  own = own ? own + 1 : screen->tui->path;
  // The directory is watched, since editors replace files; other files in it are of no interest.
  if (status < 0 || (name && strcmp(name, own))) return;
  uv_timer_start(&screen->settle, on_settled, SETTLE_MS, 0);
}

static void watch(struct screen *screen) {
  const char *path = screen->tui->path, *slash = strrchr(path, '/');
  char directory[4096] = ".";
  if (!strcmp(path, "-") || (slash && slash - path >= (int)sizeof directory - 1)) return;
  if (slash) {
    size_t length = slash == path ? 1 : (size_t)(slash - path);
    memcpy(directory, path, length);
    directory[length] = '\0';
  }
  uv_fs_event_init(&screen->loop, &screen->file);
  screen->file.data = screen;
  screen->watches = uv_fs_event_start(&screen->file, on_file, directory, 0) == 0;
}

static void open_handles(struct screen *screen) {
  static const int numbers[SIGNALS] = {SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT};
  uv_loop_init(&screen->loop);
  uv_timer_init(&screen->loop, &screen->play);
  uv_timer_init(&screen->loop, &screen->settle);
  screen->play.data = screen->settle.data = screen;
  for (int i = 0; i < SIGNALS; i++) {
    uv_signal_init(&screen->loop, &screen->signals[i]);
    screen->signals[i].data = screen;
    uv_signal_start(&screen->signals[i], on_signal, numbers[i]);
  }
  uv_poll_init(&screen->loop, &screen->input, screen->descriptor);
  screen->input.data = screen;
  uv_poll_start(&screen->input, UV_READABLE, on_input);
  watch(screen);
}

static void close_each(uv_handle_t *handle, void *context) {
  (void)context;
  if (!uv_is_closing(handle)) uv_close(handle, NULL);
}

static void close_handles(struct screen *screen) {
  uv_walk(&screen->loop, close_each, NULL);
  uv_run(&screen->loop, UV_RUN_DEFAULT);
  uv_loop_close(&screen->loop);
}

// Where a bug of ours, or an assertion, ends the process, the terminal is restored first.
static void on_crash(int number) {
  tui_term_close();
  signal(number, SIG_DFL);
  raise(number);
}

int tui_loop(struct tui *tui, bool *no_screen) {
  struct screen screen = {.tui = tui, .descriptor = STDIN_FILENO};
  if (!isatty(STDIN_FILENO)) screen.descriptor = open("/dev/tty", O_RDWR | O_CLOEXEC);
  bool utf8 = tui_term_is_utf8();
  tui->canvas.ascii = tui->options->ascii || !utf8;
  tui->colour = ui_use_color(tui->options, STDOUT_FILENO);
  *no_screen = screen.descriptor < 0 || !tui_term_open(screen.descriptor, !tui->options->no_mouse, tui->colour);
  if (*no_screen) return 0;
  static const int crashes[] = {SIGSEGV, SIGABRT, SIGBUS, SIGFPE};
  for (int i = 0; i < 4; i++) signal(crashes[i], on_crash);
  int width, height;
  tui_term_size(&width, &height);
  tui_canvas_resize(&tui->canvas, width, height);
  open_handles(&screen);
  update(&screen, false);
  uv_run(&screen.loop, UV_RUN_DEFAULT);
  tui_term_close();
  close_handles(&screen);
  if (screen.died_of) {
    signal(screen.died_of, SIG_DFL);
    raise(screen.died_of);
  }
  return 0;
}
