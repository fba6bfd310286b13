// How many lines of a stack are about functions that await.
const lines = async () => {
  await null;
  return new Error('x').stack.split('\n').filter((line) => line.includes('at async')).length;
};
const waiting = async () => await lines();
(async () => console.log(await waiting()))();
