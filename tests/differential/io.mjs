// File operations and messages: one at a time, each callback begins an act.
import { t, body } from './tree.mjs';

function needFile(g) {
  if (g.isModule) g.need('const __filename = process.argv[1];');
}

const nextIs = (what) => (g, ctx) => ctx.act && ctx.act.next === what && !ctx.act.used;

const OPERATIONS = [
  { call: 'stat(__filename, ', show: 's && s.isFile()' },
  { call: "stat('missing', ", show: 'typeof s' },
  { call: 'lstat(__filename, ', show: 's && s.isDirectory()' },
  { call: "readFile(__filename, 'utf8', ", show: 's && s.length > 0' },
  { call: 'readFile(__filename, ', show: 's && s.length > 0' },
  { call: "readFile('missing', ", show: 'typeof s' },
  { call: 'access(__filename, ', show: 'typeof s' },
  { call: "access('missing', ", show: 'typeof s' },
  { call: "open(__filename, 'r', ", show: 'typeof s' },
];

function fileCallback(g, ctx) {
  needFile(g);
  g.needModule('fs', 'fs');
  ctx.act.used = true;
  const operation = g.random.pick(OPERATIONS), inside = g.begin('poll', ctx);
  const statements = g.bodyStatements({ ...inside, vals: [...ctx.vals, 'e && e.code', operation.show] });
  return t`fs.${operation.call}(e, s) => {${body(statements)}});`;
}

const PROMISED = ['stat(__filename)', "stat('missing')", "readFile(__filename, 'utf8')", "readFile('missing')", 'access(__filename)', "access('missing')"];

// With fs.promises, or with the callback form promisified: in both the rest continues from a microtask of a poll callback.
function filePromise(g, ctx) {
  needFile(g);
  g.needModule('fs', 'fs');
  ctx.act.used = true;
  let call = g.random.pick(PROMISED);
  if (g.major < 10 || g.random.chance(0.3)) {
    g.needModule('util', 'util');
    const [, verb, args] = /^(\w+)\((.*)\)$/.exec(call);
    call = `util.promisify(fs.${verb})(${args})`;
  } else {
    call = `fs.promises.${call}`;
  }
  const inside = { ...g.begin('poll', ctx), root: false };
  const failed = t`(e) => { console.log('${g.name('n')}', e.code); }`;
  if (ctx.fn === 'async' && !ctx.nested) {
    const { act, callback, imm, kind, canThrow } = inside;
    Object.assign(ctx, { act, callback, imm, kind, canThrow });
    return t`await ${call}.catch(${failed});`;
  }
  const statements = g.bodyStatements({ ...inside, vals: [...ctx.vals, 'typeof s'] });
  return g.random.chance(0.5)
    ? t`${call}.then((s) => {${body(statements)}}, ${failed});`
    : t`(async () => { try { const s = await ${call}; ${body(statements)} } catch (e) { console.log('${g.name('n')}', e && (e.code || e.message)); } })();`;
}

// A message is delivered by the next poll phase.
function message(g, ctx) {
  g.needModule('{ MessageChannel }', 'worker_threads');
  ctx.act.used = true;
  const inside = g.begin('poll', ctx), statements = g.bodyStatements({ ...inside, vals: [...ctx.vals, 'x'] });
  const ports = g.name('ports');
  return t`{${body([
    t`const ${ports} = new MessageChannel();`,
    t`${ports}.port2.once('message', (x) => {${body([t`${ports}.port1.close();`, ...statements])}});`,
    t`${ports}.port1.postMessage(${g.value()});`,
  ])}}`;
}

export const io = [
  { name: 'file', weight: 8, continues: 'io', always: true, when: nextIs('io'), make: fileCallback },
  { name: 'filePromise', weight: 5, continues: 'io', always: true, when: nextIs('io'), make: filePromise },
  { name: 'message', weight: 6, continues: 'message', always: true, when: nextIs('message'), make: message },
];
