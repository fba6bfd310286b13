// DisposableStack, AsyncDisposableStack, SuppressedError.
const log=console.log; function T(f){ try { return log(f()) } catch(e){ log(e.name+': '+e.message) } }
const R=n=>({n,[Symbol.dispose](){ log('dispose',n) }});
const s=new DisposableStack(); log(s, s.disposed, String(s)); log(s.use(R('a')).n, s.adopt(7,v=>log('adopt',v)), s.defer(()=>log('defer'))); const m=s.move(); log(s.disposed, m.disposed, m); log(m.dispose(), m.disposed, m.dispose());
T(()=>m.use(R(1))); T(()=>m.adopt(1,()=>{})); T(()=>m.defer(()=>{})); T(()=>m.move());
T(()=>DisposableStack()); T(()=>DisposableStack.prototype.use.call({})); T(()=>new DisposableStack().use({})); T(()=>new DisposableStack().use(5)); T(()=>new DisposableStack().adopt(1,2)); T(()=>new DisposableStack().defer()); T(()=>new DisposableStack().use(null)); T(()=>new DisposableStack().use());
T(()=>DisposableStack.prototype.dispose===DisposableStack.prototype[Symbol.dispose]); T(()=>AsyncDisposableStack.prototype.disposeAsync===AsyncDisposableStack.prototype[Symbol.asyncDispose]);
T(()=>{ const d=new DisposableStack(); d.defer(()=>{throw new Error(1)}); d.defer(()=>{throw new Error(2)}); try { d.dispose() } catch (e) { return [e.name,e.message,e.error.message,e.suppressed.message] } });
T(()=>{ const e=new SuppressedError(1,2,'msg'); return [e.error,e.suppressed,e.message,e instanceof Error,Object.getOwnPropertyNames(e), e.name] }); T(()=>SuppressedError.length); T(()=>SuppressedError(1,2) instanceof SuppressedError);
T(()=>{ using s=new DisposableStack(); s.defer(()=>log('D')); return 'r' });
T(()=>AsyncDisposableStack()); T(()=>{ const d=new AsyncDisposableStack(); d.move(); d.use(null) }); T(()=>new AsyncDisposableStack().use({})); T(()=>new AsyncDisposableStack()); 
AsyncDisposableStack.prototype.disposeAsync.call({}).catch(e=>log(e.name,e.message));
{ const d=new AsyncDisposableStack(); d.defer(()=>{throw new Error(1)}); d.defer(async()=>{throw new Error(2)}); d.disposeAsync().catch(e=>log([e.name,e.message,e.error.message,e.suppressed.message])) }
T(()=>[][Symbol.iterator]()[Symbol.dispose].name); T(()=>(async function*(){}).prototype.__proto__.__proto__[Symbol.asyncDispose].name); { const it=(function*(){ try { yield 1 } finally { log('closed') } })(); it.next(); { using x=it; } }
(async()=>{ const it=(async function*(){ try { yield 1 } finally { log('aclosed') } })(); await it.next(); { await using x=it; } log('end') })();
log(Symbol.dispose, Symbol.asyncDispose, Object.getOwnPropertyDescriptor(Symbol,'dispose'));
