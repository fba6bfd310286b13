// worker_threads: the parent's side of a thread, and what a thread sees of itself. Threads themselves are in worker.c.
'use strict';

const native = module;
const EventEmitter = require('events');
const message = native.part('message');
const { MessagePort } = message;
const self = native.self();

const kFar = Symbol('far');
const kStreams = Symbol('streams');
const kReferenced = Symbol('referenced');
const kFinished = Symbol('finished');
const FD = { stdout: 1, stderr: 2 };
const environment = new Map(self?.data.environment);

// ---- Errors cross as their class among the language's own and their properties.

const CLASSES = { __proto__: null, Error, TypeError, RangeError, URIError, SyntaxError, ReferenceError, EvalError };

function allProperties(object, target) {
  if (object === null) return {};
  const all = allProperties(Object.getPrototypeOf(object), target);
  for (const key of Object.getOwnPropertyNames(object)) {
    const descriptor = Object.getOwnPropertyDescriptor(object, key);
    let { value } = descriptor;
    if (descriptor.get && key !== '__proto__') {
      try {
        value = descriptor.get.call(target);
      } catch {
        continue;
      }
    } else if (descriptor.set) {
      continue;
    }
    if (typeof value === 'function' || typeof value === 'symbol') continue;
    all[key] = { value: key === 'cause' ? { cause: encodeError(value) } : value, enumerable: descriptor.enumerable, configurable: true, writable: true };
  }
  return all;
}

function encodeError(error) {
  if (typeof error === 'object' && error !== null) {
    for (let at = error; at !== null; at = Object.getPrototypeOf(at)) {
      const { value } = Object.getOwnPropertyDescriptor(at, 'constructor') ?? {};
      const name = typeof value === 'function' ? value.name : undefined;
      if (name !== undefined && name in CLASSES) {
        const encoded = { type: 'error', name, properties: allProperties(error, error) };
        try {
          native.clone(encoded, []);
          return encoded;
        } catch {
          break;
        }
      }
    }
  }
  try {
    return { type: 'error', value: native.clone(error, []) };
  } catch {
    return { type: 'error', value: require('util').inspect(error) };
  }
}

function decodeError(encoded) {
  if (encoded.name === undefined) return encoded.value;
  const properties = { ...encoded.properties };
  if (properties.cause) properties.cause.value = decodeError(properties.cause.value.cause);
  const error = Object.create(CLASSES[encoded.name].prototype, properties);
  return Object.defineProperty(error, Symbol.toStringTag, { value: 'Error', configurable: true });
}

// ---- Worker

function pathOf(filename, isEval) {
  if (isEval) return `${process.cwd()}/[worker eval]`;
  if (filename instanceof URL) {
    if (filename.protocol === 'data:') native.unsupported('new Worker of a data: URL');
    return require('url').fileURLToPath(filename);
  }
  if (typeof filename !== 'string') native.throwArgType('filename', 'of type string or an instance of URL', filename);
  if (filename.startsWith('/') || /^\.\.?[\\/]/.test(filename)) return require('path').resolve(filename);
  const hint = filename.startsWith('file://') ? ' Wrap file:// URLs with `new URL`.' : filename.startsWith('data:text/javascript') ? ' Wrap data: URLs with `new URL`.' : '';
  throw native.error('TypeError', 'ERR_WORKER_PATH', `The worker script or module filename must be an absolute path or a relative path starting with './' or '../'.${hint
  } Received "${filename}"`);
}

function hide(object, key, value) { Object.defineProperty(object, key, { value, writable: true, configurable: true, enumerable: false }); }

class Worker extends EventEmitter {
  constructor(filename, options = {}) {
    super();
    if (options.execArgv && !Array.isArray(options.execArgv)) native.throwArgType('options.execArgv', 'an instance of Array', options.execArgv);
    const file = pathOf(filename, options.eval);
    const [internal] = native.endpoints();
    const [near, far] = native.endpoints();
    const [exits] = native.endpoints();
    const transfer = options.transferList ?? [];
    const numbers = transfer.map((item) => (item instanceof MessagePort ? MessagePort.leave(item) : undefined));
    const data = {
      workerData: options.workerData, argv: options.argv?.map((argument) => `${argument}`) ?? [], port: far,
      environment: new Map(environment), resourceLimits: { ...options.resourceLimits },
    };
    hide(this, kFar, far);
    hide(this, kStreams, { stdin: null, stdout: null, stderr: null });
    hide(this, kReferenced, true);
    hide(this, kFinished, false);
    native.listen(internal, (event) => this.#happened(event));
    native.listen(near, (value, ports) => { if (ports !== null) this.emit('message', value); });
    native.listen(exits, (code, ports) => { if (ports !== null) this.#exited(code); });
    this.threadId = native.spawn(file, options.eval ? `${filename}` : undefined, data, transfer, numbers, [internal, exits, far]);
    if (native.since(24)) this.threadName = options.name ?? 'WorkerThread';
    native.hold(1);
    for (const name of ['stdout', 'stderr']) {
      if (options[name]) this[kStreams][name] = this.#stream(name);
      else process.nextTick(() => native.wants(this.threadId, FD[name]));
    }
    if (options.stdin) native.unsupported('new Worker with stdin');
  }
  #stream(name) {
    const { Readable } = require('stream');
    return new Readable({ read: () => native.wants(this.threadId, FD[name]) });
  }
  #happened(event) {
    if (event.type === 'online') {
      this.emit('online');
    } else if (event.type === 'error') {
      this.emit('error', decodeError(event));
    } else {
      const name = event.fd === 1 ? 'stdout' : 'stderr';
      const stream = this[kStreams][name];
      if (stream) {
        stream.push(event.text);
      } else {
        process[name].write(event.text);
        process.nextTick(() => native.wants(this.threadId, event.fd));
      }
    }
  }
  #exited(code) {
    if (this[kReferenced]) native.hold(-1);
    this[kReferenced] = false;
    this[kFinished] = true;
    this.threadId = -1;
    for (const name of ['stdout', 'stderr']) this[kStreams][name]?.push(null);
    this.emit('exit', code);
  }
  get stdin() { return null; }
  get stdout() { return this[kStreams].stdout ??= this.#forwarded('stdout'); }
  get stderr() { return this[kStreams].stderr ??= this.#forwarded('stderr'); }
  #forwarded(name) {
    const stream = this.#stream(name);
    stream.on('data', (chunk) => process[name].write(chunk));
    return stream;
  }
  get resourceLimits() { return {}; }
  postMessage(value, options) {
    if (arguments.length === 0) throw native.error('TypeError', 'ERR_MISSING_ARGS', 'The "message" argument must be specified');
    const transfer = Array.isArray(options) ? options : options?.transfer ?? [];
    message.send(this[kFar], value, transfer);
  }
  terminate(callback) {
    this.ref();
    if (typeof callback === 'function') this.once('exit', (code) => callback(null, code));
    if (this[kFinished]) return Promise.resolve();
    native.terminate(this.threadId);
    return new Promise((resolve) => { this.once('exit', resolve); });
  }
  ref() {
    if (!this[kReferenced] && !this[kFinished]) native.hold(1);
    this[kReferenced] = !this[kFinished];
  }
  unref() {
    if (this[kReferenced]) native.hold(-1);
    this[kReferenced] = false;
  }
  getHeapSnapshot() { native.unsupported('worker.getHeapSnapshot'); }
}

// ---- The module

function setEnvironmentData(key, value) {
  if (value === undefined) environment.delete(key);
  else environment.set(key, value);
}

exports.encodeError = encodeError;
exports.module = {
  isMainThread: self === undefined,
  MessagePort,
  MessageChannel: message.MessageChannel,
  receiveMessageOnPort: message.receiveMessageOnPort,
  markAsUntransferable() {},
  moveMessagePortToContext() { native.unsupported('worker_threads.moveMessagePortToContext'); },
  resourceLimits: self ? self.data.resourceLimits : {},
  threadId: self ? self.threadId : 0,
  SHARE_ENV: Symbol.for('nodejs.worker_threads.SHARE_ENV'),
  Worker,
  parentPort: self ? message.portOf(self.data.port) : null,
  workerData: self ? self.data.workerData : null,
  BroadcastChannel: message.BroadcastChannel,
  setEnvironmentData,
  getEnvironmentData: (key) => environment.get(key),
};
if (self) process.argv.push(...self.data.argv);
