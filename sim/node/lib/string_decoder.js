// StringDecoder: bytes to text, keeping back what is not yet a whole character.
'use strict';

const native = module;
const { Buffer } = require('buffer');
const names = { 'utf8': 'utf8', 'utf-8': 'utf8', 'ucs2': 'utf16le', 'ucs-2': 'utf16le', 'utf16le': 'utf16le', 'utf-16le': 'utf16le',
  'latin1': 'latin1', 'binary': 'latin1', 'ascii': 'ascii', 'base64': 'base64', 'base64url': 'base64url', 'hex': 'hex' };

// How many bytes at the end belong to a character that goes on.
function openBytes(buffer, encoding) {
  const { length } = buffer;
  if (encoding === 'utf16le') {
    const odd = length % 2;
    const high = length - odd >= 2 && (buffer[length - odd - 1] & 0xFC) === 0xD8;
    return odd + (high ? 2 : 0);
  }
  if (encoding === 'base64' || encoding === 'base64url') return length % 3;
  if (encoding !== 'utf8') return 0;
  for (let back = 1; back <= Math.min(3, length); back++) {
    const byte = buffer[length - back];
    if ((byte & 0xC0) === 0x80) continue;
    const needed = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1;
    return needed > back ? back : 0;
  }
  return 0;
}

class StringDecoder {
  #kept = Buffer.alloc(0);
  constructor(encoding) {
    this.encoding = names[`${encoding ?? 'utf8'}`.toLowerCase()];
    if (!this.encoding) throw native.error('TypeError', 'ERR_UNKNOWN_ENCODING', `Unknown encoding: ${encoding}`);
  }
  write(bytes) {
    if (typeof bytes === 'string') return bytes;
    if (!ArrayBuffer.isView(bytes)) native.throwArgType('buf', 'an instance of Buffer, TypedArray, or DataView', bytes);
    const all = this.#kept.length ? Buffer.concat([this.#kept, bytes]) : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const open = openBytes(all, this.encoding);
    this.#kept = Buffer.from(all.subarray(all.length - open));
    return all.toString(this.encoding, 0, all.length - open);
  }
  end(bytes) {
    const text = bytes === undefined ? '' : this.write(bytes);
    const rest = this.#kept.toString(this.encoding);
    this.#kept = Buffer.alloc(0);
    return text + rest;
  }
}
exports.StringDecoder = StringDecoder;
