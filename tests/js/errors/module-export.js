// Nothing before it runs where it makes a SyntaxError.
console.log("a");
export const x = 1;
