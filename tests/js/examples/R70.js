async function f() {
  console.log('in f');
  await null;
  console.log('after await');
}
f();
console.log('after the call');
