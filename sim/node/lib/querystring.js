// The module querystring.
'use strict';

const native = module;

function qsEscape(text) {
  if (typeof text !== 'string') text = typeof text === 'object' ? String(text) : `${text}`;
  try {
    return encodeURIComponent(text);
  } catch {
    throw native.error('URIError', 'ERR_INVALID_URI', 'URI malformed');
  }
}
function unescapeBuffer(text) {
  const bytes = [];
  const raw = Buffer.from(text);
  for (let i = 0; i < raw.length; i++) {
    const hex = raw[i] === 0x25 ? String.fromCharCode(raw[i + 1] || 0, raw[i + 2] || 0) : '';
    if (/^[0-9a-f]{2}$/i.test(hex)) {
      bytes.push(parseInt(hex, 16));
      i += 2;
    } else {
      bytes.push(raw[i]);
    }
  }
  return Buffer.from(bytes);
}
function qsUnescape(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return unescapeBuffer(text).toString();
  }
}

const primitive = (v) => {
  if (typeof v === 'string') return v;
  if (typeof v === 'number' && Number.isFinite(v)) return `${v}`;
  if (typeof v === 'bigint' || typeof v === 'boolean') return `${v}`;
  return '';
};

function stringify(object, sep = '&', eq = '=', options) {
  sep ||= '&';
  eq ||= '=';
  const encode = options && typeof options.encodeURIComponent === 'function' ? options.encodeURIComponent : exports.escape;
  if (object === null || typeof object !== 'object') return '';
  return Object.keys(object).map((key) => {
    const name = encode(primitive(key)) + eq;
    const value = object[key];
    return Array.isArray(value) ? value.map((v) => name + encode(primitive(v))).join(sep) : name + encode(primitive(value));
  }).filter(Boolean).join(sep);
}

function parse(text, sep = '&', eq = '=', options) {
  const result = Object.create(null);
  if (typeof text !== 'string' || text.length === 0) return result;
  const decode = options && typeof options.decodeURIComponent === 'function' ? options.decodeURIComponent : exports.unescape;
  const most = options && typeof options.maxKeys === 'number' ? options.maxKeys : 1000;
  let pairs = text.split(sep || '&');
  if (most > 0) pairs = pairs.slice(0, most);
  const plain = (part) => {
    part = part.replace(/\+/g, ' ');
    try {
      return decode(part);
    } catch {
      return qsUnescape(part);
    }
  };
  for (const pair of pairs) {
    if (pair === '') continue;
    const at = pair.indexOf(eq || '=');
    const key = plain(at < 0 ? pair : pair.slice(0, at));
    const value = at < 0 ? '' : plain(pair.slice(at + (eq || '=').length));
    if (!(key in result)) result[key] = value;
    else if (Array.isArray(result[key])) result[key].push(value);
    else result[key] = [result[key], value];
  }
  return result;
}

Object.assign(exports, { unescapeBuffer, unescape: qsUnescape, escape: qsEscape, stringify, encode: stringify, parse, decode: parse });
