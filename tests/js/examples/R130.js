const { PassThrough } = require('stream');
const s = new PassThrough();
s.on('data', (d) => console.log('data', d.toString()));
s.on('end', () => console.log('end'));
s.end('x');
process.nextTick(() => console.log('tick'));
