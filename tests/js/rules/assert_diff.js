// title: the diff of an assertion error
// rules: R160
// since: 12
const assert = require('assert');
try {
  assert.deepStrictEqual({ a: 1 }, { a: 2 });
} catch (error) {
  console.log(JSON.stringify(error.message), 'diff' in error);
}
