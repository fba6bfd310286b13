// Predict, then see: a dialogue of lines. What was missed is asked again, in this session and sooner in the next ones.
#include "ui/quiz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ui/explain.h"

enum { SESSION = 10, AGAIN = 3 };  // questions; how often one is asked that is missed again and again

struct item {
  char *path;
  time_t due;  // 0: never asked
  int difficulty, asked;
};

struct quiz {
  const struct ui_options *options;
  struct quiz_memory *memory;
  struct item *items;  // of this session, in order; the missed ones are appended again
  int count, capacity;
  int right, hinted, answered, missed;
  int width;
  bool colour, forgets, over;
};

// ---- Which questions

static int by_turn(const void *left, const void *right) {
  const struct item *a = left, *b = right;
  bool a_new = !a->due, b_new = !b->due;
  if (a_new != b_new) return a_new - b_new;  // what is due comes before what is new
  if (!a_new && a->due != b->due) return a->due < b->due ? -1 : 1;
  if (a->difficulty != b->difficulty) return a->difficulty - b->difficulty;
  return strcmp(a->path, b->path);
}

static void add_item(struct quiz *quiz, struct item item) {
  if (quiz->count == quiz->capacity) {
    quiz->capacity = quiz->capacity ? quiz->capacity * 2 : 64;
    quiz->items = realloc(quiz->items, (size_t)quiz->capacity * sizeof *quiz->items);
    if (!quiz->items) abort();
  }
  quiz->items[quiz->count++] = item;
}

static int difficulty_of(const struct ui_options *options, const char *path) {
  struct ui_program program;
  struct six_text quiet = {0};
  int difficulty = 9;
  if (!ui_load(options, path, &program, &quiet)) {
    int given = six_scenario_info(program.scenario)->difficulty;
    if (given) difficulty = given;
    ui_unload(&program);
  }
  six_text_done(&quiet);
  return difficulty;
}

// What is due or new, at most as many as wanted. The time at which the next one is due, if it is none of these.
static time_t choose(struct quiz *quiz, char **files, int count, time_t now) {
  time_t next = 0;
  for (int i = 0; i < count; i++) {
    time_t due = quiz_due(quiz->memory, files[i]);
    if (due > now && !quiz->options->all) {
      if (!next || due < next) next = due;
      continue;
    }
    add_item(quiz, (struct item){.path = files[i], .due = due, .difficulty = difficulty_of(quiz->options, files[i])});
  }
  if (quiz->count) qsort(quiz->items, (size_t)quiz->count, sizeof *quiz->items, by_turn);
  return next;
}

// ---- The dialogue

static void tell(struct six_text *out) { ui_write_text(STDOUT_FILENO, out); }

static void say(struct quiz *quiz, const char *text) {
  struct six_text out = {0};
  ui_add_wrapped(&out, "", "", text, quiz->width);
  tell(&out);
}

// The next line of input without its end; NULL at the end of input. Borrowed until the next call.
static char *read_line(struct quiz *quiz, const char *prompt) {
  static char *line;
  static size_t capacity;
  ui_write(STDOUT_FILENO, prompt, strlen(prompt));
  ssize_t length = getline(&line, &capacity, stdin);
  if (length < 0) {
    quiz->over = true;
    free(line);
    line = NULL;
    capacity = 0;
    ui_write(STDOUT_FILENO, "\n", 1);
    return NULL;
  }
  line[strcspn(line, "\r\n")] = '\0';
  char *start = line + strspn(line, " \t");
  for (size_t end = strlen(start); end && (start[end - 1] == ' ' || start[end - 1] == '\t');) start[--end] = '\0';
  return start;
}

static bool is_word(const char *line, const char *word) { return !strcmp(line, word) || (line[0] == '/' && !strcmp(line + 1, word)); }

static void give_hint(struct quiz *quiz, const struct quiz_question *question, int *hints) {
  const struct six_scenario_info *info = six_scenario_info(question->program.scenario);
  if (*hints < info->hint_count) say(quiz, info->hints[(*hints)++]);
  else if (!info->hint_count && !(*hints)++) {
    struct six_text out = {0};
    six_text_addf(&out, "The first line is: %.*s", (int)question->lines[0].length, question->lines[0].text);
    say(quiz, out.bytes);
    six_text_done(&out);
  } else say(quiz, "There are no more hints.");
}

static void step_through(struct quiz *quiz, const char *path) {
  struct ui_options options = *quiz->options;
  char *files[] = {(char *)path};
  options.files = files;
  options.file_count = 1;
  ui_command_step.run(&options);
}

// An answer, or what else may be typed: true with an order.
static bool ask(struct quiz *quiz, const struct item *item, const struct quiz_question *question, int order[QUIZ_LINES], int *hints) {
  for (;;) {
    char *line = read_line(quiz, "\nIn order (h hint, s skip, q quit): ");
    if (!line) return false;
    struct six_text out = {0};
    if (is_word(line, "q") || !strcmp(line, "quit")) {
      quiz->over = true;
      return false;
    }
    if (!strcmp(line, "skip") || is_word(line, "s")) return false;
    // h, s and q may be lines' letters too; alone they are none, as an answer has them all.
    if (!strcmp(line, "hint") || is_word(line, "h")) give_hint(quiz, question, hints);
    else if (!*line || is_word(line, "?"))
      say(quiz,
          "Type the letters of the lines in the order in which they print, such as \"bca\". h gives a hint, s skips the question "
          "(it comes again), w steps through the program, q ends the quiz.");
    else if (!strcmp(line, "w")) step_through(quiz, item->path);
    else if (quiz_read_answer(question, line, order, &out)) return true;
    tell(&out);
  }
}

static void tell_right(struct quiz *quiz, const struct quiz_question *question, enum quiz_verdict verdict) {
  bool race = question->orders->count > 1;
  say(quiz, verdict == QUIZ_LEGAL ? "Right: Node may print that. Usually it prints this order:"
            : race                ? "Right: that is the usual order. Node does not promise it; 'sixphase orders' lists the others:"
                                  : "Right:");
}

static void answer(struct quiz *quiz, struct item *item, const struct quiz_question *question) {
  int order[QUIZ_LINES], hints = 0;
  struct six_text out = {0};
  quiz_ask(question, quiz->colour, quiz->width, &out);
  tell(&out);
  bool answered = ask(quiz, item, question, order, &hints);
  if (!answered && quiz->over) return;
  enum quiz_verdict verdict = answered ? quiz_judge(question, order) : QUIZ_WRONG;
  bool right = verdict != QUIZ_WRONG;
  ui_write(STDOUT_FILENO, "\n", 1);
  if (right) tell_right(quiz, question, verdict);
  else if (answered) quiz_explain_miss(question, order, quiz->width, &out);
  if (!right) six_text_adds(&out, answered ? "\nThe order is\n" : "The order is\n");
  quiz_tell_order(question, quiz->width, &out);
  tell(&out);
  quiz->answered += !item->asked;
  quiz->right += right && !item->asked;
  quiz->hinted += right && hints && !item->asked;
  quiz->missed += !right;
  // With a hint it was not known yet: the next session begins with it.
  if (!quiz_note(quiz->memory, item->path, right && !hints, time(NULL)) && !quiz->forgets) {
    quiz->forgets = true;
    ui_error(0, "the answers cannot be kept for the next time (XDG_STATE_HOME)");
  }
  if (!right && item->asked + 1 < AGAIN) {
    struct item again = *item;
    again.asked++;
    add_item(quiz, again);
  }
}

static void wait_for_next(struct quiz *quiz, const struct item *item) {
  while (!quiz->over) {
    char *line = read_line(quiz, "\nEnter goes on, w steps through it, q quits: ");
    if (!line || !*line) return;
    if (is_word(line, "q") || !strcmp(line, "quit")) quiz->over = true;
    else if (is_word(line, "w")) step_through(quiz, item->path);
    else return;
  }
}

static const char *base_name(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash ? slash + 1 : path;
}

static bool put_question(struct quiz *quiz, int at, int of) {
  struct item item = quiz->items[at];
  struct quiz_question question;
  if (!quiz_open(&question, quiz->options, item.path, quiz_times(quiz->memory, item.path))) return false;
  const struct six_scenario_info *info = six_scenario_info(question.program.scenario);
  struct six_text out = {0};
  six_text_addf(&out, "\n%s%d of %d", quiz->colour ? "\x1b[7m" : "== ", at + 1, of);
  if (item.asked) six_text_adds(&out, ", once more");
  if (info->topic) six_text_addf(&out, " | %s", info->topic);
  if (info->difficulty) six_text_addf(&out, " | %.*s", info->difficulty > 5 ? 5 : info->difficulty, "*****");
  six_text_addf(&out, " | %s%s\n\n", info->title ? info->title : base_name(item.path), quiz->colour ? "\x1b[0m" : " ==");
  tell(&out);
  answer(quiz, &item, &question);
  quiz_close(&question);
  return true;
}

static void sum_up(struct quiz *quiz, time_t next, time_t now) {
  struct six_text out = {0};
  if (quiz->answered) {
    six_text_addf(&out, "\n%d of %d right at first", quiz->right, quiz->answered);
    if (quiz->hinted) six_text_addf(&out, " (%d with hints)", quiz->hinted);
    six_text_adds(&out, quiz->missed ? "; what was missed comes first the next time.\n" : ".\n");
  } else if (!quiz->count && next) {
    long days = (long)((next - now) / 86400);
    six_text_adds(&out, "Nothing is due: everything was answered right. The next question comes ");
    if (days > 0) six_text_addf(&out, "in %ld day%s", days, days == 1 ? "" : "s");
    else six_text_adds(&out, "within a day");
    six_text_adds(&out, "; --all asks them all now.\n");
  } else if (!quiz->count) {
    six_text_adds(&out, "There is no question in it: a program that prints 2 to 20 lines, ending by itself, makes one.\n");
  }
  tell(&out);
}

static void hold_session(struct quiz *quiz) {
  int wanted = quiz->options->count ? (int)quiz->options->count : SESSION, usable = 0;
  // A program that makes no question is left out; the session is filled from the rest.
  for (int i = 0; i < quiz->count && usable < wanted; i++) {
    struct quiz_question question;
    if (!quiz_open(&question, quiz->options, quiz->items[i].path, 0)) continue;
    quiz_close(&question);
    quiz->items[usable++] = quiz->items[i];
  }
  quiz->count = usable;
  for (int i = 0; i < quiz->count && !quiz->over; i++) {
    put_question(quiz, i, quiz->count);
    if (i + 1 < quiz->count) wait_for_next(quiz, &quiz->items[i]);
  }
}

// Of many files those that make no question are left out; of one, or of the world for all, what is wrong is said.
static int check_first(const struct ui_options *options, char **files, int count) {
  struct ui_program program;
  if (count == 0 || (count > 1 && !options->world)) return 0;
  int status = ui_load(options, files[0], &program, NULL);
  if (!status) ui_unload(&program);
  return status;
}

static int quiz(const struct ui_options *options) {
  char *library = options->file_count ? NULL : ui_library_path(), **files = NULL;
  if (!options->file_count && !library)
    return ui_error(SIX_STATUS_NO_INPUT, "the library of scenarios is not installed; name a directory, or set SIXPHASE_SCENARIOS");
  struct quiz quiz = {.options = options, .memory = quiz_memory_read(), .colour = ui_use_color(options, STDOUT_FILENO)};
  quiz.width = ui_width(STDOUT_FILENO);
  int count = 0, status = ui_find_files(library ? &library : options->files, library ? 1 : options->file_count, &files, &count);
  if (!status) status = check_first(options, files, count);
  time_t now = time(NULL), next = status ? 0 : choose(&quiz, files, count, now);
  if (!status) {
    hold_session(&quiz);
    sum_up(&quiz, next, now);
  }
  free(quiz.items);
  quiz_memory_free(quiz.memory);
  ui_free_files(files, count);
  free(library);
  return status;
}

const struct ui_command ui_command_quiz = {
    .name = "quiz",
    .arguments = "[PATH...]",
    .summary = "Predict the order, then see: with hints, a score, and what was missed again and again",
    .details =
        "Each question is a program and the lines that it prints, with a letter each; the answer is the letters in order.\n"
        "Any order that Node may print is right. After a wrong answer the rule is told that decides the first wrong line.\n"
        "Without a PATH the questions are the scenarios that came with sixphase. What was answered right comes again after\n"
        "1, 3, 7, 21 and 60 days, what was missed at once; the answers are kept in $XDG_STATE_HOME/sixphase/quiz\n"
        "(~/.local/state). A program needs no expectation to be a question: it has to end, and to print 2 to 20 lines.\n",
    .least = 0,
    .most = -1,
    .options = UI_OPTION_COMMON | UI_OPTION_QUIZ,
    .run = quiz,
};
