try {
  const { promise, resolve } = Promise.withResolvers();
  promise.then((v) => console.log('resolved', v));
  resolve(1);
} catch (e) {
  console.log(e.name + ': ' + e.message);
}
console.log(typeof Promise.withResolvers);
