const results = [];
[1, 2].forEach(async (n) => { await 0; results.push(n); });
console.log(results);
