#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

#include "ui/tui/canvas.c"  // the canvas belongs to the program, not to the library

static void assert_screen(const struct tui_canvas *canvas, const char *expected) {
  struct six_text text = {0};
  tui_canvas_text(canvas, false, &text);
  assert_string_equal(text.bytes, expected);
  six_text_done(&text);
}

static void text_is_clipped_and_ends_in_an_ellipsis(void **state) {
  (void)state;
  struct tui_canvas canvas = {0};
  tui_canvas_resize(&canvas, 6, 3);
  assert_int_equal(tui_puts(&canvas, 0, 0, 6, 0, "abcdef"), 6);
  assert_int_equal(tui_puts(&canvas, 0, 1, 6, 0, "abcdefg"), 6);
  tui_puts(&canvas, 4, 2, 6, 0, "xyz");  // beyond the edge is nothing
  assert_screen(&canvas, "abcdef\nabcde\xe2\x80\xa6\n    xy\n");
  tui_canvas_done(&canvas);
}

static void wide_and_combining_characters_keep_their_columns(void **state) {
  (void)state;
  struct tui_canvas canvas = {0};
  tui_canvas_resize(&canvas, 6, 3);
  assert_int_equal(tui_puts(&canvas, 0, 0, 6, 0,
                            "\xe6\xbc\xa2"
                            "a"),
                   3);
  assert_int_equal(tui_puts(&canvas, 0, 1, 6, 0, "e\xcc\x81x"), 2);
  tui_puts(&canvas, 1, 0, 1, 0, "b");  // over the right half: the left half goes too
  assert_int_equal(tui_puts(&canvas, 0, 2, 2, 0, "a\xe6\xbc\xa2"), 2);
  assert_screen(&canvas, " ba\ne\xcc\x81x\na\xe2\x80\xa6\n");
  tui_canvas_done(&canvas);
}

static void control_characters_become_symbols(void **state) {
  (void)state;
  struct tui_canvas canvas = {0};
  tui_canvas_resize(&canvas, 8, 1);
  tui_put(&canvas, 0, 0, 8, 0, "\x1b[2J\0\x9b\xff", 7);
  assert_screen(&canvas, "\xe2\x90\x9b[2J\xe2\x90\x80\xef\xbf\xbd\xef\xbf\xbd\n");
  tui_canvas_done(&canvas);
}

static void ascii_draws_without_anything_else(void **state) {
  (void)state;
  struct tui_canvas canvas = {.ascii = true};
  tui_canvas_resize(&canvas, 12, 3);
  tui_box(&canvas, (struct tui_area){0, 0, 12, 3}, 0, "t\xc3\xa9");
  tui_puts(&canvas, 1, 1, 5, 0, "\xe2\x96\xb6\xe6\xbc\xa2");
  assert_screen(&canvas, "+ t? ------+\n|>?        |\n+----------+\n");
  tui_canvas_done(&canvas);
}

static void text_wraps_at_spaces(void **state) {
  (void)state;
  struct tui_canvas canvas = {0};
  const char *text = "one two three\nfour abcdefghijk";
  tui_canvas_resize(&canvas, 8, 5);
  assert_int_equal(tui_wrap(&canvas, (struct tui_area){0, 0, 8, 5}, 0, text, strlen(text), 0), 5);
  assert_screen(&canvas, "one two\nthree\nfour\nabcdefgh\nijk\n");
  tui_canvas_done(&canvas);
}

static void a_canvas_of_one_cell_holds(void **state) {
  (void)state;
  struct tui_canvas canvas = {0};
  tui_canvas_resize(&canvas, 0, -3);
  tui_box(&canvas, (struct tui_area){0, 0, 1, 1}, 0, "title");
  tui_puts(&canvas, -5, -5, 100, 0, "text");
  assert_int_equal(canvas.width, 1);
  tui_canvas_done(&canvas);
}

static void colour_is_written_when_asked(void **state) {
  (void)state;
  struct tui_canvas canvas = {0};
  struct six_text text = {0};
  tui_canvas_resize(&canvas, 3, 1);
  tui_puts(&canvas, 0, 0, 3, TUI_GOOD | TUI_BOLD, "ok");
  tui_canvas_text(&canvas, true, &text);
  assert_string_equal(text.bytes, "\x1b[0;1;38;5;34mok\x1b[0m\n");
  six_text_done(&text);
  tui_canvas_done(&canvas);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(text_is_clipped_and_ends_in_an_ellipsis),
      cmocka_unit_test(wide_and_combining_characters_keep_their_columns),
      cmocka_unit_test(control_characters_become_symbols),
      cmocka_unit_test(ascii_draws_without_anything_else),
      cmocka_unit_test(text_wraps_at_spaces),
      cmocka_unit_test(a_canvas_of_one_cell_holds),
      cmocka_unit_test(colour_is_written_when_asked),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
