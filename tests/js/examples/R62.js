Promise.resolve({ then(r) { r('ok'); throw new Error('ignored'); } }).then((v) => console.log(v));
