// Whole programs through the printer: the JavaScript of tests/ and scenarios/, and random programs.
// usage: node tests/print/run.mjs PRINT [--all]
// PRINT (print.c) checks that the printed text parses to the same tree and is printed the same again. Here the printed
// programs run: they must do what is expected of the originals, in sixphase and in the node that runs this, which is asked for
// one program in SAMPLE, or with --all for each. A program that prints its own text, or places in it, does something else when
// it is printed: the same in both. TAP on stdout.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { generate } from '../differential/generate.mjs';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '../..');
const sixphase = path.resolve(root, process.env.SIXPHASE ?? './sixphase');
const [print, all] = process.argv.slice(2);
const SAMPLE = 40;
const RANDOM = 100;
const ATTEMPTS = 3; // where the order is a race, and the machine is busy
const major = process.versions.node.split('.')[0];

const work = fs.mkdtempSync(path.join(os.tmpdir(), 'sixphase-'));
process.on('exit', () => fs.rmSync(work, { recursive: true }));
const folder = (name) => (fs.mkdirSync(path.join(work, name)), path.join(work, name));
const before = folder('before');
const after = folder('after');
const numbered = folder('numbered');

let count = 0;
let failed = 0;
function point(good, name, comment) {
  console.log(`${good ? 'ok' : 'not ok'} ${++count} - ${name}`);
  if (!good && comment) console.log(comment.split('\n').slice(0, 6).map((line) => `# ${line}`).join('\n'));
  failed += !good;
}

function* programs(where) {
  for (const entry of fs.readdirSync(path.join(root, where), { withFileTypes: true })) {
    const name = path.join(where, entry.name);
    if (entry.name === 'node_modules') continue;
    if (entry.isDirectory()) yield* programs(name);
    else if (/\.(js|mjs|cjs)$/.test(entry.name)) yield name;
  }
}

// What a program is expected to print, but for what names its lines: that goes to stderr.
function expectation(program) {
  const name = path.join(root, program.replace(/\.\w+$/, '.expected'));
  if (fs.existsSync(name)) return { '.expected': fs.readFileSync(name, 'utf8') };
  if (!fs.existsSync(`${name}.json`)) return null;
  const { stderr, ...rest } = JSON.parse(fs.readFileSync(`${name}.json`, 'utf8'));
  return { '.expected.json': JSON.stringify(rest) };
}

const ours = (...args) => spawnSync(sixphase, args, { cwd: work, encoding: 'utf8', maxBuffer: 1 << 28 });

// In sixphase: all of them at once.
function printOf(names, originals) {
  const { stdout } = spawnSync(print, ['--to', numbered, ...originals], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 });
  const printed = [];
  for (const [, not, number, comment] of stdout.matchAll(/^(not )?ok (\d+) - .*(?:\n# (.*))?/gm)) {
    const name = names[number - 1];
    const from = path.join(numbered, number);
    point(!not, `${name} is printed`, comment);
    if (!fs.existsSync(from)) continue;
    const to = path.join(after, name);
    fs.mkdirSync(path.dirname(to), { recursive: true });
    fs.renameSync(from, to);
    printed.push(name);
  }
  return printed;
}

function expectTheSame(names) {
  for (const name of names) {
    for (const [ending, text] of Object.entries(expectation(name) ?? {})) fs.writeFileSync(path.join(after, name.replace(/\.\w+$/, ending)), text);
  }
  for (const [, not, name, comment] of ours('test', '--node', major, 'after').stdout.matchAll(/^(not )?ok \d+ - ([^#\n]*)\n((?:# .*\n)*)/gm)) {
    const file = name.replace(/ \(.*/, '');
    point(!not || agreesWithNode(path.join(work, file)), `${name} as printed`, comment);
  }
}

function agreesWithNode(file) {
  const { stdout, status } = ours('run', '--node', major, file);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) if (`${stdout}exit ${status}` === real(file).text) return true;
  return false;
}

function real(file) {
  const home = folder('home'); // under one name, so that what a program says of its place is the same
  const name = path.join(home, path.basename(file));
  fs.copyFileSync(file, name);
  const { stdout, stderr, status } = spawnSync(process.execPath, [path.basename(name)], { cwd: home, encoding: 'utf8', timeout: 20000 });
  fs.rmSync(home, { recursive: true });
  return { text: `${stdout}exit ${status}`.replaceAll(home, '/home/user'), stderr };
}

function compareReal(name, original) {
  let expected, actual;
  for (let attempt = 0; attempt < ATTEMPTS && (attempt === 0 || expected.text !== actual.text); attempt++) {
    expected = real(original);
    actual = real(path.join(after, name));
  }
  point(expected.text === actual.text, `${name} as printed, in real Node`, `${expected.text}\n---\n${actual.text}\n${actual.stderr}`);
}

// ---- The programs of this repository
const names = ['tests', 'scenarios'].flatMap((where) => [...programs(where)]);
const printed = printOf(names, names);
expectTheSame(printed);
printed.filter(expectation).forEach((name, i) => {
  if ((all || i % SAMPLE === 0) && !agreesWithNode(path.join(after, name))) compareReal(name, path.join(root, name));
});

// ---- Random ones
const random = [];
for (let seed = 1; seed <= RANDOM; seed++) {
  const { text, extension } = generate(seed, Number(major));
  random.push(`random-${seed}.${extension}`);
  fs.writeFileSync(path.join(before, random.at(-1)), text);
}
printOf(random, random.map((name) => path.join(before, name))).forEach((name, i) => {
  const [expected, actual] = ['before', 'after'].map((where) => ours('run', '--node', major, `${where}/${name}`));
  point(expected.stdout === actual.stdout && expected.status === actual.status, `${name} as printed`, `${expected.stdout}---\n${actual.stdout}`);
  if (all || i % SAMPLE === 0) compareReal(name, path.join(before, name));
});
console.log(`1..${count}`);
process.exit(failed ? 1 : 0);
