const { Readable } = require('stream');
let rounds = 0;
const count = () => {
  if (rounds++ > 30) return;
  Promise.resolve().then(() => {
    console.log('  round', rounds);
    count();
  });
};
(async () => {
  count();
  for await (const x of Readable.from(['a', Promise.resolve('b'), 'c'], { objectMode: true })) console.log(x);
  console.log('end');
  try {
    for await (const x of Readable.from(['d', 'e'])) {
      console.log(x);
      throw new Error('thrown');
    }
  } catch (e) {
    console.log(e.message);
  }
  const failing = new Readable({ objectMode: true, read() { this.destroy(new Error('failed')); } });
  try {
    for await (const x of failing) console.log(x);
  } catch (e) {
    console.log(e.message);
  }
  const iterator = Readable.from([1, 2, 3])[Symbol.asyncIterator]();
  console.log(await Promise.all([iterator.next(), iterator.next(), iterator.return('r'), iterator.next()]));
  const other = Readable.from([1])[Symbol.asyncIterator]();
  await other.throw(new Error('first')).catch((e) => console.log(e.message));
})();
