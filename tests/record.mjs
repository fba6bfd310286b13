// Writes NAME.expected.json beside test programs: what real Nodes print, by major.
// Usage: node tests/record.mjs [--stderr] BINARY,BINARY... FILE...
// The program runs as /home/user/NAME would: its directory and the process id are put in their place afterwards.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { tmpdir } from 'node:os';

let [binaries, ...files] = process.argv.slice(2);
const keepsErrors = binaries === '--stderr';
if (keepsErrors) binaries = files.shift();
const nodes = binaries.split(',').map((binary) => [String(spawnSync(binary, ['-p', 'process.versions.node.split(".")[0]'], { encoding: 'utf8' }).stdout).trim(), binary]);

for (const file of files) {
  const directory = mkdtempSync(join(tmpdir(), 'record-'));
  for (const name of readdirSync(dirname(file))) if (statSync(join(dirname(file), name)).isFile()) copyFileSync(join(dirname(file), name), join(directory, name));
  const expected = { stdout: {}, exit: {}, ...(keepsErrors ? { stderr: {} } : {}) };
  for (const [major, binary] of nodes) {
    const run = spawnSync(binary, [basename(file)], { encoding: 'utf8', cwd: directory, timeout: 20000, env: { PATH: process.env.PATH } });
    const normal = (text) => text.replaceAll(directory, '/home/user').replace(/\(node:\d+\)/g, '(node:4242)');
    expected.stdout[major] = normal(run.stdout);
    expected.exit[major] = run.status;
    if (keepsErrors) expected.stderr[major] = normal(run.stderr);
  }
  writeFileSync(file.replace(/\.[cm]?js$/, '.expected.json'), JSON.stringify(expected, null, 1) + '\n');
  rmSync(directory, { recursive: true });
}
