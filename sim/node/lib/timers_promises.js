'use strict';
// timers/promises (R23).
const native = module;
const timers = require('timers');

class AbortError extends Error {
  constructor(message = 'The operation was aborted', options = undefined) {
    super(message, options);
    this.code = 'ABORT_ERR';
    this.name = 'AbortError';
  }
}

function invalid(name, expected, value) {
  return native.invalidArgType(name, expected, value);
}

function check(after, options) {
  if (after !== undefined && typeof after !== 'number') throw invalid('delay', 'of type number', after);
  if (options === null || Array.isArray(options) || typeof options !== 'object') throw invalid('options', 'of type object', options);
  const { signal, ref } = options;
  if (signal !== undefined && (signal === null || typeof signal !== 'object' || !('aborted' in signal))) {
    throw invalid('options.signal', 'an instance of AbortSignal', signal);
  }
  if (ref !== undefined && typeof ref !== 'boolean') throw invalid('options.ref', 'of type boolean', ref);
}

// What a program does to Promise.prototype must not be seen here, so from 16 on a second promise was put around the first.
function finallyDo(promise, callback) {
  if (native.rule('TIMERS_PROMISE_FINALLY_JOBS') === 4) return promise.finally(callback);
  return new Promise((resolve, reject) => {
    new Promise((a, b) => promise.then(a, b)).finally(callback).then(resolve, reject);
  });
}

function wait(start, stop, options) {
  const { signal, ref = true } = options;
  if (signal && signal.aborted) return Promise.reject(new AbortError(undefined, { cause: signal.reason }));
  let onCancel;
  const result = new Promise((resolve, reject) => {
    let over = false;
    const handle = start((value) => {
      over = true;
      resolve(value);
    });
    if (!ref) handle.unref();
    if (signal) {
      onCancel = () => {
        if (over) return;
        over = true;
        stop(handle);
        reject(new AbortError(undefined, { cause: signal.reason }));
      };
      signal.addEventListener('abort', onCancel);
    }
  });
  return onCancel === undefined ? result : finallyDo(result, () => signal.removeEventListener('abort', onCancel));
}

function setTimeout(after, value, options = {}) {
  try {
    check(after, options);
  } catch (error) {
    return Promise.reject(error);
  }
  return wait((resolve) => timers.setTimeout(resolve, after, value), timers.clearTimeout, options);
}

function setImmediate(value, options = {}) {
  try {
    check(undefined, options);
  } catch (error) {
    return Promise.reject(error);
  }
  return wait((resolve) => timers.setImmediate(resolve, value), timers.clearImmediate, options);
}

async function* setInterval(after, value, options = {}) {
  check(after, options);
  const { signal, ref = true } = options;
  if (signal && signal.aborted) throw new AbortError(undefined, { cause: signal.reason });
  let onCancel, interval;
  try {
    let notYielded = 0;
    let callback;
    interval = timers.setInterval(() => {
      notYielded++;
      if (callback) {
        callback();
        callback = undefined;
      }
    }, after);
    if (!ref) interval.unref();
    if (signal) {
      onCancel = () => {
        timers.clearInterval(interval);
        if (callback) {
          callback(Promise.reject(new AbortError(undefined, { cause: signal.reason })));
          callback = undefined;
        }
      };
      signal.addEventListener('abort', onCancel, { once: true });
    }
    while (!(signal && signal.aborted)) {
      if (notYielded === 0) await new Promise((resolve) => (callback = resolve));
      for (; notYielded > 0; notYielded--) yield value;
    }
    throw new AbortError(undefined, { cause: signal && signal.reason });
  } finally {
    timers.clearInterval(interval);
    if (signal) signal.removeEventListener('abort', onCancel);
  }
}

class Scheduler {
  yield() {
    return setImmediate();
  }
  wait(delay, options) {
    return setTimeout(delay, undefined, options);
  }
}

exports.setTimeout = setTimeout;
exports.setImmediate = setImmediate;
exports.setInterval = setInterval;
exports.scheduler = new Scheduler();
