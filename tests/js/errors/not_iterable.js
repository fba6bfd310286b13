// Where and in which words V8 says that something cannot be iterated.
function T(n,f){ try { return console.log(n, f()) } catch(e){ return console.log(n, e.message, (e.stack.split('\n')[1]||'').replace(/.*:(\d+:\d+).*/,'$1')) } }
var n5={[Symbol.iterator](){return {next:5}}}, nu={[Symbol.iterator](){return {}}}, i5={[Symbol.iterator]:5}, io={[Symbol.iterator]:{}}, no={[Symbol.iterator](){return {next:{}}}}, ns={[Symbol.iterator](){return {next:'str'}}}, r7={[Symbol.iterator](){return {next(){return 7}}}}, ri={[Symbol.iterator](){return 5}}, em={};
for (const k of ['n5','nu','i5','io','no','ns','r7','ri','em']) { const o=eval(k), P=s=>k+' '+s;
T(P('for-of'),()=>{ for (const x of o); });
T(P('for-of2'),()=>{ for (const x of o) { x } });
T(P('array spread'),()=>{ return [...o]; });
T(P('array spread2'),()=>{ return [1,...o,2]; });
T(P('call spread'),()=>{ f(...o); function f(){} });
T(P('call spread mid'),()=>{ f(1,...o,2); function f(){} });
T(P('method spread'),()=>{ const q={f(){}}; q.f(...o) });
T(P('new spread'),()=>{ new f(...o); function f(){} });
T(P('destr'),()=>{ const [a]=o; });
T(P('destr assign'),()=>{ let a; [a]=o; });
T(P('destr param'),()=>{ (([a])=>1)(o) });
T(P('destr rest'),()=>{ const [...a]=o; });
T(P('yield*'),()=>{ function* g(){ yield* o } g().next() });
T(P('Set'),()=>{ new Set(o) });
T(P('Map'),()=>{ new Map(o) });
T(P('WeakSet'),()=>{ new WeakSet(o) });
T(P('from'),()=>{ Array.from(o) });
T(P('fromEntries'),()=>{ Object.fromEntries(o) });
T(P('typed'),()=>{ return new Uint8Array(o).length });
if (k!=='em') T(P('Math.max'),()=>{ return Math.max(...o) });
Promise.all(o).catch(e=>T(P('Promise.all'),()=>{throw e}));
(async()=>{ for await (const x of o); })().catch(e=>T(P('for await'),()=>{throw e}));
(async()=>{ async function* g(){ yield* o } await g().next() })().catch(e=>T(P('async yield*'),()=>{throw e}));
}
