// A walk of a set-like's keys that ends early closes them, and what that throws is thrown.
const t = (f) => { try { console.log(f()); } catch (e) { console.log(e.name, e.message); } };
const other = (next, ret) => ({ size: 9, has() { return true; }, keys() { return { next, return: ret }; } });
t(() => new Set([1, 2]).isDisjointFrom({ ...other(() => ({ value: 1, done: false }), () => { throw new Error('r'); }), size: 1 }));
t(() => new Set([1, 2]).isSupersetOf({ ...other(() => ({ value: 7, done: false }), () => ({})), size: 1 }));
t(() => [...new Set([1, 2]).symmetricDifference(new Set([2, 3]))]);
