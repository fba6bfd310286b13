const N = 1000000;
let n = 0;
function round(i) {
  if (i >= N / 10) return;
  setTimeout(() => { n++; Promise.resolve(i).then((v) => { n += v; }); }, 0);
  setImmediate(() => { process.nextTick(() => { n++; }); round(i + 1); });
  (async () => { await i; n++; })();
}
round(0);
// target: 8
