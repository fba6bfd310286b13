const show = (t) => [(r) => console.log(t, r), (e) => console.log(t, 'ERR', e && e.message)];
const src = () => ({ [Symbol.asyncIterator]() { return { next() { return { value: 1, done: false }; } }; } });
const rej = () => Promise.reject(new Error('r'));
const gens = {
  a: async function* () { try { yield* src(); } catch (e) { console.log('caught', e.message); return 5; } },
  b: async function* () { try { yield* src(); } catch (e) { console.log('caught', e.message); yield 6; } },
  c: async function* () { try { yield* src(); } catch (e) { console.log('caught', e.message); } },
  d: async function* () { try { yield* src(); } catch (e) { console.log('caught', e.message); throw new Error('other'); } },
  e: async function* () { yield* src(); },
  f: async function* () { try { yield* src(); } finally { console.log('fin'); } },
  g: async function* () { try { yield* src(); } finally { await 1; console.log('fin'); } },
  h: async function* () { try { yield* src(); } catch (e) { await 1; console.log('caught', e.message); } },
  i: async function* () { try { yield 1; } catch (e) { console.log('caught', e.message); } },
  j: async function* () { try { yield* [1,2]; } catch (e) { console.log('caught', e.message); } },
  k: async function* () { try { yield 1; } catch (e) { console.log('caught', e.message); yield 3; } },
};
(async () => {
  for (const k in gens) {
    console.log('--', k);
    const g = gens[k]();
    g.next().then(...show(k));
    let n = 0; const chain = () => { if (n++ < 12) { Promise.resolve().then(() => { console.log('  ', n); chain(); }); } }; chain();
    g.return(rej()).then(...show(k));
    await g.next().then(...show(k));
    await g.return(rej()).then(...show(k));
    await new Promise(setImmediate);
  }
})();
