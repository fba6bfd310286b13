// make order: in which order the linker should put functions and tables, so that what every run needs is on few pages.
// usage: node order.mjs SIXPHASE PROGRAM... > order.ld. Valgrind's lackey tells what each program touches; what the first
// program touches comes first. Names that are gone do no harm: the script is made anew now and then, not kept up.
import { spawn, spawnSync } from 'node:child_process';
import readline from 'node:readline';

const [sixphase, ...programs] = process.argv.slice(2);

const symbols = spawnSync('nm', ['-S', '-n', '--defined-only', sixphase], { encoding: 'utf8', maxBuffer: 1 << 28 }).stdout.split('\n')
  .map((line) => /^([0-9a-f]+) ([0-9a-f]+) ([tTrRdD]) ([\w.]+)$/.exec(line)).filter(Boolean)
  .map(([, at, size, kind, name]) => ({ at: parseInt(at, 16), end: parseInt(at, 16) + parseInt(size, 16), kind: { t: 'text', r: 'tables', d: 'pointers' }[kind.toLowerCase()], name: name.replace(/\..*/, '') }));

function symbolAt(address) {
  let low = 0, high = symbols.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (symbols[middle].at <= address) low = middle;
    else high = middle;
  }
  return symbols[low] && address >= symbols[low].at && address < symbols[low].end ? symbols[low] : null;
}

// The names that a program touches and those before it did not.
const known = new Set();
async function touchedBy(program) {
  const run = spawn('valgrind', ['--tool=lackey', '--trace-mem=yes', '--log-fd=3', sixphase, 'run', program], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const addresses = new Set(), names = { text: [], tables: [], pointers: [] };
  for await (const line of readline.createInterface({ input: run.stdio[3] })) {
    const address = /^(?:I | L| S| M) +([0-9a-f]+),/.exec(line)?.[1];
    if (!address || addresses.has(address)) continue;
    addresses.add(address);
    const symbol = symbolAt(parseInt(address, 16));
    if (!symbol || known.has(symbol.name)) continue;
    known.add(symbol.name);
    names[symbol.kind].push(symbol.name);
  }
  return names;
}

const group = (sections, names) => names.map((name) => `*(${sections.flatMap((section) => [`${section}.${name}`, `${section}.${name}.*`]).join(' ')})`)
  .join(' ').replace(/.{60,100} (?=\*)/g, '$&\n    ').replace(/ +$/gm, '');
const groups = [];
for (const program of programs) groups.push(await touchedBy(program));
const text = groups.map((names) => group(['.text'], names.text));
const tables = groups.map((names) => group(['.rodata'], [...names.tables, ...names.text]));  // a function's own: its switches and literals
const pointers = groups.map((names) => group(['.data.rel.ro', '.data.rel.ro.local'], names.pointers)).reverse();

console.log(`/* What every run needs, on few pages: made by "make order". */
SECTIONS {
  .rodata.first : {
    ${tables.join('\n    ')}
    /* Literals, which functions share. */
    *(.rodata.cst* .rodata.*.cst* .rodata.str1.1 .rodata.*.str1.1)
  }
}
INSERT BEFORE .init;
SECTIONS {
  .text.first : {
    /* What the C library does first, and libuv last. */
    *crt1.o(.text) *crtbegin*.o(.text) *(.text.startup.main)
    ${['uv-common', 'threadpool', 'signal', 'proctitle'].map((file) => `*libuv*.a:${file}.c.o(.text .text.*)`).join(' ')}
    ${text.join('\n    ')}
  }
}
INSERT BEFORE .text;
SECTIONS {
  /* Tables of pointers, before what is written to. */
  .data.rel.ro.first : {
    ${pointers.join('\n    ')}
  }
}
INSERT AFTER .data.rel.ro;`);
