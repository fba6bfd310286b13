// The module os: a machine that is the same everywhere.
'use strict';

const native = module;
const GIB = 1024 ** 3;
const plain = (value) => () => value;
const named = (name, f) => Object.defineProperty(f, 'name', { value: name });

const cpu = () => ({ model: 'cpu', speed: 2000, times: { user: 0, nice: 0, sys: 0, idle: 0, irq: 0 } });
const os = {
  arch: plain('x64'),
  availableParallelism: plain(4),
  cpus: () => Array.from({ length: 4 }, cpu),
  endianness: plain('LE'),
  freemem: plain(4 * GIB),
  getPriority: plain(0),
  homedir: plain('/home/user'),
  hostname: plain('localhost'),
  loadavg: () => [0, 0, 0],
  networkInterfaces: () => ({
    lo: [{ address: '127.0.0.1', netmask: '255.0.0.0', family: 'IPv4', mac: '00:00:00:00:00:00', internal: true, cidr: '127.0.0.1/8' }],
  }),
  platform: plain('linux'),
  release: plain('6.1.0'),
  setPriority() {},
  tmpdir: plain('/tmp'),
  totalmem: plain(8 * GIB),
  type: plain('Linux'),
  userInfo: () => ({ uid: 1000, gid: 1000, username: 'user', homedir: '/home/user', shell: '/bin/sh' }),
  uptime: () => Math.floor(native.now() / 10) / 100 + 1000,
  version: plain('#1 SMP'),
  machine: plain('x86_64'),
};
for (const name of Object.keys(os)) exports[name] = named(name, os[name]);
exports.constants = Object.freeze({
  __proto__: null,
  UV_UDP_REUSEADDR: 4,
  signals: Object.freeze({
    __proto__: null, SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGILL: 4, SIGTRAP: 5, SIGABRT: 6, SIGIOT: 6, SIGBUS: 7, SIGFPE: 8, SIGKILL: 9, SIGUSR1: 10, SIGSEGV: 11,
    SIGUSR2: 12, SIGPIPE: 13, SIGALRM: 14, SIGTERM: 15, SIGCHLD: 17, SIGSTKFLT: 16, SIGCONT: 18, SIGSTOP: 19, SIGTSTP: 20, SIGTTIN: 21, SIGTTOU: 22, SIGURG: 23,
    SIGXCPU: 24, SIGXFSZ: 25, SIGVTALRM: 26, SIGPROF: 27, SIGWINCH: 28, SIGIO: 29, SIGPOLL: 29, SIGPWR: 30, SIGSYS: 31,
  }),
  priority: Object.freeze({
    __proto__: null, PRIORITY_LOW: 19, PRIORITY_BELOW_NORMAL: 10, PRIORITY_NORMAL: 0, PRIORITY_ABOVE_NORMAL: -7, PRIORITY_HIGH: -14, PRIORITY_HIGHEST: -20,
  }),
});
exports.EOL = '\n';
exports.devNull = '/dev/null';
