(async () => { for (const n of [1, 2]) { await null; console.log('a', n); } })();
(async () => { for (const n of [1, 2]) { await null; console.log('b', n); } })();
