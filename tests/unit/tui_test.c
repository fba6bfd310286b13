// The terminal's session without a terminal: every scenario there and back by every unit, in many sizes; random keys; a
// trace of more than a million events.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <cmocka.h>

#include "ui/tui/tui.h"

static const struct ui_options options = {.command = "step"};

static struct tui *open_file(const char *path) {
  struct tui *tui = malloc(sizeof *tui);
  if (!tui) abort();
  assert_int_equal(tui_open(tui, &options, path), 0);
  tui_canvas_resize(&tui->canvas, 100, 30);
  return tui;
}

// A program that is written to a file for the time of a test.
static struct tui *open_text(const char *text, char path[64]) {
  strcpy(path, "/tmp/sixphase-tui-XXXXXX.js");
  int file = mkstemps(path, 3);
  assert_true(file >= 0);
  assert_int_equal(write(file, text, strlen(text)), (ssize_t)strlen(text));
  close(file);
  return open_file(path);
}

static void close_tui(struct tui *tui) {
  tui_close(tui);
  free(tui);
}

static uint64_t screen_hash(struct tui *tui) {
  uint64_t hash = 1469598103934665603u;
  *tui->message = '\0';
  tui_draw(tui);
  for (int i = 0; i < tui->canvas.width * tui->canvas.height; i++) {
    const struct tui_cell *cell = &tui->canvas.cells[i];
    uint64_t word = (uint64_t)cell->c << 32 | (uint64_t)cell->style << 16 | cell->mark;
    hash = (hash ^ word) * 1099511628211u;
  }
  return hash;
}

// ---- There and back

static const struct {
  enum tui_request next, back;
} units[] = {
    {TUI_EVENT_NEXT, TUI_EVENT_BACK},         {TUI_OUTPUT_NEXT, TUI_OUTPUT_BACK}, {TUI_CALLBACK_NEXT, TUI_CALLBACK_BACK},
    {TUI_STATEMENT_NEXT, TUI_STATEMENT_BACK}, {TUI_PHASE_NEXT, TUI_PHASE_BACK},   {TUI_TURN_NEXT, TUI_TURN_BACK},
};

enum { MOST = 4000 };

static void there_and_back(const char *path, struct tui *tui, size_t unit, int width, int height) {
  static uint32_t positions[MOST];
  static uint64_t hashes[MOST];
  uint32_t count = 0;
  tui_canvas_resize(&tui->canvas, width, height);
  tui_go(tui, 0);
  for (; count < MOST; count++) {
    positions[count] = tui->position;
    hashes[count] = screen_hash(tui);
    if (tui->position + 1 >= tui->count) break;
    tui_act(tui, units[unit].next);
    assert_true(tui->position > positions[count]);
  }
  if (count == MOST) count--;
  // In the middle of the way back the window changes its size twice.
  for (uint32_t i = count; i > 0; i--) {
    if (i == count / 2) tui_canvas_resize(&tui->canvas, 61, 17);
    if (i == count / 2) tui_draw(tui);
    if (i == count / 2) tui_canvas_resize(&tui->canvas, width, height);
    tui_act(tui, units[unit].back);
    if (tui->position != positions[i - 1])
      fail_msg("%s: unit %zu back from %u to %u, not %u", path, unit, positions[i], tui->position, positions[i - 1]);
    if (screen_hash(tui) != hashes[i - 1])
      fail_msg("%s: %dx%d: event %u has another screen on the way back", path, width, height, tui->position);
  }
}

// At every event there are two sentences.
static void check_sentences(const char *path, struct tui *tui) {
  for (uint32_t i = 0; i < tui->count && i < 5000; i++) {
    struct six_text now = {0}, why = {0};
    six_say_now(tui->reader, i, &now);
    six_say_why(tui->reader, i, &why);
    bool good =
        now.length > 8 && now.bytes[now.length - 1] == '.' && why.length > 8 && why.length < 260 && why.bytes[why.length - 1] == '.';
    if (!good) fail_msg("%s: event %u: '%s' '%s'", path, i, now.bytes ? now.bytes : "", why.bytes ? why.bytes : "");
    six_text_done(&now);
    six_text_done(&why);
  }
}

static void every_scenario_is_stepped_there_and_back(void **state) {
  (void)state;
  static const int sizes[][2] = {{100, 30}, {80, 24}, {250, 80}, {45, 12}, {160, 50}, {99, 21}};
  char *roots[] = {"scenarios", "tests/terminal"}, **files;
  int count;
  assert_int_equal(ui_find_files(roots, 2, &files, &count), 0);
  assert_true(count > 0);
  for (int i = 0; i < count; i++) {
    struct tui *tui = open_file(files[i]);
    check_sentences(files[i], tui);
    // All units at one size, events at all sizes for the first few.
    for (size_t unit = 0; unit < sizeof units / sizeof *units; unit++)
      if (tui->count < 3000 || unit == 1) there_and_back(files[i], tui, unit, sizes[(size_t)i % 6][0], sizes[(size_t)i % 6][1]);
    for (size_t size = 0; i < 2 && size < sizeof sizes / sizeof *sizes; size++)
      there_and_back(files[i], tui, 0, sizes[size][0], sizes[size][1]);
    close_tui(tui);
    free(files[i]);
  }
  free(files);
}

// ---- Whatever is pressed

static const char zoo[] =
    "class A { #x = 1; #m() { return 1; } get ['a' + 1]() { return this.#m(); } static async make(n) { await null; return new A(n); } "
    "constructor(n) { this.n = n; } }\n"
    "const { EventEmitter } = require('events');\n"
    "const e = new EventEmitter();\n"
    "e.on('a', (v) => { console.log('a', v); process.nextTick(() => console.log('tick \\x1b[31m\\u6f22\\u5b57 e\\u0301')); });\n"
    "async function* g() { yield 1; yield 2; }\n"
    "(async () => { for await (const v of g()) console.log(v); try { await Promise.reject(new Error('x')); } catch (e) { "
    "console.error(e.message); } })();\n"
    "A.make(3).then((a) => console.log(a)).finally(() => e.emit('a', 1));\n"
    "const i = setInterval(() => { if (++n > 3) clearInterval(i); console.log('line\\nother'.repeat(n)); }, 2);\n"
    "let n = 0;\n"
    "setTimeout(() => console.log('t'), 0); setImmediate(() => setImmediate(() => console.log('i')));\n"
    "require('fs').readFile(__filename, () => console.log('f'));\n"
    "for (let k = 0; k < 30; k++) queueMicrotask(() => { if (k % 10 == 0) console.log('x'.repeat(k * 20)); });\n";

static uint32_t random_next(uint32_t *state) {
  *state ^= *state << 13;
  *state ^= *state >> 17;
  *state ^= *state << 5;
  return *state;
}

static void random_keys_never_crash(void **state) {
  (void)state;
  static const char keys[] = "lhjksSnNpPiIoOtgGbcC +-wreafF/?][dDvVmMJz.,R:q123456789aZo\t\x7f*";
  char path[64];
  struct tui *tui = open_text(zoo, path);
  uint32_t random = 2463534242u;
  for (int i = 0; i < 6000; i++) {
    uint32_t r = random_next(&random);
    if (r % 40 == 0) tui_canvas_resize(&tui->canvas, 1 + (int)(random_next(&random) % 250), 1 + (int)(random_next(&random) % 80));
    tui->mouse_x = (int)(r >> 8) % 260;
    tui->mouse_y = (int)(r >> 16) % 90;
    bool slow = keys[r % (sizeof keys - 1)] && strchr("vVmMR", keys[r % (sizeof keys - 1)]) && r % 5;
    if (r % 3 == 0) tui_key(tui, TUI_KEY_FIRST + (int)(random_next(&random) % (TUI_KEY_CLICK - TUI_KEY_FIRST + 1)));
    else if (!slow) tui_key(tui, keys[r % (sizeof keys - 1)]);
    tui_draw(tui);
    tui->quit = false;
    assert_true(tui->position < tui->count);
  }
  close_tui(tui);
  unlink(path);
}

static void every_key_says_or_does_something(void **state) {
  (void)state;
  char path[64];
  for (int i = 0; i < tui_binding_count; i++) {
    struct tui *tui = open_text(zoo, path);
    tui_go(tui, tui->count / 2);
    tui_canvas_resize(&tui->canvas, 80, 20);
    uint64_t before = screen_hash(tui);
    tui_key(tui, tui_bindings[i].key);
    char message[sizeof tui->message];
    strcpy(message, tui->message);
    enum tui_request request = tui_bindings[i].request;
    bool redraws = request == TUI_REDRAW || request == TUI_CLOSE || request == TUI_SCROLL_UP || request == TUI_SCROLL_DOWN;
    bool saved = tui_bindings[i].request == TUI_SAVE;
    bool playing = tui->playing, quit = tui->quit;
    if (screen_hash(tui) == before && !*message && !playing && !quit && !redraws)
      fail_msg("key %s does nothing", tui_bindings[i].name ? tui_bindings[i].name : "?");
    if (saved && !strncmp(message, "saved as ", 9)) unlink(message + 9);
    close_tui(tui);
    unlink(path);
  }
}

// ---- A big trace

static double seconds_now(void) {
  struct timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void a_million_events_answer_at_once(void **state) {
  (void)state;
  static const char text[] =
      "let n = 0;\nfunction work(i) { n += i; return n; }\n"
      "for (let i = 0; i < 30000; i++) { setTimeout(() => work(i), i % 50); process.nextTick(work, i); Promise.resolve(i).then(work); }\n"
      "setImmediate(function f() { if (n++ < 100) setImmediate(f); });\nconsole.log('end');\n";
  char path[64];
  struct tui *tui = open_text(text, path);
  assert_true(tui->count > 1000000);
  tui_canvas_resize(&tui->canvas, 250, 80);
  six_text_adds(&tui->searched, "nowhere");
  double worst = 0;
  int worst_key = 0;
  for (int place = 0; place <= 8; place++)
    for (const char *key = "lhnNpPiIsSjkwe]"; *key; key++) {
      if (*key == 'e' && place % 4) continue;
      tui_go(tui, (uint32_t)((uint64_t)tui->count * (uint64_t)place / 8));
      tui_draw(tui);
      double start = seconds_now();
      tui_key(tui, *key);
      tui_draw(tui);
      double took = seconds_now() - start;
      tui->popup = TUI_NO_POPUP;
      if (*key != 'e' && took > worst) worst = took, worst_key = *key;
    }
  print_message("worst key '%c': %.1f ms\n", worst_key, worst * 1e3);
  assert_true(worst < 0.1);  // many times the measure: the machine may be loaded, or this an ASan build
  close_tui(tui);
  unlink(path);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_scenario_is_stepped_there_and_back),
      cmocka_unit_test(random_keys_never_crash),
      cmocka_unit_test(every_key_says_or_does_something),
      cmocka_unit_test(a_million_events_answer_at_once),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
