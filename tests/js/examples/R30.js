setImmediate(() => {
  console.log('a');
  setImmediate(() => console.log('next turn'));
});
setImmediate(() => console.log('b'));
