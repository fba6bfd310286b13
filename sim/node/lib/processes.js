// Processes that run Node: child_process.fork, spawn and exec of a file of the world, and cluster. Such a process is an agent
// of worker.c with a machine and a loop of its own; no other program runs here.
'use strict';

const native = module;
const EventEmitter = require('events');
const SIGNALS = { __proto__: null, SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGKILL: 9, SIGUSR1: 10, SIGUSR2: 12, SIGTERM: 15 };

function toMessage(message) {
  if (message === undefined) throw native.error('TypeError', 'ERR_MISSING_ARGS', 'The "message" argument must be specified');
  if (!['string', 'object', 'number', 'boolean'].includes(typeof message)) {
    native.throwArgType('message', 'one of type string, object, number, or boolean', message);
  }
  return JSON.stringify(message);
}

function channelClosed(target, callback) {
  const error = native.error('Error', 'ERR_IPC_CHANNEL_CLOSED', 'Channel closed');
  if (typeof callback === 'function') process.nextTick(callback, error);
  else process.nextTick(() => target.emit('error', error));
  return false;
}

// One end of a channel between two processes: target.send, disconnect, 'message' and 'disconnect'. What comes before anybody
// listens waits. `handle(message)` sees what is not the program's; `onClosed` is called before 'disconnect'.
function openChannel(target, near, handle, onClosed) {
  const pending = [];
  const far = near ^ 1;
  const finish = () => {
    onClosed?.();
    target.emit('disconnect');
  };
  function closed() {
    if (!target.connected) return;
    target.connected = false;
    process.nextTick(finish);
  }
  function emitMessage(message) {
    target.emit('message', message, undefined);
  }
  function arrive(event) {
    if (event.internal) handle(event.internal);
    else if (target.listenerCount('message') === 0) pending.push(event.message);
    else process.nextTick(emitMessage, JSON.parse(event.message));
  }
  target.connected = true;
  native.listen(near, (event, ports) => {
    if (ports === null || event.close) closed();
    else if (target.connected || event.internal) arrive(event);
  });
  target.on('newListener', (name) => {
    if (name !== 'message' || pending.length === 0) return;
    process.nextTick(() => { for (const message of pending.splice(0)) emitMessage(JSON.parse(message)); });
  });
  target.send = function send(message, sendHandle, options, callback) {
    for (const last of [sendHandle, options]) if (typeof last === 'function') callback = last;
    const text = toMessage(message);
    if (sendHandle !== undefined && sendHandle !== null && typeof sendHandle === 'object') native.unsupported('sending a handle to a process');
    if (!target.connected) return channelClosed(target, callback);
    native.send(far, { message: text }, [], [], []);
    if (typeof callback === 'function') process.nextTick(callback, null);
    return true;
  };
  target.disconnect = function disconnect() {
    if (!target.connected) {
      target.emit('error', native.error('Error', 'ERR_IPC_DISCONNECTED', 'IPC channel is already disconnected'));
      return;
    }
    native.send(far, { close: true }, [], [], []);
    closed();
  };
  return (message) => { if (target.connected) native.send(far, { internal: message }, [], [], []); };
}

// ---- The parent's side

function stdioOf(options, forks) {
  const stdio = options.stdio ?? (forks ? (options.silent ? 'pipe' : 'inherit') : 'pipe');
  const all = Array.isArray(stdio) ? stdio : [stdio, stdio, stdio];
  return [0, 1, 2].map((fd) => (all[fd] === undefined || all[fd] === null ? (fd < 3 ? 'pipe' : 'ignore') : all[fd] === fd ? 'inherit' : all[fd]));
}

class ChildProcess extends EventEmitter {
  #number;
  #far;
  #ended = 0; // of the things that 'close' waits for
  #waits = 1;
  constructor(file, code, args, options, forks) {
    super();
    const stdio = stdioOf(options, forks);
    const [internal] = native.endpoints();
    const [near, far] = native.endpoints();
    this.#far = far;
    const [exits] = native.endpoints();
    this.signalCode = null;
    this.exitCode = null;
    this.killed = false;
    this.spawnfile = process.execPath;
    this.spawnargs = [process.execPath, ...(file === undefined ? [] : [file]), ...args];
    this.connected = false;
    const ipc = forks || (Array.isArray(options.stdio) && options.stdio.includes('ipc'));
    const data = { args: args.map((a) => `${a}`), env: { ...(options.env ?? process.env) }, port: far, ipc, cluster: options.cluster, ppid: process.pid };
    native.listen(internal, (event) => this.#output(event));
    native.listen(exits, (status, ports) => { if (ports !== null) this.#exited(status); });
    const piped = (stdio[1] !== 'inherit' ? 2 : 0) + (stdio[2] !== 'inherit' ? 4 : 0);
    this.#number = native.spawn(file ?? `${process.cwd()}/[eval]`, code, data, [], [], [internal, exits, far], 1 + piped);
    this.pid = this.#number;
    this.stdin = stdio[0] === 'pipe' && !forks ? this.#input() : null;
    this.stdout = stdio[1] === 'pipe' ? this.#pipe() : null;
    this.stderr = stdio[2] === 'pipe' ? this.#pipe() : null;
    this.stdio = [this.stdin, this.stdout, this.stderr];
    this.tell = ipc ? openChannel(this, near, (message) => options.handle?.(message)) : undefined;
    Object.defineProperty(this, 'tell', { enumerable: false });
    native.hold(1);
    if (native.since(15)) process.nextTick(() => this.emit('spawn'));
  }
  #input() {
    const { Writable } = require('stream');
    return new Writable({ write() { native.unsupported('writing to the standard input of a process'); } });
  }
  #pipe() {
    const { Readable } = require('stream');
    const stream = new Readable({ read() {} });
    this.#waits++;
    stream.on('close', () => this.#closed());
    return stream;
  }
  #output({ fd, text }) {
    this.stdio[fd]?.push(Buffer.from(text));
  }
  #closed() {
    if (++this.#ended === this.#waits) this.emit('close', this.exitCode, this.signalCode);
  }
  // Its pipes end before the parent learns of its end.
  #exited(status) {
    if (this.connected) {
      this.connected = false;
      this.emit('disconnect');
    }
    for (const stream of [this.stdout, this.stderr]) stream?.push(null);
    setImmediate(() => this.#reaped(status));
  }
  #reaped(status) {
    native.hold(-1);
    if (this.#signal === undefined) this.exitCode = status;
    else this.signalCode = this.#signal;
    this.emit('exit', this.exitCode, this.signalCode);
    for (const stream of [this.stdout, this.stderr]) if (stream && !stream.readableFlowing && !stream.listenerCount('readable')) stream.resume();
    this.#closed();
  }
  #signal;
  kill(signal = 'SIGTERM') {
    const name = typeof signal === 'number' ? Object.keys(SIGNALS).find((key) => SIGNALS[key] === signal) ?? signal : signal;
    if (name !== 0 && !(name in SIGNALS)) throw native.error('TypeError', 'ERR_UNKNOWN_SIGNAL', `Unknown signal: ${signal}`);
    if (this.exitCode !== null || this.signalCode !== null) return false;
    if (name !== 0) {
      this.killed = true;
      if (name !== 'SIGKILL' && native.handles(this.#number, name)) {
        native.send(this.#far, { internal: { signal: name } }, [], [], []);
      } else {
        this.#signal = name;
        native.terminate(this.#number);
      }
    }
    return true;
  }
  ref() {}
  unref() { native.unsupported('unref of a process'); }
}

function fileOf(name, options) {
  if (name instanceof require('url').URL) name = require('url').fileURLToPath(name);
  if (typeof name !== 'string') native.throwArgType('modulePath', 'of type string or an instance of Buffer or URL', name);
  const file = require('path').resolve(options.cwd === undefined ? process.cwd() : `${options.cwd}`, name);
  return !native.isFile(file) && native.isFile(`${file}.js`) ? `${file}.js` : file;
}

function fork(modulePath, args, options) {
  if (!Array.isArray(args)) [args, options] = [[], args];
  options = { ...options };
  return new ChildProcess(fileOf(modulePath, options), undefined, args ?? [], options, true);
}

const isNode = (command) => command === process.execPath || command === 'node' || command === process.argv0;

// `node [-e code] file args`; what else a system could run is not there.
function start(call, command, args, options) {
  if (!isNode(command)) native.unsupported(`child_process.${call} of anything but node ('${command}')`);
  const evaluates = args[0] === '-e' || args[0] === '--eval';
  if (!evaluates && (args.length === 0 || args[0].startsWith('-'))) native.unsupported(`child_process.${call} of node ${args[0] ?? 'without a file'}`);
  const file = evaluates ? undefined : fileOf(args[0], options);
  return new ChildProcess(file, evaluates ? args[1] : undefined, args.slice(evaluates ? 2 : 1), options, false);
}

function spawn(command, args, options) {
  if (typeof command !== 'string') native.throwArgType('file', 'of type string', command);
  if (!Array.isArray(args)) [args, options] = [[], args];
  return start('spawn', command, args, { ...options });
}

function collect(child, command, callback) {
  const out = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr']) {
    child[name]?.setEncoding('utf8');
    child[name]?.on('data', (text) => { out[name] += text; });
  }
  child.on('close', (code, signal) => {
    if (code === 0 && signal === null) {
      callback?.(null, out.stdout, out.stderr);
      return;
    }
    const error = new Error(`Command failed: ${command}\n${out.stderr}`);
    Object.assign(error, { code, killed: child.killed, signal, cmd: command });
    callback?.(error, out.stdout, out.stderr);
  });
  return child;
}

function execFile(file, args, options, callback) {
  const rest = [args, options, callback].filter((a) => a !== undefined && a !== null);
  args = Array.isArray(rest[0]) ? rest.shift() : [];
  callback = rest.find((a) => typeof a === 'function');
  options = rest.find((a) => typeof a === 'object') ?? {};
  return collect(start('execFile', file, args, { ...options, stdio: 'pipe' }), [file, ...args].join(' '), callback);
}

function exec(command, options, callback) {
  if (typeof command !== 'string') native.throwArgType('command', 'of type string', command);
  if (typeof options === 'function') [callback, options] = [options, {}];
  const words = (command.match(/"[^"]*"|'[^']*'|\S+/g) ?? []).map((word) => (/^["']/.test(word) ? word.slice(1, -1) : word));
  if (/[|&;<>$`*?(){}]/.test(command.replace(/"[^"]*"|'[^']*'/g, ''))) native.unsupported(`child_process.exec of a shell command ('${command}')`);
  return collect(start('exec', words[0], words.slice(1), { ...options, stdio: 'pipe' }), command, callback);
}

const promised = (call) => ({
  value: (...args) => {
    let child;
    const promise = new Promise((resolve, reject) => {
      child = call(...args, (error, stdout, stderr) => {
        if (error) reject(Object.assign(error, { stdout, stderr }));
        else resolve({ stdout, stderr });
      });
    });
    promise.child = child;
    return promise;
  },
  enumerable: false,
});
for (const call of [exec, execFile]) Object.defineProperty(call, require('util').promisify.custom, promised(call));

const unsupported = (name) => Object.defineProperty(() => native.unsupported(`child_process.${name}`), 'name', { value: name });
exports.child_process = {
  ChildProcess, exec, execFile, execFileSync: unsupported('execFileSync'), execSync: unsupported('execSync'), fork, spawn,
  spawnSync: unsupported('spawnSync'),
};

// ---- The child's side

const self = native.child();
let tellParent;

exports.start = () => {
  const { args, env, port, ipc, cluster, ppid } = self.data;
  process.argv.length = 2;
  process.argv.push(...args);
  for (const key of Object.keys(process.env)) if (!(key in env)) delete process.env[key];
  Object.assign(process.env, env);
  process.pid = self.pid;
  process.ppid = ppid;
  if (!ipc) {
    native.listen(port, (event) => { if (event?.internal) signalled(event.internal.signal); });
    return;
  }
  // The channel keeps the process alive while somebody listens to it.
  let held = 0;
  const counts = (name) => name === 'message' || name === 'disconnect';
  process.on('newListener', (name) => { if (counts(name) && process.connected && held++ === 0) native.hold(1); });
  process.on('removeListener', (name) => { if (counts(name) && held > 0 && --held === 0) native.hold(-1); });
  tellParent = openChannel(process, port, (message) => (message.signal ? signalled(message.signal) : handleInChild(message)), () => {
    if (held > 0) native.hold(-1);
    held = 0;
  });
  process.channel = { ref() {}, unref() {} };
  if (cluster !== undefined) tellParent({ act: 'online' });
};

function signalled(signal) { process.emit(signal, signal, SIGNALS[signal]); }

// ---- cluster

let handleInChild;
const cluster = new EventEmitter();

class Worker extends EventEmitter {
  constructor(id, target) {
    super();
    this.exitedAfterDisconnect = undefined;
    this.state = 'none';
    this.id = id;
    this.process = target;
    target.on('error', (...args) => this.emit('error', ...args));
    target.on('message', (message, handle) => this.emit('message', message, handle));
  }
  send(...args) { return this.process.send(...args); }
  isDead() { return this.process.exitCode !== null || this.process.signalCode !== null; }
  isConnected() { return this.process.connected; }
  kill(...args) { return this.destroy(...args); }
}

function setUpPrimary() {
  const workers = cluster.workers = {};
  cluster.isWorker = false;
  cluster.isMaster = true;
  if (native.since(16)) cluster.isPrimary = true;
  cluster.Worker = Worker;
  cluster.settings = {};
  cluster.SCHED_NONE = 1;
  cluster.SCHED_RR = 2;
  cluster.schedulingPolicy = 2;
  let ids = 0, isSetUp = false;

  cluster.setupMaster = cluster.setupPrimary = function setupPrimary(options) {
    cluster.settings = { args: process.argv.slice(2), exec: process.argv[1], execArgv: process.execArgv, silent: false, ...cluster.settings, ...options };
    if (isSetUp) {
      process.nextTick(() => cluster.emit('setup', cluster.settings));
      return;
    }
    isSetUp = true;
    process.nextTick(() => cluster.emit('setup', cluster.settings));
  };
  if (!native.since(16)) delete cluster.setupPrimary;

  function gone(worker) {
    delete workers[worker.id];
    if (Object.keys(workers).length === 0) cluster.emit('_alldisconnected');
  }

  cluster.fork = function fork(env) {
    cluster.setupMaster();
    const id = ++ids;
    const child = new ChildProcess(fileOf(cluster.settings.exec, cluster.settings), undefined, cluster.settings.args, {
      env: { ...process.env, ...env }, silent: cluster.settings.silent, stdio: cluster.settings.stdio, cluster: id,
      handle(message) {
        if (message.act === 'online') {
          worker.emit('online');
          cluster.emit('online', worker);
        } else if (message.act === 'exitedAfterDisconnect') {
          worker.exitedAfterDisconnect = true;
          child.tell({ act: 'ack' });
        }
      },
    }, true);
    const worker = new Worker(id, child);
    worker.on('message', function (message, handle) { cluster.emit('message', this, message, handle); });
    child.once('exit', (code, signal) => {
      if (!worker.isConnected()) gone(worker);
      worker.exitedAfterDisconnect = !!worker.exitedAfterDisconnect;
      worker.state = 'dead';
      worker.emit('exit', code, signal);
      cluster.emit('exit', worker, code, signal);
    });
    child.once('disconnect', () => {
      if (worker.isDead()) gone(worker);
      worker.exitedAfterDisconnect = !!worker.exitedAfterDisconnect;
      worker.state = 'disconnected';
      worker.emit('disconnect');
      cluster.emit('disconnect', worker);
    });
    worker.disconnect = function () {
      worker.exitedAfterDisconnect = true;
      child.tell({ act: 'disconnect' });
      gone(worker);
      return worker;
    };
    worker.destroy = (signal = 'SIGTERM') => {
      if (native.since(18) || !worker.isConnected()) {
        child.kill(signal);
        return;
      }
      worker.once('disconnect', () => child.kill(signal));
      worker.disconnect();
    };
    process.nextTick(() => cluster.emit('fork', worker));
    workers[id] = worker;
    return worker;
  };

  cluster.disconnect = function disconnect(callback) {
    const all = Object.keys(workers);
    if (all.length === 0) process.nextTick(() => cluster.emit('_alldisconnected'));
    else for (const key of all) if (workers[key].isConnected()) workers[key].disconnect();
    if (typeof callback === 'function') cluster.once('_alldisconnected', callback);
  };
}

function setUpWorker() {
  cluster.isWorker = true;
  cluster.isMaster = false;
  if (native.since(16)) cluster.isPrimary = false;
  cluster.Worker = Worker;
  const worker = cluster.worker = new Worker(self.data.cluster, process);
  process.once('disconnect', () => {
    worker.emit('disconnect');
    if (!worker.exitedAfterDisconnect) process.exit(0);
  });
  function leave() {
    if (process.connected) process.disconnect();
  }
  handleInChild = (message) => {
    if (message.act === 'disconnect') {
      worker.exitedAfterDisconnect = true;
      leave();
    } else if (message.act === 'ack') {
      leave();
    }
  };
  worker.isDead = () => false;
  worker.disconnect = () => {
    if (worker.exitedAfterDisconnect !== undefined) return worker;
    worker.exitedAfterDisconnect = true;
    tellParent({ act: 'exitedAfterDisconnect' });
    return worker;
  };
  worker.destroy = () => {
    if (worker.exitedAfterDisconnect) return;
    worker.exitedAfterDisconnect = true;
    if (!process.connected) {
      process.exit(0);
      return;
    }
    tellParent({ act: 'exitedAfterDisconnect' });
    process.once('disconnect', () => process.exit(0));
  };
}

if (self?.data.cluster === undefined) setUpPrimary();
else setUpWorker();
exports.cluster = cluster;
