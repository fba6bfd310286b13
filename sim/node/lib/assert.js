// Module assert. assert.c gives create() its helpers: deepEqual(a, b, strict), callText(), fail(kind, code, message),
// argType(name, expected, value), returnValue(expected, name, value), warn(type, code, message).
'use strict';

const { inspect } = require('util');
let native;

const SENTENCES = {
  deepStrictEqual: 'Expected values to be strictly deep-equal:',
  strictEqual: 'Expected values to be strictly equal:',
  strictEqualObject: 'Expected "actual" to be reference-equal to "expected":',
  deepEqual: 'Expected values to be loosely deep-equal:',
  notDeepStrictEqual: 'Expected "actual" not to be strictly deep-equal to:',
  notStrictEqual: 'Expected "actual" to be strictly unequal to:',
  notStrictEqualObject: 'Expected "actual" not to be reference-equal to "expected":',
  notDeepEqual: 'Expected "actual" not to be loosely deep-equal to:',
  notIdentical: 'Values have same structure but are not reference-equal:',
  notDeepEqualUnequal: 'Expected values not to be loosely deep-equal:',
};

const isObject = (v) => typeof v === 'object' && v !== null;
const isRegExp = (v) => Object.prototype.toString.call(v) === '[object RegExp]';
const isError = (v) => v instanceof Error || Object.prototype.toString.call(v) === '[object Error]';

// Values as assert shows them: all of them, a property a line.
function show(value) {
  return inspect(value, {
    compact: false, customInspect: false, depth: 1000, maxArrayLength: Infinity, showHidden: false, showProxy: false, sorted: true,
    getters: true,
  });
}

// ---- The comparison of two values line by line

// Lines around a difference: long runs of equal ones are cut.
class Diff {
  constructor() {
    this.text = '';
    this.pending = '';   // expected lines of the current difference
    this.equal = 0;      // equal lines since the last difference
    this.printed = 0;
    this.skipped = false;
  }

  // Before a difference at line `i`, shows the last of the equal lines before it.
  lead(lines, i) {
    if (this.equal > 2) {
      if (this.equal > 3) {
        if (this.equal === 5) {
          this.add(`\n  ${lines[i - 3]}`);
        } else if (this.equal > 5) {
          this.text += '\n...';
          this.skipped = true;
        }
        this.add(`\n  ${lines[i - 2]}`);
      }
      this.add(`\n  ${lines[i - 1]}`);
    }
    this.equal = 0;
  }

  add(text) {
    this.text += text;
    this.printed++;
  }

  same(line) {
    this.text += this.pending;
    this.pending = '';
    if (++this.equal <= 2) this.add(`\n  ${line}`);
  }
}

const sameButComma = (line, other) => line.endsWith(',') && line.slice(0, -1) === other;

// For one short line each: "1 !== 2", or a mark under the first difference. undefined: neither.
function shortForm(actual, expected, a, b, operator, sentence) {
  const length = a.length + b.length;
  if (length <= 12) {
    const plain = !isObject(actual) && !isObject(expected) && (actual !== 0 || expected !== 0);
    return plain ? { message: `${sentence}\n\n${a} !== ${b}\n` } : {};
  }
  if (operator === 'strictEqualObject' || length >= 80) return {};
  let same = 0;
  while (a[same] === b[same]) same++;
  return same > 2 ? { mark: `\n  ${' '.repeat(same)}^` } : { start: same };
}

function difference(actual, expected, operator, message) {
  const shown = show(actual);
  const actualLines = shown.split('\n');
  const expectedLines = show(expected).split('\n');
  const kinds = [actual, expected];
  if (operator === 'strictEqual' && (kinds.every(isObject) || kinds.every((v) => typeof v === 'function'))) operator = 'strictEqualObject';
  const sentence = message || SENTENCES[operator];
  if (module.rule('ASSERT_DIFF')) return module.part('assert_diff').difference(actual, expected, [shown, expectedLines.join('\n')], sentence, message || SENTENCES.notIdentical);
  let equalAtEnd = 0;
  let mark = '';
  if (actualLines.length === 1 && expectedLines.length === 1 && actualLines[0] !== expectedLines[0]) {
    const form = shortForm(actual, expected, actualLines[0], expectedLines[0], operator, sentence);
    if (form.message) return form.message;
    mark = form.mark || '';
    equalAtEnd = form.start || 0;
  }
  // Equal lines at the end.
  let end = '';
  let cut = '';
  let skipped = false;
  while (actualLines.length && expectedLines.length && actualLines[actualLines.length - 1] === expectedLines[expectedLines.length - 1]) {
    const line = actualLines.pop();
    expectedLines.pop();
    if (equalAtEnd++ < 3) end = `\n  ${line}${end}`;
    else cut = line;
  }
  const lines = Math.max(actualLines.length, expectedLines.length);
  if (lines === 0) {
    let all = shown.split('\n');
    if (all.length > 50) all = [...all.slice(0, 46), '...'];
    return `${SENTENCES.notIdentical}\n\n${all.join('\n')}\n`;
  }
  if (equalAtEnd >= 5) {
    end = `\n...${end}`;
    skipped = true;
  }
  if (cut !== '') end = `\n  ${cut}${end}`;

  const diff = new Diff();
  diff.skipped = skipped;
  const head = `${sentence}\n+ actual - expected`;
  const moreActual = actualLines.length >= lines;
  const longer = moreActual ? actualLines : expectedLines;
  const shorter = moreActual ? expectedLines.length : actualLines.length;
  for (let i = 0; i < lines; i++) {
    if (i >= shorter) {
      diff.lead(longer, i);
      if (moreActual) diff.text += `\n+ ${longer[i]}`;
      else diff.pending += `\n- ${longer[i]}`;
      diff.printed++;
    } else {
      let line = actualLines[i];
      const other = expectedLines[i];
      let differs = line !== other && !sameButComma(line, other);
      if (differs && sameButComma(other, line)) {
        differs = false;
        line += ',';
      }
      if (differs) {
        diff.lead(actualLines, i);
        diff.text += `\n+ ${line}`;
        diff.pending += `\n- ${other}`;
        diff.printed += 2;
      } else {
        diff.same(line);
      }
    }
    if (diff.printed > 50 && i < lines - 2) return `${head} ... Lines skipped\n${diff.text}\n...${diff.pending}\n...`;
  }
  return `${head}${diff.skipped ? ' ... Lines skipped' : ''}\n${diff.text}${diff.pending}${end}${mark}`;
}

// ---- AssertionError

// An error's likeness, so that its stack is not shown.
function likeness(error) {
  const copy = Object.assign({ __proto__: Object.getPrototypeOf(error) }, error);
  Object.defineProperty(copy, 'message', { value: error.message });
  return copy;
}

const limit = (text, most) => (text.length > most ? `${text.slice(0, most - 3)}...` : text);

function unequalText(actual, operator) {
  let sentence = SENTENCES[operator];
  const lines = show(actual).split('\n');
  if (operator === 'notStrictEqual' && (isObject(actual) || typeof actual === 'function')) sentence = SENTENCES.notStrictEqualObject;
  if (lines.length > 50) lines.splice(46, Infinity, '...');
  if (lines.length === 1) return `${sentence}${lines[0].length > 5 ? '\n\n' : ' '}${lines[0]}`;
  return `${sentence}\n\n${lines.join('\n')}\n`;
}

function looseText(actual, expected, operator) {
  const sentence = SENTENCES[operator];
  let left = show(actual);
  let right = show(expected);
  if (operator === 'notDeepEqual' && left === right) return limit(`${sentence}\n\n${left}`, 1024);
  left = limit(left, 512);
  right = limit(right, 512);
  if (operator === 'deepEqual') return `${sentence}\n\n${left}\n\nshould loosely deep-equal\n\n${right}`;
  const other = SENTENCES[`${operator}Unequal`];
  if (other) return `${other}\n\n${left}\n\nshould not loosely deep-equal\n\n${right}`;
  return `${left} ${operator} ${right}`;
}

function generatedText({ actual, expected, operator }) {
  if (isObject(actual) && isObject(expected) && 'stack' in actual && actual instanceof Error && 'stack' in expected &&
      expected instanceof Error) {
    actual = likeness(actual);
    expected = likeness(expected);
  }
  if (operator === 'deepStrictEqual' || operator === 'strictEqual') return difference(actual, expected, operator);
  if (operator === 'notDeepStrictEqual' || operator === 'notStrictEqual') return unequalText(actual, operator);
  return looseText(actual, expected, operator);
}

function shortened(text) {
  const lines = text.split('\n', 11);
  if (lines.length > 10) return `${lines.slice(0, 10).join('\n')}\n...`;
  return text.length > 512 ? `${text.slice(512)}...` : text;
}

class AssertionError extends Error {
  constructor(options) {
    if (!isObject(options)) native.argType('options', 'of type object', options);
    const { message, operator, actual, expected, stackStartFn, stackStartFunction } = options;
    if (message != null) {
      const diffs = operator === 'deepStrictEqual' || operator === 'strictEqual';
      super(diffs ? difference(actual, expected, operator, String(message)) : String(message));
    } else {
      super(generatedText(options));
    }
    this.generatedMessage = !message;
    Object.defineProperty(this, 'name', {
      value: 'AssertionError [ERR_ASSERTION]', enumerable: false, writable: true, configurable: true,
    });
    this.code = 'ERR_ASSERTION';
    this.actual = actual;
    this.expected = expected;
    this.operator = operator;
    if (module.rule('ASSERT_DIFF') === 2) this.diff = options.diff === undefined ? 'simple' : options.diff;
    Error.captureStackTrace(this, stackStartFn || stackStartFunction);
    this.stack; // eslint-disable-line no-unused-expressions
    this.name = 'AssertionError';
  }

  toString() {
    return `${this.name} [${this.code}]: ${this.message}`;
  }

  [inspect.custom](depth, context) {
    const { actual, expected } = this;
    if (typeof actual === 'string') this.actual = shortened(actual);
    if (typeof expected === 'string') this.expected = shortened(expected);
    const text = inspect(this, { ...context, customInspect: false, depth: 0 });
    this.actual = actual;
    this.expected = expected;
    return text;
  }
}

// ---- Failing

function fails(options) {
  if (options.message instanceof Error) throw options.message;
  throw new AssertionError(options);
}

function needsBoth(count) {
  if (count < 2) native.fail('TypeError', 'ERR_MISSING_ARGS', 'The "actual" and "expected" arguments must be specified');
}

function holds(fn, args) {
  const [value] = args;
  let [, message] = args;
  if (value) return;
  let generated = false;
  if (args.length === 0) {
    generated = true;
    message = 'No value argument passed to `assert.ok()`';
  } else if (message == null) {
    generated = true;
    const text = native.callText();
    message = text === undefined ? undefined : `The expression evaluated to a falsy value:\n\n  ${text}\n`;
  } else if (isError(message)) {
    throw message;
  }
  const error = new AssertionError({ actual: value, expected: true, message, operator: '==', stackStartFn: fn });
  error.generatedMessage = generated;
  throw error;
}

function ok(...args) {
  holds(ok, args);
}

const assert = ok;
let warned = false;

assert.fail = function fail(actual, expected, message, operator, stackStartFn) {
  const count = arguments.length;
  let generated = false;
  if (actual == null && count <= 1) {
    generated = true;
    message = 'Failed';
  } else if (count === 1) {
    message = actual;
    actual = undefined;
  } else {
    if (!warned) {
      warned = true;
      native.warn('DeprecationWarning', 'DEP0094', 'assert.fail() with more than one argument is deprecated. ' +
        'Please use assert.strictEqual() instead or only pass a message.');
    }
    if (count === 2) operator = '!=';
  }
  if (message instanceof Error) throw message;
  const error = new AssertionError({
    actual, expected, operator: operator === undefined ? 'fail' : operator, stackStartFn: stackStartFn || fail, message,
  });
  if (generated) error.generatedMessage = true;
  throw error;
};

assert.AssertionError = AssertionError;
assert.ok = ok;

const bothNaN = (a, b) => Number.isNaN(a) && Number.isNaN(b);

assert.equal = function equal(actual, expected, message) {
  needsBoth(arguments.length);
  // eslint-disable-next-line eqeqeq
  if (actual == expected || bothNaN(actual, expected)) return;
  fails({ actual, expected, message, operator: '==', stackStartFn: equal });
};

assert.notEqual = function notEqual(actual, expected, message) {
  needsBoth(arguments.length);
  // eslint-disable-next-line eqeqeq
  if (actual != expected && !bothNaN(actual, expected)) return;
  fails({ actual, expected, message, operator: '!=', stackStartFn: notEqual });
};

assert.deepEqual = function deepEqual(actual, expected, message) {
  needsBoth(arguments.length);
  if (!native.deepEqual(actual, expected, false)) fails({ actual, expected, message, operator: 'deepEqual', stackStartFn: deepEqual });
};

assert.notDeepEqual = function notDeepEqual(actual, expected, message) {
  needsBoth(arguments.length);
  if (native.deepEqual(actual, expected, false)) fails({ actual, expected, message, operator: 'notDeepEqual', stackStartFn: notDeepEqual });
};

assert.deepStrictEqual = function deepStrictEqual(actual, expected, message) {
  needsBoth(arguments.length);
  if (native.deepEqual(actual, expected, true)) return;
  fails({ actual, expected, message, operator: 'deepStrictEqual', stackStartFn: deepStrictEqual });
};

assert.notDeepStrictEqual = function notDeepStrictEqual(actual, expected, message) {
  needsBoth(arguments.length);
  if (!native.deepEqual(actual, expected, true)) return;
  fails({ actual, expected, message, operator: 'notDeepStrictEqual', stackStartFn: notDeepStrictEqual });
};

assert.strictEqual = function strictEqual(actual, expected, message) {
  needsBoth(arguments.length);
  if (!Object.is(actual, expected)) fails({ actual, expected, message, operator: 'strictEqual', stackStartFn: strictEqual });
};

assert.notStrictEqual = function notStrictEqual(actual, expected, message) {
  needsBoth(arguments.length);
  if (Object.is(actual, expected)) fails({ actual, expected, message, operator: 'notStrictEqual', stackStartFn: notStrictEqual });
};

// ---- throws, rejects

const NOTHING = {}; // the function did not throw

// What an error is compared by: the keys asked for, with strings that a regular expression matches taken as equal.
class Comparison {
  constructor(from, keys, actual) {
    for (const key of keys) {
      if (!(key in from)) continue;
      const matches = actual !== undefined && typeof actual[key] === 'string' && isRegExp(from[key]) && from[key].exec(actual[key]) !== null;
      this[key] = matches ? actual[key] : from[key];
    }
  }
}

function checkKey(actual, expected, key, message, keys, fn) {
  if (key in actual && native.deepEqual(actual[key], expected[key], true)) return;
  if (message) fails({ actual, expected, message, operator: fn.name, stackStartFn: fn });
  const error = new AssertionError({
    actual: new Comparison(actual, keys), expected: new Comparison(expected, keys, actual), operator: 'deepStrictEqual', stackStartFn: fn,
  });
  error.actual = actual;
  error.expected = expected;
  error.operator = fn.name;
  throw error;
}

function checkShape(actual, expected, message, fn) {
  if (!isObject(actual)) {
    const error = new AssertionError({ actual, expected, message, operator: 'deepStrictEqual', stackStartFn: fn });
    error.operator = fn.name;
    throw error;
  }
  const keys = Object.keys(expected);
  if (expected instanceof Error) keys.push('name', 'message');
  else if (keys.length === 0) {
    native.fail('TypeError', 'ERR_INVALID_ARG_VALUE', `The argument 'error' may not be an empty object. Received ${inspect(expected)}`);
  }
  for (const key of keys) {
    if (typeof actual[key] === 'string' && isRegExp(expected[key]) && expected[key].exec(actual[key]) !== null) continue;
    checkKey(actual, expected, key, message, keys, fn);
  }
}

function wrongClassText(actual, expected) {
  let text = `The error is expected to be an instance of "${expected.name}". Received `;
  if (!isError(actual)) return `${text}"${inspect(actual, { depth: -1 })}"`;
  const name = (actual.constructor && actual.constructor.name) || actual.name;
  text += expected.name === name ? 'an error with identical name but a different prototype.' : `"${name}"`;
  return actual.message ? `${text}\n\nError message:\n\n${actual.message}` : text;
}

function checkException(actual, expected, message, fn) {
  let text;
  if (typeof expected !== 'function') {
    if (!isRegExp(expected)) return checkShape(actual, expected, message, fn);
    const input = String(actual);
    if (expected.exec(input) !== null) return undefined;
    text = `The input did not match the regular expression ${inspect(expected)}. Input:\n\n${inspect(input)}\n`;
  } else if (expected.prototype !== undefined && actual instanceof expected) {
    return undefined;
  } else if (Object.prototype.isPrototypeOf.call(Error, expected)) {
    text = message ? '' : wrongClassText(actual, expected);
  } else {
    const result = Reflect.apply(expected, {}, [actual]);
    if (result === true) return undefined;
    const name = expected.name ? `"${expected.name}" ` : '';
    text = `The ${name}validation function is expected to return "true". Received ${inspect(result)}`;
    if (isError(actual)) text += `\n\nCaught error:\n\n${actual}`;
  }
  const error = new AssertionError({ actual, expected, message: message || text, operator: fn.name, stackStartFn: fn });
  error.generatedMessage = !message;
  throw error;
}

function thrownBy(fn) {
  if (typeof fn !== 'function') native.argType('fn', 'of type function', fn);
  try {
    fn();
  } catch (error) {
    return error;
  }
  return NOTHING;
}

const isPromise = (v) =>
  v instanceof Promise || (isObject(v) && typeof v.then === 'function' && typeof v.catch === 'function');

async function rejectionOf(source) {
  let promise = source;
  if (typeof source === 'function') {
    promise = source();
    if (!isPromise(promise)) native.returnValue('instance of Promise', 'promiseFn', promise);
  } else if (!isPromise(source)) {
    native.argType('promiseFn', 'of type function or an instance of Promise', source);
  }
  try {
    await promise;
  } catch (error) {
    return error;
  }
  return NOTHING;
}

const ERROR_KINDS = 'of type function or an instance of Error, RegExp, or Object';

function ambiguous(text) {
  native.fail('TypeError', 'ERR_AMBIGUOUS_ARGUMENT', `The "error/message" argument is ambiguous. ${text}`);
}

function expectsError(fn, actual, args) {
  let [error, message] = args;
  if (typeof error === 'string') {
    if (args.length === 2) native.argType('error', ERROR_KINDS, error);
    if (isObject(actual)) {
      if (actual.message === error) ambiguous(`The error message "${actual.message}" is identical to the message.`);
    } else if (actual === error) {
      ambiguous(`The error "${actual}" is identical to the message.`);
    }
    message = error;
    error = undefined;
  } else if (error != null && typeof error !== 'object' && typeof error !== 'function') {
    native.argType('error', ERROR_KINDS, error);
  }
  if (actual === NOTHING) {
    let details = error && error.name ? ` (${error.name})` : '';
    details += message ? `: ${message}` : '.';
    const kind = fn === assert.rejects ? 'rejection' : 'exception';
    fails({ actual: undefined, expected: error, operator: fn.name, message: `Missing expected ${kind}${details}`, stackStartFn: fn });
  }
  if (error) checkException(actual, error, message, fn);
}

function matchesError(actual, expected) {
  if (typeof expected !== 'function') {
    if (isRegExp(expected)) return expected.exec(String(actual)) !== null;
    native.argType('expected', 'of type function or an instance of RegExp', expected);
  }
  if (expected.prototype !== undefined && actual instanceof expected) return true;
  if (Object.prototype.isPrototypeOf.call(Error, expected)) return false;
  return Reflect.apply(expected, {}, [actual]) === true;
}

function expectsNoError(fn, actual, args) {
  if (actual === NOTHING) return;
  let [error, message] = args;
  if (typeof error === 'string') {
    message = error;
    error = undefined;
  }
  if (!error || matchesError(actual, error)) {
    const details = message ? `: ${message}` : '.';
    const kind = fn === assert.doesNotReject ? 'rejection' : 'exception';
    fails({
      actual, expected: error, operator: fn.name,
      message: `Got unwanted ${kind}${details}\nActual message: "${actual && actual.message}"`, stackStartFn: fn,
    });
  }
  throw actual;
}

assert.throws = function throws(fn, ...args) {
  expectsError(throws, thrownBy(fn), args);
};

assert.rejects = async function rejects(promiseFn, ...args) {
  expectsError(rejects, await rejectionOf(promiseFn), args);
};

assert.doesNotThrow = function doesNotThrow(fn, ...args) {
  expectsNoError(doesNotThrow, thrownBy(fn), args);
};

assert.doesNotReject = async function doesNotReject(fn, ...args) {
  expectsNoError(doesNotReject, await rejectionOf(fn), args);
};

assert.ifError = function ifError(error) {
  if (error === null || error === undefined) return;
  let message = 'ifError got unwanted exception: ';
  if (typeof error !== 'object' || typeof error.message !== 'string') message += inspect(error);
  else message += error.message.length === 0 && error.constructor ? error.constructor.name : error.message;
  const failure = new AssertionError({ actual: error, expected: null, operator: 'ifError', message, stackStartFn: ifError });
  const at = typeof error.stack === 'string' ? error.stack.indexOf('\n    at') : -1;
  if (at !== -1) { // the original frames, without those that both have
    const frames = error.stack.slice(at + 1).split('\n');
    let own = failure.stack.split('\n');
    for (const frame of frames) {
      const shared = own.indexOf(frame);
      if (shared === -1) continue;
      own = own.slice(0, shared);
      break;
    }
    failure.stack = `${own.join('\n')}\n${frames.join('\n')}`;
  }
  throw failure;
};

function matchText(string, regexp, message, fn) {
  if (!isRegExp(regexp)) native.argType('regexp', 'an instance of RegExp', regexp);
  const wanted = fn === assert.match;
  if (typeof string === 'string' && (regexp.exec(string) !== null) === wanted) return;
  if (message instanceof Error) throw message;
  let text = wanted ? 'The input did not match the regular expression ' : 'The input was expected to not match the regular expression ';
  text += `${inspect(regexp)}. Input:\n\n${inspect(string)}\n`;
  if (typeof string !== 'string') {
    text = `The "string" argument must be of type string. Received type ${typeof string} (${inspect(string)})`;
  }
  const error = new AssertionError({ actual: string, expected: regexp, message: message || text, operator: fn.name, stackStartFn: fn });
  error.generatedMessage = !message;
  throw error;
}

assert.match = function match(string, regexp, message) {
  matchText(string, regexp, message, match);
};

assert.doesNotMatch = function doesNotMatch(string, regexp, message) {
  matchText(string, regexp, message, doesNotMatch);
};

function strict(...args) {
  holds(strict, args);
}

assert.strict = Object.assign(strict, assert, {
  equal: assert.strictEqual, deepEqual: assert.deepStrictEqual, notEqual: assert.notStrictEqual,
  notDeepEqual: assert.notDeepStrictEqual,
});
assert.strict.strict = assert.strict;

exports.create = (helpers) => {
  native = helpers;
  return assert;
};
