// scenario: the reader of a world in JSON.
#ifndef SIX_SCENARIO_WORLD_JSON_H
#define SIX_SCENARIO_WORLD_JSON_H

#include "sim/scenario/document.h"
#include "sim/world/world.h"

// Adds what the JSON object says to the world; what it does not name stays. false with diag set.
bool six_world_read_json(struct six_world *world, const struct six_json *value, struct six_diag *diag);

#endif
