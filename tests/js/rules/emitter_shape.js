// title: the properties of an EventEmitter
// rules: R120
console.log(new (require('events'))());
