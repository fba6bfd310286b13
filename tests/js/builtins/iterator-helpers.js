console.log([1,2].values().map(x=>x), new (class X extends Iterator{}), Iterator.from({}), [1,2,3].values().drop(1).map(x=>x*2).toArray(), new Set([3,2,1]).intersection(new Set([1,2,9,8,7])), Object.groupBy([1,2,3],x=>x%2?'odd':'even'));
for (const x of [1,2,3].values().filter(x=>x>1).flatMap(x=>[x,x])) console.log(x);
const source = { n: 0, next() { return { value: this.n, done: this.n++ > 5 }; }, return(v) { console.log('closed'); return {}; }, __proto__: Iterator.prototype };
console.log(source.take(2).toArray(), source.some((x) => x > 2), source.find((x) => x > 100));
for (const f of [() => [1].values().map(5), () => [1].values().take(-1), () => [].values().reduce((a) => a), () => new Iterator(), () => Iterator.from(5),
  () => [1].values().flatMap((x) => 5).toArray(), () => ({ next() { return 1; }, __proto__: Iterator.prototype }).toArray(), () => { Iterator.prototype.constructor = 1; }]) {
  try { console.log(f()); } catch (e) { console.log(String(e)); }
}
console.log(Iterator.from('ab').toArray(), [3, 4].values().reduce((a, b) => a + b), [1].values().map((x) => x).return());
