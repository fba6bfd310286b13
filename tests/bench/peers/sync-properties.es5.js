var N = 1000000;
function run() {
  var o = { a: 1, b: 2, c: { d: 3 } }, n = 0;
  for (var i = 0; i < N * 10; i++) { n += o.a + o.c.d; o.b = n; }
  return n;
}
print(run());
