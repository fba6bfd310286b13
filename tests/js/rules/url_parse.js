// title: URL.parse
// rules: R160
// since: 10
console.log(typeof URL.parse);
