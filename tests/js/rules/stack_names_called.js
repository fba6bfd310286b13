// title: functions that are called where they stand have no inferred name since 11
// rules: R160
const list = {};
list.result = [(function () {
  console.log(new Error('x').stack.split('\n')[1].replace(/\(.*/, '').replace(/ \/.*/, ' nameless').trim());
}), 1];
list.result[0]();
