const assert = require('assert');
assert(false);
