// Writes sim/machine/unicode_tables.c from the Unicode data of the Node.js that runs it (and python3's combining classes).
// Usage: node sim/machine/unicode_tables.js > sim/machine/unicode_tables.c
'use strict';
const MAX = 0x10ffff;
const out = [];
const emit = (line) => out.push(line);
const hex = (n) => (n < 10 ? String(n) : '0x' + n.toString(16).toUpperCase());
const points = (s) => Array.from(s, (c) => c.codePointAt(0));
const isSurrogate = (c) => c >= 0xd800 && c <= 0xdfff;

function table(declaration, items) {
  emit(declaration + ' = {');
  let line = ' ';
  for (const item of items) {
    if (line.length + item.length + 2 > 118) { emit(line); line = ' '; }
    line += ' ' + item + ',';
  }
  emit(line);
  emit('};');
  emit('');
}

// Runs of equal delta: {first, last, stride, delta}.
function runs(map) {
  const list = [];
  for (const [c, to] of map) {
    const delta = to - c;
    const last = list[list.length - 1];
    if (last && last.delta === delta && (last.first === last.last || c - last.last === last.stride) && c - last.last <= 2) {
      if (last.first === last.last) last.stride = c - last.last;
      last.last = c;
    } else list.push({ first: c, last: c, stride: 1, delta });
  }
  return list;
}
function caseTables(name, f) {
  const simple = [], special = [];
  for (let c = 0; c <= MAX; c++) {
    if (isSurrogate(c)) continue;
    const s = String.fromCodePoint(c);
    const p = points(f(s));
    if (p.length === 1) { if (p[0] !== c) simple.push([c, p[0]]); }
    else special.push([c, p]);
  }
  const list = runs(simple);
  table(`const struct six_case_run six_${name}_runs[]`, list.map((r) => `{${hex(r.first)}, ${hex(r.last)}, ${r.stride}, ${r.delta}}`));
  emit(`const uint32_t six_${name}_run_count = ${list.length};`);
  table(`const struct six_case_special six_${name}_special[]`, special.map(([c, p]) => `{${hex(c)}, {${[p[0], p[1], p[2] || 0].map(hex).join(', ')}}}`));
  emit(`const uint32_t six_${name}_special_count = ${special.length};`);
}

function foldTable() {
  const parent = new Map();
  const find = (c) => { while (parent.has(c) && parent.get(c) !== c) c = parent.get(c); return c; };
  const union = (a, b) => { a = find(a); b = find(b); if (a < b) parent.set(b, a); else if (b < a) parent.set(a, b); };
  for (let c = 0; c <= MAX; c++) {
    if (isSurrogate(c)) continue;
    const s = String.fromCodePoint(c);
    const candidates = [s.toLowerCase(), s.toUpperCase(), s.toUpperCase().toLowerCase(), s.toLowerCase().toUpperCase()];
    for (const d of candidates) {
      const p = points(d);
      if (p.length !== 1 || p[0] === c) continue;
      if (new RegExp(`^\\u{${c.toString(16)}}$`, 'iu').test(d)) union(c, p[0]);
    }
  }
  const map = [];
  for (const c of [...parent.keys()].sort((a, b) => a - b)) if (find(c) !== c) map.push([c, find(c)]);
  const list = runs(map);
  table('const struct six_case_run six_fold_runs[]', list.map((r) => `{${hex(r.first)}, ${hex(r.last)}, ${r.stride}, ${r.delta}}`));
  emit(`const uint32_t six_fold_run_count = ${list.length};`);
}

function ranges(test) {
  const list = [];
  for (let c = 0; c <= MAX; c++) {
    if (!test.test(String.fromCodePoint(c))) continue;
    const first = c;
    while (c + 1 <= MAX && test.test(String.fromCodePoint(c + 1))) c++;
    list.push(first, c);
  }
  return list;
}

const GC = [['Cased_Letter', 'LC'], ['Close_Punctuation', 'Pe'], ['Connector_Punctuation', 'Pc'], ['Control', 'Cc', 'cntrl'], ['Currency_Symbol', 'Sc'],
  ['Dash_Punctuation', 'Pd'], ['Decimal_Number', 'Nd', 'digit'], ['Enclosing_Mark', 'Me'], ['Final_Punctuation', 'Pf'], ['Format', 'Cf'],
  ['Initial_Punctuation', 'Pi'], ['Letter', 'L'], ['Letter_Number', 'Nl'], ['Line_Separator', 'Zl'], ['Lowercase_Letter', 'Ll'], ['Mark', 'M', 'Combining_Mark'],
  ['Math_Symbol', 'Sm'], ['Modifier_Letter', 'Lm'], ['Modifier_Symbol', 'Sk'], ['Nonspacing_Mark', 'Mn'], ['Number', 'N'], ['Open_Punctuation', 'Ps'],
  ['Other', 'C'], ['Other_Letter', 'Lo'], ['Other_Number', 'No'], ['Other_Punctuation', 'Po'], ['Other_Symbol', 'So'], ['Paragraph_Separator', 'Zp'],
  ['Private_Use', 'Co'], ['Punctuation', 'P', 'punct'], ['Separator', 'Z'], ['Space_Separator', 'Zs'], ['Spacing_Mark', 'Mc'], ['Surrogate', 'Cs'],
  ['Symbol', 'S'], ['Titlecase_Letter', 'Lt'], ['Unassigned', 'Cn'], ['Uppercase_Letter', 'Lu']];
const BINARY = [['ASCII'], ['ASCII_Hex_Digit', 'AHex'], ['Alphabetic', 'Alpha'], ['Any'], ['Assigned'], ['Bidi_Control', 'Bidi_C'], ['Bidi_Mirrored', 'Bidi_M'],
  ['Case_Ignorable', 'CI'], ['Cased'], ['Changes_When_Casefolded', 'CWCF'], ['Changes_When_Casemapped', 'CWCM'], ['Changes_When_Lowercased', 'CWL'],
  ['Changes_When_Titlecased', 'CWT'], ['Changes_When_Uppercased', 'CWU'], ['Dash'], ['Default_Ignorable_Code_Point', 'DI'], ['Deprecated', 'Dep'],
  ['Diacritic', 'Dia'], ['Emoji'], ['Emoji_Component', 'EComp'], ['Emoji_Modifier', 'EMod'], ['Emoji_Modifier_Base', 'EBase'],
  ['Emoji_Presentation', 'EPres'], ['Extended_Pictographic', 'ExtPict'], ['Extender', 'Ext'], ['Grapheme_Base', 'Gr_Base'], ['Grapheme_Extend', 'Gr_Ext'],
  ['Hex_Digit', 'Hex'], ['ID_Continue', 'IDC'], ['ID_Start', 'IDS'], ['Ideographic', 'Ideo'], ['Join_Control', 'Join_C'], ['Lowercase', 'Lower'], ['Math'],
  ['Noncharacter_Code_Point', 'NChar'], ['Pattern_Syntax', 'Pat_Syn'], ['Pattern_White_Space', 'Pat_WS'], ['Quotation_Mark', 'QMark'], ['Radical'],
  ['Regional_Indicator', 'RI'], ['Sentence_Terminal', 'STerm'], ['Soft_Dotted', 'SD'], ['Terminal_Punctuation', 'Term'], ['Unified_Ideograph', 'UIdeo'],
  ['Uppercase', 'Upper'], ['Variation_Selector', 'VS'], ['White_Space', 'space'], ['XID_Continue', 'XIDC'], ['XID_Start', 'XIDS']];
const SCRIPTS = ('Latin:Latn Greek:Grek Cyrillic:Cyrl Armenian:Armn Hebrew:Hebr Arabic:Arab Syriac:Syrc Thaana:Thaa Devanagari:Deva Bengali:Beng ' +
  'Gurmukhi:Guru Gujarati:Gujr Oriya:Orya Tamil:Taml Telugu:Telu Kannada:Knda Malayalam:Mlym Sinhala:Sinh Thai:Thai Lao:Laoo Tibetan:Tibt ' +
  'Myanmar:Mymr Georgian:Geor Hangul:Hang Ethiopic:Ethi Cherokee:Cher Ogham:Ogam Runic:Runr Khmer:Khmr Mongolian:Mong Hiragana:Hira Katakana:Kana ' +
  'Bopomofo:Bopo Han:Hani Yi:Yiii Gothic:Goth Braille:Brai Coptic:Copt Tifinagh:Tfng Common:Zyyy Inherited:Zinh Javanese:Java Balinese:Bali ' +
  'Egyptian_Hieroglyphs:Egyp Cuneiform:Xsux').split(' ').map((s) => s.split(':'));

function properties() {
  const rows = [];
  let n = 0;
  const add = (kind, names, list) => {
    const id = `p${n++}`;
    table(`static const uint32_t ${id}[]`, list.map(hex));
    for (const name of new Set(names)) rows.push(`{"${name}", ${kind}, ${list.length / 2}, ${id}}`);
  };
  for (const names of GC) add('SIX_PROPERTY_GC', names, ranges(new RegExp(`^\\p{${names[0]}}$`, 'u')));
  for (const names of BINARY) add('SIX_PROPERTY_BINARY', names, ranges(new RegExp(`^\\p{${names[0]}}$`, 'u')));
  for (const names of SCRIPTS) add('SIX_PROPERTY_SCRIPT', names, ranges(new RegExp(`^\\p{Script=${names[0]}}$`, 'u')));
  for (const names of SCRIPTS) add('SIX_PROPERTY_SCRIPT_EXTENSIONS', names, ranges(new RegExp(`^\\p{Script_Extensions=${names[0]}}$`, 'u')));
  table('const struct six_property six_properties[]', rows);
  emit(`const uint32_t six_property_count = ${rows.length};`);
}

function normalisation() {
  const pool = [], canonical = [], compatible = [], pairs = [];
  const place = (p) => { const at = pool.length; pool.push(...p); return at; };
  for (let c = 0; c <= MAX; c++) {
    if (isSurrogate(c) || (c >= 0xac00 && c <= 0xd7a3)) continue;
    const s = String.fromCodePoint(c);
    const d = s.normalize('NFD'), k = s.normalize('NFKD');
    if (d !== s) canonical.push([c, place(points(d)), points(d).length]);
    if (k !== d) compatible.push([c, place(points(k)), points(k).length]);
    if (d !== s && s.normalize('NFC') === s) {
      const p = points(d);
      const last = p.pop();
      const first = points(String.fromCodePoint(...p).normalize('NFC'));
      if (first.length === 1) pairs.push([first[0], last, c]);
      else throw new Error('no pair for ' + c.toString(16));
    }
  }
  pairs.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  table('const uint32_t six_decomposition_pool[]', pool.map(hex));
  table('const struct six_decomposition six_canonical[]', canonical.map(([c, a, l]) => `{${hex(c)}, ${a}, ${l}}`));
  emit(`const uint32_t six_canonical_count = ${canonical.length};`);
  table('const struct six_decomposition six_compatible[]', compatible.map(([c, a, l]) => `{${hex(c)}, ${a}, ${l}}`));
  emit(`const uint32_t six_compatible_count = ${compatible.length};`);
  table('const uint32_t six_compositions[][3]', pairs.map((p) => `{${p.map(hex).join(', ')}}`));
  emit(`const uint32_t six_composition_count = ${pairs.length};`);
  const python = 'import unicodedata as u\nfor c in range(0x110000):\n  k=u.combining(chr(c))\n  if k: print(c,k)';
  const rows = require('child_process').execFileSync('python3', ['-c', python]).toString().trim().split('\n').map((l) => l.split(' ').map(Number));
  const list = [];
  for (const [c, k] of rows) {
    const last = list[list.length - 1];
    if (last && last[1] === c - 1 && last[2] === k) last[1] = c; else list.push([c, c, k]);
  }
  table('const uint32_t six_combining[][3]', list.map((p) => `{${p.map(hex).join(', ')}}`));
  emit(`const uint32_t six_combining_count = ${list.length};`);
}

emit('// machine: Unicode tables. Written by sim/machine/unicode_tables.js; do not edit.');
emit('#include "sim/machine/unicode_tables.h"');
emit('');
caseTables('upper', (s) => s.toUpperCase());
caseTables('lower', (s) => s.toLowerCase());
foldTable();
properties();
normalisation();
console.log(out.join('\n'));
