// rules: the list of rows. R(cell name, rule number, title). The meaning of each cell's value is in its title.
#ifndef SIX_RULES_TABLE_H
#define SIX_RULES_TABLE_H

#define SIX_RULE_TABLE(R)                                                                                                                \
  R(TIMERS_AT_END, 3, "timers run at the end of an iteration, before the liveness test (libuv 1.45)")                                    \
  R(PENDING_AFTER_POLL, 2, "what poll's callbacks gave to the pending queue runs right after poll, before check (libuv 1.44.2)")         \
  R(TIMER_TRUNCATES, 11, "fractions of a millisecond are dropped before a timer finds its list")                                         \
  R(TIMER_ONE_QUEUE, 12, "one priority queue of timer lists on one libuv timer (0: one per list, and per unref'd timer)")                \
  R(TIMER_RESTARTS_AT_ONCE, 15, "a list whose next timer is due by now runs again in the same phase")                                    \
  R(DRAIN_BETWEEN, 16, "ticks and microtasks run between timers and between immediates (0: after the whole list)")                       \
  R(INTERVAL_FROM_START, 17, "an interval's period counts from the start of its callback (0: from its end)")                             \
  R(INTERVAL_SURVIVES_THROW, 17, "an interval whose callback threw goes on")                                                             \
  R(JSON_CIRCLE_PATH, 160, "the error about a circular structure names the path")                                                        \
  R(CLEAR_BY_ID, 18, "clearTimeout takes a timer's primitive id")                                                                        \
  R(CLEAR_INTERCHANGEABLE, 19, "clearTimeout and clearInterval are interchangeable")                                                     \
  R(TIMER_REFRESH, 20, "Timeout has refresh")                                                                                            \
  R(TIMER_HAS_REF, 21, "Timeout has hasRef: 2 tells what ref and unref said, 1 false once it is over")                                   \
  R(TIMERS_PROMISE_FINALLY_JOBS, 23, "jobs from the settling of a promised timer that has a signal to its reactions")                    \
  R(TIMERS_PROMISES, 23, "timers/promises is there")                                                                                     \
  R(ABORT_CONTROLLER, 23, "AbortController is there")                                                                                    \
  R(TIMER_THROW, 22, "after a handled throw in a timer: 2 next due timer, then the drain; 1 rest of the list; 0 rest from a tick")       \
  R(IMMEDIATE_THROW, 33, "after a handled throw in an immediate: 2 next immediate, then the drain; 1 whole rest; 0 rest from a tick")    \
  R(IMMEDIATE_UNREF, 36, "Immediate has unref and ref")                                                                                  \
  R(QUEUE_MICROTASK, 45, "queueMicrotask is there")                                                                                      \
  R(TICK_REJECTION_RUNS_MICROTASKS, 49, "a rejection without a handler puts a microtask run into the tick queue")                        \
  R(RESOLVE_COPIES_SETTLED, 52, "resolve(p) of a settled native promise copies its state at once")                                       \
  R(AWAIT_ONE_JOB, 72, "await of a native promise takes one job (0: three)")                                                             \
  R(ASYNC_GEN_YIELD_STAR, 80, "yield* over an async iterable: 2 one await fewer, 1 cheaper, 0 as first specified")                       \
  R(ASYNC_GEN_END_AS_ASKED, 80,                                                                                                          \
    "where an async generator's body ends without return, the request decides: throw and return do as when it is over")                  \
  R(ASYNC_FROM_SYNC_CLOSES, 81,                                                                                                          \
    "a rejected value, or throw without such a method, closes a sync iterator that is iterated asynchronously")                          \
  R(CONTINUE_CLOSES, 81, "a continue counts as leaving a for-of: where its iterator ends after one, it is closed too")                   \
  R(STAR_RETURN_REJECTED, 80,                                                                                                            \
    "yield* in an async generator was asked to return what rejects: 1 it throws that at the inner iterator, 0 passes it to next()")      \
  R(MAIN_THROW_DRAINS, 93, "after a handled throw in the main script the queues drain at once")                                          \
  R(UNCAUGHT_ORIGIN, 93, "uncaughtException's second argument tells the origin")                                                         \
  R(UNCAUGHT_MONITOR, 93, "uncaughtExceptionMonitor comes before uncaughtException")                                                     \
  R(CHECK_OPENS_SCOPE, 95, "the check phase begins with a scope whose end drains what a handled throw left")                             \
  R(UNHANDLED_IS_FATAL, 91, "an unhandled rejection without a listener ends the process")                                                \
  R(HANDLED_FLAG_BUG, 90, "attaching a handler clears the 'rejections pending' flag")                                                    \
  R(REJECTION_HANDLED_TICK, 92, "rejectionHandled comes from a tick (0: end of the drain)")                                              \
  R(REJECTION_HANDLED_DRAINS, 92, "what listeners of rejectionHandled queue runs in the same drain (0: in the next one)")                \
  R(FATAL_SETS_EXIT_CODE, 94, "a fatal error sets process.exitCode, which exit listeners may change (0: the status is 1)")               \
  R(TLA_EXIT_ARGUMENT, 47, "the exit event's argument after an unsettled top-level await")                                               \
  R(ESM_ERROR_JOBS, 47, "jobs from a throw in the main ES module's body to the end of the process")                                      \
  R(IMPORT_JOBS, 47, "jobs from import() of a built-in module to its reactions")                                                         \
  R(IMPORT_READS_FILE, 47, "import() reads a file on the thread pool (0: at once)")                                                      \
  R(READ_FILE_TRIPS, 101, "thread-pool trips of fs.readFile besides the reads: 3 open, fstat, close; 0 a single job")                    \
  R(READ_FILE_CHUNK_KIB, 101, "KiB that fs.readFile reads per trip (0: the whole file)")                                                 \
  R(WRITE_FILE_TRIPS, 101, "thread-pool trips of fs.writeFile")                                                                          \
  R(FS_PROMISE_JOBS, 103, "jobs from an fs.promises completion to its reactions")                                                        \
  R(FS_PROMISE_STAT_JOBS, 103, "the same for stat and lstat")                                                                            \
  R(FS_PROMISE_OPEN_JOBS, 103, "the same for open and readdir")                                                                          \
  R(FS_PROMISE_FILE_JOBS, 103, "the same for readFile and writeFile, counted from their last trip")                                      \
  R(FS_PROMISE_ERROR_JOBS, 103, "jobs from a failed fs.promises operation to its reactions")                                             \
  R(FS_PROMISE_STAT_ERROR_JOBS, 103, "the same for stat and lstat")                                                                      \
  R(FS_PROMISE_FILE_ERROR_JOBS, 103, "the same for readFile and writeFile")                                                              \
  R(FS_PROMISE_EXTRA_READ, 103, "fs.promises.readFile reads once more to see the end")                                                   \
  R(EMITTER_CAPTURES, 120, "an EventEmitter has captureRejections and its symbol property")                                              \
  R(EMITTER_SHAPE, 120, "an EventEmitter has the property Symbol(shapeMode)")                                                            \
  R(EMITTER_COUNTS_EMITS, 120, "a list of listeners has a property that counts the emits under way")                                     \
  R(EMITTER_DOMAIN, 120, "an EventEmitter has the property domain")                                                                      \
  R(EVENTS_ONCE_EXTRA_JOB, 123, "events.once settles one job later")                                                                     \
  R(EVENTS_ONCE, 123, "events.once is there")                                                                                            \
  R(STREAM_FINISH, 130,                                                                                                                  \
    "a Writable's end: 2 'finish' from a tick after the last write callback; 1 at once; 0 end's callback after 'finish'")                \
  R(STREAM_WRITE_SINK_FIRST, 130, "write() answers by what is left after the sink took the chunk (0: by what there was before)")         \
  R(STREAM_READ_ONE_CHUNK, 130, "read() of a paused stream gives one chunk (0: all joined)")                                             \
  R(STREAM_HIGH_WATER_KIB, 130, "KiB that a byte stream buffers by default")                                                             \
  R(STREAM_FROM_SYNC, 131, "Readable.from takes a sync iterable's items at once (0: from promise jobs)")                                 \
  R(READABLE_FROM, 131, "Readable.from is there")                                                                                        \
  R(STREAM_PIPELINE, 132, "stream.pipeline and stream.finished are there")                                                               \
  R(MESSAGE_CHANNEL, 140, "MessageChannel is there without require")                                                                     \
  R(READABLE_ANSWERS_AT_ONCE, 131, "a Readable's async iterator answers with a chunk that is there at once (0: it is a generator)")      \
  R(PIPELINE_COUNTS, 132, "a pipeline waits for both ends of each pipe, and calls back in a tick (0: for each stream, at once)")         \
  R(PIPELINE_ERROR_ENDS_NONE, 132, "an error in a pipeline is not counted as the end of one of its streams: the callback waits for all") \
  R(INSPECT_QUOTES_REST, 160, "console.log quotes string arguments when the first is not a string")                                      \
  R(INSPECT_PICKS_QUOTE, 160, "inspect chooses the quote by the content")                                                                \
  R(INSPECT_NULL_PROTOTYPE, 160, "inspect shows [Object: null prototype] {} (0: {})")                                                    \
  R(INSPECT_ERROR_BRACKETS, 160,                                                                                                         \
    "inspect puts an error without stack frames in brackets (1: not within anything, 0: never, nor are its lines indented)")             \
  R(INSPECT_LINES_STAY_APART, 160, "inspect never joins entries of which one has several lines")                                         \
  R(INSPECT_ESCAPES_SHORTLY, 160, "inspect escapes as \\x1B, and also what is between \\x7F and \\x9F (0: \\u001b)")                     \
  R(INSPECT_ARRAY_SIZES, 160, "inspect shows the length of typed arrays and of arrays of a class of their own")                          \
  R(INSPECT_CHECKS_CONSTRUCTOR, 160, "inspect takes for the constructor only that of which the object is an instance")                   \
  R(NAVIGATOR_LOCKS, 160, "navigator has locks")                                                                                         \
  R(INSPECT_FUNCTION_FIRST, 160, "inspect shows a function whose constructor is Object as one (0: {})")                                  \
  R(INSPECT_NAMES_PROXIES, 160, "inspect shows Proxy(...) around a proxy's target")                                                      \
  R(V8_NAMES_KIND, 160, "V8 says 'number 3 is not a function' of a callback (2: and what the sort function was)")                        \
  R(INSPECT_BRACKETS_BYTE_LENGTH, 160, "inspect shows [byteLength] of an ArrayBuffer (0: byteLength)")                                   \
  R(INSPECT_SIZES, 160, "inspect shows Map(1) and [Function (anonymous)]")                                                               \
  R(INSPECT_TAGS, 160, "inspect names toStringTag (2: and classes of dates and patterns, 3: but not what shows anyway)")                 \
  R(INSPECT_CLASS, 160, "inspect shows [class X]")                                                                                       \
  R(INSPECT_GROUPS_ARRAYS, 160, "inspect groups long arrays in columns")                                                                 \
  R(INSPECT_TABLE_LEFT, 160, "console.table aligns its cells to the left (0: centred)")                                                  \
  R(INSPECT_LIMITS_COLLECTIONS, 160, "maxArrayLength counts for Map and Set too")                                                        \
  R(INSPECT_SYMBOL_BRACKETS, 160, "inspect shows symbol keys in brackets")                                                               \
  R(INSPECT_PROTO_BRACKETS, 160, "inspect shows a key __proto__ as ['__proto__'], as it is written")                                     \
  R(SORT_STABLE, 160, "sort() is stable, and asks its comparator as TimSort does")                                                       \
  R(CONSOLE_ASSERT_VALUES, 160, "console.assert shows a first value that is no string as inspect does")                                  \
  R(FORMAT_PERCENT_C, 160, "console.log knows %c")                                                                                       \
  R(V8_WORDS, 160, "V8's words about what cannot be iterated, taken apart, called or read yet: seven generations of them, from 0 on")    \
  R(UNCAUGHT_VALUE_INSPECTED, 160, "an uncaught value that is no error is shown as inspect shows it (0: as a string)")                   \
  R(IMPORT_META, 161, "import.meta has resolve (2: dirname and filename, 3: and main)")                                                  \
  R(SORT_INSERTS, 161, "so many elements are no longer sorted by insertion alone")                                                       \
  R(CLASS_NAME_LAST, 161, "a class gets its name behind its static methods (1: none if it is anonymous)")                                \
  R(V8_CANNOT_READ, 160, "V8 words it: Cannot read properties of null (reading 'f')")                                                    \
  R(WARN_NEGATIVE_DELAY, 10, "a negative or NaN delay warns on stderr")                                                                  \
  R(WARN_LARGE_DELAY, 10, "a delay over the maximum warns on stderr")                                                                    \
  R(STACK_CLASS_NAMES, 160, "stack traces name a class (2: any constructor) before its static methods")                                  \
  R(MULTIPLE_RESOLVES, 92, "process emits multipleResolves (2: and warns that it is deprecated)")                                        \
  R(V8_COUNT_VALUE, 160, "String.prototype.repeat's RangeError tells the count")                                                         \
  R(STACK_ACCESSOR_AS, 160, "stack traces add [as x] to get x")                                                                          \
  R(STACK_ASYNC, 160, "stack traces go on with the async functions that wait")                                                           \
  R(STACK_NAMES_ARROWS, 160, "stack traces name an arrow function by what stands before it only")                                        \
  R(STACK_COMPUTED_NAMES, 160, "stack traces name a function that is assigned to a[i]: a.<computed> (0: a.(anonymous function))")        \
  R(STACK_NAMES_CALLED, 160, "stack traces name functions that are called where they stand, too")                                        \
  R(STACK_CALLS_ARROWS, 160, "an arrow function in parentheses is compiled at once, and has no name in stack traces")                    \
  R(STACK_THENABLE_JOB, 160, "a stack taken in the job that calls a thenable's then goes on with who awaits the result")                 \
  R(STACK_COMBINATORS, 160, "stack traces show Promise.all (1), any (2), allSettled (3)")                                                \
  R(JSON_MESSAGES, 160, "JSON.parse words its errors as V8 10.5 (1) and 11.4 (2, 3) do")                                                 \
  R(ASSERT_DIFF, 160, "assertion errors show the shortest diff, and have a property diff (2: both)")                                     \
  R(EMITTED_AT_FOLDS, 122, "an unhandled error event leaves out lines that the error's stack has too")                                   \
  R(REJECTION_WARNING_TELLS, 91, "the warning about an unhandled rejection tells of --unhandled-rejections")                             \
  R(ASYNC_CONTEXT_FRAME, 160, "an AsyncLocalStorage shows no fields")                                                                    \
  R(BUILTINS, 161, "the built-in objects hold what that major's V8 has")                                                                 \
  R(SYNTAX, 161, "the syntax is what that major's V8 reads")                                                                             \
  R(SYNTAX_QUOTES_TOKENS, 161, "a SyntaxError quotes the token that was unexpected")                                                     \
  R(SYNTAX_NAMES_IDENTIFIERS, 161, "a SyntaxError names the identifier that was unexpected")                                             \
  R(LATE_ACCESSORS, 161, "a literal that begins with a spread gets its accessors after its other properties")                            \
  R(FUNCTION_CALLER, 161, "sloppy functions have their own caller and arguments")                                                        \
  R(MATCH_GROUPS, 161, "what a regular expression matches has groups")                                                                   \
  R(NAMELESS_SCRIPT, 160, "the text of an eval is shown as <anonymous_script> (0: undefined)")                                           \
  R(URL_PARSE, 160, "URL.parse")                                                                                                         \
  R(URL_ERROR_NATIVE, 160, "new URL of no URL throws a TypeError without its code in the stack, with base")                              \
  R(URL_MESSAGE_INPUT, 160, "the message of an invalid URL tells it")                                                                    \
  R(URL_CAN_PARSE, 160, "URL.canParse")

#endif
