Promise.race([Promise.resolve('r')]).then((v) => console.log(v));
Promise.resolve().then(() => console.log(1)).then(() => console.log(2));
