// Functions of util and Buffer that few programs call: each is put in place by name, and this file is read when one is called.
'use strict';

const native = module;

// ---- Array.fromAsync (ECMA-262 23.1.2.2)

exports.fromAsync = { async fromAsync(items, mapper, thisArg) {
  if (mapper !== undefined && typeof mapper !== 'function') throw new TypeError(`${String(mapper)} is not a function`);
  if (items == null) throw new TypeError(`Cannot read properties of ${items} (reading 'Symbol(Symbol.asyncIterator)')`);
  const Class = typeof this === 'function' && this.prototype ? this : Array;
  const put = (array, i, value) => Object.defineProperty(array, i, { value, writable: true, enumerable: true, configurable: true });
  let i = 0, array;
  if (items[Symbol.asyncIterator] != null || items[Symbol.iterator] != null) {
    array = new Class();
    for await (const item of items) {
      put(array, i, mapper ? await mapper.call(thisArg, item, i) : item);
      i++;
    }
  } else {
    const length = Math.min(Math.max(Math.trunc(items.length) || 0, 0), Number.MAX_SAFE_INTEGER);
    array = new Class(length);
    for (; i < length; i++) {
      const item = await items[i];
      put(array, i, mapper ? await mapper.call(thisArg, item, i) : item);
    }
  }
  array.length = i;
  return array;
} }.fromAsync;

// ---- Buffer

function checkOffset(buffer, offset, length) {
  if (typeof offset !== 'number') native.throwArgType('offset', 'of type number', offset);
  if (!Number.isInteger(offset)) native.throwRange('offset', 'an integer', offset);
  if (buffer.length < length) throw native.error('RangeError', 'ERR_BUFFER_OUT_OF_BOUNDS', 'Attempt to access memory outside buffer bounds');
  if (offset < 0 || offset + length > buffer.length) native.throwRange('offset', `>= 0 and <= ${buffer.length - length}`, offset);
}
function checkLength(length) {
  if (length === undefined || typeof length !== 'number') native.throwArgType('byteLength', 'of type number', length);
  if (!Number.isInteger(length)) native.throwRange('byteLength', 'an integer', length);
  if (length < 1 || length > 6) native.throwRange('byteLength', '>= 1 and <= 6', length);
}
const view = (buffer) => new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);

for (const end of ['LE', 'BE']) {
  const at = (offset, length, i) => (end === 'LE' ? offset + i : offset + length - 1 - i);
  const readUnsigned = (buffer, offset, length) => {
    if (offset === undefined) native.throwArgType('offset', 'of type number', offset);
    checkLength(length);
    checkOffset(buffer, offset, length);
    let value = 0;
    for (let i = length - 1; i >= 0; i--) value = value * 256 + buffer[at(offset, length, i)];
    return value;
  };
  const write = (buffer, value, offset, length, low, high) => {
    checkLength(length);
    value = +value;
    checkOffset(buffer, offset, length);
    if (value > high || value < low) {
      const bits = length * 8;
      const range = low ? (length > 4 ? `>= -(2 ** ${bits - 1}) and < 2 ** ${bits - 1}` : `>= ${low} and <= ${high}`)
        : length > 4 ? `>= 0 and < 2 ** ${bits}` : `>= 0 and <= ${high}`;
      native.throwRange('value', range, value);
    }
    if (value < 0) value += 256 ** length;
    for (let i = 0; i < length; i++) {
      buffer[at(offset, length, i)] = value % 256;
      value = Math.floor(value / 256);
    }
    return offset + length;
  };
  exports[`readUInt${end}`] = function (offset, length) { return readUnsigned(this, offset, length); };
  exports[`readInt${end}`] = function (offset, length) {
    const value = readUnsigned(this, offset, length);
    return value >= 256 ** length / 2 ? value - 256 ** length : value;
  };
  exports[`writeUInt${end}`] = function (value, offset, length) { return write(this, value, offset, length, 0, 256 ** length - 1); };
  exports[`writeInt${end}`] = function (value, offset, length) {
    return write(this, value, offset, length, -(256 ** length) / 2, 256 ** length / 2 - 1);
  };
  for (const [name, method, low, high] of [['BigInt64', 'BigInt64', -(2n ** 63n), 2n ** 63n - 1n], ['BigUInt64', 'BigUint64', 0n, 2n ** 64n - 1n]]) {
    exports[`read${name}${end}`] = function (offset = 0) {
      checkOffset(this, offset, 8);
      return view(this)[`get${method}`](offset, end === 'LE');
    };
    exports[`write${name}${end}`] = function (value, offset = 0) {
      if (value > high || value < low) native.throwRange('value', low ? '>= -(2n ** 63n) and < 2n ** 63n' : '>= 0n and < 2n ** 64n', value);
      checkOffset(this, offset, 8);
      view(this)[`set${method}`](offset, value, end === 'LE');
      return offset + 8;
    };
  }
}
for (const encoding of ['ascii', 'base64', 'base64url', 'latin1', 'hex', 'ucs2', 'utf8']) {
  exports[`${encoding}Slice`] = function (start, end) { return this.toString(encoding, start, end); };
  exports[`${encoding}Write`] = function (text, offset, length) { return this.write(text, offset ?? 0, length ?? this.length - (offset ?? 0), encoding); };
}
exports.of = function (...items) {
  const buffer = Buffer.alloc(items.length);
  items.forEach((v, i) => { buffer[i] = v; });
  return buffer;
};
exports.copyBytesFrom = function (source, offset = 0, length = source.length - offset) {
  const part = source.subarray(offset, offset + length);
  return Buffer.from(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
};

const ENCODINGS = { utf8: 'utf8', 'utf-8': 'utf8', ucs2: 'utf16le', 'ucs-2': 'utf16le', utf16le: 'utf16le', latin1: 'latin1', binary: 'latin1', ascii: 'ascii' };
exports.transcode = (source, from, to) => {
  if (!(source instanceof Uint8Array)) native.throwArgType('source', 'an instance of Buffer or Uint8Array', source);
  const [decoder, encoder] = [from, to].map((name) => ENCODINGS[`${name}`.toLowerCase()]);
  if (!decoder || !encoder) {
    const error = new Error('Unable to transcode Buffer [U_ILLEGAL_ARGUMENT_ERROR]');
    throw Object.assign(error, { code: 'U_ILLEGAL_ARGUMENT_ERROR', errno: 1 });
  }
  const text = Buffer.from(source).toString(decoder);
  if (encoder !== 'latin1' && encoder !== 'ascii') return Buffer.from(text, encoder);
  const most = encoder === 'ascii' ? 127 : 255;
  return Buffer.from(Array.from(text, (c) => (c.codePointAt(0) > most ? '?' : c)).join(''), encoder);
};
const bytesOf = (input) => {
  if (!ArrayBuffer.isView(input) && !(input instanceof ArrayBuffer)) native.throwArgType('input', 'an instance of ArrayBuffer, Buffer, or TypedArray', input);
  return ArrayBuffer.isView(input) ? new Uint8Array(input.buffer, input.byteOffset, input.byteLength) : new Uint8Array(input);
};
exports.isAscii = (input) => bytesOf(input).every((byte) => byte < 128);
exports.isUtf8 = (input) => {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytesOf(input));
    return true;
  } catch {
    return false;
  }
};

// ---- util

const ERRORS = {
  E2BIG: [7, 'argument list too long'], EACCES: [13, 'permission denied'], EADDRINUSE: [98, 'address already in use'], EAGAIN: [11, 'resource temporarily unavailable'],
  EBADF: [9, 'bad file descriptor'], EBUSY: [16, 'resource busy or locked'], ECANCELED: [125, 'operation canceled'], ECONNABORTED: [103, 'software caused connection abort'],
  ECONNREFUSED: [111, 'connection refused'], ECONNRESET: [104, 'connection reset by peer'], EEXIST: [17, 'file already exists'], EFBIG: [27, 'file too large'],
  EHOSTUNREACH: [113, 'host is unreachable'], EINTR: [4, 'interrupted system call'], EINVAL: [22, 'invalid argument'], EIO: [5, 'i/o error'], EISDIR: [21, 'illegal operation on a directory'],
  ELOOP: [40, 'too many symbolic links encountered'], EMFILE: [24, 'too many open files'], ENAMETOOLONG: [36, 'name too long'], ENOENT: [2, 'no such file or directory'],
  ENOMEM: [12, 'not enough memory'], ENOSPC: [28, 'no space left on device'], ENOTDIR: [20, 'not a directory'], ENOTEMPTY: [39, 'directory not empty'], EPERM: [1, 'operation not permitted'],
  EPIPE: [32, 'broken pipe'], EROFS: [30, 'read-only file system'], ETIMEDOUT: [110, 'connection timed out'], EXDEV: [18, 'cross-device link not permitted'],
};
exports.getSystemErrorMap = () => new Map(Object.entries(ERRORS).map(([name, [number, text]]) => [-number, [name, text]]));
exports.getSystemErrorName = (number) => {
  if (typeof number !== 'number') native.throwArgType('err', 'of type number', number);
  if (!Number.isInteger(number) || number >= 0) native.throwRange('err', 'a negative integer', number);
  const found = Object.keys(ERRORS).find((name) => ERRORS[name][0] === -number);
  return found || `Unknown system error ${number}`;
};

exports.aborted = async (signal, resource) => {
  if (signal === undefined || typeof signal !== 'object' || !('aborted' in signal)) native.throwArgType('signal', 'an instance of AbortSignal', signal);
  if (resource === null || (typeof resource !== 'object' && typeof resource !== 'function')) native.throwArgType('resource', 'of type object', resource);
  if (signal.aborted) return undefined;
  return new Promise((resolve) => { signal.addEventListener('abort', () => resolve(), { once: true }); });
};

exports.parseArgs = (config = {}) => {
  const { args = process.argv.slice(2), options = {}, strict = true, allowPositionals = !strict, tokens: wantsTokens = false, allowNegative = false } = config;
  const values = Object.create(null);
  const positionals = [];
  const tokens = [];
  const fail = (code, message) => { throw native.error('TypeError', code, message); };
  const store = (name, raw, value, inline) => {
    let known = Object.hasOwn(options, name) ? options[name] : undefined;
    if (!known && allowNegative && name.startsWith('no-') && Object.hasOwn(options, name.slice(3))) {
      name = name.slice(3);
      known = options[name];
      value = false;
    }
    if (strict) {
      if (!known) {
        const hint = allowPositionals ? ` To specify a positional argument starting with a '-', place it at the end of the command after '--', as in '-- "${raw}"` : '';
        fail('ERR_PARSE_ARGS_UNKNOWN_OPTION', `Unknown option '${raw}'${hint && `.${hint}`}`);
      }
      const short = known.short ? `-${known.short}, ` : '';
      if (known.type === 'string' && typeof value !== 'string') fail('ERR_PARSE_ARGS_INVALID_OPTION_VALUE', `Option '${short}--${name} <value>' argument missing`);
      if (known.type === 'boolean' && inline) fail('ERR_PARSE_ARGS_INVALID_OPTION_VALUE', `Option '${short}--${name}' does not take an argument`);
    }
    value ??= true;
    if (known?.multiple) (values[name] ??= []).push(value);
    else values[name] = value;
  };
  const nameOfShort = (letter) => Object.keys(options).find((name) => options[name].short === letter) ?? letter;
  const rest = [...args];
  for (let index = 0; index < rest.length; index++) {
    const arg = rest[index];
    const next = rest[index + 1];
    const takesNext = (name) => options[name]?.type === 'string' && next !== undefined && (!strict || !/^-./.test(next) || next === '-');
    const token = (name, rawName, value, inlineValue) => {
      tokens.push({ kind: 'option', name, rawName, index, value, inlineValue });
      store(name, rawName, value, inlineValue);
    };
    if (arg === '--') {
      tokens.push({ kind: 'option-terminator', index });
      for (index++; index < rest.length; index++) {
        tokens.push({ kind: 'positional', index, value: rest[index] });
        positionals.push(rest[index]);
      }
    } else if (/^--[^=]+=/.test(arg)) {
      const at = arg.indexOf('=');
      token(arg.slice(2, at), arg.slice(0, at), arg.slice(at + 1), true);
    } else if (arg.startsWith('--')) {
      const name = arg.slice(2);
      const has = takesNext(name);
      token(name, arg, has ? next : undefined, has ? false : undefined);
      if (has) index++;
    } else if (/^-[^-]/.test(arg)) {
      for (let i = 1; i < arg.length; i++) {
        const name = nameOfShort(arg[i]);
        if (options[name]?.type === 'string') {
          const has = i + 1 === arg.length && takesNext(name);
          token(name, `-${arg[i]}`, i + 1 < arg.length ? arg.slice(i + 1) : has ? next : undefined, i + 1 < arg.length ? true : has ? false : undefined);
          if (has) index++;
          break;
        }
        token(name, `-${arg[i]}`, undefined, undefined);
      }
    } else {
      if (strict && !allowPositionals) fail('ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL', `Unexpected argument '${arg}'. This command does not take positional arguments`);
      tokens.push({ kind: 'positional', index, value: arg });
      positionals.push(arg);
    }
  }
  for (const name of Object.keys(options)) if (options[name].default !== undefined && values[name] === undefined) values[name] = options[name].default;
  return wantsTokens ? { values, positionals, tokens } : { values, positionals };
};
