// MessageChannel, MessagePort, BroadcastChannel (R140): messages are delivered in the poll phase, a drain after each.
'use strict';

const native = module;
const { Event, EventTarget, defineHandler, dispatch, kListenerChange, kLists, kNode } = native.part('event_target');

class MessageEvent extends Event {
  #init;
  constructor(type, init = {}) {
    super(type, init);
    this.#init = init ?? {};
  }
  get data() { return this.#init.data === undefined ? null : this.#init.data; }
  get origin() { return this.#init.origin ?? ''; }
  get lastEventId() { return this.#init.lastEventId ?? ''; }
  get source() { return this.#init.source ?? null; }
  get ports() { return this.#init.ports ?? []; }
}
Object.defineProperty(MessageEvent.prototype, Symbol.toStringTag, { configurable: true, value: 'MessageEvent' });

// A message as it arrives: undefined stays undefined, which an event's `data` default would hide.
function messageEvent(type, data, ports) {
  const event = new MessageEvent(type, { data, ports });
  Object.defineProperty(event, 'data', { value: data, configurable: true });
  return event;
}

class NodeEventTarget extends EventTarget {
  on(type, listener) { return add(this, type, listener, false); }
  addListener(type, listener) { return add(this, type, listener, false); }
  once(type, listener) { return add(this, type, listener, true); }
  off(type, listener) { this.removeEventListener(type, listener); return this; }
  removeListener(type, listener) { this.removeEventListener(type, listener); return this; }
  removeAllListeners(type) {
    for (const name of type === undefined ? [...this[kLists].keys()] : [`${type}`]) {
      for (let at = this[kLists].get(name)?.next; at; at = at.next) this.removeEventListener(name, at.listener, at.capture);
    }
    return this;
  }
  emit(type, arg) {
    const any = this.listenerCount(type) > 0;
    dispatch(this, arg instanceof Event ? arg : messageEvent(type, arg));
    return any;
  }
  eventNames() { return [...this[kLists].keys()].filter((name) => this[kLists].get(name).size > 0); }
  listenerCount(type) { return this[kLists].get(`${type}`)?.size ?? 0; }
  setMaxListeners() { return this; }
  getMaxListeners() { return 10; }
}

function add(target, type, listener, once) {
  target.addEventListener(type, listener, { once, [kNode]: true });
  return target;
}

const kMake = Symbol('make');
const CLOSE = Symbol('close');

class MessagePort extends NodeEventTarget {
  #handle = native.handle();
  #peer = null;
  #far = null; // the other end's number, when that is in another thread
  #queue = [];
  #started = false;
  #refed = false;
  #closing = false;
  #lastRun = false; // closed while it delivers: what is there, and what comes meanwhile, still is (MessagePort::OnMessage)
  #closed = false;
  constructor(make) {
    if (make !== kMake) throw native.error('TypeError', 'ERR_CONSTRUCT_CALL_INVALID', 'Constructor cannot be called');
    super();
  }
  static entangle(a, b) {
    a.#peer = b;
    b.#peer = a;
  }
  static attach(near, far) {
    const port = new MessagePort(kMake);
    port.#connect(near, far);
    return port;
  }
  // A port that leaves for another thread: the number of what it becomes there.
  static leave(port) {
    if (port.#refed) native.hold(-1);
    port.#refed = false;
    port.#closing = true;
    if (port.#far !== null) return port.#far ^ 1;
    const [near, far] = native.endpoints();
    port.#peer?.#connect(near, far);
    return far;
  }
  static waiting(port) { return port.#queue.splice(0); }
  #connect(near, far) {
    this.#peer = null;
    this.#far = far;
    native.listen(near, (value, ports) => {
      this.#queue.push(ports === null ? CLOSE : { value, ports: ports ?? [] });
      if (this.#started || ports === null) this.#deliver();
    });
  }
  static receive(port) {
    const message = port.#queue[0];
    return !port.#queue.length || message === CLOSE ? undefined : { message: port.#queue.shift().value };
  }
  postMessage(value, options) {
    if (arguments.length === 0) throw native.error('TypeError', 'ERR_MISSING_ARGS', 'The "message" argument must be specified');
    const transfer = Array.isArray(options) ? options : options?.transfer ?? [];
    const ports = transfer.filter((item) => item instanceof MessagePort);
    if (this.#far !== null) {
      if (!this.#closing) send(this.#far, value, transfer);
      return;
    }
    const message = { value: native.clone(value, transfer), ports };
    const peer = this.#peer;
    if (this.#closing || !peer || (peer.#closing && !peer.#takes())) return;
    peer.#queue.push(message);
    if (peer.#started) peer.#wake();
  }
  start() {
    if (this.#started || this.#closing) return;
    this.#started = true;
    for (let i = 0; i < this.#queue.length; i++) this.#wake();
  }
  close(callback) {
    if (typeof callback === 'function') this.once('close', callback);
    if (this.#closing) return;
    this.#closing = true;
    this.#lastRun = this.#started && native.delivering(this.#handle);
    if (this.#refed) native.hold(-1);
    this.#refed = false;
    native.close('MessagePort', () => {
      this.#closed = true;
      const peer = this.#peer;
      if (this.#far !== null) native.closed(this.#far);
      if (peer && !peer.#closing) {
        peer.#queue.push(CLOSE);
        peer.#wake();
      }
      dispatch(this, new Event('close'));
    });
  }
  ref() {
    if (!this.#refed && !this.#closing) native.hold(1);
    this.#refed = !this.#closing;
  }
  unref() {
    if (this.#refed) native.hold(-1);
    this.#refed = false;
  }
  hasRef() { return this.#refed; }
  #takes() { return !this.#closing || (this.#lastRun && native.delivering(this.#handle)); }
  #wake() { native.message('MessagePort', () => this.#deliver(), this.#handle); }
  #deliver() {
    if (this.#closed || !this.#queue.length) return;
    if (this.#queue[0] === CLOSE) {
      this.#queue.shift();
      this.close();
    } else if (this.#started && this.#takes()) {
      const { value, ports } = this.#queue.shift();
      dispatch(this, messageEvent('message', value, ports));
    }
  }
  [kListenerChange](size, type, added) {
    if (type !== 'message') return;
    if (added && size === 1) {
      this.ref();
      this.start();
    } else if (!added && size === 0) {
      this.unref();
    }
  }
}
// To another thread; ports among what is transferred move there.
function send(far, value, transfer) {
  const numbers = transfer.map((item) => (item instanceof MessagePort ? MessagePort.leave(item) : undefined));
  native.send(far, value, transfer, numbers, transfer.filter((item) => item instanceof MessagePort));
  transfer.forEach((item, i) => {
    if (numbers[i] !== undefined) for (const message of MessagePort.waiting(item)) if (message !== CLOSE) send(numbers[i], message.value, []);
  });
}

defineHandler(MessagePort.prototype, 'message');
defineHandler(MessagePort.prototype, 'messageerror');
defineHandler(MessagePort.prototype, 'close');

class MessageChannel {
  constructor() {
    this.port1 = new MessagePort(kMake);
    this.port2 = new MessagePort(kMake);
    MessagePort.entangle(this.port1, this.port2);
  }
}

const channels = new Map();

class BroadcastChannel extends EventTarget {
  #name;
  #handle = native.handle();
  #closed = false;
  #refed = true;
  constructor(name) {
    if (arguments.length === 0) throw native.error('TypeError', 'ERR_MISSING_ARGS', 'The "name" argument must be specified');
    super();
    this.#name = `${name}`;
    if (!channels.has(this.#name)) channels.set(this.#name, new Set());
    channels.get(this.#name).add(this);
    native.hold(1);
  }
  get name() { return this.#name; }
  postMessage(value) {
    if (arguments.length === 0) throw native.error('TypeError', 'ERR_MISSING_ARGS', 'The "message" argument must be specified');
    if (this.#closed) throw new (native.part('event_target').DOMException)('BroadcastChannel is closed.', 'InvalidStateError');
    for (const channel of channels.get(this.#name)) {
      if (channel === this) continue;
      const data = native.clone(value, []);
      native.message('BroadcastChannel', () => { if (!channel.#closed) dispatch(channel, messageEvent('message', data)); }, channel.#handle);
    }
  }
  close() {
    if (this.#closed) return;
    this.#closed = true;
    channels.get(this.#name).delete(this);
    if (this.#refed) native.hold(-1);
    native.close('BroadcastChannel', () => dispatch(this, new Event('close')));
  }
  ref() {
    if (!this.#refed && !this.#closed) native.hold(1);
    this.#refed = true;
    return this;
  }
  unref() {
    if (this.#refed && !this.#closed) native.hold(-1);
    this.#refed = false;
    return this;
  }
}
defineHandler(BroadcastChannel.prototype, 'message');
defineHandler(BroadcastChannel.prototype, 'messageerror');

Object.assign(exports, { send, portOf: (number) => MessagePort.attach(number, number ^ 1), BroadcastChannel, MessageChannel, MessageEvent, MessagePort, NodeEventTarget, receiveMessageOnPort(port) {
  if (!(port instanceof MessagePort)) native.throwArgType('port', 'a MessagePort instance', port);
  return MessagePort.receive(port);
} });
