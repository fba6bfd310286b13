// Every shipped scenario and every example of an operation, exported to JavaScript, in the real node that runs this file: it
// must print the same lines and end with the same status. TAP on stdout.
//
// Where the order is not promised (explain says so) the same lines in any order will do. Others get a second and a third
// chance: the delays are real here, and the machine may be busy.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { operations } from './examples.mjs';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '../..');
const sixphase = path.resolve(root, process.env.SIXPHASE ?? './sixphase');
const major = process.versions.node.split('.')[0];
const BUDGET = 75;
const ATTEMPTS = 10; // a busy machine makes timers late

let count = 0;
let failed = 0;
function point(ok, name, comment) {
  console.log(`${ok ? 'ok' : 'not ok'} ${++count} - ${name}`);
  if (!ok) console.log(comment.split('\n').slice(0, 12).map((line) => `# ${line}`).join('\n'));
  failed += !ok;
}

function* scenarios(folder) {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const name = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* scenarios(name);
    else if (/(?<!\.schema)\.json$/.test(entry.name)) yield name;
  }
}

const ours = (...args) => spawnSync(sixphase, args, { encoding: 'utf8' });
const sorted = (text) => text.split('\n').sort().join('\n');

function runReal(program, name) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sixphase-'));
  const file = path.join(folder, /^import /m.test(program) ? `${name}.mjs` : `${name}.js`);
  fs.writeFileSync(file, program);
  const result = spawnSync(process.execPath, [file], { cwd: folder, encoding: 'utf8', timeout: 20000 });
  fs.rmSync(folder, { recursive: true });
  return result;
}

function compare(label, file) {
  const simulated = ours('run', '--node', major, file);
  if (simulated.status === BUDGET) return; // real Node would never end
  const { stdout: program, stderr, status } = ours('export', '--to=js', file);
  if (status !== 0) return point(false, label, stderr);
  let real;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    real = runReal(program, path.basename(file, '.json'));
    if (real.stdout === simulated.stdout && real.status === simulated.status) return point(true, label);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100 * attempt); // what keeps it busy may pass
  }
  const races = ours('explain', '--node', major, file).stdout.includes('NOT promised');
  const legal = races && sorted(real.stdout) === sorted(simulated.stdout) && real.status === simulated.status;
  point(legal, label, `simulated, status ${simulated.status}:\n${simulated.stdout}real, status ${real.status}:\n${real.stdout}${real.stderr}`);
}

function states(file) {
  const { expect = {} } = JSON.parse(fs.readFileSync(file, 'utf8'));
  return Object.keys(expect).some((key) => {
    const [first, last = first] = key.split('-').map(Number);
    return Number(major) >= first && Number(major) <= last;
  });
}

for (const file of scenarios(path.join(root, 'scenarios'))) {
  if (states(file)) compare(path.relative(root, file), file);
}
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sixphase-'));
for (const [name, examples] of Object.entries(operations)) {
  examples.forEach((program, i) => {
    const file = path.join(folder, `${name}-${i + 1}.json`);
    fs.writeFileSync(file, JSON.stringify({ program }));
    compare(`example ${i + 1} of ${name}`, file);
  });
}
fs.rmSync(folder, { recursive: true });
console.log(`1..${count}`);
process.exit(failed ? 1 : 0);
