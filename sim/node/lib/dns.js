// dns.lookup: at most half of the pool's threads work on it (R100); a literal address needs none (R111).
'use strict';

const native = module;

const family = (address) => (address.includes(':') ? 6 : 4);
const isLiteral = (text) => /^\d+\.\d+\.\d+\.\d+$/.test(text) || text.includes(':');

function notFound(syscall, hostname) {
  const error = native.systemError('ENOTFOUND', syscall);
  error.errno = -3008;
  error.message = `${syscall} ENOTFOUND ${hostname}`;
  error.stack = `Error: ${error.message}`;
  error.hostname = hostname;
  return error;
}

function answer(options, address) {
  return options.all ? [[{ address, family: family(address) }]] : [address, family(address)];
}

function lookup(hostname, options, callback) {
  if (typeof options === 'function') [callback, options] = [options, {}];
  if (typeof options === 'number') options = { family: options };
  if (typeof callback !== 'function') return native.throwArgType('callback', 'of type function', callback);
  if (typeof hostname !== 'string') return native.throwArgType('hostname', 'of type string', hostname);
  options ??= {};
  if (isLiteral(hostname)) {
    process.nextTick(callback, null, ...answer(options, hostname));
    return {};
  }
  const known = native.name(hostname);
  native.lookup(`dns.lookup '${hostname}'`, known?.latency ?? 0, () => {
    if (known) callback(null, ...answer(options, known.address));
    else callback(notFound('getaddrinfo', hostname));
  });
  return {};
}

function promised(hostname, options = {}) {
  return new Promise((resolve, reject) => {
    lookup(hostname, options, (error, address, of) => {
      if (error) reject(error);
      else resolve(options.all ? address : { address, family: of });
    });
  });
}

Object.assign(exports, { lookup, promises: { lookup: promised }, NOTFOUND: 'ENOTFOUND' });
