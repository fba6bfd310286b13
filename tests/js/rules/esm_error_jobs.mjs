// title: jobs that still run after a throw in the main module
// rules: R47
// since: 14
let p = Promise.resolve();
for (let i = 1; i <= 12; i++) p = p.then(() => console.log(i));
throw new Error('main');
