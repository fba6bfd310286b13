#include "sim/scenario/scenario.h"

bool six_scenario_read_json(struct six_scenario *scenario, const struct six_scenario_input *input) {
  (void)scenario;
  return six_fail(input->diag, SIX_STATUS_UNSUPPORTED, (struct six_span){0, 0}, "JSON scenarios are not supported");
}

bool six_scenario_read_world(struct six_scenario *scenario, const struct six_scenario_input *input) {
  (void)scenario;
  return six_fail(input->diag, SIX_STATUS_UNSUPPORTED, (struct six_span){0, 0}, "world files are not supported");
}
