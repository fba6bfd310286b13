// The module diagnostics_channel.
'use strict';

const native = module;
const channels = new Map();
const keyOf = (name) => {
  if (typeof name !== 'string' && typeof name !== 'symbol') native.throwArgType('channel', 'one of type string or symbol', name);
  return name;
};

class Channel {
  constructor(name) {
    this._subscribers = undefined;
    this._stores = undefined;
    this.name = name;
  }

  get hasSubscribers() {
    return Boolean(this._subscribers?.length || this._stores?.size);
  }

  subscribe(subscription) {
    if (typeof subscription !== 'function') native.throwArgType('subscription', 'of type function', subscription);
    activate(this);
    this._subscribers = [...this._subscribers, subscription];
  }

  unsubscribe(subscription) {
    const index = this._subscribers?.indexOf(subscription) ?? -1;
    if (index < 0) return false;
    this._subscribers = this._subscribers.filter((_, i) => i !== index);
    relax(this);
    return true;
  }

  bindStore(store, transform) {
    activate(this);
    this._stores.set(store, transform);
  }

  unbindStore(store) {
    const was = this._stores?.delete(store) ?? false;
    relax(this);
    return was;
  }

  publish(data) {
    for (const subscriber of this._subscribers ?? []) {
      try {
        subscriber(data, this.name);
      } catch (error) {
        process.nextTick(() => { throw error; });
      }
    }
  }

  runStores(data, fn, thisArg, ...args) {
    let go = () => {
      this.publish(data);
      return Reflect.apply(fn, thisArg, args);
    };
    for (const [store, transform] of this._stores ?? []) {
      const next = go;
      go = () => store.run(transform ? transform(data) : data, next);
    }
    return go();
  }
}

// A channel shows as active while somebody listens.
class ActiveChannel extends Channel {}
class SafeMap extends Map {}
function activate(c) {
  if (c._subscribers) return;
  Object.setPrototypeOf(c, ActiveChannel.prototype);
  c._subscribers = [];
  c._stores = new SafeMap();
}
function relax(c) {
  if (!c._subscribers || c._subscribers.length || c._stores.size) return;
  Object.setPrototypeOf(c, Channel.prototype);
  c._subscribers = c._stores = undefined;
}

function channel(name) {
  keyOf(name);
  if (!channels.has(name)) channels.set(name, new Channel(name));
  return channels.get(name);
}

const EVENTS = ['start', 'end', 'asyncStart', 'asyncEnd', 'error'];
class TracingChannel {
  constructor(nameOrChannels) {
    for (const event of EVENTS) this[event] = typeof nameOrChannels === 'string' ? channel(`tracing:${nameOrChannels}:${event}`) : nameOrChannels[event];
  }

  get hasSubscribers() {
    return EVENTS.some((event) => this[event].hasSubscribers);
  }

  subscribe(handlers) {
    for (const event of EVENTS) if (handlers[event]) this[event].subscribe(handlers[event]);
  }

  unsubscribe(handlers) {
    return EVENTS.every((event) => !handlers[event] || this[event].unsubscribe(handlers[event]));
  }

  traceSync(fn, context = {}, thisArg, ...args) {
    return this.start.runStores(context, () => {
      try {
        context.result = Reflect.apply(fn, thisArg, args);
        return context.result;
      } catch (error) {
        context.error = error;
        this.error.publish(context);
        throw error;
      } finally {
        this.end.publish(context);
      }
    });
  }

  tracePromise(fn, context = {}, thisArg, ...args) {
    const settle = (name, value, isError) => {
      context[name] = value;
      if (isError) this.error.publish(context);
      this.asyncStart.publish(context);
      this.asyncEnd.publish(context);
    };
    return this.start.runStores(context, () => {
      try {
        return Promise.resolve(Reflect.apply(fn, thisArg, args)).then(
          (value) => { settle('result', value, false); return value; },
          (error) => { settle('error', error, true); throw error; });
      } catch (error) {
        context.error = error;
        this.error.publish(context);
        throw error;
      } finally {
        this.end.publish(context);
      }
    });
  }

  traceCallback(fn, position = -1, context = {}, thisArg, ...args) {
    const callback = args[position < 0 ? args.length + position : position];
    if (typeof callback !== 'function') native.throwArgType('callback', 'of type function', callback);
    const { asyncStart, asyncEnd, error } = this;
    args.splice(position, 1, function (err, result) {
      if (err) {
        context.error = err;
        error.publish(context);
      } else {
        context.result = result;
      }
      return asyncStart.runStores(context, () => {
        try {
          return Reflect.apply(callback, this, arguments);
        } finally {
          asyncEnd.publish(context);
        }
      });
    });
    return this.start.runStores(context, () => {
      try {
        return Reflect.apply(fn, thisArg, args);
      } catch (err) {
        context.error = err;
        this.error.publish(context);
        throw err;
      } finally {
        this.end.publish(context);
      }
    });
  }
}

exports.channel = channel;
exports.hasSubscribers = function hasSubscribers(name) { return channels.get(name)?.hasSubscribers ?? false; };
exports.subscribe = function subscribe(name, subscription) { channel(name).subscribe(subscription); };
exports.tracingChannel = function tracingChannel(nameOrChannels) { return new TracingChannel(nameOrChannels); };
exports.unsubscribe = function unsubscribe(name, subscription) { return channel(name).unsubscribe(subscription); };
exports.Channel = Channel;
