// title: stack traces through Promise.all, any and allSettled
// rules: R160
// since: 15
async function fails() {
  await null;
  throw new Error('x');
}
async function outer() {
  await Promise.all([fails()]);
}
const shown = (error) => console.log(error.stack.split('\n').filter((line) => /Promise|index/.test(line)).join('').replace(/\s+/g, ' '));
outer().catch((error) => {
  shown(error);
  if (Promise.any) (async () => { await Promise.any([fails()]); })().catch((e) => e.errors.forEach(shown));
});
