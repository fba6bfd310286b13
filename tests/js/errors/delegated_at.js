// Where yield* stands in a stack trace.
function T(n,f){ try { return console.log(n, f()) } catch(e){ return console.log(n, e.message, (e.stack.split('\n').find(l=>/delegated_at\.js/.test(l)&&!/next|throw|return/.test(l))||'').replace(/.*:(\d+:\d+).*/,'$1')) } }
var t={[Symbol.iterator](){ return {next(){ throw new Error('nx') } }}}, o={t, n:5}; function f(){ return t } function g5(){ return 5 } var n=5;
T('a',()=>{ function* g(){ yield* f() } g().next() });
T('b',()=>{ function* g(){ yield*  g5() } g().next() });
T('c',()=>{ function* g(){ const x = yield* t } g().next() });
T('d',()=>{ function* g(){ const x = 1 + (yield* t) } g().next() });
T('e',()=>{ function* g(){ return yield* t } g().next() });
T('f',()=>{ function* g(){ f(yield* t) } g().next() });
T('g',()=>{ function* g(){ yield* o.t } g().next() });
T('h',()=>{ function* g(){ yield* o.n } g().next() });
T('i',()=>{ function* g(){ const x = yield* o.n } g().next() });
T('j',()=>{ function* g(){ const x =  yield* n } g().next() });
T('k',()=>{ function* g(){ f(1); yield* n } g().next() });
T('l',()=>{ function* g(){ var a = f(yield* n) } g().next() });
T('m',()=>{ function* g(){ yield* new f } g().next() });
T('n',()=>{ function* g(){ yield* [f(), yield* t] } g().next() });
