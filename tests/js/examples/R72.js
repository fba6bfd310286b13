(async () => { await Promise.resolve(); console.log('awaited'); })();
Promise.resolve().then(() => console.log(1)).then(() => console.log(2)).then(() => console.log(3));
