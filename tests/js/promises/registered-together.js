// Reactions of one pending promise, of every kind, in the order of their registration; and chains from each.
let resolve, reject;
const late = new Promise((r) => { resolve = r; }), bad = new Promise((_, r) => { reject = r; });
for (const [name, p] of [['late', late], ['bad', bad]]) {
  p.catch((e) => console.log(name, 'catch', e)).then((v) => console.log(name, 'after catch', v), () => console.log(name, 'not handled'));
  p.then((v) => console.log(name, 'then', v)).then(() => console.log(name, 'after then'), (e) => console.log(name, 'after then failed', e));
  p.then((v) => console.log(name, 'both', v), (e) => console.log(name, 'both', e));
  p.then(null, undefined).then((v) => console.log(name, 'through', v), (e) => console.log(name, 'through', e));
  p.finally(() => console.log(name, 'finally')).then(() => console.log(name, 'after finally'), (e) => console.log(name, 'after finally', e));
  (async () => { try { console.log(name, 'await', await p); } catch (e) { console.log(name, 'await failed', e); } })();
  new Promise((r) => r(p)).then((v) => console.log(name, 'adopted', v), (e) => console.log(name, 'adopted', e));
  Promise.all([p, 1]).then((v) => console.log(name, 'all', v), (e) => console.log(name, 'all', e));
  Promise.race([p]).then((v) => console.log(name, 'race', v), (e) => console.log(name, 'race', e));
}
const alone = [1, 2, 3, 4].map(() => new Promise((r) => { setTimeout(r, 1, 'alone'); }));
alone[0].catch(() => {}).then((v) => console.log('catch first', v));
alone[1].then(null, () => {}).then((v) => console.log('null first', v));
(async () => console.log('await first', await alone[2]))();
Promise.resolve(alone[3]).then((v) => console.log('same', v));
setTimeout(() => { resolve('value'); reject('reason'); console.log('settled'); });
