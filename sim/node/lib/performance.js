// Module perf_hooks and the global `performance` (W3C User Timing, Performance Timeline). perf_hooks.c gives create() its
// helpers: now(), timeOrigin(), argType(name, expected, value), fail(kind, code, message), clone(value).
'use strict';

const library = module;
const { inspect } = require('util');
const kInspect = inspect.custom;
const kMake = Symbol('kMake');
let native;

// An entry as Node inspects it: the class's name and its fields.
function show(entry, fields, depth, options) {
  if (depth < 0) return entry;
  return `${entry.constructor.name} ${inspect(fields, { ...options, depth: options.depth == null ? null : options.depth - 1 })}`;
}

function onlyInternally(key) {
  if (key !== kMake) native.fail('TypeError', 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor');
}

class PerformanceEntry {
  #name;
  #type;
  #start;
  #duration;
  constructor(key, name, type, start, duration) {
    onlyInternally(key);
    this.#name = name;
    this.#type = type;
    this.#start = start;
    this.#duration = duration;
  }
  get name() { return this.#name; }
  get entryType() { return this.#type; }
  get startTime() { return this.#start; }
  get duration() { return this.#duration; }
  [kInspect](depth, options) { return show(this, this.toJSON(), depth, options); }
  toJSON() {
    return { name: this.#name, entryType: this.#type, startTime: this.#start, duration: this.#duration };
  }
}
for (const name of ['name', 'entryType', 'startTime', 'duration', 'toJSON']) {
  Object.defineProperty(PerformanceEntry.prototype, name, { enumerable: true });
}

class PerformanceMark extends PerformanceEntry {
  #detail;
  constructor(name, options) {
    if (arguments.length === 0) native.fail('TypeError', 'ERR_MISSING_ARGS', 'The "name" argument must be specified');
    name = `${name}`;
    options ??= {};
    if (typeof options !== 'object') native.argType('options', 'of type object', options);
    const start = options.startTime ?? native.now();
    if (typeof start !== 'number') native.argType('startTime', 'of type number', start);
    if (start < 0) native.fail('TypeError', 'ERR_PERFORMANCE_INVALID_TIMESTAMP', `${start} is not a valid timestamp`);
    super(kMake, name, 'mark', start, 0);
    this.#detail = options.detail != null ? native.clone(options.detail) : null;
  }
  get detail() { return this.#detail; }
  toJSON() { return { ...super.toJSON(), detail: this.#detail }; }
}
Object.defineProperty(PerformanceMark.prototype, 'detail', { enumerable: true });

class PerformanceMeasure extends PerformanceEntry {
  #detail;
  constructor(key, name, start, duration, detail) {
    super(key, name, 'measure', start, duration);
    this.#detail = detail;
  }
  get detail() { return this.#detail; }
  toJSON() { return { ...super.toJSON(), detail: this.#detail }; }
}
Object.defineProperty(PerformanceMeasure.prototype, 'detail', { enumerable: true });

class PerformanceNodeEntry extends PerformanceEntry {
  #detail;
  constructor(key, name, type, start, duration, detail) {
    super(key, name, type, start, duration);
    this.#detail = detail;
  }
  get detail() { return this.#detail; }
  toJSON() { return { ...super.toJSON(), detail: this.#detail }; }
}

// ---- The timeline

const TYPES = ['function', 'gc', 'mark', 'measure', 'resource'];
let marks = [];
let measures = [];
const byStart = (a, b) => a.startTime - b.startTime;
const timeline = () => [...marks, ...measures].sort(byStart);

class PerformanceObserverEntryList {
  #entries;
  constructor(key, entries) {
    onlyInternally(key);
    this.#entries = entries.slice().sort(byStart);
  }
  getEntries() { return this.#entries.slice(); }
  getEntriesByType(type) { return this.#entries.filter((entry) => entry.entryType === `${type}`); }
  getEntriesByName(name, type) {
    return this.#entries.filter((entry) => entry.name === `${name}` && (type === undefined || entry.entryType === type));
  }
  [kInspect](depth, options) { return show(this, this.#entries, depth, options); }
}

const observers = new Set();
const waiting = new Set();
let isQueued = false;

function deliver() {
  isQueued = false;
  const ready = [...waiting];
  waiting.clear();
  for (const observer of ready) observer[kMake]();
}

class PerformanceObserver {
  #buffer = [];
  #types = new Set();
  #callback;
  constructor(callback) {
    if (typeof callback !== 'function') native.argType('callback', 'of type function', callback);
    this.#callback = callback;
  }
  observe(options = {}) {
    if (options === null || typeof options !== 'object') native.argType('options', 'of type object', options);
    const { entryTypes, type, buffered } = options;
    if (entryTypes === undefined && type === undefined) {
      native.fail('TypeError', 'ERR_MISSING_ARGS', 'The "options.entryTypes" or "options.type" argument must be specified');
    }
    if (entryTypes !== undefined) {
      if (!Array.isArray(entryTypes)) native.argType('options.entryTypes', 'an instance of string[]', entryTypes);
      this.#types = new Set(entryTypes.filter((name) => TYPES.includes(name)));
      this.#buffer = [];
      if (this.#types.size === 0) return;
    } else {
      if (!TYPES.includes(type)) return;
      this.#types.add(type);
      if (buffered) {
        this.#buffer.push(...timeline().filter((entry) => entry.entryType === type));
        if (this.#buffer.length) this.#wait();
      }
    }
    observers.add(this);
  }
  disconnect() {
    observers.delete(this);
    waiting.delete(this);
    this.#buffer = [];
    this.#types = new Set();
  }
  takeRecords() {
    const records = this.#buffer;
    this.#buffer = [];
    return records;
  }
  #wait() {
    waiting.add(this);
    if (isQueued) return;
    isQueued = true;
    setImmediate(deliver);
  }
  // An entry to keep, or none: time to deliver.
  [kMake](entry) {
    if (entry === undefined) {
      const list = new PerformanceObserverEntryList(kMake, this.takeRecords());
      Reflect.apply(this.#callback, this, [list, this]);
    } else if (this.#types.has(entry.entryType)) {
      this.#buffer.push(entry);
      this.#wait();
    }
  }
  static get supportedEntryTypes() { return TYPES.slice(); }
}

function publish(entry) {
  for (const observer of observers) observer[kMake](entry);
}

// ---- performance

function timeOf(mark) {
  if (mark === undefined) return undefined;
  if (typeof mark === 'number') {
    if (mark < 0) native.fail('TypeError', 'ERR_PERFORMANCE_INVALID_TIMESTAMP', `${mark} is not a valid timestamp`);
    return mark;
  }
  mark = `${mark}`;
  for (let i = marks.length - 1; i >= 0; i--) if (marks[i].name === mark) return marks[i].startTime;
  if (mark === 'nodeStart' || mark === 'v8Start' || mark === 'bootstrapComplete' || mark === 'environment') return 0;
  throw new DOMException(`The "${mark}" performance mark has not been set`, 'SyntaxError');
}

const utilization = (idle, active) => ({ idle, active, utilization: active / (idle + active) });

class Performance {
  constructor(key) { onlyInternally(key); }
  now() { return native.now(); }
  get timeOrigin() { return native.timeOrigin(); }
  mark(name, options = {}) {
    const mark = new PerformanceMark(name, options);
    marks.push(mark);
    publish(mark);
    return mark;
  }
  measure(name, startOrOptions = {}, endMark = undefined) {
    if (typeof name !== 'string') native.argType('name', 'of type string', name);
    const options = startOrOptions !== null && typeof startOrOptions === 'object' ? startOrOptions : undefined;
    let start;
    let end;
    let detail = null;
    if (options && Object.keys(options).length > 0) {
      if (options.start === undefined && options.end === undefined) {
        native.fail('TypeError', 'ERR_MISSING_ARGS', 'One of options.start or options.end is required');
      }
      detail = options.detail != null ? native.clone(options.detail) : null;
      end = timeOf(endMark !== undefined ? endMark : options.end);
      if (end === undefined && options.start !== undefined && options.duration !== undefined) end = timeOf(options.start) + options.duration;
      if (end === undefined) end = native.now();
      if (options.start !== undefined) start = timeOf(options.start);
      else start = options.duration !== undefined ? end - options.duration : 0;
    } else {
      end = endMark !== undefined ? timeOf(endMark) : native.now();
      start = options || startOrOptions === null ? 0 : timeOf(startOrOptions);
    }
    const measure = new PerformanceMeasure(kMake, name, start, end - start, detail);
    measures.push(measure);
    publish(measure);
    return measure;
  }
  clearMarks(name) { marks = name === undefined ? [] : marks.filter((entry) => entry.name !== `${name}`); }
  clearMeasures(name) { measures = name === undefined ? [] : measures.filter((entry) => entry.name !== `${name}`); }
  clearResourceTimings() {}
  getEntries() { return timeline(); }
  getEntriesByName(name, type) {
    return timeline().filter((entry) => entry.name === `${name}` && (type === undefined || entry.entryType === type));
  }
  getEntriesByType(type) { return timeline().filter((entry) => entry.entryType === `${type}`); }
  // Now, since an earlier answer, or between two.
  eventLoopUtilization(later, earlier) {
    if (earlier) return utilization(later.idle - earlier.idle, later.active - earlier.active);
    const start = native.loopStart();
    if (start === undefined) return { idle: 0, active: 0, utilization: 0 };
    const idle = native.loopIdle();
    const active = native.now() - start - idle;
    return later ? utilization(idle - later.idle, active - later.active) : utilization(idle, active);
  }
  timerify(fn) {
    if (typeof fn !== 'function') native.argType('fn', 'of type function', fn);
    function timerified(...args) {
      const start = native.now();
      const result = new.target ? Reflect.construct(fn, args, fn) : Reflect.apply(fn, this, args);
      const finish = () => publish(new PerformanceNodeEntry(kMake, fn.name, 'function', start, native.now() - start, args));
      if (result !== null && typeof result === 'object' && typeof result.finally === 'function') return result.finally(finish);
      finish();
      return result;
    }
    Object.defineProperties(timerified, {
      length: { configurable: false, enumerable: true, value: fn.length },
      name: { configurable: false, enumerable: true, value: `timerified ${fn.name}` },
    });
    return timerified;
  }
  get nodeTiming() {
    const loopStart = native.loopStart() ?? -1;
    return {
      name: 'node', entryType: 'node', startTime: 0, duration: native.now(), nodeStart: 1, v8Start: 3, bootstrapComplete: 15, environment: 9, loopStart, loopExit: -1,
      idleTime: native.loopIdle(),
    };
  }
  toJSON() { return { nodeTiming: this.nodeTiming, timeOrigin: this.timeOrigin, eventLoopUtilization: this.eventLoopUtilization() }; }
  [kInspect](depth, options) { return show(this, { nodeTiming: this.nodeTiming, timeOrigin: this.timeOrigin }, depth, options); }
}
Object.defineProperty(Performance.prototype, Symbol.toStringTag, { configurable: true, value: 'Performance' });

exports.create = (helpers) => {
  native = helpers;
  Object.defineProperty(Performance.prototype, 'now', { value: native.now, writable: true, configurable: true, enumerable: true });
  return {
    Performance, PerformanceEntry, PerformanceMark, PerformanceMeasure, PerformanceObserver, PerformanceObserverEntryList,
    monitorEventLoopDelay: function monitorEventLoopDelay(options) { return library.part('histogram').monitorEventLoopDelay(options); },
    createHistogram: function createHistogram(options) { return library.part('histogram').createHistogram(options); },
    performance: new Performance(kMake),
    constants: {
      NODE_PERFORMANCE_GC_MAJOR: 4, NODE_PERFORMANCE_GC_MINOR: 1, NODE_PERFORMANCE_GC_INCREMENTAL: 8, NODE_PERFORMANCE_GC_WEAKCB: 16,
      NODE_PERFORMANCE_GC_FLAGS_NO: 0, NODE_PERFORMANCE_GC_FLAGS_CONSTRUCT_RETAINED: 2, NODE_PERFORMANCE_GC_FLAGS_FORCED: 4,
      NODE_PERFORMANCE_GC_FLAGS_SYNCHRONOUS_PHANTOM_PROCESSING: 8, NODE_PERFORMANCE_GC_FLAGS_ALL_AVAILABLE_GARBAGE: 16,
      NODE_PERFORMANCE_GC_FLAGS_ALL_EXTERNAL_MEMORY: 32, NODE_PERFORMANCE_GC_FLAGS_SCHEDULE_IDLE: 64,
    },
  };
};
