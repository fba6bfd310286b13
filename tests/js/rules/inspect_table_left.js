// title: the cells of console.table
// rules: R160
// since: 10
console.table([{ name: 'a', value: 1 }, { name: 'bb', value: 22 }]);
