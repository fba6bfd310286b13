const show = (t) => [(r) => console.log(t, r), (e) => console.log(t, 'ERR', e && e.message)];
const E = (m) => { throw new Error(m); };
const results = {
  nextThrows: () => E('next'),
  notObject: () => 5,
  doneThrows: () => ({ get done() { E('done'); }, value: 1 }),
  valueThrows: () => ({ done: false, get value() { E('value'); } }),
  doneValueThrows: () => ({ done: true, get value() { E('value'); } }),
  ctor: () => { const p = Promise.resolve(1); Object.defineProperty(p, 'constructor', { get() { E('ctor'); } }); return { done: false, value: p }; },
  ctorDone: () => { const p = Promise.resolve(1); Object.defineProperty(p, 'constructor', { get() { E('ctor'); } }); return { done: true, value: p }; },
  rejected: () => ({ done: false, value: Promise.reject(new Error('rej')) }),
  rejectedDone: () => ({ done: true, value: Promise.reject(new Error('rej')) }),
};
(async () => {
  for (const k in results) for (const how of ['next', 'throw', 'return', 'forawait']) {
    let first = true;
    const it = { [Symbol.iterator]: () => ({ next: () => how !== 'next' && how !== 'forawait' && first ? (first = false, { done: false, value: 0 }) : results[k](),
      throw: (e) => results[k](), return(v) { console.log('  closed'); return how === 'return' && first === false ? (first = 1, results[k]()) : {}; } }) };
    console.log(k, how);
    if (how === 'forawait') { try { for await (const x of it) { console.log(x); break; } } catch (e) { console.log('caught', e.message); } continue; }
    const g = (async function* () { yield* it; })();
    await g.next().then(...show('1'));
    if (how !== 'next') await g[how](new Error('given')).then(...show('2'));
  }
})();
