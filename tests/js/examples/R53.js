Promise.resolve().then(() => console.log(1)).then(() => console.log(2));
Promise.resolve({ then(r) { console.log('then called'); r(); } }).then(() => console.log('thenable'));
