#include "sim/rules/names.h"

#include <stdlib.h>
#include <string.h>

#include "sim/rules/rules.h"

// As Reflect.ownKeys lists them in the last release of every major. A name's majors stand after a ~ when they are not all
// that have the object: 12- is 12 and later, -10 up to 10. A name that moved stands in both places. Sorted by object. "Syntax" is
// no object: its names are those of the parser.
// clang-format off
static const struct row { const char *object, *names; } rows[] = {
    {"AggregateErrorPrototype", "constructor name message"},
    {"Array", "length name prototype isArray from of~-22 fromAsync~22- of~23- @@species"},
    {"ArrayBuffer", "length name prototype isView @@species"},
    {"ArrayBufferPrototype", "constructor byteLength slice maxByteLength~20- resizable~20- resize~20- transfer~21-"
     " transferToFixedLength~21- detached~21- @@toStringTag"},
    {"ArrayPrototype", "length constructor at~19- concat copyWithin~11- fill~11- find~10- findIndex~10- findLast~20-"
     " findLastIndex~20- lastIndexOf~12- pop push reverse~11- shift unshift slice sort~11- splice includes indexOf join~12- keys"
     " entries values~12- forEach filter flat~12- flatMap~12- map every some reduce reduceRight toString~-11 toLocaleString~-21"
     " toString~12-21 toReversed~20- toSorted~20- toSpliced~20- with~20- toLocaleString~22- toString~22- at~16-18 findLast~18-19"
     " findLastIndex~18-19 join~-11 reverse~-10 sort~-10 lastIndexOf~-11 copyWithin~-10 find~-9 findIndex~-9 fill~-10 values~10-11"
     " flat~11 flatMap~11 @@iterator @@unscopables"},
    {"ArrayUnscopables", "at~19- copyWithin entries fill find findIndex findLast~20- findLastIndex~20- flat~12- flatMap~12- includes"
     " keys values~10-21 toReversed~20- toSorted~20- toSpliced~20- values~22- at~16-18 findLast~18-19 findLastIndex~18-19"},
    {"AsyncDisposableStackPrototype", "constructor use disposeAsync adopt defer move disposed @@asyncDispose @@toStringTag"},
    {"AsyncGeneratorFunctionPrototype", "prototype constructor @@toStringTag"},
    {"AsyncGeneratorPrototype", "constructor~11- next return throw @@toStringTag"},
    {"AsyncIteratorPrototype", "@@asyncIterator @@asyncDispose~24-"},
    {"Atomics", "load store add sub and or xor exchange compareExchange isLockFree wait waitAsync~16- wake~-11 notify~10- pause~24-"
     " @@toStringTag"},
    {"BigInt", "length name prototype asUintN asIntN"},
    {"BigInt64Array", "length name prototype BYTES_PER_ELEMENT"},
    {"BigInt64ArrayPrototype", "constructor BYTES_PER_ELEMENT"},
    {"BigIntPrototype", "constructor toLocaleString toString valueOf @@toStringTag"},
    {"BigUint64Array", "length name prototype BYTES_PER_ELEMENT"},
    {"BigUint64ArrayPrototype", "constructor BYTES_PER_ELEMENT"},
    {"BooleanPrototype", "constructor toString valueOf"},
    {"DataViewPrototype", "constructor buffer byteLength byteOffset getInt8 setInt8 getUint8 setUint8 getInt16 setInt16 getUint16"
     " setUint16 getInt32 setInt32 getUint32 setUint32 getFloat16~26 setFloat16~26 getFloat32 setFloat32 getFloat64 setFloat64"
     " getBigInt64~10- setBigInt64~10- getBigUint64~10- setBigUint64~10- getFloat16~24-25 setFloat16~24-25 @@toStringTag"},
    {"Date", "length name prototype now parse UTC"},
    {"DatePrototype", "constructor toString toDateString toTimeString toISOString toUTCString toGMTString getDate setDate getDay"
     " getFullYear setFullYear getHours setHours getMilliseconds setMilliseconds getMinutes setMinutes getMonth setMonth getSeconds"
     " setSeconds getTime setTime getTimezoneOffset getUTCDate setUTCDate getUTCDay getUTCFullYear setUTCFullYear getUTCHours"
     " setUTCHours getUTCMilliseconds setUTCMilliseconds getUTCMinutes setUTCMinutes getUTCMonth setUTCMonth getUTCSeconds"
     " setUTCSeconds valueOf getYear setYear toJSON toLocaleString toLocaleDateString toLocaleTimeString toTemporalInstant~26"
     " @@toPrimitive"},
    {"DisposableStackPrototype", "constructor use dispose adopt defer move disposed @@dispose @@toStringTag"},
    {"Error", "length name prototype captureStackTrace prepareStackTrace~20- isError~24- stackTraceLimit"},
    {"ErrorPrototype", "constructor name message toString"},
    {"EvalErrorPrototype", "constructor name message toString~-13"},
    {"FinalizationRegistryPrototype", "constructor register unregister @@toStringTag"},
    {"Float16Array", "length name prototype BYTES_PER_ELEMENT"},
    {"Float16ArrayPrototype", "constructor BYTES_PER_ELEMENT"},
    {"Float32Array", "length name prototype BYTES_PER_ELEMENT"},
    {"Float32ArrayPrototype", "constructor BYTES_PER_ELEMENT"},
    {"Float64Array", "length name prototype BYTES_PER_ELEMENT"},
    {"Float64ArrayPrototype", "constructor BYTES_PER_ELEMENT"},
    {"FunctionPrototype", "length name arguments~-24 caller~-24 constructor apply bind call toString arguments~25- caller~25-"
     " @@hasInstance"},
    {"GeneratorFunctionPrototype", "prototype constructor @@toStringTag"},
    {"GeneratorPrototype", "constructor next return throw @@toStringTag"},
    {"Global", "Object Function Array Number parseFloat parseInt Infinity NaN undefined Boolean String Symbol Date Promise RegExp"
     " Error AggregateError~16- EvalError RangeError ReferenceError SyntaxError TypeError URIError globalThis~12- JSON Math Intl"
     " ArrayBuffer Atomics~21- Uint8Array Int8Array Uint16Array Int16Array Uint32Array Int32Array Float32Array~-23 Float64Array~-23"
     " Uint8ClampedArray~-23 BigUint64Array~10- BigInt64Array~10- Uint8ClampedArray~24- Float32Array~24- Float64Array~24-"
     " Float16Array~26 DataView Map BigInt~12- Set Iterator~24- WeakMap WeakSet Proxy Reflect FinalizationRegistry~16- WeakRef~16-"
     " decodeURI decodeURIComponent encodeURI encodeURIComponent escape unescape eval isFinite isNaN Temporal~26 SuppressedError~24-"
     " DisposableStack~24- AsyncDisposableStack~24- Float16Array~24-25 Iterator~22-23 SharedArrayBuffer Atomics~-20"
     " AggregateError~15 FinalizationRegistry~14-15 WeakRef~14-15 BigInt~10-11 WebAssembly @@toStringTag"},
    {"Int16Array", "length name prototype BYTES_PER_ELEMENT"},
    {"Int16ArrayPrototype", "constructor BYTES_PER_ELEMENT"},
    {"Int32Array", "length name prototype BYTES_PER_ELEMENT"},
    {"Int32ArrayPrototype", "constructor BYTES_PER_ELEMENT"},
    {"Int8Array", "length name prototype BYTES_PER_ELEMENT"},
    {"Int8ArrayPrototype", "constructor BYTES_PER_ELEMENT"},
    {"Intl", "getCanonicalLocales~12- supportedValuesOf~18- DateTimeFormat NumberFormat Collator PluralRules~10-"
     " RelativeTimeFormat~12- ListFormat~12- Locale~12- DisplayNames~14- Segmenter~16- DurationFormat~23- @@toStringTag~15-"
     " v8BreakIterator~8 getCanonicalLocales~-11"},
    {"IntlDateTimeFormat", "length name prototype supportedLocalesOf"},
    {"IntlDateTimeFormatPrototype", "constructor formatToParts~10 resolvedOptions~-10,12- formatToParts~-9,11- format"
     " formatRange~12- formatRangeToParts~12- resolvedOptions~11 @@toStringTag"},
    {"IntlNumberFormat", "length name prototype supportedLocalesOf"},
    {"IntlNumberFormatPrototype", "constructor formatToParts~10 resolvedOptions~-10,12- formatToParts~11- format formatRange~19-"
     " formatRangeToParts~19- resolvedOptions~11 @@toStringTag"},
    {"Iterator", "length name prototype from concat~26"},
    {"IteratorHelperPrototype", "next return @@toStringTag"},
    {"IteratorPrototype", "constructor~22- reduce~22- toArray~22- forEach~22- some~22- every~22- find~22- map~22- filter~22-"
     " take~22- drop~22- flatMap~22- @@iterator @@toStringTag~22- @@dispose~24-"},
    {"JSON", "parse stringify rawJSON~21- isRawJSON~21- @@toStringTag"},
    {"Map", "length name prototype groupBy~21- @@species"},
    {"MapPrototype", "constructor get set has delete clear entries forEach keys size values getOrInsert~26 getOrInsertComputed~26"
     " @@toStringTag @@iterator"},
    {"Math", "abs acos acosh asin asinh atan atanh atan2 ceil cbrt expm1 clz32 cos cosh exp floor f16round~26 fround hypot imul log"
     " log1p log2 log10 max min pow random round sign sin sinh sqrt tan tanh trunc E LN10 LN2 LOG10E LOG2E PI SQRT1_2 SQRT2"
     " f16round~24-25 @@toStringTag"},
    {"Number", "length name prototype isFinite isInteger isNaN isSafeInteger parseFloat parseInt MAX_VALUE MIN_VALUE NaN"
     " NEGATIVE_INFINITY POSITIVE_INFINITY MAX_SAFE_INTEGER MIN_SAFE_INTEGER EPSILON"},
    {"NumberPrototype", "constructor toExponential toFixed toPrecision toString valueOf toLocaleString"},
    {"Object", "length name prototype assign getOwnPropertyDescriptor getOwnPropertyDescriptors getOwnPropertyNames"
     " getOwnPropertySymbols hasOwn~19- is preventExtensions seal create defineProperties defineProperty freeze getPrototypeOf"
     " setPrototypeOf isExtensible isFrozen isSealed keys entries fromEntries~12- values groupBy~21- hasOwn~16-18"},
    {"ObjectPrototype", "constructor __defineGetter__ __defineSetter__ hasOwnProperty __lookupGetter__ __lookupSetter__"
     " isPrototypeOf propertyIsEnumerable toString valueOf __proto__ toLocaleString"},
    {"Promise", "length name prototype all allSettled~16- any~16- race resolve reject withResolvers~22- try~23- allSettled~12-15"
     " any~15 @@species"},
    {"PromisePrototype", "constructor then catch finally~10- @@toStringTag"},
    {"Proxy", "length name arguments~-9 caller~-9 revocable"},
    {"RangeErrorPrototype", "constructor name message toString~-13"},
    {"ReferenceErrorPrototype", "constructor name message toString~-13"},
    {"Reflect", "defineProperty deleteProperty apply construct get getOwnPropertyDescriptor getPrototypeOf has isExtensible ownKeys"
     " preventExtensions set setPrototypeOf @@toStringTag~15-"},
    {"RegExp", "length name prototype input $_ lastMatch $& lastParen $+ leftContext $` rightContext $' $1 $2 $3 $4 $5 $6 $7 $8 $9"
     " escape~24- @@species"},
    {"RegExpPrototype", "constructor exec dotAll~10- flags global hasIndices~16- ignoreCase multiline source sticky unicode"
     " unicodeSets~23- compile toString test unicodeSets~20-22 dotAll~-9 @@match @@matchAll~12- @@replace @@search @@split"},
    {"Set", "length name prototype @@species"},
    {"SetPrototype", "constructor has add delete difference~24- clear entries forEach size~-23 values~-23 keys~-23 union~22-23"
     " intersection~22- difference~22-23 symmetricDifference~22-23 isSubsetOf~22- isSupersetOf~22- isDisjointFrom~22- size~24-"
     " symmetricDifference~24- union~24- values~24- keys~24- @@toStringTag @@iterator"},
    {"SharedArrayBuffer", "length name prototype isView~-9 @@species"},
    {"SharedArrayBufferPrototype", "constructor byteLength slice maxByteLength~20- growable~20- grow~20- @@toStringTag"},
    {"String", "length name prototype fromCharCode fromCodePoint raw"},
    {"StringPrototype", "length constructor anchor~10- at~19- big~10- blink~10- bold~10- charAt charCodeAt codePointAt concat"
     " endsWith fontcolor~10- fontsize~10- fixed~10- includes indexOf isWellFormed~20- italics~10- lastIndexOf link~10-"
     " localeCompare match~10- matchAll~12- normalize padEnd~10- padStart~10- repeat~10- replace replaceAll~16- search~10- slice"
     " small~10- split strike~10- sub~10- substr substring sup~10- startsWith toString toWellFormed~20- trim trimStart~12- trimLeft"
     " trimEnd~12- trimRight toLocaleLowerCase~11- toLocaleUpperCase~11- toLowerCase toUpperCase valueOf at~16-18 replaceAll~15"
     " match~-9 search~-9 anchor~-9 big~-9 blink~-9 bold~-9 fixed~-9 fontcolor~-9 fontsize~-9 italics~-9 link~-9 small~-9 strike~-9"
     " sub~-9 sup~-9 repeat~-9 padStart~-9 padEnd~-9 toLocaleLowerCase~-10 toLocaleUpperCase~-10 trimStart~10-11 trimEnd~10-11"
     " @@iterator"},
    {"SuppressedErrorPrototype", "constructor name message"},
    {"Symbol", "length name prototype for keyFor asyncIterator~10- hasInstance isConcatSpreadable iterator match matchAll~12-"
     " replace search species split toPrimitive toStringTag unscopables dispose~18,20- asyncDispose~18,20-"},
    {"SymbolPrototype", "constructor toString valueOf description~11- @@toStringTag @@toPrimitive"},
    {"Syntax", "detected-module~20,22- await-in-modules~15- optional-chain~14- nullish~14- logical-token~14- logical-assign~-13,15- numeric-separator~12- optional-catch~10-"
     " class-field~12- private~12- private-method~14- static-block~16- private-in~16- async-generator~10- for-await~10- bigint~10-"
     " regexp-d~16- regexp-v~20- import-call~10- import-meta~10- top-level-await~14- using~24-"},
    {"SyntaxErrorPrototype", "constructor name message toString~-13"},
    {"TypeErrorPrototype", "constructor name message toString~-13"},
    {"TypedArray", "length name prototype of from @@species"},
    {"TypedArrayPrototype", "constructor buffer byteLength byteOffset length entries keys values at~19- copyWithin every fill"
     " filter~10- find~10- findIndex~10- findLast~20- findLastIndex~20- forEach includes indexOf join~12- lastIndexOf map reverse"
     " reduce reduceRight set~10- slice some subarray~-9 set~-9 filter~-9 find~-9 findIndex~-9 sort subarray~10- toLocaleString~-21"
     " join~-11 toString~-21 toReversed~20- toSorted~20- with~20- toLocaleString~22- toString~22- at~16-18 findLast~18-19"
     " findLastIndex~18-19 @@iterator~-9 @@toStringTag @@iterator~10-"},
    {"URIErrorPrototype", "constructor name message toString~-13"},
    {"Uint16Array", "length name prototype BYTES_PER_ELEMENT"},
    {"Uint16ArrayPrototype", "constructor BYTES_PER_ELEMENT"},
    {"Uint32Array", "length name prototype BYTES_PER_ELEMENT"},
    {"Uint32ArrayPrototype", "constructor BYTES_PER_ELEMENT"},
    {"Uint8Array", "length name prototype BYTES_PER_ELEMENT fromBase64~25- fromHex~25-"},
    {"Uint8ArrayPrototype", "constructor BYTES_PER_ELEMENT toBase64~25- setFromBase64~25- toHex~25- setFromHex~25-"},
    {"Uint8ClampedArray", "length name prototype BYTES_PER_ELEMENT"},
    {"Uint8ClampedArrayPrototype", "constructor BYTES_PER_ELEMENT"},
    {"WeakMapPrototype", "constructor delete~10- get has~-11 set has~12- getOrInsert~26 getOrInsertComputed~26 delete~-9"
     " @@toStringTag"},
    {"WeakRefPrototype", "constructor deref @@toStringTag"},
    {"WeakSetPrototype", "constructor delete~10- has add delete~-9 @@toStringTag"},
    {"WrapIteratorPrototype", "next return"},
};
// clang-format on

static int compare(const void *name, const void *row) { return strcmp(name, ((const struct row *)row)->object); }

bool six_names_of(const char *object, int major, struct six_names *names) {
  const struct row *row = bsearch(object, rows, sizeof rows / sizeof *rows, sizeof *rows, compare);
  if (!row) return false;
  *names = (struct six_names){row->names, major};
  return true;
}

// Reads majors like "12-", "-10" or "18,20-" up to the space after them.
static bool includes(const char **at, int major) {
  bool found = false;
  do {
    char *end;
    long first = **at == '-' ? SIX_NODE_FIRST : strtol(*at, &end, 10), last = first;
    if (**at != '-') *at = end;
    if (**at == '-') {
      ++*at;
      last = **at >= '0' && **at <= '9' ? strtol(*at, &end, 10) : SIX_NODE_LAST;
      if (**at >= '0' && **at <= '9') *at = end;
    }
    found |= major >= first && major <= last;
  } while (*(*at)++ == ',');
  --*at;
  return found;
}

bool six_names_next(struct six_names *names, const char **name, size_t *length) {
  while (*names->at) {
    *name = names->at;
    *length = strcspn(names->at, " ~");
    names->at += *length;
    bool there = true;
    if (*names->at == '~') {
      names->at++;
      there = includes(&names->at, names->major);
    }
    if (*names->at == ' ') names->at++;
    if (there) return true;
  }
  return false;
}

bool six_names_has(const char *object, int major, const char *name) {
  struct six_names names;
  if (!six_names_of(object, major, &names)) return true;
  const char *at;
  size_t length;
  while (six_names_next(&names, &at, &length)) {
    if (strlen(name) == length && memcmp(at, name, length) == 0) return true;
  }
  return false;
}
