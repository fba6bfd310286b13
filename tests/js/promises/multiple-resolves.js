// A promise that is resolved more than once: process emits multipleResolves from a tick.
process.on('multipleResolves', (type, p, r) => console.log(type, p, r instanceof Error ? r.message : r));
process.nextTick(() => console.log('tick before'));
async function main() {
  try {
    return await new Promise((resolve, reject) => {
      resolve('First call');
      resolve('Swallowed resolve');
      reject(new Error('Swallowed reject'));
    });
  } catch { throw new Error('Failed'); }
}
main().then(console.log);
process.nextTick(() => console.log('tick after'));
new Promise((_, reject) => { reject(1); reject(2); }).catch(() => {});
Promise.race([new Promise((r) => setTimeout(r, 1, 'a')), new Promise((r) => setTimeout(r, 2, 'b'))]).then(console.log);
new Promise((r) => { r(1); throw 5; });
const q = new Promise((r) => { r({ then(res, rej) { res(1); res(2); rej(3); } }); });
