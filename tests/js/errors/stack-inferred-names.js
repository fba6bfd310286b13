const here = () => { const s = new Error('x').stack.split('\n'); console.log(s[2].trim()); };
const f = (g) => { g(); return Promise.resolve(1); };
async function main() { const r = await f(() => { here(); }); const q = f(() => { here(); }); let z = [1].map(() => { here(); })[0]; return f(() => here()); }
main();
const obj = {}; obj.x = function () { here(); }; obj.y = () => here(); obj.x(); obj.y(); obj.a = { b: [function () { here(); }] }; obj.a.b[0]();
exports.foo = function () { here(); }; exports.foo(); module.exports = () => here(); module.exports();
const arr = [() => here(), function () { here(); }]; arr[0](); arr[1]();
let v; v = [() => here()]; v[0](); const w = true && (() => here()); w(); const tern = true ? () => here() : null; tern();
function Foo() { this.bar = function () { here(); }; this.baz = () => here(); } const fo = new Foo(); fo.bar(); fo.baz();
const handlers = { click: [() => here()] }; handlers.click[0](); const m = new Map([['a', () => here()]]); m.get('a')();
const ret = () => () => here(); ret()(); function mk() { return function () { here(); }; } mk()(); const made = mk(); made();
