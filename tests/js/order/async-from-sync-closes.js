// title: a rejected value closes a sync iterator that is iterated asynchronously since Node 23; throw closes it too
// rules: R81
// since: 10
const iterable = (value) => ({
  [Symbol.iterator]() {
    let k = 0;
    return { next: () => ({ done: k++ >= 3, value: value() }), return: (v) => { console.log('return called', v); return {}; } };
  },
});
let round = 0;
const lane = () => { console.log('round', round); if (round++ < 9) Promise.resolve().then(lane); };
(async () => {
  lane();
  try {
    for await (const v of iterable(() => Promise.reject(new Error('value')))) console.log(v);
  } catch (e) {
    console.log(e.message);
  }
  round = 0;
  lane();
  const g = (async function* () { yield* iterable(() => 1); })();
  g.next().then((r) => console.log(r));
  g.throw(new Error('thrown')).then((r) => console.log(r), (e) => console.log(e.message));
  g.next().then((r) => console.log(r));
})();
