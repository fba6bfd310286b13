// title: how much a byte stream buffers
// rules: R130
// since: 10
const { PassThrough } = require('stream');
console.log(new PassThrough().readableHighWaterMark);
