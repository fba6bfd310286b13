// Runs one program in a real Node and in sixphase, and compares what they print and how they end.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export const SIXPHASE = path.resolve(process.env.SIXPHASE || './sixphase');

const LIMIT_MS = 10000;
const LIMIT_BYTES = 1 << 20;

function execute(file, args, cwd) {
  return new Promise((resolve) => {
    const env = { PATH: process.env.PATH, HOME: process.env.HOME, NODE_DISABLE_COLORS: '1' };
    const child = spawn(file, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const out = [], err = [];
    let length = 0;
    child.stdout.on('data', (chunk) => {
      out.push(chunk);
      if ((length += chunk.length) > LIMIT_BYTES) child.kill('SIGKILL');
    });
    child.stderr.on('data', (chunk) => err.push(chunk));
    const timer = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS);
    child.on('error', (error) => resolve({ stdout: '', stderr: String(error), exit: -1 }));
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ stdout: String(Buffer.concat(out)), stderr: String(Buffer.concat(err)), exit: signal || code });
    });
  });
}

// What is no program ends with 65 here and with 1 there.
const refused = (real, ours) => ours.exit === 65 && real.exit === 1 && /SyntaxError/.test(real.stderr);

export const same = (real, ours) => real.stdout === ours.stdout && (real.exit === ours.exit || refused(real, ours));

// A folder of its own for the programs of one worker.
export class Workplace {
  constructor() {
    this.folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sixphase-differential-'));
  }

  write(text, extension) {
    this.file = path.join(this.folder, `program.${extension}`);
    fs.writeFileSync(this.file, text);
  }

  node(binary, file = this.file) {
    return execute(binary, [path.basename(file)], path.dirname(file));
  }

  sixphase(major, file = this.file) {
    return execute(SIXPHASE, ['run', '--node', String(major), file], this.folder);
  }

  remove() {
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}

// { verdict: 'same' | 'late' | 'different' | 'unsupported' | 'endless', real, ours }. A busy machine makes timers late and so
// changes real orders: a difference counts when it is there `again` times more; 'late' is when a later try agreed.
export async function compare(workplace, binary, major, file, again = 5) {
  const ours = await workplace.sixphase(major, file);
  if (ours.exit === 75) return { verdict: 'endless', real: null, ours };
  const real = await workplace.node(binary, file);
  if (same(real, ours)) return { verdict: 'same', real, ours };
  if (ours.exit === 69) return { verdict: 'unsupported', real, ours };
  if (real.exit === 'SIGKILL') return { verdict: 'endless', real, ours };
  for (let i = 0; i < again; i++) {
    await new Promise((resolve) => setTimeout(resolve, 100 * i));
    if (same(await workplace.node(binary, file), ours)) return { verdict: 'late', real, ours };
  }
  return { verdict: 'different', real, ours };
}
