// title: long collections
// rules: R160
console.log(new Set(Array.from({ length: 103 }, (_, i) => i)));
