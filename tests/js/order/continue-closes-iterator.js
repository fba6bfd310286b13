function it(n, tag, err) { let k=0; return { [Symbol.iterator]() { return { next() { console.log(tag,'next'); if (k >= n && err) throw new Error(err); return { done: k++ >= n, value: k }; }, return() { console.log(tag, 'return'); return {}; } }; } }; }
for (const x of it(2,'a')) { try { continue; } finally { } }
for (const x of it(2,'b')) { try { continue; } finally { console.log('f'); } }
for (const x of it(2,'c')) { try { continue; } catch (e) { } }
for (const x of it(2,'d')) { switch (x) { case 1: continue; default: continue; } }
l: for (const x of it(2,'e')) { continue l; }
l2: for (const x of it(2,'f')) { for (const y of [1]) { continue l2; } }
for (const x of it(2,'g')) { { continue; } }
for (const x of it(2,'h')) { for (;;) { break; } continue; }
try { for (const x of it(2,'i', 'boo')) continue; } catch (e) { console.log(e.message); }
try { for (const x of it(2,'j', 'boo')) ; } catch (e) { console.log(e.message); }
var z; for (z of it(2,'k')) { continue; }
for ({ z } of it(2,'l')) { continue; }
for (const x of it(2,'m')) { try { throw 1 } catch (e) { continue; } finally { console.log('f'); } }
for (const x of it(2,'n')) { try { throw 1 } catch (e) { continue; } }
for (const x of it(2,'o')) { try { if (x == 1) continue; } finally { 1; } }
for (const x of it(2,'p')) { try { if (x == 2) continue; } finally { 1; } }
for (const x of it(2,'q')) { l: { continue; } }
for (const x of it(2,'r')) { do { continue; } while (0); }
(function () { for (const x of it(2,'s')) { const f = () => x; continue; } })();
(function () { for (const x of it(2,'t')) { let y = 1; const f = () => y; if (f()) continue; } })();
(function* () { for (const x of it(2,'u')) { yield 1; continue; } })().next();
[...(function* () { for (const x of it(2,'v')) { yield 1; continue; } })()];
(async () => {
for await (const x of it(2,'A')) { try { continue; } finally { 1; } }
for await (const x of it(2,'B')) { try { await 1; continue; } catch(e) {} }
try { for await (const x of it(2,'C', 'boo')) { continue; } } catch (e) { console.log(e.message); }
for await (const x of it(2,'D')) { await 1; continue; }
})();
