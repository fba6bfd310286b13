// The same program again: the loop's side on a real libuv loop, and the whole on real Nodes if given. Where Node promises
// an order it must be the simulation's; where it does not, it is told which of the legal ones happened.
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ui/compare.h"
#include "ui/folder.h"
#include "ui/real_node.h"

static const uint64_t longest_ns = 10ull * 1000000000;  // of virtual time, which a real loop waits for in real time

struct verify {
  const struct ui_options *options;
  struct ui_program program;
  const char *folder;
  int node;  // of the comparison with libuv
  int status;
  struct six_text text;  // the report
  bool many;             // JSON: something stands in the array already
};

// ---- The simulation
static struct six_result *simulate(struct verify *verify, int node, const struct six_rules *rules, struct ui_lines *lines) {
  struct six_options how = ui_run_options(verify->options);
  how.node = node;
  how.rules = rules;
  how.record_trace = true;
  struct six_result *result = ui_run(&verify->program, &how, &verify->status, NULL);
  if (!result) return NULL;
  if (result->message.length) {
    ui_write(STDERR_FILENO, result->message.bytes, result->message.length);
    verify->status = result->exit;
    six_result_free(result);
    return NULL;
  }
  ui_lines_of_run(lines, result);
  return result;
}

// ---- The report
static void add_quoted(struct six_text *out, const struct ui_line *line) {
  enum { MOST = 60 };
  size_t length = line->length > MOST ? MOST : line->length;
  six_text_adds(out, line->fd == 2 ? "stderr '" : "'");
  for (size_t i = 0; i < length; i++)
    six_text_addc(out, (unsigned char)line->text[i] < 0x20 || line->text[i] == 0x7F ? '?' : line->text[i]);
  six_text_adds(out, line->length > MOST ? "...'" : "'");
}

static const struct ui_line *line_at(const struct ui_lines *lines, size_t number, bool only_stdout) {
  size_t n = 0;
  for (size_t i = 0; i < lines->count; i++)
    if ((!only_stdout || lines->items[i].fd == 1) && ++n == number) return &lines->items[i];
  return NULL;
}

static void add_line_or_none(struct six_text *out, const struct ui_line *line) {
  if (line) add_quoted(out, line);
  else six_text_adds(out, "no line");
}

struct compared {
  const char *with;  // "libuv 1.44.2", "v10.24.1"
  const struct ui_lines *simulated, *other;
  int simulated_exit, other_exit;
  bool only_stdout;
  const struct ui_comparison *comparison;
};

static size_t count_of(const struct ui_lines *lines, bool only_stdout) {
  size_t n = 0;
  for (size_t i = 0; i < lines->count; i++) n += !only_stdout || lines->items[i].fd == 1;
  return n;
}

static void add_races(struct six_text *out, const struct ui_comparison *comparison) {
  for (size_t i = 0; i < comparison->race_count && i < UI_RACES; i++) {
    const struct ui_race *race = &comparison->races[i];
    six_text_adds(out, "    ");
    add_quoted(out, race->first);
    if (race->second) six_text_adds(out, " before "), add_quoted(out, race->second);
    six_text_addf(out, ": %s\n", comparison->reasons[i].length ? comparison->reasons[i].bytes : "Node does not promise it");
  }
  if (comparison->race_count > UI_RACES) six_text_addf(out, "    and %zu more\n", comparison->race_count - UI_RACES);
}

// The lines around the first that differs, which is marked.
static void add_other_lines(struct six_text *out, const struct compared *c) {
  enum { BEFORE = 8, AFTER = 24 };
  size_t line = c->comparison->line, n = 0, left = 0;
  for (size_t i = 0; i < c->other->count; i++) {
    if (c->only_stdout && c->other->items[i].fd != 1) continue;
    if (++n + BEFORE < line) continue;
    if (n > line + AFTER) {
      left++;
      continue;
    }
    six_text_adds(out, n == line ? "    > " : "    | ");
    six_text_add(out, c->other->items[i].text, c->other->items[i].length);
    six_text_addc(out, '\n');
  }
  if (left) six_text_addf(out, "    and %zu more\n", left);
}

static void report_text(struct verify *verify, const struct compared *c) {
  struct six_text *out = &verify->text;
  const struct ui_comparison *comparison = c->comparison;
  size_t count = count_of(c->simulated, c->only_stdout);
  if (comparison->verdict == UI_SAME && c->simulated_exit == c->other_exit) {
    six_text_addf(out, "  same: %zu line%s in the same order, exit status %d\n", count, count == 1 ? "" : "s", c->other_exit);
    return;
  }
  if (comparison->verdict == UI_RACE) {
    six_text_addf(out, "  race: %s took another legal order, from line %zu on:\n", c->with, comparison->line);
    add_other_lines(out, c);
    if (comparison->race_count) {
      six_text_adds(out, "  The simulation has, typically and not promised,\n");
      add_races(out, comparison);
    } else six_text_addf(out, "  The simulation takes it where %s\n", comparison->reasons[0].bytes);
  }
  if (comparison->verdict == UI_DIFFERS) {
    six_text_addf(out, "  differs: line %zu is ", comparison->line);
    add_line_or_none(out, line_at(c->simulated, comparison->line, c->only_stdout));
    six_text_adds(out, " in the simulation, ");
    add_line_or_none(out, line_at(c->other, comparison->line, c->only_stdout));
    six_text_addf(out, " with %s\n", c->with);
    if (comparison->reasons[0].length) six_text_addf(out, "    promised: %s\n", comparison->reasons[0].bytes);
  }
  if (c->simulated_exit != c->other_exit)
    six_text_addf(out, "  differs: exit status %d in the simulation, %d with %s\n", c->simulated_exit, c->other_exit, c->with);
}

static const char *verdict_name(const struct compared *c) {
  if (c->simulated_exit != c->other_exit || c->comparison->verdict == UI_DIFFERS) return "differs";
  return c->comparison->verdict == UI_SAME ? "same" : "race";
}

static void report_json(struct verify *verify, const struct compared *c) {
  struct six_text *out = &verify->text;
  six_text_addf(out, ", \"verdict\": \"%s\", \"exit\": %d, \"stdout\": ", verdict_name(c), c->other_exit);
  struct six_text text = {0};
  for (size_t i = 0; i < c->other->count; i++) {
    if (c->other->items[i].fd != 1) continue;
    six_text_add(&text, c->other->items[i].text, c->other->items[i].length);
    six_text_addc(&text, '\n');
  }
  six_text_add_json(out, text.bytes ? text.bytes : "", text.length);
  six_text_done(&text);
  if (c->comparison->line) six_text_addf(out, ", \"line\": %zu", c->comparison->line);
  six_text_adds(out, ", \"races\": [");
  for (size_t i = 0; i < c->comparison->race_count && i < UI_RACES && c->comparison->verdict == UI_RACE; i++) {
    const struct ui_race *race = &c->comparison->races[i];
    six_text_adds(out, i ? ", {\"first\": " : "{\"first\": ");
    six_text_add_json(out, race->first->text, race->first->length);
    if (race->second) six_text_adds(out, ", \"second\": "), six_text_add_json(out, race->second->text, race->second->length);
    six_text_adds(out, ", \"because\": ");
    six_text_add_json(out, c->comparison->reasons[i].bytes ? c->comparison->reasons[i].bytes : "", c->comparison->reasons[i].length);
    six_text_addc(out, '}');
  }
  six_text_adds(out, "]}");
}

static void report(struct verify *verify, const struct compared *c) {
  (verify->options->json ? report_json : report_text)(verify, c);
  if (!verify->status && !strcmp(verdict_name(c), "differs")) verify->status = 1;
}

// Starts an entry: its head in words, or a JSON object without its end.
static void begin_entry(struct verify *verify, const char *name, const char *version, int node, const char *note) {
  struct six_text *out = &verify->text;
  if (!verify->options->json) {
    six_text_addf(out, "%s %s, the rules of Node %d%s\n", name, version, node, note);
    return;
  }
  six_text_adds(out, verify->many ? ", {\"with\": " : "{\"with\": ");
  verify->many = true;
  six_text_add_json(out, name, strlen(name));
  six_text_addf(out, ", \"version\": \"%s\", \"node\": %d", version, node);
}

// A whole order that differs may be one of the legal ones, though no pair of its lines says so.
static void find_order(const struct verify *verify, int node, const struct six_rules *rules, int exit, const struct six_text *out,
                       struct ui_comparison *comparison) {
  struct six_options how = ui_run_options(verify->options);
  struct six_diag diag = {0};
  how.node = node;
  how.rules = rules;
  struct six_orders *orders = six_orders_find(verify->program.scenario, &how, 0, &diag);
  for (uint32_t i = 1; orders && i < orders->count; i++) {
    const struct six_found_order *order = &orders->orders[i];
    if (order->exit != exit || order->out.length != out->length) continue;
    if (out->length && memcmp(order->out.bytes, out->bytes, out->length)) continue;
    comparison->verdict = UI_RACE;
    six_text_done(&comparison->reasons[0]);
    six_text_addf(&comparison->reasons[0], "%s (--schedule=%s)", order->because, order->schedule);
    break;
  }
  six_orders_free(orders);
}

// ---- libuv
static void with_libuv(struct verify *verify) {
  struct six_rules rules, own;
  six_rules_for(verify->node, &own);
  rules = own;
  six_rules_of_libuv(&rules);
  bool moved = rules.cell[SIX_RULE_TIMERS_AT_END] != own.cell[SIX_RULE_TIMERS_AT_END];
  const char *note = !moved ? ""
                     : rules.cell[SIX_RULE_TIMERS_AT_END]
                         ? "; but this libuv runs timers at the end of a turn, as in Node 20 and later (R3)"
                         : "; but this libuv runs timers at the beginning of a turn, as in Node 18 and earlier (R3)";
  struct ui_lines simulated, real;
  struct six_result *first = simulate(verify, verify->node, &rules, &simulated);
  if (!first) return;
  uint64_t most = verify->options->max_time_ns ? verify->options->max_time_ns : longest_ns;
  if (first->virtual_ns > most) {
    struct six_text takes = {0};
    six_say_ns(first->virtual_ns, &takes);
    verify->status =
        ui_error(SIX_STATUS_BUDGET, "the program takes %s of virtual time; on a real loop its timers would wait for as long (--max-time)",
                 takes.bytes);
    six_text_done(&takes);
  } else {
    struct six_options how = ui_run_options(verify->options);
    how.node = verify->node;
    how.rules = &rules;
    how.record_trace = true;
    how.folder = verify->folder;
    how.max_time_ns = most + longest_ns;
    struct six_result *second = ui_run(&verify->program, &how, &verify->status, NULL);
    if (second && second->exit == SIX_STATUS_UNSUPPORTED && first->exit != SIX_STATUS_UNSUPPORTED) {
      verify->status = SIX_STATUS_UNSUPPORTED;  // the message says what the real loop cannot do
      ui_write(STDERR_FILENO, second->message.bytes, second->message.length);
      six_result_free(second);
    } else if (second) {
      struct ui_comparison comparison;
      ui_lines_of_run(&real, second);
      ui_compare(&simulated, &real, false, &comparison);
      if (comparison.verdict == UI_DIFFERS) find_order(verify, verify->node, &rules, second->exit, &second->out, &comparison);
      begin_entry(verify, "libuv", six_libuv_version(), verify->node, note);
      report(verify, &(struct compared){"libuv", &simulated, &real, first->exit, second->exit, false, &comparison});
      if (second->message.length) ui_write(STDERR_FILENO, second->message.bytes, second->message.length);
      ui_comparison_done(&comparison);
      ui_lines_done(&real);
      six_result_free(second);
    }
  }
  ui_lines_done(&simulated);
  six_result_free(first);
}

// ---- A real Node
static int own_folder(const struct verify *verify, int number, struct six_text *folder) {
  six_text_addf(folder, "%s/node%d", verify->folder, number);
  return ui_make_folder(folder->bytes);
}

// The program knows its folder by another name there.
static void rename_folder(struct six_text *text, const char *folder, const char *name) {
  struct six_text out = {0};
  size_t length = strlen(folder);
  for (size_t i = 0; i < text->length;) {
    if (text->length - i >= length && !memcmp(text->bytes + i, folder, length)) {
      six_text_adds(&out, name);
      i += length;
    } else six_text_addc(&out, text->bytes[i++]);
  }
  six_text_done(text);
  *text = out;
}

struct node_run {  // the program in a real Node
  const char *path, *folder, *version;
  int major;
};

static void compare_with_node(struct verify *verify, const struct node_run *run, const struct six_result *result,
                              const struct ui_lines *simulated, struct ui_answer *answer, bool last) {
  struct ui_lines real;
  struct ui_comparison comparison;
  ui_lines_of_text(&real, answer->out.bytes ? answer->out.bytes : "", answer->out.length);
  ui_compare(simulated, &real, true, &comparison);
  if (comparison.verdict == UI_DIFFERS) find_order(verify, run->major, NULL, answer->exit, &answer->out, &comparison);
  struct compared compared = {run->version, simulated, &real, result->exit, answer->exit, true, &comparison};
  answer->differs = !strcmp(verdict_name(&compared), "differs");
  if (!answer->differs || last) {
    begin_entry(verify, "Node", run->version, run->major, "");
    report(verify, &compared);
  }
  ui_comparison_done(&comparison);
  ui_lines_done(&real);
}

// Asks it once; false: its answer differs, and it may be asked again.
static bool ask_node(struct verify *verify, const struct node_run *run, const char *program, const struct six_result *result,
                     const struct ui_lines *simulated, bool last) {
  const struct six_world *world = six_scenario_world(verify->program.scenario);
  const char *arguments[64] = {program};
  for (uint32_t i = 0; world && i < world->argv_count && i < 60; i++) arguments[i + 1] = world->argv[i];
  struct ui_answer answer = {0};
  uint64_t limit = (result->virtual_ns < longest_ns ? result->virtual_ns : longest_ns) / 1000000 + 10000;
  ui_ask_process(run->path, arguments, &verify->program, run->folder, limit, &answer);
  if (!answer.started) verify->status = ui_error(SIX_STATUS_NO_INPUT, "cannot run %s: %s", run->path, answer.why);
  else if (answer.hung)
    verify->status = ui_error(1, "%s did not end the program within %llu ms; it was stopped", run->path, (unsigned long long)limit);
  else if (answer.signal) verify->status = ui_error(1, "%s crashed on the program (signal %d)", run->path, answer.signal);
  else {
    if (world) rename_folder(&answer.out, run->folder, world->cwd);
    compare_with_node(verify, run, result, simulated, &answer, last);
  }
  six_text_done(&answer.out);
  return !answer.differs;
}

// Its times are real: on a busy machine a timer can come tens of milliseconds late. What differs is asked again.
static void run_node(struct verify *verify, const struct node_run *run) {
  enum { ATTEMPTS = 3 };
  struct ui_lines simulated;
  struct six_result *result = simulate(verify, run->major, NULL, &simulated);
  if (!result) return;
  char *program = ui_place_program(&verify->program, run->folder);
  if (!program) verify->status = ui_error(SIX_STATUS_IO, "cannot write the program into %s", run->folder);
  for (int attempt = 1; program && attempt <= ATTEMPTS; attempt++)
    if (ask_node(verify, run, program, result, &simulated, attempt == ATTEMPTS)) break;
  free(program);
  ui_lines_done(&simulated);
  six_result_free(result);
}

static void with_node(struct verify *verify, const char *path, int number) {
  struct six_text folder = {0};
  char version[32];
  int status = own_folder(verify, number, &folder), before = verify->status;
  if (!status) {
    int major = ui_node_major(path, folder.bytes, version, &status);
    verify->status = 0;
    if (major) run_node(verify, &(struct node_run){path, folder.bytes, version, major});
    status = status ? status : verify->status;
  }
  verify->status = before ? before : status;
  six_text_done(&folder);
}

// ---- All of it, in a process with a folder
static int check_all(void *context, const char *folder) {
  struct verify *verify = context;
  verify->folder = folder;
  if (verify->options->json) six_text_adds(&verify->text, "{\"runs\": [");
  with_libuv(verify);
  for (int i = 0; i < verify->options->with_node_count; i++) with_node(verify, verify->options->with_node[i], i);
  if (verify->options->json)
    six_text_addf(&verify->text, "], \"verdict\": \"%s\"}\n",
                  verify->status == SIX_STATUS_UNSUPPORTED ? "not supported"
                  : verify->status                         ? "differs"
                                                           : "agrees");
  ui_write_text(STDOUT_FILENO, &verify->text);
  return verify->status;
}

static int verify_file(const struct ui_options *options) {
  struct verify verify = {.options = options};
  int status = ui_load(options, options->files[0], &verify.program, NULL);
  if (status) return status;
  int wanted = six_scenario_info(verify.program.scenario)->node;
  verify.node = options->node ? options->node : wanted ? wanted : SIX_NODE_DEFAULT;
  status = ui_in_folder(check_all, &verify);
  ui_unload(&verify.program);
  return status;
}

const struct ui_command ui_command_verify = {
    .name = "verify",
    .arguments = "FILE",
    .summary = "The same program on a real libuv loop, and on a real Node if given; compares",
    .details =
        "The queues and rules of Node stay ours; timers, immediates, files, the thread pool and sockets are libuv's, in real\n"
        "time and on real temporary files. Orders are compared wherever Node promises them; where it is a race, the order\n"
        "that happened is shown. The loop is that of the libuv linked with sixphase, whatever --node says (R3). A program\n"
        "of more than 10 s of virtual time is refused (--max-time).\n\n"
        "--with-node=PATH, as often as wanted, runs the program (a JSON scenario as the JavaScript it stands for, with the\n"
        "files of its world) in that Node too, in a temporary folder that is removed afterwards, and compares stdout and\n"
        "exit status with the simulation under the rules of that Node's major.\n\n"
        "Exit status: 0 all agree; 1 something differs, or a Node hung or crashed; 66 a PATH is not Node;\n"
        "69 the real loop has no such thing (worker threads).\n",
    .least = 1,
    .most = 1,
    .options = UI_OPTION_COMMON | UI_OPTION_JSON | UI_OPTION_NODES,
    .run = verify_file,
};
