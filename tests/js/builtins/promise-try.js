Promise.try((a, b) => a + b, 1, 2).then((v) => console.log('sum', v));
Promise.try(() => { throw new Error('thrown'); }).catch((e) => console.log(e.message));
Promise.try(5).catch((e) => console.log(String(e)));
Promise.try(() => { console.log('at once'); });
const m = new Map([[1, 'one']]);
console.log(m.getOrInsert?.(1, 'x'), m.getOrInsertComputed?.(2, (k) => 'computed ' + k), m.size);
