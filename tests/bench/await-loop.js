const N = 1000000;
(async () => { for (let i = 0; i < N; i++) await null; })();
// target: 0.6
