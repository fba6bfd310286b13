// Real Node against sixphase: random programs and the conformance programs, through every Node that this machine has. TAP.
// usage: node run.mjs [--count N] [--seed FIRST] [--majors 10,20] [--jobs N] [--only random|synchronous|conformance] [--keep FOLDER] [--answers FOLDER]
//   --count N       random programs for each major (default 100); of the synchronous ones, which are long, a tenth
//   --keep FOLDER   write the programs that differ there
//   --answers FOLDER  keep there what real Nodes print for random programs, and do not ask them again for what it has
//   --again N       how often a real Node is asked again where it differs (default 5): more on a busy machine
//   --failures      print only what differs, and the totals
// Each major gets programs of its own: what it does not have yet is not in them.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Answers, compare, placed, same, Workplace } from './execute.mjs';
import { generate } from './generate.mjs';
import { findNodes, MAJORS } from './nodes.mjs';
import { program, snippets } from './synchronous.mjs';

const CONFORMANCE = fileURLToPath(new URL('../conformance', import.meta.url));

// "seed 7 (Node 8)" -> what it is.
function knownGaps() {
  const lines = fs.readFileSync(new URL('known.txt', import.meta.url), 'utf8').split('\n').filter((line) => /^\d/.test(line));
  return new Map(lines.map((line) => /^(\d+) (\d+) (.*)$/.exec(line)).map(([, seed, major, what]) => [`seed ${seed} (Node ${major})`, what]));
}

const NOTES = { late: ' # after another try', race: ' # another of its legal orders', endless: ' # SKIP it does not end' };

function option(name, otherwise) {
  const at = process.argv.indexOf('--' + name);
  return at < 0 ? otherwise : process.argv[at + 1];
}

function* randomCases(majors, first, count) {
  for (let seed = first; seed < first + count; seed++)
    for (const major of majors) yield { major, name: `seed ${seed}`, make: () => generate(seed, major) };
}

// Older ones lay some values out otherwise, and their BigInt.asUintN is wrong where it drops a whole digit: asked for by
// name only.
const SYNCHRONOUS = [12, 14, 15, 16, 18, 20, 22, 24, 26];

function* synchronousCases(majors, first, count) {
  for (let seed = first; seed < first + count; seed++)
    for (const major of majors) yield { major, name: `synchronous seed ${seed}`, make: () => ({ text: program(snippets(seed, major)), extension: 'js' }) };
}

function* conformanceCases(majors) {
  for (const name of fs.readdirSync(CONFORMANCE).sort()) {
    const stem = /^(.*)\.expected\.json$/.exec(name);
    if (!stem) continue;
    const expected = JSON.parse(fs.readFileSync(path.join(CONFORMANCE, name), 'utf8'));
    const file = ['.js', '.mjs'].map((e) => path.join(CONFORMANCE, stem[1] + e)).find((f) => fs.existsSync(f));
    for (const major of majors) if (expected.stdout && major in expected.stdout) yield { major, name: `conformance/${stem[1]}`, file, recorded: { stdout: expected.stdout[major], exit: expected.exit[major] } };
  }
}

function difference(real, ours) {
  const a = placed(real.stdout).split('\n'), b = placed(ours.stdout).split('\n');
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  const lines = i < a.length || i < b.length ? `# line ${i + 1}\n#   node:     ${a[i]}\n#   sixphase: ${b[i]}\n` : '';
  return lines + (real.exit === ours.exit ? '' : `# exit status: node ${real.exit}, sixphase ${ours.exit}\n`)
    + (ours.exit >= 64 && ours.exit <= 75 ? ours.stderr.replace(/^/gm, '# ').trimEnd() + '\n' : '');
}

async function run() {
  const nodes = findNodes(), wanted = option('majors', '');
  const majors = wanted ? wanted.split(',').map(Number) : Object.keys(nodes).map(Number).filter((m) => MAJORS.includes(m));
  const missing = MAJORS.filter((major) => !majors.includes(major));
  const count = Number(option('count', 100)), first = Number(option('seed', 1)), keep = option('keep', '');
  const jobs = Number(option('jobs', Math.max(2, os.cpus().length))), only = option('only', ''), terse = process.argv.includes('--failures');
  const again = Number(option('again', 5));
  const answers = option('answers', '') && new Answers(option('answers', ''));
  const known = knownGaps(), tally = { same: 0, late: 0, race: 0, known: 0, different: 0, unsupported: 0, endless: 0 };
  let number = 0;

  function report(test, result) {
    const gap = known.get(`${test.name} (Node ${test.major})`);
    if (gap && result.verdict === 'different') result.verdict = 'known';
    tally[result.verdict]++;
    const good = result.verdict !== 'different' && result.verdict !== 'unsupported', note = result.verdict === 'known' ? ` # SKIP known: ${gap}` : NOTES[result.verdict] || '';
    number++;
    if (!good || !terse) process.stdout.write(`${good ? 'ok' : 'not ok'} ${number} - ${test.name} (Node ${test.major})${note}\n`);
    if (!good) process.stdout.write(difference(result.real, result.ours));
    if (!good && keep && test.make) {
      const program = test.make();
      fs.mkdirSync(keep, { recursive: true });
      fs.writeFileSync(path.join(keep, `${test.name.replaceAll(' ', '-')}-node-${test.major}.${program.extension}`), program.text);
    }
  }

  async function worker(cases) {
    const workplace = new Workplace();
    for (const test of cases) {
      if (test.make) {
        const program = test.make();
        workplace.write(program.text, program.extension);
      }
      const result = await compare(workplace, nodes[test.major], test.major, test.file, { again, answers: test.make && answers });
      if (result.verdict === 'different' && test.recorded && same(result.ours, test.recorded)) result.verdict = 'late';
      report(test, result);
    }
    workplace.remove();
  }

  const all = (function* () {
    if (!only || only === 'conformance') yield* conformanceCases(majors);
    if (!only || only === 'random') yield* randomCases(majors, first, count);
    if (!only || only === 'synchronous') yield* synchronousCases(only ? majors : majors.filter((major) => SYNCHRONOUS.includes(major)), first, Math.ceil(count / 10));
  })();
  process.stdout.write('TAP version 13\n');
  for (const major of wanted ? [] : missing) process.stdout.write(`ok ${++number} - Node ${major} # SKIP not on this machine (make test-nodes)\n`);
  for (const major of majors) if (!nodes[major]) throw new Error(`Node ${major} is not on this machine`);
  await Promise.all(Array.from({ length: jobs }, () => worker(all)));
  process.stdout.write(`1..${number}\n# ${JSON.stringify(tally)}\n`);
  process.exitCode = tally.different + tally.unsupported ? 1 : 0;
}

await run();
