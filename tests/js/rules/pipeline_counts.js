// title: when a pipeline calls back: from the last end until 16, from a tick later on
// rules: R132
const { pipeline, Readable, PassThrough, Writable } = require('stream');
const source = Readable.from([1, [2]]), through = new PassThrough({ objectMode: true });
const target = new Writable({
  objectMode: true,
  write(chunk, encoding, callback) { console.log('write', chunk); process.nextTick(callback); },
  final(callback) { console.log('final'); callback(); },
});
for (const [name, stream] of Object.entries({ source, through, target }))
  for (const event of ['end', 'finish', 'close', 'unpipe']) stream.on(event, () => console.log(name, event));
pipeline(source, through, target, (error) => console.log('done', error));
let n = 0;
(function tick() { if (n++ < 30) process.nextTick(() => { console.log('tick', n); tick(); }); })();
