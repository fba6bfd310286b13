// orders: what real Node printed in its races is among the orders found, what it promises is the only one, and every
// schedule leads to its order again.
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <cjson/cJSON.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/sixphase.h"

static char *read_all(const char *path, size_t *length) {
  FILE *file = fopen(path, "rb");
  if (!file) return NULL;
  char *bytes = calloc(1, 1 << 16);
  *length = fread(bytes, 1, (1 << 16) - 1, file);
  fclose(file);
  return bytes;
}

struct program {
  char *bytes;
  struct six_scenario *scenario;
};

static struct program read_program(const char *name, const char *text, size_t length) {
  struct six_diag diag = {0};
  struct six_source source;
  struct program program = {.bytes = strndup(text, length)};
  program.scenario = six_scenario_read(name, program.bytes, length, SIX_LANG_AUTO, NULL, NULL, &diag, &source);
  if (!program.scenario) fail_msg("%s: %s", name, diag.message);
  return program;
}

static void free_program(struct program *program) {
  six_scenario_free(program->scenario);
  free(program->bytes);
}

static struct six_orders *orders_of(const struct program *program, int node) {
  struct six_diag diag = {0};
  struct six_options options = {.node = node};
  struct six_orders *orders = six_orders_find(program->scenario, &options, 0, &diag);
  if (!orders) fail_msg("%s", diag.message);
  return orders;
}

static bool is_text(const struct six_text *text, const char *expected) {
  return text->length == strlen(expected) && (!text->length || memcmp(text->bytes, expected, text->length) == 0);
}

static bool lists(const struct six_orders *orders, const char *out) {
  for (uint32_t i = 0; i < orders->count; i++)
    if (is_text(&orders->orders[i].out, out)) return true;
  return false;
}

static void replay(const struct program *program, int node, const struct six_found_order *order) {
  struct six_diag diag = {0};
  struct six_options options = {.node = node, .schedule = order->schedule, .record_trace = true};
  struct six_result *result = six_run(program->scenario, &options, &diag);
  assert_non_null(result);
  assert_int_equal(result->exit, order->exit);
  assert_int_equal(result->out.length, order->out.length);
  if (order->out.length) assert_memory_equal(result->out.bytes, order->out.bytes, order->out.length);
  six_result_free(result);
}

static char *expectation_path(const char *path) {
  char *expected = calloc(1, strlen(path) + 20);
  strcpy(expected, path);
  strcpy(strrchr(expected, '.'), ".expected.json");
  return expected;
}

static cJSON *expectation(const char *path) {
  size_t length;
  char *expected = expectation_path(path), *bytes = read_all(expected, &length);
  free(expected);
  cJSON *json = bytes ? cJSON_Parse(bytes) : NULL;
  free(bytes);
  return json;
}

static void check_race(const char *path, const struct program *program, const cJSON *races) {
  const cJSON *by_major, *out;
  cJSON_ArrayForEach(by_major, races) {
    struct six_orders *orders = orders_of(program, atoi(by_major->string));
    cJSON_ArrayForEach(out, by_major) if (!lists(orders, out->valuestring))
        fail_msg("%s, Node %s: this order is missing: %s", path, by_major->string, out->valuestring);
    if (cJSON_GetArraySize(by_major) > 1) assert_int_equal(orders->verdict, SIX_VERDICT_RACE);
    for (uint32_t i = 0; i < orders->count; i++) {
      assert_true(i == 0 || orders->orders[i].because[0]);
      replay(program, atoi(by_major->string), &orders->orders[i]);
    }
    six_orders_free(orders);
  }
}

static void check_promised(const char *path, const struct program *program) {
  if (strstr(path, "timer-hasref")) return;  // a 1 ms timer against an immediate: a race, recorded as it usually ends
  struct six_orders *orders = orders_of(program, 20);
  if (orders->verdict != SIX_VERDICT_GUARANTEED)
    fail_msg("%s: is promised, but %u orders are listed, one because %s", path, orders->count, orders->orders[orders->count - 1].because);
  six_orders_free(orders);
}

static void conformance(void **state) {
  (void)state;
  glob_t files;
  assert_int_equal(glob("tests/conformance/*.js", 0, NULL, &files), 0);
  int races = 0, promised = 0;
  for (size_t i = 0; i < files.gl_pathc; i++) {
    const char *path = files.gl_pathv[i];
    cJSON *json = expectation(path);
    size_t length;
    char *bytes = read_all(path, &length);
    if (json && bytes) {
      struct program program = read_program(path, bytes, length);
      const cJSON *orders = cJSON_GetObjectItem(json, "orders");
      if (orders) check_race(path, &program, orders);
      else if (cJSON_GetObjectItem(cJSON_GetObjectItem(json, "stdout"), "20")) check_promised(path, &program);
      races += orders != NULL;
      promised += orders == NULL;
      free_program(&program);
    }
    free(bytes);
    cJSON_Delete(json);
  }
  globfree(&files);
  assert_true(races >= 8 && promised >= 100);
}

static void check_in(int node, const char *text, enum six_verdict verdict, uint32_t count) {
  struct program program = read_program("x.js", text, strlen(text));
  struct six_orders *orders = orders_of(&program, node);
  if (orders->verdict != verdict || (count && orders->count != count))
    fail_msg("%s: verdict %d, %u orders", text, (int)orders->verdict, orders->count);
  six_orders_free(orders);
  free_program(&program);
}

static void check(const char *text, enum six_verdict verdict, uint32_t count) { check_in(20, text, verdict, count); }

#define LOG(x) "console.log('" x "')"

static void what_node_promises(void **state) {
  (void)state;
  check(LOG("a") "; Promise.resolve().then(() => " LOG("c") "); process.nextTick(() => " LOG("b") ")", SIX_VERDICT_GUARANTEED, 1);
  // R34: from poll, check comes first, however late it is.
  check("require('fs').stat('.', () => { setTimeout(() => " LOG("t") "); setImmediate(() => " LOG("i") "); })", SIX_VERDICT_GUARANTEED, 1);
  // R15: from a timer, too.
  check("setTimeout(() => { setTimeout(() => " LOG("t") "); setImmediate(() => " LOG("i") "); })", SIX_VERDICT_GUARANTEED, 1);
  // R13 R14
  check("setTimeout(() => " LOG("a") ", 10); setTimeout(() => " LOG("b") ", 10); setTimeout(() => " LOG("c") ", 5)", SIX_VERDICT_GUARANTEED,
        1);
  // A pool thread does one thing at a time, and its queue is first in, first out.
  check("process.env.X; const fs = require('fs'); fs.stat('.', () => fs.stat('.', () => " LOG("b") ")); setImmediate(() => 0)",
        SIX_VERDICT_GUARANTEED, 1);
}

// What one connection brings arrives in order, and not before the connection: only which side hears first is open.
static void streams(void **state) {
  (void)state;
  check("const net = require('net'); const s = net.createServer(c => { " LOG("accepted") "; c.on('data', d => { console.log(String(d)); "
        "c.end('bye'); }); }).listen(8000, () => { const c = net.connect(8000, '127.0.0.1', () => { " LOG("connected") "; c.write('hi'); }); "
        "c.on('data', d => console.log(String(d))); c.on('end', () => { " LOG("end") "; s.close(); }); });",
        SIX_VERDICT_RACE, 2);
}

static void what_it_leaves_open(void **state) {
  (void)state;
  check("setTimeout(() => " LOG("t") "); setImmediate(() => " LOG("i") ")", SIX_VERDICT_RACE, 2);
  check("const fs = require('fs'); fs.stat('.', () => " LOG("a") "); fs.access('.', () => " LOG("b") ")", SIX_VERDICT_RACE, 2);
  check("setTimeout(() => { setImmediate(() => " LOG("i") "); }, 10); setTimeout(() => " LOG("t") ", 11)", SIX_VERDICT_RACE, 2);
  // A millisecond begins between the two calls: only the first is due when the loop looks.
  check("setTimeout(() => " LOG("a") "); setTimeout(() => " LOG("b") "); setImmediate(() => " LOG("i") ")", SIX_VERDICT_RACE, 3);
}

// R15: libuv's own timers look at the clock again while they run, whenever one is set or a list begins; and Node 8 starts a
// list again at once when its next timer is due by then.
static void timers_set_by_timers(void **state) {
  (void)state;
  const char *same = "setTimeout(() => { setTimeout(() => " LOG("t") ", 1); setImmediate(() => " LOG("i") "); }, 1)";
  const char *other =
      "setTimeout(() => { setTimeout(() => " LOG("t") ", 1); setImmediate(() => " LOG("i") "); setTimeout(() => 0, 50); }, 20)";
  const char *alone = "setTimeout(() => { setTimeout(() => " LOG("t") ", 1); setImmediate(() => " LOG("i") "); }, 20)";
  check_in(8, same, SIX_VERDICT_RACE, 2);
  check_in(10, same, SIX_VERDICT_GUARANTEED, 1);
  check_in(8, other, SIX_VERDICT_RACE, 2);
  check_in(10, other, SIX_VERDICT_RACE, 2);
  check_in(11, other, SIX_VERDICT_GUARANTEED, 1);
  check_in(10, alone, SIX_VERDICT_GUARANTEED, 1);
}

// A worker's messages arrive in order, its end after them; but a port made earlier may be looked at first, and how long a
// thread takes to begin is open.
static void workers(void **state) {
  (void)state;
#define WORKER(main, worker)                                                                                                 \
  "const { Worker, isMainThread, parentPort } = require('worker_threads'); const log = (m) => console.log(m);"               \
  "const start = (log) => new Worker(__filename).on('message', log).on('exit', () => log('exit')); if (isMainThread) {" main \
  "} else {" worker "}"
  check(WORKER("start(log)", "parentPort.postMessage('a'); parentPort.postMessage('b')"), SIX_VERDICT_GUARANTEED, 1);
  check(WORKER("start(log)", "parentPort.postMessage('a'); log('b')"), SIX_VERDICT_RACE, 2);
  check(WORKER("start(log)", "log('b'); parentPort.postMessage('a')"), SIX_VERDICT_GUARANTEED, 1);
  check(WORKER("for (const n of [1, 2, 3]) start((m) => m === 'a' && log(n))", "parentPort.postMessage('a')"), SIX_VERDICT_RACE, 6);
  check(WORKER("start((m) => m === 'a' && log(m)); setTimeout(log, 20, 'timer')", "parentPort.postMessage('a')"), SIX_VERDICT_RACE, 2);
#undef WORKER
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(conformance),         cmocka_unit_test(what_node_promises),   cmocka_unit_test(streams),
      cmocka_unit_test(what_it_leaves_open), cmocka_unit_test(timers_set_by_timers), cmocka_unit_test(workers),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
