// title: in which order the operators of readable streams call, read and yield
const { Readable } = require('stream');
const log = (...args) => console.log(...args);
let n = 0;
const tick = () => { if (n++ < 60) Promise.resolve().then(() => { if (n % 5 === 0) log('job', n); tick(); }); };
(async () => {
  tick();
  log(await Readable.from([1, 2, 3]).filter((x) => { log('filter', x); return x > 1; }).map(async (x) => { log('map', x); return x * 2; }).toArray());
  log(await Readable.from([1, 2, 3, 4]).map(async (x) => { log('start', x); await new Promise(setImmediate); log('end', x); return x; }, { concurrency: 2 }).toArray());
  log(await Readable.from([1, 2]).flatMap((x) => { log('flat', x); return [x, [x]]; }).toArray());
  log(await Readable.from([1, 2, 3]).take(2).toArray(), await Readable.from([1, 2, 3]).drop(2).toArray());
  log(await Readable.from([1, 2, 3]).some((x) => { log('some', x); return x === 2; }), await Readable.from([1, 2]).every((x) => { log('every', x); return x < 2; }));
  log(await Readable.from([1, 2, 3]).find((x) => { log('find', x); return x > 1; }), await Readable.from([1, 2]).forEach(async (x) => { log('each', x); await null; }));
  log(await Readable.from([1, 2, 3]).reduce((sum, x) => { log('reduce', sum, x); return sum + x; }, 0));
  try { await Readable.from([1, 2, 3]).map((x) => { log('throws', x); if (x === 2) throw new Error('no'); return x; }).toArray(); } catch (e) { log(e.message); }
  try { for await (const x of Readable.from([1, 2, 3]).map((x) => { log('left', x); return x; })) { log('x', x); break; } } finally { log('done'); }
})();
