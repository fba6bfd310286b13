// crypto: pbkdf2 and randomBytes work on the thread pool when they have a callback (R100).
'use strict';

const native = module;
const { Buffer } = require('buffer');

const known = (name, digest) => {
  if (typeof digest !== 'string') native.throwArgType(name, 'of type string', digest);
  return native.size(digest) > 0;
};

function bytesOf(name, value, encoding) {
  if (typeof value === 'string') return Buffer.from(value, encoding);
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return Buffer.from(value.buffer ?? value, value.byteOffset ?? 0, value.byteLength);
  return native.throwArgType(name, 'of type string or an instance of Buffer, TypedArray, or DataView', value);
}

function whole(name, value, least, most) {
  if (typeof value !== 'number') native.throwArgType(name, 'of type number', value);
  if (!Number.isInteger(value)) native.throwRange(name, 'an integer', value);
  if (value < least || value > most) native.throwRange(name, `>= ${least} && <= ${most}`, value);
}

function checkDerivation(password, salt, iterations, length, digest) {
  if (digest === undefined || digest === null) native.throwArgType('digest', 'of type string', digest);
  const args = [digest, bytesOf('password', password), bytesOf('salt', salt), iterations, length];
  whole('iterations', iterations, 1, 2147483647);
  whole('keylen', length, 0, 2147483647);
  if (!known('digest', digest)) {
    if (['md5', 'sha224', 'sha384', 'ripemd160'].includes(digest.toLowerCase())) native.unsupported(`crypto with the digest '${digest}'`);
    throw native.error('TypeError', 'ERR_CRYPTO_INVALID_DIGEST', `Invalid digest: ${digest}`);
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

// ---- Hash, Hmac

class Hash {
  #digest;
  #key;
  #chunks = [];
  #done = false;
  constructor(digest, key) {
    this.#digest = digest;
    this.#key = key;
  }
  update(data, encoding) {
    if (this.#done) throw native.error('Error', 'ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');
    this.#chunks.push(Buffer.from(bytesOf('data', data, encoding)));
    return this;
  }
  digest(encoding) {
    if (this.#done) throw native.error('Error', 'ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');
    this.#done = true;
    const result = native.hash(this.#digest, Buffer.concat(this.#chunks), this.#key);
    return encoding === undefined || encoding === 'buffer' ? result : result.toString(encoding);
  }
}
class Hmac extends Hash {}

function checkDigest(name, digest) {
  if (known(name, digest)) return digest;
  return native.unsupported(`crypto with the digest '${digest}'`);
}

function timingSafeEqual(a, b) {
  const [x, y] = [bytesOf('buf1', a), bytesOf('buf2', b)];
  if (x.length !== y.length) throw native.error('RangeError', 'ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH', 'Input buffers must have the same byte length');
  return x.equals(y);
}

class Crypto {
  get subtle() {
    return native.unsupported('crypto.subtle');
  }
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
  createHash: (digest) => new Hash(checkDigest('algorithm', digest)),
  createHmac: (digest, key) => new Hmac(checkDigest('hmac', digest), bytesOf('key', key)),
  pbkdf2, pbkdf2Sync, randomBytes, randomInt, randomUUID, timingSafeEqual, pseudoRandomBytes: randomBytes,
  getHashes: () => ['sha1', 'sha256', 'sha512'],
});
for (const name of ['scrypt', 'scryptSync', 'createCipheriv', 'createDecipheriv', 'generateKeyPair', 'generateKeyPairSync', 'createSign', 'createVerify',
  'publicEncrypt', 'privateDecrypt', 'createDiffieHellman', 'hkdf', 'hkdfSync', 'randomFill', 'randomFillSync']) {
  exports[name] = () => native.unsupported(`crypto.${name}`);
}
