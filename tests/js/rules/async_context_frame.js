// title: what an AsyncLocalStorage shows
// rules: R160
// since: 24
console.log(new (require('async_hooks').AsyncLocalStorage)());
