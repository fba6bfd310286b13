// The frames of the drain come before those that await.
const inner = async () => {
  await null;
  console.log(new Error('x').stack);
};
console.log('a write queues a tick');
(async function outer() {
  await inner();
})();
