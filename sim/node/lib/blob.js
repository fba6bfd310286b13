// Blob and File: bytes that are read asynchronously, a few microtasks for each part.
'use strict';

const native = module;
const { inspect } = require('util');
const { Buffer } = require('buffer');
const kInspect = inspect.custom;
const kParts = Symbol('parts');
const kType = Symbol('type');

function hide(object, key, value) { Object.defineProperty(object, key, { value, writable: true, configurable: true }); }

function partOf(source, endings) {
  if (ArrayBuffer.isView(source)) return Buffer.from(new Uint8Array(source.buffer, source.byteOffset, source.byteLength));
  if (source instanceof ArrayBuffer) return Buffer.from(new Uint8Array(source));
  const text = `${source}`;
  return Buffer.from(endings === 'native' ? text.replace(/\r\n|\r/g, '\n') : text);
}

const typeOf = (type) => (/[^\u0020-\u007e]/.test(type) ? '' : `${type}`.toLowerCase());

class Blob {
  constructor(sources = [], options = {}) {
    if (sources === null || typeof sources?.[Symbol.iterator] !== 'function' || typeof sources === 'string') {
      native.throwArgType('sources', 'a sequence', sources);
    }
    if (options !== null && typeof options !== 'object' && typeof options !== 'function') native.throwArgType('options', 'of type object', options);
    const { type = '', endings = 'transparent' } = options ?? {};
    if (endings !== 'transparent' && endings !== 'native') {
      throw native.error('TypeError', 'ERR_INVALID_ARG_VALUE', `The property 'options.endings' is invalid. Received ${inspect(endings)}`);
    }
    hide(this, kParts, Array.from(sources, (source) => (source instanceof Blob ? source[kParts] : partOf(source, endings))).flat());
    hide(this, kType, typeOf(type));
  }
  get type() { return this[kType]; }
  get size() { return this[kParts].reduce((size, part) => size + part.length, 0); }
  slice(start = 0, end = this.size, type = '') {
    const { size } = this;
    const at = (n) => (n < 0 ? Math.max(size + n, 0) : Math.min(n, size));
    const bytes = Buffer.concat(this[kParts]).subarray(at(start), Math.max(at(start), at(end)));
    const blob = new Blob([bytes]);
    blob[kType] = typeOf(type);
    return blob;
  }
  arrayBuffer() {
    return new Promise((resolve) => {
      let left = native.since(20) && this[kParts].length ? this[kParts].length * 2 - 1 : 0;
      const next = () => {
        if (left-- > 0) {
          queueMicrotask(next);
          return;
        }
        const bytes = Buffer.concat(this[kParts]);
        resolve(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
      };
      next();
    });
  }
  async text() { return new TextDecoder().decode(await this.arrayBuffer()); }
  bytes() { return this.arrayBuffer().then((buffer) => new Uint8Array(buffer)); }
  stream() {
    const parts = this[kParts].filter((part) => part.length);
    return new (native.part('web_streams').ReadableStream)({
      pull(controller) {
        const part = parts.shift();
        if (part) controller.enqueue(new Uint8Array(part));
        if (!parts.length) controller.close();
      },
    }, { highWaterMark: 0 });
  }
  [kInspect](depth, options) {
    if (depth < 0) return this;
    return `Blob ${inspect({ size: this.size, type: this.type }, { ...options, depth: options.depth == null ? null : options.depth - 1 })}`;
  }
}
for (const name of ['size', 'type', 'slice', 'stream', 'text', 'arrayBuffer', 'bytes']) Object.defineProperty(Blob.prototype, name, { enumerable: true });
Object.defineProperty(Blob.prototype, Symbol.toStringTag, { value: 'Blob', configurable: true });

class File extends Blob {
  #name;
  #lastModified;
  constructor(sources, name, options = {}) {
    if (arguments.length < 2) throw native.error('TypeError', 'ERR_MISSING_ARGS', 'The "fileBits" and "fileName" arguments must be specified');
    super(sources, options);
    this.#name = `${name}`;
    this.#lastModified = options?.lastModified === undefined ? Date.now() : Math.trunc(Number(options.lastModified)) || 0;
  }
  get name() { return this.#name; }
  get lastModified() { return this.#lastModified; }
  [kInspect](depth, options) {
    if (depth < 0) return this;
    const { size, type, name, lastModified } = this;
    return `File ${inspect({ size, type, name, lastModified }, { ...options, depth: options.depth == null ? null : options.depth - 1 })}`;
  }
}
Object.defineProperty(File.prototype, Symbol.toStringTag, { value: 'File', configurable: true });

exports.Blob = Blob;
exports.File = File;
