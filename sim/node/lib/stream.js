// Streams (R130 R131 R132): Readable, Writable, Duplex, Transform, PassThrough, pipeline, finished.
'use strict';

const native = module;
const EventEmitter = require('events');
const { Buffer } = require('buffer');
const { AbortController, AbortError } = native.part('event_target');
const nop = () => {};
const FINISH = native.rule('STREAM_FINISH');
const AT_ONCE = native.rule('READABLE_ANSWERS_AT_ONCE');
const ONE_CHUNK = native.rule('STREAM_READ_ONE_CHUNK');
const SINK_FIRST = native.rule('STREAM_WRITE_SINK_FIRST');
let byteHighWaterMark = native.rule('STREAM_HIGH_WATER_KIB') * 1024;
let objectHighWaterMark = 16;

const codeError = (code, message, kind = 'Error') => native.error(kind, code, message);
const destroyedError = (name) => codeError('ERR_STREAM_DESTROYED', `Cannot call ${name} after a stream was destroyed`);
const prematureClose = () => codeError('ERR_STREAM_PREMATURE_CLOSE', 'Premature close');
const multipleCallback = () => codeError('ERR_MULTIPLE_CALLBACK', 'Callback called multiple times');
const notImplemented = (name) => codeError('ERR_METHOD_NOT_IMPLEMENTED', `The ${name} method is not implemented`);
const nullValues = () => codeError('ERR_STREAM_NULL_VALUES', 'May not write null values to stream', 'TypeError');

function highWaterMark(options, side, objectMode) {
  const value = options?.highWaterMark ?? (side ? options?.[side] : undefined);
  if (value === undefined || value === null) return objectMode ? objectHighWaterMark : byteHighWaterMark;
  if (!Number.isInteger(value) || value < 0) {
    const name = options?.highWaterMark != null ? 'options.highWaterMark' : `options.${side}`;
    throw codeError('ERR_INVALID_ARG_VALUE', `The property '${name}' is invalid. Received ${require('util').inspect(value)}`, 'TypeError');
  }
  return Math.floor(value);
}

// ---- Stream: the base, with the old way of piping.

function Stream(options) { EventEmitter.call(this, options); }
Object.setPrototypeOf(Stream.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Stream, EventEmitter);
Stream.prototype.pipe = function pipe(target, options) {
  const source = this;
  const onData = (chunk) => { if (target.writable && target.write(chunk) === false && source.pause) source.pause(); };
  const onDrain = () => { if (source.readable && source.resume) source.resume(); };
  source.on('data', onData);
  target.on('drain', onDrain);
  if (!target._isStdio && (!options || options.end !== false)) source.on('end', () => target.end());
  target.emit('pipe', source);
  return target;
};

// ---- Destroying: both sides share it. 'error' and 'close' come from a tick.

function remember(error, writable, readable) {
  if (!error) return;
  if (writable && !writable.errored) writable.errored = error;
  if (readable && !readable.errored) readable.errored = error;
}

function destroy(error, callback) {
  const r = this._readableState;
  const w = this._writableState;
  if (w?.destroyed || r?.destroyed) {
    if (typeof callback === 'function') callback();
    return this;
  }
  remember(error, w, r);
  if (w) w.destroyed = true;
  if (r) r.destroyed = true;
  if ((w || r).constructed) runDestroy(this, error, callback);
  else this.once('__destroy', (er) => runDestroy(this, er || error, callback));
  return this;
}

function runDestroy(stream, error, callback) {
  let called = false;
  const done = (err) => {
    if (called) return;
    called = true;
    const r = stream._readableState;
    const w = stream._writableState;
    remember(err, w, r);
    if (w) w.closed = true;
    if (r) r.closed = true;
    if (typeof callback === 'function') callback(err);
    process.nextTick(err ? errorAndClose : closeNow, stream, err);
  };
  try {
    stream._destroy(error || null, done);
  } catch (err) {
    done(err);
  }
}

function errorAndClose(stream, error) {
  errorNow(stream, error);
  closeNow(stream);
}

function errorNow(stream, error) {
  const r = stream._readableState;
  const w = stream._writableState;
  if (w?.errorEmitted || r?.errorEmitted) return;
  if (w) w.errorEmitted = true;
  if (r) r.errorEmitted = true;
  stream.emit('error', error);
}

function closeNow(stream) {
  const r = stream._readableState;
  const w = stream._writableState;
  if (w) w.closeEmitted = true;
  if (r) r.closeEmitted = true;
  if (w?.emitClose || r?.emitClose) stream.emit('close');
}

function errorOrDestroy(stream, error, sync) {
  const r = stream._readableState;
  const w = stream._writableState;
  if (w?.destroyed || r?.destroyed) return;
  if (r?.autoDestroy || w?.autoDestroy) {
    stream.destroy(error);
  } else if (error) {
    remember(error, w, r);
    if (sync) process.nextTick(errorNow, stream, error);
    else errorNow(stream, error);
  }
}

function construct(stream, done) {
  if (typeof stream._construct !== 'function') return;
  const r = stream._readableState;
  const w = stream._writableState;
  if (r) r.constructed = false;
  if (w) w.constructed = false;
  process.nextTick(() => {
    let called = false;
    const finish = (err) => {
      if (called) return errorOrDestroy(stream, err ?? multipleCallback());
      called = true;
      if (r) r.constructed = true;
      if (w) w.constructed = true;
      if ((w || r).destroyed) stream.emit('__destroy', err);
      else if (err) errorOrDestroy(stream, err, true);
      else done();
    };
    try {
      stream._construct((err) => process.nextTick(finish, err));
    } catch (err) {
      process.nextTick(finish, err);
    }
  });
}

function undestroy() {
  for (const s of [this._readableState, this._writableState]) {
    if (s) Object.assign(s, { destroyed: false, closed: false, closeEmitted: false, errored: null, errorEmitted: false });
  }
}

// ---- Readable

class ReadableState {
  constructor(options, isDuplex) {
    this.objectMode = !!options?.objectMode || (isDuplex && !!options?.readableObjectMode);
    this.highWaterMark = highWaterMark(options, isDuplex ? 'readableHighWaterMark' : null, this.objectMode);
    Object.assign(this, {
      buffer: [], bufferIndex: 0, length: 0, pipes: [], flowing: null, ended: false, endEmitted: false, reading: false, constructed: true,
      sync: true, needReadable: false, emittedReadable: false, readableListening: false, resumeScheduled: false, errorEmitted: false,
      emitClose: options?.emitClose !== false, autoDestroy: options?.autoDestroy !== false, destroyed: false, errored: null, closed: false,
      closeEmitted: false, defaultEncoding: options?.defaultEncoding || 'utf8', waitingFor: new Set(), readingMore: false,
      dataEmitted: false, decoder: null, encoding: null, paused: null,
    });
    if (options?.encoding) this.setEncoding(options.encoding);
  }
  setEncoding(encoding) {
    const { StringDecoder } = require('string_decoder');
    this.decoder = new StringDecoder(encoding);
    this.encoding = this.decoder.encoding;
  }
}

function Readable(options) {
  if (!(this instanceof Readable)) return new Readable(options);
  this._readableState = new ReadableState(options, this instanceof Duplex);
  if (options) {
    if (typeof options.read === 'function') this._read = options.read;
    if (typeof options.destroy === 'function') this._destroy = options.destroy;
    if (typeof options.construct === 'function') this._construct = options.construct;
    if (options.signal && !(this instanceof Duplex)) addAbortSignal(options.signal, this);
  }
  Stream.call(this, options);
  construct(this, () => { if (this._readableState.needReadable) maybeReadMore(this, this._readableState); });
}
Object.setPrototypeOf(Readable.prototype, Stream.prototype);
Object.setPrototypeOf(Readable, Stream);

Readable.prototype.destroy = destroy;
Readable.prototype._undestroy = undestroy;
Readable.prototype._destroy = function(error, callback) { callback(error); };
if (EventEmitter.captureRejectionSymbol) Readable.prototype[EventEmitter.captureRejectionSymbol] = function(error) { this.destroy(error); };

Readable.prototype.push = function(chunk, encoding) { return addToReadable(this, chunk, encoding, false); };
Readable.prototype.unshift = function(chunk, encoding) { return addToReadable(this, chunk, encoding, true); };

function addToReadable(stream, chunk, encoding, front) {
  const state = stream._readableState;
  if (!state.objectMode) {
    if (typeof chunk === 'string') {
      encoding = encoding || state.defaultEncoding;
      if (state.encoding !== encoding) {
        if (front && state.encoding) {
          chunk = Buffer.from(chunk, encoding).toString(state.encoding);
        } else {
          chunk = Buffer.from(chunk, encoding);
          encoding = '';
        }
      }
    } else if (chunk instanceof Buffer) {
      encoding = '';
    } else if (chunk instanceof Uint8Array) {
      chunk = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      encoding = '';
    } else if (chunk != null) {
      try {
        native.throwArgType('chunk', 'of type string or an instance of Buffer or Uint8Array', chunk);
      } catch (error) {
        errorOrDestroy(stream, error);
      }
      return false;
    }
  }
  if (chunk === null) {
    state.reading = false;
    onEof(stream, state);
  } else if (state.objectMode || (chunk && chunk.length > 0)) {
    if (front) {
      if (state.endEmitted) errorOrDestroy(stream, codeError('ERR_STREAM_UNSHIFT_AFTER_END_EVENT', 'stream.unshift() after end event'));
      else if (state.destroyed || state.errored) return false;
      else addChunk(stream, state, chunk, true);
    } else if (state.ended) {
      errorOrDestroy(stream, codeError('ERR_STREAM_PUSH_AFTER_EOF', 'stream.push() after EOF'));
    } else if (state.destroyed || state.errored) {
      return false;
    } else {
      state.reading = false;
      if (state.decoder && !encoding) {
        chunk = state.decoder.write(chunk);
        if (state.objectMode || chunk.length !== 0) addChunk(stream, state, chunk, false);
        else maybeReadMore(stream, state);
      } else {
        addChunk(stream, state, chunk, false);
      }
    }
  } else if (!front) {
    state.reading = false;
    maybeReadMore(stream, state);
  }
  return !state.ended && (state.length < state.highWaterMark || state.length === 0);
}

function addChunk(stream, state, chunk, front) {
  if (state.flowing && state.length === 0 && !state.sync && stream.listenerCount('data') > 0) {
    state.waitingFor.clear();
    state.dataEmitted = true;
    stream.emit('data', chunk);
  } else {
    state.length += state.objectMode ? 1 : chunk.length;
    if (front) state.buffer.unshift(chunk);
    else state.buffer.push(chunk);
    if (state.needReadable) emitReadable(stream);
  }
  maybeReadMore(stream, state);
}

Readable.prototype.isPaused = function() { return this._readableState.paused === true || this._readableState.flowing === false; };

Readable.prototype.setEncoding = function(encoding) {
  const state = this._readableState;
  state.setEncoding(encoding);
  let content = '';
  for (const data of state.buffer) content += state.decoder.write(data);
  state.buffer = content === '' ? [] : [content];
  state.length = content.length;
  return this;
};

function howMuchToRead(n, state) {
  if (n <= 0 || (state.length === 0 && state.ended)) return 0;
  if (state.objectMode) return 1;
  if (Number.isNaN(n)) return (state.flowing || ONE_CHUNK) && state.length ? state.buffer[0].length : state.length;
  if (n <= state.length) return n;
  return state.ended ? state.length : 0;
}

Readable.prototype.read = function(n) {
  if (n === undefined) n = NaN;
  else if (!Number.isInteger(n)) n = Number.parseInt(n, 10);
  const state = this._readableState;
  const asked = n;
  if (n > state.highWaterMark) state.highWaterMark = 2 ** Math.ceil(Math.log2(n));
  if (n !== 0) state.emittedReadable = false;
  if (n !== 0 && state.endUntold) state.endUntold = false;
  if (n === 0 && state.needReadable &&
      ((state.highWaterMark !== 0 ? state.length >= state.highWaterMark : state.length > 0) || state.ended)) {
    if (state.length === 0 && state.ended) endReadable(this);
    else emitReadable(this);
    return null;
  }
  n = howMuchToRead(n, state);
  if (n === 0 && state.ended) {
    if (state.length === 0) endReadable(this);
    return null;
  }
  let mustRead = state.needReadable || state.length === 0 || state.length - n < state.highWaterMark;
  if (state.ended || state.reading || state.destroyed || state.errored || !state.constructed) mustRead = false;
  if (mustRead) {
    state.reading = true;
    state.sync = true;
    if (state.length === 0) state.needReadable = true;
    try {
      this._read(state.highWaterMark);
    } catch (error) {
      errorOrDestroy(this, error);
    }
    state.sync = false;
    if (!state.reading) n = howMuchToRead(asked, state);
  }
  let result = n > 0 ? takeFrom(n, state) : null;
  if (result === null) {
    const wanted = state.length <= state.highWaterMark;
    state.needReadable = wanted || (native.since(20) && state.needReadable);
    n = 0;
  } else {
    state.length -= n;
    state.waitingFor.clear();
  }
  if (state.length === 0) {
    if (!state.ended) state.needReadable = true;
    if (asked !== n && state.ended) endReadable(this);
  }
  if (result !== null && !(native.since(18) && (state.errorEmitted || state.closeEmitted))) {
    state.dataEmitted = true;
    this.emit('data', result);
  }
  return result;
};

function takeFrom(n, state) {
  const { buffer } = state;
  if (state.length === 0) return null;
  if (state.objectMode) return buffer.shift();
  const join = (parts) => (state.decoder ? parts.join('') : parts.length === 1 ? parts[0] : Buffer.concat(parts));
  if (!n || n >= state.length) {
    const all = join(buffer);
    state.buffer = [];
    return all;
  }
  const parts = [];
  while (n > 0) {
    const first = buffer[0];
    if (first.length <= n) {
      parts.push(buffer.shift());
      n -= first.length;
    } else {
      parts.push(first.slice(0, n));
      buffer[0] = first.slice(n);
      n = 0;
    }
  }
  return join(parts);
}

function onEof(stream, state) {
  if (state.ended) return;
  const rest = state.decoder?.end();
  if (rest?.length) {
    state.buffer.push(rest);
    state.length += state.objectMode ? 1 : rest.length;
  }
  state.ended = true;
  if (state.sync) {
    // Node 26 tells of the end when somebody listens.
    if (!native.since(26) || state.flowing || state.needReadable || stream.listenerCount('readable') > 0) emitReadable(stream);
    else state.endUntold = true;
  } else {
    state.needReadable = false;
    state.emittedReadable = true;
    emitReadableNow(stream);
  }
}

function emitReadable(stream) {
  const state = stream._readableState;
  state.needReadable = false;
  if (state.emittedReadable) return;
  state.emittedReadable = true;
  process.nextTick(emitReadableNow, stream);
}

function emitReadableNow(stream) {
  const state = stream._readableState;
  if (!state.destroyed && !state.errored && (state.length || state.ended)) {
    stream.emit('readable');
    state.emittedReadable = false;
  }
  const wanted = !state.flowing && !state.ended && state.length <= state.highWaterMark;
  state.needReadable = wanted || (native.since(20) && state.needReadable);
  flow(stream);
}

function maybeReadMore(stream, state) {
  if (state.readingMore || !state.constructed) return;
  state.readingMore = true;
  process.nextTick(readMore, stream, state);
}

function readMore(stream, state) {
  while (!state.reading && !state.ended && (state.length < state.highWaterMark || (state.flowing && state.length === 0))) {
    const before = state.length;
    stream.read(0);
    if (before === state.length) break;
  }
  state.readingMore = false;
}

Readable.prototype._read = function() { throw notImplemented('_read()'); };

Readable.prototype.pipe = function(target, options) {
  const source = this;
  const state = source._readableState;
  state.pipes.push(target);
  const mayEnd = (!options || options.end !== false) && target !== process.stdout && target !== process.stderr;
  const atEnd = mayEnd ? onEnd : unpipe;
  if (state.endEmitted) process.nextTick(atEnd);
  else source.once('end', atEnd);
  target.on('unpipe', onUnpipe);
  function onUnpipe(readable, info) {
    if (readable === source && info && info.hasUnpiped === false) {
      info.hasUnpiped = true;
      cleanup();
    }
  }
  function onEnd() { target.end(); }
  let onDrain;
  let clean = false;
  function cleanup() {
    target.removeListener('close', onClose);
    target.removeListener('finish', onFinish);
    if (onDrain) target.removeListener('drain', onDrain);
    target.removeListener('error', onError);
    target.removeListener('unpipe', onUnpipe);
    source.removeListener('end', onEnd);
    source.removeListener('end', unpipe);
    source.removeListener('data', onData);
    clean = true;
    if (onDrain && state.waitingFor.size && (native.since(26) || !target._writableState || target._writableState.needDrain)) onDrain();
  }
  function pause() {
    if (!clean) {
      if (state.pipes.includes(target)) state.waitingFor.add(target);
      source.pause();
    }
    if (!onDrain) {
      onDrain = () => {
        state.waitingFor.delete(target);
        if (!state.waitingFor.size && source.listenerCount('data')) source.resume();
      };
      target.on('drain', onDrain);
    }
  }
  source.on('data', onData);
  function onData(chunk) { if (target.write(chunk) === false) pause(); }
  function onError(error) {
    unpipe();
    target.removeListener('error', onError);
    if (target.listenerCount('error') === 0) {
      const s = target._writableState || target._readableState;
      if (s && !s.errorEmitted) errorOrDestroy(target, error);
      else target.emit('error', error);
    }
  }
  target.prependListener('error', onError);
  function onClose() {
    target.removeListener('finish', onFinish);
    unpipe();
  }
  target.once('close', onClose);
  function onFinish() {
    target.removeListener('close', onClose);
    unpipe();
  }
  target.once('finish', onFinish);
  function unpipe() { source.unpipe(target); }
  target.emit('pipe', source);
  if (target.writableNeedDrain === true) pause();
  else if (!state.flowing) source.resume();
  return target;
};

Readable.prototype.unpipe = function(target) {
  const state = this._readableState;
  const info = { hasUnpiped: false };
  if (!state.pipes.length) return this;
  if (!target) {
    const targets = state.pipes;
    state.pipes = [];
    this.pause();
    for (const one of targets) one.emit('unpipe', this, { hasUnpiped: false });
    return this;
  }
  const at = state.pipes.indexOf(target);
  if (at === -1) return this;
  state.pipes.splice(at, 1);
  if (!state.pipes.length) this.pause();
  target.emit('unpipe', this, info);
  return this;
};

Readable.prototype.on = function(event, listener) {
  const result = Stream.prototype.on.call(this, event, listener);
  const state = this._readableState;
  if (event === 'data') {
    state.readableListening = this.listenerCount('readable') > 0;
    if (state.flowing !== false) this.resume();
  } else if (event === 'readable' && !state.endEmitted && !state.readableListening) {
    state.readableListening = state.needReadable = true;
    state.flowing = false;
    state.emittedReadable = false;
    if (state.length || state.endUntold) {
      state.endUntold &&= state.length > 0;
      emitReadable(this);
    }
    if (!state.length && !state.reading) process.nextTick(() => this.read(0));
  }
  return result;
};
Readable.prototype.addListener = Readable.prototype.on;

Readable.prototype.removeListener = function(event, listener) {
  const result = Stream.prototype.removeListener.call(this, event, listener);
  if (event === 'readable') process.nextTick(updateListening, this);
  return result;
};
Readable.prototype.off = Readable.prototype.removeListener;
Readable.prototype.removeAllListeners = function(event) {
  const result = Stream.prototype.removeAllListeners.apply(this, arguments);
  if (event === 'readable' || event === undefined) process.nextTick(updateListening, this);
  return result;
};

function updateListening(stream) {
  const state = stream._readableState;
  state.readableListening = stream.listenerCount('readable') > 0;
  if (state.resumeScheduled && state.paused === false) state.flowing = true;
  else if (stream.listenerCount('data') > 0) stream.resume();
  else if (!state.readableListening) state.flowing = null;
}

Readable.prototype.resume = function() {
  const state = this._readableState;
  if (state.destroyed && native.since(26)) return this;
  if (!state.flowing) {
    state.flowing = !state.readableListening;
    if (!state.resumeScheduled) {
      state.resumeScheduled = true;
      process.nextTick(resumeNow, this, state);
    }
  }
  state.paused = false;
  return this;
};

function resumeNow(stream, state) {
  if (!state.reading) stream.read(0);
  state.resumeScheduled = false;
  stream.emit('resume');
  flow(stream);
  if (state.flowing && !state.reading) stream.read(0);
}

Readable.prototype.pause = function() {
  const state = this._readableState;
  if (state.destroyed && native.since(26)) return this;
  if (state.flowing !== false) {
    state.flowing = false;
    this.emit('pause');
  }
  state.paused = true;
  return this;
};

function flow(stream) {
  const state = stream._readableState;
  while (state.flowing && stream.read() !== null);
}

Readable.prototype.wrap = function(stream) {
  let paused = false;
  stream.on('data', (chunk) => {
    if (!this.push(chunk) && stream.pause) {
      paused = true;
      stream.pause();
    }
  });
  stream.on('end', () => this.push(null));
  stream.on('error', (error) => errorOrDestroy(this, error));
  stream.on('close', () => this.destroy());
  this._read = () => {
    if (paused && stream.resume) {
      paused = false;
      stream.resume();
    }
  };
  return this;
};

function endReadable(stream) {
  const state = stream._readableState;
  if (state.endEmitted) return;
  state.ended = true;
  process.nextTick(endNow, state, stream);
}

function endNow(state, stream) {
  if (state.errored || state.closeEmitted || state.endEmitted || state.length !== 0) return;
  state.endEmitted = true;
  stream.emit('end');
  if (stream.writable && stream.allowHalfOpen === false) {
    process.nextTick(() => { if (stream.writable && !stream.writableEnded && !stream.destroyed) stream.end(); });
  } else if (state.autoDestroy) {
    const w = stream._writableState;
    if (!w || (w.autoDestroy && (w.finished || w.writable === false))) stream.destroy();
  }
}

if (Symbol.asyncIterator) Readable.prototype[Symbol.asyncIterator] = function() { return iterate(this); };
Readable.prototype.iterator = function(options) { return iterate(this, options); };

async function* readAll(stream, options) {
  let callback = nop;
  function next(resolve) {
    if (this === stream) {
      callback();
      callback = nop;
    } else {
      callback = resolve;
    }
  }
  stream.on('readable', next);
  let error;
  const cleanup = eos(stream, { writable: false }, (err) => {
    error = err ?? null;
    callback();
    callback = nop;
  });
  try {
    while (true) {
      const chunk = stream.destroyed ? null : stream.read();
      if (chunk !== null) yield chunk;
      else if (error) throw error;
      else if (error === null) return;
      else await new Promise(next);
    }
  } catch (err) {
    error = err;
    throw error;
  } finally {
    if ((error || options?.destroyOnReturn !== false) && (error === undefined || stream._readableState.autoDestroy)) destroyer(stream, null);
    else {
      stream.off('readable', next);
      cleanup();
    }
  }
}

// What a generator would do, but a chunk that is there is answered at once, without the jobs of a yield (R131).
const AsyncIteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf(async function* () {}).prototype);
function readAtOnce(stream, options) {
  let wake = nop, error, started = false, over = false, busy = false, draining = false, detach;
  const waiting = [];
  function wakeup(resolve) {
    if (this === stream) {
      wake();
      wake = nop;
    } else {
      wake = resolve;
    }
  }
  function start() {
    started = true;
    stream.on('readable', wakeup);
    detach = eos(stream, { writable: false }, (err) => {
      error = err ?? null;
      wake();
      wake = nop;
    });
  }
  function finish() {
    over = true;
    if ((error || options?.destroyOnReturn !== false) && (error === undefined || stream._readableState.autoDestroy)) destroyer(stream, null);
    else {
      stream.off('readable', wakeup);
      detach();
    }
  }
  function fail(err, reject) {
    error = err;
    finish();
    reject(err);
  }
  function idle() {
    busy = false;
    if (draining) return;
    draining = true;
    while (!busy && waiting.length) waiting.shift()();
    draining = false;
  }
  // Answers the request under way with a chunk, the end or an error, or waits for one.
  function pump(resolve, reject) {
    const chunk = stream.destroyed ? null : stream.read();
    if (chunk === null && error === undefined) {
      new Promise(wakeup).then(() => pump(resolve, reject));
      return;
    }
    const then = chunk?.then;
    if (typeof then === 'function') {
      then.call(chunk, (value) => { busy = false; resolve({ done: false, value }); idle(); }, (err) => { busy = false; fail(err, reject); idle(); });
      return;
    }
    busy = false;
    if (chunk !== null) resolve({ done: false, value: chunk });
    else if (error) fail(error, reject);
    else {
      finish();
      resolve({ done: true, value: undefined });
    }
    idle();
  }
  function take(resolve, reject) {
    if (over) {
      resolve({ done: true, value: undefined });
      return;
    }
    if (!started) start();
    busy = true;
    pump(resolve, reject);
  }
  function giveBack(value, resolve) {
    if (!over && started) finish();
    over = true;
    resolve({ done: true, value });
  }
  function throwIn(err, reject) {
    if (over || !started) {
      over = true;
      reject(err);
    } else {
      fail(err, reject);
    }
  }
  function request(answer) {
    return new Promise((resolve, reject) => {
      if (busy) waiting.push(() => answer(resolve, reject));
      else answer(resolve, reject);
    });
  }
  return {
    __proto__: AsyncIteratorPrototype,
    next() {
      if (busy || over) return request(take);
      if (!started) start();
      const chunk = stream.destroyed ? null : stream.read(), then = chunk?.then;
      if (typeof then === 'function') {
        busy = true;
        return then.call(chunk, (value) => { idle(); return { done: false, value }; }, (err) => { busy = false; error = err; finish(); idle(); throw err; });
      }
      if (chunk !== null) return Promise.resolve({ done: false, value: chunk });
      if (error === undefined) {
        busy = true;
        return new Promise((resolve, reject) => { new Promise(wakeup).then(() => pump(resolve, reject)); });
      }
      finish();
      return error ? Promise.reject(error) : Promise.resolve({ done: true, value: undefined });
    },
    return: (value) => request((resolve) => giveBack(value, resolve)),
    throw: (err) => request((resolve, reject) => throwIn(err, reject)),
  };
}

function iterate(stream, options) {
  const iterator = AT_ONCE ? readAtOnce(stream, options) : readAll(stream, options);
  iterator.stream = stream;
  return iterator;
}

function destroyer(stream, error) {
  if (!stream || stream.destroyed) return;
  if (!error && !isFinished(stream)) error = new AbortError();
  stream.destroy(error);
}

const isFinished = (stream) => (stream._readableState ? stream._readableState.endEmitted : true) &&
  (stream._writableState ? stream._writableState.finished : true);

const stateGetter = (which, get, fallback) => ({
  configurable: true, enumerable: false, get() { const s = this[which]; return s ? get(s, this) : fallback; },
});
Object.defineProperties(Readable.prototype, {
  readable: {
    ...stateGetter('_readableState', (s) => s.readable !== false && !s.destroyed && !s.errorEmitted && !s.endEmitted, false),
    set(value) { if (this._readableState) this._readableState.readable = !!value; },
  },
  readableDidRead: stateGetter('_readableState', (s) => s.dataEmitted, false),
  readableAborted: stateGetter('_readableState', (s) => s.readable !== false && (s.destroyed || !!s.errored) && !s.endEmitted, false),
  readableHighWaterMark: stateGetter('_readableState', (s) => s.highWaterMark),
  readableBuffer: stateGetter('_readableState', (s) => s.buffer),
  readableFlowing: { ...stateGetter('_readableState', (s) => s.flowing), set(value) { this._readableState.flowing = value; } },
  readableLength: stateGetter('_readableState', (s) => s.length),
  readableObjectMode: stateGetter('_readableState', (s) => s.objectMode, false),
  readableEncoding: stateGetter('_readableState', (s) => s.encoding, null),
  readableEnded: stateGetter('_readableState', (s) => s.endEmitted, false),
  errored: stateGetter('_readableState', (s) => s.errored, null),
  closed: stateGetter('_readableState', (s) => s.closed, false),
  destroyed: { ...stateGetter('_readableState', (s) => s.destroyed, false), set(value) { if (this._readableState) this._readableState.destroyed = value; } },
});

// ---- Readable.from and the iterator helpers

function from(iterable, options) {
  if (typeof iterable === 'string' || iterable instanceof Buffer) {
    return new Readable({ objectMode: true, ...options, read() { this.push(iterable); this.push(null); } });
  }
  let iterator;
  let isAsync = true;
  if (iterable?.[Symbol.asyncIterator]) {
    iterator = iterable[Symbol.asyncIterator]();
  } else if (iterable?.[Symbol.iterator]) {
    isAsync = native.rule('STREAM_FROM_SYNC') === 0;
    iterator = iterable[Symbol.iterator]();
  } else {
    native.throwArgType('iterable', 'an instance of Iterable', iterable);
  }
  const readable = new Readable({ objectMode: true, highWaterMark: 1, ...options });
  let reading = false;
  let asyncValues = false;
  readable._read = function() {
    if (reading) return;
    reading = true;
    if (isAsync) nextAsync();
    else if (asyncValues) nextWithPromises();
    else nextSync();
  };
  readable._destroy = function(error, callback) {
    close(error).then(() => process.nextTick(callback, error), (e) => process.nextTick(callback, e || error));
  };
  async function close(error) {
    if (error !== undefined && error !== null && typeof iterator.throw === 'function') {
      const { value, done } = await iterator.throw(error);
      await value;
      if (done) return;
    }
    if (typeof iterator.return === 'function') {
      const { value } = await iterator.return();
      await value;
    }
  }
  function nextSync() {
    for (;;) {
      try {
        const { value, done } = iterator.next();
        if (done) {
          readable.push(null);
          return;
        }
        if (value && typeof value.then === 'function') return takePromise(value);
        if (value === null) {
          reading = false;
          throw nullValues();
        }
        if (readable.push(value)) continue;
        reading = false;
      } catch (error) {
        readable.destroy(error);
      }
      break;
    }
  }
  async function takePromise(value) {
    asyncValues = true;
    try {
      const item = await value;
      if (item === null) {
        reading = false;
        throw nullValues();
      }
      if (readable.push(item)) {
        nextWithPromises();
        return;
      }
      reading = false;
    } catch (error) {
      readable.destroy(error);
    }
  }
  async function nextWithPromises() {
    for (;;) {
      try {
        const { value, done } = iterator.next();
        if (done) {
          readable.push(null);
          return;
        }
        const item = value && typeof value.then === 'function' ? await value : value;
        if (item === null) {
          reading = false;
          throw nullValues();
        }
        if (readable.push(item)) continue;
        reading = false;
      } catch (error) {
        readable.destroy(error);
      }
      break;
    }
  }
  async function nextAsync() {
    for (;;) {
      try {
        const { value, done } = await iterator.next();
        if (done) {
          readable.push(null);
          return;
        }
        if (value === null) {
          reading = false;
          throw nullValues();
        }
        if (readable.push(value)) continue;
        reading = false;
      } catch (error) {
        readable.destroy(error);
      }
      break;
    }
  }
  return readable;
}
Readable.from = from;
Readable.ReadableState = ReadableState;

// ---- Operators. Each works through map, which lets `concurrency` calls be under way and gives their values in order.

const EMPTY = Symbol('empty');
const END = Symbol('end');

function checkOperator(f, options, name = 'fn') {
  if (typeof f !== 'function') native.throwArgType(name, native.since(22) ? 'of type function' : 'of type function or an instance of AsyncFunction', f);
  if (options !== undefined && options !== null && typeof options !== 'object') native.throwArgType('options', 'of type object', options);
  if (options?.signal !== undefined && !(options.signal !== null && typeof options.signal === 'object' && 'aborted' in options.signal)) {
    native.throwArgType('options.signal', 'an instance of AbortSignal', options.signal);
  }
}

function countOption(value, name, least) {
  const n = Math.floor(value);
  if (typeof value !== 'number') native.throwArgType(name, 'of type number', value);
  if (!(n >= least && n <= Number.MAX_SAFE_INTEGER)) native.throwRange(name, `>= ${least} && <= 9007199254740991`, n);
  return n;
}

function checkAborted(signal) {
  if (signal?.aborted) throw new AbortError(undefined, { cause: signal.reason });
}

function map(f, options) {
  checkOperator(f, options);
  const most = countOption(options?.concurrency ?? 1, 'options.concurrency', 1);
  const room = countOption(options?.highWaterMark ?? most - 1, 'options.highWaterMark', 0) + most;
  return mapped(this, f, options?.signal, most, room);
}

async function* mapped(stream, f, signal, most, room) {
  const given = { signal: signal ?? new AbortController().signal };
  const queue = [];
  let running = 0, done = false, wakeReader = null, wakePump = null;
  const wake = (which) => { which?.(); return null; };
  const inTurn = !native.since(18); // a call begins when the value of an earlier one was taken, not when one ends
  const full = () => (inTurn ? queue.length >= most : queue.length >= room || running >= most);
  const goOn = () => {
    if (!done && !full()) wakePump = wake(wakePump);
  };
  const settled = () => {
    running--;
    if (!inTurn) goOn();
  };
  const failed = () => {
    done = true;
    settled();
  };
  const call = (value) => {
    try {
      return f(value, given);
    } catch (error) {
      return Promise.reject(error);
    }
  };
  const pump = async () => {
    try {
      for await (const value of stream) {
        if (done) return;
        checkAborted(signal);
        const called = call(value);
        if (called === EMPTY) continue;
        const result = Promise.resolve(called);
        running++;
        result.then(settled, failed);
        queue.push(result);
        wakeReader = wake(wakeReader);
        if (!done && full()) await new Promise((resolve) => { wakePump = resolve; });
      }
      queue.push(END);
    } catch (error) {
      const result = Promise.reject(error);
      result.then(settled, failed);
      queue.push(result);
    } finally {
      done = true;
      wakeReader = wake(wakeReader);
    }
  };
  pump();
  try {
    for (;;) {
      while (queue.length > 0) {
        const value = await queue[0];
        if (value === END) return;
        checkAborted(signal);
        if (value !== EMPTY) yield value;
        queue.shift();
        goOn();
      }
      await new Promise((resolve) => { wakeReader = resolve; });
    }
  } finally {
    done = true;
    wakePump = wake(wakePump);
  }
}

function filter(f, options) {
  checkOperator(f, options);
  return map.call(this, async (value, given) => (await f(value, given) ? value : EMPTY), options);
}

function times(n) {
  n = Number(n);
  if (Number.isNaN(n)) return 0;
  if (n < 0) native.throwRange('number', '>= 0', n);
  return n;
}

async function* flat(values) { for await (const value of values) yield* value; }
async function* numbered(stream, signal) {
  let i = 0;
  for await (const value of stream) {
    checkAborted(signal);
    yield [i++, value];
  }
}
async function* first(stream, n, signal) {
  checkAborted(signal);
  for await (const value of stream) {
    checkAborted(signal);
    if (n-- > 0) yield value;
    if (n <= 0) return;
  }
}
async function* rest(stream, n, signal) {
  checkAborted(signal);
  for await (const value of stream) {
    checkAborted(signal);
    if (n-- <= 0) yield value;
  }
}

const toStream = {
  drop(n, options) { return rest(this, times(n), options?.signal); },
  filter,
  flatMap(f, options) { return flat(map.call(this, f, options)); },
  map,
  take(n, options) { return first(this, times(n), options?.signal); },
  compose(next, options) {
    if (typeof next === 'function') return next(this, { signal: options?.signal });
    return compose(this, next);
  },
};
if (!native.since(24)) {
  toStream.asIndexedPairs = function asIndexedPairs(options) { return numbered(this, options?.signal); };
  if (native.since(20)) toStream.asIndexedPairs = require('util').deprecate(toStream.asIndexedPairs, 'readable.asIndexedPairs will be removed in a future version.');
}
if (!native.since(18)) delete toStream.compose;
for (const [name, operator] of Object.entries(toStream)) {
  Readable.prototype[name] = function(...args) {
    const result = Reflect.apply(operator, this, args);
    return result instanceof Stream ? result : Readable.from(result);
  };
}

async function some(f, options) {
  for await (const _ of filter.call(this, f, options)) return true;
  return false;
}
Object.assign(Readable.prototype, {
  async toArray(options) {
    const all = [];
    for await (const value of this) {
      checkAborted(options?.signal);
      all.push(value);
    }
    return all;
  },
  async forEach(f, options) {
    checkOperator(f, options);
    for await (const _ of map.call(this, async (value, given) => { await f(value, given); return EMPTY; }, options));
  },
  async reduce(f, ...initial) {
    checkOperator(f, initial[1], 'reducer');
    let [value, options] = initial;
    let has = initial.length > 0;
    for await (const x of this) {
      checkAborted(options?.signal);
      value = has ? await f(value, x, { signal: options?.signal ?? new AbortController().signal }) : x;
      has = true;
    }
    if (!has) throw native.error('TypeError', 'ERR_MISSING_ARGS', 'Reduce of an empty stream requires an initial value');
    return value;
  },
  some,
  async every(f, options) {
    checkOperator(f, options);
    return !await some.call(this, async (...args) => !await f(...args), options);
  },
  async find(f, options) {
    for await (const value of filter.call(this, f, options)) return value;
    return undefined;
  },
});

// ---- Writable

class WritableState {
  constructor(options, isDuplex) {
    this.objectMode = !!options?.objectMode || (isDuplex && !!options?.writableObjectMode);
    this.highWaterMark = highWaterMark(options, isDuplex ? 'writableHighWaterMark' : null, this.objectMode);
    Object.assign(this, {
      finalCalled: false, needDrain: false, ending: false, ended: false, finished: false, destroyed: false,
      decodeStrings: options?.decodeStrings !== false, defaultEncoding: options?.defaultEncoding || 'utf8', length: 0, writing: false, corked: 0,
      sync: true, bufferProcessing: false, writecb: null, writelen: 0, afterWrite: null, afterWritePending: false, buffered: [], pendingcb: 0,
      constructed: true, prefinished: false, errorEmitted: false, emitClose: options?.emitClose !== false,
      autoDestroy: options?.autoDestroy !== false, errored: null, closed: false, closeEmitted: false, onFinished: [],
    });
  }
  getBuffer() { return this.buffered; }
}

function Writable(options) {
  const isDuplex = this instanceof Duplex;
  if (!isDuplex && !(this instanceof Writable)) return new Writable(options);
  this._writableState = new WritableState(options, isDuplex);
  if (options) {
    if (typeof options.write === 'function') this._write = options.write;
    if (typeof options.writev === 'function') this._writev = options.writev;
    if (typeof options.destroy === 'function') this._destroy = options.destroy;
    if (typeof options.final === 'function') this._final = options.final;
    if (typeof options.construct === 'function') this._construct = options.construct;
    if (options.signal) addAbortSignal(options.signal, this);
  }
  Stream.call(this, options);
  construct(this, () => constructedWritable(this));
}
Object.setPrototypeOf(Writable.prototype, Stream.prototype);
Object.setPrototypeOf(Writable, Stream);

function constructedWritable(stream) {
  const state = stream._writableState;
  if (!state.writing) clearBuffer(stream, state);
  if (state.ending) finishMaybe(stream, state);
}

Object.defineProperty(Writable, Symbol.hasInstance, {
  value(object) {
    if (Function.prototype[Symbol.hasInstance].call(this, object)) return true;
    return this === Writable && !!object && object._writableState instanceof WritableState;
  },
});

Writable.prototype.pipe = function() {
  errorOrDestroy(this, codeError('ERR_STREAM_CANNOT_PIPE', 'Cannot pipe, not readable'));
};

function writeTo(stream, chunk, encoding, callback) {
  const state = stream._writableState;
  if (typeof encoding === 'function') {
    callback = encoding;
    encoding = null;
  }
  if (typeof callback !== 'function') callback = nop;
  // Since Node 20 an object's encoding is nobody's business.
  if (!state.objectMode || !native.since(20)) {
    if (!encoding) encoding = state.defaultEncoding;
    else if (encoding !== 'buffer' && !Buffer.isEncoding(encoding)) {
      throw codeError('ERR_UNKNOWN_ENCODING', `Unknown encoding: ${encoding}`, 'TypeError');
    }
  }
  if (chunk === null) throw nullValues();
  if (!state.objectMode) {
    if (typeof chunk === 'string') {
      if (state.decodeStrings) {
        chunk = Buffer.from(chunk, encoding);
        encoding = 'buffer';
      }
    } else if (chunk instanceof Uint8Array) {
      if (!(chunk instanceof Buffer)) chunk = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      encoding = 'buffer';
    } else {
      native.throwArgType('chunk', 'of type string or an instance of Buffer or Uint8Array', chunk);
    }
  }
  let error;
  if (state.ending) error = codeError('ERR_STREAM_WRITE_AFTER_END', 'write after end');
  else if (state.destroyed) error = destroyedError('write');
  if (error) {
    process.nextTick(callback, error);
    errorOrDestroy(stream, error, true);
    return error;
  }
  state.pendingcb++;
  return writeOrBuffer(stream, state, chunk, encoding, callback);
}

Writable.prototype.write = function(chunk, encoding, callback) { return writeTo(this, chunk, encoding, callback) === true; };
Writable.prototype.cork = function() { this._writableState.corked++; };
Writable.prototype.uncork = function() {
  const state = this._writableState;
  if (!state.corked) return;
  state.corked--;
  if (!state.writing) clearBuffer(this, state);
};
Writable.prototype.setDefaultEncoding = function(encoding) {
  this._writableState.defaultEncoding = encoding;
  return this;
};

function writeOrBuffer(stream, state, chunk, encoding, callback) {
  const length = state.objectMode ? 1 : chunk.length;
  state.length += length;
  let more = state.length < state.highWaterMark;
  if (!more && !SINK_FIRST) state.needDrain = true;
  if (state.writing || state.corked || state.errored || !state.constructed) {
    state.buffered.push({ chunk, encoding, callback });
  } else {
    state.writelen = length;
    state.writecb = callback;
    state.writing = true;
    state.sync = true;
    stream._write(chunk, encoding, (error) => onWrite(stream, error));
    state.sync = false;
  }
  if (SINK_FIRST) {
    more = state.length < state.highWaterMark || state.length === 0;
    if (!more) state.needDrain = true;
  }
  return more && !state.errored && !state.destroyed;
}

function doWrite(stream, state, many, length, chunk, encoding, callback) {
  state.writelen = length;
  state.writecb = callback;
  state.writing = true;
  state.sync = true;
  const done = (error) => onWrite(stream, error);
  if (state.destroyed) done(destroyedError('write'));
  else if (many) stream._writev(chunk, done);
  else stream._write(chunk, encoding, done);
  state.sync = false;
}

function writeFailed(stream, state, error, callback) {
  --state.pendingcb;
  callback(error);
  errorBuffer(state);
  errorOrDestroy(stream, error);
}

function onWrite(stream, error) {
  const state = stream._writableState;
  const { sync, writecb: callback } = state;
  if (typeof callback !== 'function') {
    errorOrDestroy(stream, multipleCallback());
    return;
  }
  state.writing = false;
  state.writecb = null;
  state.length -= state.writelen;
  state.writelen = 0;
  if (error) {
    remember(error, state, stream._readableState);
    if (sync) process.nextTick(writeFailed, stream, state, error, callback);
    else writeFailed(stream, state, error, callback);
    return;
  }
  if (state.buffered.length) clearBuffer(stream, state);
  if (!sync) {
    afterWrite(stream, state, 1, callback);
    return;
  }
  if (FINISH === 2) {
    const needTick = (state.needDrain && state.length === 0) || state.objectMode || callback !== nop;
    if (callback !== nop && state.afterWrite?.callback === callback) {
      state.afterWrite.count++;
    } else if (!needTick || (callback === nop && state.afterWritePending)) {
      state.pendingcb--;
      if (state.ending) finishMaybe(stream, state, true);
    } else if (callback === nop) {
      state.afterWritePending = true;
      process.nextTick(afterWrite, stream, state, 1, callback);
    } else {
      const info = state.afterWrite = { count: 1, callback };
      state.afterWritePending = true;
      process.nextTick(() => {
        state.afterWrite = null;
        afterWrite(stream, state, info.count, callback);
      });
    }
  } else if (state.afterWrite?.callback === callback) {
    state.afterWrite.count++;
  } else {
    const info = state.afterWrite = { count: 1, callback };
    process.nextTick(() => {
      state.afterWrite = null;
      afterWrite(stream, state, info.count, callback);
    });
  }
}

function afterWrite(stream, state, count, callback) {
  state.afterWritePending = false;
  if (state.needDrain && !state.ending && !state.destroyed && state.length === 0) {
    state.needDrain = false;
    stream.emit('drain');
  }
  while (count-- > 0) {
    state.pendingcb--;
    if (FINISH === 2) callback(null);
    else callback();
  }
  if (state.destroyed) errorBuffer(state);
  if (state.ending) finishMaybe(stream, state, FINISH === 2);
}

function errorBuffer(state) {
  if (state.writing) return;
  const waiting = state.buffered;
  state.buffered = [];
  for (const { chunk, callback } of waiting) {
    state.length -= state.objectMode ? 1 : chunk.length;
    callback(state.errored ?? destroyedError('write'));
  }
  finishCallbacks(state, state.errored ?? destroyedError('end'));
}

function finishCallbacks(state, error) {
  const callbacks = state.onFinished;
  state.onFinished = [];
  for (const callback of callbacks) callback(error);
}

function clearBuffer(stream, state) {
  if (state.corked || state.bufferProcessing || state.destroyed || !state.constructed || !state.buffered.length) return;
  state.bufferProcessing = true;
  if (state.buffered.length > 1 && stream._writev) {
    const all = state.buffered;
    state.buffered = [];
    state.pendingcb -= all.length - 1;
    const quiet = all.every(({ callback }) => callback === nop);
    const callback = quiet ? nop : (error) => { for (const one of all) one.callback(error); };
    doWrite(stream, state, true, state.length, all, '', callback);
  } else {
    do {
      const { chunk, encoding, callback } = state.buffered.shift();
      doWrite(stream, state, false, state.objectMode ? 1 : chunk.length, chunk, encoding, callback);
    } while (state.buffered.length && !state.writing);
  }
  state.bufferProcessing = false;
}

Writable.prototype._write = function(chunk, encoding, callback) {
  if (!this._writev) throw notImplemented('_write()');
  this._writev([{ chunk, encoding }], callback);
};
Writable.prototype._writev = null;

Writable.prototype.end = function(chunk, encoding, callback) {
  const state = this._writableState;
  if (typeof chunk === 'function') {
    callback = chunk;
    chunk = encoding = null;
  } else if (typeof encoding === 'function') {
    callback = encoding;
    encoding = null;
  }
  let error;
  if (chunk !== null && chunk !== undefined) {
    const result = writeTo(this, chunk, encoding);
    if (result instanceof Error) error = result;
  }
  if (state.corked) {
    state.corked = 1;
    this.uncork();
  }
  if (error) {
    // Reported by the write.
  } else if (!state.errored && !state.ending) {
    state.ending = true;
    finishMaybe(this, state, true);
    state.ended = true;
  } else if (state.finished) {
    error = codeError('ERR_STREAM_ALREADY_FINISHED', 'Cannot call end after a stream was finished');
  } else if (state.destroyed) {
    error = destroyedError('end');
  }
  if (typeof callback === 'function') {
    if (error) process.nextTick(callback, error);
    else if (FINISH === 2 && state.errored) process.nextTick(callback, state.errored);
    else if (state.finished) process.nextTick(callback, ...(FINISH === 2 ? [null] : []));
    else if (FINISH === 0) this.once('finish', callback);
    else state.onFinished.push(callback);
  }
  return this;
};

const needFinish = (s) => s.ending && !s.destroyed && s.constructed && s.length === 0 && !s.errored && s.buffered.length === 0 && !s.finished &&
  !s.writing && !s.errorEmitted && !s.closeEmitted;

function callFinal(stream, state) {
  let called = false;
  const done = (error) => {
    if (called) {
      errorOrDestroy(stream, error ?? multipleCallback());
      return;
    }
    called = true;
    state.pendingcb--;
    if (error) {
      finishCallbacks(state, error);
      errorOrDestroy(stream, error, state.sync);
    } else if (needFinish(state)) {
      state.prefinished = true;
      stream.emit('prefinish');
      state.pendingcb++;
      process.nextTick(finish, stream, state);
    }
  };
  state.sync = true;
  state.pendingcb++;
  try {
    stream._final(done);
  } catch (error) {
    done(error);
  }
  state.sync = false;
}

function finishMaybe(stream, state, sync) {
  if (!needFinish(state)) return;
  if (!state.prefinished && !state.finalCalled) {
    if (typeof stream._final === 'function' && !state.destroyed) {
      state.finalCalled = true;
      callFinal(stream, state);
    } else {
      state.prefinished = true;
      stream.emit('prefinish');
    }
  }
  if (state.pendingcb !== 0) return;
  if (sync) {
    state.pendingcb++;
    process.nextTick(() => {
      if (needFinish(state)) finish(stream, state);
      else state.pendingcb--;
    });
  } else if (needFinish(state)) {
    state.pendingcb++;
    finish(stream, state);
  }
}

function finish(stream, state) {
  state.pendingcb--;
  state.finished = true;
  const callbacks = state.onFinished;
  state.onFinished = [];
  for (const callback of callbacks) {
    if (FINISH === 2) callback(null);
    else callback();
  }
  stream.emit('finish');
  if (state.autoDestroy) {
    const r = stream._readableState;
    if (!r || (r.autoDestroy && (r.endEmitted || r.readable === false))) stream.destroy();
  }
}

Writable.prototype.destroy = function(error, callback) {
  const state = this._writableState;
  if (!state.destroyed && (state.buffered.length || state.onFinished.length)) process.nextTick(errorBuffer, state);
  destroy.call(this, error, callback);
  return this;
};
Writable.prototype._undestroy = undestroy;
Writable.prototype._destroy = function(error, callback) { callback(error); };
if (EventEmitter.captureRejectionSymbol) Writable.prototype[EventEmitter.captureRejectionSymbol] = function(error) { this.destroy(error); };

const writableProperties = {
  closed: stateGetter('_writableState', (s) => s.closed, false),
  destroyed: { ...stateGetter('_writableState', (s) => s.destroyed, false), set(value) { if (this._writableState) this._writableState.destroyed = value; } },
  errored: stateGetter('_writableState', (s) => s.errored, null),
  writable: {
    ...stateGetter('_writableState', (s) => s.writable !== false && !s.destroyed && !s.errored && !s.ending && !s.ended, false),
    set(value) { if (this._writableState) this._writableState.writable = !!value; },
  },
  writableFinished: stateGetter('_writableState', (s) => s.finished, false),
  writableObjectMode: stateGetter('_writableState', (s) => s.objectMode, false),
  writableBuffer: stateGetter('_writableState', (s) => s.buffered),
  writableEnded: stateGetter('_writableState', (s) => s.ending, false),
  writableNeedDrain: stateGetter('_writableState', (s) => !s.destroyed && !s.ending && s.needDrain, false),
  writableHighWaterMark: stateGetter('_writableState', (s) => s.highWaterMark),
  writableCorked: stateGetter('_writableState', (s) => s.corked, 0),
  writableLength: stateGetter('_writableState', (s) => s.length),
  writableAborted: stateGetter('_writableState', (s) => s.writable !== false && (s.destroyed || !!s.errored) && !s.finished, false),
};
Object.defineProperties(Writable.prototype, writableProperties);
Writable.WritableState = WritableState;

// ---- Duplex, Transform, PassThrough

function Duplex(options) {
  if (!(this instanceof Duplex)) return new Duplex(options);
  this._readableState = new ReadableState(options, true);
  this._writableState = new WritableState(options, true);
  this.allowHalfOpen = options?.allowHalfOpen !== false;
  if (options) {
    if (options.readable === false) Object.assign(this._readableState, { readable: false, ended: true, endEmitted: true });
    if (options.writable === false) Object.assign(this._writableState, { writable: false, ending: true, ended: true, finished: true });
    for (const name of ['read', 'write', 'writev', 'destroy', 'final', 'construct']) {
      if (typeof options[name] === 'function') this[`_${name}`] = options[name];
    }
    if (options.signal) addAbortSignal(options.signal, this);
  }
  Stream.call(this, options);
  construct(this, () => {
    if (this._readableState.needReadable) maybeReadMore(this, this._readableState);
    constructedWritable(this);
  });
}
Object.setPrototypeOf(Duplex.prototype, Readable.prototype);
Object.setPrototypeOf(Duplex, Readable);
for (const name of Object.getOwnPropertyNames(Writable.prototype)) {
  if (!(name in Duplex.prototype) && !(name in writableProperties)) Duplex.prototype[name] = Writable.prototype[name];
}
Duplex.prototype.destroy = Writable.prototype.destroy;
for (const name of Object.keys(writableProperties)) {
  if (name.startsWith('writable')) Object.defineProperty(Duplex.prototype, name, writableProperties[name]);
}
Object.defineProperty(Duplex.prototype, 'destroyed', {
  configurable: true,
  get() { return !!this._readableState?.destroyed && !!this._writableState?.destroyed; },
  set(value) {
    if (!this._readableState || !this._writableState) return;
    this._readableState.destroyed = value;
    this._writableState.destroyed = value;
  },
});
Duplex.from = (body) => {
  if (body instanceof Duplex) return body;
  if (body?.[Symbol.asyncIterator] || body?.[Symbol.iterator]) {
    const readable = from(body);
    const duplex = new Duplex({ objectMode: true, writable: false, read() { readable.resume(); } });
    readable.on('data', (chunk) => { if (!duplex.push(chunk)) readable.pause(); }).on('end', () => duplex.push(null))
      .on('error', (error) => duplex.destroy(error));
    readable.pause();
    return duplex;
  }
  if (typeof body === 'function') return fromFunction(body);
  if (body?.readable !== undefined || body?.writable !== undefined) return join(body.readable, body.writable);
  if (typeof body?.then === 'function') return Duplex.from((async function* () { yield await body; })());
  return native.unsupported('Duplex.from of this value');
};

// A duplex stream whose two sides are other streams.
function join(readable, writable) {
  const duplex = new Duplex({
    readableObjectMode: readable?.readableObjectMode, writableObjectMode: writable?.writableObjectMode, readable: !!readable, writable: !!writable,
    read() { readable?.resume(); },
    write(chunk, encoding, callback) {
      if (writable.write(chunk, encoding)) callback();
      else writable.once('drain', callback);
    },
    final(callback) {
      writable.once('finish', callback);
      writable.end();
    },
    destroy(error, callback) {
      for (const stream of [readable, writable]) if (stream && !stream.destroyed) stream.destroy(error ?? undefined);
      callback(error);
    },
  });
  if (readable) {
    readable.on('data', (chunk) => { if (!duplex.push(chunk)) readable.pause(); }).on('end', () => duplex.push(null));
    readable.pause();
  }
  for (const stream of [readable, writable]) stream?.on('error', (error) => duplex.destroy(error));
  return duplex;
}

// What is written is the function's argument, what it yields is read.
function fromFunction(f) {
  const input = new PassThrough({ objectMode: true });
  const value = f(input, { signal: new AbortController().signal });
  if (value?.[Symbol.asyncIterator]) return join(from(value), input);
  if (typeof value?.then !== 'function') throw native.error('TypeError', 'ERR_INVALID_RETURN_VALUE', 'Expected Iterable, AsyncIterable or AsyncFunction to be returned from the "body" function.');
  const duplex = join(undefined, input);
  value.then((result) => { if (result != null) duplex.destroy(new TypeError('Expected undefined to be returned')); }, (error) => duplex.destroy(error));
  return duplex;
}

// The streams one behind the other, as one.
function compose(...streams) {
  if (streams.length === 0) throw native.error('TypeError', 'ERR_MISSING_ARGS', 'The "streams" argument must be specified');
  streams = streams.map((stream) => (stream instanceof Stream ? stream : Duplex.from(stream)));
  if (streams.length === 1) return streams[0];
  const head = streams[0], tail = streams[streams.length - 1];
  const whole = join(tail.readable === false ? undefined : tail, head.writable === false || typeof head.write !== 'function' ? undefined : head);
  pipeline(...streams, (error) => { if (error) whole.destroy(error); });
  return whole;
}

// Two streams: what is written into one is read from the other.
class DuplexSide extends Duplex {
  #callback = null;
  #other = null;
  static connect(a, b) {
    a.#other = b;
    b.#other = a;
  }
  _read() {
    const callback = this.#callback;
    this.#callback = null;
    callback?.();
  }
  _write(chunk, encoding, callback) {
    if (chunk.length === 0) {
      process.nextTick(callback);
      return;
    }
    this.#other.push(chunk);
    this.#other.#callback = callback;
  }
  _final(callback) {
    this.#other.on('end', callback);
    this.#other.push(null);
  }
}

function duplexPair(options) {
  const pair = [new DuplexSide(options), new DuplexSide(options)];
  DuplexSide.connect(...pair);
  return pair;
}

const kCallback = Symbol('kCallback');

function Transform(options) {
  if (!(this instanceof Transform)) return new Transform(options);
  Duplex.call(this, options);
  this._readableState.sync = false;
  Object.defineProperty(this, kCallback, { value: null, writable: true });
  if (options) {
    if (typeof options.transform === 'function') this._transform = options.transform;
    if (typeof options.flush === 'function') this._flush = options.flush;
  }
  this.on('prefinish', () => { if (this._final !== flushTransform) flushTransform.call(this); });
}
Object.setPrototypeOf(Transform.prototype, Duplex.prototype);
Object.setPrototypeOf(Transform, Duplex);

function flushTransform(callback) {
  if (typeof this._flush !== 'function' || this.destroyed) {
    this.push(null);
    callback?.();
    return;
  }
  this._flush((error, data) => {
    if (error) {
      if (callback) callback(error);
      else this.destroy(error);
      return;
    }
    if (data != null) this.push(data);
    this.push(null);
    callback?.();
  });
}
if (FINISH > 0) Transform.prototype._final = flushTransform;
Transform.prototype._transform = function() { throw notImplemented('_transform()'); };
Transform.prototype._write = function(chunk, encoding, callback) {
  const r = this._readableState;
  const w = this._writableState;
  const { length } = r;
  this._transform(chunk, encoding, (error, value) => {
    if (error) {
      callback(error);
      return;
    }
    if (value != null) this.push(value);
    if (r.ended && FINISH === 2) process.nextTick(callback);
    else if (w.ended || length === r.length || r.length < r.highWaterMark) callback();
    else this[kCallback] = callback;
  });
};
Transform.prototype._read = function() {
  const callback = this[kCallback];
  if (!callback) return;
  this[kCallback] = null;
  callback();
};

function PassThrough(options) {
  if (!(this instanceof PassThrough)) return new PassThrough(options);
  Transform.call(this, options);
}
Object.setPrototypeOf(PassThrough.prototype, Transform.prototype);
Object.setPrototypeOf(PassThrough, Transform);
PassThrough.prototype._transform = function(chunk, encoding, callback) { callback(null, chunk); };

// ---- finished

const isReadableStream = (s) => !!s && typeof s.pipe === 'function' && typeof s.on === 'function' && (!s._writableState || !!s._readableState);
const isWritableStream = (s) => !!s && typeof s.write === 'function' && typeof s.on === 'function' && (!s._readableState || s._writableState?.writable !== false);
const isNodeStream = (s) => !!s && (s._readableState || s._writableState || (typeof s.write === 'function' && typeof s.on === 'function') ||
  (typeof s.pipe === 'function' && typeof s.on === 'function'));
const isIterable = (s) => !!s && (typeof s[Symbol.asyncIterator] === 'function' || typeof s[Symbol.iterator] === 'function');

function eos(stream, options, callback) {
  if (arguments.length === 2) {
    callback = options;
    options = {};
  }
  options ??= {};
  if (typeof callback !== 'function') native.throwArgType('callback', 'of type function', callback);
  if (!isNodeStream(stream)) native.throwArgType('stream', 'an instance of ReadableStream, WritableStream, or Stream', stream);
  let done = false;
  const report = callback;
  callback = function(...args) {
    if (done) return;
    done = true;
    report.apply(stream, args);
  };
  const readable = options.readable ?? (isReadableStream(stream) && stream._readableState?.readable !== false);
  const writable = options.writable ?? isWritableStream(stream);
  const w = stream._writableState;
  const r = stream._readableState;
  const sides = (!!r && r.readable !== false) === readable && (!!w && w.writable !== false) === writable;
  const state = w || r;
  let willClose = !!state && state.autoDestroy && state.emitClose && state.closed === false && sides;
  let writableDone = !!w && w.finished;
  let readableDone = !!r && (r.endEmitted || r.ended && r.length === 0 && r.endEmitted);
  const onFinish = () => {
    writableDone = true;
    if (stream.destroyed) willClose = false;
    if (willClose && (!stream.readable || readable)) return;
    if (!readable || readableDone) callback();
  };
  const onEnd = () => {
    readableDone = true;
    if (stream.destroyed) willClose = false;
    if (willClose && (!stream.writable || writable)) return;
    if (!writable || writableDone) callback();
  };
  const onError = (error) => callback(error);
  let closed = !!(w?.closed || r?.closed);
  const errored = () => {
    const error = w?.errored || r?.errored;
    return error && typeof error !== 'boolean' ? error : null;
  };
  const onClose = () => {
    closed = true;
    if (errored()) return callback(errored());
    if (readable && !readableDone && r && !r.endEmitted) return callback(prematureClose());
    if (writable && !writableDone && w && !w.finished) return callback(prematureClose());
    callback();
  };
  const onClosed = () => {
    closed = true;
    if (errored()) return callback(errored());
    callback();
  };
  stream.on('end', onEnd);
  stream.on('finish', onFinish);
  if (options.error !== false) stream.on('error', onError);
  stream.on('close', onClose);
  if (closed) process.nextTick(onClose);
  else if (w?.errorEmitted || r?.errorEmitted) {
    if (!willClose) process.nextTick(onClosed);
  } else if (!readable && (!willClose || stream.readable) && (writableDone || stream.writable === false) && (!w || w.pendingcb === 0)) {
    process.nextTick(onClosed);
  } else if (!writable && (!willClose || stream.writable) && (readableDone || stream.readable === false)) {
    process.nextTick(onClosed);
  }
  const cleanup = () => {
    done = true;
    stream.removeListener('finish', onFinish);
    stream.removeListener('end', onEnd);
    stream.removeListener('error', onError);
    stream.removeListener('close', onClose);
  };
  if (options.signal && !closed) {
    const abort = () => {
      const was = done;
      cleanup();
      if (!was) report.call(stream, new AbortError(undefined, { cause: options.signal.reason }));
    };
    if (options.signal.aborted) process.nextTick(abort);
    else options.signal.addEventListener('abort', abort, { once: true });
  }
  return cleanup;
}

function finished(stream, options) {
  return new Promise((resolve, reject) => {
    const cleanup = eos(stream, options, (error) => {
      if (options?.cleanup) cleanup();
      if (error) reject(error);
      else resolve();
    });
  });
}

function addAbortSignal(signal, stream) {
  const abort = () => stream.destroy(new AbortError(undefined, { cause: signal.reason }));
  if (signal.aborted) abort();
  else signal.addEventListener('abort', abort, { once: true });
  return stream;
}

// ---- pipeline

async function pump(iterable, writable, finishOne, { end }) {
  let error;
  let onResolve = null;
  const resume = (err) => {
    if (err) error = err;
    if (onResolve) {
      const callback = onResolve;
      onResolve = null;
      callback();
    }
  };
  const wait = () => new Promise((resolve, reject) => {
    if (error) reject(error);
    else onResolve = () => (error ? reject(error) : resolve());
  });
  writable.on('drain', resume);
  const cleanup = eos(writable, { readable: false }, resume);
  try {
    if (writable.writableNeedDrain) await wait();
    for await (const chunk of iterable) if (!writable.write(chunk)) await wait();
    if (end) {
      writable.end();
      await wait();
    } else if (native.rule('PIPELINE_COUNTS') < 2) {
      await wait();
    }
    finishOne();
  } catch (err) {
    finishOne(error !== err ? error ?? err : err);
  } finally {
    cleanup();
    writable.off('drain', resume);
  }
}

// Reports how the reading side of a stream ended: one that closed before its 'end' may still emit that.
function reportSource(source, error, report) {
  const r = source._readableState;
  if (error?.code === 'ERR_STREAM_PREMATURE_CLOSE' && r?.ended && !r.errored && !r.errorEmitted) source.once('end', report).once('error', report);
  else report(error);
}

function connect(source, target, finishOne, fail, { end }) {
  let ended = false;
  const endsItself = native.rule('PIPELINE_COUNTS') > 1;
  if (endsItself) target.on('close', () => { if (!ended) fail(prematureClose()); });
  source.pipe(target, { end: end && !endsItself });
  if (end) {
    const endTarget = () => {
      ended = true;
      target.end();
    };
    if (endsItself && source._readableState?.endEmitted) process.nextTick(endTarget);
    else source.once('end', endTarget);
  } else {
    finishOne();
  }
  eos(source, { readable: true, writable: false }, (error) => reportSource(source, error, finishOne));
  return eos(target, { readable: false, writable: true }, finishOne);
}

function pipeline(...streams) {
  let callback = streams.pop();
  if (typeof callback !== 'function') native.throwArgType('streams[stream.length - 1]', 'of type function', callback);
  let called = false;
  return runPipeline(streams, (...args) => {
    if (called) return;
    called = true;
    callback(...args);
  });
}

function runPipeline(streams, callback, options) {
  if (streams.length === 1 && Array.isArray(streams[0])) streams = streams[0];
  if (streams.length < 2) throw codeError('ERR_MISSING_ARGS', 'The "streams" argument must be specified', 'TypeError');
  const controller = new AbortController();
  const { signal } = controller;
  const outer = options?.signal;
  const lastCleanup = [];
  const destroys = [];
  let error;
  let value;
  let count = 0;
  const counts = native.rule('PIPELINE_COUNTS');
  const abort = () => finishAll(new AbortError(undefined, { cause: outer?.reason }));
  if (outer && !outer.aborted) outer.addEventListener('abort', abort, { once: true });
  const finishOne = (err) => finishAll(err, --count === 0);
  const fail = native.rule('PIPELINE_ERROR_ENDS_NONE') ? (err) => finishAll(err, false) : finishOne;
  function finishAll(err, final) {
    if (err && (!error || error.code === 'ERR_STREAM_PREMATURE_CLOSE')) error = err;
    if (!error && !final) return;
    while (destroys.length) destroys.shift()(error);
    outer?.removeEventListener('abort', abort);
    controller.abort();
    if (!final) return;
    if (!counts) {
      callback(error, value);
      return;
    }
    if (!error && counts > 1) for (const f of lastCleanup) f();
    process.nextTick(callback, error, value);
  }
  // Until Node 16 each stream tells when it is over, and these are counted.
  const watch = (stream, reading, writing, report) => {
    let over = false;
    let told = false;
    const tell = (err) => {
      if (told) return;
      told = true;
      report(err);
    };
    stream.on('close', () => { over = true; });
    eos(stream, { readable: reading, writable: writing }, (err) => {
      over = !err;
      if (reading) reportSource(stream, err, tell);
      else tell(err);
    });
    return (err) => {
      if (over) return;
      over = true;
      destroyer(stream, err);
      tell(err || destroyedError('pipe'));
    };
  };
  const watchOne = (stream, reading, writing) => {
    count++;
    destroys.push(watch(stream, reading, writing, (err) => {
      const r = stream._readableState;
      if (!err && !reading && r && !r.errored && (r.endEmitted || (r.ended && r.length === 0))) {
        stream.read(0);
        watch(stream, true, writing, finishOne);
      } else {
        finishOne(err);
      }
    }));
  };
  const guard = (stream, reading, writing) => {
    let over = false;
    stream.on('close', () => { over = true; });
    const cleanup = eos(stream, { readable: reading, writable: writing }, (err) => { over = !err; });
    destroys.push((err) => {
      if (over) return;
      over = true;
      destroyer(stream, err || destroyedError('pipe'));
    });
    return cleanup;
  };
  let result;
  streams.forEach((stream, i) => {
    const reading = i < streams.length - 1;
    const writing = i > 0;
    const end = reading || options?.end !== false;
    const last = !reading;
    if (isNodeStream(stream) && !counts) {
      if (end) watchOne(stream, reading, writing);
      else stream.on('error', finishOne);
    } else if (isNodeStream(stream)) {
      if (end) {
        const cleanup = guard(stream, reading, writing);
        if (stream.readable && last) lastCleanup.push(cleanup);
      }
      const onError = (err) => { if (err && err.name !== 'AbortError' && err.code !== 'ERR_STREAM_PREMATURE_CLOSE') fail(err); };
      stream.on('error', onError);
      if (stream.readable && last) lastCleanup.push(() => stream.removeListener('error', onError));
    }
    if (i === 0) {
      result = typeof stream === 'function' ? stream({ signal }) : stream;
      if (!isIterable(result) && !isReadableStream(result)) {
        native.throwArgType('source', 'an instance of Stream, Iterable, or AsyncIterable', result);
      }
    } else if (typeof stream === 'function') {
      result = stream(isIterable(result) ? result : iterate(result), { signal });
      if (last) {
        const pass = new PassThrough({ objectMode: true });
        if (typeof result?.then === 'function') {
          if (counts) count++;
          result.then((v) => {
            value = v;
            if (v != null || !counts) pass.write(v);
            if (end) pass.end();
            if (counts) process.nextTick(finishOne);
          }, (err) => {
            pass.destroy(err);
            if (counts) process.nextTick(finishOne, err);
          });
        } else {
          count++;
          pump(result, pass, finishOne, { end });
        }
        result = pass;
        if (counts) {
          lastCleanup.push(guard(pass, false, true));
        } else {
          count++;
          destroys.push(watch(pass, false, true, finishOne));
        }
      }
    } else {
      if (isReadableStream(result) && !counts) {
        result.pipe(stream, { end });
      } else if (isReadableStream(result)) {
        count += 2;
        const cleanup = connect(result, stream, finishOne, fail, { end });
        if (stream.readable && last) lastCleanup.push(cleanup);
      } else {
        count++;
        pump(result, stream, finishOne, { end });
      }
      result = stream;
    }
  });
  if (outer?.aborted) process.nextTick(abort);
  return result;
}

const promises = {
  finished,
  pipeline(...streams) {
    let options;
    const last = streams[streams.length - 1];
    if (last && typeof last === 'object' && !isNodeStream(last) && !isIterable(last)) options = streams.pop();
    return new Promise((resolve, reject) => {
      runPipeline(streams, (error, value) => {
        if (error) reject(error);
        else resolve(value);
      }, options);
    });
  },
};

Object.defineProperty(eos, Symbol.for('nodejs.util.promisify.custom'), { value: finished });
Object.defineProperty(pipeline, Symbol.for('nodejs.util.promisify.custom'), { value: promises.pipeline });
Object.defineProperty(eos, 'name', { value: 'eos' });

Object.assign(Stream, {
  isDisturbed: (s) => !!(s?._readableState?.dataEmitted || s?._readableState?.endEmitted || s?.readableAborted),
  isErrored: (s) => !!(s && (s.errored ?? false)),
  isReadable: (s) => (s ? !!s.readable : null),
  Readable, Writable, Duplex, Transform, PassThrough, pipeline, addAbortSignal, finished: eos,
  ...(native.since(20) ? { duplexPair } : {}), destroy: destroyer, compose,
  getDefaultHighWaterMark: (objectMode) => (objectMode ? objectHighWaterMark : byteHighWaterMark),
  setDefaultHighWaterMark(objectMode, n) {
    if (objectMode) objectHighWaterMark = n;
    else byteHighWaterMark = n;
  },
  promises, Stream,
});

if (!native.rule('READABLE_FROM')) delete Readable.from;
if (!native.rule('STREAM_PIPELINE')) { delete Stream.pipeline; delete Stream.finished; }

async function collect(stream) {
  const all = [];
  for await (const chunk of stream) all.push(chunk);
  return all;
}
const bytes = async (stream) => Buffer.concat((await collect(stream)).map((c) => (typeof c === 'string' ? Buffer.from(c) : c)));
exports.stream = Stream;
exports.promises = promises;
exports.consumers = {
  async arrayBuffer(stream) { const b = await bytes(stream); return b.buffer.slice(b.byteOffset, b.byteOffset + b.byteLength); },
  buffer: bytes,
  async json(stream) { return JSON.parse((await bytes(stream)).toString()); },
  async text(stream) { return (await bytes(stream)).toString(); },
};
