Promise.resolve().then(() => console.log(1)).then(() => console.log(2)).then(() => console.log(3));
new Promise((r) => r(Promise.resolve())).then(() => console.log('resolved with a promise'));
