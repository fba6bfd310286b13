// fuzz: any bytes at all through the reader of JSON scenarios. What it accepts must export to JavaScript that is read again;
// what it refuses must have a message.
// Build with clang -fsanitize=fuzzer,address,undefined.
#include <stdio.h>
#include <stdlib.h>

#include "sim/sixphase.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_export(const struct six_scenario *scenario) {
  struct six_text js = {0};
  struct six_diag diag = {0};
  struct six_source source = {0};
  six_scenario_to_js(scenario, &js);
  struct six_scenario *again = six_scenario_read("again.js", js.bytes ? js.bytes : "", js.length, SIX_LANG_JS, NULL, NULL, &diag, &source);
  if (!again && diag.status != SIX_STATUS_UNSUPPORTED && six_scenario_info(scenario)->is_json) {
    fprintf(stderr, "%s\n%s\n", diag.message, js.bytes);
    abort();
  }
  six_scenario_free(again);
  six_text_done(&js);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  struct six_diag diag = {0};
  struct six_source source = {0};
  struct six_scenario *scenario = six_scenario_read("fuzz.json", (const char *)data, size, SIX_LANG_JSON, NULL, NULL, &diag, &source);
  if (scenario) {
    check_export(scenario);
  } else {
    struct six_text message = {0};
    if (!*diag.message || !diag.status) abort();
    six_diag_write(&diag, &source, &message);
    six_text_done(&message);
  }
  six_scenario_free(scenario);
  return 0;
}
