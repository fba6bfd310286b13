// fetch and its classes: Headers, Request, Response, FormData. A request goes over http to a server of the program or to a peer
// of the world; a name that the world does not know has no address.
'use strict';

const native = module;
const { inspect } = require('util');
const { Buffer } = require('buffer');
const { markBytes } = native.part('web_streams');
const kState = Symbol('state');
const kInspect = inspect.custom;
const NULL_BODY = [101, 204, 205, 304];
const BAD_PORTS = new Set([1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110, 111,
  113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601,
  636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080]);

function hide(object, key, value) { Object.defineProperty(object, key, { value, writable: true, configurable: true, enumerable: false }); }
const tag = (class_) => Object.defineProperty(class_.prototype, Symbol.toStringTag, { value: class_.name, configurable: true });

// ---- Headers

class Headers {
  constructor(init) {
    hide(this, kState, new Map()); // lower-case name -> [name as given, value]
    if (init === undefined) return;
    if (init === null || (typeof init !== 'object' && typeof init !== 'function')) {
      throw new TypeError("Headers constructor: init given is not of type '(sequence<sequence<ByteString>> or record<ByteString, ByteString>)'.");
    }
    if (init instanceof Headers) for (const [name, value] of init[kState].values()) this.append(name, value);
    else if (typeof init[Symbol.iterator] === 'function') for (const [name, value] of init) this.append(name, value);
    else for (const name of Reflect.ownKeys(init)) this.append(name, init[name]);
  }
  static check(name, method) {
    name = `${name}`;
    if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name)) throw new TypeError(`Headers.${method}: "${name}" is an invalid header name.`);
    return name;
  }
  append(name, value) {
    name = Headers.check(name, 'append');
    value = `${value}`.replace(/^[\t\r\n ]+|[\t\r\n ]+$/g, '');
    const key = name.toLowerCase(), known = this[kState].get(key);
    this[kState].set(key, known ? [known[0], `${known[1]}${key === 'cookie' ? '; ' : ', '}${value}`] : [name, value]);
  }
  set(name, value) {
    name = Headers.check(name, 'set');
    this[kState].set(name.toLowerCase(), [name, `${value}`.replace(/^[\t\r\n ]+|[\t\r\n ]+$/g, '')]);
  }
  get(name) { return this[kState].get(Headers.check(name, 'get').toLowerCase())?.[1] ?? null; }
  has(name) { return this[kState].has(Headers.check(name, 'has').toLowerCase()); }
  delete(name) { this[kState].delete(Headers.check(name, 'delete').toLowerCase()); }
  getSetCookie() {
    const value = this.get('set-cookie');
    return value === null ? [] : value.split(', ');
  }
  forEach(callback, self) {
    if (typeof callback !== 'function') throw new TypeError("Failed to execute 'forEach' on 'Headers': parameter 1 is not of type 'Function'.");
    for (const [name, value] of this) callback.call(self, value, name, this);
  }
  * entries() { for (const key of [...this[kState].keys()].sort()) yield [key, this[kState].get(key)[1]]; }
  * keys() { for (const [name] of this.entries()) yield name; }
  * values() { for (const [, value] of this.entries()) yield value; }
  [Symbol.iterator]() { return this.entries(); }
  [kInspect](depth, options) {
    options.depth ??= depth;
    return `Headers ${inspect(Object.fromEntries(this[kState].values()), options)}`;
  }
}
tag(Headers);

// ---- FormData

class FormData {
  constructor(form) {
    if (form !== undefined) throw new TypeError("FormData constructor: Argument 1 could not be converted to: undefined.");
    hide(this, kState, []);
  }
  static value(value, filename) {
    return value instanceof Blob ? new File([value], filename ?? value.name ?? 'blob', { type: value.type }) : `${value}`;
  }
  append(name, value, filename) { this[kState].push([`${name}`, FormData.value(value, filename)]); }
  set(name, value, filename) {
    const at = this[kState].findIndex(([key]) => key === `${name}`), entry = [`${name}`, FormData.value(value, filename)];
    if (at < 0) this[kState].push(entry);
    else this[kState] = [...this[kState].slice(0, at), entry, ...this[kState].slice(at + 1).filter(([key]) => key !== `${name}`)];
  }
  get(name) { return this[kState].find(([key]) => key === `${name}`)?.[1] ?? null; }
  getAll(name) { return this[kState].filter(([key]) => key === `${name}`).map(([, value]) => value); }
  has(name) { return this[kState].some(([key]) => key === `${name}`); }
  delete(name) { this[kState] = this[kState].filter(([key]) => key !== `${name}`); }
  forEach(callback, self) { for (const [name, value] of this) callback.call(self, value, name, this); }
  * entries() { yield* this[kState].map((entry) => [...entry]); }
  * keys() { for (const [name] of this[kState]) yield name; }
  * values() { for (const [, value] of this[kState]) yield value; }
  [Symbol.iterator]() { return this.entries(); }
  [kInspect](depth, options) {
    const all = {};
    for (const [name, value] of this[kState]) {
      if (!(name in all)) all[name] = value;
      else if (Array.isArray(all[name])) all[name].push(value);
      else all[name] = [all[name], value];
    }
    options.depth ??= depth;
    return `FormData ${inspect(all, options)}`;
  }
}
tag(FormData);

// ---- Bodies: bytes that are there, or a stream of them

function extract(body) {
  if (body instanceof ReadableStream) return { stream: body, type: null, length: null };
  if (typeof body === 'string' || body instanceof String) return bytesBody(Buffer.from(`${body}`), 'text/plain;charset=UTF-8');
  if (body instanceof URLSearchParams) return bytesBody(Buffer.from(`${body}`), 'application/x-www-form-urlencoded;charset=UTF-8');
  if (body instanceof ArrayBuffer) return bytesBody(Buffer.from(body.slice(0)), null);
  if (ArrayBuffer.isView(body)) return bytesBody(Buffer.from(new Uint8Array(body.buffer, body.byteOffset, body.byteLength)), null);
  if (body instanceof Blob) return { blob: body, type: body.type || null, length: body.size };
  if (body instanceof FormData) native.unsupported('a body of FormData');
  if (typeof body?.[Symbol.asyncIterator] === 'function') return { stream: ReadableStream.from(body), type: null, length: null };
  return bytesBody(Buffer.from(`${body}`), 'text/plain;charset=UTF-8');
}
const bytesBody = (bytes, type) => ({ bytes, type, length: bytes.length });

function streamOf(body) {
  return body.stream ??= markBytes(new ReadableStream({
    async pull(controller) {
      const bytes = body.bytes ?? Buffer.from(await body.blob.arrayBuffer());
      if (bytes.length) controller.enqueue(new Uint8Array(bytes));
      controller.close();
    },
  }, { highWaterMark: 0 }));
}

async function drain(body) {
  if (!body) return Buffer.alloc(0);
  const parts = [];
  const reader = streamOf(body).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(parts);
    parts.push(value);
  }
}

class Body {
  get body() { return this[kState].body ? streamOf(this[kState].body) : null; }
  get bodyUsed() { return this[kState].used || !!this[kState].body?.stream?.locked; }
  async #take(name) {
    if (!(this instanceof Body)) throw new TypeError('Illegal invocation');
    if (this.bodyUsed) throw new TypeError(native.since(22) ? 'Body is unusable: Body has already been read' : readTwice());
    this[kState].used = this[kState].body !== null;
    return drain(this[kState].body);
  }
  async text() { return new TextDecoder().decode(await this.#take()); }
  async json() { return JSON.parse(new TextDecoder().decode(await this.#take())); }
  async arrayBuffer() {
    const bytes = await this.#take();
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  }
  async bytes() { return new Uint8Array(await this.#take()); }
  async blob() { return new Blob([await this.#take()], { type: this.headers.get('content-type') ?? '' }); }
  async formData() { return native.unsupported('reading a body as FormData'); }
}
const readTwice = () => (native.since(20) ? 'Body is unusable: Body has already been read' : 'Body is unusable');

function cloneBody(body) {
  if (!body) return [null, null];
  if (!body.stream) return [body, { ...body }];
  const [a, b] = body.stream.tee();
  return [{ ...body, stream: a }, { ...body, stream: b }];
}

// ---- Response

class Response extends Body {
  constructor(body = null, init = {}) {
    super();
    const status = init?.status === undefined ? 200 : Number(init.status);
    if (!(status >= 200 && status <= 599)) throw new RangeError('init["status"] must be in the range of 200 to 599, inclusive.');
    const headers = new Headers(init?.headers);
    if (body !== null && body !== undefined && NULL_BODY.includes(status)) {
      throw new TypeError(`Response constructor: Invalid response status code ${status}`);
    }
    const extracted = body === null || body === undefined ? null : extract(body);
    if (extracted?.type && !headers.has('content-type')) headers.append('content-type', extracted.type);
    hide(this, kState, { status, statusText: `${init?.statusText ?? ''}`, headers, body: extracted, used: false, type: 'default', url: '', redirected: false });
  }
  static json(data, init = {}) {
    const text = JSON.stringify(data);
    if (text === undefined) throw new TypeError('Value is not JSON serializable');
    const response = new Response(text, { ...init, headers: undefined });
    const headers = new Headers(init.headers);
    if (!headers.has('content-type')) headers.append('content-type', 'application/json');
    response[kState].headers = headers;
    return response;
  }
  static error() {
    const response = new Response();
    Object.assign(response[kState], { status: 0, type: 'error' });
    return response;
  }
  static redirect(url, status = 302) {
    if (![301, 302, 303, 307, 308].includes(status)) throw new RangeError(`Invalid status code ${status}`);
    const response = new Response();
    Object.assign(response[kState], { status, headers: new Headers({ location: `${new URL(url)}` }) });
    return response;
  }
  get type() { return this[kState].type; }
  get url() { return this[kState].url; }
  get redirected() { return this[kState].redirected; }
  get status() { return this[kState].status; }
  get ok() { return this.status >= 200 && this.status <= 299; }
  get statusText() { return this[kState].statusText; }
  get headers() { return this[kState].headers; }
  clone() {
    if (this.bodyUsed) throw new TypeError('Response.clone: Body has already been consumed.');
    const copy = new Response();
    const [mine, its] = cloneBody(this[kState].body);
    this[kState].body = mine;
    copy[kState] = { ...this[kState], headers: new Headers(this.headers), body: its };
    return copy;
  }
  [kInspect](depth, options) {
    options.depth ??= depth;
    options.colors ??= true;
    const { status, statusText, headers, body, bodyUsed, ok, redirected, type, url } = this;
    return `Response ${inspect({ status, statusText, headers, body, bodyUsed, ok, redirected, type, url }, options)}`;
  }
}
tag(Response);

// ---- Request

const METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT'];

function parseUrl(input) {
  try {
    return new URL(input);
  } catch (cause) {
    throw new TypeError(`Failed to parse URL from ${input}`, { cause });
  }
}

class Request extends Body {
  constructor(input, init = {}) {
    super();
    if (arguments.length === 0) throw new TypeError('Request constructor: 1 argument required, but only 0 present.');
    const from = input instanceof Request ? input[kState] : null;
    const url = from ? from.url : parseUrl(input);
    if (url.username || url.password) throw new TypeError(`Request cannot be constructed from a URL that includes credentials: ${input}`);
    init ??= {};
    let method = init.method === undefined ? from?.method ?? 'GET' : `${init.method}`;
    if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(method) || /^(connect|trace|track)$/i.test(method)) throw new TypeError(`'${method}' is not a valid HTTP method.`);
    if (METHODS.includes(method.toUpperCase())) method = method.toUpperCase();
    const headers = new Headers(init.headers ?? from?.headers);
    const given = init.body !== undefined && init.body !== null;
    if ((given || from?.body) && (method === 'GET' || method === 'HEAD')) throw new TypeError('Request with GET/HEAD method cannot have body.');
    const body = given ? extract(init.body) : from?.body ?? null;
    if (given && body.stream && init.duplex === undefined) throw new TypeError('RequestInit: duplex option is required when sending a body.');
    if (body?.type && !headers.has('content-type')) headers.append('content-type', body.type);
    const signal = init.signal === undefined ? from?.signal : init.signal;
    if (signal !== undefined && signal !== null && !(signal instanceof AbortSignal)) {
      throw new TypeError("Failed to construct 'Request': member signal is not of type AbortSignal.");
    }
    const own = signal ? AbortSignal.any([signal]) : new AbortController().signal;
    hide(this, kState, { url, method, headers, body, used: false, signal: own, redirect: init.redirect ?? from?.redirect ?? 'follow', keepalive: !!init.keepalive });
  }
  get method() { return this[kState].method; }
  get url() { return this[kState].url.href; }
  get headers() { return this[kState].headers; }
  get destination() { return ''; }
  get referrer() { return 'about:client'; }
  get referrerPolicy() { return ''; }
  get mode() { return 'cors'; }
  get credentials() { return 'same-origin'; }
  get cache() { return 'default'; }
  get redirect() { return this[kState].redirect; }
  get integrity() { return ''; }
  get keepalive() { return this[kState].keepalive; }
  get isReloadNavigation() { return false; }
  get isHistoryNavigation() { return false; }
  get signal() { return this[kState].signal; }
  get duplex() { return 'half'; }
  clone() {
    if (this.bodyUsed) throw new TypeError('unusable');
    const copy = new Request(this.url, { method: this.method, headers: this.headers, signal: this.signal });
    [this[kState].body, copy[kState].body] = cloneBody(this[kState].body);
    return copy;
  }
  [kInspect](depth, options) {
    options.depth ??= depth;
    options.colors ??= true;
    const shown = {};
    for (const key of ['method', 'url', 'headers', 'destination', 'referrer', 'referrerPolicy', 'mode', 'credentials', 'cache', 'redirect', 'integrity',
      'keepalive', 'isReloadNavigation', 'isHistoryNavigation', 'signal']) shown[key] = this[key];
    return `Request ${inspect(shown, options)}`;
  }
}
tag(Request);

// ---- fetch

// In undici's one file, and below it the drain.
const PLACES = { 18: ['12637:11', 95], 20: ['14976:13', 95], 22: ['15270:13', 103] };
const place = native.since(24) ? undefined : PLACES[[22, 20, 18].find((major) => native.since(major))];

function failed(cause) {
  const error = new TypeError('fetch failed', { cause });
  const frames = place ? `\n    at node:internal/deps/undici/undici:${place[0]}\n    at process.processTicksAndRejections (node:internal/process/task_queues:${place[1]}:5)` : '';
  Object.defineProperty(error, 'stack', { value: `TypeError: fetch failed${frames}`, writable: true, configurable: true, enumerable: false });
  return error;
}

function dataUrl(url) {
  const [, type, base64, data] = /^data:([^,]*?)(;\s*base64)?,(.*)$/s.exec(url.href) ?? [];
  if (data === undefined) throw failed(new Error('invalid data: URL'));
  const bytes = base64 ? Buffer.from(decodeURIComponent(data), 'base64') : Buffer.from(decodeURIComponent(data));
  return [bytes, type || 'text/plain;charset=US-ASCII'];
}

function responseOf(message, url, redirected) {
  const headers = new Headers();
  for (let i = 0; i < message.rawHeaders.length; i += 2) headers.append(message.rawHeaders[i], message.rawHeaders[i + 1]);
  const stream = markBytes(new ReadableStream({
    start(controller) {
      message.on('data', (chunk) => controller.enqueue(new Uint8Array(chunk)));
      message.on('end', () => controller.close());
      message.on('error', (error) => controller.error(new TypeError('terminated', { cause: error })));
    },
    cancel() { message.destroy(); },
  }));
  const response = new Response();
  const empty = NULL_BODY.includes(message.statusCode);
  if (empty) message.resume();
  Object.assign(response[kState], { status: message.statusCode, statusText: message.statusMessage, headers, body: empty ? null : { stream }, url: url.href, redirected, type: 'basic' });
  return response;
}

function send(url, state, body) {
  return new Promise((resolve, reject) => {
    const headers = { ...Object.fromEntries(state.headers.entries()) };
    for (const [name, value] of [['accept', '*/*'], ['accept-language', '*'], ['sec-fetch-mode', 'cors'], ['user-agent', 'node'], ['accept-encoding', 'gzip, deflate']]) {
      if (!(name in headers)) headers[name] = value;
    }
    if (body) headers['content-length'] = body.length;
    else if (state.method === 'POST' || state.method === 'PUT') headers['content-length'] = 0;
    const request = require('http').request(url, { method: state.method, headers, agent: false });
    const abort = () => {
      request.destroy();
      reject(state.signal.reason);
    };
    state.signal.addEventListener('abort', abort, { once: true });
    request.on('response', (message) => {
      state.signal.removeEventListener('abort', abort);
      resolve(message);
    });
    request.on('error', (error) => reject(failed(error)));
    request.end(body ?? undefined);
  });
}

async function follow(state) {
  let { url } = state;
  if (url.protocol === 'data:') {
    const [bytes, type] = dataUrl(url);
    return new Response(bytes, { headers: { 'content-type': type } });
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') await undefined;
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw failed(new Error(url.protocol === 'about:' ? 'about scheme is not supported' : 'unknown scheme'));
  if (BAD_PORTS.has(Number(url.port || -1))) throw failed(new Error('bad port'));
  const body = state.body ? state.body.bytes ?? await drain(state.body) : null;
  for (let count = 0; ; count++) {
    const host = url.hostname.replace(/^\[|\]$/g, '');
    if (!native.name(host) && !require('net').isIP(host)) {
      await new Promise((resolve, reject) => {
        require('dns').lookup(host, { all: true }, (error) => {
          if (error) reject(failed(error));
          else resolve();
        });
      });
    }
    state.signal.throwIfAborted();
    if (url.protocol === 'https:') native.unsupported('fetch over https of a known host');
    const message = await send(url, state, body);
    if (![301, 302, 303, 307, 308].includes(message.statusCode) || !message.headers.location || state.redirect === 'manual') return responseOf(message, url, count > 0);
    if (state.redirect === 'error') throw failed(new Error('unexpected redirect'));
    if (count === 20) throw failed(new Error('redirect count exceeded'));
    message.resume();
    url = new URL(message.headers.location, url);
    if (message.statusCode === 303 && state.method !== 'HEAD') state.method = 'GET';
  }
}

async function start(input, init) {
  const request = new Request(input, init);
  const { signal } = request;
  signal.throwIfAborted();
  const state = request[kState];
  await undefined;
  return follow(state);
}

const fetch = native.since(20)
  ? function fetch(input, init = undefined) { return start(input, init); }
  : async function fetch(input, init = undefined) { return start(input, init); };

Object.assign(exports, { fetch, Headers, Request, Response, FormData });
