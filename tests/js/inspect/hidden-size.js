const { inspect } = require('util');
console.log(inspect(new Set([1]), { showHidden: true }), inspect(new Map([[1, 2]]), { showHidden: true }), inspect(new Map(), { showHidden: true }));
console.log('%o', [new Set(['a', 'b'])]);
