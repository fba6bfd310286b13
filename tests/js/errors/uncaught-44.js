let o = { get a() { throw new Error('getter'); } };
console.log(`${o.a}`);
