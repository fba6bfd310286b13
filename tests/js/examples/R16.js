for (const n of [1, 2]) setTimeout(() => {
  console.log('timer', n);
  Promise.resolve().then(() => console.log('microtask', n));
}, 0);
