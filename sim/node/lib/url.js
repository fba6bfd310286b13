// URL and URLSearchParams as the WHATWG standard has them, and the module url.
'use strict';

const native = module;
const { inspect } = require('util');
const querystring = native.part('querystring');

const SPECIAL = { 'http:': '80', 'https:': '443', 'ws:': '80', 'wss:': '443', 'ftp:': '21', 'file:': '' };
const isSpecial = (url) => SPECIAL[url.protocol] !== undefined;

// ---- Percent-encoding

const encoder = (extra) => {
  const set = new Set(extra);
  return (text) => {
    let out = '';
    for (const c of text) {
      const code = c.codePointAt(0);
      if (code > 0x20 && code < 0x7f && !set.has(c)) out += c;
      else if (code === 0x20 && !set.has(' ')) out += c;
      else for (const byte of Buffer.from(c.toWellFormed ? c.toWellFormed() : c)) out += '%' + (byte < 16 ? '0' : '') + byte.toString(16).toUpperCase();
    }
    return out;
  };
};
const encodeOpaque = (text) => encoder('')(text);
const encodeFragment = encoder(' "<>`');
const encodeQuery = encoder(' "#<>');
const encodeSpecialQuery = encoder(' "#<>\'');
const encodePath = encoder(' "#<>?`{}^');
const encodeUser = encoder(' "#<>?`{}/:;=@[\\]^|');
const decode = (text) => {
  if (!text.includes('%')) return text;
  const bytes = [];
  const raw = Buffer.from(text);
  for (let i = 0; i < raw.length; i++) {
    const hex = raw[i] === 0x25 ? String.fromCharCode(raw[i + 1] || 0, raw[i + 2] || 0) : '';
    if (/^[0-9a-f]{2}$/i.test(hex)) {
      bytes.push(parseInt(hex, 16));
      i += 2;
    } else {
      bytes.push(raw[i]);
    }
  }
  return Buffer.from(bytes).toString();
};

// ---- Hosts

// Punycode (RFC 3492) of a label.
function encodeLabel(label) {
  const points = Array.from(label, (c) => c.codePointAt(0));
  let out = points.filter((c) => c < 128).map((c) => String.fromCharCode(c)).join('');
  const basic = out.length;
  let done = basic;
  if (basic) out += '-';
  let n = 128;
  let delta = 0;
  let bias = 72;
  while (done < points.length) {
    const next = Math.min(...points.filter((c) => c >= n));
    delta += (next - n) * (done + 1);
    n = next;
    for (const c of points) {
      if (c < n) delta++;
      if (c !== n) continue;
      let q = delta;
      for (let k = 36; ; k += 36) {
        const t = k <= bias ? 1 : k >= bias + 26 ? 26 : k - bias;
        if (q < t) break;
        const digit = t + ((q - t) % (36 - t));
        out += String.fromCharCode(digit < 26 ? digit + 97 : digit + 22);
        q = Math.floor((q - t) / (36 - t));
      }
      out += String.fromCharCode(q < 26 ? q + 97 : q + 22);
      delta = done === basic ? Math.floor(delta / 700) : delta >> 1;
      delta += Math.floor(delta / (done + 1));
      let k = 0;
      for (; delta > 455; k += 36) delta = Math.floor(delta / 35);
      bias = k + Math.floor((36 * delta) / (delta + 38));
      delta = 0;
      done++;
    }
    delta++;
    n++;
  }
  return `xn--${out}`;
}
const toAscii = (host) => host.normalize('NFC').toLowerCase().split(/[.\u3002]/).map((l) => (/[^\0-\x7f]/.test(l) ? encodeLabel(l) : l)).join('.');

function ipv4Number(part) {
  if (part === '') return NaN;
  if (/^0x[0-9a-f]*$/i.test(part)) return part.length === 2 ? 0 : parseInt(part, 16);
  if (/^0[0-7]+$/.test(part)) return parseInt(part, 8);
  return /^\d+$/.test(part) ? Number(part) : NaN;
}
// The host if it is an IPv4 address, undefined if it is none, null if it is a wrong one.
function ipv4(host) {
  const parts = host.split('.');
  if (parts[parts.length - 1] === '' && parts.length > 1) parts.pop();
  if (!/^(\d+|0x[0-9a-f]*)$/i.test(parts[parts.length - 1])) return undefined;
  if (parts.length > 4) return null;
  const numbers = parts.map(ipv4Number);
  if (numbers.some(Number.isNaN) || numbers.slice(0, -1).some((n) => n > 255) || numbers[numbers.length - 1] >= 256 ** (5 - numbers.length)) return null;
  let value = numbers[numbers.length - 1];
  numbers.slice(0, -1).forEach((n, i) => { value += n * 256 ** (3 - i); });
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
}
function ipv6(text) {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const read = (half) => {
    if (half === '') return [];
    const pieces = half.split(':');
    const last = pieces[pieces.length - 1];
    if (last.includes('.')) {
      const bytes = last.split('.').map(Number);
      if (bytes.length !== 4 || bytes.some((n) => !(n >= 0 && n < 256))) return [NaN];
      pieces.splice(-1, 1, (bytes[0] * 256 + bytes[1]).toString(16), (bytes[2] * 256 + bytes[3]).toString(16));
    }
    return pieces.map((p) => (/^[0-9a-f]{1,4}$/i.test(p) ? parseInt(p, 16) : NaN));
  };
  const first = read(halves[0]);
  const rest = halves.length === 2 ? read(halves[1]) : [];
  const missing = 8 - first.length - rest.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  const pieces = [...first, ...Array(Math.max(missing, 0)).fill(0), ...rest];
  if (pieces.some(Number.isNaN)) return null;
  let best = { start: -1, length: 1 };
  for (let i = 0; i < 8; i++) {
    let length = 0;
    while (i + length < 8 && pieces[i + length] === 0) length++;
    if (length > best.length) best = { start: i, length };
  }
  const hex = pieces.map((p) => p.toString(16));
  if (best.start < 0) return hex.join(':');
  return `${hex.slice(0, best.start).join(':')}::${hex.slice(best.start + best.length).join(':')}`;
}
function parseHost(text, special) {
  if (text.startsWith('[')) {
    const address = text.endsWith(']') ? ipv6(text.slice(1, -1)) : null;
    return address === null ? null : `[${address}]`;
  }
  if (!special) return /[\0\t\n\r #/<>?@[\\\]^|]/.test(text) ? null : encodeOpaque(text);
  const host = toAscii(decode(text));
  if (host === '' || /[\0-\x20"#%/:<>?@[\\\]^`{|}\x7f]/.test(host)) return null;
  const address = ipv4(host);
  return address === undefined ? host : address;
}

// ---- Parsing

const isDriveLetter = (text) => /^[a-z][:|]$/i.test(text);
function pathSegments(url, text, base) {
  const special = isSpecial(url);
  const path = base ? [...base] : [];
  const parts = text.split(special ? /[/\\]/ : '/');
  parts.forEach((part, i) => {
    const last = i === parts.length - 1;
    const plain = part.replace(/%2e/gi, '.');
    if (plain === '..') {
      if (!(url.protocol === 'file:' && path.length === 1 && /^[a-z]:$/i.test(path[0]))) path.pop();
      if (last) path.push('');
    } else if (plain === '.') {
      if (last) path.push('');
    } else {
      let segment = encodePath(part);
      if (url.protocol === 'file:' && path.length === 0 && isDriveLetter(segment)) segment = `${segment[0]}:`;
      path.push(segment);
    }
  });
  return path;
}

function setQueryAndHash(url, rest) {
  const hash = rest.indexOf('#');
  if (hash >= 0) {
    url.fragment = encodeFragment(rest.slice(hash + 1));
    rest = rest.slice(0, hash);
  }
  const query = rest.indexOf('?');
  if (query >= 0) {
    url.query = (isSpecial(url) ? encodeSpecialQuery : encodeQuery)(rest.slice(query + 1));
    rest = rest.slice(0, query);
  }
  return rest;
}

function setAuthority(url, authority) {
  const at = authority.lastIndexOf('@');
  if (at >= 0) {
    const user = authority.slice(0, at);
    const colon = user.indexOf(':');
    url.username = encodeUser(colon < 0 ? user : user.slice(0, colon));
    url.password = colon < 0 ? '' : encodeUser(user.slice(colon + 1));
  }
  let host = authority.slice(at + 1);
  const port = /:(\d*)$/.exec(host);
  if (port && !(host.startsWith('[') && !host.includes(']:'))) {
    host = host.slice(0, port.index);
    if (port[1] !== '' && Number(port[1]) > 65535) return false;
    url.port = port[1] === '' || String(Number(port[1])) === SPECIAL[url.protocol] ? '' : String(Number(port[1]));
  }
  if (host === '') {
    if (isSpecial(url) || at >= 0 || port) return false;
    url.host = '';
    return true;
  }
  url.host = parseHost(host, isSpecial(url));
  return url.host !== null;
}

// A record of the standard, or null. path is a list of segments, or a string if opaque.
function parse(input, base) {
  let text = input.replace(/^[\0-\x20]+|[\0-\x20]+$/g, '').replace(/[\t\n\r]/g, '');
  const url = { protocol: '', username: '', password: '', host: null, port: '', path: [], query: null, fragment: null };
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(text);
  if (scheme) {
    url.protocol = scheme[0].toLowerCase();
    text = text.slice(scheme[0].length);
    const special = isSpecial(url);
    if (special && base && base.protocol === url.protocol && url.protocol !== 'file:' && !/^[/\\]/.test(text)) return relative(url, text, base);
    if (url.protocol === 'file:') return fileUrl(url, text, base && base.protocol === 'file:' ? base : null);
    const rest = setQueryAndHash(url, text);
    const slashes = special ? /^[/\\]*/.exec(rest)[0].length : rest.startsWith('//') ? 2 : 0;
    if (special || slashes) {
      const end = rest.slice(slashes).search(special ? /[/\\]/ : /\//);
      const authority = end < 0 ? rest.slice(slashes) : rest.slice(slashes, slashes + end);
      if (!setAuthority(url, authority)) return null;
      const path = end < 0 ? '' : rest.slice(slashes + end + 1);
      url.path = end < 0 && !special ? [] : pathSegments(url, path);
      return url;
    }
    url.path = rest.startsWith('/') ? pathSegments(url, rest.slice(1)) : encodeOpaque(rest);
    return url;
  }
  if (!base) return null;
  if (typeof base.path === 'string') {
    if (!text.startsWith('#')) return null;
    return { ...base, fragment: encodeFragment(text.slice(1)) };
  }
  url.protocol = base.protocol;
  return url.protocol === 'file:' ? fileUrl(url, text, base) : relative(url, text, base);
}

function relative(url, text, base) {
  const rest = setQueryAndHash(url, text);
  const slash = isSpecial(url) ? /^[/\\]/ : /^\//;
  if (slash.test(rest) && slash.test(rest.slice(1))) {
    const start = isSpecial(url) ? /^[/\\]*/.exec(rest)[0].length : 2;
    const end = rest.slice(start).search(isSpecial(url) ? /[/\\]/ : /\//);
    if (!setAuthority(url, end < 0 ? rest.slice(start) : rest.slice(start, start + end))) return null;
    url.path = pathSegments(url, end < 0 ? '' : rest.slice(start + end + 1));
    return url;
  }
  Object.assign(url, { username: base.username, password: base.password, host: base.host, port: base.port });
  if (slash.test(rest)) {
    url.path = pathSegments(url, rest.slice(1));
  } else if (rest === '') {
    url.path = [...base.path];
    if (url.query === null && !text.startsWith('?')) url.query = base.query;
  } else {
    url.path = pathSegments(url, rest, base.path.slice(0, -1));
  }
  return url;
}

function fileUrl(url, text, base) {
  const rest = setQueryAndHash(url, text);
  url.host = '';
  if (/^[/\\]{2}/.test(rest)) {
    const end = rest.slice(2).search(/[/\\]/);
    const host = end < 0 ? rest.slice(2) : rest.slice(2, 2 + end);
    if (host && !isDriveLetter(host)) {
      url.host = parseHost(host, true);
      if (url.host === null) return null;
      if (url.host === 'localhost') url.host = '';
      url.path = pathSegments(url, end < 0 ? '' : rest.slice(3 + end));
    } else {
      url.path = pathSegments(url, rest.slice(host ? 2 : 3));
    }
  } else if (/^[/\\]/.test(rest)) {
    url.path = pathSegments(url, rest.slice(1));
  } else if (base) {
    url.host = base.host;
    url.path = rest === '' ? [...base.path] : pathSegments(url, rest, base.path.slice(0, -1));
    if (rest === '' && url.query === null) url.query = base.query;
  } else {
    url.path = pathSegments(url, rest);
  }
  return url;
}

const pathText = (url) => (typeof url.path === 'string' ? url.path : url.path.map((s) => `/${s}`).join(''));
function serialize(url, fragment = true) {
  let text = url.protocol;
  if (url.host !== null) {
    text += '//';
    if (url.username || url.password) text += `${url.username}${url.password ? `:${url.password}` : ''}@`;
    text += url.host + (url.port ? `:${url.port}` : '');
  } else if (typeof url.path !== 'string' && url.path.length > 1 && url.path[0] === '') {
    text += '/.';
  }
  text += pathText(url);
  if (url.query !== null) text += `?${url.query}`;
  if (fragment && url.fragment !== null) text += `#${url.fragment}`;
  return text;
}

// ---- URLSearchParams

const formEncode = (text) => encodeURIComponent(text.toWellFormed ? text.toWellFormed() : text)
  .replace(/%20/g, '+').replace(/[!'()~]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
const formDecode = (text) => decode(text.replace(/\+/g, ' '));
const parseForm = (text) => text.split('&').filter(Boolean).map((pair) => {
  const at = pair.indexOf('=');
  return at < 0 ? [formDecode(pair), ''] : [formDecode(pair.slice(0, at)), formDecode(pair.slice(at + 1))];
});
const toText = (v) => `${v}`;

const missing = (...names) => {
  const list = names.map((n) => `"${n}"`).join(' and ');
  return native.error('TypeError', 'ERR_MISSING_ARGS', `The ${list} argument${names.length > 1 ? 's' : ''} must be specified`);
};

class URLSearchParams {
  #list = [];
  #url = null;

  constructor(init = undefined) {
    if (init === undefined || init === null) return;
    if (typeof init === 'object' || typeof init === 'function') {
      const method = init[Symbol.iterator];
      if (method === this[Symbol.iterator] && #list in init) {
        this.#list = init.#list.map((pair) => [...pair]);
      } else if (method !== null && method !== undefined) {
        if (typeof method !== 'function') throw native.error('TypeError', 'ERR_ARG_NOT_ITERABLE', 'Query pairs must be iterable');
        for (const pair of init) {
          if (pair == null || typeof pair[Symbol.iterator] !== 'function' || typeof pair === 'string') throw tuple();
          const items = [...pair];
          if (items.length !== 2) throw tuple();
          this.#list.push([toText(items[0]), toText(items[1])]);
        }
      } else {
        for (const key of Reflect.ownKeys(init)) {
          const d = Reflect.getOwnPropertyDescriptor(init, key);
          if (d && d.enumerable) this.#list.push([toText(key), toText(init[key])]);
        }
      }
      return;
    }
    const text = toText(init);
    this.#list = parseForm(text.startsWith('?') ? text.slice(1) : text);
  }

  static of(url, text) {
    const params = new URLSearchParams(text);
    params.#url = url;
    return params;
  }
  static reset(params, text) {
    params.#list = parseForm(text);
  }

  #changed() {
    if (this.#url) this.#url(this.toString());
  }

  get size() {
    return this.#list.length;
  }

  append(name, value) {
    if (arguments.length < 2) throw missing('name', 'value');
    this.#list.push([toText(name), toText(value)]);
    this.#changed();
  }

  delete(name, value = undefined) {
    if (arguments.length < 1) throw missing('name');
    this.#list = this.#list.filter(([n, v]) => n !== toText(name) || (value !== undefined && v !== toText(value)));
    this.#changed();
  }

  get(name) {
    if (arguments.length < 1) throw missing('name');
    const found = this.#list.find(([n]) => n === toText(name));
    return found ? found[1] : null;
  }

  getAll(name) {
    if (arguments.length < 1) throw missing('name');
    return this.#list.filter(([n]) => n === toText(name)).map(([, v]) => v);
  }

  has(name, value = undefined) {
    if (arguments.length < 1) throw missing('name');
    return this.#list.some(([n, v]) => n === toText(name) && (value === undefined || v === toText(value)));
  }

  set(name, value) {
    if (arguments.length < 2) throw missing('name', 'value');
    const key = toText(name);
    const first = this.#list.findIndex(([n]) => n === key);
    if (first < 0) {
      this.#list.push([key, toText(value)]);
    } else {
      this.#list[first][1] = toText(value);
      this.#list = this.#list.filter(([n], i) => n !== key || i === first);
    }
    this.#changed();
  }

  sort() {
    this.#list.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    this.#changed();
  }

  entries() {
    return makeIterator(() => this.#list, (pair) => [pair[0], pair[1]]);
  }

  forEach(callback, thisArg = undefined) {
    if (typeof callback !== 'function') native.throwArgType('callback', 'of type function', callback);
    for (let i = 0; i < this.#list.length; i++) callback.call(thisArg, this.#list[i][1], this.#list[i][0], this);
  }

  keys() {
    return makeIterator(() => this.#list, (pair) => pair[0]);
  }

  values() {
    return makeIterator(() => this.#list, (pair) => pair[1]);
  }

  toString() {
    return this.#list.map(([n, v]) => `${formEncode(n)}=${formEncode(v)}`).join('&');
  }

  [inspect.custom](depth, context) {
    if (typeof depth === 'number' && depth < 0) return context.stylize('[Object]', 'special');
    const inner = { ...context, depth: context.depth === null ? null : depth - 1 };
    const items = this.#list.map(([n, v]) => `${inspect(n, inner)} => ${inspect(v, inner)}`);
    const length = items.reduce((sum, item) => sum + item.length + 2, -2);
    if (items.length === 0) return 'URLSearchParams {}';
    if (length > context.breakLength) return `URLSearchParams {\n  ${items.join(',\n  ')} }`;
    return `URLSearchParams { ${items.join(', ')} }`;
  }
}
const tuple = () => native.error('TypeError', 'ERR_INVALID_TUPLE', 'Each query pair must be an iterable [name, value] tuple');
for (const name of ['append', 'delete', 'get', 'getAll', 'has', 'set', 'sort', 'entries', 'forEach', 'keys', 'values', 'toString', 'size']) {
  Object.defineProperty(URLSearchParams.prototype, name, { enumerable: true });
}
Object.defineProperty(URLSearchParams.prototype, Symbol.toStringTag, { value: 'URLSearchParams', configurable: true });
Object.defineProperty(URLSearchParams.prototype, Symbol.iterator, { value: URLSearchParams.prototype.entries, writable: true, configurable: true });
const { of: paramsOf, reset: resetParams } = URLSearchParams;
delete URLSearchParams.of;
delete URLSearchParams.reset;

const iteratorState = new WeakMap();
const iteratorPrototype = Object.create(Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]())), {
  next: {
    value: function next() {
      const state = iteratorState.get(this);
      const list = state.list();
      return state.index < list.length ? { value: state.take(list[state.index++]), done: false } : { value: undefined, done: true };
    },
    writable: true, enumerable: true, configurable: true,
  },
  [Symbol.toStringTag]: { value: 'URLSearchParams Iterator', configurable: true },
  [inspect.custom]: {
    value(depth, context) {
      const state = iteratorState.get(this);
      const items = state.list().slice(state.index).map((pair) => inspect(state.take(pair), context));
      return `URLSearchParams Iterator { ${items.join(', ')} }`;
    },
  },
});
function makeIterator(list, take) {
  const iterator = Object.create(iteratorPrototype);
  iteratorState.set(iterator, { list, take, index: 0 });
  return iterator;
}

// ---- URL

function invalid(input, base) {
  if (native.rule('URL_ERROR_NATIVE')) {  // made in C++: the stack begins without the code
    const error = Object.assign(new TypeError('Invalid URL'), { code: 'ERR_INVALID_URL', input });
    if (base !== undefined) error.base = base;
    return error;
  }
  const error = native.error('TypeError', 'ERR_INVALID_URL', native.rule('URL_MESSAGE_INPUT') ? `Invalid URL: ${input}` : 'Invalid URL');
  const { code } = error;
  delete error.code;
  return Object.assign(error, { input, code });
}

class URL {
  #record;
  #params = null;

  constructor(input, base = undefined) {
    if (arguments.length === 0) throw missing('url');
    input = `${input}`;
    if (base !== undefined) base = `${base}`;
    const baseRecord = base === undefined ? null : parse(base, null);
    this.#record = base !== undefined && !baseRecord ? null : parse(input, baseRecord);
    if (!this.#record) throw invalid(input, base);
  }

  #text(text) {
    const record = parse(text, null);
    if (!record) return false;
    this.#record = record;
    if (this.#params) resetParams(this.#params, record.query || '');
    return true;
  }

  get href() {
    return serialize(this.#record);
  }
  set href(value) {
    if (!this.#text(`${value}`)) throw invalid(`${value}`);
  }
  get origin() {
    const { protocol, host, port, path } = this.#record;
    if (protocol === 'blob:' && typeof path === 'string') {
      const inner = parse(path, null);
      return inner && /^https?:$/.test(inner.protocol) ? new URL(path).origin : 'null';
    }
    if (!isSpecial(this.#record) || protocol === 'file:') return 'null';
    return `${protocol}//${host}${port ? `:${port}` : ''}`;
  }
  get protocol() {
    return this.#record.protocol;
  }
  set protocol(value) {
    const match = /^([a-z][a-z0-9+.-]*):?/i.exec(`${value}`);
    if (!match) return;
    const protocol = `${match[1].toLowerCase()}:`;
    if ((SPECIAL[protocol] === undefined) !== (SPECIAL[this.#record.protocol] === undefined)) return;
    this.#record.protocol = protocol;
    if (this.#record.port === SPECIAL[protocol]) this.#record.port = '';
  }
  get username() {
    return this.#record.username;
  }
  set username(value) {
    if (this.#record.host) this.#record.username = encodeUser(`${value}`);
  }
  get password() {
    return this.#record.password;
  }
  set password(value) {
    if (this.#record.host) this.#record.password = encodeUser(`${value}`);
  }
  get host() {
    const { host, port } = this.#record;
    return (host ?? '') + (port ? `:${port}` : '');
  }
  set host(value) {
    if (typeof this.#record.path === 'string') return;
    const [, host, port] = /^([^/\\?#]*?)(?::(\d*))?(?:[/\\?#].*)?$/.exec(`${value}`) || [];
    this.hostname = host;
    if (port) this.port = port;
  }
  get hostname() {
    return this.#record.host ?? '';
  }
  set hostname(value) {
    if (typeof this.#record.path === 'string') return;
    const host = parseHost(`${value}`.split(/[/\\?#:]/)[0], isSpecial(this.#record));
    if (host) this.#record.host = host;
  }
  get port() {
    return this.#record.port;
  }
  set port(value) {
    const digits = /^\d*/.exec(`${value}`)[0];
    if (!this.#record.host || this.#record.protocol === 'file:') return;
    if (`${value}` === '') this.#record.port = '';
    else if (digits && Number(digits) <= 65535) this.#record.port = String(Number(digits)) === SPECIAL[this.#record.protocol] ? '' : String(Number(digits));
  }
  get pathname() {
    return pathText(this.#record);
  }
  set pathname(value) {
    if (typeof this.#record.path === 'string') return;
    const text = `${value}`.replace(/\?/g, '%3F').replace(/#/g, '%23');
    this.#record.path = pathSegments(this.#record, text.replace(isSpecial(this.#record) ? /^[/\\]/ : /^\//, ''));
  }
  get search() {
    return this.#record.query ? `?${this.#record.query}` : '';
  }
  set search(value) {
    const text = `${value}`.replace(/^\?/, '');
    this.#record.query = `${value}` === '' ? null : (isSpecial(this.#record) ? encodeSpecialQuery : encodeQuery)(text);
    if (this.#params) resetParams(this.#params, this.#record.query || '');
  }
  get searchParams() {
    this.#params ??= paramsOf((text) => { this.#record.query = text === '' ? null : text; }, this.#record.query || '');
    return this.#params;
  }
  get hash() {
    return this.#record.fragment ? `#${this.#record.fragment}` : '';
  }
  set hash(value) {
    const text = `${value}`.replace(/^#/, '');
    this.#record.fragment = `${value}` === '' ? null : encodeFragment(text);
  }
  toString() {
    return serialize(this.#record);
  }
  toJSON() {
    return serialize(this.#record);
  }

  static canParse(url, base = undefined) {
    if (arguments.length === 0) throw missing('url');
    try {
      return Boolean(new URL(url, base));
    } catch {
      return false;
    }
  }
  static parse(url, base = undefined) {
    return URL.canParse(url, base) ? new URL(url, base) : null;
  }
  static createObjectURL() {
    native.unsupported('URL.createObjectURL');
  }
  static revokeObjectURL() {
    native.unsupported('URL.revokeObjectURL');
  }

  [inspect.custom](depth, options) {
    if (typeof depth === 'number' && depth < 0) return this;
    const constructor = this.constructor || URL;
    const object = { __proto__: { constructor: URL === constructor ? URL : constructor } };
    for (const key of ['href', 'origin', 'protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search', 'searchParams', 'hash']) object[key] = this[key];
    return `${constructor.name} ${inspect(object, { ...options }).replace(/^\S+ (?=\{)/, '')}`;
  }
}
for (const name of ['toString', 'href', 'origin', 'protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search', 'searchParams', 'hash', 'toJSON']) {
  Object.defineProperty(URL.prototype, name, { enumerable: true });
}
Object.defineProperty(URL.prototype, Symbol.toStringTag, { value: 'URL', configurable: true });
if (!native.rule('URL_PARSE')) delete URL.parse;
if (!native.rule('URL_CAN_PARSE')) delete URL.canParse;

// ---- The module url

function Url() {
  for (const key of ['protocol', 'slashes', 'auth', 'host', 'port', 'hostname', 'hash', 'search', 'query', 'pathname', 'path', 'href']) this[key] = null;
}
Url.prototype.format = function () { return urlFormat(this); };
Url.prototype.parse = function (text, parseQuery) { Object.assign(this, urlParse(text, parseQuery)); };
Url.prototype.resolve = function (to) { return urlResolve(urlFormat(this), to); };

const escapeUrl = (text) => text.replace(/[\t\n\r "'<>\\^`{|}]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
function urlParse(text, parseQuery = false, slashesDenoteHost = false) {
  if (text instanceof Url) return text;
  if (typeof text !== 'string') native.throwArgType('url', 'of type string', text);
  const url = new Url();
  let rest = text.trim().replace(/^[^?#]*/, (head) => head.replace(/\\/g, '/'));
  const scheme = /^[a-z0-9.+-]+:/i.exec(rest);
  if (scheme) {
    url.protocol = scheme[0].toLowerCase();
    rest = rest.slice(scheme[0].length);
  }
  const opaque = url.protocol === 'javascript:';
  if ((slashesDenoteHost || scheme || /^\/\/[^@/]+@[^@/]+/.test(rest)) && rest.startsWith('//') && !opaque) {
    url.slashes = true;
    rest = rest.slice(2);
  }
  if (!opaque && (url.slashes || (scheme && SPECIAL[url.protocol] !== undefined))) {
    const end = rest.search(/[/?#]/);
    let authority = end < 0 ? rest : rest.slice(0, end);
    rest = end < 0 ? '' : rest.slice(end);
    const at = authority.lastIndexOf('@');
    if (at >= 0) {
      url.auth = decodeURIComponent(authority.slice(0, at));
      authority = authority.slice(at + 1);
    }
    const port = /:(\d*)$/.exec(authority);
    if (port) {
      if (port[1]) url.port = port[1];
      authority = authority.slice(0, port.index);
    }
    url.hostname = toAscii(authority.replace(/^\[(.*)\]$/, '$1'));
    url.host = (url.hostname.includes(':') ? `[${url.hostname}]` : url.hostname) + (url.port ? `:${url.port}` : '');
  }
  if (!opaque) rest = escapeUrl(rest);
  const hash = rest.indexOf('#');
  if (hash >= 0) {
    url.hash = rest.slice(hash);
    rest = rest.slice(0, hash);
  }
  const query = rest.indexOf('?');
  if (query >= 0) {
    url.search = rest.slice(query);
    url.query = parseQuery ? querystring.parse(rest.slice(query + 1)) : rest.slice(query + 1);
    rest = rest.slice(0, query);
  } else if (parseQuery) {
    url.search = null;
    url.query = Object.create(null);
  }
  if (rest) url.pathname = rest;
  if (SPECIAL[url.protocol] !== undefined && url.hostname && !url.pathname) url.pathname = '/';
  if (url.pathname || url.search) url.path = (url.pathname || '') + (url.search || '');
  url.href = urlFormat(url);
  return url;
}

function urlFormat(object, options) {
  if (typeof object === 'string') object = urlParse(object);
  else if (typeof object !== 'object' || object === null) native.throwArgType('urlObject', 'one of type object or string', object);
  if (object instanceof URL) {
    const copy = new URL(object.href);
    const { fragment = true, search = true, auth = true, unicode = false } = options || {};
    if (!fragment) copy.hash = '';
    if (!search) copy.search = '';
    if (!auth) copy.username = copy.password = '';
    return unicode ? native.unsupported('url.format with unicode') : copy.href;
  }
  let auth = object.auth ? `${encodeURIComponent(object.auth).replace(/%3A/i, ':')}@` : '';
  let protocol = object.protocol || '';
  let pathname = object.pathname || '';
  let hash = object.hash || '';
  let host = '';
  if (object.host) host = auth + object.host;
  else if (object.hostname) host = auth + (object.hostname.includes(':') && !object.hostname.startsWith('[') ? `[${object.hostname}]` : object.hostname) + (object.port ? `:${object.port}` : '');
  let query = '';
  if (object.query !== null && typeof object.query === 'object') query = querystring.stringify(object.query);
  let search = object.search || (query && `?${query}`) || '';
  if (protocol && !protocol.endsWith(':')) protocol += ':';
  if (object.slashes || ((!protocol || SPECIAL[protocol] !== undefined) && host)) {
    host = `//${host}`;
    if (pathname && !pathname.startsWith('/')) pathname = `/${pathname}`;
  }
  if (search && !search.startsWith('?')) search = `?${search}`;
  if (hash && !hash.startsWith('#')) hash = `#${hash}`;
  pathname = pathname.replace(/[?#]/g, encodeURIComponent);
  return protocol + host + pathname + search.replace(/#/g, '%23') + hash;
}

function urlResolve(from, to) {
  if (/^[a-z][a-z0-9+.-]*:/i.test(to)) return urlParse(to).href;
  const absolute = /^[a-z][a-z0-9+.-]*:/i.test(from);
  const resolved = new URL(to, new URL(from, 'resolve://host/'));
  return absolute ? resolved.href : resolved.href.replace(/^resolve:\/\/host/, '').replace(/^\//, from.startsWith('/') || to.startsWith('/') ? '/' : '');
}

function fileURLToPath(path) {
  if (typeof path === 'string') path = new URL(path);
  else if (!(path instanceof URL)) native.throwArgType('path', 'of type string or an instance of URL', path);
  if (path.protocol !== 'file:') throw native.error('TypeError', 'ERR_INVALID_URL_SCHEME', 'The URL must be of scheme file');
  if (path.hostname !== '') throw native.error('TypeError', 'ERR_INVALID_FILE_URL_HOST', 'File URL host must be "localhost" or empty on linux');
  if (/%2f/i.test(path.pathname)) throw native.error('TypeError', 'ERR_INVALID_FILE_URL_PATH', 'File URL path must not include encoded / characters');
  return decodeURIComponent(path.pathname);
}
function pathToFileURL(path) {
  const resolved = require('path').resolve(path) + (path.endsWith('/') && path.length > 1 ? '/' : '');
  return new URL(`file://${encodePath(resolved.replace(/%/g, '%25').replace(/\\/g, '%5C').replace(/\n/g, '%0A').replace(/\r/g, '%0D').replace(/\t/g, '%09'))}`);
}
function urlToHttpOptions(url) {
  const options = {
    __proto__: null, ...url, protocol: url.protocol, hostname: url.hostname.replace(/^\[(.*)\]$/, '$1'), hash: url.hash, search: url.search, pathname: url.pathname,
    path: `${url.pathname || ''}${url.search || ''}`, href: url.href,
  };
  if (url.port !== '') options.port = Number(url.port);
  if (url.username || url.password) options.auth = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  return options;
}

exports.URL = URL;
exports.URLSearchParams = URLSearchParams;
exports.toAscii = toAscii;
exports.encodeLabel = encodeLabel;
exports.url = {
  Url, parse: urlParse, resolve: urlResolve,
  resolveObject: (from, to) => urlParse(urlResolve(typeof from === 'string' ? from : urlFormat(from), to)),
  format: urlFormat, URL, URLSearchParams,
  domainToASCII: (domain) => { const host = parseHost(`${domain}`, true); return host === null ? '' : host; },
  domainToUnicode: (domain) => native.unsupported('url.domainToUnicode', domain),
  pathToFileURL, fileURLToPath, urlToHttpOptions,
};
Object.defineProperty(urlParse, 'name', { value: 'urlParse' });
