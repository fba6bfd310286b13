// tui: one session of stepping. Keys become requests, requests a new position; the screen is drawn from the moment there.
// Nothing in here knows a terminal: the same session serves curses, the plain dialogue, snapshots and the tests.
#ifndef SIX_TUI_H
#define SIX_TUI_H

#include "ui/tui/canvas.h"
#include "ui/ui.h"

// Keys beside Unicode's characters.
enum tui_key {
  TUI_KEY_FIRST = 0x110000,
  TUI_KEY_LEFT = TUI_KEY_FIRST,
  TUI_KEY_RIGHT,
  TUI_KEY_UP,
  TUI_KEY_DOWN,
  TUI_KEY_HOME,
  TUI_KEY_END,
  TUI_KEY_PAGE_UP,
  TUI_KEY_PAGE_DOWN,
  TUI_KEY_ENTER,
  TUI_KEY_ESCAPE,
  TUI_KEY_TAB,
  TUI_KEY_BACK_TAB,
  TUI_KEY_BACKSPACE,
  TUI_KEY_DELETE,
  TUI_KEY_WHEEL_UP,
  TUI_KEY_WHEEL_DOWN,
  TUI_KEY_CLICK,  // at tui->mouse_x, mouse_y
};

enum tui_request {
  TUI_NOTHING,
  TUI_EVENT_NEXT,
  TUI_EVENT_BACK,
  TUI_STATEMENT_NEXT,
  TUI_STATEMENT_BACK,
  TUI_CALLBACK_NEXT,
  TUI_CALLBACK_BACK,
  TUI_PHASE_NEXT,
  TUI_PHASE_BACK,
  TUI_TURN_NEXT,
  TUI_TURN_BACK,
  TUI_OUTPUT_NEXT,
  TUI_OUTPUT_BACK,
  TUI_START,
  TUI_END,
  TUI_BREAK_NEXT,
  TUI_BREAK_BACK,
  TUI_FOLLOW_NEXT,
  TUI_FOLLOW_BACK,
  TUI_FOUND_NEXT,
  TUI_FOUND_BACK,
  TUI_CHOICE_NEXT,
  TUI_CHOICE_BACK,
  TUI_PLAY,
  TUI_PLAY_BACK,
  TUI_FASTER,
  TUI_SLOWER,
  TUI_ITEM_NEXT,
  TUI_ITEM_BACK,
  TUI_DETAILS,
  TUI_VARIABLES,
  TUI_WHY_NOT,
  TUI_RULE,
  TUI_BREAK,
  TUI_GOTO_SCHEDULED,
  TUI_SHIFT_LEFT,
  TUI_SHIFT_RIGHT,
  TUI_SCROLL_UP,
  TUI_SCROLL_DOWN,
  TUI_PANE_NEXT,
  TUI_PANE_BACK,
  TUI_ZOOM,
  TUI_SHOW_JSON,
  TUI_NODE_NEXT,
  TUI_NODE_BACK,
  TUI_COMPARE,
  TUI_PART,
  TUI_CHOOSE,
  TUI_SEARCH,
  TUI_SEARCH_BACK,
  TUI_GOTO,
  TUI_COMMAND,
  TUI_HELP,
  TUI_SAVE,
  TUI_PREDICT,
  TUI_PREDICT_ORDER,
  TUI_RELOAD,
  TUI_REDRAW,
  TUI_CLOSE,
  TUI_QUIT,
};

struct tui_binding {
  int key;
  enum tui_request request;
  const char *name;  // as the help shows the key
  const char *help;
};
extern const struct tui_binding tui_bindings[];
extern const int tui_binding_count;

enum tui_pane { TUI_PANE_PROGRAM, TUI_PANE_STACK, TUI_PANE_DRAIN, TUI_PANE_LOOP, TUI_PANE_OUTSIDE, TUI_PANE_OUTPUT, TUI_PANES };

enum tui_popup { TUI_NO_POPUP, TUI_POPUP_TEXT, TUI_POPUP_HELP, TUI_POPUP_PREDICT, TUI_POPUP_ORDER };
enum tui_prompt { TUI_NO_PROMPT, TUI_PROMPT_SEARCH, TUI_PROMPT_SEARCH_BACK, TUI_PROMPT_GOTO, TUI_PROMPT_COMMAND, TUI_PROMPT_PREDICT };
enum tui_break { TUI_BREAK_LINE, TUI_BREAK_TEXT, TUI_BREAK_PHASE, TUI_BREAK_QUEUE };

struct tui_breakpoint {
  enum tui_break kind;
  uint32_t number;  // line, phase or the queue's letter
  char text[64];
};
enum { TUI_BREAKPOINTS = 32 };

struct tui_tag {  // a task at the line that scheduled it
  uint32_t line, task;
};

struct tui_item {  // a tag as it stands on the screen
  int x, y, width;
  uint32_t task;
};
enum { TUI_ITEMS = 256, TUI_WORLDS = 32 };

// What two runs of the same program have in common: the callbacks that run and the lines that are printed, up to where
// they part. [0] is the first run, [1] the second.
struct tui_match {
  uint32_t *steps[2], count;  // event indexes, pairwise
  uint32_t part[2];           // the first step that differs; the number of events where there is none
};

struct tui {
  const struct ui_options *options;
  const char *path;
  struct ui_program program;
  struct six_result *result;
  struct six_reader *reader;
  struct six_evidence *evidence;  // of the other legal orders
  const struct six_trace *trace;
  struct ui_shown shown;
  uint32_t unit;  // the source whose lines are shown
  uint32_t *line_starts, line_count;
  int longest_line;      // cells of what is shown, within reason
  struct six_text json;  // the scenario's own text, shown instead when `show_json`
  uint32_t *json_starts, json_count;
  struct tui_tag *tags;  // by line, then by task
  uint32_t tag_count;
  int node;

  uint32_t count, position;
  struct tui *other;            // the same program under another major, in lock step; it borrows the program
  struct tui_match match;       // of this run with the other one
  uint32_t differs;             // both: the first output that differs; UINT32_MAX none
  int part_rule;                // the rule that makes the outputs differ, 0 not known
  uint32_t selected, followed;  // tasks, 0 none
  struct tui_canvas canvas;
  struct tui_area panes[TUI_PANES];  // as last drawn, zero where not shown
  struct tui_area timeline;
  struct tui_item items[TUI_ITEMS];  // in reading order
  int item_count;
  uint32_t threads;  // of the pool, as far as the trace shows
  enum tui_pane pane;
  bool zoom, show_json, is_json;
  int shift;                          // cells that long lines are shifted to the left
  int program_scroll, output_scroll;  // lines away from where the view would be

  enum tui_popup popup;
  struct six_text popup_text;
  char popup_title[64];
  int popup_scroll;
  struct six_text filter;  // the help's

  enum tui_prompt prompt;
  struct six_text prompt_text, searched;
  char message[256];
  bool message_is_bad;

  int playing;  // -1 backwards, 0, 1
  int speed_ms;
  struct tui_breakpoint breakpoints[TUI_BREAKPOINTS];
  int breakpoint_count;

  bool predicting;
  uint32_t predicted, right;                // guesses made, and right ones
  uint32_t candidates[9], candidate_count;  // events whose lines are offered
  uint32_t picked[9], picked_count;         // of the candidates, in the order that is predicted

  char *schedule;            // answers at the choice points that were changed from within; NULL: as given
  char *worlds[TUI_WORLDS];  // JSON that was added to the world from within, in order
  int world_count;

  int mouse_x, mouse_y;
  bool quit, colour;
};

// ---- session.c
// Loads and runs `path`; 0, or an exit status after a message.
int tui_open(struct tui *tui, const struct ui_options *options, const char *path);
// Runs again, with another Node or after a change, at the corresponding place. The old run stays when it fails: false,
// and the message tells.
bool tui_reopen(struct tui *tui, int node, bool reread);
// Changes the world by a JSON text as in a --world file, and runs again. NULL: back to the file's own world.
bool tui_set_world(struct tui *tui, const char *json);
// The variables in scope at the position, as text: the program is run once more up to there. Empty where no JavaScript runs.
void tui_look(struct tui *tui, struct six_text *out);
// Takes the other answer at the choice that the position is at, and runs again from there.
void tui_choose_other(struct tui *tui);
void tui_close(struct tui *tui);
// For compare.c.
void tui_take_run(struct tui *tui, struct six_result *result);
void tui_release_run(struct tui *tui);
struct six_options tui_run_options(const struct tui *tui, int node);
// ---- match.c
struct tui_match tui_match_runs(const struct six_trace *a, const struct six_trace *b);
void tui_match_done(struct tui_match *match);
// The place in the second run that corresponds to a place in the first.
uint32_t tui_place(const struct tui_match *match, struct six_reader *from, uint32_t position, struct six_reader *to);

// ---- compare.c
// Puts another major at the side; 0: none any more, -1: the nearest that prints something else.
void tui_compare(struct tui *tui, int node);
void tui_draw_compared(struct tui *tui, struct tui_area area);  // in place of the panes and the sentences

void tui_say(struct tui *tui, bool bad, const char *format, ...) __attribute__((format(printf, 3, 4)));
uint32_t tui_line(const struct tui *tui, uint32_t site);  // the shown line, from 1; 0 none
uint32_t tui_current_line(const struct tui *tui, const struct six_moment *moment);
const char *tui_line_text(const struct tui *tui, uint32_t line, size_t *length);  // of what is shown
unsigned tui_task_style(const struct tui *tui, uint32_t task);
// The task that the event at the position is about, 0 none.
uint32_t tui_event_task(const struct tui *tui, uint32_t index);

// ---- move.c
bool tui_move(struct tui *tui, enum tui_request request);  // false: not a movement
void tui_go(struct tui *tui, uint32_t index);
bool tui_find_text(struct tui *tui, const char *text, bool backwards);
bool tui_add_breakpoint(struct tui *tui, const char *words);  // "line 7", "text done", "phase poll", "queue timers"

// ---- act.c
void tui_key(struct tui *tui, int key);
void tui_act(struct tui *tui, enum tui_request request);
void tui_keys(struct tui *tui, const char *keys);                              // "n<Right>/done<Enter>"
void tui_open_text(struct tui *tui, const char *title, struct six_text text);  // takes the text
uint32_t tui_subject(struct tui *tui);  // what a question is about: the chosen task, else the present event's; 0 none
void tui_details(struct tui *tui, uint32_t task, struct six_text *out);
void tui_help_text(const struct tui *tui, struct six_text *out);

// ---- command.c
void tui_command(struct tui *tui, const char *text);
void tui_goto(struct tui *tui, const char *text);
void tui_complete(struct tui *tui);                          // as far as it is clear
void tui_hint(const struct tui *tui, struct six_text *out);  // what may follow in the command prompt
bool tui_save(struct tui *tui, const char *path);

// ---- predict.c
bool tui_predict_stops(struct tui *tui, uint32_t from, uint32_t *to);  // a movement that would pass a printed line
void tui_predict_ask(struct tui *tui);
void tui_predict_answer(struct tui *tui, uint32_t choice);
void tui_predict_order(struct tui *tui);  // asks for the order of all that follow
void tui_predict_pick(struct tui *tui, uint32_t candidate);
void tui_predict_unpick(struct tui *tui);
void tui_predict_typed(struct tui *tui, const char *line);

// ---- screen.c, views.c
void tui_draw(struct tui *tui);
struct tui_view {
  enum tui_pane pane;
  const char *title;
  void (*draw)(struct tui *tui, const struct six_moment *moment, struct tui_area area);
};
extern const struct tui_view tui_views[TUI_PANES];
void tui_draw_queues(struct tui *tui, const struct six_moment *moment, struct tui_area area);  // all of them in few rows
void tui_index_tags(struct tui *tui);                                                          // after a change of what is shown

// ---- plain.c, loop.c
int tui_plain(struct tui *tui);
int tui_loop(struct tui *tui, bool *no_screen);  // sets no_screen when the terminal cannot show one

// ---- term_curses.c: the terminal
bool tui_term_open(int input, bool mouse, bool colour);
void tui_term_close(void);
void tui_term_size(int *width, int *height);
void tui_term_show(const struct tui_canvas *canvas, bool all);
int tui_term_key(struct tui *tui);  // -1: none waits
bool tui_term_is_utf8(void);

#endif
