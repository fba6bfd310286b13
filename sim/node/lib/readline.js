// readline on streams that are no terminal: lines from an input, questions, and iteration over the lines.
'use strict';

const native = module;
const EventEmitter = require('events');
const { StringDecoder } = require('string_decoder');
const { AbortError } = native.part('event_target');

// As String.prototype.split would find the ends of lines: https://tc39.es/ecma262/#prod-LineTerminator and \r\n.
const LINE_END = /\r?\n|\r(?![^\n])|\u2028|\u2029/g;
const DEFAULT_CRLF_DELAY = 100;
const DEFAULT_PROMPT = '> ';

const kQuestion = Symbol('question');
const kOldPrompt = Symbol('oldPrompt');
const kRest = Symbol('rest');
const kDecoder = Symbol('decoder');
const kSawReturn = Symbol('sawReturn');
const kTake = Symbol('take');
const kLine = Symbol('line');
const kEnd = Symbol('end');

const closedError = () => native.error('Error', 'ERR_USE_AFTER_CLOSE', 'readline was closed');

function refuseIfClosed(rl) {
  if (rl.closed && native.since(24)) throw closedError();
}

function checkSignal(signal, name) {
  if (signal !== undefined && (signal === null || typeof signal !== 'object' || !('aborted' in signal))) {
    native.throwArgType(name, 'an instance of AbortSignal', signal);
  }
}

function hide(object, key, value) { Object.defineProperty(object, key, { value, writable: true, configurable: true, enumerable: false }); }

// (input, output, completer, terminal) or ({ input, output, ... })
function Interface(input, output, completer, terminal) {
  if (!new.target) return new Interface(input, output, completer, terminal);
  let options = { input, output, completer, terminal };
  if (input?.input) {
    options = input;
    checkSignal(options.signal, 'options.signal');
  }
  EventEmitter.call(this);
  if (options.input === undefined) native.throwArgType('input', 'an instance of Stream', undefined);
  if (options.terminal ?? options.output?.isTTY) native.unsupported('readline on a terminal');
  const { crlfDelay, prompt } = options;
  this.line = '';
  this.input = options.input;
  this.output = options.output;
  this.crlfDelay = crlfDelay ? Math.max(100, crlfDelay) : DEFAULT_CRLF_DELAY;
  this.completer = options.completer;
  this.terminal = false;
  this.closed = false;
  this.paused = false;
  this.cursor = 0;
  this.history = options.history ?? [];
  hide(this, '_prompt', prompt === undefined || prompt === null ? DEFAULT_PROMPT : `${prompt}`);
  hide(this, kDecoder, new StringDecoder('utf8'));
  hide(this, kRest, null);
  hide(this, kSawReturn, 0);
  hide(this, kQuestion, null);
  hide(this, kOldPrompt, '');
  const onError = (error) => this.emit('error', error);
  const onData = (data) => this[kTake](data);
  const onEnd = () => this[kEnd]();
  const source = this.input;
  source.on('error', onError);
  source.on('data', onData);
  source.on('end', onEnd);
  this.once('close', () => {
    source.removeListener('error', onError);
    source.removeListener('data', onData);
    source.removeListener('end', onEnd);
  });
  source.resume();
  const { signal } = options;
  if (signal?.aborted) process.nextTick(() => this.close());
  else signal?.addEventListener('abort', () => this.close(), { once: true });
}
Object.setPrototypeOf(Interface.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Interface, EventEmitter);

const methods = {
  getPrompt() { return this._prompt; },
  setPrompt(prompt) { this._prompt = prompt; },
  prompt() {
    if (this.paused) this.resume();
    if (this.output !== null && this.output !== undefined) this.output.write(this._prompt);
  },
  question(query, options, callback) {
    callback = typeof options === 'function' ? options : callback;
    if (this.closed && native.since(17)) throw closedError();
    options = typeof options === 'object' && options !== null ? options : {};
    checkSignal(options.signal, 'options.signal');
    if (options.signal?.aborted) return;
    if (options.signal) {
      const onAbort = () => { this[kQuestion] = null; };
      options.signal.addEventListener('abort', onAbort, { once: true });
      const answered = callback;
      callback = typeof answered === 'function' ? (answer) => {
        options.signal.removeEventListener('abort', onAbort);
        return answered(answer);
      } : answered;
    }
    if (typeof callback !== 'function') return;
    if (this[kQuestion]) {
      this.prompt();
      return;
    }
    this[kOldPrompt] = this._prompt;
    this._prompt = query;
    this[kQuestion] = callback;
    this.prompt();
  },
  write(data) {
    refuseIfClosed(this);
    if (this.paused) this.resume();
    this[kTake](data);
  },
  pause() {
    refuseIfClosed(this);
    if (this.paused) return;
    this.input.pause();
    this.paused = true;
    this.emit('pause');
    return this;
  },
  resume() {
    refuseIfClosed(this);
    if (!this.paused) return;
    this.input.resume();
    this.paused = false;
    this.emit('resume');
    return this;
  },
  close() {
    if (this.closed) return;
    this.pause();
    this.closed = true;
    this.emit('close');
  },
  getCursorPos() { return { rows: 0, cols: this.cursor }; },
  [kLine](line) {
    const answered = this[kQuestion];
    if (!answered) {
      this.emit('line', line);
      return;
    }
    this[kQuestion] = null;
    this._prompt = this[kOldPrompt];
    answered(line);
  },
  // A chunk of the input: all of its whole lines, and the rest is kept.
  [kTake](data) {
    if (data === undefined) return;
    let text = this[kDecoder].write(data);
    if (this[kSawReturn] && Date.now() - this[kSawReturn] <= this.crlfDelay) {
      if (text.charCodeAt(0) === 10) text = text.slice(1);
      this[kSawReturn] = 0;
    }
    LINE_END.lastIndex = 0;
    if (!LINE_END.test(text)) {
      if (text) this[kRest] = (this[kRest] ?? '') + text;
      return;
    }
    if (this[kRest]) text = this[kRest] + text;
    this[kSawReturn] = text.endsWith('\r') ? Date.now() : 0;
    LINE_END.lastIndex = 0;
    const lines = [];
    let from = 0;
    for (let found = LINE_END.exec(text); found; found = LINE_END.exec(text)) {
      lines.push(text.slice(from, found.index));
      from = LINE_END.lastIndex;
    }
    this[kRest] = text.slice(from);
    for (const line of lines) this[kLine](line);
  },
  [kEnd]() {
    if (typeof this[kRest] === 'string' && this[kRest].length > 0) this.emit('line', this[kRest]);
    this.close();
  },
  [Symbol.asyncIterator]() {
    return native.part('events').linesOf(this);
  },
};
for (const name of Reflect.ownKeys(methods)) hide(Interface.prototype, name, methods[name]);
Object.defineProperty(methods.question, require('util').promisify.custom, {
  get() {
    return (query, options) => new Promise((resolve, reject) => {
      if (options?.signal?.aborted) return reject(new AbortError(undefined, { cause: options.signal.reason }));
      return this.question(query, options, resolve);
    });
  },
});

// ---- readline/promises

class PromiseInterface extends Interface {
  constructor(...args) { super(...args); }
  question(query, options = {}) {
    return new Promise((resolve, reject) => {
      if (this.closed) {
        reject(closedError());
        return;
      }
      const { signal } = options ?? {};
      if (signal?.aborted) {
        reject(new AbortError(undefined, { cause: signal.reason }));
        return;
      }
      signal?.addEventListener('abort', () => reject(new AbortError(undefined, { cause: signal.reason })), { once: true });
      super.question(query, options, resolve);
    });
  }
}
Object.defineProperty(PromiseInterface, 'name', { value: 'Interface' });

// ---- What moves a terminal's cursor: escape sequences on any stream.

function send(stream, text, callback) {
  if (callback !== undefined && typeof callback !== 'function') native.throwArgType('callback', 'of type function', callback);
  if (stream === null || stream === undefined || text === '') {
    if (typeof callback === 'function') process.nextTick(callback, null);
    return true;
  }
  return stream.write(text, callback);
}

function cursorTo(stream, x, y, callback) {
  if (typeof y === 'function') [callback, y] = [y, undefined];
  if (Number.isNaN(x) || Number.isNaN(y)) {
    throw native.error('TypeError', 'ERR_INVALID_ARG_VALUE', `The argument '${Number.isNaN(x) ? 'x' : 'y'}' is invalid. Received NaN`);
  }
  if (typeof x !== 'number' && typeof y !== 'number') return send(stream, '', callback);
  if (typeof x !== 'number') throw native.error('TypeError', 'ERR_INVALID_CURSOR_POS', 'Cannot set cursor row without setting its column');
  return send(stream, typeof y !== 'number' ? `\x1b[${x + 1}G` : `\x1b[${y + 1};${x + 1}H`, callback);
}

function moveCursor(stream, dx, dy, callback) {
  const across = dx < 0 ? `\x1b[${-dx}D` : dx > 0 ? `\x1b[${dx}C` : '';
  const down = dy < 0 ? `\x1b[${-dy}A` : dy > 0 ? `\x1b[${dy}B` : '';
  return send(stream, across + down, callback);
}

const clearLine = (stream, direction, callback) => send(stream, direction < 0 ? '\x1b[1K' : direction > 0 ? '\x1b[0K' : '\x1b[2K', callback);
const clearScreenDown = (stream, callback) => send(stream, '\x1b[0J', callback);

exports.promises = {
  Interface: PromiseInterface,
  Readline: class Readline { constructor() { native.unsupported('readline/promises.Readline'); } },
  createInterface(...args) { return new PromiseInterface(...args); },
};
const readline = {
  Interface,
  clearLine, clearScreenDown,
  createInterface(input, output, completer, terminal) { return new Interface(input, output, completer, terminal); },
  cursorTo,
  emitKeypressEvents() {},
  moveCursor,
};
if (native.since(17)) readline.promises = exports.promises;
exports.readline = readline;
