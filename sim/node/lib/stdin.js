// process.stdin: a Readable of the world's input, which arrives in poll like anything from outside.
'use strict';

const native = module;
const { Readable } = require('stream');

exports.make = (input) => {
  let rest = input;
  const stdin = new Readable({
    highWaterMark: 65536,
    read() {
      const chunk = rest;
      rest = null;
      native.outside('process.stdin', 0, () => stdin.push(chunk));
    },
  });
  return stdin;
};
