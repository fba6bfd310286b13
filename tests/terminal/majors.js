setTimeout(() => {
  console.log('t1');
  Promise.resolve().then(() => console.log('m1'));
  process.nextTick(() => console.log('n1'));
}, 1);
setTimeout(() => console.log('t2'), 1);
console.log('main');
