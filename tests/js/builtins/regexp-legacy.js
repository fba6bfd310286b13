/(\d)(\w)/.exec('a1b2');
console.log(RegExp.$1, RegExp.$2, RegExp.$3, RegExp.lastMatch, RegExp['$&'], RegExp.leftContext, RegExp.rightContext, RegExp.input, RegExp.lastParen);
'x-y'.replace(/(x)-(y)/, () => RegExp.$2 + RegExp.$1);
console.log(RegExp.$1, RegExp['$`'], RegExp["$'"], /z/.test('q'), RegExp.$1, RegExp['$+']);
const r = /a/g; r.lastIndex = 3;
console.log(String(r.compile('b', 'i')), r.lastIndex, r.test('B'), r.flags);
console.log(new Date(0).toLocaleString('default', { month: 'long' }));
