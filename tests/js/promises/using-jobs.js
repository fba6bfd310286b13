// How many jobs await using and disposeAsync take.
const log=console.log; let n=0; const tick=l=>{ let i=0; (function f(){ if (i++<12) { log(l+i); Promise.resolve().then(f) } })() };
const A=n=>({[Symbol.asyncDispose](){ log('ad',n); return Promise.resolve(log('called',n)) }}), R=n=>({[Symbol.dispose](){ log('d',n) }});
(async()=>{ { await using a=null; } log('1') })(); (async()=>{ { await using a=null, b=R('b'); } log('2') })(); (async()=>{ { await using a=A('a'); } log('3') })(); (async()=>{ { await using a=A('a'), b=A('b'), c=R('c'); } log('4') })();
(async()=>{ { using x=R('s'); await using a=null; } log('5') })(); (async()=>{ { await using a=null; using x=R('s2'); } log('6') })(); (async()=>{ { await using a=A('z'), b=null; } log('7') })();
(async()=>{ { await using a={[Symbol.asyncDispose](){ throw 5 }}; } })().catch(e=>log('8',e)); (async()=>{ { await using a={[Symbol.dispose](){ throw 6 }}; } })().catch(e=>log('9',e)); (async()=>{ { await using a={[Symbol.dispose](){ return new Promise(()=>{}) }}; } log('10') })(); (async()=>{ try { await using a=null; return log('r') } finally { log('11') } })().then(()=>log('12'));
const s=new AsyncDisposableStack(); s.use(A('s1')); s.use(R('s2')); s.defer(()=>log('def')); s.adopt(5,v=>log('adopt',v)); s.use(null); s.disposeAsync().then(v=>log('sd',v)); s.disposeAsync().then(v=>log('sd2',v));
new AsyncDisposableStack().disposeAsync().then(v=>log('empty',v)); { const q=new AsyncDisposableStack(); q.use(null); q.disposeAsync().then(()=>log('nul')) }
tick('t');
