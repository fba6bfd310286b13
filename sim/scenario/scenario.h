// scenario: a scenario in memory, as its readers fill it.
#ifndef SIX_SCENARIO_SCENARIO_H
#define SIX_SCENARIO_SCENARIO_H

#include "sim/sixphase.h"
#include "sim/program/parse.h"
#include "sim/world/world.h"

struct six_expectation {
  int first, last;          // majors, inclusive
  const char *stdout_text;  // lines joined with '\n', each ended by one; NULL: not stated
  int exit;                 // -1: not stated
};

struct six_scenario {
  struct six_arena arena;  // texts and tables
  struct six_scenario_info info;
  struct six_program *program;  // owned
  struct six_world world;
  struct six_expectation *expectations;
  uint32_t expectation_count;
  char *source_bytes;  // a neighbouring source file's text, owned; or NULL
};

// What a reader is given and where it reports.
struct six_scenario_input {
  const char *name, *bytes;
  size_t length;
  six_read_file *read_file;
  void *context;
  struct six_diag *diag;
  struct six_source *diag_source;
};

// The JSON reader (json.c): fills the scenario. false with the diagnostic set.
bool six_scenario_read_json(struct six_scenario *scenario, const struct six_scenario_input *input);
bool six_scenario_read_world(struct six_scenario *scenario, const struct six_scenario_input *input);
// A program from JavaScript text that lives as long as the scenario.
bool six_scenario_read_js(struct six_scenario *scenario, const char *name, const char *bytes, size_t length, enum six_parse_goal goal,
                          const struct six_scenario_input *input);
// The world, for the run.
const struct six_world *six_scenario_world(const struct six_scenario *scenario);

#endif
