// title: symbol keys
// rules: R160
console.log({ [Symbol('key')]: 1 });
