console.log(eval('1+1'), eval('var a=1; a+1'), typeof a, a);
function f(x) { eval('var y = x * 2; function g() { return y + x }'); return [y, g(), typeof z]; }
console.log(f(4));
console.log((0, eval)('typeof x'), typeof y);
(0, eval)('var gg = 5; let hh = 6'); console.log(gg, globalThis.gg, typeof hh, delete globalThis.gg, typeof gg);
function s() { 'use strict'; eval('var q = 1'); return typeof q; }
console.log(s());
let l = 10; console.log(eval('l += 5'), l);
console.log(eval('({a:1})'), eval('{a:1}'), eval(''), eval('if (0) 1'), eval('1; if(true) {2} else {3}'), eval('for (let i=0;i<3;i++) i'), eval('try { 1 } finally { 2 }'), eval('"a"; var z9'), eval(5), eval('function h(){}'));
try { eval('let l = 1; var'); } catch (e) { console.log(String(e)); }
try { (function () { let v; { eval('var v = 1'); } })(); } catch (e) { console.log(String(e)); }
console.log(new Function('a', 'b', 'return a + b')(1, 2), new Function('a,b', 'return this === globalThis')(), String(new Function('a', 'return a')), Function('return 7')());
const AF = (async () => {}).constructor; new AF('return await 5')().then(console.log);
const GF = (function* () {}).constructor; console.log([...new GF('yield 1; yield 2')()]);
with ({ p: 1, m() { return this.p; } }) { console.log(p, m()); p = 2; console.log(p); var outer = p; }
console.log(outer);
var o = { x: 1 }; var x = 'outer';
with (o) { x = 5; var x; (() => { console.log(x, typeof nothere); })(); delete x; console.log(x); }
console.log(o);
class F extends Function { constructor() { super('return 42'); } hi() { return 'hi'; } }
const fi = new F(); console.log(fi(), fi.hi(), fi instanceof F, fi.name);
try { new Function('return +')(); } catch (e) { console.log(String(e)); }
try { eval('foo bar'); } catch (e) { console.log(String(e), e instanceof SyntaxError); }
console.log((function () { return eval('arguments.length + this.k'); }).call({ k: 10 }, 1, 2));
console.log((() => { var self = 5; return eval('(() => self)()'); })());
class P { m() { return 'P.m'; } } class Q extends P { m() { return eval('super.m()') + eval('new.target'); } } console.log(new Q().m());

for (var i = 0; i < 3; i++) { eval('var k' + i + ' = i'); } console.log(k0, k1, k2);
console.log(delete k0, typeof k0, typeof eval('k1'), eval('eval("1+2")'), eval('eval("var nested = 3")'), nested);
x9 = 3; console.log(delete x9, typeof x9, delete o);
eval('function hoisted() { return 1 } console.log(hoisted())'); console.log(hoisted());
var fns = []; for (let i = 0; i < 2; i++) fns.push(eval('() => i')); console.log(fns.map(f => f()));
with ([1,2,3]) console.log(length, typeof map, typeof values);
try { with (null) {} } catch (e) { console.log(String(e)); }
try { eval('return 1'); } catch (e) { console.log(String(e)); }
try { eval('await 1'); } catch (e) { console.log(String(e)); }
console.log(eval?.('typeof l'), eval(...['1+1']), eval('"use strict"; var u = 1; typeof u'), typeof u);
switch (1) { case 1: console.log(eval('switch(2){case 2: "two"; break; }')); }
console.log(eval('x'), eval('typeof undefinedThing'), eval('this === module.exports'));
