// scenarios/scenario.schema.json by a real validator: every shipped scenario and every example is accepted, what the reader
// refuses is refused. TAP on stdout. Needs ajv: `npm ci` in this folder.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { operations, places, refused } from './examples.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.join(here, '../..');
const sixphase = path.resolve(root, process.env.SIXPHASE ?? './sixphase');

let count = 0;
let failed = 0;
function point(ok, name, comment) {
  console.log(`${ok ? 'ok' : 'not ok'} ${++count} - ${name}`);
  if (!ok && comment) console.log(`${comment}`.split('\n').slice(0, 5).map((line) => `# ${line}`).join('\n'));
  failed += !ok;
}

function* scenarios(folder) {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const name = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* scenarios(name);
    else if (/(?<!\.schema)\.json$/.test(entry.name)) yield name;
  }
}

// One process reads them all: what it says of each file is on its standard error, a message's first line.
function readAll(list) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sixphase-'));
  const file = (i) => path.join(folder, `${String(i).padStart(5, '0')}.json`);
  list.forEach((scenario, i) => fs.writeFileSync(file(i), JSON.stringify(scenario)));
  const { stderr } = spawnSync(sixphase, ['check', folder], { encoding: 'utf8', maxBuffer: 1 << 28 });
  fs.rmSync(folder, { recursive: true });
  const said = new Map();
  for (const line of stderr.split('\n')) {
    const match = /\/(\d{5})\.json:\d+:\d+: error: (.*)/.exec(line);
    if (match) said.set(Number(match[1]), match[2]);
  }
  return (i) => said.get(i);
}

const { default: Ajv } = await import('ajv').catch(() => ({}));
if (!Ajv) {
  console.log('1..1\nok 1 - the schema # SKIP ajv is not installed: run `npm ci` in tests/scenarios');
  process.exit(0);
}
const validate = new Ajv({ strict: true, strictRequired: false, allowUnionTypes: true }).compile(
  JSON.parse(fs.readFileSync(path.join(root, 'scenarios/scenario.schema.json'), 'utf8')));
const complaint = () => JSON.stringify(validate.errors?.[0] ?? null);

for (const file of scenarios(path.join(root, 'scenarios'))) {
  point(validate(JSON.parse(fs.readFileSync(file, 'utf8'))), `the schema accepts ${path.relative(root, file)}`, complaint());
}
const bad = readAll(Object.values(refused));
Object.entries(refused).forEach(([why, scenario], i) => {
  point(!validate(scenario), `the schema refuses ${why}`, JSON.stringify(scenario));
  point(bad(i) !== undefined, `the reader refuses ${why}`, JSON.stringify(scenario));
});
for (const [name, examples] of Object.entries(operations)) {
  const wrong = examples.filter((program) => !validate({ program }));
  point(!wrong.length, `the schema accepts ${name}`, `${JSON.stringify(wrong[0])} ${complaint()}`);
}
// Every operation in every place where operations may stand.
for (const [place, put] of Object.entries(places)) {
  const list = Object.values(operations).flat().map((example) => ({ program: put(example) }));
  const said = readAll(list);
  const wrong = list.findIndex((scenario, i) => said(i) !== undefined || !validate(scenario));
  point(wrong < 0, `reader and schema accept every operation within ${place}`, wrong < 0 ? '' : `${JSON.stringify(list[wrong])} ${said(wrong)} ${complaint()}`);
}
console.log(`1..${count}`);
process.exit(failed ? 1 : 0);
