// title: a key __proto__
// rules: R160
console.log(JSON.parse('{"__proto__":1}'), { ['__proto__']: 2, a: 1 });
