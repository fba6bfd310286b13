const a = new Set([1, 2, 3]), b = new Set([3, 4]);
console.log(a.union(b), a.intersection(b), a.difference(b), a.symmetricDifference(b), a.isSubsetOf(b), a.isSupersetOf(new Set([1])), a.isDisjointFrom(b));
console.log(a.union(new Map([[9, 1]])), new Set([3, 2, 1]).intersection(new Set([1, 2, 9, 8, 7])));
for (const other of [5, [1], { size: 1 }, { size: 1, has() {} }, { size: -1, has() {}, keys() {} }, { size: 1, has() {}, keys() { return 1; } }]) {
  try { console.log(a.union(other)); } catch (e) { console.log(String(e)); }
}
console.log(Object.groupBy([1, 2, 3], (x) => (x % 2 ? 'odd' : 'even')), Map.groupBy([1, 2, -0, 0], (x) => x));
try { Object.groupBy(null); } catch (e) { console.log(String(e)); }
