// fs.createReadStream and fs.createWriteStream: streams whose operations make their trips through the pool.
'use strict';

const native = module;
const fs = require('fs');
const { Readable, Writable } = require('stream');
const { Buffer } = require('buffer');

function options(given, defaults) {
  if (typeof given === 'string') given = { encoding: given };
  return { ...defaults, ...given };
}

class ReadStream extends Readable {
  constructor(path, given) {
    const o = options(given, { highWaterMark: 64 * 1024 });
    super(o);
    this.fd = o.fd ?? null;
    this.path = path;
    this.flags = o.flags ?? 'r';
    this.mode = o.mode ?? 0o666;
    this.start = o.start;
    this.end = o.end ?? Infinity;
    this.pos = this.start;
    this.bytesRead = 0;
    this.autoClose = o.autoClose ?? true;
    for (const name of ['start', 'end']) {
      if (o[name] !== undefined && typeof o[name] !== 'number') native.throwArgType(name, 'of type number', o[name]);
    }
    if (this.start !== undefined && this.start > this.end) {
      native.throwRange('start', `<= "end" (here: ${this.end})`, this.start);
    }
  }
  _construct(callback) {
    if (typeof this.fd === 'number') return callback();
    fs.open(this.path, this.flags, this.mode, (error, fd) => {
      if (error) return callback(error);
      this.fd = fd;
      callback();
      this.emit('open', fd);
      this.emit('ready');
    });
  }
  _read(n) {
    n = this.pos !== undefined ? Math.min(this.end - this.pos + 1, n) : Math.min(this.end - this.bytesRead + 1, n);
    if (n <= 0) {
      this.push(null);
      return;
    }
    const buffer = Buffer.allocUnsafe(n);
    fs.read(this.fd, buffer, 0, n, this.pos ?? null, (error, bytesRead) => {
      if (error) {
        this.destroy(error);
      } else if (bytesRead > 0) {
        this.bytesRead += bytesRead;
        if (this.pos !== undefined) this.pos += bytesRead;
        this.push(buffer.subarray(0, bytesRead));
      } else {
        this.push(null);
      }
    });
  }
  _destroy(error, callback) { close(this, error, callback); }
  close(callback) {
    if (callback) this.once('close', callback);
    this.destroy();
  }
  get pending() { return this.fd === null; }
}

function close(stream, error, callback) {
  if (typeof stream.fd !== 'number' || !stream.autoClose) return callback(error);
  const fd = stream.fd;
  stream.fd = null;
  fs.close(fd, (err) => callback(err || error));
}

class WriteStream extends Writable {
  constructor(path, given) {
    const o = options(given, { decodeStrings: true });
    super({ ...o, encoding: undefined });
    this.fd = o.fd ?? null;
    this.path = path;
    this.flags = o.flags ?? 'w';
    this.mode = o.mode ?? 0o666;
    this.start = o.start;
    this.pos = this.start;
    this.bytesWritten = 0;
    this.autoClose = o.autoClose ?? true;
    if (o.encoding) this.setDefaultEncoding(o.encoding);
  }
  _construct(callback) { ReadStream.prototype._construct.call(this, callback); }
  _write(data, encoding, callback) {
    fs.write(this.fd, data, 0, data.length, this.pos ?? null, (error, written) => {
      if (error) return callback(error);
      this.bytesWritten += written;
      if (this.pos !== undefined) this.pos += written;
      callback();
    });
  }
  _writev(data, callback) { this._write(Buffer.concat(data.map(({ chunk }) => chunk)), '', callback); }
  _destroy(error, callback) { close(this, error, callback); }
  close(callback) {
    if (callback) {
      if (this.closed) {
        process.nextTick(callback);
        return;
      }
      this.on('close', callback);
    }
    if (!this.autoClose) this.on('finish', this.destroy);
    this.end();
  }
  get pending() { return this.fd === null; }
}
WriteStream.prototype.destroySoon = WriteStream.prototype.end;

Object.assign(exports, {
  ReadStream, WriteStream,
  createReadStream(path, given) { return new ReadStream(path, given); },
  createWriteStream(path, given) { return new WriteStream(path, given); },
});
