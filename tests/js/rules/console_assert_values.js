// title: console.assert and what it is given
// rules: R160
const { Console } = require('console');
const { Writable } = require('stream');
const sink = new Writable({ write(chunk, encoding, callback) { process.stdout.write(chunk); callback(); } });
const c = new Console(sink, sink);
c.assert(false, { a: 1 });
c.assert(false, 'x %s', 1);
c.assert(false);
c.assert(0, [1], 2);
c.assert(true, 'no');
