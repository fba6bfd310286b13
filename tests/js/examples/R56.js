const p = Promise.resolve();
console.log(Promise.resolve(p) === p);
