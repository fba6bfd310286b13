// title: an arrow function is named where it ends (until 11), or by what comes after it
// rules: R160
new Promise((resolve) => {
  console.log(new Error('x').stack.split('\n')[1].replace(/\(.*/, '').replace(/ \/.*/, ' nameless').trim());
  resolve();
});
const five = 5;
