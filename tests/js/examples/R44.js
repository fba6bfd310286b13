let n = 0;
setTimeout(() => console.log('timer, at last'), 0);
(function again() { if (n++ < 1000) process.nextTick(again); })();
process.nextTick(() => console.log('still ticking'));
