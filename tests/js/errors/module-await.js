// The top level of a script is no module.
console.log("a");
await null;
console.log("b");
