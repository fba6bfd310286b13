// stream/web: the streams of https://streams.spec.whatwg.org, whose operations have the names that they have there. Streams of
// bytes (type: 'bytes') are not simulated.
'use strict';

const native = module;
const { inspect } = require('util');
const kInspect = inspect.custom;
const kState = Symbol('kState');
const kMake = Symbol('kMake');
const nop = () => {};

const invalidState = (message) => native.error('TypeError', 'ERR_INVALID_STATE', `Invalid state: ${message}`);
const illegal = () => native.error('TypeError', 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor');

function deferred() {
  let resolve;
  let reject;
  const promise = new Promise((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
function handled(promise) {
  promise.then(undefined, nop);
  return promise;
}
const rejected = (error) => handled(Promise.reject(error));
function hide(object, state) { Object.defineProperty(object, kState, { value: state, writable: true, configurable: true }); }
function named(kind, name) { Object.defineProperty(kind.prototype, Symbol.toStringTag, { value: name, configurable: true }); }
function show(object, name, fields, depth, options) {
  return depth < 0 ? object : `${name} ${inspect(fields, { ...options, depth: options.depth == null ? null : options.depth - 1 })}`;
}
// A method of an underlying source or sink as an algorithm that gives a promise.
function algorithm(object, name, label) {
  const method = object?.[name];
  if (method === undefined) return () => Promise.resolve();
  if (typeof method !== 'function') native.throwArgType(`${label}.${name}`, 'of type function', method);
  return async (...args) => method.apply(object, args);
}

// ---- Strategies and queues

class CountQueuingStrategy {
  #mark;
  constructor(init) {
    if (init?.highWaterMark === undefined) throw native.error('TypeError', 'ERR_MISSING_OPTION', 'init.highWaterMark is required');
    this.#mark = +init.highWaterMark;
  }
  get highWaterMark() { return this.#mark; }
  get size() { return () => 1; }
}
class ByteLengthQueuingStrategy {
  #mark;
  constructor(init) {
    if (init?.highWaterMark === undefined) throw native.error('TypeError', 'ERR_MISSING_OPTION', 'init.highWaterMark is required');
    this.#mark = +init.highWaterMark;
  }
  get highWaterMark() { return this.#mark; }
  get size() { return (chunk) => chunk.byteLength; }
}

function strategyOf(strategy, usual) {
  const size = strategy?.size;
  if (size !== undefined && typeof size !== 'function') native.throwArgType('strategy.size', 'of type function', size);
  let mark = strategy?.highWaterMark;
  if (mark === undefined) mark = usual;
  mark = +mark;
  if (Number.isNaN(mark) || mark < 0) {
    throw native.error('RangeError', 'ERR_INVALID_ARG_VALUE', `The property 'strategy.highWaterMark' is invalid. Received ${inspect(strategy.highWaterMark)}`);
  }
  return { size: size ?? (() => 1), mark };
}

class Queue {
  items = [];
  total = 0;
  enqueue(value, size) {
    size = +size;
    if (Number.isNaN(size) || size < 0 || size === Infinity) {
      throw native.error('RangeError', 'ERR_INVALID_ARG_VALUE', `The argument 'size' is invalid. Received ${inspect(size)}`);
    }
    this.items.push({ value, size });
    this.total += size;
  }
  dequeue() {
    const { value, size } = this.items.shift();
    this.total = Math.max(0, this.total - size);
    return value;
  }
  peek() { return this.items[0].value; }
  get length() { return this.items.length; }
  reset() {
    this.items = [];
    this.total = 0;
  }
}

// ---- ReadableStream

class ReadableStream {
  constructor(source = {}, strategy = {}) {
    if (source === kMake) return;
    if (source === null) native.throwArgType('source', 'of type object', source);
    if (source?.type === 'bytes') native.unsupported("ReadableStream of type 'bytes'");
    if (source?.type !== undefined) throw native.error('TypeError', 'ERR_INVALID_ARG_VALUE', `The argument 'type' is invalid. Received ${inspect(source.type)}`);
    const { size, mark } = strategyOf(strategy, 1);
    setUpReadable(this, source?.start ? (controller) => source.start(controller) : nop, algorithm(source, 'pull', 'source'), algorithm(source, 'cancel', 'source'), mark, size);
  }
  static from(iterable) {
    if (iterable === null || iterable === undefined || (!iterable[Symbol.asyncIterator] && !iterable[Symbol.iterator])) {
      throw native.error('TypeError', 'ERR_ARG_NOT_ITERABLE', `${inspect(iterable)} must be iterable`);
    }
    const iterator = (iterable[Symbol.asyncIterator] ?? iterable[Symbol.iterator]).call(iterable);
    const stream = new ReadableStream(kMake);
    setUpReadable(stream, nop, async () => {
      const result = await iterator.next();
      if (result.done) closeReadable(stream[kState].controller);
      else enqueueReadable(stream[kState].controller, await result.value);
    }, async (reason) => { await iterator.return?.(reason); }, 0, () => 1);
    return stream;
  }
  get locked() { return isLocked(this); }
  cancel(reason) {
    if (isLocked(this)) return rejected(invalidState('ReadableStream is locked'));
    return cancelReadable(this, reason);
  }
  getReader(options) {
    if (options?.mode !== undefined) native.unsupported("getReader of mode 'byob'");
    return new ReadableStreamDefaultReader(this);
  }
  pipeThrough(transform, options) {
    if (!(transform?.readable instanceof ReadableStream)) native.throwArgType('transform.readable', 'an instance of ReadableStream', transform?.readable);
    if (!(transform?.writable instanceof WritableStream)) native.throwArgType('transform.writable', 'an instance of WritableStream', transform?.writable);
    if (isLocked(this)) throw invalidState('The ReadableStream is locked');
    if (isWriteLocked(transform.writable)) throw invalidState('The WritableStream is locked');
    handled(pipe(this, transform.writable, options));
    return transform.readable;
  }
  pipeTo(destination, options) {
    if (!(destination instanceof WritableStream)) {
      try {
        native.throwArgType('transform.writable', 'an instance of WritableStream', destination);
      } catch (error) {
        return rejected(error);
      }
    }
    if (isLocked(this)) return rejected(invalidState('The ReadableStream is locked'));
    if (isWriteLocked(destination)) return rejected(invalidState('The WritableStream is locked'));
    return pipe(this, destination, options);
  }
  tee() { return tee(this); }
  values(options = {}) {
    const reader = new ReadableStreamDefaultReader(this);
    return iterate(reader, !!options?.preventCancel);
  }
  [Symbol.asyncIterator](options) { return this.values(options); }
  [kInspect](depth, options) {
    return show(this, 'ReadableStream', { locked: this.locked, state: this[kState].state, supportsBYOB: !!this[kState].bytes }, depth, options);
  }
}
named(ReadableStream, 'ReadableStream');

function isLocked(stream) { return stream[kState].reader !== undefined; }

// One read at a time: a call of next() that finds one under way waits for it. The first waits for a job, too, so that the
// stream can start.
function iterate(reader, preventCancel) {
  let current = Promise.resolve();
  let done = false;
  const read = () => {
    if (done) return Promise.resolve(result(undefined, true));
    if (reader[kState].stream === undefined) return rejected(invalidState('The reader is not bound to a ReadableStream'));
    const wait = deferred();
    const end = () => {
      current = undefined;
      done = true;
      release(reader);
    };
    readFrom(reader, {
      chunk(value) {
        current = undefined;
        wait.resolve(result(value, false));
      },
      close() {
        end();
        wait.resolve(result(undefined, true));
      },
      error(error) {
        end();
        wait.reject(error);
      },
    });
    return wait.promise;
  };
  // What is queued answers at once, without a read under way.
  const queued = () => native.since(24) && !done && reader[kState].stream?.[kState].controller[kState].queue.length > 0;
  const readAtOnce = () => {
    const wait = read();
    current = undefined;
    return wait;
  };
  const finish = async (value) => {
    if (done) return { done: true, value };
    done = true;
    if (reader[kState].stream === undefined) throw invalidState('The reader is not bound to a ReadableStream');
    const cancelled = preventCancel ? undefined : cancelReadable(reader[kState].stream, value);
    release(reader);
    if (cancelled) await cancelled;
    return { done: true, value };
  };
  return Object.setPrototypeOf({
    next() {
      if (current === undefined && queued()) return readAtOnce();
      return current = current === undefined ? read() : current.then(read, read);
    },
    return(value) { return current = current === undefined ? finish(value) : current.then(() => finish(value), () => finish(value)); },
    [Symbol.asyncIterator]() { return this; },
  }, Object.getPrototypeOf(Object.getPrototypeOf(async function* () {}).prototype));
}

// Node 26 puts `done` first.
const result = native.since(26) ? (value, done) => ({ done, value }) : (value, done) => ({ value, done });

class ReadableStreamDefaultReader {
  constructor(stream) {
    if (!(stream instanceof ReadableStream)) native.throwArgType('stream', 'an instance of ReadableStream', stream);
    if (isLocked(stream)) throw invalidState('ReadableStream is locked');
    const closed = deferred();
    hide(this, { stream, requests: [], closed });
    stream[kState].reader = this;
    if (stream[kState].state === 'closed') closed.resolve();
    else if (stream[kState].state === 'errored') closed.reject(stream[kState].error);
    handled(closed.promise);
  }
  get closed() { return this[kState].closed.promise; }
  read() {
    if (this[kState].stream === undefined) return rejected(invalidState('The reader is not attached to a stream'));
    const wait = deferred();
    readFrom(this, {
      chunk: (value) => wait.resolve(result(value, false)),
      close: () => wait.resolve(result(undefined, true)),
      error: (error) => wait.reject(error),
    });
    return wait.promise;
  }
  cancel(reason) {
    if (this[kState].stream === undefined) return rejected(invalidState('The reader is not attached to a stream'));
    return cancelReadable(this[kState].stream, reason);
  }
  releaseLock() { if (this[kState].stream !== undefined) release(this); }
  [kInspect](depth, options) {
    const { stream, requests, closed } = this[kState];
    return show(this, 'ReadableStreamDefaultReader', { stream, readRequests: requests.length, close: closed.promise }, depth, options);
  }
}
named(ReadableStreamDefaultReader, 'ReadableStreamDefaultReader');

function release(reader) {
  const state = reader[kState];
  const { stream } = state;
  const error = native.error('TypeError', 'ERR_INVALID_STATE', 'Invalid state: Reader released');
  if (stream[kState].state === 'readable') state.closed.reject(error);
  else state.closed = { promise: rejected(error) };
  handled(state.closed.promise);
  stream[kState].reader = undefined;
  state.stream = undefined;
  for (const request of state.requests.splice(0)) request.error(error);
}

function readFrom(reader, request) {
  const { stream } = reader[kState];
  const state = stream[kState];
  state.disturbed = true;
  if (state.state === 'closed') request.close();
  else if (state.state === 'errored') request.error(state.error);
  else pullSteps(state.controller, request);
}

function cancelReadable(stream, reason) {
  const state = stream[kState];
  state.disturbed = true;
  if (state.state === 'closed') return Promise.resolve();
  if (state.state === 'errored') return rejected(state.error);
  finishReadable(stream);
  const controller = state.controller[kState];
  controller.queue.reset();
  const cancelled = controller.cancel(reason);
  clearReadable(controller);
  return cancelled.then(nop);
}

function finishReadable(stream) {
  const state = stream[kState];
  state.state = 'closed';
  if (!state.reader) return;
  const reader = state.reader[kState];
  reader.closed.resolve();
  for (const request of reader.requests.splice(0)) request.close();
}

class ReadableStreamDefaultController {
  constructor(key) { if (key !== kMake) throw illegal(); }
  get desiredSize() { return desiredSize(this); }
  close() {
    if (!canEnqueue(this)) throw invalidState('Controller is already closed');
    closeReadable(this);
  }
  enqueue(chunk) {
    if (!canEnqueue(this)) throw invalidState('Controller is already closed');
    enqueueReadable(this, chunk);
  }
  error(error) { errorReadable(this, error); }
  [kInspect](depth, options) { return show(this, 'ReadableStreamDefaultController', {}, depth, options); }
}
named(ReadableStreamDefaultController, 'ReadableStreamDefaultController');

function setUpReadable(stream, start, pull, cancel, mark, size) {
  const controller = new ReadableStreamDefaultController(kMake);
  hide(stream, { state: 'readable', error: undefined, reader: undefined, controller, disturbed: false });
  const state = { stream, queue: new Queue(), started: false, closeRequested: false, pulling: false, again: false, pull, cancel, mark, size };
  hide(controller, state);
  Promise.resolve(start(controller)).then(() => {
    state.started = true;
    pullIfNeeded(controller);
  }, (error) => errorReadable(controller, error));
}

const canEnqueue = (controller) => !controller[kState].closeRequested && controller[kState].stream[kState].state === 'readable';

function desiredSize(controller) {
  const { stream, mark, queue } = controller[kState];
  const { state } = stream[kState];
  return state === 'errored' ? null : state === 'closed' ? 0 : mark - queue.total;
}

function shouldPull(controller) {
  const { stream, started } = controller[kState];
  if (!canEnqueue(controller) || !started) return false;
  return (stream[kState].reader?.[kState].requests.length ?? 0) > 0 || desiredSize(controller) > 0;
}

function pullIfNeeded(controller) {
  const state = controller[kState];
  if (!shouldPull(controller)) return;
  if (state.pulling) {
    state.again = true;
    return;
  }
  state.pulling = true;
  state.pull(controller).then(() => {
    state.pulling = false;
    if (!state.again) return;
    state.again = false;
    pullIfNeeded(controller);
  }, (error) => errorReadable(controller, error));
}

function clearReadable(state) {
  state.pull = () => Promise.resolve();
  state.cancel = () => Promise.resolve();
  state.size = () => 1;
}

function closeReadable(controller) {
  const state = controller[kState];
  if (!canEnqueue(controller)) return;
  state.closeRequested = true;
  if (state.queue.length) return;
  clearReadable(state);
  finishReadable(state.stream);
}

function enqueueReadable(controller, chunk) {
  const state = controller[kState];
  if (!canEnqueue(controller)) return;
  const requests = state.stream[kState].reader?.[kState].requests;
  if (requests?.length) {
    requests.shift().chunk(chunk);
  } else {
    try {
      state.queue.enqueue(chunk, state.size(chunk));
    } catch (error) {
      errorReadable(controller, error);
      throw error;
    }
  }
  pullIfNeeded(controller);
}

function errorReadable(controller, error) {
  const state = controller[kState];
  const stream = state.stream[kState];
  if (stream.state !== 'readable') return;
  state.queue.reset();
  clearReadable(state);
  stream.state = 'errored';
  stream.error = error;
  if (!stream.reader) return;
  const reader = stream.reader[kState];
  reader.closed.reject(error);
  handled(reader.closed.promise);
  for (const request of reader.requests.splice(0)) request.error(error);
}

function pullSteps(controller, request) {
  const state = controller[kState];
  if (!state.queue.length) {
    state.stream[kState].reader[kState].requests.push(request);
    pullIfNeeded(controller);
    return;
  }
  const chunk = state.queue.dequeue();
  if (state.closeRequested && !state.queue.length) {
    clearReadable(state);
    finishReadable(state.stream);
  } else {
    pullIfNeeded(controller);
  }
  request.chunk(chunk);
}

function tee(stream) {
  const reader = new ReadableStreamDefaultReader(stream);
  const cancelled = deferred();
  const branches = [];
  const reasons = [undefined, undefined];
  const gone = [false, false];
  let reading = false;
  let again = false;
  const pull = async () => {
    if (reading) {
      again = true;
      return;
    }
    reading = true;
    readFrom(reader, {
      chunk(value) {
        queueMicrotask(() => {
          again = false;
          branches.forEach((branch, i) => { if (!gone[i]) enqueueReadable(branch[kState].controller, value); });
          reading = false;
          if (again) pull();
        });
      },
      close() {
        reading = false;
        branches.forEach((branch, i) => { if (!gone[i]) closeReadable(branch[kState].controller); });
        if (!gone[0] || !gone[1]) cancelled.resolve();
      },
      error() { reading = false; },
    });
  };
  for (const i of [0, 1]) {
    const branch = new ReadableStream(kMake);
    setUpReadable(branch, nop, pull, (reason) => {
      gone[i] = true;
      reasons[i] = reason;
      if (gone[1 - i]) cancelled.resolve(cancelReadable(stream, reasons));
      return cancelled.promise;
    }, 1, () => 1);
    branches.push(branch);
  }
  reader[kState].closed.promise.then(undefined, (error) => {
    for (const branch of branches) errorReadable(branch[kState].controller, error);
    if (!gone[0] || !gone[1]) cancelled.resolve();
  });
  return branches;
}

// ReadableStreamPipeTo: one chunk after the other, as the destination asks for more.
function pipe(source, destination, options = {}) {
  const { preventClose = false, preventAbort = false, preventCancel = false, signal } = options ?? {};
  const reader = new ReadableStreamDefaultReader(source);
  const writer = new WritableStreamDefaultWriter(destination);
  const whole = deferred();
  let ending = false;
  let lastWrite = Promise.resolve();
  source[kState].disturbed = true;
  const written = async () => {
    const write = lastWrite;
    await write;
    if (write !== lastWrite) await written();
  };
  const finalize = (failed, error) => {
    releaseWriter(writer);
    release(reader);
    signal?.removeEventListener('abort', onAbort);
    if (failed) whole.reject(error);
    else whole.resolve();
  };
  const shutDown = (action, failed, error) => {
    if (ending) return;
    ending = true;
    const act = () => {
      if (!action) return finalize(failed, error);
      return action().then(() => finalize(failed, error), (other) => finalize(true, other));
    };
    if (destination[kState].state === 'writable' && !closeQueuedOrInFlight(destination)) written().then(act, (error) => finalize(true, error));
    else act();
  };
  const onAbort = () => {
    const error = signal.reason;
    shutDown(() => Promise.all([
      preventAbort ? undefined : destination[kState].state === 'writable' ? abortWritable(destination, error) : undefined,
      preventCancel ? undefined : source[kState].state === 'readable' ? cancelReadable(source, error) : undefined,
    ]), true, error);
  };
  if (signal?.aborted) {
    onAbort();
    return whole.promise;
  }
  signal?.addEventListener('abort', onAbort, { once: true });
  const step = async () => {
    if (ending) return true;
    await writer[kState].ready.promise;
    return new Promise((resolve, reject) => {
      readFrom(reader, {
        chunk(value) {
          lastWrite = handled(writeTo(writer, value));
          resolve(false);
        },
        close: () => resolve(true),
        error: reject,
      });
    });
  };
  const loop = async () => { while (!await step()); };
  handled(loop());
  const watch = (stream, promise, action) => {
    if (stream[kState].state === 'errored') action(stream[kState].error);
    else promise.then(undefined, action);
  };
  watch(source, reader[kState].closed.promise, (error) => {
    if (preventAbort) shutDown(undefined, true, error);
    else shutDown(() => abortWritable(destination, error), true, error);
  });
  watch(destination, writer[kState].closed.promise, (error) => {
    if (preventCancel) shutDown(undefined, true, error);
    else shutDown(() => cancelReadable(source, error), true, error);
  });
  const onClosed = () => (preventClose ? shutDown() : shutDown(() => closeWithPropagation(writer)));
  if (source[kState].state === 'closed') onClosed();
  else reader[kState].closed.promise.then(onClosed, nop);
  if (closeQueuedOrInFlight(destination) || destination[kState].state === 'closed') {
    const error = invalidState('Destination WritableStream is closed');
    if (preventCancel) shutDown(undefined, true, error);
    else shutDown(() => cancelReadable(source, error), true, error);
  }
  return whole.promise;
}

// ---- WritableStream

class WritableStream {
  constructor(sink = {}, strategy = {}) {
    if (sink === kMake) return;
    if (sink?.type !== undefined) throw native.error('TypeError', 'ERR_INVALID_ARG_VALUE', `The argument 'type' is invalid. Received ${inspect(sink.type)}`);
    const { size, mark } = strategyOf(strategy, 1);
    setUpWritable(this, sink?.start ? (controller) => sink.start(controller) : nop, algorithm(sink, 'write', 'sink'), algorithm(sink, 'close', 'sink'),
      algorithm(sink, 'abort', 'sink'), mark, size);
  }
  get locked() { return isWriteLocked(this); }
  abort(reason) {
    if (isWriteLocked(this)) return rejected(invalidState('WritableStream is locked'));
    return abortWritable(this, reason);
  }
  close() {
    if (isWriteLocked(this)) return rejected(invalidState('WritableStream is locked'));
    if (closeQueuedOrInFlight(this)) return rejected(invalidState('Failure to close WritableStream'));
    return closeWritable(this);
  }
  getWriter() { return new WritableStreamDefaultWriter(this); }
  [kInspect](depth, options) { return show(this, 'WritableStream', { locked: this.locked, state: this[kState].state }, depth, options); }
}
named(WritableStream, 'WritableStream');

const isWriteLocked = (stream) => stream[kState].writer !== undefined;
const closeQueuedOrInFlight = (stream) => stream[kState].closeRequest !== undefined || stream[kState].inFlightClose !== undefined;

class WritableStreamDefaultController {
  #signal = new AbortController();
  constructor(key) { if (key !== kMake) throw illegal(); }
  get signal() { return this.#signal.signal; }
  error(error) { if (this[kState].stream[kState].state === 'writable') errorWritable(this, error); }
  static abort(controller, reason) { controller.#signal.abort(reason); }
  [kInspect](depth, options) { return show(this, 'WritableStreamDefaultController', { stream: this[kState].stream }, depth, options); }
}
named(WritableStreamDefaultController, 'WritableStreamDefaultController');

function setUpWritable(stream, start, write, close, abort, mark, size) {
  const controller = new WritableStreamDefaultController(kMake);
  hide(stream, {
    state: 'writable', error: undefined, writer: undefined, controller, requests: [], inFlightWrite: undefined, closeRequest: undefined,
    inFlightClose: undefined, pendingAbort: undefined, backpressure: false,
  });
  const state = { stream, queue: new Queue(), started: false, write, close, abort, mark, size };
  hide(controller, state);
  updateBackpressure(stream, writableDesiredSize(controller) <= 0);
  Promise.resolve(start(controller)).then(() => {
    state.started = true;
    advance(controller);
  }, (error) => {
    state.started = true;
    deal(stream, error);
  });
}

const writableDesiredSize = (controller) => controller[kState].mark - controller[kState].queue.total;

class WritableStreamDefaultWriter {
  constructor(stream) {
    if (!(stream instanceof WritableStream)) native.throwArgType('stream', 'an instance of WritableStream', stream);
    if (isWriteLocked(stream)) throw invalidState('WritableStream is locked');
    const state = stream[kState];
    const ready = deferred();
    const closed = deferred();
    hide(this, { stream, ready, closed });
    state.writer = this;
    if (state.state === 'writable') {
      if (closeQueuedOrInFlight(stream) || !state.backpressure) ready.resolve();
    } else if (state.state === 'closed') {
      ready.resolve();
      closed.resolve();
    } else {
      ready.reject(state.error);
      if (state.state === 'errored') closed.reject(state.error);
    }
    handled(ready.promise);
    handled(closed.promise);
  }
  get closed() { return this[kState].closed.promise; }
  get ready() { return this[kState].ready.promise; }
  get desiredSize() {
    const { stream } = this[kState];
    if (stream === undefined) throw invalidState('Writer is not bound to a WritableStream');
    const { state, controller } = stream[kState];
    return state === 'errored' || state === 'erroring' ? null : state === 'closed' ? 0 : writableDesiredSize(controller);
  }
  abort(reason) {
    if (this[kState].stream === undefined) return rejected(invalidState('Writer is not bound to a WritableStream'));
    return abortWritable(this[kState].stream, reason);
  }
  close() {
    const { stream } = this[kState];
    if (stream === undefined) return rejected(invalidState('Writer is not bound to a WritableStream'));
    if (closeQueuedOrInFlight(stream)) return rejected(invalidState('Failure to close WritableStream'));
    return closeWritable(stream);
  }
  releaseLock() { if (this[kState].stream !== undefined) releaseWriter(this); }
  write(chunk) {
    if (this[kState].stream === undefined) return rejected(invalidState('Writer is not bound to a WritableStream'));
    return writeTo(this, chunk);
  }
  [kInspect](depth, options) {
    const { stream, closed, ready } = this[kState];
    return show(this, 'WritableStreamDefaultWriter', { stream, close: closed.promise, ready: ready.promise }, depth, options);
  }
}
named(WritableStreamDefaultWriter, 'WritableStreamDefaultWriter');

// Rejects a promise that may be settled already: then there is a new one.
function settleRejected(owner, key, error) {
  owner[key].reject(error);
  owner[key] = { promise: rejected(error), resolve: nop, reject: nop };
}
function rejectIfPending(owner, key, error, pending) {
  if (pending) {
    owner[key].reject(error);
    handled(owner[key].promise);
  } else {
    settleRejected(owner, key, error);
  }
}

function releaseWriter(writer) {
  const state = writer[kState];
  const { stream } = state;
  const error = invalidState('Writer has been released');
  rejectIfPending(state, 'ready', error, stream[kState].state === 'writable' && stream[kState].backpressure);
  rejectIfPending(state, 'closed', error, stream[kState].state === 'writable' || stream[kState].state === 'erroring');
  stream[kState].writer = undefined;
  state.stream = undefined;
}

function updateBackpressure(stream, backpressure) {
  const state = stream[kState];
  if (state.writer && backpressure !== state.backpressure) {
    if (backpressure) state.writer[kState].ready = deferred();
    else state.writer[kState].ready.resolve();
  }
  state.backpressure = backpressure;
}

function writeTo(writer, chunk) {
  const { stream } = writer[kState];
  const state = stream[kState];
  const { controller } = state;
  let size;
  try {
    size = controller[kState].size(chunk);
  } catch (error) {
    if (state.state === 'writable') errorWritable(controller, error);
    size = 1;
  }
  if (stream !== writer[kState].stream) return rejected(invalidState('Mismatched WritableStreams'));
  if (state.state === 'errored') return rejected(state.error);
  if (closeQueuedOrInFlight(stream) || state.state === 'closed') return rejected(invalidState('WritableStream is closed'));
  if (state.state === 'erroring') return rejected(state.error);
  const request = deferred();
  state.requests.push(request);
  try {
    controller[kState].queue.enqueue({ chunk }, size);
  } catch (error) {
    if (state.state === 'writable') errorWritable(controller, error);
    return request.promise;
  }
  if (!closeQueuedOrInFlight(stream) && state.state === 'writable') updateBackpressure(stream, writableDesiredSize(controller) <= 0);
  advance(controller);
  return request.promise;
}

const CLOSE = { close: true };

function closeWritable(stream) {
  const state = stream[kState];
  if (state.state === 'closed' || state.state === 'errored') return rejected(invalidState(`WritableStream is ${state.state}`));
  const request = state.closeRequest = deferred();
  if (state.writer && state.backpressure && state.state === 'writable') state.writer[kState].ready.resolve();
  state.controller[kState].queue.enqueue(CLOSE, 0);
  advance(state.controller);
  return request.promise;
}

function closeWithPropagation(writer) {
  const { stream } = writer[kState];
  const { state, error } = stream[kState];
  if (closeQueuedOrInFlight(stream) || state === 'closed') return Promise.resolve();
  if (state === 'errored') return rejected(error);
  return closeWritable(stream);
}

function abortWritable(stream, reason) {
  const state = stream[kState];
  if (state.state === 'closed' || state.state === 'errored') return Promise.resolve();
  WritableStreamDefaultController.abort(state.controller, reason);
  if (state.state === 'closed' || state.state === 'errored') return Promise.resolve();
  if (state.pendingAbort) return state.pendingAbort.wait.promise;
  const wasErroring = state.state === 'erroring';
  const wait = deferred();
  state.pendingAbort = { wait, reason: wasErroring ? undefined : reason, wasErroring };
  if (!wasErroring) startErroring(stream, reason);
  return wait.promise;
}

function errorWritable(controller, error) { startErroring(controller[kState].stream, error); }

function startErroring(stream, reason) {
  const state = stream[kState];
  state.state = 'erroring';
  state.error = reason;
  if (state.writer) rejectIfPending(state.writer[kState], 'ready', reason, state.backpressure);
  if (!state.inFlightWrite && !state.inFlightClose && state.controller[kState].started) finishErroring(stream);
}

function deal(stream, error) {
  if (stream[kState].state === 'writable') startErroring(stream, error);
  else finishErroring(stream);
}

function finishErroring(stream) {
  const state = stream[kState];
  state.state = 'errored';
  state.controller[kState].queue.reset();
  for (const request of state.requests.splice(0)) request.reject(state.error);
  const { pendingAbort } = state;
  state.pendingAbort = undefined;
  const rejectClosed = () => {
    state.closeRequest?.reject(state.error);
    state.closeRequest = undefined;
    if (!state.writer) return;
    state.writer[kState].closed.reject(state.error);
    handled(state.writer[kState].closed.promise);
  };
  if (!pendingAbort) return rejectClosed();
  if (pendingAbort.wasErroring) {
    pendingAbort.wait.reject(state.error);
    return rejectClosed();
  }
  const done = state.controller[kState].abort(pendingAbort.reason);
  return done.then(() => {
    pendingAbort.wait.resolve();
    rejectClosed();
  }, (error) => {
    pendingAbort.wait.reject(error);
    rejectClosed();
  });
}

// WritableStreamDefaultControllerAdvanceQueueIfNeeded
function advance(controller) {
  const { stream, queue, started } = controller[kState];
  const state = stream[kState];
  if (!started || state.inFlightWrite) return;
  if (state.state === 'erroring') {
    finishErroring(stream);
    return;
  }
  if (!queue.length) return;
  const next = queue.peek();
  if (next === CLOSE) processClose(controller);
  else processWrite(controller, next.chunk);
}

function processClose(controller) {
  const { stream, queue } = controller[kState];
  const state = stream[kState];
  state.inFlightClose = state.closeRequest;
  state.closeRequest = undefined;
  queue.dequeue();
  const closed = controller[kState].close();
  clearWritable(controller[kState]);
  closed.then(() => {
    state.inFlightClose.resolve();
    state.inFlightClose = undefined;
    if (state.state === 'erroring') {
      state.error = undefined;
      state.pendingAbort?.wait.resolve();
      state.pendingAbort = undefined;
    }
    state.state = 'closed';
    state.writer?.[kState].closed.resolve();
  }, (error) => {
    state.inFlightClose.reject(error);
    state.inFlightClose = undefined;
    state.pendingAbort?.wait.reject(error);
    state.pendingAbort = undefined;
    deal(stream, error);
  });
}

function clearWritable(state) {
  state.write = state.close = state.abort = () => Promise.resolve();
  state.size = () => 1;
}

function processWrite(controller, chunk) {
  const { stream, queue } = controller[kState];
  const state = stream[kState];
  state.inFlightWrite = state.requests.shift();
  controller[kState].write(chunk, controller).then(() => {
    state.inFlightWrite.resolve();
    state.inFlightWrite = undefined;
    queue.dequeue();
    if (!closeQueuedOrInFlight(stream) && state.state === 'writable') updateBackpressure(stream, writableDesiredSize(controller) <= 0);
    advance(controller);
  }, (error) => {
    if (state.state === 'writable') clearWritable(controller[kState]);
    state.inFlightWrite.reject(error);
    state.inFlightWrite = undefined;
    deal(stream, error);
  });
}

// ---- TransformStream

class TransformStream {
  constructor(transformer = {}, writableStrategy = {}, readableStrategy = {}) {
    const writable = strategyOf(writableStrategy, 1);
    const readable = strategyOf(readableStrategy, 0);
    const start = deferred();
    const controller = new TransformStreamDefaultController(kMake);
    const state = { backpressure: undefined, change: undefined, controller };
    hide(this, state);
    hide(controller, {
      stream: this,
      transform: transformer?.transform ? async (chunk) => transformer.transform(chunk, controller) : async (chunk) => controller.enqueue(chunk),
      flush: transformer?.flush ? async () => transformer.flush(controller) : () => Promise.resolve(),
    });
    state.writable = new WritableStream(kMake);
    state.readable = new ReadableStream(kMake);
    setUpWritable(state.writable, () => start.promise, (chunk) => sinkWrite(this, chunk), () => sinkClose(this), async (reason) => errorTransform(this, reason),
      writable.mark, writable.size);
    setUpReadable(state.readable, () => start.promise, () => sourcePull(this), async (reason) => { errorWritableAndUnblock(this, reason); }, readable.mark, readable.size);
    setBackpressure(this, true);
    start.resolve(transformer?.start?.(controller));
  }
  get readable() { return this[kState].readable; }
  get writable() { return this[kState].writable; }
  [kInspect](depth, options) {
    const { readable, writable, backpressure } = this[kState];
    return show(this, 'TransformStream', { readable, writable, backpressure }, depth, options);
  }
}
named(TransformStream, 'TransformStream');

class TransformStreamDefaultController {
  constructor(key) { if (key !== kMake) throw illegal(); }
  get desiredSize() { return desiredSize(this[kState].stream[kState].readable[kState].controller); }
  enqueue(chunk) {
    const { stream } = this[kState];
    const { controller } = stream[kState].readable[kState];
    if (!canEnqueue(controller)) throw invalidState('Unable to enqueue');
    try {
      enqueueReadable(controller, chunk);
    } catch (error) {
      errorWritableAndUnblock(stream, error);
      throw stream[kState].readable[kState].error;
    }
    const backpressure = !shouldPull(controller);
    if (backpressure !== stream[kState].backpressure) setBackpressure(stream, true);
  }
  error(error) { errorTransform(this[kState].stream, error); }
  terminate() {
    const { stream } = this[kState];
    closeReadable(stream[kState].readable[kState].controller);
    errorWritableAndUnblock(stream, invalidState('TransformStream terminated'));
  }
  [kInspect](depth, options) { return show(this, 'TransformStreamDefaultController', { stream: this[kState].stream }, depth, options); }
}
named(TransformStreamDefaultController, 'TransformStreamDefaultController');

function setBackpressure(stream, backpressure) {
  const state = stream[kState];
  state.change?.resolve();
  state.change = deferred();
  state.backpressure = backpressure;
}

function errorTransform(stream, error) {
  errorReadable(stream[kState].readable[kState].controller, error);
  errorWritableAndUnblock(stream, error);
}

function errorWritableAndUnblock(stream, error) {
  const controller = stream[kState].controller[kState];
  controller.transform = controller.flush = () => Promise.resolve();
  const { writable } = stream[kState];
  if (writable[kState].state === 'writable') errorWritable(writable[kState].controller, error);
  if (stream[kState].backpressure) setBackpressure(stream, false);
}

function perform(stream, chunk) {
  return stream[kState].controller[kState].transform(chunk).then(undefined, (error) => {
    errorTransform(stream, error);
    throw error;
  });
}

function sinkWrite(stream, chunk) {
  if (!stream[kState].backpressure) return perform(stream, chunk);
  return stream[kState].change.promise.then(() => {
    const { state, error } = stream[kState].writable[kState];
    if (state === 'erroring') throw error;
    return perform(stream, chunk);
  });
}

function sinkClose(stream) {
  const { readable, controller } = stream[kState];
  const flushed = controller[kState].flush();
  controller[kState].transform = controller[kState].flush = () => Promise.resolve();
  return flushed.then(() => {
    if (readable[kState].state === 'errored') throw readable[kState].error;
    closeReadable(readable[kState].controller);
  }, (error) => {
    errorTransform(stream, error);
    throw readable[kState].error;
  });
}

function sourcePull(stream) {
  setBackpressure(stream, false);
  return stream[kState].change.promise;
}

// ---- Text

class TextEncoderStream {
  #transform;
  constructor() {
    const encoder = new TextEncoder();
    this.#transform = new TransformStream({
      transform(chunk, controller) {
        const bytes = encoder.encode(`${chunk}`);
        if (bytes.length) controller.enqueue(bytes);
      },
    });
  }
  get encoding() { return 'utf-8'; }
  get readable() { return this.#transform.readable; }
  get writable() { return this.#transform.writable; }
}
class TextDecoderStream {
  #decoder;
  #transform;
  constructor(encoding = 'utf-8', options = {}) {
    const decoder = this.#decoder = new TextDecoder(encoding, options);
    this.#transform = new TransformStream({
      transform(chunk, controller) {
        const text = decoder.decode(chunk, { stream: true });
        if (text) controller.enqueue(text);
      },
      flush(controller) {
        const text = decoder.decode();
        if (text) controller.enqueue(text);
      },
    });
  }
  get encoding() { return this.#decoder.encoding; }
  get fatal() { return this.#decoder.fatal; }
  get ignoreBOM() { return this.#decoder.ignoreBOM; }
  get readable() { return this.#transform.readable; }
  get writable() { return this.#transform.writable; }
}

// A stream of the body of a request: its chunks are bytes, as a 'bytes' stream's are.
function markBytes(stream) {
  stream[kState].bytes = true;
  return stream;
}
Object.defineProperty(exports, 'markBytes', { value: markBytes });
Object.assign(exports, {
  ReadableStream, ReadableStreamDefaultReader, ReadableStreamDefaultController, TransformStream, TransformStreamDefaultController, WritableStream,
  WritableStreamDefaultController, WritableStreamDefaultWriter, ByteLengthQueuingStrategy, CountQueuingStrategy, TextEncoderStream, TextDecoderStream,
});
for (const name of ['ReadableStreamBYOBReader', 'ReadableStreamBYOBRequest', 'ReadableByteStreamController', 'CompressionStream', 'DecompressionStream']) {
  exports[name] = Object.defineProperty(function () { native.unsupported(`new ${name}`); }, 'name', { value: name });
}
