// ui: what the subcommands share: options, files, output. A subcommand is one file with one constant `ui_command`.
#ifndef SIX_UI_H
#define SIX_UI_H

#include "sim/sixphase.h"

enum ui_color { UI_COLOR_AUTO, UI_COLOR_ALWAYS, UI_COLOR_NEVER };

enum { UI_NODES = 32 };

// The command line, parsed. Strings are borrowed from argv.
struct ui_options {
  const char *command;
  char **files;  // what is not an option
  int file_count;
  const char *with_node[UI_NODES];  // --with-node
  int with_node_count;
  int node;  // 0: not given
  uint64_t max_schedules, count;
  const char *world, *schedule, *to, *format, *size, *keys, *at;
  uint64_t max_steps, max_time_ns;
  size_t max_memory, max_output;
  enum ui_color color;
  enum six_lang lang;
  bool json, expect_guaranteed, plain, ascii, no_mouse, predict, all;
};

// Options beside those that every command knows; a command's `options` is a sum of them.
enum {
  UI_OPTION_TO = 1,
  UI_OPTION_FORMAT = 2,
  UI_OPTION_JSON = 4,
  UI_OPTION_SCREEN = 8,     // --plain, --ascii, --no-mouse, --predict
  UI_OPTION_SNAPSHOT = 16,  // --at, --size, --keys
  UI_OPTION_ORDERS = 128,   // --expect-guaranteed, --max-schedules
  UI_OPTION_COMMON = 32,    // --node, --world, budgets, --schedule, --lang
  UI_OPTION_NODES = 64,     // --with-node
  UI_OPTION_QUIZ = 256,     // --all, --count
};

struct ui_command {
  const char *name;
  const char *arguments;  // "FILE"
  const char *summary;    // one line for the list of commands
  const char *details;    // paragraphs for its --help, or NULL
  int least, most;        // how many files it takes; most -1: any number
  unsigned options;
  int (*run)(const struct ui_options *options);  // returns the exit status
};

extern const struct ui_command ui_command_run, ui_command_orders, ui_command_explain, ui_command_step, ui_command_snapshot,
    ui_command_trace, ui_command_export, ui_command_matrix, ui_command_test, ui_command_check, ui_command_list, ui_command_rules,
    ui_command_verify, ui_command_quiz, ui_command_help;
// All of them, NULL at the end.
extern const struct ui_command *const ui_commands[];

// ---- options.c
// Parses argv from `first` on. false after a message on stderr (exit 64).
bool ui_options_parse(struct ui_options *options, const struct ui_command *command, int argc, char **argv, int first);
void ui_options_help(const struct ui_command *command, struct six_text *out);
// The candidate nearest to a misspelt word, or NULL when none is near.
const char *ui_nearest(const char *word, const char *const *candidates, int count);
bool ui_parse_size(const char *text, size_t *width, size_t *height);  // "100x30"

// ---- output.c
// Writes everything or ends the process with 74 after a message: nothing that was printed before is lost.
void ui_write(int fd, const char *bytes, size_t length);
void ui_write_text(int fd, struct six_text *text);  // and releases it
// The callback for six_options.write.
void ui_write_program(void *context, int fd, const char *bytes, size_t length);
// "sixphase: " message on stderr; returns `status`.
int ui_error(int status, const char *format, ...) __attribute__((format(printf, 2, 3)));
bool ui_use_color(const struct ui_options *options, int fd);
int ui_width(int fd);  // columns of the terminal there, else 100
// Appends text, broken at spaces (and where it has line feeds) to lines of `width` columns: the first after `indent`, the
// others after `rest`.
void ui_add_wrapped(struct six_text *out, const char *indent, const char *rest, const char *text, int width);

// ---- file.c
// Reads a whole file ("-": standard input) into malloc'd, NUL-terminated bytes; 0, or an exit status after a message.
int ui_read_file(const char *path, char **bytes, size_t *length);
// The paths of the scenarios in PATHs (files, or directories searched deeply), sorted, for ui_free_files.
int ui_find_files(char **paths, int count, char ***found, int *found_count);
void ui_free_files(char **files, int count);
// The directory of the library of scenarios; a malloc'd path, NULL if there is none.
char *ui_library_path(void);

// ---- load.c
struct ui_program {
  const char *path;
  char *bytes;
  size_t length;
  struct six_scenario *scenario;
};
// Reads and parses a file, and the --world if there is one; 0, or an exit status after a message. `quiet` collects the
// message instead of printing it, when not NULL.
int ui_load(const struct ui_options *options, const char *path, struct ui_program *program, struct six_text *quiet);
void ui_unload(struct ui_program *program);
// Options for six_run as the command line has them.
struct six_options ui_run_options(const struct ui_options *options);
// Runs, or prints why it cannot: then NULL and *status is set.
struct six_result *ui_run(const struct ui_program *program, const struct six_options *options, int *status, struct six_text *quiet);
// Prints what is wrong with the program (or collects it in `quiet`).
int ui_report(const struct ui_program *program, const struct six_diag *diag, struct six_text *quiet);  // returns the exit status
// The text that is shown for the program: JavaScript. For a JSON scenario, printed from it, and `lines` maps its sites.
struct ui_shown {
  struct six_text text;
  struct six_line_map_entry *lines;
  uint32_t line_count;
};
// The number of the trace's source that is the program's own text, not one of Node's.
uint32_t ui_unit(const struct ui_program *program, const struct six_trace *trace);
void ui_show(const struct ui_program *program, struct ui_shown *shown, struct six_reader *reader);
void ui_shown_done(struct ui_shown *shown);

#endif
