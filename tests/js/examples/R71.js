(async () => { await 0; console.log('awaited'); })();
Promise.resolve().then(() => console.log('then'));
