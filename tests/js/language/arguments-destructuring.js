function a1(a,b){ arguments[0]=9; b=8; return [a,b,arguments[0],arguments[1],arguments.length] } console.log(a1(1), a1(1,2), a1(1,2,3));
function a2(a){ 'use strict'; arguments[0]=9; return [a, arguments[0]] } console.log(a2(1));
function a3(a=0){ arguments[0]=9; return [a, arguments[0]] } console.log(a3(1));
function a4(a){ delete arguments[0]; arguments[0]=5; return a } console.log(a4(1));
function a5(a){ Object.defineProperty(arguments,'0',{value:7}); return a } console.log(a5(1));
function a6(a){ Object.defineProperty(arguments,'0',{writable:false,value:7}); a=8; return arguments[0] } console.log(a6(1));
function a7(a,a){ return [a, arguments[0], arguments[1]] } console.log(a7(1,2));
function a8(){ return arguments } console.log(a8(1,'x'), Object.prototype.toString.call(a8()), a8().constructor===Object, [...a8(1,2)], Array.from(a8(3)), typeof a8()[Symbol.iterator]);
function a9(a){ var arguments; return typeof arguments } console.log(a9(1));
function a10(arguments){ return arguments } console.log(a10(1));
function a11(){ function arguments(){} return typeof arguments } console.log(a11());
function a12(){ return (() => arguments[0])() } console.log(a12(4));
function a13(a, b = () => a){ var a = 2; return [a, b()] } console.log(a13(1));
function a14(a, b = () => { a = 3 }){ var a; b(); return a } console.log(a14(1));
function a15(a, b = a){ a = 5; return [a,b] } console.log(a15(1), a15(1,2), a15(1,undefined), a15(1,null));
console.log((function(){ return arguments.callee.name }).name === '', (function fx(){ return arguments.callee === fx })());
try { (function(){ 'use strict'; arguments.callee })() } catch (e) { console.log(e.message) }
try { (function(){ 'use strict'; return (function(){}).caller })(); (()=>{}).caller } catch (e) { console.log(e.message) }
console.log(Object.getOwnPropertyNames(function(a){}), Object.getOwnPropertyNames(()=>1), Object.getOwnPropertyNames(class{static x=1}), Object.getOwnPropertyNames(async function(){}), Object.getOwnPropertyNames(function*(){}), Object.getOwnPropertyNames({m(){}}.m), Object.getOwnPropertyNames((function(){'use strict'}))), Object.getOwnPropertyNames(Function.prototype);
function len(){ arguments.length = 1; return Array.prototype.slice.call(arguments) } console.log(len(1,2,3));
console.log((function(a){ a = 2; return arguments })(1), (function(a){ 'use strict'; a = 2; return arguments })(1));
(function(x){ x = 3; setTimeout(()=>console.log(arguments[0], x)) })(1);
console.log((function(){ return Object.getOwnPropertyDescriptor(arguments, 'length') })(1));
console.log((function(){ return JSON.stringify(arguments) })(1,2), (function(){return Object.keys(arguments)})('a','b'));
console.log(Math.max.apply(null, (function(){return arguments})(3,1)), Math.max.apply(null, {length:2, 0:4, 1:5}));
function dflt({a=1,b:{c=2,...r}={},...rest}={}, [d=3,,...e]=[4,5,6,7]){ return [a,c,r,rest,d,e] } console.log(dflt(), dflt({a:9,b:{c:8,z:1},q:2},[undefined,1,2]));
function order(...x){ console.log(...x); return x[0] } var {[order('k1')]: x1 = order('d1'), [order('k2')]: x2 = order('d2')} = {k1: undefined, k2: 5}; console.log(x1,x2);
var t={}; [t[order('p')], t[order('q')] = order('dq')] = [1]; console.log(t);
var log=[]; function it(n){ let i=0; return {[Symbol.iterator](){log.push('open');return this}, next(){log.push('next'+i); return {done:i>=n, value:i++}}, return(v){log.push('return'); return {}}} }
[,] = it(3); var [p,q] = it(3); var [...w] = it(2); [] = it(2); for (const z of it(3)) { if (z==1) break } try { for (const z of it(3)) throw 1 } catch {} lab: for (;;) { for (const z of it(3)) break lab } (function(){ for (const z of it(3)) return })(); console.log(log.join()); log=[];
try { var [m = (()=>{throw new Error('dflt')})()] = {[Symbol.iterator](){return {next(){return {done:false}}, return(){log.push('ret'); throw 'x'}}}} } catch(e) { console.log(e.message) } console.log(log);
new Map(it(0)); try { new Map(it(2)) } catch(e) { console.log(e.message) } try { Array.from(it(2), ()=>{throw 5}) } catch(e) { console.log(e) } console.log(log.join()); log=[];
function* g(){ try { const x = yield 1; console.log('got',x); yield 2 } finally { console.log('cleanup'); yield 'f' } }
var gi=g(); console.log(gi.next('a'), gi.next('b'), gi.return('r'), gi.next(), gi.next()); gi=g(); gi.next(); try { console.log(gi.throw(new Error('t'))); gi.next() } catch(e) { console.log(e.message) } gi = g(); console.log(gi.return(5), gi.next());
function* d(){ const r = yield* g(); console.log('r', r); return 'dr' } gi=d(); console.log(gi.next(), gi.next('v'), gi.return('R'), gi.next());
console.log([...g()], Array.from(g()), Math.max(...[1,2]), Object.fromEntries(new Map([['a',1]])));
const {length} = 'abc'; console.log(length); const [c1,...c2] = 'h😀i'; console.log(c1,c2); const {0:z0, [`len${'gth'}`]: z1} = ['q']; console.log(z0,z1);
var aa=1,bb=2; [aa,bb]=[bb,aa]; console.log(aa,bb); ({aa,bb=5}={aa:3}); console.log(aa,bb); for (const [k,v] of Object.entries({x:1})) console.log(k,v); for (var {x:xx} of [{x:1}]) console.log(xx); for (t.z of [1,2]); console.log(t.z); for (t.y in {q:1}); console.log(t.y);
