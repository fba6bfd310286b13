// fuzz: any bytes at all, read as JavaScript and run with small budgets: whatever the program does, the run ends.
// Build with clang -fsanitize=fuzzer,address,undefined.
#include "sim/sixphase.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  struct six_diag diag = {0};
  struct six_source source = {0};
  struct six_scenario *scenario = six_scenario_read("fuzz.js", (const char *)data, size, SIX_LANG_JS, NULL, NULL, &diag, &source);
  if (!scenario) return 0;
  const struct six_options options = {
      .max_steps = 20000, .max_time_ns = 1000000000, .max_memory = 64u << 20, .max_output = 1u << 16, .record_trace = size % 2};
  six_result_free(six_run(scenario, &options, &diag));
  six_scenario_free(scenario);
  return 0;
}
