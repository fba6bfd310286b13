// RegExp through the language: exec, flags, lastIndex, groups, replace, split, matchAll.
const j = (x) => JSON.stringify(x);
const m = (r, s) => { const x = r.exec(s); return x ? `${x.index} ${j(x)} ${x.groups ? j({ ...x.groups }) : ''} ${r.lastIndex}` : `null ${r.lastIndex}`; };
console.log(m(/a(b)?c/, 'xac'), m(/(\d+)-(\d+)/, 'on 10-20'), m(/(?<y>\d{4})-(?<m>\d\d)/u, 'in 2024-05'), m(/x*/, 'aaa'), m(/(a)|(b)/, 'b'));
const g = /a./g; console.log(m(g, 'abacad'), m(g, 'abacad'), m(g, 'abacad'), m(g, 'abacad'));
const y = /b/y; y.lastIndex = 1; console.log(m(y, 'abb'), m(y, 'abb'), m(y, 'abb'));
console.log(/a/gimsuyd.flags, /a/v.flags, String(/a\/b[/]c/gi), new RegExp('/').source, new RegExp('').toString(), RegExp('a\nb').source, /[/]/.source, new RegExp('\\/').source);
console.log(j('2024-05-06'.replace(/(\d+)-(\d+)-(\d+)/, '$3/$2/$1')), 'aaa'.replace(/a/g, (s, i) => i), 'John Smith'.replace(/(?<f>\w+) (?<l>\w+)/, '$<l>, $<f>'), 'abc'.replace(/(?<x>b)/, (...a) => j(a)), 'x'.replace(/x/, '$0$1$$'), 'abc'.replace(/b/, "$`-$'"), 'aBc'.replace(/[A-Z]/g, (c) => '_' + c.toLowerCase()), 'a.b'.replace(/\./g, '\\$&'));
console.log(j('a1b2c3'.split(/\d/)), j('a1b2c3'.split(/(\d)/)), j('abc'.split(/(?:)/)), j('a, b ,c'.split(/\s*,\s*/)), j(''.split(/x/)), j(''.split(/(?:)/)), j('abc'.split(/b/, 1)), j('aXbxc'.split(/x/i)), j('ab'.split(/a*?/)), j('😀a'.split(/(?:)/u)), j('test'.split(/(?=s)/)));
console.log(j('a1b22'.match(/\d+/g)), j('abc'.match(/\d/g)), j('abc'.match(/(b)(x)?/)), 'abc'.search(/c/), j([...'a1b22'.matchAll(/(?<d>\d)+/g)].map((x) => [x[0], x.index, x.groups.d])));
console.log(/^\s*$/.test(' \t\u00a0'), /\bfoo\b/.test('a foo b'), /^.$/.test('\n'), /^.$/s.test('\n'), /^b/m.test('a\nb'), /a$/m.test('a\nb'), /\u{1F600}/u.test('😀'), /^.$/u.test('😀'), /^.$/.test('😀'), /\p{Lu}/u.test('É'), /^\p{Script=Greek}+$/u.test('αβγ'), /\p{Emoji_Presentation}/u.test('😀'), /[^\P{L}]/u.test('x'), /[\p{L}--[a-z]]/v.test('a'), /[\w&&\d]/v.test('5'));
console.log(m(/(?<=\$)\d+/, 'cost $42'), m(/(?<!\$)\b\d+/, 'cost $42 or 17'), m(/(?=(a+))a*b\1/, 'baaabac'), m(/(z)((a+)?(b+)?(c))*/, 'zaacbbbcac'), m(/(?:(a)|b)*/, 'ab'), m(/(a*)*/, 'b'), m(/(?<=(\d+)(\d+))$/, '1053'), m(/\k<a>(?<a>x)/, 'x'), m(/(.*?)a(?!(a+)b\2c)\2(.*)/, 'baaabaac'));
console.log(m(/ÀÉ/i, 'àé'), m(/[à-ý]/i, 'É'), m(/ſ/iu, 's'), m(/\w/iu, 'ſ'), m(/K/i, '\u212a'), m(/K/iu, '\u212a'), m(/ß/i, 'ẞ'), m(/σ/i, 'ς'));
console.log(m(/a{2,3}/, 'aaaa'), m(/a{2,3}?/, 'aaaa'), m(/a{,3}/, 'a{,3}'), m(/x{0}y/, 'xy'), m(/\x41\u0042\103\cJ\0/, 'ABC\n\0'), m(/[\b]/, '\b'), m(/[^]/, '\n'), m(/[]/, 'a'), m(/\8/, '8'), m(/a|ab/, 'abc'), m(/((a)|(ab))((c)|(bc))/, 'abc'));
const d = /(?<w>b)(c)?/d.exec('abz'); console.log(j(d.indices), j(d.indices.groups), Object.getPrototypeOf(d.groups));
console.log(j(Object.keys(/(a)/.exec('a'))), /a/.exec('b'), RegExp.prototype.toString.call({ source: 'x', flags: 'y' }), RegExp(/x/g) === RegExp(/x/g), (() => { const r = /x/; return RegExp(r) === r; })(), new RegExp(/x/g, 'i').flags, /a/ instanceof RegExp, Object.prototype.toString.call(/a/), typeof /a/);
class R extends RegExp { exec(s) { const r = super.exec(s); if (r) r[0] = r[0].toUpperCase(); return r; } }
console.log('abc'.replace(new R('b'), '[$&]'), j('abcb'.match(new R('b', 'g'))), new R('a').test('a'), j('a-b-c'.split(new R('-'))), new R('x') instanceof R);
const custom = { [Symbol.replace](s, r) { return `R(${s},${r})`; }, [Symbol.split](s) { return [s, 'split']; }, [Symbol.match](s) { return 'M' + s; }, [Symbol.search]() { return 42; } };
console.log('abc'.replace(custom, 'x'), j('abc'.split(custom)), 'abc'.match(custom), 'abc'.search(custom));
const r2 = /a/g; console.log(r2.test('aa'), r2.lastIndex, r2.test('aa'), r2.lastIndex, r2.test('aa'), r2.lastIndex);
console.log('aaaa'.replace(/a/g, '$&b'), 'abab'.replaceAll(/a/g, 'x'), 'x'.replace(/(x)(y)?/, '[$1$2]'), '𝒳𝒴'.replace(/./gu, '-'), '𝒳'.replace(/./g, '-').length, j('ab'.match(/(?:)/g)), j('😀'.match(/(?:)/gu)));
for (const p of ['(', '[', 'a**', '(?<n>', '\\', '(?<a>x)(?<a>y)', 'a{2,1}', '[z-a]', '(?']) { try { new RegExp(p); } catch (e) { console.log(e.name + ': ' + e.message); } }
for (const x of [() => 'a'.matchAll(/a/), () => 'a'.replaceAll(/a/, ''), () => new RegExp('a', 'gg'), () => /a/u.exec.call({})]) { try { x(); } catch (e) { console.log(e.name + ': ' + e.message); } }
const email = /^[\w.+-]+@[a-zA-Z\d-]+\.[a-zA-Z\d.-]+$/; console.log(['a@b.co', 'x.y+z@foo-bar.org', 'bad@', '@bad.com'].map((s) => email.test(s)).join());
console.log('The Quick brown'.replace(/quick/i, (m0) => m0.split('').reverse().join('')), 'camelCaseString'.replace(/([A-Z])/g, ' $1').toLowerCase(), '1234567.89'.replace(/\B(?=(\d{3})+(?!\d))/g, ','), '   trim  me '.replace(/^\s+|\s+$/g, ''), '<b>x</b>'.replace(/<[^>]+>/g, ''), 'a-b_c d'.split(/[-_\s]/).join('|'));
