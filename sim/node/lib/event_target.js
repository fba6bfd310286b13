// EventTarget, Event, CustomEvent, AbortController, AbortSignal, DOMException (WHATWG DOM, as Node has them).
'use strict';

const native = module;
const kInspect = Symbol.for('nodejs.util.inspect.custom');
const inspect = (value, options) => require('util').inspect(value, options);

function deeper(options) {
  return { ...options, depth: Number.isInteger(options.depth) ? options.depth - 1 : options.depth };
}

// ---- DOMException

const codes = {
  IndexSizeError: 1, HierarchyRequestError: 3, WrongDocumentError: 4, InvalidCharacterError: 5, NoModificationAllowedError: 7,
  NotFoundError: 8, NotSupportedError: 9, InUseAttributeError: 10, InvalidStateError: 11, SyntaxError: 12,
  InvalidModificationError: 13, NamespaceError: 14, InvalidAccessError: 15, TypeMismatchError: 17, SecurityError: 18,
  NetworkError: 19, AbortError: 20, URLMismatchError: 21, QuotaExceededError: 22, TimeoutError: 23, InvalidNodeTypeError: 24,
  DataCloneError: 25,
};

class DOMException {
  #message;
  #name;
  constructor(message = '', options = 'Error') {
    if (options !== null && typeof options === 'object') {
      const { name } = options;
      this.#name = `${name === undefined ? 'Error' : name}`;
      if ('cause' in options) Object.defineProperty(this, 'cause', { value: options.cause, configurable: true, writable: true, enumerable: false });
    } else {
      this.#name = `${options}`;
    }
    this.#message = `${message}`;
    Error.captureStackTrace(this);
  }
  get name() { return this.#name; }
  get message() { return this.#message; }
  get code() { return codes[this.#name] ?? 0; }
}
Object.setPrototypeOf(DOMException.prototype, Error.prototype);
Object.defineProperties(DOMException.prototype, {
  [Symbol.toStringTag]: { value: 'DOMException', configurable: true },
  name: { enumerable: true }, message: { enumerable: true }, code: { enumerable: true },
});
for (const [name, code] of [['INDEX_SIZE_ERR', 1], ['DOMSTRING_SIZE_ERR', 2], ['HIERARCHY_REQUEST_ERR', 3], ['WRONG_DOCUMENT_ERR', 4],
  ['INVALID_CHARACTER_ERR', 5], ['NO_DATA_ALLOWED_ERR', 6], ['NO_MODIFICATION_ALLOWED_ERR', 7], ['NOT_FOUND_ERR', 8],
  ['NOT_SUPPORTED_ERR', 9], ['INUSE_ATTRIBUTE_ERR', 10], ['INVALID_STATE_ERR', 11], ['SYNTAX_ERR', 12], ['INVALID_MODIFICATION_ERR', 13],
  ['NAMESPACE_ERR', 14], ['INVALID_ACCESS_ERR', 15], ['VALIDATION_ERR', 16], ['TYPE_MISMATCH_ERR', 17], ['SECURITY_ERR', 18],
  ['NETWORK_ERR', 19], ['ABORT_ERR', 20], ['URL_MISMATCH_ERR', 21], ['QUOTA_EXCEEDED_ERR', 22], ['TIMEOUT_ERR', 23],
  ['INVALID_NODE_TYPE_ERR', 24], ['DATA_CLONE_ERR', 25]]) {
  const property = { enumerable: true, value: code };
  Object.defineProperty(DOMException, name, property);
  Object.defineProperty(DOMException.prototype, name, property);
}

class AbortError extends Error {
  constructor(message = 'The operation was aborted', options = undefined) {
    if (options !== undefined && typeof options !== 'object') native.throwArgType('options', 'of type object', options);
    super(message, options);
    this.code = 'ABORT_ERR';
    this.name = 'AbortError';
  }
}

// ---- Event

const kTarget = Symbol('kTarget');
const kStop = Symbol('kStop');
const kBeing = Symbol('kIsBeingDispatched');
const kTrusted = Symbol('kTrustEvent');

class Event {
  #cancelable = false;
  #bubbles = false;
  #composed = false;
  #prevented = false;
  #timestamp = native.now();
  #propagation = false;
  #type;
  #trusted;
  constructor(type, options = undefined) {
    if (arguments.length === 0) throw native.error('TypeError', 'ERR_MISSING_ARGS', 'The "type" argument must be specified');
    if (options != null) {
      if (typeof options !== 'object') native.throwArgType('options', 'of type object', options);
      this.#bubbles = !!options.bubbles;
      this.#cancelable = !!options.cancelable;
      this.#composed = !!options.composed;
    }
    this.#trusted = !!options?.[kTrusted];
    this.#type = `${type}`;
    Object.defineProperty(this, kTarget, { value: null, writable: true });
    Object.defineProperty(this, kStop, { value: false, writable: true });
    Object.defineProperty(this, kBeing, { value: false, writable: true });
  }
  initEvent(type, bubbles = false, cancelable = false) {
    if (this[kBeing]) return;
    this.#type = `${type}`;
    this.#bubbles = !!bubbles;
    this.#cancelable = !!cancelable;
  }
  [kInspect](depth, options) {
    const name = this.constructor.name;
    if (depth < 0) return name;
    return `${name} ${inspect({
      type: this.#type, defaultPrevented: this.#prevented, cancelable: this.#cancelable, timeStamp: this.#timestamp,
    }, deeper(options))}`;
  }
  stopImmediatePropagation() { this[kStop] = true; this.#propagation = true; }
  preventDefault() { if (this.#cancelable) this.#prevented = true; }
  get target() { return this[kTarget]; }
  get currentTarget() { return this[kBeing] ? this[kTarget] : null; }
  get srcElement() { return this[kTarget]; }
  get type() { return this.#type; }
  get cancelable() { return this.#cancelable; }
  get defaultPrevented() { return this.#cancelable && this.#prevented; }
  get timeStamp() { return this.#timestamp; }
  composedPath() { return this[kBeing] ? [this[kTarget]] : []; }
  get returnValue() { return !this.#cancelable || !this.#prevented; }
  get bubbles() { return this.#bubbles; }
  get composed() { return this.#composed; }
  get eventPhase() { return this[kBeing] ? Event.AT_TARGET : Event.NONE; }
  get cancelBubble() { return this.#propagation; }
  set cancelBubble(value) { if (value) this.#propagation = true; }
  stopPropagation() { this.#propagation = true; }
  get isTrusted() { return this.#trusted; }
  static NONE = 0;
  static CAPTURING_PHASE = 1;
  static AT_TARGET = 2;
  static BUBBLING_PHASE = 3;
}
Object.defineProperty(Event.prototype, Symbol.toStringTag, { writable: true, configurable: true, value: 'Event' });

class CustomEvent extends Event {
  #detail;
  constructor(type, options = undefined) {
    if (arguments.length === 0) throw native.error('TypeError', 'ERR_MISSING_ARGS', 'The "type" argument must be specified');
    super(type, options);
    this.#detail = options?.detail ?? null;
  }
  get detail() { return this.#detail; }
}
Object.defineProperty(CustomEvent.prototype, Symbol.toStringTag, { writable: true, configurable: true, value: 'CustomEvent' });

// ---- EventTarget: per type a linked list, so that listeners added while an event is dispatched are met where Node meets them.

const kLists = Symbol('kEvents');
const kNode = Symbol('kIsNodeStyleListener');
const kListenerChange = Symbol('kListenerChange');

// events.setMaxListeners(n, target); 0: none
const kLimit = Symbol('events.maxEventTargetListeners');

const given = (target) => target[kLimit] ?? (native.since(22) && target instanceof AbortSignal ? 0 : require('events').defaultMaxListeners);
const limitOf = (target) => given(target) || Infinity;

function setLimit(target, limit) {
  Object.defineProperty(target, kLimit, { value: limit, writable: true, configurable: true, enumerable: false });
  for (const list of target[kLists].values()) list.warned = false;
}

function warnOfMany(target, list, type) {
  list.warned = true;
  const says = native.since(20) ? ` MaxListeners is ${limitOf(target)}.` : '';
  const warning = new Error(`Possible EventTarget memory leak detected. ${list.size} ${type} listeners added to ${
    inspect(target, { depth: -1 })}.${says} Use events.setMaxListeners() to increase limit`);
  Object.assign(warning, { name: 'MaxListenersExceededWarning', target, type, count: list.size });
  process.emitWarning(warning);
}

function uncaught(error) {
  process.nextTick(() => { throw error; });
}

class EventTarget {
  static [Symbol.for('nodejs.event_target')] = true;
  constructor() { Object.defineProperty(this, kLists, { value: new Map(), writable: true }); }
  addEventListener(type, listener, options = {}) {
    if (!(this instanceof EventTarget)) throw native.error('TypeError', 'ERR_INVALID_THIS', 'Value of "this" must be of type EventTarget');
    if (arguments.length < 2) throw native.error('TypeError', 'ERR_MISSING_ARGS', 'The "type" and "listener" arguments must be specified');
    if (typeof options === 'boolean') options = { capture: options };
    if (options === null || options === undefined) options = {};
    const { once = false, capture = false, passive = false, signal } = options;
    if (signal !== undefined && !(signal !== null && typeof signal === 'object' && 'aborted' in signal)) {
      native.throwArgType('options.signal', 'an instance of AbortSignal', signal);
    }
    if (listener == null) {
      const warning = new Error(`addEventListener called with ${listener} which has no effect.`);
      warning.name = 'AddEventListenerArgumentTypeWarning';
      warning.target = this;
      warning.type = type;
      process.emitWarning(warning);
      return;
    }
    if (typeof listener !== 'function' && typeof listener !== 'object') {
      native.throwArgType('listener', 'an instance of EventListener', listener);
    }
    type = `${type}`;
    if (signal) {
      if (signal.aborted) return;
      signal.addEventListener('abort', () => this.removeEventListener(type, listener, options), { once: true });
    }
    let list = this[kLists].get(type);
    if (!list) this[kLists].set(type, list = { size: 0, next: undefined });
    let last = list;
    for (let at = list.next; at; last = at, at = at.next) if (at.listener === listener && at.capture === !!capture) return;
    last.next = { listener, once: !!once, capture: !!capture, passive: !!passive, removed: false, next: undefined, node: !!options[kNode] };
    list.size++;
    if (!list.warned && list.size > limitOf(this)) warnOfMany(this, list, type);
    this[kListenerChange]?.(list.size, type, true);
  }
  removeEventListener(type, listener, options = {}) {
    if (!(this instanceof EventTarget)) throw native.error('TypeError', 'ERR_INVALID_THIS', 'Value of "this" must be of type EventTarget');
    if (arguments.length < 2) throw native.error('TypeError', 'ERR_MISSING_ARGS', 'The "type" and "listener" arguments must be specified');
    if (listener == null) return;
    type = `${type}`;
    const capture = typeof options === 'boolean' ? options : !!options?.capture;
    const list = this[kLists].get(type);
    if (!list) return;
    for (let before = list, at = list.next; at; before = at, at = at.next) {
      if (at.listener !== listener || at.capture !== capture) continue;
      at.removed = true;
      before.next = at.next;
      list.size--;
      this[kListenerChange]?.(list.size, type, false);
      return;
    }
  }
  dispatchEvent(event) {
    if (!(this instanceof EventTarget)) throw native.error('TypeError', 'ERR_INVALID_THIS', 'Value of "this" must be of type EventTarget');
    if (arguments.length < 1) throw native.error('TypeError', 'ERR_MISSING_ARGS', 'The "event" argument must be specified');
    if (!(event instanceof Event)) native.throwArgType('event', 'an instance of Event', event);
    if (event[kBeing]) throw native.error('Error', 'ERR_EVENT_RECURSION', `The event "${event.type}" is already being dispatched`);
    dispatch(this, event);
    return event.defaultPrevented !== true;
  }
  [kInspect](depth, options) {
    const name = this.constructor.name;
    return depth < 0 ? name : `${name} ${inspect({}, deeper(options))}`;
  }
}
for (const name of ['addEventListener', 'removeEventListener', 'dispatchEvent']) {
  Object.defineProperty(EventTarget.prototype, name, { enumerable: true });
}
Object.defineProperty(EventTarget.prototype, Symbol.toStringTag, { writable: true, configurable: true, value: 'EventTarget' });

function dispatch(target, event) {
  event[kTarget] = target;
  event[kBeing] = true;
  const list = target[kLists].get(event.type);
  for (let at = list?.next, next; at && (at.passive || !event[kStop]); at = next) {
    next = at.next;
    if (at.removed) continue;
    if (at.once) target.removeEventListener(event.type, at.listener, at.capture);
    try {
      const { listener } = at;
      const result = typeof listener === 'function' ? listener.call(target, at.node ? event.data : event) :
        typeof listener.handleEvent === 'function' ? listener.handleEvent(event) : undefined;
      if (result !== undefined && result !== null && typeof result.then === 'function') result.then(undefined, uncaught);
    } catch (error) {
      uncaught(error);
    }
  }
  event[kBeing] = false;
}

// target.onname = f: one listener, in the place of the first assignment.
function defineHandler(prototype, name, type = name) {
  const handlers = new WeakMap();
  Object.defineProperty(prototype, `on${name}`, {
    configurable: true,
    enumerable: true,
    get() { return handlers.get(this)?.handler ?? null; },
    set(value) {
      let entry = handlers.get(this);
      if (typeof value !== 'function') value = null;
      if (!entry && value) {
        entry = { handler: value, wrap: (event) => entry.handler?.call(this, event) };
        handlers.set(this, entry);
        this.addEventListener(type, entry.wrap);
      } else if (entry && !value) {
        handlers.delete(this);
        this.removeEventListener(type, entry.wrap);
      } else if (entry) {
        entry.handler = value;
      }
    },
  });
}

// ---- Abort

const kMake = Symbol('kCreate');
const kAborted = Symbol('kAborted');
const kReason = Symbol('kReason');
const kDependants = Symbol('kDependantSignals');
const kSources = Symbol('kSourceSignals');
const kComposite = Symbol('kComposite');

class AbortSignal extends EventTarget {
  constructor(make, aborted = false, reason = undefined) {
    if (make !== kMake) throw native.error('TypeError', 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor');
    super();
    for (const [key, value] of [[kAborted, aborted], [kReason, reason], [kDependants, undefined], [kSources, undefined], [kComposite, false]]) {
      Object.defineProperty(this, key, { value, writable: true });
    }
  }
  get aborted() { return !!check(this)[kAborted]; }
  get reason() { return check(this)[kReason]; }
  throwIfAborted() { if (this.aborted) throw this.reason; }
  [kInspect](depth, options) {
    const name = 'AbortSignal';
    return depth < 0 ? `[${name}]` : `${name} ${inspect({ aborted: this.aborted }, deeper(options))}`;
  }
  static abort(reason = new DOMException('This operation was aborted', 'AbortError')) { return new AbortSignal(kMake, true, reason); }
  static timeout(delay) {
    if (typeof delay !== 'number') native.throwArgType('delay', 'of type number', delay);
    if (!(delay >= 0 && delay <= 4294967295 && Number.isInteger(delay))) {
      native.throwRange('delay', Number.isInteger(delay) ? '>= 0 && <= 4294967295' : 'an integer', delay);
    }
    const signal = new AbortSignal(kMake);
    require('timers').setTimeout(() => {
      abort(signal, new DOMException('The operation was aborted due to timeout', 'TimeoutError'));
    }, delay).unref();
    return signal;
  }
  static any(signals) {
    if (!Array.isArray(signals)) native.throwArgType('signals', 'an instance of Array', signals);
    const result = new AbortSignal(kMake);
    result[kComposite] = true;
    if (!signals.length) return result;
    result[kSources] = new Set();
    for (let i = 0; i < signals.length; i++) {
      const signal = signals[i];
      if (!(signal instanceof AbortSignal)) native.throwArgType(`signals[${i}]`, 'an instance of AbortSignal', signal);
      if (signal.aborted) {
        result[kAborted] = true;
        result[kReason] = signal.reason;
        return result;
      }
      for (const source of signal[kComposite] ? signal[kSources] ?? [] : [signal]) {
        source[kDependants] ??= new Set();
        result[kSources].add(source);
        source[kDependants].add(result);
      }
    }
    return result;
  }
}
function check(signal) {
  if (!(signal instanceof AbortSignal)) throw native.error('TypeError', 'ERR_INVALID_THIS', 'Value of "this" must be of type AbortSignal');
  return signal;
}
for (const name of ['aborted', 'reason']) Object.defineProperty(AbortSignal.prototype, name, { enumerable: true });
Object.defineProperty(AbortSignal.prototype, Symbol.toStringTag, { configurable: true, value: 'AbortSignal' });
defineHandler(AbortSignal.prototype, 'abort');

function abort(signal, reason) {
  if (signal[kAborted]) return;
  signal[kAborted] = true;
  signal[kReason] = reason;
  signal.dispatchEvent(new Event('abort', { [kTrusted]: true }));
  signal[kDependants]?.forEach((dependant) => abort(dependant, reason));
}

class AbortController {
  #signal;
  get signal() { return this.#signal ??= new AbortSignal(kMake); }
  abort(reason = new DOMException('This operation was aborted', 'AbortError')) {
    abort(this.#signal ??= new AbortSignal(kMake), reason);
  }
  [kInspect](depth, options) {
    const name = 'AbortController';
    return depth < 0 ? `[${name}]` : `${name} ${inspect({ signal: this.signal }, deeper(options))}`;
  }
}
for (const name of ['signal', 'abort']) Object.defineProperty(AbortController.prototype, name, { enumerable: true });
Object.defineProperty(AbortController.prototype, Symbol.toStringTag, { configurable: true, value: 'AbortController' });

Object.assign(exports, {
  getLimit: given, setLimit,
  AbortController, AbortError, AbortSignal, CustomEvent, DOMException, Event, EventTarget, defineHandler, dispatch,
  kListenerChange, kLists, kNode, kTrusted,
});
