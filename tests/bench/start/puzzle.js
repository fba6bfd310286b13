const fs = require('fs'); const EventEmitter = require('events');
class A extends EventEmitter { constructor() { super(); this.x = [1, 2, 3].map((v) => v * 2); } }
const a = new A(); a.on('e', (v) => console.log('event', v, { a: 1, b: [1, 2], c: 'text' })); a.emit('e', 5);
(async () => { try { await Promise.all([1, Promise.resolve(2)]); throw new Error('x'); } catch (e) { console.log(e.message); } finally { console.log('finally'); } for await (const v of [1, 2]) console.log(`v ${v}`); })();
function* g() { yield 1; yield* [2, 3]; } console.log([...g()].join(), JSON.stringify({ k: [1, null] }));
const t = setInterval(() => { console.log('tick'); clearInterval(t); }, 1); setTimeout(() => console.log('t'), 0); setImmediate(() => console.log('i'));
process.nextTick(() => console.log('n')); queueMicrotask(() => console.log('m')); Promise.reject(new Error('r')).catch((e) => console.log(e.message)).then(() => console.log('done'));
fs.readFile(__filename, 'utf8', (e, d) => console.log(typeof d)); fs.promises.readFile(__filename).then((b) => console.log(b.length > 5));
new Map([[1, 2]]).forEach((v, k) => console.log(k, v)); const { x, ...rest } = { x: 1, y: 2 }; console.log(rest, 'a-b'.split('-'), 'abc'.replace(/b/, 'X'));
switch (x) { case 1: console.log('one'); break; default: console.log('other'); } for (const k in rest) console.log(k); label: for (let i = 0; i < 2; i++) for (;;) continue label;
