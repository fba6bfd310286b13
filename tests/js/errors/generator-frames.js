// The frames of generators' next(), whoever calls it.
const show = (e) => console.log(e.stack.split('\n').slice(1, 4).join(' |').replace(/\(\/.*?([\w-]+\.js)/g, '($1').replace(/at \/.*?([\w-]+\.js)/g, 'at $1'));
function* inner() { show(new Error('x')); yield 1; }
const g = inner(); g.next();
const it = { [Symbol.iterator]() { return inner(); } };
for (const x of it) break;
const [a] = inner();
function* outer() { yield* inner(); }
outer().next();
const h = inner(); const nx = h.next; nx.call(h);
(async function () { for await (const x of inner()) break; })();
(async function* () { yield* inner(); })().next();
[...inner()];
new Map((function*(){ show(new Error('x')); })());
Array.from(inner());
(async function* () { show(new Error('x')); })().next();
(function* () { show(new Error('x')); })().next();
