for (const n of [1, 2]) setImmediate(() => {
  console.log('immediate', n);
  process.nextTick(() => console.log('tick', n));
});
