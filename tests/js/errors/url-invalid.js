// What is no URL: the error, and where it was made.
try {
  new URL('nothing');
} catch (error) {
  console.log(error);
}
try {
  new URL('nothing', 'neither');
} catch (error) {
  console.log(Object.keys(error), error.base);
}
