// EventTargets warn of many listeners, by the limits that events.setMaxListeners gives.
const et=new EventTarget();
for(let i=0;i<12;i++) et.addEventListener('foo',()=>{});
const ac=new AbortController();
for(let i=0;i<12;i++) ac.signal.addEventListener('abort',()=>{});
const E=require('events');
console.log(E.getMaxListeners&&E.getMaxListeners(et),E.getMaxListeners&&E.getMaxListeners(ac.signal));
class My extends EventTarget{};
const m=new My();
E.setMaxListeners(1,m);
m.addEventListener('q',()=>{});
m.addEventListener('q',()=>{});
m.addEventListener('q',()=>{});

