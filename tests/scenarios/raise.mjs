// `export --to=json`: a program made of the operations' vocabulary becomes a scenario of operations, anything else one with its
// source. There and back again every shipped scenario and every example is the same program. TAP on stdout.
// usage: node tests/scenarios/raise.mjs [--all]    without --all one of SAMPLE
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { operations } from './examples.mjs';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '../..');
const sixphase = path.resolve(root, process.env.SIXPHASE ?? './sixphase');
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'sixphase-'));
process.on('exit', () => fs.rmSync(work, { recursive: true }));

const SAMPLE = process.argv.includes('--all') ? 1 : 6;
let turn = 0;
const isTaken = () => turn++ % SAMPLE === 0;

let count = 0;
let failed = 0;
function point(good, name, comment) {
  console.log(`${good ? 'ok' : 'not ok'} ${++count} - ${name}`);
  if (!good) console.log(`${comment}`.split('\n').slice(0, 8).map((line) => `# ${line}`).join('\n'));
  failed += !good;
}

const { default: Ajv } = await import('ajv').catch(() => ({}));
const schema = JSON.parse(fs.readFileSync(path.join(root, 'scenarios/scenario.schema.json'), 'utf8'));
const validate = Ajv ? new Ajv({ strict: true, strictRequired: false, allowUnionTypes: true }).compile(schema) : () => true;

function* scenarios(folder) {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const name = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* scenarios(name);
    else if (/(?<!\.schema)\.json$/.test(entry.name)) yield name;
  }
}

const ours = (...args) => spawnSync(sixphase, args, { cwd: work, encoding: 'utf8' });
const save = (name, text) => (fs.writeFileSync(path.join(work, name), text), name);
const ran = ({ stdout, status }) => `${stdout}exit ${status}`;
const withoutTitle = (js) => js.replace(/^\/\/ .*\n/, '');

function thereAndBack(name, file) {
  const js = ours('export', '--to=js', file).stdout;
  const json = ours('export', '--to=json', save('there.js', js)).stdout;
  const scenario = JSON.parse(json);
  point(scenario.program, `${name}: operations again`, `${js}\n${json}`);
  if (!scenario.program) return;
  point(validate(scenario), '... that the schema accepts', json);
  const back = save('back.json', json);
  const again = ours('export', '--to=js', back).stdout;
  point(withoutTitle(again) === withoutTitle(js), '... of the same program', again);
  point(ran(ours('run', back)) === ran(ours('run', file)), '... that prints the same', json);
}

for (const file of scenarios(path.join(root, 'scenarios'))) {
  if (JSON.parse(fs.readFileSync(file, 'utf8')).program && isTaken()) thereAndBack(path.relative(root, file), file);
}
for (const [name, examples] of Object.entries(operations)) {
  examples.forEach((program, i) => {
    if (isTaken()) thereAndBack(`example ${i + 1} of ${name}`, save('example.json', JSON.stringify({ program })));
  });
}

// ---- As people write it
const raised = {
  "setTimeout(function () { console.log('a') }, 0)": [{ setTimeout: 0, do: [{ log: 'a' }] }],
  'setTimeout(() => { foo(); bar() })\nfunction foo() {}\nfunction bar() { return; }': [
    { setTimeout: 0, do: [{ call: 'foo' }, { call: 'bar' }] },
    { function: 'foo', do: [] },
    { function: 'bar', do: [{ return: { var: 'undefined' } }] },
  ],
  'let a = 1, b; if (a) b = 2; else if (b) a++; else --a': [
    { let: 'a', value: 1 },
    { let: 'b' },
    { if: 'a', then: [{ set: 'b', value: 2 }], else: [{ if: 'b', then: [{ increment: 'a' }], else: [{ decrement: 'a' }] }] },
  ],
  'const sleep = ms => new Promise(r => setTimeout(r, ms)); async function main() { await sleep(5); console.log(1) } main();': [
    { const: 'sleep', value: { do: [{ return: { new: 'Promise', args: [{ do: [{ setTimeout: { var: 'ms' }, do: 'r' }], params: ['r'] }] } }], params: ['ms'] } },
    { asyncFunction: 'main', do: [{ await: { call: 'sleep', args: [5] } }, { log: 1 }] },
    { call: 'main' },
  ],
  "Promise.resolve(1).then(v => { console.log(v); throw new Error('x') }).catch(() => 2).finally(() => console.log('f'))": [
    { chain: [{ then: [{ log: { var: 'v' } }, { throw: 'x' }], params: ['v'] }, { catch: [{ return: 2 }] }, { finally: [{ log: 'f' }] }], of: { resolved: 1 } },
  ],
  'for (let i = 0; i < 3; i++) for (let j = 0; j < i; j++) console.log(i, j)': [
    { repeat: 3, do: [{ repeat: 'i', do: [{ log: [{ var: 'i' }, { var: 'j' }] }] }] },
  ],
  "// About files\nconst { EventEmitter } = require('node:events'), fs = require('node:fs');\nconst e = new EventEmitter();\ne.on('x', (a) => console.log(a));\nfs.readFile(__filename, (err, data) => e.emit('x', 1));": [
    { emitter: 'e' },
    { on: 'x', of: 'e', do: [{ log: { var: 'a' } }], params: ['a'] },
    { readFile: { var: '__filename' }, do: [{ emit: 'x', of: 'e', args: [1] }] },
  ],
  'const until = Date.now() + 5; while (Date.now() < until) {}': [
    { const: 'until', value: { expr: 'Date.now() + 5' } },
    { while: 'Date.now() < until', do: [] },
  ],
  '[1, 2].forEach(function (x) { process.nextTick(() => console.log(`x is ${x}`)) })': [
    { call: '[1, 2].forEach', args: [{ do: [{ nextTick: [{ log: { template: 'x is ${x}' } }] }], params: ['x'] }] },
  ],
};
for (const [program, expected] of Object.entries(raised)) {
  const scenario = JSON.parse(ours('export', '--to=json', save('puzzle.js', program)).stdout);
  point(JSON.stringify(scenario.program) === JSON.stringify(expected), program.split('\n')[0], JSON.stringify(scenario));
  point(validate(scenario), '... as the schema says', JSON.stringify(validate.errors));
  point(ran(ours('run', save('puzzle.json', JSON.stringify(scenario)))) === ran(ours('run', 'puzzle.js')), '... and prints the same');
}

// ---- What operations cannot say, or would say otherwise
const kept = [
  "var x = 1; console.log(x)", "'use strict'; console.log(this)", "class A {}", "for (const k in {}) console.log(k)", 'import fs from "fs"; console.log(1)',
  "(() => console.log(1))()", "console.log(x); let x = 1", "label: for (;;) break label", "const { a } = { a: 1 }; console.log(a)",
  "function* g() {} console.log(g)", "setTimeout(function () { console.log(this === globalThis) }, 0)", "switch (1) {}", "{ let a = 1; }",
  "const bus = { on(e, f) { console.log(f()) } }; bus.on('x', () => 5)", "function setTimeout(f) { console.log(f()) } setTimeout(() => 5)",
  "try { null.x } catch { console.log(1) }", "const f = function () {}; console.log(f)", "console.log('\\u0000')", "console.log('\\ud800')",
];
for (const program of kept) {
  const { stdout, status, stderr } = ours('export', '--to=json', save('puzzle.js', program));
  const scenario = status ? {} : JSON.parse(stdout);
  point(scenario.source?.join('\n') === program, `the source: ${program}`, stdout + stderr);
  point(ran(ours('run', save('puzzle.json', stdout))) === ran(ours('run', 'puzzle.js')), '... which prints the same', stdout);
}

// ---- The conformance programs: those that can become operations print the same as before
for (const name of fs.readdirSync(path.join(root, 'tests/conformance')).filter((each) => each.endsWith('.js'))) {
  if (!isTaken()) continue;
  const file = path.join(root, 'tests/conformance', name);
  const json = ours('export', '--to=json', file).stdout;
  if (!JSON.parse(json).program) continue;
  point(validate(JSON.parse(json)), `${name} as operations`, JSON.stringify(validate.errors));
  point(ran(ours('run', save(name.replace(/js$/, 'json'), json))) === ran(ours('run', file)), '... prints the same', json);
}
console.log(`1..${count}`);
process.exit(failed ? 1 : 0);
