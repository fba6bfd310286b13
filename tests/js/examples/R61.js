new Promise((resolve, reject) => { resolve('first'); reject(new Error()); throw 1; }).then((v) => console.log(v));
