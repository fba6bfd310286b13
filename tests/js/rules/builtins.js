console.log(typeof Promise.any, typeof [].at, typeof Object.groupBy, typeof Symbol.matchAll);
console.log(Object.getOwnPropertyNames(Promise).join());
