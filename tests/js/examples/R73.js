(async () => { await { then(r) { r(); } }; console.log('awaited'); })();
Promise.resolve().then(() => console.log(1)).then(() => console.log(2));
