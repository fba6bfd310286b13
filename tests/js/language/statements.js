// hoisting
console.log(typeof hoisted, hoisted && hoisted.name, typeof v1); var v1 = 1; function hoisted() {}
{ function inBlock() { return 1 } } console.log(typeof inBlock);
console.log(typeof later); if (true) { function later() {} } console.log(typeof later);
(function(){ console.log(typeof g); { console.log(typeof g); function g(){} g = 5; console.log(typeof g);} console.log(typeof g); })();
(function(){ 'use strict'; { function h(){} } console.log(typeof h); })();
(function(a){ { function a(){} } console.log(typeof a) })(1);
(function(){ let z = 1; { function z(){} } console.log(z)})();
(function(){ switch(1){ case 0: function sw(){return 's'} case 1: console.log(sw()) } console.log(typeof sw)})();
(function(){ if (0) function ff(){} console.log(typeof ff); if (1) function gg(){} console.log(typeof gg)})();
(function(){ lab: function lf(){return 1} console.log(lf())})();
var dup = 1; var dup; console.log(dup);
function f2(){return 1} var f2; console.log(typeof f2); var f2 = 2; console.log(typeof f2);
(function(){ try { x; let x } catch (e) { console.log(e.name, e.message) } })();
(function(){ try { x = 1; let x } catch (e) { console.log(e.message) } })();
(function(){ try { typeof x; let x } catch (e) { console.log(e.message) } })();
(function(){ try { (function(){ return y })(); const y = 1 } catch (e) { console.log(e.message) } })();
(function(){ try { const c = 1; c = 2 } catch (e) { console.log(e.message) } })();
(function(){ try { const c = 1; c++ } catch (e) { console.log(e.message) } })();
(function(){ try { for (const i = 0; i < 2; i++) console.log('it') } catch (e) { console.log(e.message) } })();
(function(){ for (const k of [1,2]) console.log(k); for (const k in {a:1}) console.log(k)})();
(function(){ try { let a = a; } catch (e) { console.log(e.message) } })();
(function(){ try { (function(a = b, b){})() } catch (e) { console.log(e.message) } })();
(function(){ try { class C extends C {} } catch (e) { console.log(e.message) } })();
(function(){ try { new D; class D {} } catch (e) { console.log(e.message) } })();
(function nfe(){ try { nfe = 1; console.log(typeof nfe) } catch (e) { console.log(e.message)}})();
(function nfe(){ 'use strict'; try { nfe = 1; console.log(typeof nfe) } catch (e) { console.log(e.message)}})();
(function(){ try { undefined_var } catch (e) { console.log(e.message)}  undeclared = 1; console.log(undeclared, delete globalThis.undeclared, typeof undeclared)})();
(function(){ 'use strict'; try { undeclared2 = 1 } catch (e) { console.log(e.message)} })();
console.log(this === module.exports, typeof globalThis, (function(){return this===globalThis})(), (function(){'use strict';return this})());
var obj = {m(){return this===obj}, a:()=>this===module.exports, f:function(){return (()=>this===obj)()}}; console.log(obj.m(), (0,obj.m)(), obj.a(), obj.f(), (obj.m)(), (obj['m'])());
// closures
var fs=[]; for (var i=0;i<3;i++) fs.push(()=>i); console.log(fs.map(f=>f())); fs=[]; for (let i=0;i<3;i++) fs.push(()=>i); console.log(fs.map(f=>f()));
fs=[]; for (let i=0;i<3;fs.push(()=>i),i++); console.log(fs.map(f=>f()));
fs=[]; for (let i=0, inc=()=>i++; i<3; inc(), i++) { fs.push(()=>i); if (fs.length>5) break; } console.log(fs.map(f=>f()));
fs=[]; for (let i=(fs.push(()=>i),0); i<2; i++) fs.push(()=>i); console.log(fs.map(f=>f()));
// labels
outer: for (let i=0;i<3;i++) { for (let j=0;j<3;j++) { if (j==1) continue outer; if (i==2) break outer; console.log(i,j); } }
blk: { console.log('in'); break blk; console.log('no') }
a: b: for(;;) { break a }
// switch
function sw(x){ switch(x){ default: console.log('d'); case 1: console.log(1); break; case 2: console.log(2); case 3: console.log(3) } } sw(1);sw(2);sw(3);sw(9);
switch(true){ case 1>2: console.log('a'); break; case 2>1: console.log('b'); }
switch (3) { case 1: let q = 1; break; case 3: try { q } catch(e) { console.log(e.message) } }
// finally
function fin(){ try { return 't' } finally { console.log('f') } } console.log(fin());
function fin2(){ try { throw 1 } catch(e) { return 'c' } finally { return 'f' } } console.log(fin2());
function fin3(){ for(;;){ try { return 1 } finally { break } } return 2 } console.log(fin3());
function fin4(){ l: try { return 1 } finally { break l } return 3 } console.log(fin4());
function fin5(){ let i=0; try { return i } finally { i++ } } console.log(fin5());
function fin6(){ let o={i:0}; try { return o } finally { o.i++ } } console.log(fin6());
function fin7(){ for (const x of [1,2,3]) { try { continue } finally { console.log(x); if (x==2) return 'r' } } } console.log(fin7());
function fin8(){ try { try { throw 1 } finally { throw 2 } } catch(e) { return e } } console.log(fin8());
// asi
var r = (function(){ return
 1 })(); console.log(r);
var a1 = 1
var b1 = a1
++b1
console.log(a1, b1)
var s = 'x'
;[1,2].forEach(x => console.log(x))
var o = {}
o.x = 1; do ; while(0) console.log('after do')
var aa = 5, g = 1; console.log(aa /2/ g);
let async = 1; async
console.log(async)
var let_ = 1; var yield_ = 2; var of = 3, get = 4, set = 5, static_ = 6; console.log(of,get,set)
for (var of of [1]) console.log(of);
console.log(((a,b)=>a+b).length, (function(...a){}).length, ((a,b=1,c)=>{}).length);
if (1) ; else console.log('x')
console.log(void 0, typeof void 0, typeof typeof 1, !!'' , -'3', +'', +[], +{}, +[5], +[1,2], ~~3.7, ~'a');
console.log((1,2,3), [1,2,3][1,2], {a:1}.a, 2**3**2, (-2)**2, 7%-3, -7%3, 5/0, -5/0, 0/0);
console.log(1<2<3, 3>2>1, '2'>'12', 2>'12', 'b'>'a', null==0, null>=0, undefined==null, undefined==0, NaN!=NaN);
console.log([]+[], []+{}, {}+[], [1]+[2], [1,2]+[3], true+true, true+'1', 1+null, 1+undefined, '5'-2, '5'+2, '5'*'2', 'a'*1, [2]*[3], null+'x', {}*1);
console.log('b'+'a'+ +'a'+'a', 0.1+0.2, 0.1*3, 9007199254740992+1, 1e21, 1e-7, 123456789012345680000, 0xff, 0b11, 0o17, 017, 1_000);
console.log([10,9,1].sort(), ['1','2','3'].map(parseInt), [1,2,3].map(String), ['a','b'].map((x,i,a)=>a.length));
console.log(typeof null, typeof [], typeof NaN, typeof class{}, typeof Symbol(), typeof 1n, typeof undefined, typeof (()=>{}), typeof new String(''), typeof String(1), typeof /x/);
console.log(!!NaN, !!'0', !!'false', !![], !!{}, !!-1, !!'', !!null, !!0n);
console.log(parseInt('10px'), parseInt('abc'), parseInt(''), parseInt(null,36), parseInt('0x1f'), parseInt(0.0000005), parseInt('1e3'), Number('1e3'), parseInt('12',2), parseFloat('3.14.15'), Number(''), Number(' '), Number('12px'), Number(null), Number(undefined), Number([]), Number([7]), Number(true), Number('0b101'), Number(new Date(5)));
console.log(delete [].length, (function(){var x=1; return delete x})(), delete {}.x, delete globalThis.nope, (()=>{ try { 'use strict'; return delete Object.freeze({a:1}).a } catch(e) {return e.message} })());
console.log(String([1,[2,[3]]]), String({}), String(null), String(Symbol('d')), [null,undefined,1].join('-'), [,1,,2].length, [,].length, [...[,1]].length, Object.keys([,1]));
