let again = true;
process.on('beforeExit', () => {
  console.log('beforeExit');
  if (again) setTimeout(() => console.log('revived'), 1);
  again = false;
});
