// rules: R130
// A sink that takes a chunk at once: since Node 20 write() says so, and no 'drain' is due.
const { Writable } = require('stream');
const sink = new Writable({
  highWaterMark: 3,
  write(chunk, encoding, callback) {
    console.log('sink took', String(chunk));
    callback();
  },
});
sink.on('drain', () => console.log('drain'));
sink.on('finish', () => console.log('finish'));
console.log('write says', sink.write('longer than three'), sink.writableLength);
sink.write('again', () => console.log('written'));
process.nextTick(() => {
  console.log('tick', sink.write('third'));
  sink.end(() => console.log('end'));
});

const objects = new Writable({ objectMode: true, write(chunk, encoding, callback) { console.log('object', chunk.n, encoding); callback(); } });
objects.write({ n: 1 });
objects.end({ n: 2 }, () => console.log('objects ended'));
