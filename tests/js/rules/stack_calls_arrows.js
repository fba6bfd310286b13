// title: an arrow function in parentheses is compiled at once since 23, and has no inferred name
// rules: R160
const list = {};
list.items = [(() => {
  console.log(new Error('x').stack.split('\n')[1].replace(/\(.*/, '').replace(/ \/.*/, ' nameless').trim());
})];
list.items[0]();
