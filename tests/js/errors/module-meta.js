// Nor has a script an import.meta.
console.log(typeof import.meta.url);
