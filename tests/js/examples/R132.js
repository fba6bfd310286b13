const { pipeline, Readable, PassThrough } = require('stream');
pipeline(Readable.from(['a']), new PassThrough(), (e) => console.log('done', e)).resume();
