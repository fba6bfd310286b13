Promise.reject('e').then(() => {}).catch((e) => console.log('caught', e));
Promise.resolve().then(() => console.log(1)).then(() => console.log(2)).then(() => console.log(3));
