const { pipeline, Readable, Transform, Writable } = require('stream');
const slow = new Transform({ objectMode: true, transform(chunk, encoding, callback) { console.log('through', chunk); process.nextTick(callback, null, chunk); } });
const failing = new Writable({ objectMode: true, write(chunk, encoding, callback) { callback(new Error('full')); } });
pipeline(Readable.from(['a', 'b']), slow, failing, (e) => console.log('done', e.message));
let rounds = 0;
(function count() {
  if (rounds++ > 12) return;
  process.nextTick(() => { console.log('tick', rounds); Promise.resolve().then(() => { console.log('job', rounds); count(); }); });
})();
