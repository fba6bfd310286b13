// zlib: compression is work of the thread pool, a trip for each piece of input and of output; the Sync functions do it at once.
'use strict';

const native = module;
const { Transform } = require('stream');
const { Buffer } = require('buffer');

const constants = Object.freeze({
  __proto__: null,
  Z_NO_FLUSH: 0, Z_PARTIAL_FLUSH: 1, Z_SYNC_FLUSH: 2, Z_FULL_FLUSH: 3, Z_FINISH: 4, Z_BLOCK: 5, Z_OK: 0, Z_STREAM_END: 1, Z_NEED_DICT: 2, Z_ERRNO: -1,
  Z_STREAM_ERROR: -2, Z_DATA_ERROR: -3, Z_MEM_ERROR: -4, Z_BUF_ERROR: -5, Z_VERSION_ERROR: -6, Z_NO_COMPRESSION: 0, Z_BEST_SPEED: 1,
  Z_BEST_COMPRESSION: 9, Z_DEFAULT_COMPRESSION: -1, Z_FILTERED: 1, Z_HUFFMAN_ONLY: 2, Z_RLE: 3, Z_FIXED: 4, Z_DEFAULT_STRATEGY: 0, ZLIB_VERNUM: 4880,
  DEFLATE: 1, INFLATE: 2, GZIP: 3, GUNZIP: 4, DEFLATERAW: 5, INFLATERAW: 6, UNZIP: 7, BROTLI_DECODE: 8, BROTLI_ENCODE: 9, Z_MIN_WINDOWBITS: 8,
  Z_MAX_WINDOWBITS: 15, Z_DEFAULT_WINDOWBITS: 15, Z_MIN_CHUNK: 64, Z_MAX_CHUNK: Infinity, Z_DEFAULT_CHUNK: 16384, Z_MIN_MEMLEVEL: 1, Z_MAX_MEMLEVEL: 9,
  Z_DEFAULT_MEMLEVEL: 8, Z_MIN_LEVEL: -1, Z_MAX_LEVEL: 9, Z_DEFAULT_LEVEL: -1, BROTLI_OPERATION_PROCESS: 0, BROTLI_OPERATION_FLUSH: 1,
  BROTLI_OPERATION_FINISH: 2, BROTLI_PARAM_MODE: 0, BROTLI_MODE_GENERIC: 0, BROTLI_MODE_TEXT: 1, BROTLI_MODE_FONT: 2, BROTLI_PARAM_QUALITY: 1,
  BROTLI_MIN_QUALITY: 0, BROTLI_MAX_QUALITY: 11, BROTLI_DEFAULT_QUALITY: 11, BROTLI_PARAM_SIZE_HINT: 5,
});
const { Z_NO_FLUSH, Z_FINISH, Z_OK, Z_STREAM_END, Z_BUF_ERROR, Z_NEED_DICT } = constants;
const NAMES = { 0: 'Z_OK', 1: 'Z_STREAM_END', 2: 'Z_NEED_DICT', '-1': 'Z_ERRNO', '-2': 'Z_STREAM_ERROR', '-3': 'Z_DATA_ERROR', '-4': 'Z_MEM_ERROR',
  '-5': 'Z_BUF_ERROR', '-6': 'Z_VERSION_ERROR' };
const codes = Object.freeze(Object.assign(Object.create(null), NAMES, ...Object.entries(NAMES).map(([number, name]) => ({ [name]: Number(number) }))));

const MS_PER_BYTE = 20e-6;
const LEAST_MS = 0.02;
const cost = (bytes) => Math.max(LEAST_MS, bytes * MS_PER_BYTE);

// How far each kind of flush goes.
const RANK = { 0: 0, 1: 1, 5: 2, 2: 3, 3: 4, 4: 5 };
const furthest = (a, b) => (RANK[a] > RANK[b] ? a : b);

function failure(status, message) {
  const error = new Error(message);
  error.errno = status;
  error.code = NAMES[status];
  return error;
}

// What a step of the library says about the whole: undefined, or an error.
function problem(status, outLeft, flush, message, hasDictionary) {
  if (status === Z_BUF_ERROR || status === Z_OK) {
    return outLeft !== 0 && flush === Z_FINISH && status === Z_BUF_ERROR ? failure(Z_BUF_ERROR, 'unexpected end of file') : undefined;
  }
  if (status === Z_STREAM_END) return undefined;
  if (status === Z_NEED_DICT) return failure(Z_NEED_DICT, hasDictionary ? 'Bad dictionary' : 'Missing dictionary');
  return failure(status, message ?? 'Zlib error');
}

function check(options, name, least, most, usual) {
  const value = options?.[name];
  if (value === undefined || Number.isNaN(value)) return usual;
  if (typeof value !== 'number') native.throwArgType(`options.${name}`, 'of type number', value);
  if (value < least || value > most) native.throwRange(`options.${name}`, `>= ${least}${most === Infinity ? '' : ` and <= ${most}`}`, value);
  return value;
}

function hide(object, key, value) { Object.defineProperty(object, key, { value, writable: true, configurable: true, enumerable: false }); }

class ZlibBase extends Transform {
  constructor(options, mode) {
    const chunkSize = check(options, 'chunkSize', 64, Infinity, 16384);
    const flush = check(options, 'flush', 0, 5, Z_NO_FLUSH);
    const finishFlush = check(options, 'finishFlush', 0, 5, Z_FINISH);
    const maxOutputLength = check(options, 'maxOutputLength', 1, 2 ** 53 - 1, 4294967296);
    const inflates = mode === 2 || mode === 4 || mode === 6 || mode === 7;
    const windowBits = check(options, 'windowBits', inflates && mode !== 6 ? 0 : mode === 3 ? 9 : 8, 15, 15);
    const level = check(options, 'level', -1, 9, -1);
    const memLevel = check(options, 'memLevel', 1, 9, 8);
    const strategy = check(options, 'strategy', 0, 4, 0);
    super({ autoDestroy: true, ...options });
    this.bytesWritten = 0;
    hide(this, '_maxOutputLength', maxOutputLength);
    hide(this, '_chunkSize', chunkSize);
    hide(this, '_flushFlag', flush);
    hide(this, '_finishFlushFlag', finishFlush);
    hide(this, '_dictionary', options?.dictionary);
    hide(this, '_handle', native.open(mode, level, windowBits || 15, memLevel, strategy, options?.dictionary));
  }
  _transform(chunk, encoding, callback) {
    let flag = this._flushFlag;
    if (typeof chunk.flushFlag === 'number') flag = chunk.flushFlag;
    else if (this.writableEnded && this.writableLength === chunk.byteLength) flag = furthest(flag, this._finishFlushFlag);
    if (this._handle === null) return;
    this.#trip(chunk, 0, flag, Buffer.allocUnsafe(this._chunkSize), 0, callback);
  }
  // One trip to the pool: as much output as there is room for.
  #trip(chunk, at, flag, out, outAt, callback) {
    native.pool('zlib', cost(chunk.length - at), () => {
      if (this._handle === null || this.destroyed) {
        this.push(null);
        return callback();
      }
      const [status, inLeft, outLeft, message] = native.write(this._handle, chunk, at, out, outAt, flag, this._dictionary);
      const error = problem(status, outLeft, flag, message, !!this._dictionary);
      if (error) {
        this.destroy(error);
        return;
      }
      this.bytesWritten += chunk.length - at - inLeft;
      const have = out.length - outAt - outLeft;
      if (have > 0) this.push(out.subarray(outAt, outAt + have));
      if (this.destroyed) return;
      if (outLeft === 0) {
        this.#trip(chunk, chunk.length - inLeft, flag, Buffer.allocUnsafe(this._chunkSize), 0, callback);
        return;
      }
      if (inLeft > 0 && status === Z_STREAM_END) this.push(null); // what follows the end is not looked at
      callback();
    });
  }
  // As before Transform had one of its own: 'finish' comes before the last of the output.
  _final(callback) { callback(); }
  _flush(callback) { this._transform(Buffer.alloc(0), '', callback); }
  flush(kind, callback) {
    if (typeof kind === 'function' || (kind === undefined && !callback)) [callback, kind] = [kind, constants.Z_FULL_FLUSH];
    if (this.writableFinished) {
      if (callback) process.nextTick(callback);
    } else if (this.writableEnded) {
      if (callback) this.once('end', callback);
    } else {
      const marker = Buffer.alloc(0);
      marker.flushFlag = kind;
      this.write(marker, '', callback);
    }
  }
  close(callback) {
    if (callback) {
      if (this.closed) process.nextTick(callback);
      else this.once('close', callback);
    }
    this.destroy();
  }
  reset() { native.reset(this._handle); }
  params(level, strategy, callback) {
    this.flush(constants.Z_SYNC_FLUSH, () => {
      if (this._handle !== null) native.params(this._handle, level, strategy);
      callback?.();
    });
  }
  _destroy(error, callback) {
    if (this._handle !== null) native.release(this._handle);
    this._handle = null;
    callback(error);
  }
}

const MODES = { Deflate: 1, Inflate: 2, Gzip: 3, Gunzip: 4, DeflateRaw: 5, InflateRaw: 6, Unzip: 7 };
const classes = {};
for (const name of Object.keys(MODES)) {
  const made = class extends ZlibBase { constructor(options) { super(options, MODES[name]); } };
  Object.defineProperty(made, 'name', { value: name });
  classes[name] = new Proxy(made, { apply: (target, self, args) => new made(...args) });
}

function bytesOf(buffer) {
  if (typeof buffer === 'string') return Buffer.from(buffer);
  if (ArrayBuffer.isView(buffer)) return Buffer.from(buffer.buffer, buffer.byteOffset, buffer.byteLength);
  if (buffer instanceof ArrayBuffer) return Buffer.from(buffer);
  return native.throwArgType('buffer', 'of type string or an instance of Buffer, TypedArray, DataView, or ArrayBuffer', buffer);
}

function tooLarge(most) { return native.error('RangeError', 'ERR_BUFFER_TOO_LARGE', `Cannot create a Buffer larger than ${most} bytes`); }

function whole(stream, buffer, callback) {
  const chunks = [];
  let length = 0;
  const onReadable = () => {
    for (let chunk = stream.read(); chunk !== null; chunk = stream.read()) {
      chunks.push(chunk);
      length += chunk.byteLength;
      if (length > stream._maxOutputLength) {
        stream.close();
        callback(tooLarge(stream._maxOutputLength));
        return;
      }
    }
  };
  stream.on('readable', onReadable);
  stream.on('error', (error) => {
    stream.removeListener('readable', onReadable);
    callback(error);
  });
  stream.on('end', () => {
    stream.close();
    callback(null, Buffer.concat(chunks, length));
  });
  stream.end(buffer);
}

function wholeNow(stream, buffer) {
  native.work(cost(buffer.length));
  const chunks = [];
  const flag = stream._finishFlushFlag;
  let length = 0;
  for (let at = 0; ;) {
    const out = Buffer.allocUnsafe(stream._chunkSize);
    const [status, inLeft, outLeft, message] = native.write(stream._handle, buffer, at, out, 0, flag, stream._dictionary);
    const error = problem(status, outLeft, flag, message, !!stream._dictionary);
    if (error) {
      stream.destroy();
      throw error;
    }
    at = buffer.length - inLeft;
    length += out.length - outLeft;
    chunks.push(out.subarray(0, out.length - outLeft));
    if (length > stream._maxOutputLength) throw tooLarge(stream._maxOutputLength);
    if (outLeft !== 0) break;
  }
  stream.destroy();
  return Buffer.concat(chunks, length);
}

const functions = {};
for (const name of Object.keys(MODES)) {
  const plain = name[0].toLowerCase() + name.slice(1);
  functions[plain] = Object.defineProperty(function (buffer, options, callback) {
    if (typeof options === 'function') [callback, options] = [options, {}];
    if (typeof callback !== 'function') native.throwArgType('callback', 'of type function', callback);
    whole(new classes[name](options), bytesOf(buffer), callback);
  }, 'name', { value: plain });
  functions[`${plain}Sync`] = Object.defineProperty((buffer, options) => {
    const bytes = bytesOf(buffer);
    return wholeNow(new classes[name](options), bytes);
  }, 'name', { value: `${plain}Sync` });
}

function crc32(data, value = 0) {
  if (typeof data !== 'string' && !ArrayBuffer.isView(data)) native.throwArgType('data', 'of type string or an instance of Buffer, TypedArray, or DataView', data);
  return native.crc32(bytesOf(data), value);
}

if (native.since(22) || (native.since(20) && !native.since(21))) exports.crc32 = crc32;
Object.assign(exports, classes);
for (const name of ['BrotliCompress', 'BrotliDecompress']) exports[name] = function () { native.unsupported(`zlib.${name}`); };
Object.assign(exports, functions);
for (const name of ['brotliCompress', 'brotliCompressSync', 'brotliDecompress', 'brotliDecompressSync']) {
  exports[name] = Object.defineProperty(() => native.unsupported(`zlib.${name}`), 'name', { value: name });
}
for (const name of Object.keys(MODES)) exports[`create${name}`] = (options) => new classes[name](options);
for (const name of ['BrotliCompress', 'BrotliDecompress']) exports[`create${name}`] = () => native.unsupported(`zlib.create${name}`);
Object.defineProperty(exports, 'constants', { value: constants, enumerable: true });
Object.defineProperty(exports, 'codes', { value: codes, enumerable: true });
for (const name of Object.keys(constants)) if (name.startsWith('Z_')) Object.defineProperty(exports, name, { value: constants[name] });
