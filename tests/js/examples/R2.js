require('fs').stat('.', () => {
  setTimeout(() => console.log('timer'), 0);
  setImmediate(() => console.log('check'));
  console.log('poll');
});
