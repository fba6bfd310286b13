// Explicit resource management: using, await using, and what they refuse.
const log=console.log; function T(f){ try { return log(f()) } catch(e){ log(e.name+': '+e.message) } }
const R=n=>({n,[Symbol.dispose](){ log('dispose',n, arguments.length, this.n) }});
const A=n=>({n,async [Symbol.asyncDispose](){ log('adispose',n); await 0; log('adisposed',n) }});
const bad=n=>({[Symbol.dispose](){ log('bad',n); throw new Error('bad '+n) }});
{ using a=R('a'), b=R('b'); log('body'); }
T(()=>{ using a=R('a'); return 'ret' });
T(()=>{ using a=R('a'); throw new Error('x') });
T(()=>{ using a=bad('a'); throw new Error('x') });
try { using a=bad('1'), b=bad('2'); throw new Error('x') } catch (e) { log(e.name, e.message, e.error.message, e.suppressed.name, e.suppressed.error.message, e.suppressed.suppressed.message, Object.getOwnPropertyNames(e)) }
try { using a=bad('1'), b=bad('2'); } catch (e) { log(e.message, e.error.message, e.suppressed.message) }
T(()=>{ using a=null, b=undefined; return 'null ok' });
T(()=>{ using a={}; });
T(()=>{ using a=5; });
T(()=>{ using a={[Symbol.dispose]:5}; });
T(()=>{ using a={[Symbol.dispose]:null}; });
T(()=>{ using a=R('first'); using b={}; });
for (using x of [R(1),R(2)]) { log('loop', x.n); if (x.n==1) continue; }
for (using x=R('for'), i=null; ; ) { log('in for'); break; }
lbl: { using q=R('q'); break lbl; }
T(()=>{ using x=R('x'); x=5; });
T(()=>{ { x; using x=R('x'); } });
function* g(){ using r=R('gen'); yield 1; yield 2 } for (const v of g()) { log(v); break } log([...g()]);
(()=>{ try { using r=R('tf'); return log('r') } finally { log('fin') } })();
var using = 5; log(using); using
log('asi'); 
using: for(;;){ break using }
class C { static { using s=R('static'); log('in static') } }
const f=function using(){}; log(f.name);
(async()=>{
  { await using a=A('a'), b=R('b'), c=null; log('abody'); }
  log('after');
  try { await using a={async [Symbol.asyncDispose](){ throw new Error('ad') }}; throw new Error('ab') } catch (e) { log(e.name, e.error.message, e.suppressed.message) }
  for await (await using x of [A(1)]) log('fa', x.n);
  for (await using x of [A(2), R(3)]) log('fo', x.n);
  try { await using z={} } catch (e) { log(e.message) }
  try { await using z=5 } catch (e) { log(e.message) }
  { await using z=null; log('z') } log('after z');
  using m=R('in async'); await 1; log('end');
})().then(()=>log('done'));
