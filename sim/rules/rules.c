#include "sim/rules/rules.h"

#include <stddef.h>

// Measured on the last release of every major with the programs of tests/, except where a row's title is about an
// interface that the major does not have yet (fs.promises before 10, async generators before 10): the value is the first
// measured one then. Columns are the majors 8 to 26.
// clang-format off
#define VALUES(V) \
  V(TIMERS_AT_END, "libuv PR #3927, in 1.45.0: src/unix/core.c uv_run; Node 20 is the first major that carries it", \
       0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  1,  1,  1,  1,  1,  1,  1) \
  V(PENDING_AFTER_POLL, "libuv 1.44.2: src/unix/core.c uv_run; measured with tests/js/net/pending-from-poll.js", \
       0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  1,  1,  1,  1,  1,  1,  1,  1,  1) \
  V(TIMER_TRUNCATES, "nodejs/node lib/internal/timers.js Timeout and insert, 11.0.0", \
       0,  0,  0,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1) \
  V(TIMER_ONE_QUEUE, "nodejs/node PR #20555 (11.0.0): lib/internal/timers.js processTimers, lib/internal/priority_queue.js", \
       0,  0,  0,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1) \
  V(TIMER_RESTARTS_AT_ONCE, "nodejs/node v8.x lib/timers.js listOnTimeout (timeRemaining < 0); v10.x has <= 0", \
       1,  1,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0) \
  V(DRAIN_BETWEEN, "nodejs/node PR #22842 (11.0.0): runNextTicks in lib/internal/timers.js", \
       0,  0,  0,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1) \
  V(INTERVAL_FROM_START, "nodejs/node lib/timers.js ontimeout and rearm, 10.0.0", \
       0,  0,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1) \
  V(INTERVAL_SURVIVES_THROW, "nodejs/node lib/internal/timers.js listOnTimeout (try/finally), 11.0.0", \
       0,  0,  0,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1) \
  V(JSON_CIRCLE_PATH, "V8 7.6 src/json-stringifier.cc: JsonStringifier::ConstructCircularStructureErrorMessage", \
       0,  0,  0,  0,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1) \
  V(CLEAR_BY_ID, "nodejs/node PR #34017 (14.9.0, 12.19.0): Timeout[Symbol.toPrimitive], knownTimersById", \
       0,  0,  0,  0,  1,  0,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1) \
  V(CLEAR_INTERCHANGEABLE, "nodejs/node lib/timers.js clearInterval = clearTimeout, 10.0.0", \
       0,  0,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1) \
  V(TIMER_HAS_REF, "nodejs/node PR #20898 (11.0.0): Timeout.prototype.hasRef; _destroyed is not asked since 12", \
        0,  0,  0,  1,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2) \
  V(TIMERS_PROMISE_FINALLY_JOBS, "nodejs/node lib/timers/promises.js: finally until 15, SafePromisePrototypeFinally since 16", \
        4,  4,  4,  4,  4,  4,  4,  4,  6,  6,  6,  6,  6,  6,  6,  6,  6,  6,  6) \
  V(TIMER_THROW, "nodejs/node lib/timers.js tryOnTimeout (8, 10), lib/internal/timers.js processTimers (11)", \
       0,  0,  1,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2) \
  V(IMMEDIATE_THROW, "nodejs/node PR #17879: outstandingQueue in lib/internal/timers.js; src/env.cc CheckImmediate", \
       0,  1,  1,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2) \
  V(IMMEDIATE_UNREF, "nodejs/node PR #18139 (9.7.0): Immediate.prototype.ref, unref", \
       0,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1) \
  V(TICK_REJECTION_RUNS_MICROTASKS, "nodejs/node v8.x lib/internal/process/next_tick.js scheduleMicrotasks", \
       1,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0) \
  V(RESOLVE_COPIES_SETTLED, "V8 6.2 src/builtins/builtins-promise-gen.cc InternalResolvePromise; ECMA-262 27.2.1.3.2", \
       1,  1,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0) \
  V(AWAIT_ONE_JOB, "tc39/ecma262 PR #1250; V8 7.2 harmony_await_optimization; ECMA-262 27.7.5.3", \
       0,  0,  0,  0,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1) \
  V(ASYNC_GEN_YIELD_STAR, "tc39/ecma262 PR #1250 and PR #2819 (V8 10.8); ECMA-262 27.6.3, 15.5.5", \
       0,  0,  0,  0,  1,  1,  1,  1,  1,  1,  1,  2,  2,  2,  2,  2,  2,  2,  2) \
  V(ASYNC_GEN_END_AS_ASKED, "V8 7.x src/builtins/builtins-async-generator-gen.cc AsyncGeneratorResumeNext; measured", \
       0,  0,  0,  0,  1,  1,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0) \
  V(ASYNC_FROM_SYNC_CLOSES, "tc39/ecma262 PR #2600; V8 12.9 AsyncFromSyncIteratorPrototype; ECMA-262 27.1.4.4; measured", \
        0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  1,  1,  1,  1) \
  V(CONTINUE_CLOSES, "V8 6.8 src/parsing/parser.cc InitializeForOfStatement, FinalizeIteratorUse; BytecodeGenerator::VisitForOfStatement since 7.2; measured", \
       1,  1,  1,  1,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0) \
  V(STAR_RETURN_REJECTED, "V8 src/interpreter/bytecode-generator.cc VisitYieldStar; ECMA-262 27.6.3.8; measured", \
       1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  0,  0,  0,  0,  0) \
  V(MAIN_THROW_DRAINS, "nodejs/node lib/internal/process/execution.js createOnGlobalUncaughtException, 12.0.0", \
       0,  0,  0,  0,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1) \
  V(CHECK_OPENS_SCOPE, "nodejs/node PR #34366: src/env.cc RunAndClearNativeImmediates (14.7.0, 12.19.0)", \
       0,  0,  0,  0,  1,  0,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  0) \
  V(UNHANDLED_IS_FATAL, "nodejs/node PR #33021 (15.0.0): lib/internal/process/promises.js throwUnhandledRejectionsMode", \
       0,  0,  0,  0,  0,  0,  0,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1) \
  V(HANDLED_FLAG_BUG, "nodejs/node v11.x lib/internal/process/promises.js handledRejection", \
       0,  0,  0,  1,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0) \
  V(REJECTION_HANDLED_TICK, "nodejs/node v8.x lib/internal/process/promises.js", \
       1,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0) \
  V(REJECTION_HANDLED_DRAINS, "nodejs/node lib/internal/process/promises.js processPromiseRejections, 12.0.0", \
       1,  0,  0,  0,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1) \
  V(FATAL_SETS_EXIT_CODE, "nodejs/node lib/internal/bootstrap/node.js process._fatalException (10), lib/internal/process/execution.js; measured", \
        0,  0,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1) \
  V(TLA_EXIT_ARGUMENT, "nodejs/node lib/internal/modules/run_main.js handleProcessExit, 22.0.0", \
       0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0, 13, 13, 13, 13, 13) \
  V(ESM_ERROR_JOBS, "nodejs/node lib/internal/modules/esm/module_job.js run, lib/internal/process/esm_loader.js; measured", \
       3,  3,  3,  3,  3,  3,  3,  3,  8,  6,  3,  6,  3,  3,  4,  4,  4,  4,  4) \
  V(IMPORT_JOBS, "nodejs/node lib/internal/modules/esm/loader.js import; measured", \
      19, 19, 19, 19, 19, 19, 17, 17, 27, 22, 19, 23, 15, 15, 13, 15, 10, 10, 10) \
  V(IMPORT_READS_FILE, "nodejs/node lib/internal/modules/esm/load.js getSource (getSourceSync from 22); measured", \
       1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  0,  1,  0,  0,  0) \
  V(READ_FILE_TRIPS, "nodejs/node lib/fs.js readFile, lib/internal/fs/read/context.js ReadFileContext", \
       3,  3,  3,  3,  3,  3,  3,  3,  3,  3,  3,  3,  3,  3,  3,  3,  3,  3,  0) \
  V(READ_FILE_CHUNK_KIB, "nodejs/node PR #17054 (10.0.0), PR #27063 (12.0.0): kReadFileBufferLength", \
       0,  0,  8,  8,512,512,512,512,512,512,512,512,512,512,512,512,512,512,512) \
  V(WRITE_FILE_TRIPS, "nodejs/node lib/fs.js writeFile, writeAll", \
       3,  3,  3,  3,  3,  3,  3,  3,  3,  3,  3,  3,  3,  3,  3,  3,  3,  3,  1) \
  V(FS_PROMISE_JOBS, "nodejs/node lib/internal/fs/promises.js; handleErrorFromBinding since 20.0.0", \
       2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  3,  3,  3,  3,  3,  3,  3) \
  V(FS_PROMISE_STAT_JOBS, "nodejs/node lib/internal/fs/promises.js stat, lstat", \
       3,  3,  3,  3,  2,  2,  2,  2,  2,  2,  2,  2,  3,  3,  3,  3,  3,  3,  4) \
  V(FS_PROMISE_OPEN_JOBS, "nodejs/node lib/internal/fs/promises.js open, readdir", \
       3,  3,  3,  3,  2,  2,  2,  2,  2,  2,  2,  2,  3,  3,  3,  3,  3,  3,  3) \
  V(FS_PROMISE_FILE_JOBS, "nodejs/node lib/internal/fs/promises.js readFile, handleFdClose, FileHandle.close", \
       4,  4,  4,  4,  4,  4,  7,  7, 11, 10, 10, 10, 10, 10, 10, 10, 10, 10,  2) \
  V(FS_PROMISE_ERROR_JOBS, "nodejs/node lib/internal/fs/promises.js handleErrorFromBinding", \
       2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  5,  5,  5,  5,  5,  5,  5) \
  V(FS_PROMISE_STAT_ERROR_JOBS, "nodejs/node lib/internal/fs/promises.js stat, handleErrorFromBinding", \
       3,  3,  3,  3,  2,  2,  2,  2,  2,  2,  2,  2,  5,  5,  5,  5,  5,  5,  6) \
  V(FS_PROMISE_FILE_ERROR_JOBS, "nodejs/node lib/internal/fs/promises.js readFile, open", \
       5,  5,  5,  5,  3,  3,  3,  3,  3,  3,  3,  3,  6,  6,  6,  6,  6,  6,  2) \
  V(FS_PROMISE_EXTRA_READ, "nodejs/node v12.x lib/internal/fs/promises.js readFileHandle", \
       1,  1,  1,  1,  1,  1,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0) \
  V(EMITTER_CAPTURES, "nodejs/node PR #27867 (13.4.0, 12.16.0): EventEmitter.init in lib/events.js", \
       0,  0,  0,  0,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1) \
  V(EMITTER_SHAPE, "nodejs/node lib/events.js kShapeMode, 20.0.0", \
       0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  1,  1,  1,  1,  1,  1,  1) \
  V(EMITTER_COUNTS_EMITS, "nodejs/node lib/events.js kEmitting, 24.x; measured", \
       0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  1,  1,  1) \
  V(EMITTER_DOMAIN, "nodejs/node v8.x lib/events.js EventEmitter.init; removed in 9.3.0", \
       1,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0) \
  V(EVENTS_ONCE_EXTRA_JOB, "nodejs/node lib/events.js once became an async function, 14.0.0", \
       0,  0,  0,  0,  0,  0,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1) \
  V(STREAM_FINISH, "nodejs/node lib/internal/streams/writable.js afterWrite, finishMaybe, finish", \
       0,  0,  0,  0,  0,  0,  0,  1,  1,  1,  1,  1,  2,  2,  2,  2,  2,  2,  2) \
  V(STREAM_WRITE_SINK_FIRST, "nodejs/node lib/internal/streams/writable.js writeOrBuffer, 20.x; measured", \
       0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  1,  1,  1,  1,  1,  1,  1) \
  V(STREAM_READ_ONE_CHUNK, "nodejs/node lib/internal/streams/readable.js howMuchToRead, 26.0.0", \
       0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  1) \
  V(STREAM_HIGH_WATER_KIB, "nodejs/node PR #52037 (22.0.0): lib/internal/streams/state.js getDefaultHighWaterMark", \
      16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 64, 64, 64, 64, 64) \
  V(STREAM_FROM_SYNC, "nodejs/node lib/internal/streams/from.js, 15.0.0", \
       0,  0,  0,  0,  0,  0,  0,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1) \
  V(READABLE_ANSWERS_AT_ONCE, "nodejs/node lib/internal/streams/readable.js createAsyncIterator, 26.0.0; measured", \
       0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  1) \
  V(PIPELINE_COUNTS, "nodejs/node lib/internal/streams/pipeline.js, 17.0.0 (pipe), 18.0.0 (the target is ended by itself); measured", \
       0,  0,  0,  0,  0,  0,  0,  0,  0,  1,  2,  2,  2,  2,  2,  2,  2,  2,  2) \
  V(PIPELINE_ERROR_ENDS_NONE, "nodejs/node lib/internal/streams/pipeline.js finishOnlyHandleError, 22.0.0; measured", \
       0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  1,  1,  1,  1,  1) \
  V(INSPECT_QUOTES_REST, "nodejs/node PR #23162 (12.0.0): formatWithOptions in lib/internal/util/inspect.js", \
       1,  1,  1,  1,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0) \
  V(INSPECT_PICKS_QUOTE, "nodejs/node PR #21624 (11.0.0): strEscape", \
       0,  0,  0,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1) \
  V(INSPECT_NULL_PROTOTYPE, "nodejs/node v10.x lib/util.js formatValue, getPrefix", \
       0,  0,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1) \
  V(INSPECT_ERROR_BRACKETS, "nodejs/node lib/internal/util/inspect.js formatRaw, formatError (11.0.0); lib/util.js before 10", \
       0,  0,  1,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2) \
  V(INSPECT_LINES_STAY_APART, "nodejs/node lib/internal/util/inspect.js reduceToSingleString, 16.0.0; measured", \
       0,  0,  0,  0,  0,  0,  0,  0,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1) \
  V(INSPECT_ESCAPES_SHORTLY, "nodejs/node lib/internal/util/inspect.js meta, 14.0.0; measured", \
       0,  0,  0,  0,  0,  0,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1) \
  V(INSPECT_ARRAY_SIZES, "nodejs/node lib/internal/util/inspect.js getPrefix, 12.0.0; measured", \
       0,  0,  0,  0,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1) \
  V(INSPECT_CHECKS_CONSTRUCTOR, "nodejs/node lib/internal/util/inspect.js getConstructorName, isInstanceof, 14.0.0; measured", \
       0,  0,  0,  0,  0,  0,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1) \
  V(NAVIGATOR_LOCKS, "nodejs/node PR #58666 (24.5.0): lib/internal/navigator.js; measured", \
       0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  1,  1,  1) \
  V(INSPECT_FUNCTION_FIRST, "nodejs/node lib/internal/util/inspect.js formatRaw, 20.0.0; measured", \
       0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  1,  1,  1,  1,  1,  1,  1) \
  V(INSPECT_NAMES_PROXIES, "nodejs/node lib/internal/util/inspect.js formatValue, 26.0.0; measured", \
       0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  1) \
  V(V8_NAMES_KIND, "V8 11.x src/builtins/base.tq ThrowCalledNonCallable; 12.x kBadSortComparisonFunction; measured", \
       0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  1,  2,  2,  2,  2,  2) \
  V(INSPECT_BRACKETS_BYTE_LENGTH, "nodejs/node lib/internal/util/inspect.js formatExtraProperties; measured (not in 23)", \
       0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  1,  0,  1,  1,  1) \
  V(INSPECT_SIZES, "nodejs/node PR #30225, PR #27227 (13.0, 13.x): lib/internal/util/inspect.js formatValue, getFunctionBase", \
       0,  0,  0,  0,  0,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1) \
  V(INSPECT_TAGS, "nodejs/node lib/util.js, lib/internal/util/inspect.js formatValue; measured", \
       0,  0,  1,  2,  3,  3,  3,  3,  3,  3,  3,  3,  3,  3,  3,  3,  3,  3,  3) \
  V(INSPECT_CLASS, "nodejs/node PR #32332 (14.0.0, 12.17.0): getClassBase", \
       0,  0,  0,  0,  1,  0,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1) \
  V(INSPECT_GROUPS_ARRAYS, "nodejs/node PR #26269 (11.11.0: compact takes a number), PR #27109 (12.0.0: it is 3): groupArrayElements", \
       0,  0,  0,  0,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1) \
  V(INSPECT_TABLE_LEFT, "nodejs/node PR #50135 (21.x, 20.11.0): lib/internal/cli_table.js renderRow", \
       0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  1,  1,  1,  1,  1,  1,  1) \
  V(INSPECT_LIMITS_COLLECTIONS, "nodejs/node PR #43576 (19.0.0, 16.18.0): formatSet, formatMap", \
       0,  0,  0,  0,  0,  0,  0,  0,  1,  0,  0,  1,  1,  1,  1,  1,  1,  1,  1) \
  V(INSPECT_SYMBOL_BRACKETS, "nodejs/node lib/internal/util/inspect.js formatProperty, 24.0.0", \
       1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  0,  0,  0) \
  V(INSPECT_PROTO_BRACKETS, "nodejs/node PR #37713 (15.13.0, 14.17.0): lib/internal/util/inspect.js formatProperty", \
       0,  0,  0,  0,  0,  0,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1) \
  V(SORT_STABLE, "V8 7.0 third_party/v8/builtins/array-sort.tq (TimSort); before, src/js/array.js InnerArraySort", \
       0,  0,  0,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1) \
  V(CONSOLE_ASSERT_VALUES, "nodejs/node lib/internal/console/constructor.js assert, 22.0.0; measured", \
       0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  1,  1,  1,  1,  1) \
  V(FORMAT_PERCENT_C, "nodejs/node lib/internal/util/inspect.js formatWithOptions, 12.0.0", \
       0,  0,  0,  0,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1) \
  V(V8_WORDS, "V8 src/ast/prettyprinter.cc CallPrinter, src/runtime/runtime-internal.cc, message-template.h; measured", \
       0,  0,  1,  1,  2,  2,  3,  3,  4,  4,  5,  5,  6,  6,  6,  6,  6,  6,  7) \
  V(UNCAUGHT_VALUE_INSPECTED, "nodejs/node PR #27243 (12.0.0): src/node_errors.cc PrintUncaughtException; measured", \
       0,  0,  0,  0,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1) \
  V(IMPORT_META, "nodejs/node lib/internal/modules/esm/initialize_import_meta.js; measured", \
       0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  1,  0,  2,  2,  3,  2,  3,  3,  3) \
  V(SORT_INSERTS, "V8 14 third_party/v8/builtins/array-sort.tq ArrayTimSortImpl; measured", \
       0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  8,  8) \
  V(CLASS_NAME_LAST, "V8 src/ast/ast-function-literal-id-reindexer.cc, DefineClass; measured: tests/builtins/walk.txt", \
       1,  1,  1,  1,  2,  2,  1,  2,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0) \
  V(V8_CANNOT_READ, "V8 9.2 src/execution/messages.cc RenderCallSite; message templates kNonObjectPropertyLoadWithProperty", \
       0,  0,  0,  0,  0,  0,  0,  0,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1) \
  V(WARN_NEGATIVE_DELAY, "nodejs/node PR #46678: lib/internal/timers.js Timeout (TimeoutNegativeWarning, TimeoutNaNWarning)", \
       0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  1,  1,  1,  1) \
  V(WARN_LARGE_DELAY, "nodejs/node lib/internal/timers.js Timeout (TimeoutOverflowWarning)", \
       0,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1) \
  V(STACK_CLASS_NAMES, "V8 10.x src/objects/call-site-info.cc AppendMethodCall, JSFunction::GetDebugClassName; measured", \
       0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  1,  1,  1,  1,  1,  1,  2,  2,  2) \
  V(MULTIPLE_RESOLVES, "nodejs/node PR #22218 (10.12.0), PR #41896 (18.0.0, DEP0160), gone in 25.0.0: lib/internal/process/promises.js", \
       0,  0,  1,  1,  1,  1,  1,  1,  1,  1,  2,  2,  2,  2,  2,  2,  2,  0,  0) \
  V(V8_COUNT_VALUE, "V8 10.8 message template kInvalidCountValue; measured", \
       0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  1,  1,  1,  1,  1,  1,  1,  1) \
  V(STACK_ACCESSOR_AS, "V8 src/objects/call-site-info.cc StringEndsWithMethodName", \
       1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  0,  0,  0,  0,  0) \
  V(STACK_ASYNC, "V8 7.3 --async-stack-traces", \
       0,  0,  0,  0,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1) \
  V(STACK_NAMES_ARROWS, "V8 src/parsing/parser-base.h ParseAssignmentExpression; measured", \
       1,  1,  1,  1,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0) \
  V(STACK_COMPUTED_NAMES, "V8 src/parsing/parser.h PushPropertyName; measured", \
       0,  0,  0,  0,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1) \
  V(STACK_NAMES_CALLED, "V8 7.0 src/objects/shared-function-info.cc InitFromFunctionLiteral (no UncompiledData); measured", \
       1,  1,  1,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0) \
  V(STACK_CALLS_ARROWS, "V8 12.9 src/parsing/parser-base.h ParsePrimaryExpression (could_be_immediately_invoked); measured", \
       0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  1,  1,  1,  1) \
  V(STACK_THENABLE_JOB, "V8 src/execution/isolate.cc CaptureAsyncStackTrace; measured", \
       0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  1,  1) \
  V(STACK_COMBINATORS, "V8 src/execution/isolate.cc CaptureAsyncStackTrace", \
       0,  0,  0,  0,  1,  1,  1,  2,  2,  2,  3,  3,  3,  3,  3,  3,  3,  3,  3) \
  V(JSON_MESSAGES, "V8 src/json/json-parser.cc LookUpErrorMessageForJsonToken; measured", \
       0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  1,  1,  2,  3,  3,  3,  3,  3) \
  V(ASSERT_DIFF, "nodejs/node lib/internal/assert/assertion_error.js; measured", \
       0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  2,  1,  2,  2,  2) \
  V(EMITTED_AT_FOLDS, "nodejs/node lib/events.js enhanceStackTrace; measured", \
       1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  0,  0,  0,  0,  0) \
  V(REJECTION_WARNING_TELLS, "nodejs/node lib/internal/process/promises.js emitUnhandledRejectionWarning, 12.0.0", \
       0,  0,  0,  0,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1) \
  V(TIMER_REFRESH, "nodejs/node PR #20298 (10.2.0): Timeout.prototype.refresh in lib/timers.js", \
        0,  0,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1) \
  V(TIMERS_PROMISES, "nodejs/node PR #33950 (15.0.0): lib/timers/promises.js", \
        0,  0,  0,  0,  0,  0,  0,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1) \
  V(ABORT_CONTROLLER, "nodejs/node PR #33527 (15.0.0): lib/internal/abort_controller.js", \
        0,  0,  0,  0,  0,  0,  0,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1) \
  V(QUEUE_MICROTASK, "nodejs/node PR #22951 (11.0.0): lib/internal/queue_microtask.js", \
        0,  0,  0,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1) \
  V(UNCAUGHT_ORIGIN, "nodejs/node PR #26599 (12.0.0, 10.17.0): lib/internal/process/execution.js", \
        0,  0,  1,  0,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1) \
  V(UNCAUGHT_MONITOR, "nodejs/node PR #31257 (13.7.0, 12.17.0): lib/internal/process/execution.js", \
        0,  0,  0,  0,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1) \
  V(MESSAGE_CHANNEL, "nodejs/node lib/internal/bootstrap/node.js, 15.0.0; measured", \
        0,  0,  0,  0,  0,  0,  0,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1) \
  V(EVENTS_ONCE, "nodejs/node PR #26078 (11.13.0, 10.16.0): lib/events.js", \
        0,  0,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1) \
  V(READABLE_FROM, "nodejs/node PR #27660 (12.3.0, 10.17.0): lib/internal/streams/from.js", \
        0,  0,  1,  0,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1) \
  V(STREAM_PIPELINE, "nodejs/node PR #19828 (10.0.0): lib/internal/streams/pipeline.js", \
        0,  0,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1) \
  V(ASYNC_CONTEXT_FRAME, "nodejs/node PR #55552 (24.0.0): lib/internal/async_local_storage/async_context_frame.js", \
       0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  1,  1,  1) \
  V(BUILTINS, "V8's bootstrapper.cc; measured: sim/rules/names.c, tests/js/rules/names.js", \
       8,  9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26) \
  V(SYNTAX, "V8's flag-definitions.h; measured: sim/rules/names.c, tests/js/rules/syntax.js", \
       8,  9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26) \
  V(SYNTAX_QUOTES_TOKENS, "V8 src/common/message-template.h kUnexpectedToken; measured", \
       0,  0,  0,  0,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1) \
  V(SYNTAX_NAMES_IDENTIFIERS, "V8 src/common/message-template.h kUnexpectedTokenIdentifier; measured", \
       0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  1,  1,  1,  1,  1,  1,  1,  1) \
  V(LATE_ACCESSORS, "V8 src/interpreter/bytecode-generator.cc VisitObjectLiteral, CloneObjectIC; measured", \
       0,  0,  0,  1,  1,  1,  1,  1,  1,  0,  1,  1,  1,  1,  1,  1,  1,  1,  1) \
  V(FUNCTION_CALLER, "V8 14.1 (Node 25) made them accessors of Function.prototype; measured", \
       1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  0,  0) \
  V(MATCH_GROUPS, "V8 6.4 harmony_regexp_named_captures; measured", \
       0,  0,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1) \
  V(NAMELESS_SCRIPT, "nodejs/node src/node_errors.cc GetErrorSource; measured", \
       0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  1,  1,  1,  1,  1,  1,  1) \
  V(URL_PARSE, "nodejs/node PR #52280 (22.1.0, and in the last 20): lib/internal/url.js", \
       0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  1,  0,  1,  1,  1,  1,  1) \
  V(URL_ERROR_NATIVE, "nodejs/node PR #47339 (20.0.0): src/node_url.cc ThrowInvalidURL; measured", \
       0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  1,  1,  1,  1,  1,  1,  1) \
  V(URL_MESSAGE_INPUT, "nodejs/node lib/internal/errors.js ERR_INVALID_URL, 16.0.0; measured", \
       1,  1,  1,  1,  1,  1,  1,  1,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0) \
  V(URL_CAN_PARSE, "nodejs/node PR #47179 (19.9.0, 18.17.0): lib/internal/url.js", \
       0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  1,  1,  1,  1,  1,  1,  1,  1,  1)
// clang-format on

static const struct six_rule_row rows[SIX_RULE_COUNT] = {
#define R(cell, rule, text) [SIX_RULE_##cell].name = #cell, [SIX_RULE_##cell].number = rule, [SIX_RULE_##cell].title = text,
    SIX_RULE_TABLE(R)
#undef R
#define V(cell, evidence, ...) [SIX_RULE_##cell].source = evidence, [SIX_RULE_##cell].values = {__VA_ARGS__},
        VALUES(V)
#undef V
};

bool six_rules_for(int major, struct six_rules *rules) {
  if (major < SIX_NODE_FIRST || major > SIX_NODE_LAST) return false;
  rules->major = major;
  for (int cell = 0; cell < SIX_RULE_COUNT; cell++) rules->cell[cell] = rows[cell].values[major - SIX_NODE_FIRST];
  return true;
}

const struct six_rule_row *six_rule_row(enum six_rule_cell cell) { return &rows[cell]; }
