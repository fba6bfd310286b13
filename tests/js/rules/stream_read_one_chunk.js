// title: what read() of a paused stream gives
// rules: R130
const { PassThrough } = require('stream');
const s = new PassThrough();
s.write('one');
s.write('two');
setImmediate(() => console.log(String(s.read()), String(s.read())));
