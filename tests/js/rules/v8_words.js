// V8's words about what cannot be iterated, taken apart, called or read yet, in each of their generations.
function T(n,f){ try { return console.log(n, f()) } catch(e){ return console.log(n, e.message) } }
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
T(P('typed'),()=>{ return new Uint8Array(o).length });
if (k!=='em') T(P('Math.max'),()=>{ return Math.max(...o) });
}
var u; T('u for-of',()=>{ for (const x of u); }); T('u arr',()=>{ [...u] }); T('u arr2',()=>{ [1,...u,2] }); T('u call',()=>{ f(...u); function f(){} }); T('u mid',()=>{ f(1,...u,2); function f(){} }); T('u meth',()=>{ Math.max(...u); }); T('u new',()=>{ new Set(...u); }); T('u destr',()=>{ const [a]=u; }); T('u destr assign',()=>{ let a; [a]=u; });T('u destr param',()=>{ (([a])=>1)(u) });T('u destr param2',()=>{ (function f(q,[a]){})(1,u) });T('u yield*',()=>{ function* g(){ yield* u } g().next() });T('u Set',()=>{ new Map([u]) });T('u Set5',()=>{ new Map([5]) });T('u from',()=>{ Array.from(u) });T('call for',()=>{ for (const x of f()); function f(){} });T('call destr',()=>{ const [a]=f(); function f(){} });T('call destr5',()=>{ const [a]=f(); function f(){return 5} }); T('im for',()=>{ for (const x of (()=>5)()); }); T('im destr',()=>{ const [a]=(()=>5)(); });T('mem',()=>{ const [a]=Math.PI; });T('mem u',()=>{ const [a]=Math.xx; });T('nested o',()=>{ const {b:[a]}={}; });T('nested o5',()=>{ const {b:[a]}={b:5}; });T('cb',()=>{ [5].map(([a])=>a) }); T('cb u',()=>{ [u].map(([a])=>a) }); T('cbo u',()=>{ [u].map(({a})=>a) }); T('obj',()=>{ const {a}=u }); T('obj p',()=>{ (({a})=>a)() }); T('obj f',()=>{ (function f({a}){})() }); T('obj e',()=>{ const {}=u }); T('obj n',()=>{ const {a:{b}}={} }); T('obj n2',()=>{ const {a:{b}}={a:null} }); T('obj call',()=>{ const {a}=f(); function f(){} }); T('obj mem',()=>{ const {a}=Math.xx.yy }); T('obj rest',()=>{ const {...a}=u }); T('obj comp',()=>{ const {['a']:q}=u }); T('obj assign',()=>{ let a; ({a}=u) }); T('obj dflt',()=>{ const {a=1}=u }); T('obj num',()=>{ const {0:a}=u });T('obj 2',()=>{ const {a,b}=null });
T('lit null',()=>{ const {a}=null }); T('arr null',()=>{ const [a]=null }); T('num',()=>{ const [a]=5; }); T('bool',()=>{ const [a]=true; }); T('fn',()=>{ const [a]=()=>1; }); T('objlit',()=>{ const [a]={}; }); T('objlit2',()=>{ const [a]={b:1}; }); T('new',()=>{ const [a]=new Date; }); T('tern',()=>{ const [a]=u?1:2; }); T('fordecl',()=>{ for (const {a} of [null]); }); T('spreadobjlit',()=>{ [...{a:1}] }); T('spreadnum',()=>{ [...5] }); T('callnum',()=>{ Math.max(...5) });  T('awaitless',()=>{ for (const x of new Map) { x.y.z } for (const x of new WeakMap); });
class AA{}; T('cls',()=>{ AA() }); T('cls2',()=>{ (class{})() }); T('cls3',()=>{ var o={k:class{}}; o.k() }); T('tdz',()=>{ xx; let xx }); T('tdz2',()=>{ typeof xx; let xx }); T('tdz3',()=>{ xx=1; let xx }); T('tdz4',()=>{ (function(a=b,b){})() }); T('const',()=>{ const c=1; c++ }); T('prom',()=>{ Promise() }); T('new arrow',()=>{ new (()=>1) }); T('arrow2',()=>{ var f=()=>1; new f }); T('meth new',()=>{ new Math.max }); T('json',()=>{ var a={b:{}}; a.b.c=a; JSON.stringify(a) });  T('map',()=>{ [1].map(5) }); T('mapstr',()=>{ [1].map('s') }); T('map0',()=>{ [1].map() });T('mapobj',()=>{ [1].map({}) }); T('inst',()=>{ 1 instanceof 1 }); T('in',()=>{ 'a' in 's' }); T('sym',()=>{ Symbol('a')+'' }); T('symk',()=>{ u[Symbol('a')] }); T('symit',()=>{ u[Symbol.iterator] }); T('uidx',()=>{ u[0] }); T('uset',()=>{ u.a=1 }); T('ucall',()=>{ u.a() }); T('ocall',()=>{ var o={}; o.a() }); T('ocall2',()=>{ var o={}; o.a.b() }); T('u()',()=>{ u() }); T('5()',()=>{ 5() });T('spread call', () => { [...f()]; function f() {} }); T('spread call 2', () => { [1, ...f()]; function f() {} });
