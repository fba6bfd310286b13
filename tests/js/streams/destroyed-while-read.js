// rules: R130
// A source that fails inside read(), with chunks already buffered: those still flow until the error is told.
const { Readable, PassThrough } = require('stream');
let n = 0;
const source = new Readable({
  objectMode: true,
  highWaterMark: 4,
  read() {
    if (n === 4) this.destroy(new Error('broken'));
    else this.push('chunk ' + n++);
  },
});
source.on('data', (chunk) => console.log(chunk));
source.on('error', (error) => console.log('error', error.message));
source.on('close', () => console.log('close'));

// The end, told to nobody until somebody listens.
const quiet = new Readable({ objectMode: true, read() {} });
quiet.push('only');
quiet.push(null);
quiet.on('resume', () => console.log('resume'));
quiet.pipe(new PassThrough({ objectMode: true })).on('data', (chunk) => console.log('through', chunk)).on('end', () => console.log('ended'));
quiet.on('close', () => {
  quiet.on('pause', () => console.log('pause'));
  quiet.pause();
  console.log('paused', quiet.isPaused());
});
