// dns.lookup: at most half of the pool's threads work on it (R100); a literal address needs none (R111).
'use strict';

const native = module;

const family = (address) => (address.includes(':') ? 6 : 4);
const isLiteral = (text) => /^\d+\.\d+\.\d+\.\d+$/.test(text) || text.includes(':');

// Where each major makes the error: in lookup, in lookup of all addresses, in the promised one.
const LINES = { 8: [67, 79, 0], 10: [56, 68, 27], 12: [66, 74, 39], 14: [71, 79, 43], 16: [109, 120, 82], 18: [107, 118, 82], 20: [111, 122, 86],
  22: [111, 122, 89], 24: [112, 123, 89], 26: [111, 122, 88] };
const lines = LINES[[26, 24, 22, 20, 18, 16, 14, 12, 10, 8].find((major) => native.since(major))];

function frame(how) {
  const file = how === 2 ? 'internal/dns/promises' : 'dns';
  return `\n    at GetAddrInfoReqWrap.onlookup${how === 1 ? 'all' : ''} [as oncomplete] (${native.since(15) ? `node:${file}` : `${file}.js`}:${lines[how]}:${how === 2 ? 17 : 26})`;
}

function notFound(syscall, hostname, how) {
  const error = native.systemError('ENOTFOUND', syscall);
  error.errno = -3008;
  error.message = `${syscall} ENOTFOUND ${hostname}`;
  error.stack = `Error: ${error.message}${frame(how)}`;
  error.hostname = hostname;
  return error;
}

function answer(options, address) {
  return options.all ? [[{ address, family: family(address) }]] : [address, family(address)];
}

function lookup(hostname, options, callback) { return start(hostname, options, callback, false); }

function start(hostname, options, callback, promises) {
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
    else callback(notFound('getaddrinfo', hostname, promises ? 2 : options.all ? 1 : 0));
  });
  return {};
}

function promised(hostname, options = {}) {
  return new Promise((resolve, reject) => {
    start(hostname, options, (error, address, of) => {
      if (error) reject(error);
      else resolve(options.all ? address : { address, family: of });
    }, true);
  });
}

Object.assign(exports, { lookup, promises: { lookup: promised }, NOTFOUND: 'ENOTFOUND' });
