// Strings that grow by += are copied each time here, so the pieces are collected first.
var N = 1000000;
function run() {
  var pieces = [];
  for (var i = 0; i < N; i++) pieces.push(String(i));
  var s = pieces.join('');
  print(s.length, s.split('9').length);
}
run();
