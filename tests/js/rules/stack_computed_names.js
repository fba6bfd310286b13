// title: what a function is called that is assigned to a computed member
// rules: R160
const list = [], i = 0;
list[i] = function () {
  console.log(new Error('x').stack.split('\n')[1].replace(/ \(\/.*/, '').trim());
};
list[i]();
