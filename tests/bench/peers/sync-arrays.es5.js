var N = 1000000;
function run() {
  var a = [], n = 0, i;
  for (i = 0; i < N * 2; i++) a.push(i * 2);
  for (i = 0; i < a.length; i++) n += a[i];
  return n + ' ' + a.map(function (v) { return v + 1; }).filter(function (v) { return v % 3 === 0; }).length;
}
print(run());
