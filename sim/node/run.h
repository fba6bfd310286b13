// node: one run from start to end.
#ifndef SIX_NODE_RUN_H
#define SIX_NODE_RUN_H

#include "sim/node/node.h"

// Runs a program in a world. `file_name` is as the user gave it. The result is freed by the caller (six_result_free); NULL
// with diag set when the program cannot start (status 64, 65 or 69).
struct six_result *six_run_program(const struct six_program *program, const char *file_name, const struct six_world *world,
                                   const struct six_options *options, struct six_diag *diag);

// The world of a scenario (sim/scenario).
const struct six_world *six_scenario_world(const struct six_scenario *scenario);

#endif
