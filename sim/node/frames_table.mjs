// Writes sim/node/frames_table.c: the frames of Node's own code in stack traces, recorded from real binaries.
// Usage: node sim/node/frames_table.mjs BINARY... > sim/node/frames_table.c   (one binary of each major)
//        node sim/node/frames_table.mjs --only=PATTERN BINARY...   prints only the rows whose key matches
// A probe is a program that dies, or prints a stack on stderr. Its row is what stands around the program's own frames:
//   base    under everything      under   between the program's frames      inside   above them, with the source line shown
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const T = "throw new Error('x')";
const P = "try { throw new Error('x') } catch (e) { console.error(e.stack) }";
const ERROR_EVENT = `const w = new (require('stream').Writable)({}); w.on('error', () => { ${P} }); w.destroy(new Error('x'));`;
const base = {
  main: `${T};`,
  esm: `${T};`,
  syntax: 'a b;',
  syntax_esm: 'a b;',
  timer: `setTimeout(() => { ${T} }, 1);`,
  timer_args: `setTimeout((a) => { ${T} }, 1, 2);`,
  immediate: `setImmediate(() => { ${T} });`,
  immediate_args: `setImmediate((a) => { ${T} }, 1);`,
  tick0: `process.nextTick(() => { ${T} });`,
  tick1: `process.nextTick(() => { ${T} }, 1);`,
  tick2: `process.nextTick(() => { ${T} }, 1, 2);`,
  tick3: `process.nextTick(() => { ${T} }, 1, 2, 3);`,
  tick4: `process.nextTick(() => { ${T} }, 1, 2, 3, 4);`,
  tick5: `process.nextTick(() => { ${T} }, 1, 2, 3, 4, 5);`,
  job: `Promise.resolve().then(() => { ${P} });`,
  job_ticks: `process.nextTick(() => {}); Promise.resolve().then(() => { ${T} });`,
  microtask: `queueMicrotask(() => { ${T} });`,
  timers_next: `setTimeout(() => { Promise.resolve().then(() => { ${P} }); }, 1); setTimeout(() => {}, 1); const t = Date.now(); while (Date.now() - t < 5);`,
  timers_ticks: `setTimeout(() => { process.nextTick(() => {}); Promise.resolve().then(() => { ${P} }); }, 1); setTimeout(() => {}, 1); const t = Date.now(); while (Date.now() - t < 5);`,
  immediates_next: `setImmediate(() => { Promise.resolve().then(() => { ${P} }); }); setImmediate(() => {});`,
  immediates_ticks: `setImmediate(() => { process.nextTick(() => {}); Promise.resolve().then(() => { ${P} }); }); setImmediate(() => {});`,
  fs: `require('fs').open(__filename, 'r', () => { ${T} });`,
  fs_stat: `require('fs').stat('.', () => { ${T} });`,
  fs_read_file: `require('fs').readFile(__filename, () => { ${T} });`,
  fs_read_file_error: `require('fs').readFile('nope', () => { ${T} });`,
  fs_exists: `require('fs').exists('nope', () => { ${T} });`,
  fatal: `process.on('uncaughtException', () => { ${T} }); throw 1;`,
  fatal_rejection: `process.on('uncaughtException', () => { ${T} }); Promise.reject(1);`,
  unhandled: `process.on('unhandledRejection', () => { ${T} }); Promise.reject(1);`,
  exit: `process.on('exit', () => { ${T} });`,
  before_exit: `process.on('beforeExit', () => { ${T} });`,
  timers_tick0: `setTimeout(() => { process.nextTick(() => { ${P} }); }, 1); setTimeout(() => {}, 1); const t = Date.now(); while (Date.now() - t < 5);`,
  immediates_tick0: `setImmediate(() => { process.nextTick(() => { ${P} }); }); setImmediate(() => {});`,
  warning: `process.on('warning', () => { ${T} }); process.emitWarning('x');`,
};
const under = {
  emit: `const e = new (require('events'))(); e.on('x', () => { ${T} }); e.emit('x');`,
  emit_many: `const e = new (require('events'))(); e.on('x', () => { ${T} }); e.on('x', () => {}); e.emit('x');`,
  'bound onceWrapper': `const e = new (require('events'))(); e.once('x', () => { ${T} }); e.emit('x');`,
  'bound onceWrapper_many': `const e = new (require('events'))(); e.once('x', () => { ${T} }); e.emit('x', 1);`,
  on: `const e = new (require('events'))(); e.on('newListener', () => { ${T} }); e.on('x', () => {});`,
  require: `require('./inner.cjs');`,
  exit: `process.on('exit', () => { ${T} }); process.exit(1);`,
  run: `const { AsyncLocalStorage } = require('async_hooks'); new AsyncLocalStorage().run(1, () => { ${T} });`,
  dispatchEvent: `const t = new EventTarget(); t.addEventListener('x', () => { ${P} }); t.dispatchEvent(new Event('x'));`,
  'Writable.write': `new (require('stream').Writable)({ write() { ${P} } }).write('x');`,
  'Transform._write': `new (require('stream').Transform)({ transform() { ${P} } }).write('x');`,
  'Readable.read': `new (require('stream').Readable)({ read() { ${P} } }).read();`,
  errorNow: ERROR_EVENT,
  errorAndClose: ERROR_EVENT,
  abort: `const t = new AbortController(); t.signal.addEventListener('abort', () => { ${P} }); t.abort();`,
};
const inside = {
  'setTimeout!callback': `setTimeout('x', 1);`,
  'setInterval!callback': `setInterval('x', 1);`,
  'setImmediate!callback': `setImmediate('x');`,
  'clearImmediate!': `clearImmediate(5);`,
  'nextTick!callback': `process.nextTick(5);`,
  'queueMicrotask!callback': `queueMicrotask(5);`,
  'emit!error': `new (require('events'))().emit('error', 'notError');`,
  'emit!er': `new (require('events'))().emit('error', new Error('x'));`,
  'rejection!': `Promise.any([]);`,
  'unhandledRejection!': `Promise.reject(1);`,
  'reportException!': `const t = new EventTarget(); t.addEventListener('x', () => { throw new Error('x') }); t.dispatchEvent(new Event('x'));`,
  'on!listener': `new (require('events'))().on('x', 1);`,
  'addListener!listener': `new (require('events'))().addListener('x', 1);`,
  'once!listener': `new (require('events'))().once('x', 1);`,
  'off!listener': `new (require('events'))().off('x', 1);`,
  'removeListener!listener': `new (require('events'))().removeListener('x', 1);`,
  'setMaxListeners!n': `new (require('events'))().setMaxListeners(-1);`,
  'require!MODULE_NOT_FOUND': `require('./nope');`,
  'require!id': `require(5);`,
  'exit!code': `process.exit('x');`,
  'chdir!directory': `process.chdir(5);`,
  'chdir!chdir': `process.chdir('nope');`,
  'kill!pid': `process.kill('x');`,
  'hrtime!time': `process.hrtime(5);`,
  'emitWarning!warning': `process.emitWarning(5);`,
  'structuredClone!': `structuredClone(() => {});`,
  'promisify!original': `require('util').promisify(5);`,
  'callbackify!original': `require('util').callbackify(5);`,
  'inherits!ctor': `require('util').inherits(5, 6);`,
  'join!path': `require('path').join(5);`,
  'resolve!path': `require('path').resolve(5);`,
  'dirname!path': `require('path').dirname(5);`,
  'basename!path': `require('path').basename(5);`,
  'extname!path': `require('path').extname(5);`,
  'normalize!path': `require('path').normalize(5);`,
  'parse!path': `require('path').parse(5);`,
  'relative!from': `require('path').relative(5);`,
  'URL!ERR_INVALID_URL': `new URL('x');`,
  'URL!': `new URL('x');`,
  'DOMException!': `throw new DOMException('x');`,
  'atob!': `atob('*');`,
  'Writable.write!ERR_STREAM_WRITE_AFTER_END': `const w = new (require('stream').Writable)({ write() {} }); w.on('error', (e) => console.error(e.stack)); w.end(); w.write('x');`,
  'Readable.push!ERR_STREAM_PUSH_AFTER_EOF': `const r = new (require('stream').Readable)({ read() {} }); r.on('error', (e) => console.error(e.stack)); r.push(null); r.push('x');`,
  'from!first argument': `Buffer.from(5);`,
  'alloc!size': `Buffer.alloc('x');`,
  'concat!list': `Buffer.concat(5);`,
  'byteLength!string': `Buffer.byteLength(5);`,
  'throwIfAborted!': `const c = new AbortController(); c.abort(); c.signal.throwIfAborted();`,
  'abort!': `const c = new AbortController(); c.abort(); console.error(c.signal.reason.stack);`,
  'assert!': `require('assert')(false);`,
  'ok!': `require('assert').ok(false);`,
  'strictEqual!': `require('assert').strictEqual(1, 2);`,
  'deepStrictEqual!': `require('assert').deepStrictEqual(1, 2);`,
  'deepEqual!': `require('assert').deepEqual(1, 2);`,
  'equal!': `require('assert').equal(1, 2);`,
  'notStrictEqual!': `require('assert').notStrictEqual(1, 1);`,
  'notDeepStrictEqual!': `require('assert').notDeepStrictEqual(1, 1);`,
  'notEqual!': `require('assert').notEqual(1, 1);`,
  'fail!': `require('assert').fail('x');`,
  'throws!': `require('assert').throws(() => {});`,
  'doesNotThrow!': `require('assert').doesNotThrow(() => { throw 1; });`,
  'match!': `require('assert').match('x', /y/);`,
  'ifError!': `require('assert').ifError('x');`,
};
for (const f of ['readFile', 'writeFile', 'appendFile', 'stat', 'lstat', 'readdir', 'mkdir', 'unlink', 'rename', 'access', 'open', 'close', 'rmdir', 'copyFile', 'truncate', 'exists', 'rm', 'realpath', 'readlink', 'mkdtemp', 'utimes', 'chmod']) {
  const args = f === 'close' ? '1' : ['rename', 'copyFile', 'writeFile', 'appendFile'].includes(f) ? `'nope', 'b'` : f === 'utimes' ? `'nope', 1, 1` : f === 'chmod' ? `'nope', 1` : `'nope'`;
  inside[`${f}!cb`] = inside[`${f}!callback`] = `require('fs').${f}(${args});`;
}
for (const [f, args, calls, first] of [['readFile', `'nope'`, 'open', 'path'], ['writeFile', `'no/pe', ''`, 'open', 'path'], ['appendFile', `'no/pe', ''`, 'open', 'path'], ['stat', `'nope'`, 'stat', 'path'],
  ['lstat', `'nope'`, 'lstat', 'path'], ['readdir', `'nope'`, 'scandir', 'path'], ['mkdir', `'no/pe'`, 'mkdir', 'path'], ['unlink', `'nope'`, 'unlink', 'path'], ['rename', `'nope', 'b'`, 'rename', 'oldPath'],
  ['access', `'nope'`, 'access', 'path'], ['open', `'nope'`, 'open', 'path'], ['rmdir', `'nope'`, 'rmdir', 'path'], ['copyFile', `'nope', 'b'`, 'copyfile', 'src'], ['rm', `'nope'`, 'rm', 'path'],
  ['truncate', `'nope'`, 'open', 'path'], ['readlink', `'nope'`, 'readlink', 'path'], ['realpath', `'nope'`, 'lstat', 'path'], ['chmod', `'nope', 1`, 'chmod', 'path'], ['utimes', `'nope', 1, 1`, 'utime', 'path']]) {
  inside[`${f}Sync!${calls}`] = `require('fs').${f}Sync(${args});`;
  inside[`${f}Sync!${first}`] = `require('fs').${f}Sync();`;
  inside[`${f}!${first}`] = `require('fs').${f}({}, () => {});`;
}
for (const [f, args] of [['readFile', `'nope'`], ['writeFile', `'no/pe', ''`], ['appendFile', `'no/pe', ''`], ['stat', `'nope'`], ['lstat', `'nope'`], ['readdir', `'nope'`], ['mkdir', `'no/pe'`],
  ['unlink', `'nope'`], ['rename', `'nope', 'b'`], ['access', `'nope'`], ['open', `'nope'`], ['rmdir', `'nope'`], ['copyFile', `'nope', 'b'`], ['rm', `'nope'`], ['truncate', `'nope'`], ['readlink', `'nope'`],
  ['realpath', `'nope'`], ['chmod', `'nope', 1`], ['utimes', `'nope', 1, 1`]]) inside[`promises.${f}!`] = `require('fs').promises.${f}(${args});`;
inside['mkdirSync!mkdir'] = `require('fs').mkdirSync('.');`;
inside['readFileSync!read'] = `require('fs').readFileSync('.');`;
inside['closeSync!close'] = `require('fs').closeSync(99);`;
inside['closeSync!fd'] = `require('fs').closeSync();`;
inside['readSync!read'] = `require('fs').readSync(99, Buffer.alloc(1));`;
inside['writeSync!write'] = `require('fs').writeSync(99, 'x');`;
inside['writeFileSync!data'] = `require('fs').writeFileSync('x', {});`;

const directory = mkdtempSync(join(tmpdir(), 'frames-'));
const run = (binary, name, text) => {
  const file = join(directory, name);
  writeFileSync(file, text);
  return spawnSync(binary, [file], { encoding: 'utf8', cwd: directory, timeout: 20000 }).stderr;
};
writeFileSync(join(directory, 'inner.cjs'), `${T};`);

const isOwn = (line) => line.includes(directory);
const isFrame = (line) => line.startsWith('    at ');
// What stands between the program's own frames; `all`: without looking for more of the program's below.
function framesOf(stderr, kind) {
  const lines = stderr.split('\n');
  const start = lines.findIndex(isFrame);
  if (start < 0) return null;
  const frames = [];
  for (let i = start; i < lines.length && isFrame(lines[i]); i++) frames.push(lines[i].replace(/ \{$/, ''));
  const first = kind === 'inside' ? -1 : frames.findIndex(isOwn);
  const rest = frames.slice(first + 1);
  const end = rest.findIndex(isOwn);
  if (kind === 'under' && end < 0) return null;
  return rest.slice(0, end < 0 ? rest.length : end).map((line) => '\n' + line).join('');
}
function headOf(stderr) {
  const lines = stderr.split('\n').filter((line) => line && !line.startsWith('(node:') && !line.startsWith('(Use '));
  return /^(node:)?[a-z_\/]+(\.js)?:\d+$/.test(lines[0]) && /^\s*\^+$/.test(lines[2]) ? lines.slice(0, 3).join('\n') + '\n' : '';
}

const rows = [];
const quote = (s) => JSON.stringify(s).replace(/\\n/g, '\\n').replace(/\?/g, '\\?');
const only = /^--only=(.*)/.exec(process.argv[2]);
const wanted = new RegExp(only ? only[1] : '');
// The frames between an 'error' listener and the tick, innermost first.
const errorFrames = (frames) => frames.split('\n').slice(2).filter((line) => line.includes('destroy'));
for (const binary of process.argv.slice(only ? 3 : 2)) {
  const major = Number(spawnSync(binary, ['-p', 'process.versions.node.split(".")[0]'], { encoding: 'utf8' }).stdout);
  for (const [kind, probes] of [['base', base], ['under', under], ['inside', inside]]) {
    if (kind === 'inside' && (major < 12 || major % 2)) continue;  // the table is large enough
    for (const [key, program] of Object.entries(probes)) {
      if (!wanted.test(key)) continue;
      const stderr = run(binary, key.endsWith('esm') ? 'p.mjs' : 'p.js', program);
      if (key.endsWith('esm') && major < 12) continue;
      let frames = framesOf(stderr, key.startsWith('error') ? 'base' : kind);
      const head = kind === 'inside' ? headOf(stderr) : '';
      if (frames === null && (kind === 'base' || !head || /SyntaxError|is not defined/.test(stderr))) continue;
      frames ??= '';
      if (!frames && !head && /is not defined/.test(stderr)) continue;
      if (key === 'errorNow') frames = errorFrames(frames).slice(0, 1).map((line) => '\n' + line).join('');
      if (key === 'errorAndClose') frames = errorFrames(frames).slice(1).map((line) => '\n' + line).join('');
      if (key === 'Transform._write') frames = frames.split('\n').slice(0, 2).join('\n');
      if (key === 'on' && kind === 'under') frames = frames.replace(/^\n[^\n]*/, '');  // emit's row comes before it
      if (key === '=exit' || key === 'exit' || key === 'before_exit') frames = frames.replace(/^\n[^\n]*/, '');  // and here
      if (key.startsWith('bound onceWrapper')) frames = frames.split('\n').slice(0, 2).join('\n');
      // The type in front of the called function is the receiver's: % stands for it.
      // But for a listener of once(): there it is the wrapper's own state.
      if (kind !== 'base' && !key.startsWith('bound onceWrapper')) frames = frames.replace(/ at (?:Object|EventEmitter|Function|Abort\w+|EventTarget)\.(?=\w+ [^\n]*$)/, ' at %.');
      if (key === 'microtask') frames = frames.split('\n').slice(0, 4).join('\n');
      rows.push({ key: kind === 'base' ? '=' + key : key, major, frames, head });
    }
  }
}
rmSync(directory, { recursive: true });
rows.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.major - b.major));
const out = [];
for (const row of rows) {
  const last = out.at(-1);
  if (last && last.key === row.key && last.last === row.major - 1 && last.frames === row.frames && last.head === row.head) last.last = row.major;
  else out.push({ ...row, first: row.major, last: row.major });
}
console.log(`// Made by sim/node/frames_table.mjs: the frames of Node's own code in stack traces, by major. Sorted by key.
#include "sim/node/frames.h"

#include <stddef.h>

// clang-format off
const struct six_frames_row six_frames_rows[] = {
${out.map((r) => `    {${quote(r.key)}, ${r.first}, ${r.last}, ${quote(r.frames)}, ${r.head ? quote(r.head) : 'NULL'}},`).join('\n')}
};
const int six_frames_count = ${out.length};`);
