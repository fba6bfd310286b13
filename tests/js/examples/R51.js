let resolve;
new Promise((r) => { resolve = r; }).then(() => console.log('pending one'));
Promise.resolve().then(() => console.log('settled one'));
resolve();
