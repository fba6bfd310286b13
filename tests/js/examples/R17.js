let n = 0;
const i = setInterval(() => {
  console.log('interval', ++n);
  if (n === 2) clearInterval(i);
}, 10);
setTimeout(() => console.log('timeout'), 15);
