const { Readable } = require('stream');
Readable.from(['a', 'b']).on('data', (d) => console.log(d)).on('end', () => console.log('end'));
