// Newer syntax than the major reads: what stands under the SyntaxError.
console.log(/a/v);
