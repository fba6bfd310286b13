const a = { b: { c: 1 } };
a.b.a = a;
try {
  JSON.stringify(a);
} catch (e) {
  console.log(e.message);
}
