const show = (t) => [(r) => console.log(t, r), (e) => console.log(t, 'ERR', e && e.message)];
const gens = {
  i: async function* () { try { yield 1; } catch (e) { console.log('caught', e.message); } },
  i2: async function* () { try { yield 1; } catch (e) { console.log('caught', e.message); } await 1; },
  i3: async function* () { l: try { yield 1; } finally { break l; } },
  i4: async function* () { l: try { yield 1; } finally { break l; } await 2; },
  i5: async function* () { for (;;) { try { yield 1; } finally { break; } }  },
  i6: async function* () { try { yield 1; } catch (e) { console.log('caught', e.message); } return; },
  i7: async function* () { try { yield 1; } catch (e) { console.log('caught', e.message); } return 5; },
};
(async () => {
  for (const how of ['throw', 'return', 'returnp', 'next']) for (const k in gens) {
    console.log('--', k, how);
    const g = gens[k]();
    g.next().then(...show(k));
    let n = 0; const chain = () => { if (n++ < 12) { Promise.resolve().then(() => { console.log('  ', n); chain(); }); } }; chain();
    if (how == 'throw') g.throw(new Error('t')).then(...show(k));
    else if (how == 'next') g.next(7).then(...show(k));
    else if (how == 'return') g.return(7).then(...show(k));
    else g.return(Promise.resolve(8)).then(...show(k));
    await g.next().then(...show(k));
    await new Promise(setImmediate);
  }
})();
