// v8: the heap's numbers, which are those of a young heap, and the format in which values are stored.
'use strict';

const native = module;
const { Buffer } = require('buffer');
const MIB = 1024 ** 2;

exports.cachedDataVersionTag = () => 1165837636;
exports.getHeapStatistics = () => {
  const { heapTotal, heapUsed, external } = process.memoryUsage();
  return {
    total_heap_size: heapTotal, total_heap_size_executable: MIB / 4, total_physical_size: heapTotal, total_available_size: 4096 * MIB,
    used_heap_size: heapUsed, heap_size_limit: 4144 * MIB, malloced_memory: MIB / 4, peak_malloced_memory: MIB / 2, does_zap_garbage: 0,
    number_of_native_contexts: 1, number_of_detached_contexts: 0, total_global_handles_size: 8192, used_global_handles_size: 2112,
    external_memory: external,
  };
};
exports.getHeapSpaceStatistics = () => ['read_only_space', 'new_space', 'old_space', 'code_space', 'shared_space', 'new_large_object_space',
  'large_object_space', 'code_large_object_space', 'shared_large_object_space'].map((space_name) => (
  { space_name, space_size: 0, space_used_size: 0, space_available_size: 0, physical_space_size: 0 }));
exports.getHeapCodeStatistics = () => (
  { code_and_metadata_size: MIB / 4, bytecode_and_metadata_size: MIB / 2, external_script_source_size: 2 * MIB, cpu_profiler_metadata_size: 0 });
exports.setFlagsFromString = () => {};
exports.takeCoverage = () => {};
exports.stopCoverage = () => {};
exports.setHeapSnapshotNearHeapLimit = () => {};
for (const name of ['getHeapSnapshot', 'writeHeapSnapshot', 'queryObjects']) {
  exports[name] = Object.defineProperty(() => native.unsupported(`v8.${name}`), 'name', { value: name });
}

// ---- The format: a tag before every value, numbers of any size in groups of seven bits, a value met again by its number.

const VERSION = native.since(11) ? 15 : 13;
const HOST_TYPES = [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array, DataView,
  Buffer, ...(typeof BigInt64Array === 'function' ? [BigInt64Array, BigUint64Array] : [])];

// What cloning refuses is refused in the same words, by an Error.
function refuse(v) {
  try {
    native.clone(v, []);
  } catch (error) {
    throw new Error(error.message);
  }
}

class Writer {
  bytes = [0xff, VERSION];
  known = new Map();
  tag(letter) { this.bytes.push(letter.charCodeAt(0)); }
  varint(n) {
    for (; n >= 128; n = Math.floor(n / 128)) this.bytes.push(n % 128 | 128);
    this.bytes.push(n);
  }
  double(n) { this.bytes.push(...new Uint8Array(new Float64Array([n]).buffer)); }
  text(s) {
    if (/^[\0-\xff]*$/.test(s)) {
      this.tag('"');
      this.varint(s.length);
      for (let i = 0; i < s.length; i++) this.bytes.push(s.charCodeAt(i));
      return;
    }
    const size = s.length * 2;
    let digits = 1;
    for (let n = size; n >= 128; n = Math.floor(n / 128)) digits++;
    if ((this.bytes.length + 1 + digits) % 2) this.bytes.push(0); // padding: two-byte text is aligned
    this.tag('c');
    this.varint(size);
    for (let i = 0; i < s.length; i++) this.bytes.push(s.charCodeAt(i) & 255, s.charCodeAt(i) >> 8);
  }
  bigint(n) {
    const digits = [];
    for (let rest = n < 0n ? -n : n; rest; rest >>= 8n) digits.push(Number(rest & 255n));
    while (digits.length % 8) digits.push(0);
    this.varint(digits.length * 2 + (n < 0n ? 1 : 0));
    this.bytes.push(...digits);
  }
  value(v) {
    if (v === undefined) return this.tag('_');
    if (v === null) return this.tag('0');
    if (v === true) return this.tag('T');
    if (v === false) return this.tag('F');
    if (typeof v === 'string') return this.text(v);
    if (typeof v === 'bigint') {
      this.tag('Z');
      return this.bigint(v);
    }
    if (typeof v !== 'number') return this.object(v);
    if (Number.isInteger(v) && !Object.is(v, -0) && v >= -(2 ** 30) && v < 2 ** 30) {
      this.tag('I');
      return this.varint(v < 0 ? -v * 2 - 1 : v * 2);
    }
    this.tag('N');
    return this.double(v);
  }
  object(v) {
    if (typeof v === 'symbol' || typeof v === 'function') return refuse(v);
    if (this.known.has(v)) {
      this.tag('^');
      return this.varint(this.known.get(v));
    }
    this.known.set(v, this.known.size);
    if (ArrayBuffer.isView(v)) return this.view(v);
    if (Array.isArray(v)) return this.array(v);
    if (v instanceof Date) {
      this.tag('D');
      return this.double(v.getTime());
    }
    if (v instanceof RegExp) {
      this.tag('R');
      this.text(v.source);
      return this.varint([...'gimyus'].reduce((bits, flag, i) => bits | (v.flags.includes(flag) ? 1 << i : 0), 0));
    }
    if (v instanceof Map) return this.entries(';', ':', [].concat(...v));
    if (v instanceof Set) return this.entries("'", ',', [...v]);
    if (v instanceof ArrayBuffer) {
      this.tag('B');
      this.varint(v.byteLength);
      return this.bytes.push(...new Uint8Array(v));
    }
    if (v instanceof Boolean) return this.tag(v.valueOf() ? 'y' : 'x');
    if (v instanceof Number) {
      this.tag('n');
      return this.double(v.valueOf());
    }
    if (v instanceof String) {
      this.tag('s');
      return this.text(v.valueOf());
    }
    if (v instanceof Error) return this.error(v);
    if (Object.prototype.toString.call(v) !== '[object Object]') refuse(v);
    this.tag('o');
    const keys = Object.keys(v);
    this.properties(v, keys);
    this.tag('{');
    return this.varint(keys.length);
  }
  properties(v, keys) {
    for (const key of keys) {
      if (String(key >>> 0) === key && key >>> 0 < 2 ** 30) this.value(key >>> 0);
      else this.text(key);
      this.value(v[key]);
    }
  }
  array(v) {
    const keys = Object.keys(v);
    const dense = v.length === 0 || keys.slice(0, v.length).every((key, i) => key === String(i)) && keys.length >= v.length;
    this.tag(dense ? 'A' : 'a');
    this.varint(v.length);
    if (dense) for (let i = 0; i < v.length; i++) this.value(v[i]);
    const rest = dense ? keys.slice(v.length) : keys;
    this.properties(v, rest);
    this.tag(dense ? '$' : '@');
    this.varint(rest.length);
    this.varint(v.length);
  }
  entries(open, close, items) {
    this.tag(open);
    for (const item of items) this.value(item);
    this.tag(close);
    this.varint(items.length);
  }
  view(v) {
    this.tag('\\');
    this.varint(HOST_TYPES.reduce((last, type, i) => (type && v instanceof type ? i : last), -1));
    this.varint(v.byteLength);
    this.bytes.push(...new Uint8Array(v.buffer, v.byteOffset, v.byteLength));
  }
  error(v) {
    this.tag('r');
    const kind = { EvalError: 'E', RangeError: 'R', ReferenceError: 'F', SyntaxError: 'S', TypeError: 'T', URIError: 'U' }[v.name];
    if (kind) this.tag(kind);
    if (Object.prototype.hasOwnProperty.call(v, 'message')) {
      this.tag('m');
      this.text(v.message);
    }
    if (typeof v.stack === 'string') {
      this.tag('s');
      this.text(v.stack);
    }
    this.tag('.');
  }
}

class Reader {
  at = 2;
  known = [];
  constructor(bytes) { this.bytes = bytes; }
  tag() { return String.fromCharCode(this.bytes[this.at++]); }
  varint() {
    let n = 0;
    for (let unit = 1; ; unit *= 128) {
      const byte = this.bytes[this.at++];
      n += (byte & 127) * unit;
      if (!(byte & 128)) return n;
    }
  }
  double() { return this.bytes.readDoubleLE((this.at += 8) - 8); }
  take(size) { return this.bytes.subarray(this.at, this.at += size); }
  keep(v) {
    this.known.push(v);
    return v;
  }
  value() {
    let tag = this.tag();
    while (tag === '\0') tag = this.tag();
    switch (tag) {
      case '_': return undefined;
      case '0': return null;
      case 'T': return true;
      case 'F': return false;
      case '"': return this.take(this.varint()).toString('latin1');
      case 'c': return this.take(this.varint()).toString('utf16le');
      case 'S': return this.take(this.varint()).toString('utf8');
      case 'I': {
        const n = this.varint();
        return n % 2 ? -(n + 1) / 2 : n / 2;
      }
      case 'N': return this.double();
      case 'Z': return this.bigint();
      case '^': return this.known[this.varint()];
      case 'D': return this.keep(new Date(this.double()));
      case 'R': {
        const source = this.value();
        const bits = this.varint();
        return this.keep(new RegExp(source, [...'gimyus'].filter((flag, i) => bits & 1 << i).join('')));
      }
      case 'o': return this.properties(this.keep({}), '{', 1);
      case 'A': return this.array(this.varint());
      case 'a': {
        const sparse = this.keep([]);
        sparse.length = this.varint();
        return this.properties(sparse, '@', 2);
      }
      case ';': {
        const map = this.keep(new Map());
        while (this.bytes[this.at] !== 58) map.set(this.value(), this.value());
        this.skip(1);
        return map;
      }
      case "'": {
        const set = this.keep(new Set());
        while (this.bytes[this.at] !== 44) set.add(this.value());
        this.skip(1);
        return set;
      }
      case 'B': return this.keep(new Uint8Array(this.take(this.varint())).buffer);
      case 'y': return this.keep(Object(true));
      case 'x': return this.keep(Object(false));
      case 'n': return this.keep(Object(this.double()));
      case 's': return this.keep(Object(this.value()));
      case 'r': return this.error();
      case '\\': return this.view();
      default: throw new Error('Unable to deserialize cloned data.');
    }
  }
  skip(numbers) {
    this.at++;
    for (let i = 0; i < numbers; i++) this.varint();
  }
  properties(object, end, numbers) {
    while (this.bytes[this.at] !== end.charCodeAt(0)) {
      if (this.at >= this.bytes.length) throw new Error('Unable to deserialize cloned data.');
      const key = this.value();
      object[key] = this.value();
    }
    this.skip(numbers);
    return object;
  }
  array(length) {
    const array = this.keep([]);
    for (let i = 0; i < length; i++) array.push(this.value());
    return this.properties(array, '$', 2);
  }
  bigint() {
    const bits = this.varint();
    const digits = this.take(Math.floor(bits / 2));
    let n = 0n;
    for (let i = digits.length - 1; i >= 0; i--) n = n << 8n | BigInt(digits[i]);
    return bits % 2 ? -n : n;
  }
  view() {
    const type = HOST_TYPES[this.varint()];
    const bytes = this.take(this.varint());
    if (type === Buffer) return this.keep(Buffer.from(bytes));
    const { buffer } = new Uint8Array(bytes);
    return this.keep(type === DataView ? new DataView(buffer) : new type(buffer));
  }
  error() {
    const at = this.known.push(undefined) - 1;
    const kinds = { E: EvalError, R: RangeError, F: ReferenceError, S: SyntaxError, T: TypeError, U: URIError };
    let kind = Error;
    const own = {};
    for (let tag = this.tag(); tag !== '.'; tag = this.tag()) {
      if (tag === 'm') own.message = this.value();
      else if (tag === 's') own.stack = this.value();
      else kind = kinds[tag];
    }
    const error = new kind(own.message);
    if (own.stack !== undefined) Object.defineProperty(error, 'stack', { value: own.stack, writable: true, configurable: true });
    return this.known[at] = error;
  }
}

exports.serialize = function serialize(value) {
  const writer = new Writer();
  writer.value(value);
  return Buffer.from(writer.bytes);
};
exports.deserialize = function deserialize(bytes) {
  if (!ArrayBuffer.isView(bytes)) return native.throwArgType('buffer', 'an instance of Buffer, TypedArray, or DataView', bytes);
  if (bytes[0] !== 0xff) throw new Error('Unable to deserialize cloned data.');
  return new Reader(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)).value();
};
