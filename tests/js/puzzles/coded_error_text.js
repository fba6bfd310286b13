// Node's own errors name their code where they become a string, but not in their name.
for (const wrong of [() => setTimeout('text'), () => Buffer.alloc('x'), () => process.nextTick(1)]) {
  try {
    wrong();
  } catch (error) {
    console.log(`${error}`);
    console.log(error.name, error.code, Object.keys(error));
    error.message = 'changed';
    console.log(String(error));
  }
}
