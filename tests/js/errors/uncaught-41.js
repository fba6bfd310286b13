function* g() { yield 1; throw new Error('gen'); }
for (const x of g()) console.log(x);
