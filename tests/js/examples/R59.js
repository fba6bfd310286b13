Promise.all([Promise.resolve(1), 2]).then((v) => console.log(v));
Promise.resolve().then(() => console.log('one')).then(() => console.log('two'));
