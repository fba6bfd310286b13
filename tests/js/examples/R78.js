const f = async (n) => { console.log(n, 1); await 0; console.log(n, 2); await 0; console.log(n, 3); };
f('a');
f('b');
