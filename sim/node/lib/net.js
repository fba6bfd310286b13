// Sockets and servers (R108, R109). A connection joins two sockets of this process, or one with a peer of the world. What a
// side sends takes a moment and then arrives in the other's poll phase.
'use strict';

const native = module;
const EventEmitter = require('events');
const { Duplex } = require('stream');
const { Buffer } = require('buffer');
const dns = require('dns');

// Within one machine what is sent is there at once: the next poll finds it.
const LOOPBACK_NS = 0;
const FIRST_FREE_PORT = 40001;
const servers = new Map(); // 'port' or path -> Server
let nextPort = FIRST_FREE_PORT;
let nextStream = 1;

function isIPv4(text) {
  const parts = `${text}`.split('.');
  return parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
}
const isIPv6 = (text) => /^[0-9a-fA-F:]*:[0-9a-fA-F:]*(\d+\.\d+\.\d+\.\d+)?(%\w+)?$/.test(`${text}`) && `${text}`.includes(':') && `${text}`.length > 1;
const isIP = (text) => (isIPv4(text) ? 4 : isIPv6(text) ? 6 : 0);

function failure(syscall, code, address, port) {
  const error = native.systemError(code, syscall);
  const message = port ? `${syscall} ${code} ${address}:${port}` : `${syscall} ${code}${address ? ` ${address}` : ''}`;
  error.stack = `Error: ${message}`;
  error.message = message;
  error.address = address;
  if (port) error.port = port;
  return error;
}

function validPort(port) {
  if ((typeof port !== 'number' && typeof port !== 'string') || `${port}`.trim() === '' || Number(port) !== Number(port) >>> 0 || Number(port) > 0xffff) {
    const shown = require('util').inspect(port);
    throw native.error('RangeError', 'ERR_SOCKET_BAD_PORT', `Port should be >= 0 and < 65536. Received type ${typeof port} (${shown}).`);
  }
  return Number(port);
}

// (options[, callback]), (path[, callback]), (port[, host][, backlog][, callback])
function normalize(args) {
  const callback = typeof args[args.length - 1] === 'function' ? args[args.length - 1] : null;
  const [first, second] = args;
  if (typeof first === 'object' && first !== null) return [{ ...first }, callback];
  if (typeof first === 'string' && !/^\d+$/.test(first)) return [{ path: first }, callback];
  const options = { port: first };
  if (typeof second === 'string') options.host = second;
  return [options, callback];
}

// The socket's end of a connection, as the operating system holds it.
class Handle {
  constructor(label) {
    this.label = label;
    this.peer = null; // the other end's handle
    this.owner = null;
    this.closed = false;
    this.held = false;
    this.stream = nextStream++; // what comes to it arrives in the order in which it was sent
  }
  hold(on) {
    if (this.held === on) return;
    this.held = on;
    native.hold(on ? 1 : -1);
  }
  // Something arrives at the other end: a chunk, or null for the end.
  send(chunk) {
    const { peer } = this;
    if (!peer || peer.closed) return;
    native.outside(chunk === null ? 'end of a connection' : 'data from a connection', LOOPBACK_NS, () => peer.owner?.[kReceive](chunk), false, peer.stream);
  }
  close(callback) {
    if (this.closed) return;
    this.closed = true;
    this.hold(false);
    native.close(this.label, callback);
    if (!this.ended) this.send(null);
  }
}

const kReceive = Symbol('receive');
const kHandle = Symbol('handle');
const kTimer = Symbol('timer');
const kServer = Symbol('server');

class Socket extends Duplex {
  constructor(options = {}) {
    super({ ...options, emitClose: false, autoDestroy: true, decodeStrings: true, allowHalfOpen: !!options.allowHalfOpen, read: undefined, write: undefined });
    this.connecting = false;
    this._hadError = false;
    this._host = null;
    this.bytesRead = 0;
    this.bytesWritten = 0;
    hide(this, kHandle, options[kHandle] ?? null);
    hide(this, kTimer, null);
    hide(this, kServer, null);
    if (this[kHandle]) start(this);
  }
  get pending() { return !this[kHandle] || this.connecting; }
  get readyState() {
    if (this.connecting) return 'opening';
    if (this.readable && this.writable) return 'open';
    return this.readable ? 'readOnly' : this.writable ? 'writeOnly' : 'closed';
  }
  get bufferSize() { return this[kHandle] ? this.writableLength : undefined; }
  address() { return this[kHandle] && this.localPort ? { address: this.localAddress, family: 'IPv4', port: this.localPort } : {}; }

  connect(...args) {
    const [options, callback] = normalize(args);
    if (options.path === undefined && options.port === undefined) {
      throw native.error('TypeError', 'ERR_MISSING_ARGS', 'The "options" or "port" or "path" argument must be specified');
    }
    if (callback) this.once('connect', callback);
    const label = options.path === undefined ? `net.connect ${options.port}` : `net.connect '${options.path}'`;
    this[kHandle] = new Handle(label);
    this[kHandle].owner = this;
    this.connecting = true;
    if (options.path === undefined) lookUp(this, validPort(options.port), options.host ?? 'localhost');
    else connect(this, options.path, 0, label);
    return this;
  }

  _read() {
    if (this.connecting) this.once('connect', () => this._read());
  }
  _write(chunk, encoding, callback) {
    if (this.connecting) {
      this.once('connect', () => this._write(chunk, encoding, callback));
      return;
    }
    const handle = this[kHandle];
    if (!handle) {
      callback(native.error('Error', 'ERR_SOCKET_CLOSED', 'Socket is closed'));
      return;
    }
    if (handle.peer?.closed) {
      native.outside('a failed write', LOOPBACK_NS, () => callback(failure('write', 'EPIPE')));
      return;
    }
    this.bytesWritten += chunk.length;
    idle(this);
    handle.send(Buffer.from(chunk));
    callback();
  }
  _final(callback) {
    if (this.connecting) {
      this.once('connect', () => this._final(callback));
      return;
    }
    const handle = this[kHandle];
    if (!handle) {
      callback();
      return;
    }
    handle.ended = true;
    // libuv feeds the request back to itself: the pending phase shuts the connection down.
    native.outside('shutdown', 0, () => {
      handle.send(null);
      callback();
    }, true);
  }
  _destroy(error, callback) {
    this.connecting = false;
    if (this[kTimer]) clearTimeout(this[kTimer]);
    this[kTimer] = null;
    const handle = this[kHandle];
    this[kHandle] = null;
    if (handle) {
      handle.close(() => this.emit('close', !!error));
      callback(error);
    } else {
      callback(error);
      process.nextTick(() => this.emit('close', !!error));
    }
    const server = this[kServer];
    if (!server) return;
    server._connections--;
    this[kServer] = null;
    drained(server);
  }
  [kReceive](chunk) {
    if (this.destroyed) return;
    idle(this);
    if (chunk === null) {
      this.push(null);
      this.read(0);
      return;
    }
    this.bytesRead += chunk.length;
    this.push(chunk);
  }

  destroySoon() {
    if (this.writable) this.end();
    if (this.writableFinished) this.destroy();
    else this.once('finish', this.destroy);
  }
  resetAndDestroy() { return this.destroy(); }
  setTimeout(ms, callback) {
    this.timeout = ms;
    if (this[kTimer]) clearTimeout(this[kTimer]);
    this[kTimer] = ms === 0 ? null : setTimeout(() => this.emit('timeout'), ms).unref();
    if (callback) ms === 0 ? this.removeListener('timeout', callback) : this.once('timeout', callback);
    return this;
  }
  setNoDelay() { return this; }
  setKeepAlive() { return this; }
  ref() {
    this[kHandle]?.hold(true);
    return this;
  }
  unref() {
    this[kHandle]?.hold(false);
    return this;
  }
}

function hide(object, key, value) { Object.defineProperty(object, key, { value, writable: true, configurable: true, enumerable: false }); }
function idle(socket) { socket[kTimer]?.refresh(); }

// A connected socket watches for data: that keeps the loop alive.
function start(socket) {
  socket[kHandle].owner = socket;
  socket[kHandle].hold(true);
  socket.read(0);
}

// A literal address is known at the next tick (R111), a name after a trip through the pool.
function lookUp(socket, port, host) {
  const label = `net.connect ${host}:${port}`;
  socket._host = host;
  if (isIP(host)) {
    process.nextTick(() => { if (socket.connecting) connect(socket, host, port, label); });
    return;
  }
  dns.lookup(host, (error, address, family) => {
    socket.emit('lookup', error, address, family, host);
    if (!socket.connecting) return;
    if (error) process.nextTick(() => socket.destroy(error));
    else connect(socket, address, port, label);
  });
}

function connect(socket, address, port, label) {
  const server = servers.get(port ? `${port}` : address);
  const peer = server ? null : port ? native.peer(address, port) : native.peer(undefined, undefined, address);
  if (server) {
    const near = socket[kHandle];
    const far = new Handle(server.path ? `socket of '${server.path}'` : `socket of port ${server.port}`);
    near.peer = far;
    far.peer = near;
    native.outside(`connection to ${address}${port ? `:${port}` : ''}`, LOOPBACK_NS, () => accept(server, far), false, far.stream, 'connect');
    native.outside(label, LOOPBACK_NS, () => connected(socket, address, port), false, near.stream, 'connect');
  } else if (peer.answer === 'accepts') {
    native.outside(label, peer.latency, () => {
      if (connected(socket, address, port)) play(socket, peer);
    }, false, 0, 'connect');
  } else if (peer.answer === 'silent') {
    socket[kHandle].hold(true);
  } else {
    // That a path has no socket is known at the call, and reported in the pending phase; a port's refusal arrives in poll (R109).
    const code = peer.answer === 'missing' && !port ? 'ENOENT' : 'ECONNREFUSED';
    native.outside(label, port && peer.known ? peer.latency : 0, () => {
      if (socket.connecting) socket.destroy(failure('connect', code, address, port));
    }, !port, 0, 'refused');
  }
}

function connected(socket, address, port) {
  if (socket.destroyed) return false;
  socket.connecting = false;
  if (port) Object.assign(socket, { remoteAddress: address, remotePort: port, remoteFamily: 'IPv4', localAddress: '127.0.0.1', localPort: nextPort++ });
  socket[kHandle].hold(true);
  socket.emit('connect');
  socket.emit('ready');
  if (!socket.destroyed) socket.read(0);
  return true;
}

// What a peer of the world does once it has accepted.
function play(socket, peer) {
  const handle = socket[kHandle];
  if (!handle || (peer.sends === null && !peer.closes)) return;
  native.outside('data from a peer', peer.sendsAfter, () => {
    if (peer.sends !== null && socket[kHandle] === handle) socket[kReceive](Buffer.from(peer.sends));
    if (peer.closes) native.outside('end of a connection', LOOPBACK_NS, () => socket[kReceive](null));
  });
}

// ---- Servers

class Server extends EventEmitter {
  constructor(options, listener) {
    super();
    if (typeof options === 'function') [options, listener] = [{}, options];
    this._connections = 0;
    this.allowHalfOpen = !!options?.allowHalfOpen;
    hide(this, kHandle, null);
    if (typeof listener === 'function') this.on('connection', listener);
  }
  get listening() { return !!this[kHandle]; }
  listen(...args) {
    const [options, callback] = normalize(args);
    if (this[kHandle]) throw native.error('Error', 'ERR_SERVER_ALREADY_LISTEN', 'Listen method has been called more than once without closing.');
    if (callback) this.once('listening', callback);
    if (options.path !== undefined || options.host === undefined) open(this, options);
    else dns.lookup(options.host, (error) => (error ? this.emit('error', error) : open(this, options)));
    return this;
  }
  address() {
    if (!this[kHandle]) return null;
    return this.path ?? { address: this.host ?? '::', family: this.host ? 'IPv4' : 'IPv6', port: this.port };
  }
  getConnections(callback) {
    process.nextTick(callback, null, this._connections);
    return this;
  }
  close(callback) {
    const handle = this[kHandle];
    if (typeof callback === 'function') {
      if (handle) this.once('close', callback);
      else this.once('close', () => callback(native.error('Error', 'ERR_SERVER_NOT_RUNNING', 'Server is not running.')));
    }
    if (handle) {
      this[kHandle] = null;
      servers.delete(this.path ?? `${this.port}`);
      handle.close(() => {});
    }
    drained(this);
    return this;
  }
  ref() {
    this[kHandle]?.hold(true);
    return this;
  }
  unref() {
    this[kHandle]?.hold(false);
    return this;
  }
}

function open(server, { port, path, host }) {
  if (path === undefined) {
    port = port === undefined || port === null ? 0 : validPort(port);
    if (port === 0) {
      while (servers.has(`${nextPort}`)) nextPort++;
      port = nextPort++;
    }
  }
  const key = path ?? `${port}`;
  const lacks = path !== undefined && path[0] !== '\0' && !require('fs').existsSync(require('path').dirname(path));
  if (lacks || servers.has(key)) {
    const [code, text] = lacks ? ['EACCES', 'permission denied'] : ['EADDRINUSE', 'address already in use'];
    const error = failure('listen', code, path ?? host ?? '::', port);
    error.message = error.message.replace(code, `${code}: ${text}`);
    error.stack = `Error: ${error.message}`;
    process.nextTick(() => server.emit('error', error));
    return;
  }
  Object.defineProperty(server, 'host', { value: host, configurable: true });
  Object.defineProperty(server, 'port', { value: port, configurable: true });
  Object.defineProperty(server, 'path', { value: path, configurable: true });
  servers.set(key, server);
  server[kHandle] = new Handle('net.Server');
  server[kHandle].hold(true);
  process.nextTick(() => { if (server[kHandle]) server.emit('listening'); });
  for (const request of native.requests()) {
    if (request.method !== null || (path === undefined ? request.port !== port : request.path !== path)) continue;
    native.outside('a client', request.at, () => visit(server, request));
  }
}

// A client of the world: connects, sends its text, ends.
function visit(server, request) {
  if (!server[kHandle]) return;
  const handle = new Handle('socket of a client');
  const socket = accept(server, handle);
  if (request.body !== null) native.outside('data from a client', LOOPBACK_NS, () => socket[kReceive](Buffer.from(request.body)), false, handle.stream);
  native.outside('end of a client', LOOPBACK_NS, () => socket[kReceive](null), false, handle.stream);
}

function accept(server, handle) {
  if (!server[kHandle]) {
    handle.close(() => {});
    return null;
  }
  const socket = new Socket({ allowHalfOpen: server.allowHalfOpen, [kHandle]: handle });
  socket[kServer] = server;
  server._connections++;
  if (server.port) Object.assign(socket, { remoteAddress: '127.0.0.1', remotePort: nextPort++, remoteFamily: 'IPv4', localAddress: '127.0.0.1', localPort: server.port });
  server.emit('connection', socket);
  return socket;
}

// A server is closed once it listens no more and its last connection is gone: told by a tick (R108).
function drained(server) {
  if (server[kHandle] || server._connections > 0) return;
  process.nextTick(() => server.emit('close'));
}

function createConnection(...args) {
  const [options] = normalize(args);
  const socket = new Socket(options);
  if (options.timeout) socket.setTimeout(options.timeout);
  return socket.connect(...args);
}

Object.assign(exports, {
  Socket, Stream: Socket, Server, connect: createConnection, createConnection,
  createServer: (options, listener) => new Server(options, listener), isIP, isIPv4, isIPv6,
});
