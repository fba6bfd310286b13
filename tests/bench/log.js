const N = 1000000;
for (let i = 0; i < N; i++) console.log('a line of text');
// target: 25
