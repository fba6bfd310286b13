const p = (...a) => console.log(a.map(String).join(' '));
const show = (a) => { let s = '['; for (let i = 0; i < a.length; i++) s += (i ? ',' : '') + (i in a ? (Array.isArray(a[i]) ? show(a[i]) : String(a[i])) : '-'); return s + ']' + (a.length); };
p(show([1, , 3]), show(new Array(3)), show(Array(1, 2)), show(Array.of(7)), show(Array.from('héy')), show(Array.from({ length: 2, 0: 'x' })));
p(show(Array.from([1, 2, 3], (x, i) => x * i)), show(Array.from(new Set([3, 3, 1]))), show(Array.from(new Map([[1, 2]]).keys())));
// push pop shift unshift
const a = []; p(a.push(1, 2, 3), a.pop(), a.shift(), a.unshift(9, 8), show(a), a.push(), a.unshift());
p([].pop(), [].shift(), show([, 1]), [, 1].shift(), [1, ,].pop());
{ const h = [1, , 3]; h.shift(); p(show(h)); h.unshift(0); p(show(h)); h.pop(); p(show(h)); h.pop(); p(show(h)); }
{ const o = { length: 2, 0: 'a', 1: 'b' }; p([].push.call(o, 'c'), Object.keys(o), o.length, [].pop.call(o), [].shift.call(o), o.length, Object.keys(o), [].unshift.call(o, 1, 2), Object.entries(o)); }
{ const o = {}; p([].push.call(o, 1), o.length, [].pop.call({}), JSON.stringify(o)); }
// slice splice
const b = [0, 1, 2, 3, 4, 5];
p(show(b.slice()), show(b.slice(2)), show(b.slice(-2)), show(b.slice(1, -1)), show(b.slice(4, 2)), show(b.slice(NaN, 2)), show(b.slice('1', '3')), show(b.slice(undefined, undefined)), show(b.slice(-100, 100)), show(b.slice(null)));
for (const args of [[], [1], [1, 2], [1, 0, 'x', 'y'], [1, 2, 'z'], [-2], [-2, 1, 'q'], [0, 6, 1], [100, 1, 'e'], [2, -1, 'n'], [undefined], [1, undefined], [0, 1, 'a', 'b', 'c']]) { const c = b.slice(); const r = c.splice(...args); p(show(c), show(r)); }
{ const h = [1, , 3, , 5]; const r = h.splice(1, 2, 'x'); p(show(h), show(r)); const o = { length: 4, 0: 1, 2: 3 }; const q = [].splice.call(o, 1, 1); p(JSON.stringify(o), show(q)); }
// concat flat
p(show([1].concat(2, [3, [4]], [[5]])), show([, 1].concat([, 2])), show([1].concat({ length: 1, 0: 'z', [Symbol.isConcatSpreadable]: true })), show([1].concat('ab', null, undefined)));
{ const n = [1]; n[Symbol.isConcatSpreadable] = false; p([0].concat(n).length, Array.isArray([0].concat(n)[1])); }
p(show([1, [2, [3, [4, , 5]]]].flat()), show([1, [2, [3, [4, , 5]]]].flat(2)), show([1, [2, [3, [4]]]].flat(0)), show([[1], , [2]].flat()), show([1, 2].flatMap((x) => [x, [x]])), show([1, 2].flat(-1)));
// search
p([1, NaN, 2].indexOf(NaN), [1, NaN].includes(NaN), [1, 2, 1].lastIndexOf(1), [1, 2, 1].lastIndexOf(1, -2), [1, 2, 3].indexOf(3, -1), [1, 2, 3].indexOf(1, 5), ['1'].indexOf(1), [0].includes(-0), [-0].indexOf(0), [1, 2].includes(), [,].includes(), [,].indexOf(), [1.5, 2].indexOf(2), [2 ** 31].indexOf(2147483648), [null].indexOf(undefined));
p([1, 2, 3, 4].find((x) => x > 2), [1, 2].find((x) => x > 5), [1, 2, 3].findIndex((x) => x === 2), [1, 2, 3].findLast((x) => x < 3), [1, 2].findLastIndex((x) => x > 9), [, 1].find((x) => x === undefined), [, 1].findIndex((x) => x === undefined));
p([1, 2].at(-1), [1, 2].at(5), [1, 2].at('1'), [1, 2].at(NaN), [1, 2].at(-3), [].at());
// callbacks
p([1, 2, 3].map((x, i, arr) => x + i + arr.length), show([1, , 3].map((x) => x * 2)), show([1, , 3].filter(() => true)), [1, 2, 3].reduce((s, x) => s + x), [1, 2, 3].reduceRight((s, x) => s + '-' + x), [1].reduce(() => 0), [].reduce(() => 0, 5), [, 1, , 2].reduce((s, x, i) => s + x + i), [1, 2, 3].every((x) => x > 0), [].every((x) => x), [1].some((x) => x > 1), [].some((x) => x), [, 1].every((x) => x === 1));
{ const r = []; [1, , 3].forEach((x, i) => r.push(i + ':' + x)); p(r); [1, 2, 3].forEach(function () { r.push(this.k); }, { k: 'T' }); p(r); }
{ const c = [1, 2, 3]; const r = []; c.forEach((x, i) => { r.push(x); if (i === 0) { c.push(4); c[1] = 'm'; } if (i === 1) c.pop(), c.pop(); }); p(r, show(c)); }
{ const c = [1, 2, 3]; p(c.map((x, i) => { if (i === 0) c.length = 1; return x; }).length, show(c)); }
// in place
p(show([1, 2, 3].reverse()), show([1, , 3, 4].reverse()), show([1, 2, 3, 4].fill(0, 1, -1)), show(new Array(3).fill('x')), show([1, 2].fill()), show([1, 2, 3, 4, 5].copyWithin(0, 3)), show([1, 2, 3, 4, 5].copyWithin(1, 0, 3)), show([1, , 3].copyWithin(0, 1)));
p(show([].reverse.call({ length: 3, 0: 'a', 2: 'c' }) && [1]), JSON.stringify([].reverse.call({ length: 3, 0: 'a', 1: 'b' })), JSON.stringify([].fill.call({ length: 2 }, 7)));
p(show([3, 1, , 2].toSorted()), show([1, , 3].toReversed()), show([1, 2, 3].with(0, 'w')), show([1, 2, 3].toSpliced(0, 1)), show([1, , 3].toSpliced(0, 0)), show([1, 2, 3].toSpliced()), show([1, 2, 3].toSpliced(1)));
// join
p([1, [2, [3]], null, undefined, { toString: () => 'o' }].join(), [1, 2].join(''), [1, 2].join(undefined), [1, 2].join(null), [[], [[]]].join('|'), [].join(), [true, 1n, 's'].join('-'));
{ const c = [1]; c.push(c, [c]); p(c.join('+'), String(c), c.toLocaleString()); }
// length
{ const c = [1, 2, 3]; c.length = 1; p(show(c)); c.length = 3; p(show(c)); c[5] = 1; p(show(c), c.length); c['7'] = 2; c['08'] = 3; p(c.length, Object.keys(c)); }
{ const c = [1, 2, 3]; Object.defineProperty(c, 'length', { writable: false }); try { 'use strict'; c.push(4); } catch (e) { p(e.message); } p(show(c)); try { c.pop(); } catch (e) { p(e.message); } }
{ const c = [1, 2, 3]; Object.defineProperty(c, 1, { get() { return 'got'; }, configurable: true, enumerable: true }); p(show(c), c.indexOf('got'), show(c.slice()), show(c.map((x) => x)), c.join(), c.includes('got')); }
// iterators
{ const it = ['a', 'b'].entries(); p(it.next().value, it.next().value, it.next().done, it.next().done, Object.prototype.toString.call(it)); const c = [1]; const r = []; for (const x of c) { r.push(x); if (c.length < 4) c.push(x + 1); } p(r, [...['x', , 'y'].keys()], [...[, 1]]); }
{ class A extends Array { sum() { return this.reduce((x, y) => x + y, 0); } } const c = A.from([1, 2, 3]); p(c.constructor.name, c.sum(), c.map((x) => x * 2).sum(), c.filter((x) => x > 1) instanceof A, c.length, A.of(1).constructor.name, new A(3).length, new A(1, 2).sum(), c.slice(1).constructor.name, c.concat([4]).sum(), c.splice(0, 1).constructor.name, c.flat().constructor.name, c.toSorted().constructor.name); }
{ const big = []; for (let i = 0; i < 20000; i++) big.push(i); let s = 0; while (big.length) { s += big.shift() + (big.length ? big.pop() : 0); } p(s); }
{ const q = []; for (let i = 0; i < 300; i++) q.unshift(i); p(q.length, q[0], q[299]); }
p(Array.prototype.concat.length, [].concat([1]).length, Array.isArray(Array.prototype), Array.prototype.length, typeof Array.prototype[Symbol.unscopables]);
p([3, 2, 1].sort().join(), [1, 10, 2, 21].sort().join(), ['b', 'a', 'C'].sort().join(), [[2], [1]].sort().join('|'), [undefined, 1, null].sort().join());
p(Array.from({ length: 3 }, function (_, i) { return this.m * i; }, { m: 2 }), Array.from([1, , 3]).length, 1 in Array.from([1, , 3]));
{ const log = []; const iter = { [Symbol.iterator]() { return { n: 0, next() { return { value: this.n++, done: false }; }, return() { log.push('closed'); return {}; } }; } }; try { Array.from(iter, (x) => { if (x === 2) throw new Error('stop'); return x; }); } catch (e) { log.push(e.message); } p(log); }
{ const o = { length: '2', 0: 1, 1: 2 }; p([].map.call(o, (x) => x + 1), [].slice.call(o), [].join.call(o), [].includes.call(o, 2), [].at.call('xyz', -1), [].map.call('ab', (c) => c + c)); }
