// navigator, what it tells of the machine. A part: see library.h.
'use strict';

const native = module;
let sealed = false;

class Navigator {
  constructor() {
    if (sealed) throw native.error('TypeError', 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor');
  }
  get hardwareConcurrency() { return require('os').availableParallelism(); }
  get language() { return 'en-US'; }
  get languages() { return Object.freeze(['en-US']); }
  get userAgent() { return `Node.js/${process.versions.node.split('.')[0]}`; }
  get platform() { return 'Linux x86_64'; }
}
if (native.rule('NAVIGATOR_LOCKS')) {
  const { platform, userAgent, languages, language } = Object.getOwnPropertyDescriptors(Navigator.prototype);
  for (const name of ['language', 'languages', 'userAgent', 'platform']) delete Navigator.prototype[name];
  Object.defineProperty(Navigator.prototype, 'locks', { get: () => native.unsupported('navigator.locks'), configurable: true });
  Object.defineProperties(Navigator.prototype, { language, languages, userAgent, platform });
}
for (const name of Object.getOwnPropertyNames(Navigator.prototype)) {
  if (name !== 'constructor') Object.defineProperty(Navigator.prototype, name, { enumerable: true });
}
exports.navigator = new Navigator();
exports.Navigator = Navigator;
sealed = true;
