const attempt = (f) => {
  try {
    f();
  } catch (e) {
    console.log(e.message);
  }
};
for (const callback of [3, 'x', {}, null, undefined, [1]]) {
  attempt(() => [1, 2].map(callback));
  attempt(() => [1, 2].reduce(callback));
}
attempt(() => Array.from([1], 5));
attempt(() => [3].sort(1));
attempt(() => [3].sort({}));
attempt(() => new Uint8Array(1).map(11));
