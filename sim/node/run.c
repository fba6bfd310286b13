// A run: trace = simulate(program, world, rules). Sets everything up, runs the main script, then the loop as R1 says.
#include "sim/node/run.h"

#include <stdlib.h>
#include <string.h>

#include "sim/node/commonjs.h"
#include "sim/node/esm.h"
#include "sim/node/host.h"
#include "sim/node/library.h"
#include "sim/node/worker.h"

const struct six_world *six_scenario_world(const struct six_scenario *scenario) __attribute__((weak));

static struct six_options resolve_options(const struct six_options *given) {
  struct six_options options = *given;
  if (!options.max_steps) options.max_steps = UINT64_C(1100000000);
  if (!options.max_time_ns) options.max_time_ns = UINT64_C(26) * 86400 * SIX_SECOND;  // longer than the longest timer
  if (options.max_time_ns > UINT64_C(49) * 86400 * SIX_SECOND) options.max_time_ns = UINT64_C(49) * 86400 * SIX_SECOND;
  if (!options.max_memory) options.max_memory = (size_t)3 << 29;
  if (!options.max_output) options.max_output = (size_t)64 << 20;
  return options;
}

static char *absolute_name(const struct six_world *world, const char *name) {
  const char *base = strrchr(name, '/');
  struct six_text text = {0};
  six_text_addf(&text, "%s/%s", strcmp(world->cwd, "/") ? world->cwd : "", base ? base + 1 : name);
  return text.bytes;
}

static const struct six_host *host_for(const struct six_options *options) {
  if (!options->record_trace) return &six_node_host;
  return options->record_statements ? &six_node_host_detailed : &six_node_host_traced;
}

static void init_values(struct six_nodejs *node) {
  for (int i = 0; i < SIX_MODULE_COUNT; i++) node->module_exports[i] = SIX_EMPTY;
  for (int i = 0; i < SIX_GLOBAL_COUNT; i++) node->globals[i] = SIX_EMPTY;
  for (size_t i = 0; i < sizeof node->roots / sizeof *node->roots; i++) node->roots[i] = SIX_UNDEFINED;
  node->main_module = node->require_cache = node->process = SIX_EMPTY;
  node->exit_code = SIX_UNDEFINED;
  node->next_async_id = node->rules->major < 11 ? 3 : 1;  // start-up has some of its own
}

bool six_node_set_up(struct six_nodejs *node, struct six_diag *diag) {
  init_values(node);
  node->outside = six_outside_new(node->world, node->options.schedule);
  if (!node->outside) return six_fail(diag, SIX_STATUS_USAGE, (struct six_span){0, 0}, "'%s' is not a schedule", node->options.schedule);
  if (!node->options.folder && (node->options.explore || node->options.record_trace))
    six_outside_explore(node->outside, node->options.explore);
  if (node->options.record_trace) {
    node->trace = node->result->trace = six_trace_new();
    six_node_remember(node);
    six_trace_add(node->trace, SIX_EV_RUN_BEGIN, 0, 0, 0, 0, 0);
    six_trace_set_source(node->trace, 0, node->display_name, node->program->source.bytes, node->program->source.length);
  }
  node->m = six_machine_new(node->rules, host_for(&node->options), node);
  six_outside_count(node->outside, &node->m->fuel);
  six_outside_set_counter(node->outside, 0);  // its first filling is free: most of it goes into what is made at the start
  six_node_name_global(node);
  six_library_language(node);
  six_machine_limit_memory(node->m, node->options.max_memory);
  node->m->tracing = node->m->watched = node->options.record_trace && node->options.record_statements;
  node->loop = six_loop_new(node->rules, node->outside, node->trace, &six_node_loop_host, node);
  six_loop_set_task_limit(node->loop, 1);
  const char *folder = node->options.folder;
  if (folder && !six_loop_use_libuv(node->loop, folder, node->world->threads, node->options.max_time_ns))
    return six_fail(diag, SIX_STATUS_BUG, (struct six_span){0, 0}, "libuv cannot make a loop");
  return true;
}

void six_node_tear_down(struct six_nodejs *node) {
  six_threads_free(node);
  for (int i = 0; i < SIX_MODULE_COUNT; i++)
    if (node->free_state[i] && node->state[i]) node->free_state[i](node, node->state[i]);
  if (node->m) six_machine_free(node->m);
  struct six_loop *loop = node->loop;
  node->loop = NULL;
  six_loop_free(loop);
  six_outside_free(node->outside);
  six_node_rejections_free(node);
  six_esm_free(node);
  if (!node->memo_is_given) six_memo_free(node->options.memo);
  free(node->memo);
  free((char *)node->file_name);
  free((char *)node->dir_name);
}

// ---- The main script.
static enum six_outcome run_script(struct six_nodejs *node, struct six_object *main) {
  six_root(node->m, six_object_value(main));
  struct six_object *module = six_commonjs_module(node, ".", node->file_name, SIX_UNDEFINED);
  if (six_is_exception(six_commonjs_run(node, module, main))) return six_node_report(node);
  return SIX_DONE;
}

// Syntax that this major cannot read yet: the program ends as one with a SyntaxError does.
static bool is_readable(struct six_nodejs *node) {
  struct six_diag diag = {0};
  if (six_check_syntax(node->m, node->program, &diag)) return true;
  bool misread = six_is_misread(node->m, node->program);
  if (misread && (strstr(diag.message, "import statement") || strstr(diag.message, "'export'"))) six_node_warn_of_module(node);
  six_node_set_base(node, misread || node->program->kind == SIX_SOURCE_SCRIPT ? "=syntax" : "=syntax_esm");
  six_throw_syntax(node->m, "%s", diag.message + strlen("SyntaxError: "));
  six_note_parse_error(node->m, misread ? node->file_name : node->m->units[0].url, &node->program->source, &diag);
  return false;
}

static enum six_outcome run_main(void *context, const struct six_task *task) {
  struct six_nodejs *node = context;
  struct six_object *main = (struct six_object *)(uintptr_t)task->b;
  size_t roots = six_roots_mark(node->m);
  enum six_outcome outcome;
  six_node_set_base(node, "=main");
  if (!is_readable(node)) outcome = six_node_report(node);
  else if (node->program->kind == SIX_SOURCE_SCRIPT) outcome = run_script(node, main);
  else outcome = six_esm_run_main(node, main, node->file_name);
  node->m->async_context = SIX_UNDEFINED;
  six_roots_release(node->m, roots);
  return outcome;
}

// ---- R1: the loop, beforeExit until nothing revives it, exit.
static void spin(struct six_nodejs *node) {
  do {
    if (!six_loop_run(node->loop)) return;
    six_node_check_begins(node);
    six_node_emit_before_exit(node);
    if (node->m->stop) return;
  } while (six_loop_alive(node->loop));
  six_node_emit_exit(node);
  if (!node->m->stop) node->final_status = six_node_exit_status(node);
}

static int status_of_stop(struct six_nodejs *node) {
  switch (node->m->stop) {
    case SIX_STOP_NONE:
    case SIX_STOP_EXIT: return node->final_status;
    case SIX_STOP_UNSUPPORTED: return SIX_STATUS_UNSUPPORTED;
    default: return SIX_STATUS_BUDGET;
  }
}

static void explain_stop(struct six_nodejs *node) {
  struct six_machine *m = node->m;
  struct six_text *message = &node->result->message;
  if (m->stop == SIX_STOP_NONE || m->stop == SIX_STOP_EXIT) return;
  const char *what = m->stop == SIX_STOP_MEMORY && !m->stop_message[0] ? "the memory budget ran out (--max-memory)" : m->stop_message;
  if (m->stop == SIX_STOP_UNSUPPORTED && m->stop_unit < m->units_count) {
    struct six_diag diag = {.status = SIX_STATUS_UNSUPPORTED, .span = m->stop_span, .has_span = true};
    strncpy(diag.message, what, sizeof diag.message - 1);
    struct six_source source = m->units[m->stop_unit].program->source;
    if (m->stop_unit == 0) source.name = node->display_name;
    six_diag_write(&diag, &source, message);
    return;
  }
  six_text_addf(message, "%s: error: %s\n", node->display_name, what);
}

// Budgets were noted when they ran out.
static void note_unsupported(struct six_nodejs *node) {
  if (!node->trace || node->m->stop != SIX_STOP_UNSUPPORTED) return;
  uint32_t text = six_trace_add_text(node->trace, node->m->stop_message, strlen(node->m->stop_message));
  six_trace_add(node->trace, SIX_EV_STOP, 0, 0, 0, SIX_STOP_UNSUPPORTED, text);
}

static void log_choices(struct six_nodejs *node, struct six_result *result) {
  result->choices = six_outside_choices(node->outside);
  if (!node->options.explore || !result->choices) return;
  result->choice_log = calloc(result->choices, sizeof *result->choice_log);
  if (!result->choice_log) abort();
  for (uint32_t i = 0; i < result->choices; i++) {
    const struct six_choice *choice = six_outside_choice(node->outside, i);
    result->choice_log[i] = (struct six_choice_taken){choice->kind, choice->taken, choice->typical, choice->alternatives, choice->state};
  }
}

static void finish(struct six_nodejs *node) {
  struct six_result *result = node->result;
  explain_stop(node);
  result->exit = status_of_stop(node);
  if (node->trace) {
    six_trace_set_time(node->trace, six_node_time(node));
    note_unsupported(node);
    six_trace_add(node->trace, SIX_EV_EXIT, 94, 0, 0, (uint32_t)result->exit, 0);
  }
  six_node_flush(node);
  result->steps = six_node_steps(node);
  result->virtual_ns = six_outside_now(node->outside);
  log_choices(node, result);
  result->out = node->out;
  result->err = node->err;
}

bool six_node_run_main(struct six_nodejs *node, struct six_object *main) {
  struct six_task task = {.run = run_main, .a = six_object_value(main), .b = (uintptr_t)main};
  if (node->trace) task.id = six_trace_enqueue(node->trace, SIX_TASK_MAIN, 1, 0, 0);
  return six_loop_run_main(node->loop, &task) && !node->m->stop;
}

struct six_object *six_node_compile_main(struct six_nodejs *node, struct six_diag *diag) {
  struct six_text url = {0};  // modules are known by their URL
  six_text_addf(&url, "%s%s", node->program->kind == SIX_SOURCE_MODULE ? "file://" : "", node->file_name);
  struct six_object *main = six_compile(node->m, (struct six_program *)node->program, url.bytes, diag);
  six_text_done(&url);
  return main;
}

struct six_result *six_run_program(const struct six_program *program, const char *file_name, const struct six_world *world,
                                   const struct six_options *options, struct six_diag *diag) {
  struct six_rules rules;
  if (options->rules) rules = *options->rules;
  else if (!six_rules_for(options->node ? options->node : SIX_NODE_DEFAULT, &rules)) {
    six_fail(diag, SIX_STATUS_USAGE, (struct six_span){0, 0}, "Node %d is not known; majors are %d to %d", options->node, SIX_NODE_FIRST,
             SIX_NODE_LAST);
    return NULL;
  }
  struct six_nodejs *node = calloc(1, sizeof *node);
  struct six_result *result = calloc(1, sizeof *result);
  if (!node || !result) abort();
  node->result = result;
  node->world = world;
  node->rules = &rules;
  node->options = resolve_options(options);
  node->memo_is_given = options->memo != NULL;
  node->program = program;
  node->display_name = file_name;
  node->file_name = absolute_name(world, file_name);
  node->dir_name = strdup(world->cwd);
  struct six_object *main = NULL;
  if (six_node_set_up(node, diag)) main = six_node_compile_main(node, diag);
  if (main) {
    if (six_node_run_main(node, main)) spin(node);
    finish(node);
  }
  six_node_tear_down(node);
  free(node);
  if (main) return result;
  six_result_free(result);
  return NULL;
}

struct six_result *six_run(const struct six_scenario *scenario, const struct six_options *options, struct six_diag *diag) {
  const struct six_scenario_info *info = six_scenario_info(scenario);
  const struct six_world *world = six_scenario_world ? six_scenario_world(scenario) : NULL;
  struct six_options chosen = *options;
  if (!chosen.node) chosen.node = info->node ? info->node : SIX_NODE_DEFAULT;
  if (world) return six_run_program(info->program, info->file_name, world, &chosen, diag);
  struct six_world defaults;
  six_world_init_defaults(&defaults);
  struct six_result *result = six_run_program(info->program, info->file_name, &defaults, &chosen, diag);
  six_world_done(&defaults);
  return result;
}

void six_rules_of_libuv(struct six_rules *rules) {
  rules->cell[SIX_RULE_TIMERS_AT_END] = six_libuv_timers_at_end();
  rules->cell[SIX_RULE_PENDING_AFTER_POLL] = six_libuv_pending_after_poll();
}

void six_result_free(struct six_result *result) {
  if (!result) return;
  six_text_done(&result->out);
  six_text_done(&result->err);
  six_text_done(&result->message);
  free(result->choice_log);
  six_text_done(&result->look);
  if (result->trace) six_trace_free(result->trace);
  free(result);
}
