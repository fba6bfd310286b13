function ai(tag, kind, names) { let k=0; const o = {}; for (const n of names) o[n] = (v) => { console.log(tag, n, v && v.message || v); const r = n === 'next' ? { done: k++ >= 4, value: k } : n === 'throw' ? {done: false, value: 'thrown'} : { done: true, value: 'ret:' + v }; return kind === 'asyncIterator' ? Promise.resolve(r) : r; };
 return { [Symbol[kind]]() { return o; } }; }
const show = (t) => [(r) => console.log(t, r), (e) => console.log(t, 'ERR', e && e.message)];
async function one(tag, kind, names, val) {
  const g = (async function* () { try { const r = yield* ai(tag, kind, names); console.log(tag, 'result', r); } catch (e) { console.log(tag, 'caught', e.message); } finally { console.log(tag, 'finally'); } })();
  g.next().then(...show(tag));
  let n = 0; const chain = () => { if (n++ < 12) { Promise.resolve().then(() => { console.log('  ', n); chain(); }); } }; chain();
  g.return(val()).then(...show(tag));
  await g.next().then(...show(tag));
  await new Promise(setImmediate);
}
(async () => {
  for (const kind of ['asyncIterator', 'iterator']) for (const names of [['next'], ['next', 'return'], ['next', 'throw'], ['next', 'return', 'throw']])
   for (const v of [() => Promise.reject(new Error('r')), () => Promise.resolve(7), () => 8, () => ({ then(a) { a(9); } }), () => ({ then(a, b) { b(new Error('t')); } })]) await one(kind + names + ' ', kind, names, v);
})();
