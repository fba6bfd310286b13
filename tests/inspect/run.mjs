// Compares util.inspect and util.format with the node that runs this, on generated values (tests/js/inspect/gen.mjs). TAP.
// Usage: SIXPHASE=./sixphase node tests/inspect/run.mjs [FIRST_SEED [SEEDS [VALUES]]]
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [first = 1, seeds = 8, values = 300] = process.argv.slice(2).map(Number);
const sixphase = process.env.SIXPHASE || './sixphase';
const generator = join(dirname(fileURLToPath(import.meta.url)), '../js/inspect/gen.mjs');
const major = process.versions.node.split('.')[0];
const directory = mkdtempSync(join(tmpdir(), 'inspect-'));
let failed = 0;

const blocks = (text) => text.split(/^(?=#\d+ )/m);
for (let seed = first; seed < first + seeds; seed++) {
  const file = join(directory, `values-${seed}.js`);
  writeFileSync(file, execFileSync(process.execPath, [generator, String(seed), String(values), 'builtins'], { encoding: 'utf8' }));
  const run = (program, args) => spawnSync(program, [...args, file], { encoding: 'utf8', maxBuffer: 1 << 28 }).stdout;
  const expected = blocks(run(process.execPath, []));
  const actual = blocks(run(sixphase, ['run', '--node', major]));
  const at = expected.findIndex((block, i) => block !== actual[i]);
  const same = at < 0 && expected.length === actual.length;
  console.log(`${same ? 'ok' : 'not ok'} ${seed - first + 1} - ${expected.length} values of seed ${seed}`);
  if (same) continue;
  failed++;
  const comment = (label, text = '') => console.log(text.split('\n').slice(0, 8).map((line) => `# ${label} ${line}`).join('\n'));
  comment('node:    ', expected[at]);
  comment('sixphase:', actual[at]);
}
rmSync(directory, { recursive: true });
console.log(`1..${seeds}`);
process.exitCode = failed ? 1 : 0;
