const N = 1000000;
let s = '';
for (let i = 0; i < N; i++) s += i;
console.log(s.length, s.split('9').length);
// operations: 1
