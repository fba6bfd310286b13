// http over the sockets of net.js: a server, a client, an agent. What is sent is HTTP/1.1 text, so that a program may also look
// at it with net.
'use strict';

const native = module;
const net = require('net');
const { Readable, Stream } = require('stream');
const EventEmitter = require('events');
const { Buffer } = require('buffer');

const METHODS = ['ACL', 'BIND', 'CHECKOUT', 'CONNECT', 'COPY', 'DELETE', 'GET', 'HEAD', 'LINK', 'LOCK', 'M-SEARCH', 'MERGE', 'MKACTIVITY', 'MKCALENDAR',
  'MKCOL', 'MOVE', 'NOTIFY', 'OPTIONS', 'PATCH', 'POST', 'PROPFIND', 'PROPPATCH', 'PURGE', 'PUT', ...(native.since(22) || native.since(20) && !native.since(21) ? ['QUERY'] : []), 'REBIND', 'REPORT', 'SEARCH', 'SOURCE', 'SUBSCRIBE',
  'TRACE', 'UNBIND', 'UNLINK', 'UNLOCK', 'UNSUBSCRIBE'];
const STATUS_CODES = {
  100: 'Continue', 101: 'Switching Protocols', 102: 'Processing', 103: 'Early Hints', 200: 'OK', 201: 'Created', 202: 'Accepted',
  203: 'Non-Authoritative Information', 204: 'No Content', 205: 'Reset Content', 206: 'Partial Content', 207: 'Multi-Status', 208: 'Already Reported',
  226: 'IM Used', 300: 'Multiple Choices', 301: 'Moved Permanently', 302: 'Found', 303: 'See Other', 304: 'Not Modified', 305: 'Use Proxy',
  307: 'Temporary Redirect', 308: 'Permanent Redirect', 400: 'Bad Request', 401: 'Unauthorized', 402: 'Payment Required', 403: 'Forbidden',
  404: 'Not Found', 405: 'Method Not Allowed', 406: 'Not Acceptable', 407: 'Proxy Authentication Required', 408: 'Request Timeout', 409: 'Conflict',
  410: 'Gone', 411: 'Length Required', 412: 'Precondition Failed', 413: 'Payload Too Large', 414: 'URI Too Long', 415: 'Unsupported Media Type',
  416: 'Range Not Satisfiable', 417: 'Expectation Failed', 418: "I'm a Teapot", 421: 'Misdirected Request', 422: 'Unprocessable Entity', 423: 'Locked',
  424: 'Failed Dependency', 425: 'Too Early', 426: 'Upgrade Required', 428: 'Precondition Required', 429: 'Too Many Requests',
  431: 'Request Header Fields Too Large', 451: 'Unavailable For Legal Reasons', 500: 'Internal Server Error', 501: 'Not Implemented', 502: 'Bad Gateway',
  503: 'Service Unavailable', 504: 'Gateway Timeout', 505: 'HTTP Version Not Supported', 506: 'Variant Also Negotiates', 507: 'Insufficient Storage',
  508: 'Loop Detected', 509: 'Bandwidth Limit Exceeded', 510: 'Not Extended', 511: 'Network Authentication Required',
};
const KEEPS_ALIVE = native.since(19); // the global agent does
const SERVER_KEEP_ALIVE_MS = 5000;

const kHeaders = Symbol('headers');
const kParser = Symbol('parser');
const kConnections = Symbol('connections');
const kIdle = Symbol('idle');

function hide(object, key, value) { Object.defineProperty(object, key, { value, writable: true, configurable: true, enumerable: false }); }
const coded = (kind, code, message) => native.error(kind, code, message);
function hangUp() {
  const error = new Error('socket hang up');
  error.code = 'ECONNRESET';
  return error;
}

// ---- Parsing what a socket receives: a head, then a body by its length, in chunks, or until the end.

class Parser {
  constructor(onHead, onBody, onDone) {
    Object.assign(this, { onHead, onBody, onDone, rest: Buffer.alloc(0), state: 'head', left: 0 });
  }
  take(bytes) {
    this.rest = this.rest.length ? Buffer.concat([this.rest, bytes]) : bytes;
    while (this.step());
  }
  line() {
    const end = this.rest.indexOf('\r\n');
    if (end < 0) return null;
    const line = this.rest.toString('latin1', 0, end);
    this.rest = this.rest.subarray(end + 2);
    return line;
  }
  step() {
    switch (this.state) {
      case 'head': return this.head();
      case 'length': case 'chunk': return this.piece();
      case 'until end': {
        const { rest } = this;
        this.rest = Buffer.alloc(0);
        if (rest.length) this.onBody(rest);
        return false;
      }
      case 'size': {
        const line = this.line();
        if (line === null) return false;
        this.left = Number.parseInt(line, 16);
        this.state = this.left ? 'chunk' : 'trailer';
        return true;
      }
      default: { // 'chunk end', 'trailer'
        const line = this.line();
        if (line === null) return false;
        if (this.state === 'chunk end') this.state = 'size';
        else if (line === '') this.done();
        return true;
      }
    }
  }
  head() {
    const end = this.rest.indexOf('\r\n\r\n');
    if (end < 0) return false;
    const [first, ...lines] = this.rest.toString('latin1', 0, end).split('\r\n');
    this.rest = this.rest.subarray(end + 4);
    const raw = [].concat(...lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]));
    const body = this.onHead(first, raw, headersOf(raw));
    if (body === 0) this.done();
    else if (body === 'chunked') this.state = 'size';
    else if (body === 'until end') this.state = 'until end';
    else Object.assign(this, { state: 'length', left: body });
    return true;
  }
  piece() {
    if (!this.rest.length) return false;
    const bytes = this.rest.subarray(0, this.left);
    this.rest = this.rest.subarray(bytes.length);
    this.left -= bytes.length;
    this.onBody(bytes);
    if (this.left) return false;
    if (this.state === 'chunk') this.state = 'chunk end';
    else this.done();
    return true;
  }
  done() {
    this.state = 'head';
    this.onDone();
  }
  // The socket ended: true when that ends a message well.
  end() {
    const whole = this.state === 'until end' || (this.state === 'head' && !this.rest.length);
    if (this.state === 'until end') this.done();
    return whole;
  }
}

const ONLY_ONCE = new Set(['age', 'authorization', 'content-length', 'content-type', 'etag', 'expires', 'from', 'host', 'if-modified-since',
  'if-unmodified-since', 'last-modified', 'location', 'max-forwards', 'proxy-authorization', 'referer', 'retry-after', 'server', 'user-agent']);

function headersOf(raw) {
  const headers = {};
  for (let i = 0; i < raw.length; i += 2) {
    const name = raw[i].toLowerCase();
    if (name === 'set-cookie') (headers[name] ??= []).push(raw[i + 1]);
    else if (headers[name] === undefined) headers[name] = raw[i + 1];
    else if (!ONLY_ONCE.has(name)) headers[name] += `${name === 'cookie' ? '; ' : ', '}${raw[i + 1]}`;
  }
  return headers;
}

function bodyOf(headers, otherwise) {
  if (/chunked/i.test(headers['transfer-encoding'] ?? '')) return 'chunked';
  return headers['content-length'] === undefined ? otherwise : Number(headers['content-length']);
}

// ---- Messages that arrive

class IncomingMessage extends Readable {
  constructor(socket) {
    super({ highWaterMark: socket?.readableHighWaterMark });
    Object.assign(this, {
      httpVersionMajor: null, httpVersionMinor: null, httpVersion: null, complete: false, rawHeaders: [], rawTrailers: [], joinDuplicateHeaders: undefined,
      aborted: false, upgrade: null, url: '', method: null, statusCode: null, statusMessage: null, client: socket,
    });
    hide(this, 'socket', socket);
    hide(this, kHeaders, {});
  }
  get headers() { return this[kHeaders]; }
  set headers(headers) { this[kHeaders] = headers; }
  get trailers() { return {}; }
  get connection() { return this.socket; }
  setTimeout(ms, callback) {
    if (callback) this.on('timeout', callback);
    this.socket.setTimeout(ms);
    return this;
  }
  _read() {}
  _destroy(error, callback) {
    if (!this.readableEnded || !this.complete) {
      this.aborted = true;
      this.emit('aborted');
    }
    if (this.socket && !this.socket.destroyed && this.aborted) this.socket.destroy(error);
    process.nextTick(callback, this.listenerCount('error') ? error : null);
  }
  _dump() {
    this.resume();
  }
}

function fill(message, version, raw, headers) {
  message.httpVersion = version;
  [message.httpVersionMajor, message.httpVersionMinor] = version.split('.').map(Number);
  message.rawHeaders = raw;
  message[kHeaders] = headers;
}

// ---- Messages that leave

const TOKEN = /^[\^_`a-zA-Z\-0-9!#$%&'*+.|~]+$/;

function validateHeaderName(name, label = 'Header name') {
  if (typeof name !== 'string' || !TOKEN.test(name)) throw coded('TypeError', 'ERR_INVALID_HTTP_TOKEN', `${label} must be a valid HTTP token ["${name}"]`);
}
function validateHeaderValue(name, value) {
  if (value === undefined) throw coded('TypeError', 'ERR_HTTP_INVALID_HEADER_VALUE', `Invalid value "${value}" for header "${name}"`);
  if (/[^\t\x20-\x7e\x80-\xff]/.test(value)) throw coded('TypeError', 'ERR_INVALID_CHAR', `Invalid character in header content ["${name}"]`);
}

class OutgoingMessage extends Stream {
  constructor() {
    super();
    Object.assign(this, { destroyed: false, finished: false, chunkedEncoding: false, shouldKeepAlive: true, sendDate: false, headersSent: false });
    for (const key of ['socket', '_header', '_queue', '_hasBody', '_ending', '_done', '_closed', kHeaders]) hide(this, key, null);
    this._queue = []; // what is sent before there is a socket
    this._hasBody = true;
    this[kHeaders] = new Map();
  }
  get connection() { return this.socket; }
  get writableEnded() { return this.finished; }
  get writableFinished() { return !!this._done; }
  get writable() { return !this.destroyed && !this.finished; }
  get writableLength() { return 0; }
  get writableHighWaterMark() { return this.socket?.writableHighWaterMark ?? 65536; }
  get writableObjectMode() { return false; }
  get writableCorked() { return 0; }
  get closed() { return !!this._closed; }
  get errored() { return null; }
  setHeader(name, value) {
    if (this._header) throw coded('Error', 'ERR_HTTP_HEADERS_SENT', 'Cannot set headers after they are sent to the client');
    validateHeaderName(name);
    validateHeaderValue(name, value);
    this[kHeaders].set(name.toLowerCase(), [name, value]);
    return this;
  }
  setHeaders(headers) {
    for (const [name, value] of headers) this.setHeader(name, value);
    return this;
  }
  appendHeader(name, value) {
    const known = this.getHeader(name);
    return this.setHeader(name, known === undefined ? value : [].concat(known, value));
  }
  getHeader(name) { return this[kHeaders].get(name.toLowerCase())?.[1]; }
  getHeaders() {
    const all = Object.create(null);
    for (const [name, [, value]] of this[kHeaders]) all[name] = value;
    return all;
  }
  getHeaderNames() { return [...this[kHeaders].keys()]; }
  getRawHeaderNames() { return [...this[kHeaders].values()].map(([name]) => name); }
  hasHeader(name) { return this[kHeaders].has(name.toLowerCase()); }
  removeHeader(name) {
    if (this._header) throw coded('Error', 'ERR_HTTP_HEADERS_SENT', 'Cannot remove headers after they are sent to the client');
    this[kHeaders].delete(name.toLowerCase());
  }
  flushHeaders() {
    if (!this._header) this._implicitHeader();
    this._flushHead();
  }
  // The first line and the headers, with those that Node adds. `length`: of the whole body, when that is known.
  _storeHeader(first, length) {
    const lines = [first];
    for (const [name, value] of this[kHeaders].values()) for (const one of [].concat(value)) lines.push(`${name}: ${one}`);
    if (this.sendDate && !this.hasHeader('date')) lines.push(`Date: ${new Date().toUTCString()}`);
    const connection = this.getHeader('connection');
    if (connection !== undefined) {
      if (/close/i.test(connection)) this.shouldKeepAlive = false;
    } else {
      lines.push(`Connection: ${this.shouldKeepAlive ? 'keep-alive' : 'close'}`);
      if (this.shouldKeepAlive && this._keepAliveSeconds) lines.push(`Keep-Alive: timeout=${this._keepAliveSeconds}`);
    }
    if (/chunked/i.test(this.getHeader('transfer-encoding') ?? '')) {
      this.chunkedEncoding = true;
    } else if (this._hasBody && !this.hasHeader('content-length')) {
      if (length !== undefined) {
        if (length > 0 || !this._mayLackBody) lines.push(`Content-Length: ${length}`);
      } else {
        lines.push('Transfer-Encoding: chunked');
        this.chunkedEncoding = true;
      }
    }
    this._header = `${lines.join('\r\n')}\r\n\r\n`;
  }
  _flushHead() {
    if (this.headersSent) return;
    this.headersSent = true;
    this._send(this._header);
  }
  _send(bytes, callback) {
    if (!this.socket) {
      this._queue.push([bytes, callback]);
      return false;
    }
    return this.socket.write(bytes, 'latin1', callback);
  }
  _assignSocket(socket) {
    this.socket = socket;
    for (const [bytes, callback] of this._queue.splice(0)) this._send(bytes, callback);
  }
  write(chunk, encoding, callback) {
    if (typeof encoding === 'function') [callback, encoding] = [encoding, undefined];
    if (chunk === null) throw coded('TypeError', 'ERR_STREAM_NULL_VALUES', 'May not write null values to stream');
    if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array)) {
      native.throwArgType('chunk', 'of type string or an instance of Buffer or Uint8Array', chunk);
    }
    if (this.finished || this.destroyed) {
      const error = this.finished ? coded('Error', 'ERR_STREAM_WRITE_AFTER_END', 'write after end') : coded('Error', 'ERR_STREAM_DESTROYED', 'Cannot call write after a stream was destroyed');
      process.nextTick(() => {
        if (this.finished) this.emit('error', error);
        callback?.(error);
      });
      return this.destroyed;
    }
    if (!this._header) this._implicitHeader();
    this._flushHead();
    if (!this._hasBody) {
      if (callback) process.nextTick(callback);
      return true;
    }
    return this._body(Buffer.from(chunk, encoding), callback);
  }
  _body(bytes, callback) {
    if (!this.chunkedEncoding) return this._send(bytes, callback);
    this._send(`${bytes.length.toString(16)}\r\n`);
    this._send(bytes);
    return this._send('\r\n', callback);
  }
  end(chunk, encoding, callback) {
    if (typeof chunk === 'function') [callback, chunk] = [chunk, undefined];
    else if (typeof encoding === 'function') [callback, encoding] = [encoding, undefined];
    if (this.finished) {
      if (typeof callback === 'function') {
        if (this._done) process.nextTick(callback, coded('Error', 'ERR_STREAM_ALREADY_FINISHED', 'Cannot call end after a stream was finished'));
        else this.on('finish', callback);
      }
      return this;
    }
    const bytes = chunk === undefined || chunk === null ? null : Buffer.from(chunk, encoding);
    if (typeof callback === 'function') this.once('finish', callback);
    if (!this._header) this._implicitHeader(bytes ? bytes.length : 0);
    this._flushHead();
    if (bytes?.length && this._hasBody) this._body(bytes);
    this.finished = true;
    const finish = () => {
      this._done = true;
      this.emit('finish');
    };
    if (this._hasBody && this.chunkedEncoding) this._send('0\r\n\r\n', finish);
    else this._send('', finish);
    return this;
  }
  cork() {}
  uncork() {}
  destroy(error) {
    if (this.destroyed) return this;
    this.destroyed = true;
    if (this.socket) this.socket.destroy(error);
    return this;
  }
  setTimeout(ms, callback) {
    if (callback) this.on('timeout', callback);
    if (this.socket) this.socket.setTimeout(ms);
    else this.once('socket', (socket) => socket.setTimeout(ms));
    return this;
  }
  pipe() { this.emit('error', coded('Error', 'ERR_STREAM_CANNOT_PIPE', 'Cannot pipe, not readable')); }
}

// ---- Server

class ServerResponse extends OutgoingMessage {
  constructor(req) {
    super();
    this.req = req;
    this.sendDate = true;
    this.statusCode = 200;
    this.statusMessage = undefined;
    if (req.method === 'HEAD') this._hasBody = false;
  }
  writeHead(statusCode, message, headers) {
    if (this._header) throw coded('Error', 'ERR_HTTP_HEADERS_SENT', 'Cannot write headers after they are sent to the client');
    const status = statusCode | 0;
    if (status < 100 || status > 999) throw coded('RangeError', 'ERR_HTTP_INVALID_STATUS_CODE', `Invalid status code: ${statusCode}`);
    if (typeof message === 'string') this.statusMessage = message;
    else headers = message;
    this.statusCode = status;
    const pairs = Array.isArray(headers) ? Array.from({ length: headers.length / 2 }, (_, i) => [headers[2 * i], headers[2 * i + 1]]) : Object.entries(headers ?? {});
    for (const [name, value] of pairs) this.setHeader(name, value);
    this._head();
    return this;
  }
  _head(length) {
    this.statusMessage ||= STATUS_CODES[this.statusCode] ?? 'unknown';
    if (this.statusCode === 204 || this.statusCode === 304 || this.statusCode < 200) this._hasBody = false;
    this._storeHeader(`HTTP/1.1 ${this.statusCode} ${this.statusMessage}`, length);
  }
  _implicitHeader(length) { this._head(length); }
  writeContinue() { this._send('HTTP/1.1 100 Continue\r\n\r\n'); }
  assignSocket(socket) { this._assignSocket(socket); }
}

class Server extends net.Server {
  constructor(options, listener) {
    if (typeof options === 'function') [options, listener] = [{}, options];
    super({ allowHalfOpen: true });
    hide(this, kConnections, new Set());
    Object.assign(this, { timeout: 0, keepAliveTimeout: options?.keepAliveTimeout ?? SERVER_KEEP_ALIVE_MS, maxHeadersCount: null, headersTimeout: 60000, requestTimeout: 300000 });
    if (listener) this.on('request', listener);
    this.on('connection', (socket) => serve(this, socket));
  }
  setTimeout(ms, callback) {
    this.timeout = ms;
    if (callback) this.on('timeout', callback);
    return this;
  }
  closeIdleConnections() {
    for (const socket of this[kConnections]) if (socket[kIdle]) socket.destroy();
  }
  closeAllConnections() {
    for (const socket of this[kConnections]) socket.destroy();
  }
  close(callback) {
    if (native.since(19)) this.closeIdleConnections();
    return super.close(callback);
  }
}

// One connection: requests come one after the other, and are answered in that order.
function serve(server, socket) {
  const waiting = []; // responses
  let incoming = null;
  let idle = null;
  const parser = new Parser((first, raw, headers) => {
    const [method, url, version] = first.split(' ');
    clearTimeout(idle);
    socket[kIdle] = false;
    const req = incoming = new IncomingMessage(socket);
    fill(req, version.slice(5), raw, headers);
    Object.assign(req, { method, url });
    const res = new ServerResponse(req);
    res.shouldKeepAlive = version === 'HTTP/1.0' ? /keep-alive/i.test(headers.connection ?? '') : !/close/i.test(headers.connection ?? '');
    hide(res, '_keepAliveSeconds', Math.floor(server.keepAliveTimeout / 1000));
    waiting.push(res);
    if (waiting.length === 1) res._assignSocket(socket);
    res.on('finish', () => {
      waiting.shift();
      if (!req._consumed) req._dump();
      process.nextTick(() => {
        res.destroyed = true;
        res._closed = true;
        res.emit('close');
      });
      if (!res.shouldKeepAlive) {
        socket.destroySoon();
      } else if (waiting.length) {
        waiting[0]._assignSocket(socket);
      } else {
        socket[kIdle] = true;
        if (!server.listening && native.since(19)) socket.destroySoon();
        else idle = setTimeout(() => socket.destroySoon(), server.keepAliveTimeout);
      }
    });
    if (headers.expect === '100-continue') res.writeContinue();
    server.emit('request', req, res);
    return bodyOf(headers, 0);
  }, (bytes) => incoming.push(Buffer.from(bytes)), () => {
    incoming.complete = true;
    incoming.push(null);
  });
  hide(socket, kIdle, true);
  hide(socket, kParser, parser);
  hide(socket, 'server', server);
  server[kConnections].add(socket);
  socket.on('data', (bytes) => parser.take(bytes));
  socket.on('end', () => {
    parser.end();
    if (incoming && !incoming.complete) incoming.destroy(aborted());
    if (!waiting.length) socket.end();
    else waiting[waiting.length - 1].shouldKeepAlive = false;
  });
  socket.on('error', (error) => {
    if (!server.emit('clientError', error, socket)) socket.destroy(error);
  });
  socket.on('close', () => {
    clearTimeout(idle);
    server[kConnections].delete(socket);
    if (incoming && !incoming.complete) incoming.destroy(aborted());
    for (const res of waiting.splice(0)) {
      res.destroyed = true;
      res._closed = true;
      res.emit('close');
    }
  });
  if (server.timeout) socket.setTimeout(server.timeout, () => { if (!server.emit('timeout', socket)) socket.destroy(); });
}

function aborted() {
  const error = new Error('aborted');
  error.code = 'ECONNRESET';
  return error;
}

// ---- Client

class Agent extends EventEmitter {
  constructor(options = {}) {
    super();
    this.defaultPort = 80;
    this.protocol = 'http:';
    this.options = { ...options, path: null };
    this.requests = {};
    this.sockets = {};
    this.freeSockets = {};
    this.keepAliveMsecs = options.keepAliveMsecs ?? 1000;
    this.keepAlive = options.keepAlive ?? false;
    this.maxSockets = options.maxSockets ?? Infinity;
    this.maxFreeSockets = options.maxFreeSockets ?? 256;
    this.scheduling = options.scheduling ?? 'lifo';
    this.maxTotalSockets = Infinity;
    this.totalSocketCount = 0;
  }
  getName(options = {}) { return `${options.host ?? 'localhost'}:${options.port ?? ''}:${options.localAddress ?? ''}`; }
  addRequest(req, options) {
    const name = this.getName(options);
    const free = this.freeSockets[name]?.filter((socket) => !socket.destroyed && socket.writable) ?? [];
    const socket = this.scheduling === 'fifo' ? free.shift() : free.pop();
    if (free.length) this.freeSockets[name] = free;
    else delete this.freeSockets[name];
    if (socket) {
      (this.sockets[name] ??= []).push(socket);
      socket.ref();
      req.reusedSocket = true;
      req._onSocket(socket);
    } else if ((this.sockets[name]?.length ?? 0) < this.maxSockets) {
      this.#connect(req, options, name);
    } else {
      (this.requests[name] ??= []).push(req);
      hide(req, '_waits', { options, name });
    }
  }
  #connect(req, options, name) {
    const socket = options.socketPath ? net.connect({ path: options.socketPath }) : net.connect({ port: options.port, host: options.host, lookup: options.lookup });
    (this.sockets[name] ??= []).push(socket);
    this.totalSocketCount++;
    socket.on('free', () => this.#freed(socket, name));
    socket.on('close', () => this.#gone(socket, name));
    req._onSocket(socket);
  }
  #next(name) {
    const req = this.requests[name]?.shift();
    if (this.requests[name]?.length === 0) delete this.requests[name];
    return req;
  }
  #leave(list, socket, name) {
    const rest = list[name]?.filter((other) => other !== socket) ?? [];
    if (rest.length) list[name] = rest;
    else delete list[name];
  }
  #freed(socket, name) {
    this.emit('free', socket, { name });
    const req = this.#next(name);
    if (req) {
      req.reusedSocket = true;
      req._onSocket(socket);
      return;
    }
    this.#leave(this.sockets, socket, name);
    if (!this.keepAlive || !socket.writable) {
      socket.destroy();
      return;
    }
    socket.unref();
    (this.freeSockets[name] ??= []).push(socket);
  }
  #gone(socket, name) {
    this.totalSocketCount--;
    this.#leave(this.sockets, socket, name);
    this.#leave(this.freeSockets, socket, name);
    const req = this.#next(name);
    if (req) this.#connect(req, req._waits.options, name);
  }
  destroy() {
    for (const list of [this.sockets, this.freeSockets]) for (const name of Object.keys(list)) for (const socket of list[name]) socket.destroy();
  }
}
const globalAgent = new Agent({ keepAlive: KEEPS_ALIVE, ...(KEEPS_ALIVE ? { scheduling: 'lifo', timeout: 5000 } : {}) });

function optionsOf(url) {
  const { hostname, port, pathname, search, protocol, username, password } = url;
  const options = { protocol, hostname: hostname.replace(/^\[|\]$/g, ''), path: `${pathname}${search}` };
  if (port !== '') options.port = Number(port);
  if (username || password) options.auth = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return options;
}

class ClientRequest extends OutgoingMessage {
  constructor(input, options, callback) {
    super();
    const { URL } = require('url');
    if (typeof input === 'string') input = optionsOf(new URL(input));
    else if (input instanceof URL) input = optionsOf(input);
    else [callback, options, input] = [options, input, null];
    if (typeof options === 'function') [callback, options] = [options, input ?? {}];
    else options = { ...input, ...options };
    const agent = options.agent === false ? new Agent() : options.agent ?? globalAgent;
    const protocol = options.protocol ?? 'http:';
    if (protocol !== 'http:') throw coded('TypeError', 'ERR_INVALID_PROTOCOL', `Protocol "${protocol}" not supported. Expected "http:"`);
    const path = options.path ?? '/';
    if (/[^\u0021-\u00ff]/.test(path)) throw coded('TypeError', 'ERR_UNESCAPED_CHARACTERS', 'Request path contains unescaped characters');
    if (options.method !== undefined && options.method !== null && typeof options.method !== 'string') native.throwArgType('options.method', 'of type string', options.method);
    Object.assign(this, {
      agent, method: (options.method ?? 'GET').toUpperCase(), path, host: options.hostname ?? options.host ?? 'localhost', protocol, reusedSocket: false,
      aborted: false, res: null, timeout: options.timeout, maxHeadersCount: null,
    });
    this.shouldKeepAlive = agent.keepAlive;
    hide(this, '_mayLackBody', ['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT'].includes(this.method));
    hide(this, '_failed', false);
    if (callback) this.once('response', callback);
    const port = options.port ?? options.defaultPort ?? 80;
    for (const [name, value] of Object.entries(options.headers ?? {})) this.setHeader(name, value);
    if (!this.hasHeader('host')) this.setHeader('Host', `${this.host.includes(':') ? `[${this.host}]` : this.host}${Number(port) === 80 ? '' : `:${port}`}`);
    if (options.auth && !this.hasHeader('authorization')) this.setHeader('Authorization', `Basic ${Buffer.from(options.auth).toString('base64')}`);
    options.signal?.addEventListener('abort', () => this.destroy(new (native.part('event_target').AbortError)(undefined, { cause: options.signal.reason })), { once: true });
    if (options.timeout !== undefined) this.setTimeout(options.timeout);
    const where = { ...options, host: this.host, port };
    if (options.createConnection) this._onSocket(options.createConnection(where));
    else agent.addRequest(this, where);
  }
  // A body of unknown length is only announced when one is written.
  _implicitHeader(length) {
    this._storeHeader(`${this.method} ${this.path} HTTP/1.1`, length);
  }
  _onSocket(socket) {
    process.nextTick(() => {
      if (this.destroyed) {
        socket.destroy();
        this.#fail(this._error ?? hangUp());
        return;
      }
      this.#attach(socket);
      this.emit('socket', socket);
      if (this.timeout) socket.setTimeout(this.timeout);
      this._assignSocket(socket);
    });
  }
  #attach(socket) {
    const parser = new Parser((first, raw, headers) => this.#head(first, raw, headers), (bytes) => this.res.push(Buffer.from(bytes)), () => this.#done());
    const listeners = {
      data: (bytes) => parser.take(bytes),
      end: () => { if (!parser.end() || !this.res) this.#lost(); },
      error: (error) => {
        this._error ??= error;
        this.#fail(error);
      },
      timeout: () => this.emit('timeout'),
      close: () => {
        parser.end();
        this.#lost();
      },
    };
    hide(this, '_detach', () => { for (const name of Object.keys(listeners)) socket.removeListener(name, listeners[name]); });
    for (const name of Object.keys(listeners)) socket.on(name, listeners[name]);
  }
  #head(first, raw, headers) {
    const [version, status] = first.split(' ');
    if (status === '100') {
      this.emit('continue');
      return 0;
    }
    const res = this.res = new IncomingMessage(this.socket);
    fill(res, version.slice(5), raw, headers);
    Object.assign(res, { statusCode: Number(status), statusMessage: first.slice(first.indexOf(status) + 4), req: this });
    if (/close/i.test(headers.connection ?? '')) this.shouldKeepAlive = false;
    res.on('end', () => this.#responseEnded());
    if (!this.emit('response', res)) res._dump();
    if (this.method === 'HEAD' || status === '204' || status === '304') return 0;
    return bodyOf(headers, 'until end');
  }
  #done() {
    if (!this.res) return; // 100 Continue
    this.res.complete = true;
    this.res.push(null);
  }
  #responseEnded() {
    const { socket } = this;
    this._detach();
    const free = this.shouldKeepAlive && this.finished;
    if (!free) socket.destroySoon();
    this.destroyed = true;
    process.nextTick(() => {
      this.#close();
      if (free) socket.emit('free');
    });
  }
  #close() {
    if (this._closed) return;
    this._closed = true;
    this.emit('close');
  }
  #lost() {
    this._detach();
    if (this.res) {
      if (!this.res.complete) this.res.destroy(aborted());
      this.#close();
    } else {
      this.#fail(this._error ?? hangUp());
    }
  }
  #fail(error) {
    if (this._failed || this._closed) return;
    this._failed = true;
    this.destroyed = true;
    this.emit('error', error);
    process.nextTick(() => this.#close());
  }
  destroy(error) {
    if (this.destroyed) return this;
    this.destroyed = true;
    hide(this, '_error', error);
    if (this.res) this.res.destroy(error);
    if (this.socket) {
      this.destroyed = false;
      this.socket.destroy(error);
      if (!error && !this.res) this.#failLater();
      this.destroyed = true;
    }
    return this;
  }
  #failLater() { process.nextTick(() => this.#fail(hangUp())); }
  abort() {
    if (this.aborted) return;
    this.aborted = true;
    process.nextTick(() => this.emit('abort'));
    this.destroy();
  }
  setNoDelay() {}
  setSocketKeepAlive() {}
}
hide(ClientRequest.prototype, '_error', undefined);

const request = (input, options, callback) => new ClientRequest(input, options, callback);

Object.assign(exports, {
  _connectionListener(socket) { serve(this, socket); },
  METHODS, STATUS_CODES, Agent, ClientRequest, IncomingMessage, OutgoingMessage, Server, ServerResponse,
  createServer: (options, listener) => new Server(options, listener),
  validateHeaderName, validateHeaderValue,
  get(input, options, callback) {
    const req = request(input, options, callback);
    req.end();
    return req;
  },
  request,
  setMaxIdleHTTPParsers() {},
  maxHeaderSize: 16384,
  globalAgent,
});
