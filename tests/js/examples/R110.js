setTimeout(() => console.log('timer'), 20);
setImmediate(() => console.log('immediate, without waiting for the timer'));
