// The statics of the events module that wait: once, on, and what they need.
'use strict';

const native = module;
const { AbortError } = native.part('event_target');

const isTarget = (emitter) => typeof emitter?.addEventListener === 'function';

function add(emitter, name, listener, once) {
  if (typeof emitter?.on === 'function') {
    if (once) emitter.once(name, listener);
    else emitter.on(name, listener);
  } else if (isTarget(emitter)) {
    emitter.addEventListener(name, listener, { once: !!once });
  } else {
    native.throwArgType('emitter', 'an instance of EventEmitter', emitter);
  }
}

function remove(emitter, name, listener) {
  if (typeof emitter?.removeListener === 'function') emitter.removeListener(name, listener);
  else if (isTarget(emitter)) emitter.removeEventListener(name, listener);
  else native.throwArgType('emitter', 'an instance of EventEmitter', emitter);
}

function checkSignal(signal, name) {
  if (signal !== undefined && (signal === null || typeof signal !== 'object' || !('aborted' in signal))) {
    native.throwArgType(name, 'an instance of AbortSignal', signal);
  }
}

function wait(emitter, name, signal) {
  return new Promise((resolve, reject) => {
    const errorListener = (error) => {
      emitter.removeListener(name, resolver);
      if (signal != null) remove(signal, 'abort', abortListener);
      reject(error);
    };
    const resolver = (...values) => {
      if (typeof emitter.removeListener === 'function') emitter.removeListener('error', errorListener);
      if (signal != null) remove(signal, 'abort', abortListener);
      resolve(values);
    };
    add(emitter, name, resolver, true);
    if (name !== 'error' && typeof emitter.once === 'function') emitter.once('error', errorListener);
    function abortListener() {
      remove(emitter, name, resolver);
      if (typeof emitter.removeListener === 'function') emitter.removeListener('error', errorListener);
      reject(new AbortError(undefined, { cause: signal?.reason }));
    }
    if (signal != null) add(signal, 'abort', abortListener, true);
  });
}

exports.once = async function once(emitter, name, options = {}) {
  const signal = options ? options.signal : undefined;
  checkSignal(signal, 'options.signal');
  if (signal?.aborted) throw new AbortError(undefined, { cause: signal?.reason });
  return wait(emitter, name, signal);
};

exports.onceDirect = function once(emitter, name) { return wait(emitter, name); };

exports.on = function on(emitter, event, options = {}) { return iterate(emitter, event, options, (...args) => args); };
// The lines of a readline interface: what `on` gives, unwrapped.
exports.linesOf = (rl) => iterate(rl, 'line', { close: ['close'] }, (line) => line);

function iterate(emitter, event, options, valueOf) {
  const signal = options.signal;
  checkSignal(signal, 'options.signal');
  if (signal?.aborted) throw new AbortError(undefined, { cause: signal?.reason });
  const ends = options.close ?? [];
  const unconsumedEvents = [];
  const unconsumedPromises = [];
  const listeners = [];
  let error = null;
  let finished = false;
  const listen = (target, name, handler, once) => {
    add(target, name, handler, once);
    listeners.push([target, name, handler]);
  };
  function close() {
    for (const [target, name, handler] of listeners) remove(target, name, handler);
    finished = true;
    for (const promise of unconsumedPromises) promise.resolve({ value: undefined, done: true });
    return Promise.resolve({ value: undefined, done: true });
  }
  function onEvent(value) {
    const promise = unconsumedPromises.shift();
    if (promise === undefined) unconsumedEvents.push(value);
    else promise.resolve({ value, done: false });
  }
  function onError(err) {
    const promise = unconsumedPromises.shift();
    if (promise === undefined) error = err;
    else promise.reject(err);
    iterator.return();
  }
  const iterator = Object.setPrototypeOf({
    next() {
      if (unconsumedEvents.length) return Promise.resolve({ value: unconsumedEvents.shift(), done: false });
      if (error) {
        const p = Promise.reject(error);
        error = null;
        return p;
      }
      if (finished) return close();
      return new Promise((resolve, reject) => { unconsumedPromises.push({ resolve, reject }); });
    },
    return() { return close(); },
    throw(err) {
      if (!err || !(err instanceof Error)) native.throwArgType('EventEmitter.AsyncIterator', 'an instance of Error', err);
      onError(err);
    },
    [Symbol.asyncIterator]() { return this; },
  }, Object.getPrototypeOf(Object.getPrototypeOf(async function* () {}).prototype));
  listen(emitter, event, isTarget(emitter) && typeof emitter.on !== 'function' ? (arg) => onEvent(valueOf(arg)) : (...args) => onEvent(valueOf(...args)));
  if (event !== 'error' && typeof emitter.on === 'function') listen(emitter, 'error', onError);
  for (const name of ends) listen(emitter, name, () => close());
  if (signal) listen(signal, 'abort', () => onError(new AbortError(undefined, { cause: signal.reason })), true);
  return iterator;
}

exports.getEventListeners = function getEventListeners(emitter, type) {
  if (typeof emitter?.listeners === 'function') return emitter.listeners(type);
  const { EventTarget, kLists } = native.part('event_target');
  if (emitter instanceof EventTarget) {
    const found = [];
    for (let at = emitter[kLists].get(`${type}`)?.next; at; at = at.next) found.push(at.listener);
    return found;
  }
  native.throwArgType('emitter', 'an instance of EventEmitter or EventTarget', emitter);
};

exports.getMaxListeners = function getMaxListeners(emitter) {
  if (typeof emitter?.getMaxListeners === 'function') return emitter.getMaxListeners();
  if (isTarget(emitter)) return native.part('event_target').getLimit(emitter);
  native.throwArgType('emitter', 'an instance of EventEmitter or EventTarget', emitter);
};

// What setMaxListeners does with something that has no such method.
exports.limitTarget = (target, limit) => {
  if (!isTarget(target)) native.throwArgType('eventTargets', 'an instance of EventEmitter or EventTarget', target);
  native.part('event_target').setLimit(target, limit);
};

exports.addAbortListener = function addAbortListener(signal, listener) {
  if (signal === undefined) native.throwArgType('signal', 'an instance of AbortSignal', signal);
  checkSignal(signal, 'signal');
  if (typeof listener !== 'function') native.throwArgType('listener', 'of type function', listener);
  if (signal.aborted) queueMicrotask(() => listener());
  else signal.addEventListener('abort', listener, { once: true });
  const dispose = () => signal.removeEventListener('abort', listener);
  return { __proto__: null, [Symbol.dispose ?? Symbol('Symbol.dispose')]: dispose };
};
