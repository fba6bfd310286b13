// title: how sort() asks its comparator, and in which order equals stay
// rules: R160
[3, 1, 2].sort((a, b) => { console.log('compares', a, b); return a - b; });
const pairs = Array.from({ length: 12 }, (_, i) => ({ i, k: (i * 7) % 3 }));
console.log(pairs.sort((a, b) => a.k - b.k).map((p) => p.k + ':' + p.i).join(' '));
let n = 0;
const many = Array.from({ length: 1500 }, (_, i) => ({ i, k: (i * 7919) % 101 }));
const sorted = many.sort((a, b) => { n++; return a.k - b.k; }).map((p) => p.i);
console.log(n, sorted.slice(0, 12).join(' '), sorted.reduce((sum, x, i) => (sum + x * i) % 1000003, 0));
console.log([10, 9, 1, '1', 2, undefined, , 3].sort().length, ['b', , 'a', undefined, 'c'].sort().join());
