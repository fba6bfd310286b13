// crypto: derivations and random bytes are work of the thread pool when they have a callback (R100).
'use strict';

const native = module;
const { Buffer } = require('buffer');
const { Transform } = require('stream');

// What real Node's OpenSSL knows besides.
const OTHER_DIGESTS = /^(rsa-|ripemd|rmd160|blake2|sha3-|shake|sm3|md5-sha1|sha512-|ssl3-|id-rsassa|whirlpool|md4)/i;
const ANY_BYTES = 'of type string or an instance of ArrayBuffer, Buffer, TypedArray, DataView, KeyObject, or CryptoKey';

const known = (name, digest) => {
  if (typeof digest !== 'string') native.throwArgType(name, 'of type string', digest);
  return native.size(digest) > 0;
};

function bytesOf(name, value, encoding, expected = 'of type string or an instance of Buffer, TypedArray, or DataView') {
  if (typeof value === 'string') return Buffer.from(value, encoding);
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return Buffer.from(value.buffer ?? value, value.byteOffset ?? 0, value.byteLength);
  return native.throwArgType(name, expected, value);
}

function whole(name, value, least, most) {
  if (typeof value !== 'number') native.throwArgType(name, 'of type number', value);
  if (!Number.isInteger(value)) native.throwRange(name, 'an integer', value);
  if (value < least || value > most) native.throwRange(name, `>= ${least} && <= ${most}`, value);
}

function invalidDigest(digest) {
  if (OTHER_DIGESTS.test(digest)) native.unsupported(`crypto with the digest '${digest}'`);
  return native.error('TypeError', 'ERR_CRYPTO_INVALID_DIGEST', `Invalid digest: ${digest}`);
}

function checkDerivation(password, salt, iterations, length, digest) {
  if (digest === undefined || digest === null) native.throwArgType('digest', 'of type string', digest);
  const args = [digest, bytesOf('password', password), bytesOf('salt', salt), iterations, length];
  whole('iterations', iterations, 1, 2147483647);
  whole('keylen', length, 0, 2147483647);
  if (!known('digest', digest)) {
    throw invalidDigest(digest);
  }
  return args;
}

function pbkdf2(password, salt, iterations, length, digest, callback) {
  if (typeof digest === 'function') [callback, digest] = [digest, undefined];
  const args = checkDerivation(password, salt, iterations, length, digest);
  if (typeof callback !== 'function') native.throwArgType('callback', 'of type function', callback);
  native.pool('crypto.pbkdf2', native.duration(...args), () => callback(null, native.pbkdf2(...args)));
}

function pbkdf2Sync(password, salt, iterations, length, digest) {
  const args = checkDerivation(password, salt, iterations, length, digest);
  native.work(native.duration(...args));
  return native.pbkdf2(...args);
}

function randomBytes(size, callback) {
  whole('size', size, 0, 2147483647);
  if (callback === undefined) return native.random(size);
  if (typeof callback !== 'function') native.throwArgType('callback', 'of type function', callback);
  native.pool('crypto.randomBytes', 0, () => callback(null, native.random(size)));
}

function randomInt(least, most, callback) {
  if (most === undefined || typeof most === 'function') [least, most, callback] = [0, least, most];
  if (!Number.isSafeInteger(least)) native.throwArgType('min', 'a safe integer', least);
  if (!Number.isSafeInteger(most)) native.throwArgType('max', 'a safe integer', most);
  if (most <= least) native.throwRange('max', `greater than the value of "min" (${least})`, most);
  const number = () => least + Math.floor(native.random(6).readUIntBE(0, 6) / 2 ** 48 * (most - least));
  if (callback === undefined) return number();
  process.nextTick(() => callback(undefined, number()));
}

function randomUUID() {
  const bytes = native.random(16);
  bytes[6] = bytes[6] & 0x0f | 0x40;
  bytes[8] = bytes[8] & 0x3f | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

// (password, salt, length[, options])
const MIB = 1024 ** 2;
const SCRYPT_NS_PER_BLOCK = 2500;
function checkScrypt(password, salt, length, options) {
  const number = (short, long, usual) => options?.[short] ?? options?.[long] ?? usual;
  const args = [bytesOf('password', password), bytesOf('salt', salt), number('N', 'cost', 16384), number('r', 'blockSize', 8), number('p', 'parallelization', 1), length];
  whole('keylen', length, 0, 2147483647);
  const [, , cost, r, p] = args;
  for (const [name, value] of [['N', cost], ['r', r], ['p', p]]) whole(name, value, 0, 2 ** 32 - 1);
  const invalid = (more) => native.error('RangeError', 'ERR_CRYPTO_INVALID_SCRYPT_PARAMS', `Invalid scrypt params${more}`);
  if (cost < 2 || (cost & (cost - 1)) !== 0) throw invalid('');
  if (128 * r * (cost + p + 2) > (options?.maxmem ?? 32 * MIB)) throw invalid(': error:030000AC:digital envelope routines::memory limit exceeded');
  return args;
}
const scryptMs = ([, , cost, r, p]) => cost * r * p * SCRYPT_NS_PER_BLOCK / 8e6;

function scrypt(password, salt, length, options, callback) {
  if (typeof options === 'function') [callback, options] = [options, undefined];
  const args = checkScrypt(password, salt, length, options);
  if (typeof callback !== 'function') native.throwArgType('callback', 'of type function', callback);
  native.pool('crypto.scrypt', scryptMs(args), () => callback(null, native.scrypt(...args)));
}

function scryptSync(password, salt, length, options) {
  const args = checkScrypt(password, salt, length, options);
  native.work(scryptMs(args));
  return native.scrypt(...args);
}

// RFC 5869
function expand(digest, key, salt, info, length) {
  const size = native.size(digest);
  const pseudo = native.hash(digest, bytesOf('ikm', key), salt.length ? salt : Buffer.alloc(size));
  let last = Buffer.alloc(0);
  const all = [];
  for (let i = 1; all.length * size < length; i++) all.push(last = native.hash(digest, Buffer.concat([last, info, Buffer.from([i])]), pseudo));
  const bytes = Buffer.concat(all).subarray(0, length);
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + length);
}

function checkExpand(digest, key, salt, info, length) {
  const args = [digest, bytesOf('ikm', key, undefined, ANY_BYTES), bytesOf('salt', salt), bytesOf('info', info), length];
  whole('length', length, 0, 2147483647);
  if (!known('digest', digest)) throw invalidDigest(digest);
  return args;
}

function hkdf(digest, key, salt, info, length, callback) {
  const args = checkExpand(digest, key, salt, info, length);
  if (typeof callback !== 'function') native.throwArgType('callback', 'of type function', callback);
  native.pool('crypto.hkdf', 0, () => callback(null, expand(...args)));
}

const hkdfSync = (digest, key, salt, info, length) => expand(...checkExpand(digest, key, salt, info, length));

// (buffer[, offset][, size])
function checkFill(buffer, offset, size) {
  if (!ArrayBuffer.isView(buffer) && !(buffer instanceof ArrayBuffer)) native.throwArgType('buf', 'an instance of ArrayBuffer or ArrayBufferView', buffer);
  const bytes = new Uint8Array(buffer.buffer ?? buffer, buffer.byteOffset ?? 0, buffer.byteLength);
  return bytes.subarray(offset ?? 0, size === undefined ? undefined : (offset ?? 0) + size);
}

function randomFillSync(buffer, offset, size) {
  const bytes = checkFill(buffer, offset, size);
  bytes.set(native.random(bytes.length));
  return buffer;
}

function randomFill(buffer, offset, size, callback) {
  if (typeof offset === 'function') [callback, offset, size] = [offset, undefined, undefined];
  else if (typeof size === 'function') [callback, size] = [size, undefined];
  const bytes = checkFill(buffer, offset, size);
  if (typeof callback !== 'function') native.throwArgType('callback', 'of type function', callback);
  native.pool('crypto.randomFill', 0, () => {
    bytes.set(native.random(bytes.length));
    callback(null, buffer);
  });
}

// ---- Hash, Hmac: streams, but only those that somebody uses as one are made into one.

const kChunks = Symbol('chunks');
const kDigest = Symbol('digest');
const kKey = Symbol('key');
const kDone = Symbol('done');

function makeHash(hash, digest, key, options) {
  hash._options = options;
  for (const [name, value] of [[kChunks, []], [kDigest, digest], [kKey, key], [kDone, false]]) {
    Object.defineProperty(hash, name, { value, writable: true, configurable: true });
  }
}
const finalized = () => native.error('Error', 'ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');

function Hash(digest, options) {
  if (!new.target) return new Hash(digest, options);
  if (!known('algorithm', digest)) {
    if (OTHER_DIGESTS.test(digest)) native.unsupported(`crypto with the digest '${digest}'`);
    throw new Error('Digest method not supported');
  }
  makeHash(this, digest, undefined, options);
}

function Hmac(digest, key, options) {
  if (!new.target) return new Hmac(digest, key, options);
  if (typeof digest !== 'string') native.throwArgType('hmac', 'of type string', digest);
  const bytes = bytesOf('key', key, undefined, ANY_BYTES);
  if (!known('hmac', digest)) throw invalidDigest(digest);
  makeHash(this, digest, bytes, options);
}

const methods = {
  update(data, encoding) {
    if (this[kDone]) throw finalized();
    this[kChunks].push(Buffer.from(bytesOf('data', data, encoding)));
    return this;
  },
  digest(encoding) {
    if (this[kDone] && this[kKey]) return encoding === undefined || encoding === 'buffer' ? Buffer.alloc(0) : '';
    if (this[kDone]) throw finalized();
    this[kDone] = true;
    const result = native.hash(this[kDigest], Buffer.concat(this[kChunks]), this[kKey]);
    return encoding === undefined || encoding === 'buffer' ? result : result.toString(encoding);
  },
  copy(options) {
    if (this[kDone]) throw finalized();
    const copy = new Hash(this[kDigest], options);
    copy[kChunks] = [...this[kChunks]];
    return copy;
  },
  _transform(chunk, encoding, callback) {
    this.update(chunk, encoding);
    callback();
  },
  _flush(callback) {
    this.push(this.digest());
    callback();
  },
};
for (const kind of [Hash, Hmac]) {
  Object.setPrototypeOf(kind.prototype, Transform.prototype);
  Object.setPrototypeOf(kind, Transform);
  for (const name of Object.keys(methods)) {
    if (name !== 'copy' || kind === Hash) Object.defineProperty(kind.prototype, name, { value: methods[name], writable: true, configurable: true });
  }
  for (const name of ['_readableState', '_writableState', '_events', '_eventsCount', '_maxListeners', 'allowHalfOpen']) {
    Object.defineProperty(kind.prototype, name, {
      configurable: true,
      get() {
        becomeStream(this);
        return this[name];
      },
      set(value) { Object.defineProperty(this, name, { value, writable: true, configurable: true, enumerable: true }); },
    });
  }
}

function becomeStream(hash) {
  for (const name of ['_readableState', '_writableState', '_events', '_eventsCount', '_maxListeners']) {
    Object.defineProperty(hash, name, { value: undefined, writable: true, configurable: true, enumerable: true });
  }
  Transform.call(hash, { decodeStrings: false, ...hash._options });
}

function digestOf(algorithm, input, encoding = 'hex') {
  if (typeof input !== 'string' && !ArrayBuffer.isView(input)) native.throwArgType('input', 'of type string or an instance of Buffer, TypedArray, or DataView', input);
  return new Hash(algorithm).update(input).digest(encoding);
}

function timingSafeEqual(a, b) {
  const [x, y] = [['buf1', a], ['buf2', b]].map(([name, value]) => {
    if (!ArrayBuffer.isView(value) && !(value instanceof ArrayBuffer)) {
      throw native.error('TypeError', 'ERR_INVALID_ARG_TYPE', `The "${name}" argument must be an instance of ArrayBuffer, Buffer, TypedArray, or DataView.`);
    }
    return bytesOf(name, value);
  });
  if (x.length !== y.length) throw native.error('RangeError', 'ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH', 'Input buffers must have the same byte length');
  return x.equals(y);
}

const SUBTLE_DIGESTS = { 'SHA-1': 'sha1', 'SHA-256': 'sha256', 'SHA-384': 'sha384', 'SHA-512': 'sha512' };
class SubtleCrypto {
  async digest(algorithm, data) {
    const name = `${algorithm?.name ?? algorithm}`.toUpperCase();
    if (!Object.hasOwn(SUBTLE_DIGESTS, name)) throw new DOMException('Unrecognized algorithm name', 'NotSupportedError');
    const bytes = Buffer.from(bytesOf('data', data));
    return new Promise((resolve) => {
      native.pool('crypto.subtle.digest', 0, () => {
        const digest = native.hash(SUBTLE_DIGESTS[name], bytes);
        resolve(digest.buffer.slice(digest.byteOffset, digest.byteOffset + digest.length));
      });
    });
  }
}
for (const name of ['encrypt', 'decrypt', 'sign', 'verify', 'generateKey', 'deriveKey', 'deriveBits', 'importKey', 'exportKey', 'wrapKey', 'unwrapKey']) {
  Object.defineProperty(SubtleCrypto.prototype, name, { value: () => native.unsupported(`crypto.subtle.${name}`), configurable: true, writable: true });
}
Object.defineProperty(SubtleCrypto.prototype, Symbol.toStringTag, { value: 'SubtleCrypto', configurable: true });
const subtle = new SubtleCrypto();

class Crypto {
  get subtle() { return subtle; }
  getRandomValues(array) {
    if (!ArrayBuffer.isView(array) || array instanceof DataView || array instanceof Float32Array || array instanceof Float64Array) {
      throw new DOMException('The data argument must be an integer-type TypedArray', 'TypeMismatchError');
    }
    if (array.byteLength > 65536) {
      throw new DOMException(`The requested length exceeds 65,536 bytes`, 'QuotaExceededError');
    }
    new Uint8Array(array.buffer, array.byteOffset, array.byteLength).set(native.random(array.byteLength));
    return array;
  }
  randomUUID() {
    return randomUUID();
  }
}
Object.defineProperty(Crypto.prototype, Symbol.toStringTag, { value: 'Crypto', configurable: true });
exports.webcrypto = new Crypto();

Object.assign(exports, {
  Hash, Hmac,
  createHash: (digest, options) => new Hash(digest, options),
  createHmac: (digest, key, options) => new Hmac(digest, key, options),
  getHashes: () => ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'],
  getRandomValues: (array) => exports.webcrypto.getRandomValues(array),
  hash: digestOf, hkdf, hkdfSync, pbkdf2, pbkdf2Sync, pseudoRandomBytes: randomBytes, prng: randomBytes, rng: randomBytes, randomBytes, randomFill, randomFillSync,
  randomInt, randomUUID, scrypt, scryptSync, subtle, timingSafeEqual,
});
for (const name of ['checkPrime', 'checkPrimeSync', 'createCipheriv', 'createDecipheriv', 'createDiffieHellman', 'createECDH', 'createPrivateKey',
  'createPublicKey', 'createSecretKey', 'createSign', 'createVerify', 'diffieHellman', 'generateKey', 'generateKeyPair', 'generateKeyPairSync',
  'generateKeySync', 'generatePrime', 'generatePrimeSync', 'getCipherInfo', 'getCiphers', 'getCurves', 'privateDecrypt', 'privateEncrypt', 'publicDecrypt',
  'publicEncrypt', 'sign', 'verify']) {
  exports[name] = Object.defineProperty(() => native.unsupported(`crypto.${name}`), 'name', { value: name });
}
