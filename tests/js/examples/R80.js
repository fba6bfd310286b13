async function* g() { yield 1; yield 2; }
(async () => { for await (const v of g()) console.log(v); })();
Promise.resolve().then(() => console.log('a')).then(() => console.log('b')).then(() => console.log('c'));
