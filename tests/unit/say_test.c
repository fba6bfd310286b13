// The sentences: each template, in a program that brings it about. Every event of every program here has a short `now`
// and a `why`, and the pairs that are listed stand at one event.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "sim/sixphase.h"

struct pair {
  const char *now, *why;
};

struct program {
  const char *name, *text;
  int node;
  struct pair pairs[24];
};

static const struct program programs[] = {
    {"the demo",
     "const fs = require('fs');\n"
     "setTimeout(() => console.log('t'), 0);\n"
     "setImmediate(() => console.log('i'));\n"
     "fs.readFile(__filename, () => {\n"
     "  setTimeout(() => console.log('late'), 0);\n"
     "  setImmediate(() => console.log('soon'));\n"
     "});\n"
     "process.nextTick(() => console.log('n'));\n"
     "Promise.resolve().then(() => console.log('m'));\n",
     20,
     {{"The process starts.", "Node loads the file, runs it from top to bottom, and then turns the event loop (R1)."},
      {"The program is loaded: the main script is ready to run.",
       "Everything begins with the main script; the event loop turns only after it (R1)."},
      {"The main script starts.", "The main script runs first and in one piece: nothing else can run until it ends (R1)."},
      {"Line 2 sets timer T1: setTimeout, 1 ms.",
       "It runs in a timers phase, once due: at least 1 ms from now, also for a delay of 0 (R10)."},
      {"T1 joins the list of 1 ms timers: due at 26 ms.",
       "Timers of one delay wait in one list, first in, first out; the loop looks at the lists by due time (R12, R13)."},
      {"Line 3 queues I1 with setImmediate, for the check phase.", "Immediates run in the check phase, right after poll (R30)."},
      {"Line 4 starts F1: fs.readFile '/home/user/demo.js'.",
       "It runs on the thread pool; its callback comes in the poll phase (R100, R105)."},
      {"F1 asks for a thread of the pool: trip 1 of 4.", "File operations run on the thread pool, not in the loop (R100)."},
      {"F1 runs on pool thread 1 for 200 us.", "A thread is free (R100). How long it takes is the world's assumption, not Node's."},
      {"Line 8 queues N1 with process.nextTick.", "It runs as soon as the code that runs now has returned, before microtasks (R40)."},
      {"The main script has run to its end.", "The stack is empty: before anything else, ticks and then microtasks run (R40)."},
      {"Now 1 tick and then 1 microtask run, and whatever they queue.",
       "No JavaScript runs: before anything else, ticks, then microtasks, until both are empty (R40)."},
      {"N1 starts: the callback of process.nextTick, line 8.",
       "As soon as the main script has returned, the nextTick queue is emptied, before the waiting microtask (R40)."},
      {"M1 starts: the callback of then, line 9.",
       "No tick waits, so the only microtask runs (R40). Its promise was settled already when it was registered (R51)."},
      {"Is T1 due when the loop looks? Node leaves it open; here: yes.", "It depends on how long"},
      {"The loop enters timers: T1 is due.", "Timers are looked at with the time as it is now; only what is due runs (R12)."},
      {"T1 prints 't'.",
       "It is due: 1 ms has passed since line 2 (R12). A delay that is not from 1 to 2147483647, such as 0, becomes 1 (R10). Before I1 "
       "only because the rest of the main script took over 1 ms: Node does "
       "not promise it (R35)."},
      {"The loop enters check: 1 immediate is queued.", "Check follows poll directly; it takes what is queued now, and no more (R30)."},
      {"I1 starts: the callback of setImmediate, line 3.", "The check phase runs the immediates that were queued before it began (R30)."},
      {"Pool thread 1 has finished with F1; poll will see it.", "Completions reach the program only in the poll phase (R105)."},
      {"A trip of F1 is done: the next of its 4 trips to the thread pool follows.",
       "Between two trips only Node's own code runs: the callback comes after the last one (R101)."},
      {"F1 starts: the callback of fs.readFile '/home/user/demo.js', line 4.",
       "Poll finds the last of its 4 trips to the thread pool done"},
      {"I2 prints 'soon'.",
       "The check phase runs the immediates that were queued before it began (R30). Before T2: from a poll callback the check phase comes"},
      {"The process ends with status 0.", "Nothing keeps the loop alive: no timer, no immediate, no operation, no open handle (R4)."}}},
    {"a promise that resolves with a promise",
     "Promise.resolve(1)\n"
     "  .then((v) => Promise.resolve(v))\n"
     "  .then((v) => console.log(v));\n",
     20,
     {{"M2 prints '1'.",
       "No tick waits, so the only microtask runs (R40). Its promise was resolved with another promise by M1: that costs two "
       "extra microtasks, M3 and M4 (R52)."}}},
    {"async functions",
     "class Box { #n = 1; constructor(m) { this.m = m; } }\n"
     "async function inner() { await null; return 1; }\n"
     "async function fails() { throw new Error('no'); }\n"
     "async function outer() {\n"
     "  new Box(2);\n"
     "  await inner();\n"
     "  try { await fails(); } catch (e) { console.log(e.message); }\n"
     "}\n"
     "outer().then(() => console.log('done'));\n"
     "process.nextTick(() => {});\n"
     "process.nextTick(() => {});\n"
     "Promise.resolve().then(() => process.nextTick(() => {}));\n",
     20,
     {{"The main script calls outer(), line 4.",
       "A call is not queued: it runs at once, on top of the stack; an async function too, up to its first await (R70)."},
      {"outer() calls Box(), line 1.", "A call is not queued"},
      {"Box() calls the class's field initialiser, line 1.", "A call is not queued"},
      {"Box() returns to outer().", "The main script runs first"},
      {"Line 2 awaits: the rest of inner() is A1.",
       "Each await gives way for at least one microtask, even if the value is there (R71, R72)."},
      {"There is nothing to wait for: A1 joins the microtask queue.",
       "Microtasks wait until the stack is empty and no tick is left; first in, first out (R40, R41)."},
      {"inner() stops at its await; outer() has its promise and goes on.",
       "await ends the synchronous part: the rest, A1, will be a microtask (R70)."},
      {"outer() stops at its await; the main script has its promise and goes on.",
       "await ends the synchronous part: the rest, A2, will be a microtask (R70)."},
      {"N2 starts: the callback of process.nextTick, line 11.",
       "Ticks run in the order in which they were queued (R41), all of them before the microtasks (R40)."},
      {"A1 continues: inner() goes on after its await, line 2.",
       "No tick waits, so the oldest microtask runs (R40). What it awaited was settled already (R71, R72)."},
      {"inner() is back on the stack, where it had stopped.", "It goes on where it had given way, with all its variables (R70)."},
      {"The promise of inner() is fulfilled.", "Whoever waits for it is queued as a microtask now, in the order of registration (R51)."},
      {"A2 waited for that: it joins the microtask queue.", "Microtasks wait until"},
      {"inner() is over.", "No tick waits"},
      {"A1 has returned.", "The stack is empty again, and M2 is next in the queues (R40)."},
      {"A2 continues: outer() goes on after its await, line 6.",
       "Microtasks first, until none is left: the 1 tick queued meanwhile waits (R42). A1 (line 2) settled what it awaited (R72)."},
      {"The promise of fails() is rejected.",
       "Nobody handles it yet. If that is still so when ticks and microtasks have run dry, it is an unhandled rejection (R90)."},
      {"fails() is over; outer() has its promise and goes on.", "Microtasks first"},
      {"outer() runs line 7.", "Microtasks first"},
      {"M1 starts: the callback of then, line 9.",
       "Microtasks first, until none is left: the 1 tick queued meanwhile waits (R42). A3 (line 7) settled its promise (R51)."},
      {"M1 is done: the promise that its then() returned is fulfilled.", "Nobody waits for it yet: no microtask is queued (R51)."},
      {"N3 starts: the callback of process.nextTick, line 12.",
       "The microtask queue is empty again, so the ticks queued meanwhile run (R42)."}}},
    {"promises",
     "const p = new Promise((resolve) => { setTimeout(resolve, 3); });\n"
     "p.then(() => { throw new Error('x'); }).catch(() => {}).finally(() => {});\n"
     "Promise.all([p]).then(() => {});\n"
     "new Promise((r) => r(Promise.resolve())).then(() => {});\n"
     "Promise.resolve({ then(f) { f(1); } }).then(() => {});\n"
     "queueMicrotask(function named() {});\n",
     20,
     {{"The main script calls the function of line 1.", "A call is not queued"},
      {"The function of line 1 returns to the main script.", "The main script runs first"},
      {"Line 2 registers M1 with then: it runs once its promise is settled.",
       "It is never called at once, even if the promise is settled: it becomes a microtask (R51)."},
      {"Line 2 registers M2 with catch: it runs once its promise is settled.", "It is never called at once"},
      {"Line 2 registers M3 with finally: it runs once its promise is settled.", "It is never called at once"},
      {"Line 3 registers M4 with Promise.all: it runs once its promise is settled.", "It is never called at once"},
      {"Line 4 resolves a promise with another promise: M6 will call its then().",
       "Resolving with a promise costs two extra microtasks: one to call its then(), one to pass the value on (R52)."},
      {"Line 5 resolves a promise with a thenable: M8 will call its then().",
       "A thenable's then() is never called at once: it gets a microtask of its own (R53)."},
      {"Line 6 queues microtask M10 with queueMicrotask.", "It runs after the ticks, before the loop goes on (R40)."},
      {"M6 starts: it calls the then() of what a promise was resolved with, line 4.",
       "No tick waits, so the oldest microtask runs (R40). It only calls then(): the outer promise settles a job later still (R52)."},
      {"M8 starts: it calls the then() of what a promise was resolved with, line 5.",
       "No tick waits, so the oldest microtask runs (R40). It calls the thenable's then(), which decides when the promise settles (R53)."},
      {"The function of M10 is entered: named(), line 6.", "No tick waits"},
      {"M11 starts: it passes the inner promise's result on to the outer one.", "No tick waits"},
      {"The loop enters poll: nothing has completed, so it will wait.",
       "Poll takes what has completed. It may sleep until the next timer, but not while immediates are queued (R2)."},
      {"M1 is left by an exception.",
       "An exception leaves function after function until a catch takes it; in a then callback or an async function it "
       "rejects the promise (R97)."},
      {"M1 is done: the promise that its then() returned is rejected.", "Whoever waits for it"},
      {"M4 is done: it has told Promise.all, and its own promise is fulfilled.", "Nobody waits for it yet"}}},
    {"errors and exit",
     "process.on('uncaughtException', () => {});\n"
     "process.on('exit', () => console.log('bye'));\n"
     "const t = setTimeout(() => {}, 5); clearTimeout(t);\n"
     "setTimeout(() => {}, 9000).unref();\n"
     "clearImmediate(setImmediate(() => {}));\n"
     "const i = setInterval(() => { if (n++) clearInterval(i); }, 2);\n"
     "let n = 0;\n"
     "setTimeout(() => { throw new Error('in timer'); }, 20);\n"
     "setTimeout(() => { process.exit(3); }, 40);\n"
     "function* g() { yield 1; }\n"
     "for (const x of g()) console.error(x);\n",
     20,
     {{"T1 is cancelled: it will not run.", "A timer that has not started can be taken back, even if it is due already (R18)."},
      {"T2 no longer keeps the process alive (unref).",
       "The loop turns as long as something ref'd waits; its order among the others stays (R21)."},
      {"I1 is cancelled: it will not run.", "An immediate that has not started can be taken back, even in the batch that runs (R32)."},
      {"Line 6 sets interval T3: setInterval, every 2 ms.",
       "It runs in a timers phase, once due: not before, and later if the loop is busy (R12)."},
      {"T3 starts: the callback of setInterval, line 6.", "It is due again: another 2 ms have passed (R17)."},
      {"T3 is cancelled: it will not run.", "An interval that is cleared in its own callback is not set again (R19)."},
      {"g() does not begin yet; the main script goes on.", "A generator only runs while its next() is called; it keeps its place (R80)."},
      {"The main script resumes g().", "It goes on where it had given way"},
      {"g() yields a value and stops there; the main script goes on.", "A generator only runs"},
      {"The main script prints '1' on stderr.", "The main script runs first"},
      {"Node calls a listener, line 1.", "It is due"},
      {"'in timer' is thrown; a listener of the process takes it.",
       "The listener keeps the process alive; what the failed callback had left to do is lost (R93)."},
      {"T4 ends with an exception.", ""},
      {"T5 stops, since the process ends.", "process.exit ends the process on the spot: the code after it is not reached (R7)."},
      {"T5 ends here, and so does the run.", "process.exit was called: whatever still waits is dropped (R7)."},
      {"The process ends with status 3.", "process.exit was called: whatever still waits is dropped (R7)."}}},
    {"an uncaught error",
     "setTimeout(() => {}, 1);\nthrow new Error('boom');\n",
     20,
     {{"'boom' is thrown and nobody catches it.",
       "No catch and no listener of uncaughtException is there: that ends the process (R93, R94)."},
      {"The process ends with status 1.", "An error that nobody handled ends the process with status 1 (R94)."}}},
    {"an unhandled rejection",
     "Promise.reject(new Error('no'));\n",
     20,
     {{"The main script rejects a promise.", "Nobody handles it yet."},
      {"'no' is the reason of a rejection that nobody handled.",
       "Ticks and microtasks have run dry without a handler for it: that ends the process (R90, R91)."},
      {"The process ends with status 1.", "An error that nobody handled ends the process with status 1 (R94)."}}},
    {"listeners of the process",
     "process.on('beforeExit', () => console.log('b'));\nprocess.on('exit', () => { process.exitCode = 4; });\n",
     20,
     {{"Node emits 'beforeExit': its listeners are called.",
       "The loop has run dry: nothing keeps it alive. A listener may give it new work (R5)."},
      {"The listeners of 'beforeExit' run.", "The loop has run dry"},
      {"The listener prints 'b'.", "The loop has run dry"},
      {"Node emits 'exit': its listeners are called.", "The process ends: nothing that is queued on the loop now will run (R6)."},
      {"The process ends with status 4.", "Nothing keeps the loop alive, and process.exitCode says the status (R4, R94)."}}},
    {"a batch of timers in Node 10",
     "setTimeout(() => process.nextTick(() => {}), 1);\nsetTimeout(() => {}, 1);\n",
     10,
     {{"T1 has returned.", "Ticks and microtasks wait until this batch of callbacks is over (R16, R31)."}}},
    {"ticks of Node's own",
     "const { Readable } = require('stream');\nReadable.from(['a']).on('data', () => {});\n",
     20,
     {{"Node itself queues N2, a tick of its own.", "It runs as soon as the code that runs now has returned, before microtasks (R40)."},
      {"N2 starts: a step of Node's own.", ""}}},
    {"something unsupported",
     "require('dgram').createSocket('udp4');\n",
     20,
     {{"The process ends with status 69.", "It is the run that ends here, not the program"}}},
};

static bool starts_with(const struct six_text *text, const char *start) {
  return !strncmp(text->bytes ? text->bytes : "", start, strlen(start));
}

static void check_shape(const char *name, uint32_t index, const struct six_text *now, const struct six_text *why) {
  bool good = now->length > 8 && now->length < 140 && now->bytes[now->length - 1] == '.' && why->length > 8 && why->length < 230 &&
              why->bytes[why->length - 1] == '.' && !strstr(why->bytes, "  ") && !strstr(why->bytes, "R0)") &&
              (strchr(now->bytes, '\'') || !strstr(now->bytes, "  "));
  if (!good) fail_msg("%s, event %u: now '%s' why '%s'", name, index, now->bytes ? now->bytes : "", why->bytes ? why->bytes : "");
}

static void check_pairs(const struct program *program, struct six_reader *reader, const struct six_trace *trace) {
  bool seen[24] = {0};
  for (uint32_t i = 0; i < six_trace_count(trace); i++) {
    if (six_trace_at(trace, i).kind == SIX_EV_LABEL) continue;  // no step of its own
    struct six_text now = {0}, why = {0};
    six_say_now(reader, i, &now);
    six_say_why(reader, i, &why);
    check_shape(program->name, i, &now, &why);
    for (int k = 0; k < 24 && program->pairs[k].now; k++)
      seen[k] = seen[k] || (!strcmp(now.bytes, program->pairs[k].now) && starts_with(&why, program->pairs[k].why));
    six_text_done(&now);
    six_text_done(&why);
  }
  for (int k = 0; k < 24 && program->pairs[k].now; k++)
    if (!seen[k]) fail_msg("%s: no event says '%s' because '%s'", program->name, program->pairs[k].now, program->pairs[k].why);
}

static void each_template_is_said(void **state) {
  (void)state;
  for (size_t p = 0; p < sizeof programs / sizeof *programs; p++) {
    const struct program *program = &programs[p];
    struct six_diag diag = {0};
    struct six_source source;
    struct six_scenario *scenario =
        six_scenario_read("demo.js", program->text, strlen(program->text), SIX_LANG_JS, NULL, NULL, &diag, &source);
    assert_non_null(scenario);
    struct six_options options = {.node = program->node, .record_trace = true, .record_statements = true};
    struct six_result *result = six_run(scenario, &options, &diag);
    assert_non_null(result);
    struct six_reader *reader = six_reader_new(result->trace);
    check_pairs(program, reader, result->trace);
    six_reader_free(reader);
    six_result_free(result);
    six_scenario_free(scenario);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(each_template_is_said)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
