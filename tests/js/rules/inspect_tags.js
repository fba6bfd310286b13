// title: the class of a subclass, and the tag that it inherits
// rules: R160
class Pairs extends Map {}
console.log(new Pairs([[1, 2]]));
class Pattern extends RegExp {}
console.log(new Pattern('a'));
console.log({ [Symbol.toStringTag]: 'shown anyway' });
