#include <stddef.h>

#include "sim/rules/rules.h"

// The rule book for readers: what happens, in plain words, and a program that shows it. Ordered by number.
static const struct six_rule_text texts[] = {
    {1, "The driver: main script, loop, beforeExit, exit",
     "Node runs your file from top to bottom as one callback, then empties the tick and microtask queues. After that it turns the "
     "event loop for as long as something keeps the loop alive. When nothing does, it emits 'beforeExit', looks once more whether "
     "that started new work, and finally emits 'exit'.",
     "process.on('beforeExit', () => console.log('beforeExit'));\nprocess.on('exit', () => console.log('exit'));\n"
     "setTimeout(() => console.log('timer'), 10);\nconsole.log('main');\n"},
    {2, "The order of the phases",
     "One turn of the loop visits its phases in a fixed order: timers, pending callbacks, idle and prepare, poll, check, closing. "
     "The poll phase is where the process sleeps: until an operation completes or the nearest timer is due, and not at all if "
     "immediates are waiting. Since libuv 1.45 the timers come at the end of a turn instead of its beginning, which is the same "
     "circle cut at another place.",
     "require('fs').stat('.', () => {\n  setTimeout(() => console.log('timer'), 0);\n  setImmediate(() => console.log('check'));\n"
     "  console.log('poll');\n});\n"},
    {3, "What libuv 1.45 changed",
     "From Node 20 on, timers run before the loop asks whether it may end; up to Node 18 they ran at the start of the next turn. "
     "Only one thing can be seen of it: an unref'd timer that is already due when the last turn ends still fires in Node 20, "
     "and never fires in Node 18.",
     "setTimeout(() => console.log('unref timer'), 30).unref();\nsetImmediate(() => { const t = Date.now(); while (Date.now() - t < 60); "
     "});\n"},
    {4, "What keeps the loop alive",
     "The loop goes on while there is an active handle that was not unref'd (a timer, an immediate, a listening server, a message "
     "port with a listener), an operation under way (a file, a lookup, a connection), or a handle that is closing. Promises, ticks "
     "and microtasks do not count: a promise that nobody will ever settle does not keep a process running.",
     "new Promise(() => {}).then(() => console.log('never'));\nconsole.log('end');\n"},
    {5, "beforeExit",
     "'beforeExit' is emitted each time the loop has run dry. If a listener starts something that keeps the loop alive, the loop "
     "runs again and the event comes again. Ticks and promise callbacks made by the listeners run, but they do not revive the loop "
     "by themselves. The event never comes after process.exit() or a fatal error.",
     "let again = true;\nprocess.on('beforeExit', () => {\n  console.log('beforeExit');\n  if (again) setTimeout(() => "
     "console.log('revived'), 1);\n"
     "  again = false;\n});\n"},
    {6, "The exit event",
     "Listeners of 'exit' run synchronously, and nothing they schedule on the loop will run: no timer, no immediate, no tick. There "
     "is one surprise: when the process ends by itself, promise callbacks queued by the listeners still run, because closing the "
     "callback scope empties the microtask queue. After process.exit() or a fatal error they do not.",
     "process.on('exit', () => {\n  Promise.resolve().then(() => console.log('microtask runs'));\n  process.nextTick(() => "
     "console.log('never'));\n"
     "  setTimeout(() => console.log('never'), 0);\n});\n"},
    {7, "process.exit()",
     "process.exit(code) emits 'exit' at once, on top of whatever is running, and then ends the process. Every queue is thrown away; "
     "the statement after the call is not reached.",
     "process.on('exit', (code) => console.log('exit', code));\nPromise.resolve().then(() => console.log('never'));\nprocess.exit(3);\n"},
    {8, "The clock",
     "The loop counts whole milliseconds. Making a timer reads the true time, and so does every run of the timers phase. Because both "
     "ends are cut down to whole milliseconds, a 1 ms timer may be due after almost no time at all: this is where the well-known "
     "races between timers and immediates come from.",
     "setTimeout(() => console.log('set at 0 ms, due after 6'), 6);\nconst end = Date.now() + 5;\nwhile (Date.now() < end);\n"
     "setTimeout(() => console.log('set at 5 ms, due after 3'), 3);\n"},
    {10, "Which delays count",
     "A delay is turned into a number. Anything that is not between 1 and 2147483647, such as 0, a negative number, NaN or nothing, "
     "becomes 1. So setTimeout(f, 0) and setTimeout(f, 1) are the same. A delay above the maximum prints a warning on stderr.",
     "setTimeout(() => console.log('one'), 1);\nsetTimeout(() => console.log('zero'), 0);\n"},
    {11, "Fractions of a millisecond",
     "Since Node 11 the fraction of a delay is dropped before the timer finds its list: 1.9 and 1 wait together, in the order they "
     "were made. Node 8 and 10 kept a list for every distinct number.",
     "setTimeout(() => console.log('1.9'), 1.9);\nsetTimeout(() => console.log('1'), 1);\n"},
    {12, "Timer lists",
     "Timers of equal duration share a list, first in first out. The lists wait in a queue ordered by when their first timer is due. "
     "The timers phase takes the list that is due first and runs all of its due members before it looks at the next list. That is why "
     "a list may run a later timer before another list's slightly earlier one. Node 8 and 10 had one libuv timer per list.",
     "setTimeout(() => console.log('a 2'), 2);\nsetTimeout(() => console.log('b 1'), 1);\nsetTimeout(() => console.log('c 2'), 2);\n"
     "const t = Date.now(); while (Date.now() - t < 10);\n"},
    {13, "Equal delays",
     "Timers with the same delay run in the order in which they were made. An interval or a refreshed timer goes to the end of the list.",
     "for (const name of ['a', 'b', 'c']) setTimeout(() => console.log(name), 5);\n"},
    {14, "Different delays",
     "Timers run in the order of the moments at which they become due, even when all of them are overdue. If two lists are due at the "
     "same millisecond, the list that was made first comes first.",
     "setTimeout(() => console.log('20'), 20);\nsetTimeout(() => console.log('10'), 10);\n"
     "const t = Date.now(); while (Date.now() - t < 40);\n"},
    {15, "Timers made while timers run",
     "A timer made inside a timer callback never runs in the same timers phase, because that phase works with the time at which it "
     "started. Before the new timer can run the loop passes the check phase, so an immediate made at the same place comes first. In "
     "Node 8 and 10 a new timer of another duration could still get into the same phase.",
     "setTimeout(() => {\n  setTimeout(() => console.log('timer'), 0);\n  setImmediate(() => console.log('immediate'));\n}, 0);\n"},
    {16, "Queues are emptied between timers",
     "Since Node 11 the tick and microtask queues are emptied after every single timer callback, as browsers do. Node 10 and earlier "
     "ran a whole list of timers first and emptied the queues afterwards. The same change was made for immediates.",
     "for (const n of [1, 2]) setTimeout(() => {\n  console.log('timer', n);\n  Promise.resolve().then(() => console.log('microtask', "
     "n));\n}, 0);\n"},
    {17, "Intervals",
     "After its callback an interval is put back at the end of its list. Its next period counts from the moment just before the "
     "callback, so slow callbacks do not shift the rhythm (in Node 8 the period counted from the callback's end). Periods that were "
     "missed are not made up for. Since Node 11 an interval survives an exception of its callback.",
     "let n = 0;\nconst i = setInterval(() => {\n  console.log('interval', ++n);\n  if (n === 2) clearInterval(i);\n}, 10);\n"
     "setTimeout(() => console.log('timeout'), 15);\n"},
    {18, "clearTimeout",
     "A timer can be cancelled until its callback starts, even if it is due and the timers before it in the same batch are running. "
     "Since Node 11 a tick or promise callback between two timers can do it. clearTimeout takes the Timeout object, and in newer "
     "versions also its number; anything else is ignored.",
     "const b = () => console.log('never');\nsetTimeout(() => { console.log('a'); clearTimeout(t); }, 0);\nconst t = setTimeout(b, 0);\n"},
    {19, "clearInterval",
     "clearInterval inside the interval's own callback stops it. clearTimeout and clearInterval do the same and may be exchanged; only "
     "in Node 8 and 9 did clearInterval leave a one-shot timer alone.",
     "const t = setInterval(() => { console.log('once'); clearTimeout(t); }, 1);\n"},
    {20, "timer.refresh()",
     "refresh() starts a timer's wait again from now and moves it to the end of its list; it also brings a timer back that has fired.",
     "const t = setTimeout(() => console.log('a'), 10);\nsetTimeout(() => console.log('b'), 10);\nt.refresh();\n"},
    {21, "unref and ref",
     "An unref'd timer keeps its place in the order, but the process does not wait for it: it fires only if something else keeps the "
     "loop alive long enough. ref() undoes it, hasRef() asks.",
     "setTimeout(() => console.log('10 fires'), 10).unref();\nsetTimeout(() => console.log('30'), 30);\n"
     "setTimeout(() => console.log('never'), 3000).unref();\n"},
    {22, "A timer that throws",
     "When a listener of 'uncaughtException' deals with an error from a timer, the next due timer runs first, and only after it the "
     "ticks and promise callbacks that the failed one had queued. In Node 10 the rest of the list ran first; in Node 8 the rest was "
     "postponed to a tick.",
     "process.on('uncaughtException', (e) => console.log('caught', e.message));\n"
     "setTimeout(() => { process.nextTick(() => console.log('tick')); throw new Error('boom'); }, 0);\nsetTimeout(() => "
     "console.log('next'), 0);\n"},
    {23, "Timers as promises",
     "With util.promisify(setTimeout) or timers/promises the timer's callback resolves a promise, so the code after an await runs as a "
     "microtask right after that timer. Aborting rejects the promise at the moment of abort(); the abort listeners run synchronously.",
     "const { setTimeout: sleep } = require('timers/promises');\nsetTimeout(() => console.log('before'), 5);\n"
     "sleep(5).then(() => console.log('awaited'));\nsetTimeout(() => console.log('after'), 5);\n"},
    {30, "Immediates are taken as a batch",
     "The check phase runs the immediates that wait when it begins, in order. Those queued meanwhile wait for the next turn of the loop.",
     "setImmediate(() => {\n  console.log('a');\n  setImmediate(() => console.log('next turn'));\n});\nsetImmediate(() => "
     "console.log('b'));\n"},
    {31, "Queues are emptied between immediates",
     "Since Node 11 ticks and microtasks run after each immediate; before, only after the whole batch.",
     "for (const n of [1, 2]) setImmediate(() => {\n  console.log('immediate', n);\n  process.nextTick(() => console.log('tick', "
     "n));\n});\n"},
    {32, "clearImmediate", "An immediate that has not started can be cancelled, also by an earlier one of the same batch.",
     "setImmediate(() => { console.log('a'); clearImmediate(b); });\nconst b = setImmediate(() => console.log('never'));\n"},
    {33, "An immediate that throws",
     "When the error is dealt with by 'uncaughtException', the next immediate of the batch runs, then the ticks and promise callbacks "
     "left by the failed one, then the others. Node 10 ran the whole rest first; Node 8 ran the rest from a tick.",
     "process.on('uncaughtException', (e) => console.log('caught', e.message));\n"
     "setImmediate(() => { process.nextTick(() => console.log('tick')); throw new Error('boom'); });\n"
     "setImmediate(() => console.log('second'));\nsetImmediate(() => console.log('third'));\n"},
    {34, "After I/O the immediate is first",
     "In a callback of a file or network operation, setImmediate always beats setTimeout(0): the check phase follows the poll phase "
     "directly, and timers come only after it.",
     "require('fs').stat('.', () => {\n  setTimeout(() => console.log('timeout'), 0);\n  setImmediate(() => "
     "console.log('immediate'));\n});\n"},
    {35, "From the main script it is a race",
     "setTimeout(0) against setImmediate from the main script, or from an immediate, is decided by whether a millisecond boundary was "
     "crossed before the loop looked at its timers. Both orders are legal. From inside a timer it is no race: the immediate is first.",
     "setTimeout(() => console.log('timeout'), 0);\nsetImmediate(() => console.log('immediate'));\n"},
    {36, "Unref'd immediates", "An immediate can be unref'd too (since Node 9.7). If nothing else keeps the loop alive it never runs.",
     "setImmediate(() => console.log('never')).unref();\nconsole.log('end');\n"},
    {40, "The drain",
     "Whenever Node comes back from your code to the loop, it empties two queues: first all process.nextTick callbacks, then all "
     "microtasks, and again from the start if those queued ticks. This happens after the main script, after each callback of an "
     "operation, and since Node 11 between timers and between immediates.",
     "Promise.resolve().then(() => console.log('microtask'));\nprocess.nextTick(() => console.log('tick'));\nconsole.log('main');\n"},
    {41, "First in, first out",
     "Inside the tick queue and inside the microtask queue, callbacks run in the order in which they were queued.",
     "process.nextTick(() => console.log(1));\nprocess.nextTick(() => console.log(2));\nqueueMicrotask(() => console.log(3));\n"
     "queueMicrotask(() => console.log(4));\n"},
    {42, "A tick queued by a microtask waits",
     "The microtask queue is emptied completely before the next tick runs. A process.nextTick inside a promise callback therefore comes "
     "after all promise callbacks, also after those queued later.",
     "Promise.resolve().then(() => {\n  process.nextTick(() => console.log('tick'));\n  Promise.resolve().then(() => "
     "console.log('inner'));\n"
     "}).then(() => console.log('outer'));\n"},
    {43, "A microtask queued by a tick waits",
     "The tick queue is emptied completely before the first microtask. A promise callback queued by a tick comes after all ticks.",
     "process.nextTick(() => Promise.resolve().then(() => console.log('microtask')));\nprocess.nextTick(() => console.log('second "
     "tick'));\n"},
    {44, "Starvation",
     "A tick that queues a tick, or a microtask that queues a microtask, without end keeps the loop from ever turning: timers and I/O "
     "never get a chance.",
     "let n = 0;\nsetTimeout(() => console.log('timer, at last'), 0);\n(function again() { if (n++ < 1000) process.nextTick(again); })();\n"
     "process.nextTick(() => console.log('still ticking'));\n"},
    {45, "queueMicrotask", "queueMicrotask(f) puts f into the same queue as promise callbacks, in order with them.",
     "Promise.resolve().then(() => console.log('a'));\nqueueMicrotask(() => console.log('b'));\nPromise.resolve().then(() => "
     "console.log('c'));\n"},
    {46, "ES modules start inside a microtask",
     "The body of an ES module runs in a promise job. When it ends, the microtask queue is emptied first and ticks come afterwards: just "
     "the opposite of a CommonJS script.",
     "import 'fs'; // a module\nprocess.nextTick(() => console.log('tick'));\nPromise.resolve().then(() => console.log('microtask'));\n"},
    {47, "Top-level await",
     "What follows a top-level await is a microtask; while microtasks are left no tick runs. Imported modules are evaluated first. If the "
     "awaited promise can never settle, the process ends with status 13 as soon as the loop is dry.",
     "process.nextTick(() => console.log('tick'));\nPromise.resolve().then(() => console.log('microtask'));\nawait null;\n"
     "console.log('after the await');\n"},
    {48, "Arguments are taken at the call",
     "setTimeout, setImmediate and process.nextTick evaluate their extra arguments when you call them and hand the same values, objects "
     "by reference, to the callback.",
     "let n = 1;\nsetTimeout((x) => console.log(x, n), 0, n);\nn = 2;\n"},
    {49, "Node 8: a rejection runs the microtasks early",
     "In Node 8 a promise rejected without a handler put a 'run the microtasks' entry into the tick queue at that point. Ticks queued "
     "after it therefore ran after the microtasks.",
     "Promise.reject(1).catch(() => console.log('caught'));\nprocess.nextTick(() => console.log('tick'));\n"},
    {50, "The executor is synchronous",
     "The function given to new Promise runs at once, before the constructor returns. If it throws, the promise is rejected, unless it "
     "was resolved before.",
     "new Promise((resolve) => { console.log('executor'); resolve(); }).then(() => console.log('then'));\nconsole.log('main');\n"},
    {51, "When a then callback is queued",
     "then() on a promise that is already settled queues its callback immediately. On a pending promise the callbacks wait, and are queued "
     "at the moment it settles, in the order in which they were registered.",
     "let resolve;\nnew Promise((r) => { resolve = r; }).then(() => console.log('pending one'));\n"
     "Promise.resolve().then(() => console.log('settled one'));\nresolve();\n"},
    {52, "Resolving with a promise costs two more jobs",
     "resolve(p), where p is a promise, does not copy p's state. It queues a job that calls p.then, and p's reaction is another job. "
     "Callbacks of the outer promise run two rounds later than with a plain value. Node 8 and 9 copied the state of a settled promise.",
     "Promise.resolve().then(() => console.log(1)).then(() => console.log(2)).then(() => console.log(3));\n"
     "new Promise((r) => r(Promise.resolve())).then(() => console.log('resolved with a promise'));\n"},
    {53, "Thenables",
     "Resolving with an object reads its then property right away. If that is a function it is called in a job of its own, so an answer "
     "takes one round more than a plain value.",
     "Promise.resolve().then(() => console.log(1)).then(() => console.log(2));\n"
     "Promise.resolve({ then(r) { console.log('then called'); r(); } }).then(() => console.log('thenable'));\n"},
    {54, "Returning from then",
     "Returning a plain value from a then callback settles the next promise of the chain at once. Returning a promise costs two rounds "
     "more, as resolving with it does.",
     "Promise.resolve().then(() => Promise.resolve()).then(() => console.log('returned a promise'));\n"
     "Promise.resolve().then(() => console.log(1)).then(() => console.log(2)).then(() => console.log(3)).then(() => console.log(4));\n"},
    {55, "Every link of a chain is one job",
     "Each then in a chain waits for the one before it and takes one round, even a link whose argument is not a function and that only "
     "passes the value on. Two chains of equal length therefore run like a zip.",
     "Promise.resolve().then(() => console.log('a1')).then(() => console.log('a2'));\n"
     "Promise.resolve().then(() => console.log('b1')).then(() => console.log('b2'));\n"},
    {56, "Promise.resolve of a promise",
     "Promise.resolve(p) gives p itself back if p was made by the same constructor. A promise of a subclass is wrapped, with the price of "
     "two more rounds.",
     "const p = Promise.resolve();\nconsole.log(Promise.resolve(p) === p);\n"},
    {57, "Values and errors pass through", "A rejection passes through then(f) and a value through catch(f) unchanged, one round per link.",
     "Promise.reject('e').then(() => {}).catch((e) => console.log('caught', e));\n"
     "Promise.resolve().then(() => console.log(1)).then(() => console.log(2)).then(() => console.log(3));\n"},
    {58, "finally",
     "The callback of finally runs in the first round, but what follows it comes only in the fourth, because finally waits for a promise "
     "of its own. The value passes through; a promise that the callback returns is waited for, and only its error replaces the value.",
     "Promise.resolve('v').finally(() => console.log('finally')).then((v) => console.log(v));\n"
     "Promise.resolve().then(() => console.log(1)).then(() => console.log(2)).then(() => console.log(3)).then(() => console.log(4));\n"},
    {59, "Promise.all",
     "With settled inputs the elements take one round and the result comes in the second. The first rejection decides; the other "
     "operations go on nevertheless.",
     "Promise.all([Promise.resolve(1), 2]).then((v) => console.log(v));\nPromise.resolve().then(() => console.log('one')).then(() => "
     "console.log('two'));\n"},
    {60, "race, any, allSettled", "They cost the same as Promise.all: the result of a first settled input comes in the second round.",
     "Promise.race([Promise.resolve('r')]).then((v) => console.log(v));\nPromise.resolve().then(() => console.log(1)).then(() => "
     "console.log(2));\n"},
    {61, "Only the first call counts",
     "A promise takes its fate from the first call of resolve or reject. Later calls, and an exception in the executor after it, are "
     "ignored.",
     "new Promise((resolve, reject) => { resolve('first'); reject(new Error()); throw 1; }).then((v) => console.log(v));\n"},
    {62, "Thenables that throw",
     "A thenable that throws before it has answered rejects the promise. What it throws after having answered is ignored.",
     "Promise.resolve({ then(r) { r('ok'); throw new Error('ignored'); } }).then((v) => console.log(v));\n"},
    {63, "A promise resolved with itself",
     "A promise cannot wait for itself: it is rejected with a TypeError that says 'Chaining cycle detected'.",
     "const p = Promise.resolve().then(() => p);\np.catch((e) => console.log(e.message));\n"},
    {64, "A promise with a then of its own",
     "If a program puts its own then function on a promise, resolve() calls that one. await does not: since Node 12 it uses the promise "
     "directly.",
     "const p = Promise.resolve('value');\np.then = (f) => f('from its own then');\n(async () => console.log('await:', await p))();\n"
     "new Promise((resolve) => resolve(p)).then((v) => console.log('resolve:', v));\n"},
    {70, "Until the first await everything is synchronous",
     "Calling an async function runs its body at once, up to the first await. Only what follows the await is put off.",
     "async function f() {\n  console.log('in f');\n  await null;\n  console.log('after await');\n}\nf();\nconsole.log('after the "
     "call');\n"},
    {71, "await of a plain value", "await costs one round even if there is nothing to wait for.",
     "(async () => { await 0; console.log('awaited'); })();\nPromise.resolve().then(() => console.log('then'));\n"},
    {72, "await of a promise",
     "Since Node 12 awaiting a settled promise costs one round, like a then on it. In Node 10 and 11 it cost three, because await wrapped "
     "the promise in another one.",
     "(async () => { await Promise.resolve(); console.log('awaited'); })();\n"
     "Promise.resolve().then(() => console.log(1)).then(() => console.log(2)).then(() => console.log(3));\n"},
    {73, "await of a thenable",
     "For an object with a then method, await first queues a job that calls it. If it answers at once, the code after the await runs in "
     "the second round.",
     "(async () => { await { then(r) { r(); } }; console.log('awaited'); })();\n"
     "Promise.resolve().then(() => console.log(1)).then(() => console.log(2));\n"},
    {74, "return in an async function",
     "Returning a plain value settles the function's promise at once. Returning a promise costs two rounds more than that.",
     "(async () => Promise.resolve())().then(() => console.log('returned a promise'));\n"
     "Promise.resolve().then(() => console.log(1)).then(() => console.log(2)).then(() => console.log(3));\n"},
    {75, "return await",
     "Since Node 12 'return await p' is quicker than 'return p': two rounds instead of three. In Node 10 it was the slower of the two.",
     "(async () => { return await Promise.resolve(); })().then(() => console.log('return await'));\n"
     "(async () => { return Promise.resolve(); })().then(() => console.log('return'));\n"},
    {76, "Throwing in an async function",
     "An exception in an async function, also in its parameters' defaults, never reaches the caller: it rejects the promise that the call "
     "returned.",
     "async function f() { throw new Error('boom'); }\nf().catch((e) => console.log('caught', e.message));\nconsole.log('no exception "
     "here');\n"},
    {77, "Several awaits",
     "Each await costs its own rounds, one after the other. In an expression, what stands left of an await is evaluated before it.",
     "(async () => { for (const n of [1, 2]) { await null; console.log('a', n); } })();\n"
     "(async () => { for (const n of [1, 2]) { await null; console.log('b', n); } })();\n"},
    {78, "Async functions interleave", "Functions that run at the same time take turns: at every await the next one in the queue goes on.",
     "const f = async (n) => { console.log(n, 1); await 0; console.log(n, 2); await 0; console.log(n, 3); };\nf('a');\nf('b');\n"},
    {79, "forEach does not wait",
     "forEach and map call an async callback for every element right away and ignore, or collect, the promises. To go one by one, use a "
     "for loop with await.",
     "const results = [];\n[1, 2].forEach(async (n) => { await 0; results.push(n); });\nconsole.log(results);\n"},
    {80, "Async generators",
     "Requests to an async generator queue up. Each yield awaits its value, and then the promise of the request is settled. How many "
     "rounds a yield* costs became less twice, with Node 12 and with Node 19.",
     "async function* g() { yield 1; yield 2; }\n(async () => { for await (const v of g()) console.log(v); })();\n"
     "Promise.resolve().then(() => console.log('a')).then(() => console.log('b')).then(() => console.log('c'));\n"},
    {81, "for await",
     "for await awaits each step. Over an ordinary iterable each value is awaited once more. Leaving the loop early awaits the "
     "iterator's return().",
     "(async () => { for await (const v of [Promise.resolve('a'), 'b']) console.log(v); })();\n"},
    {83, "finally blocks may wait",
     "An await in a finally block suspends as anywhere else, and a return in it wins over what the try block returned or threw.",
     "(async () => { try { return 'try'; } finally { await 0; return 'finally'; } })().then((v) => console.log(v));\n"},
    {90, "When a rejection counts as unhandled",
     "Node looks at rejected promises when ticks and microtasks have both run dry. A handler that was attached by then, by any tick or "
     "promise callback of the same drain, is in time. One that is attached by a later timer is too late.",
     "process.on('unhandledRejection', (r) => console.log('unhandled', r));\nconst p = Promise.reject('late');\n"
     "const q = Promise.reject('in time');\nprocess.nextTick(() => q.catch(() => {}));\nsetTimeout(() => p.catch(() => {}), 1);\n"},
    {91, "What an unhandled rejection does",
     "Since Node 15 a rejection that nobody handles is raised as an exception and ends the process with status 1. Node 14 and earlier "
     "printed a warning and went on. A listener of 'unhandledRejection' prevents both.",
     "setTimeout(() => console.log('still here?'), 1);\nPromise.reject(new Error('boom'));\n"},
    {92, "rejectionHandled",
     "If a handler is attached after a rejection was reported as unhandled, 'rejectionHandled' is emitted at the end of that drain.",
     "process.on('unhandledRejection', () => console.log('unhandled'));\nprocess.on('rejectionHandled', () => console.log('handled "
     "late'));\n"
     "const p = Promise.reject(1);\nsetTimeout(() => p.catch(() => console.log('catch')), 1);\n"},
    {93, "uncaughtException",
     "With a listener of 'uncaughtException' an error does not end the process. The listener is called right where the error surfaced; "
     "the rest of the failed callback, or of the main script, is lost, and the queues are then emptied as usual.",
     "process.on('uncaughtException', (e) => console.log('caught', e.message));\nprocess.nextTick(() => console.log('tick'));\n"
     "throw new Error('boom');\n"},
    {94, "Exit statuses",
     "0 is the normal end, 1 an uncaught error or unhandled rejection, 7 an error inside the uncaughtException listener, 13 a top-level "
     "await that never settled. Otherwise process.exitCode decides, which an exit listener may still change.",
     "process.on('exit', () => { process.exitCode = 5; });\n"},
    {95, "After a handled error in a tick or callback",
     "The drain stops at the error. Ticks and microtasks that are left wait for the next callback scope to close. In Node 12 and 14 to 25 "
     "that is at the beginning of the next check phase, before the first immediate; in the others the first immediate is earlier.",
     "process.on('uncaughtException', () => console.log('caught'));\nrequire('fs').stat('.', () => {\n"
     "  process.nextTick(() => { throw new Error(); });\n  process.nextTick(() => console.log('second tick'));\n"
     "  setImmediate(() => console.log('immediate'));\n  setImmediate(() => console.log('next immediate'));\n});\n"},
    {96, "A queueMicrotask callback that throws",
     "The error goes to 'uncaughtException' at once, and the remaining microtasks go on; ticks of the listener come after them.",
     "process.on('uncaughtException', (e) => console.log('caught', e.message));\nqueueMicrotask(() => { throw new Error('boom'); });\n"
     "queueMicrotask(() => console.log('next microtask'));\n"},
    {97, "Errors in promise callbacks",
     "What a then callback or an async function throws is never an uncaught exception by itself: it rejects a promise.",
     "process.on('uncaughtException', () => console.log('no'));\n"
     "Promise.resolve().then(() => { throw new Error('boom'); }).catch((e) => console.log('rejected', e.message));\n"},
    {100, "The thread pool",
     "File operations, dns.lookup, password hashing and compression run on a pool of four threads. A fifth job waits until a thread is "
     "free. Lookups may use only half of the threads. Which of several running jobs ends first is a race.",
     "const { pbkdf2 } = require('crypto');\nfor (let i = 1; i <= 6; i++) pbkdf2('p', 's', 1000, 8, 'sha1', () => console.log('job', "
     "i));\n"},
    {101, "readFile makes several trips",
     "fs.readFile opens the file, asks for its size, reads it in pieces of 512 KiB and closes it. Each step is a trip through the thread "
     "pool with a poll phase in between, and immediates get their turn meanwhile. In Node 26 a small file is read in a single trip.",
     "require('fs').readFile(__filename, () => console.log('read'));\nlet n = 0;\n"
     "(function turn() { if (n++ < 3) setImmediate(() => { console.log('turn', n); turn(); }); })();\n"},
    {102, "Most file operations make one trip",
     "stat, access, open, readdir, mkdir and their like are one trip through the pool. Errors come back the same way.",
     "require('fs').stat('no such file', (e) => console.log(e.code));\nconsole.log('main');\n"},
    {103, "fs.promises",
     "The promise functions make the same trips. From the completed operation it takes two or three microtasks (by version) until the "
     "code after your await goes on; it is itself a microtask, so the microtasks it queues come before its ticks.",
     "const fs = require('fs').promises;\n(async () => {\n  await fs.stat('.');\n  process.nextTick(() => console.log('tick'));\n"
     "  Promise.resolve().then(() => console.log('microtask'));\n})();\n"},
    {104, "Synchronous file functions",
     "The Sync functions block until they are done and use no queue at all: their results are there when the call returns.",
     "const fs = require('fs');\nsetImmediate(() => console.log('later'));\nconsole.log(fs.existsSync(__filename));\n"},
    {105, "Completed operations are handled one by one",
     "If the poll phase finds several operations completed, it calls their callbacks in order of completion, and empties the tick and "
     "microtask queues after each one. This was so in every version.",
     "const fs = require('fs');\nfor (const n of [1, 2]) fs.stat('.', () => {\n  console.log('stat', n);\n  process.nextTick(() => "
     "console.log('tick', n));\n});\n"},
    {107, "Immediates before the next poll",
     "Immediates queued by an I/O callback run in the check phase that follows, before any further operation is looked at.",
     "const fs = require('fs');\nfs.stat('.', () => {\n  fs.stat('.', () => console.log('second stat'));\n"
     "  setImmediate(() => console.log('immediate'));\n});\n"},
    {108, "The closing phase",
     "At the end of a turn run the 'close' callbacks of handles: sockets, message ports. Several closed in one go are called in reverse "
     "order. 'close' events of streams are something else: they come from a tick.",
     "const { MessageChannel } = require('worker_threads');\nconst { port1 } = new MessageChannel();\n"
     "port1.on('close', () => console.log('close'));\nport1.close();\nsetImmediate(() => console.log('immediate'));\n"},
    {109, "The pending phase",
     "Some failures are reported in the pending phase, before poll: connecting to a UNIX socket that does not exist, for instance. A "
     "refused TCP connection on Linux is not among them: it arrives in poll. The 'error' event comes from a tick of that callback.",
     "require('net').connect('/no/such/socket').on('error', (e) => console.log(e.code));\n"},
    {110, "Idle and prepare",
     "These two phases run nothing of yours. Node uses an empty idle handle while immediates wait, so that poll does not sleep.",
     "setTimeout(() => console.log('timer'), 20);\nsetImmediate(() => console.log('immediate, without waiting for the timer'));\n"},
    {111, "Looking up an address", "dns.lookup of something that already is an IP address is answered from a tick, without the pool.",
     "require('dns').lookup('127.0.0.1', (e, address) => console.log(address));\nprocess.nextTick(() => console.log('tick'));\n"},
    {120, "emit is synchronous",
     "emit() calls the listeners one after the other, in the order in which they were added, before it returns. It tells whether there "
     "were any.",
     "const e = new (require('events'))();\ne.on('x', () => "
     "console.log('listener'));\nconsole.log('before');\nconsole.log(e.emit('x'));\n"},
    {121, "emit works on a copy",
     "Listeners removed while an event is being emitted are still called for that event; added ones are called from the next on.",
     "const e = new (require('events'))();\nconst b = () => console.log('b');\ne.on('x', () => { console.log('a'); e.off('x', b); "
     "});\ne.on('x', b);\n"
     "e.emit('x');\ne.emit('x');\n"},
    {122, "The error event",
     "Emitting 'error' when nobody listens for it throws the error. 'newListener' is emitted before a listener is added.",
     "const e = new (require('events'))();\ntry { e.emit('error', new Error('boom')); } catch (err) { console.log('thrown', err.message); "
     "}\n"},
    {123, "events.once",
     "events.once gives a promise for the next event, so the waiting code goes on as a microtask after emit has returned. Since Node 14 "
     "it takes one microtask more.",
     "const events = require('events');\nconst e = new events();\nevents.once(e, 'x').then(([v]) => console.log('once', v));\ne.emit('x', "
     "1);\nconsole.log('emitted');\n"},
    {130, "Streams work in ticks",
     "A flowing stream starts in a tick, and write callbacks, 'finish', 'end' and 'close' come from ticks. Their exact order was changed "
     "several times.",
     "const { PassThrough } = require('stream');\nconst s = new PassThrough();\ns.on('data', (d) => console.log('data', d.toString()));\n"
     "s.on('end', () => console.log('end'));\ns.end('x');\nprocess.nextTick(() => console.log('tick'));\n"},
    {131, "Readable.from",
     "A stream made from an ordinary iterable delivers its first chunks inside the first tick since Node 15; before it took a promise job.",
     "const { Readable } = require('stream');\nReadable.from(['a', 'b']).on('data', (d) => console.log(d)).on('end', () => "
     "console.log('end'));\n"},
    {132, "pipeline", "The callback of pipeline comes after the last stream has closed.",
     "const { pipeline, Readable, PassThrough } = require('stream');\n"
     "pipeline(Readable.from(['a']), new PassThrough(), (e) => console.log('done', e)).resume();\n"},
    {140, "Message ports",
     "A message is delivered in the poll phase, after operations of the thread pool that are complete: port by port, in the order in "
     "which they were made, each with all that waits for it. Each message is a callback of its own with a drain after it. 'close' comes in "
     "the closing phase, and at the other port one turn later.",
     "const { MessageChannel } = require('worker_threads');\nconst { port1, port2 } = new MessageChannel();\n"
     "port2.on('message', (m) => { console.log('message', m); port2.close(); });\nport1.postMessage('hi');\nsetImmediate(() => "
     "console.log('immediate'));\n"},
    {150, "Standard output is synchronous",
     "Writing to a file, a pipe (on Linux) or a terminal happens at once: the order of lines is the order of the calls, and nothing is "
     "lost at process.exit().",
     "console.log('a');\nprocess.stdout.write('b\\n');\nprocess.exit();\n"},
    {160, "How console.log formats",
     "Values are printed as util.inspect prints them: two levels deep, broken into lines at about 76 columns, long arrays in columns, "
     "strings quoted only inside other values. Details changed between versions, for instance Map(1) and [Function (anonymous)].",
     "console.log('text', ['text'], { a: { b: { c: {} } } }, new Map([[1, 2]]));\n"},
    {161, "The language of that V8",
     "Every major has the built-in objects and the syntax of the V8 that it carries: an older one lacks Promise.any (15), "
     "Array.prototype.at "
     "(16) or Object.groupBy (21), and calls newer syntax a SyntaxError.",
     "console.log(typeof Promise.allSettled, typeof Promise.any, typeof [].at, typeof Object.groupBy);\n"},
};

enum { COUNT = sizeof texts / sizeof texts[0] };

const struct six_rule_text *six_rule_texts(int *count) {
  *count = COUNT;
  return texts;
}

const struct six_rule_text *six_rule_text(int number) {
  for (size_t i = 0; i < COUNT; i++) {
    if (texts[i].number == number) return &texts[i];
  }
  return NULL;
}
