const fs = require('fs'); const fsp = fs.promises;
async function load() { return await fsp.readFile('nope'); }
async function main() { try { await load(); } catch (e) { console.log(e.stack, e); } for (const f of ['stat','readdir','unlink','access']) await fsp[f]('nope').catch((e) => console.log(e)); await fsp.mkdir('no/pe'); }
main();
