// String methods and their corners.
const show = (...a) => console.log(a.map((x) => (typeof x === 'string' ? JSON.stringify(x) : Array.isArray(x) ? JSON.stringify(x) : String(x))).join(' '));
const s = 'Hello, Wörld! 😀 ñ';
show(s.length, s.at(-1), s.at(0), s.at(99), s.charAt(7), s.charCodeAt(1), s.codePointAt(14), s.charAt(-1), s.charCodeAt(99));
show(s.slice(-3), s.slice(2, 5), s.slice(5, 2), s.substring(5, 2), s.substring(-1, 3), s.substr(-4, 2), s.substr(3), s.slice(NaN), s.substring(Infinity, 2));
show(s.indexOf('o'), s.indexOf('o', 5), s.lastIndexOf('o'), s.lastIndexOf('l', 3), s.indexOf(''), s.indexOf('', 99), s.lastIndexOf(''), s.lastIndexOf('', 2), 'abc'.lastIndexOf('c', -5), 'aXa'.lastIndexOf('a', NaN));
show(s.includes('Wör'), s.startsWith('Hello'), s.startsWith('ello', 1), s.endsWith('ñ'), s.endsWith('Hello', 5), s.includes('zzz'));
show(s.toUpperCase(), s.toLowerCase(), 'ß'.toUpperCase(), 'İ'.toLowerCase(), 'ΑΣ ΟΔΟΣ Σ'.toLowerCase(), 'ﬃ'.toUpperCase(), 'ŉ'.toUpperCase(), '𐐀'.toLowerCase());
show('  \t\n x y \u00a0\ufeff'.trim(), '  x '.trimStart(), '  x '.trimEnd(), 'x'.padStart(5), 'x'.padEnd(5, 'ab'), 'abc'.padStart(2), 'x'.padStart(4, ''), 'x'.padStart(6, 'é😀'));
show('ab'.repeat(3), ''.repeat(5), 'x'.repeat(0), 'a-b-c'.split('-'), 'abc'.split(''), 'abc'.split(), 'a,b,c'.split(',', 2), ''.split(','), ''.split(''), 'a,,b,'.split(','), 'abc'.split('x'), 'abab'.split('ab'));
show('a.b.c'.replace('.', '-'), 'a.b.c'.replaceAll('.', '-'), 'abc'.replace('b', '[$&]'), 'abc'.replace('b', "[$`|$'|$$|$1]"), 'aaa'.replaceAll('a', (m, i, t) => m + i + t.length), 'abc'.replaceAll('', '_'), 'xyz'.replace('y', () => '$&'), 'abc'.replace('z', 'q'));
show('a'.concat('b', 1, null, undefined, [1, 2]), String.raw`a\n${1 + 1}b`, String.fromCharCode(72, 105, 0x20ac, 65601), String.fromCodePoint(128512, 97), String(null), String([1, [2, 3]]), String({}), String(Symbol('q')), String(-0), `${[]}`);
show([...'a😀b'].length, [...'a😀b'].join('|'), Array.from('né').join('-'), 'abc'[1], 'abc'[5], 'length' in Object('abc'), Object.keys(Object('abc')), 1 in Object('abc'));
show('a'.localeCompare('b'), 'b'.localeCompare('a'), 'a'.localeCompare('a'), 'a'.localeCompare('B'), 'a'.localeCompare('A'), 'résumé'.localeCompare('resume'), 'item 10'.localeCompare('item 9', undefined, { numeric: true }), 'A'.localeCompare('a', undefined, { sensitivity: 'base' }), 'ä'.localeCompare('z', 'de'));
show(['b', 'a', 'C', 'A', 'c', 'B', 'é', 'e', 'z', 'Z', '1', '10', '2', '_', '-', ' ', 'ñ', 'n', 'o'].sort((a, b) => a.localeCompare(b)));
show(['file10.txt', 'file2.txt', 'file1.txt', 'File3.txt'].sort((a, b) => a.localeCompare(b, 'en', { numeric: true, sensitivity: 'base' })));
show('\u0041\u030a'.normalize() === '\u00c5', 'Å'.normalize('NFD').length, 'ﬁ'.normalize('NFKC'), '한글'.normalize('NFD').length, 'e\u0323\u0301'.normalize('NFC').length, '①'.normalize('NFKD'));
show('ab\ud800c'.isWellFormed(), 'abc'.isWellFormed(), 'ab\ud800c'.toWellFormed() === 'ab\ufffdc', '\ud83d\ude00'.isWellFormed());
show('x'.anchor('a"b'), 'x'.bold(), 'x'.link('u'), 'x'.fontsize(7), 'x'.sub());
const it = 'ab'[Symbol.iterator]();
show(JSON.stringify([it.next(), it.next(), it.next()]), Object.prototype.toString.call(it), typeof it[Symbol.iterator], it[Symbol.iterator]() === it);
show(new String('abc') + 'd', typeof new String('a'), new String('ab').length, new String('x') == 'x', Object('abc')[0], JSON.stringify(Object.getOwnPropertyNames(new String('ab'))));
show('abc' < 'abd', 'a' < 'B', '10' < '9', 'Z' < 'a', 'é' > 'z', '' < 'a');
show(escape('ü %€'), unescape('%FC%u20AC'), encodeURIComponent('a b&c=ü/😀'), encodeURI('http://x.y/ä?q=1&r=[2]#h'), decodeURIComponent('%F0%9F%98%80%20%C3%BC'), decodeURI('%2F%20'), decodeURI('%E4%BD%A0'));
class S2 extends String { shout() { return this.toUpperCase() + '!'; } }
show(new S2('hey').shout(), new S2('hey').length, new S2('hey') instanceof String);
show('abcabc'.search('c'), 'abc'.match('b').index, 'abc'.match(/z/), [...'a1b2'.matchAll(/\d/g)].map((m) => m[0] + m.index));
show('one two'.split(' ').map((w) => w[0].toUpperCase() + w.slice(1)).join(' '), 'radar'.split('').reverse().join('') === 'radar');
show('a'.codePointAt(1), 'x'.at(), 'abc'.at('1'), 'abc'.slice('1'), 'abc'.substr(1, undefined), 'abc'.substring(undefined, 2), 'abc'.indexOf(undefined), 'undefined'.indexOf());
