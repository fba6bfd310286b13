// node: one run from start to end.
#ifndef SIX_NODE_RUN_H
#define SIX_NODE_RUN_H

#include "sim/node/node.h"

// Runs a program in a world. `file_name` is as the user gave it. The result is freed by the caller (six_result_free); NULL
// with diag set when the program cannot start (status 64, 65 or 69).
struct six_result *six_run_program(const struct six_program *program, const char *file_name, const struct six_world *world,
                                   const struct six_options *options, struct six_diag *diag);

// The steps of a run, for threads: makes the machine and the loop of a node whose world, rules and options are set; compiles
// node->program and runs it (false: the run is over); releases what was made.
bool six_node_set_up(struct six_nodejs *node, struct six_diag *diag);
struct six_object *six_node_compile_main(struct six_nodejs *node, struct six_diag *diag);
bool six_node_run_main(struct six_nodejs *node, struct six_object *main);
void six_node_tear_down(struct six_nodejs *node);

// The world of a scenario (sim/scenario).
const struct six_world *six_scenario_world(const struct six_scenario *scenario);

#endif
