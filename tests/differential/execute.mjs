// Runs one program in a real Node and in sixphase, and compares what they print and how they end.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
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

// A printed stack names the program's folder: it is a temporary one for Node, and always the same for sixphase.
export const placed = (text) => text.replace(/\/tmp\/sixphase-differential-\w+/g, '/home/user');

export const same = (real, ours) => placed(real.stdout) === placed(ours.stdout) && (real.exit === ours.exit || refused(real, ours));

// A folder of its own for the programs of one worker.
export class Workplace {
  constructor() {
    this.folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sixphase-differential-'));
  }

  write(text, extension) {
    this.file = path.join(this.folder, `program.${extension}`);
    fs.writeFileSync(this.file, text);
    this.text = text;
  }

  node(binary, file = this.file) {
    return execute(binary, [path.basename(file)], path.dirname(file));
  }

  sixphase(major, file = this.file) {
    return execute(SIXPHASE, ['run', '--node', String(major), file], this.folder);
  }

  orders(major, file = this.file) {
    return execute(SIXPHASE, ['orders', '--json', '--node', String(major), file], this.folder);
  }

  remove() {
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}

// What real Nodes printed in earlier runs, in a folder: another run need not ask them again. A file of JSON lines for each major.
export class Answers {
  constructor(folder) {
    this.folder = folder;
    this.majors = new Map();
    fs.mkdirSync(folder, { recursive: true });
  }

  file(major) {
    return path.join(this.folder, `node-${major}.jsonl`);
  }

  of(major) {
    if (!this.majors.has(major)) {
      const lines = fs.existsSync(this.file(major)) ? fs.readFileSync(this.file(major), 'utf8').split('\n').filter(Boolean) : [];
      this.majors.set(major, new Map(lines.map((line) => JSON.parse(line)).map(({ key, ...real }) => [key, real])));
    }
    return this.majors.get(major);
  }

  key(text) {
    return createHash('sha1').update(text).digest('base64');
  }

  find(major, text) {
    return this.of(major).get(this.key(text));
  }

  keep(major, text, real) {
    if (real.exit === 'SIGKILL') return;
    this.of(major).set(this.key(text), real);
    fs.appendFileSync(this.file(major), JSON.stringify({ key: this.key(text), ...real }) + '\n');
  }
}

// { verdict: 'same' | 'late' | 'race' | 'different' | 'unsupported' | 'endless', real, ours }. A busy machine makes timers late and so
// changes real orders: a difference counts when it is there `again` times more; 'late' is when a later try agreed.
export async function compare(workplace, binary, major, file, { again = 5, answers = null } = {}) {
  const ours = await workplace.sixphase(major, file);
  if (ours.exit === 75) return { verdict: 'endless', real: null, ours };
  const kept = answers && answers.find(major, workplace.text);
  if (kept && same(kept, ours)) return { verdict: 'same', real: kept, ours };
  const real = await workplace.node(binary, file);
  if (answers && !kept) answers.keep(major, workplace.text, real);
  if (same(real, ours)) return { verdict: 'same', real, ours };
  if (ours.exit === 69) return { verdict: 'unsupported', real, ours };
  if (real.exit === 'SIGKILL') return { verdict: 'endless', real, ours };
  for (let i = 0; i < again; i++) {
    await new Promise((resolve) => setTimeout(resolve, 100 * i));
    const later = await workplace.node(binary, file);
    if (!same(later, ours)) continue;
    if (answers) answers.keep(major, workplace.text, later); // the earlier one was late
    return { verdict: 'late', real, ours };
  }
  return { verdict: await isLegal(workplace, major, file, real) ? 'race' : 'different', real, ours };
}

// Whether `orders` has what real Node printed: then the program is a race after all, and this was another of its orders.
async function isLegal(workplace, major, file, real) {
  try {
    const { orders } = JSON.parse((await workplace.orders(major, file)).stdout);
    return orders.some((order) => order.stdout === real.stdout && order.exit === real.exit);
  } catch {
    return false;
  }
}
