// sixphase: the public interface of libsixphase. A run is a pure function of program, world and rules; see design.md.
#ifndef SIXPHASE_H
#define SIXPHASE_H

#include "sim/base/diag.h"
#include "sim/base/memo.h"
#include "sim/base/text.h"
#include "sim/program/ast.h"
#include "sim/program/print.h"
#include "sim/rules/rules.h"
#include "sim/trace/moment.h"
#include "sim/trace/trace.h"
#include "sim/trace/write.h"
#include "sim/world/world.h"

#define SIX_VERSION "0.1.0"

// ---- A scenario: a program with its world, node and expectations; from JSON, or from JavaScript text alone.
struct six_scenario;  // opaque; sim/scenario

enum six_lang { SIX_LANG_AUTO, SIX_LANG_JSON, SIX_LANG_JS, SIX_LANG_MODULE };

// Reads a file's text (borrowed until freed). lang AUTO: by `name`'s ending, else by the first character. For a JSON
// scenario with "source": "file.js" the neighbour is asked from `read_file`. NULL with diag set on failure; `diag_source`
// then is the text that the diagnostic's span is in.
typedef bool six_read_file(void *context, const char *path, char **bytes, size_t *length);  // malloc'd bytes
struct six_scenario *six_scenario_read(const char *name, const char *bytes, size_t length, enum six_lang lang, six_read_file *read_file,
                                       void *context, struct six_diag *diag, struct six_source *diag_source);
void six_scenario_free(struct six_scenario *scenario);
// Adds a world from its own JSON file (--world). false with diag set.
bool six_scenario_add_world(struct six_scenario *scenario, const char *name, const char *bytes, size_t length, struct six_diag *diag);

// What is in it. Texts are NULL where absent.
struct six_scenario_info {
  const char *title, *topic, *question, *explanation;
  int difficulty, node;  // node: 0 when not given
  const char *const *hints;
  int hint_count;
  bool is_json;      // program given as JSON operations
  bool is_scenario;  // a JSON scenario, its program in whatever form
  const struct six_program *program;
  const char *file_name;
};
const struct six_scenario_info *six_scenario_info(const struct six_scenario *scenario);
// Appends the program as JavaScript that runs in real Node: what the program needs of the world is made at its top.
void six_scenario_to_js(const struct six_scenario *scenario, struct six_text *out);
// Appends a JavaScript program as a JSON scenario: operations where it is made of their vocabulary, else its source's lines.
// false: it has a NUL byte, which JSON scenarios may not have.
bool six_scenario_to_json(const struct six_scenario *scenario, struct six_text *out);
// The expected stdout under a major, lines joined with '\n'; NULL if the scenario states none. `exit` gets the expected status or -1.
const char *six_scenario_expect(const struct six_scenario *scenario, int major, int *exit);

// Its world.
const struct six_world *six_scenario_world(const struct six_scenario *scenario);

// ---- A run.
struct six_options {
  int node;            // 0: the scenario's, else 20
  uint64_t max_steps;  // 0: default
  uint64_t max_time_ns;
  size_t max_memory;
  size_t max_output;
  bool record_trace;
  bool record_statements;  // statements and calls too
  uint32_t look_at;        // with both: the event at which the variables in scope go to result->look; the run ends there
  bool explore;            // pass every choice point, and log them in the result; a trace or a schedule passes them too
  const char *schedule;    // NULL: typical answers at every choice point
  // NULL: in virtual time. Else the loop's side is a real libuv loop, in real time, once in a process; `folder` is an empty
  // directory for the files that it makes.
  const char *folder;
  const struct six_rules *rules;  // NULL: by node
  struct six_memo *memo;          // what several runs of a program need to compute but once; NULL: the run's own
  // Output as it happens, in blocks; called at least before the run returns. NULL: collected in the result.
  void (*write)(void *context, int fd, const char *bytes, size_t length);
  void *write_context;
};

struct six_result {
  int exit;                  // the program's own status, or SIX_STATUS_BUDGET, _UNSUPPORTED, ...
  struct six_text out, err;  // the program's stdout and stderr (when options.write is NULL)
  struct six_text message;   // ours, for stderr: budget, unsupported (with position)
  struct six_trace *trace;   // when recorded
  struct six_text look;      // see options.look_at: for each function on the stack, innermost first, its variables
  uint64_t steps, virtual_ns;
  struct six_choice_taken {
    uint8_t kind;
    uint16_t taken, typical, alternatives;
    uint32_t state;  // what waited, in short
  } * choice_log;    // `choices` of them, with options.explore
  uint32_t choices;  // choice points passed
};

// ---- Every legal order: the same run under every choice.
enum six_verdict {
  SIX_VERDICT_GUARANTEED,  // every choice was tried, and one order came out
  SIX_VERDICT_RACE,
  SIX_VERDICT_UNKNOWN,  // one order so far, but there are more choices than were tried
};
struct six_found_order {
  struct six_text out;
  int exit;
  char *schedule;  // for six_options.schedule; "" for the typical one
  char *because;   // a sentence; "" for the typical one
};
struct six_orders {
  enum six_verdict verdict;
  struct six_found_order *orders;  // the typical one first
  uint32_t count;
  uint32_t schedules;       // runs made
  bool complete;            // all choices were tried
  struct six_text message;  // ours, of the typical run: a budget, something not supported
};
// Runs the scenario under one schedule after the other, those with the fewest untypical answers first, at most `limit` runs
// (0: 2000). The caller frees the result; NULL with diag set when the program cannot start.
struct six_orders *six_orders_find(const struct six_scenario *scenario, const struct six_options *options, uint32_t limit,
                                   struct six_diag *diag);
void six_orders_free(struct six_orders *orders);
// What the other legal orders show about a run, found with at most `limit` short runs (0: 400), for the run's reader
// (six_reader_set_evidence). `result` has a trace; it is of the same scenario and options. The caller frees what comes
// back, after the reader.
struct six_evidence *six_orders_judge(const struct six_scenario *scenario, const struct six_options *options,
                                      const struct six_result *result, uint32_t limit);

// Runs the scenario. Returns a result that the caller frees; NULL with diag set when the program cannot start (65, 69).
struct six_result *six_run(const struct six_scenario *scenario, const struct six_options *options, struct six_diag *diag);
void six_result_free(struct six_result *result);
// The libuv that is linked: its version, "1.44.2"; and `rules` as its loop has them (R3), whatever the major's is.
const char *six_libuv_version(void);
void six_rules_of_libuv(struct six_rules *rules);

#endif
