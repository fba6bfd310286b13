// Shrinks a random program on which sixphase and a real Node differ to a short one that still does.
// usage: node shrink.mjs SEED MAJOR    prints the program, and both outputs
import { pathToFileURL } from 'node:url';
import { same, Workplace } from './execute.mjs';
import { generate } from './generate.mjs';
import { findNodes } from './nodes.mjs';
import { blocks, inside, printProgram } from './tree.mjs';

const RUNS = 2; // of the real Node for each candidate: it must be steady
const FINAL_RUNS = 5;

// Whether the two differ, and Node is steady. What they print with an error that cutting has made is of no interest.
async function differs(workplace, binary, major, program, runs) {
  workplace.write(program.text, program.extension);
  const ours = await workplace.sixphase(major);
  if (ours.exit === 75 || ours.exit === 65) return null;
  let real;
  for (let i = 0; i < runs; i++) {
    const again = await workplace.node(binary);
    if (same(again, ours) || /ReferenceError|SyntaxError/.test(again.stderr)) return null;
    if (real && !same(real, again)) return null;
    real = again;
  }
  return { real, ours };
}

// The blocks of a program in which one or several statements can go, or be replaced by what they contain.
function* cuts(root) {
  for (const block of blocks(root)) {
    const all = block.statements;
    for (let size = all.length; size >= 1; size = size >> 1)
      for (let at = 0; at + size <= all.length; at += size) yield { block, to: [...all.slice(0, at), ...all.slice(at + size)] };
    if (block.kind !== 'body') continue;
    for (let at = 0; at < all.length; at++) {
      const content = inside(all[at]);
      if (content.length) yield { block, to: [...all.slice(0, at), ...content, ...all.slice(at + 1)] };
    }
  }
}

// Cuts as long as any cut keeps the difference. `test` says whether a program still has it.
export async function shrink(root, test) {
  for (let found = true; found;) {
    found = false;
    for (const { block, to } of cuts(root)) {
      const before = block.statements;
      block.statements = to;
      if (await test(root)) {
        found = true;
        break;
      }
      block.statements = before;
    }
  }
  return root;
}

async function main() {
  const seed = Number(process.argv[2]), major = Number(process.argv[3]), binary = findNodes()[major];
  const { root, extension } = generate(seed, major), workplace = new Workplace();
  const asProgram = (tree) => ({ text: printProgram(tree), extension });
  try {
    if (!(await differs(workplace, binary, major, asProgram(root), RUNS))) {
      console.log(`seed ${seed}, Node ${major}: no steady difference`);
      return;
    }
    await shrink(root, (tree) => differs(workplace, binary, major, asProgram(tree), RUNS));
    const result = await differs(workplace, binary, major, asProgram(root), FINAL_RUNS);
    console.log(`// seed ${seed}, Node ${major}, ${extension}${result ? '' : ' (NOT STEADY)'}\n${printProgram(root)}`);
    if (result) for (const [who, r] of Object.entries(result)) console.log(`// ${who}: exit ${r.exit}: ${r.stdout.trim().split('\n').join(' | ')} ${who === 'ours' && r.exit === 69 ? r.stderr : ''}`);
  } finally {
    workplace.remove();
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] || '').href) await main();
