// Modules that programs may load and whose work is not simulated: what they call of them ends the run with status 69.
'use strict';

const native = module;

function shell(module, functions, classes = []) {
  const all = {};
  for (const name of classes) {
    all[name] = Object.defineProperty(function () { native.unsupported(`new ${module}.${name}`); }, 'name', { value: name });
  }
  for (const name of functions) {
    all[name] = Object.defineProperty(() => native.unsupported(`${module}.${name}`), 'name', { value: name });
  }
  return all;
}

exports.dgram = shell('dgram', ['createSocket'], ['Socket']);
exports.domain = shell('domain', ['create', 'createDomain'], ['Domain']);
exports.http2 = shell('http2', ['connect', 'createServer', 'createSecureServer', 'getDefaultSettings'], ['Http2ServerRequest', 'Http2ServerResponse']);
exports.https = shell('https', ['createServer', 'get', 'request'], ['Agent', 'Server']);
exports.inspector = shell('inspector', ['open', 'close', 'waitForDebugger'], ['Session']);
exports.inspector.url = () => undefined;
exports.repl = shell('repl', ['start'], ['REPLServer']);
exports.tls = shell('tls', ['createServer', 'connect', 'createSecureContext'], ['TLSSocket', 'Server']);
exports.trace_events = shell('trace_events', ['createTracing', 'getEnabledCategories']);
exports.tty = shell('tty', [], ['ReadStream', 'WriteStream']);
exports.tty.isatty = (fd) => (fd === 1 || fd === 2) && !!(fd === 1 ? process.stdout : process.stderr).isTTY;
