// title: jobs until an imported module is there
// rules: R47
// since: 12
import('fs').then(() => console.log('imported'));
let p = Promise.resolve();
for (let i = 1; i <= 40; i++) p = p.then(() => console.log(i));
