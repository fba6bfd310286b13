// Histograms of perf_hooks, and the one that the delays of the event loop are recorded in.
'use strict';

const native = module;
const { inspect } = require('util');
const kInspect = inspect.custom;
const kMake = Symbol('kMake');
const NS = 1e6;

// Values in order; few enough to keep them all.
class Histogram {
  #values = [];
  #exceeds = 0;
  #highest;
  constructor(key, highest) {
    if (key !== kMake) throw native.error('TypeError', 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor');
    this.#highest = highest;
  }
  static add(histogram, value) {
    if (value > histogram.#highest) {
      histogram.#exceeds++;
      return;
    }
    const values = histogram.#values;
    let at = values.length;
    for (; at > 0 && values[at - 1] > value; at--) values[at] = values[at - 1];
    values[at] = value;
  }
  static values(histogram) { return histogram.#values; }
  get count() { return this.#values.length; }
  get countBigInt() { return BigInt(this.count); }
  get min() { return this.#values.length ? this.#values[0] : 9223372036854776000; }
  get minBigInt() { return this.#values.length ? BigInt(this.min) : 9223372036854775807n; }
  get max() { return this.#values.length ? this.#values[this.#values.length - 1] : 0; }
  get maxBigInt() { return BigInt(this.max); }
  get mean() { return this.#values.reduce((sum, value) => sum + value, 0) / this.#values.length; }
  get exceeds() { return this.#exceeds; }
  get exceedsBigInt() { return BigInt(this.#exceeds); }
  get stddev() {
    const { mean } = this;
    return Math.sqrt(this.#values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / this.#values.length);
  }
  percentile(percentile) {
    if (typeof percentile !== 'number') native.throwArgType('percentile', 'of type number', percentile);
    if (!(percentile > 0 && percentile <= 100)) native.throwRange('percentile', '> 0 && <= 100', percentile);
    if (!this.#values.length) return 0;
    return this.#values[Math.max(0, Math.ceil(percentile / 100 * this.#values.length) - 1)];
  }
  percentileBigInt(percentile) { return BigInt(this.percentile(percentile)); }
  get percentiles() {
    const map = new Map();
    for (const percentile of [0, 50, 75, 87.5, 93.75, 96.875, 98.4375, 99.21875, 100]) {
      map.set(percentile, percentile ? this.percentile(percentile) : this.#values[0] ?? 0);
      if (this.#values.length <= 1 && percentile === 0) return map.set(100, this.max);
    }
    return map;
  }
  reset() {
    this.#values = [];
    this.#exceeds = 0;
  }
  toJSON() {
    const { count, min, max, mean, exceeds, stddev } = this;
    return { count, min, max, mean, exceeds, stddev, percentiles: Object.fromEntries(this.percentiles) };
  }
  [kInspect](depth, options) {
    if (depth < 0) return this;
    const { min, max, mean, exceeds, stddev, count, percentiles } = this;
    return `Histogram ${inspect({ min, max, mean, exceeds, stddev, count, percentiles }, { ...options, depth: options.depth == null ? null : options.depth - 1 })}`;
  }
}

class RecordableHistogram extends Histogram {
  #last = null;
  record(value) {
    if (typeof value !== 'bigint' && !Number.isInteger(value)) {
      if (typeof value !== 'number') native.throwArgType('val', 'of type integer or bigint', value);
      native.throwRange('val', 'an integer', value);
    }
    if (value < 1) native.throwRange('val', `>= 1 && <= ${Number.MAX_SAFE_INTEGER}`, value);
    Histogram.add(this, Number(value));
  }
  recordDelta() {
    const now = native.now();
    if (this.#last !== null) Histogram.add(this, Math.max(1, Math.round((now - this.#last) * NS)));
    this.#last = now;
  }
  add(other) {
    if (!(other instanceof Histogram)) native.throwArgType('other', 'an instance of RecordableHistogram', other);
    for (const value of Histogram.values(other)) Histogram.add(this, value);
  }
}

// How late a timer of the loop's is, over and over.
class ELDHistogram extends Histogram {
  #resolution;
  #timer = null;
  constructor(key, resolution) {
    super(key, Infinity);
    this.#resolution = resolution;
  }
  enable() {
    if (this.#timer) return false;
    let last = native.now();
    this.#timer = setInterval(() => {
      const now = native.now();
      Histogram.add(this, Math.max(1, Math.round((now - last) * NS)));
      last = now;
    }, this.#resolution);
    this.#timer.unref();
    return true;
  }
  disable() {
    if (!this.#timer) return false;
    clearInterval(this.#timer);
    this.#timer = null;
    return true;
  }
  [Symbol.dispose ?? Symbol('Symbol.dispose')]() { this.disable(); }
}

exports.createHistogram = (options = {}) => {
  if (options === null || typeof options !== 'object') native.throwArgType('options', 'of type object', options);
  return new RecordableHistogram(kMake, Number(options.highest ?? Number.MAX_SAFE_INTEGER));
};
exports.monitorEventLoopDelay = (options = {}) => {
  if (options === null || typeof options !== 'object') native.throwArgType('options', 'of type object', options);
  const { resolution = 10 } = options;
  if (typeof resolution !== 'number') native.throwArgType('options.resolution', 'of type number', resolution);
  if (!Number.isInteger(resolution)) native.throwRange('options.resolution', 'an integer', resolution);
  if (resolution < 1) native.throwRange('options.resolution', `>= 1 && <= ${Number.MAX_SAFE_INTEGER}`, resolution);
  return new ELDHistogram(kMake, resolution);
};
