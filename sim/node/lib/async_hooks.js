// async_hooks: AsyncLocalStorage, AsyncResource and hooks. A context is { id, trigger, resource, stores }: which resource's
// callback runs, and a Map from storages to their stores, that is never changed.
'use strict';

const native = module;

const MAIN = { id: 1, trigger: 0, resource: {}, stores: undefined };
const NOBODY = { id: 0, trigger: 0, resource: {}, stores: undefined }; // between the callbacks of resources
const current = () => native.context() ?? NOBODY;
const running = () => (native.isPlainJob() ? NOBODY : current());

function within(context, f, self, args) {
  const outer = native.context(context);
  try {
    return Reflect.apply(f, self, args);
  } finally {
    native.context(outer);
  }
}

const withStores = (stores) => ({ ...current(), stores });
const withStore = (storage, store) => withStores(new Map(current().stores).set(storage, store));
const withoutStore = (storage) => {
  const stores = new Map(current().stores);
  stores.delete(storage);
  return withStores(stores);
};
function checkFunction(f, name) {
  if (typeof f !== 'function') native.throwArgType(name, 'of type function', f);
}

// ---- Hooks

let hooks = []; // never changed: enable and disable make another
let emitting = 0;
let storagesFollowPromises = false;

// What a hook throws cannot be caught.
function emit(name, args) {
  emitting++;
  try {
    for (const hook of hooks) hook[name]?.(...args);
  } catch (error) {
    process.stderr.write(`${typeof error?.stack === 'string' ? error.stack : error}\n`);
    process.exit(1);
  } finally {
    emitting--;
  }
}

let destroyed = [];
function emitDestroyed() {
  for (const id of destroyed.splice(0)) emit('destroy', [id]);
}
function destroyLater(id) {
  if (!hooks.some((hook) => hook.destroy)) return;
  if (destroyed.length === 0) native.atCheck(emitDestroyed);
  destroyed.push(id);
}

function newContext(type, id, trigger, resource) {
  const { stores } = current();
  if (hooks.length) emit('init', [id, type, trigger, resource]);
  return { id, trigger, resource, stores };
}

// A promise has its ids from when it was made under hooks, or was first asked for.
const promises = new WeakMap();
function ofPromise(promise) {
  let ids = promises.get(promise);
  if (!ids) promises.set(promise, ids = { id: native.asyncId(), trigger: running().id });
  return ids;
}

native.follow([
  function make(type, id, resource = {}) { return newContext(type, id, running().id, resource); },
  // A callback that was registered elsewhere keeps its stores; whose callback runs stays.
  function merge(running, registered) {
    if (!registered) return { ...running, stores: undefined };
    return running.id === 0 ? registered : running.stores === registered.stores ? running : { ...running, stores: registered.stores };
  },
  function before({ id }) { if (hooks.length) emit('before', [id]); },
  function after({ id }) { if (hooks.length) emit('after', [id]); },
  function destroy({ id }) { if (hooks.length) destroyLater(id); },
  function promiseMade(promise, parent) {
    const ids = { id: native.asyncId(), trigger: parent === undefined ? running().id : ofPromise(parent).id };
    promises.set(promise, ids);
    if (hooks.length) emit('init', [ids.id, 'PROMISE', ids.trigger, promise]);
  },
  function promiseDone(promise) { if (hooks.length) emit('promiseResolve', [ofPromise(promise).id]); },
  function awaitContext(promise) { return newContext('PROMISE', native.asyncId(), ofPromise(promise).id, {}); },
  function jobBegins(context, promise) {
    const stores = context?.stores;
    let frame = context ?? NOBODY;
    if (promise !== undefined) frame = { ...ofPromise(promise), resource: promise, stores };
    if (hooks.length) emit('before', [frame.id]);
    return frame;
  },
  function jobEnds({ id }, isAwait) {
    if (!hooks.length) return;
    if (isAwait) emit('promiseResolve', [id]);
    emit('after', [id]);
  },
]);
if (native.inMain()) native.context(MAIN);

function watch() {
  native.watchPromises(storagesFollowPromises || hooks.some((hook) => hook.init || hook.before || hook.after || hook.promiseResolve));
}

class AsyncHook {
  constructor(callbacks) { Object.defineProperty(this, 'callbacks', { value: callbacks }); }
  enable() {
    if (!hooks.includes(this.callbacks)) hooks = [...hooks, this.callbacks];
    watch();
    return this;
  }
  disable() {
    hooks = hooks.filter((callbacks) => callbacks !== this.callbacks);
    watch();
    return this;
  }
}

function createHook(callbacks) {
  const own = {};
  for (const name of ['init', 'before', 'after', 'destroy', 'promiseResolve']) {
    const f = callbacks[name];
    if (f !== undefined && typeof f !== 'function') throw native.error('TypeError', 'ERR_ASYNC_CALLBACK', `hook.${name} must be a function`);
    own[name] = f;
  }
  return new AsyncHook(own);
}

// ---- AsyncResource

const kId = Symbol('async_id_symbol');
const kTrigger = Symbol('trigger_async_id_symbol');

class AsyncResource {
  #stores;
  #destroyed = false;
  constructor(type, options = {}) {
    if (typeof type !== 'string') native.throwArgType('type', 'of type string', type);
    const trigger = typeof options === 'number' ? options : options.triggerAsyncId ?? running().id;
    if (!Number.isSafeInteger(trigger) || trigger < -1) throw native.error('RangeError', 'ERR_INVALID_ASYNC_ID', `Invalid triggerAsyncId value: ${trigger}`);
    if (type.length === 0 && hooks.some((hook) => hook.init)) throw native.error('TypeError', 'ERR_ASYNC_TYPE', 'Invalid name for async "type": ');
    this[kId] = native.asyncId();
    this[kTrigger] = trigger;
    this.#stores = current().stores;
    if (hooks.length) emit('init', [this[kId], type, trigger, this]);
  }

  runInAsyncScope(fn, thisArg, ...args) {
    const id = this[kId];
    if (hooks.length) emit('before', [id]);
    try {
      return within({ id, trigger: this[kTrigger], resource: this, stores: this.#stores }, fn, thisArg, args);
    } finally {
      if (hooks.length) emit('after', [id]);
    }
  }

  emitDestroy() {
    if (!this.#destroyed) destroyLater(this[kId]);
    this.#destroyed = true;
    return this;
  }

  asyncId() {
    return this[kId];
  }

  triggerAsyncId() {
    return this[kTrigger];
  }

  bind(fn, thisArg) {
    checkFunction(fn, 'fn');
    const resource = this;
    const bound = thisArg === undefined
      ? function (...args) { return resource.runInAsyncScope(fn, this, ...args); }
      : (...args) => resource.runInAsyncScope(fn, thisArg, ...args);
    Object.defineProperty(bound, 'length', { configurable: true, enumerable: false, value: fn.length, writable: false });
    return bound;
  }

  static bind(fn, type, thisArg) {
    return new AsyncResource(type || fn.name || 'bound-anonymous-fn').bind(fn, thisArg);
  }
}

class AsyncLocalStorage {
  constructor(options) {
    if (options?.onPropagate) native.unsupported('onPropagate');
    if (native.rule('ASYNC_CONTEXT_FRAME')) {
      this.defaultValue = options?.defaultValue;
      hide(this, 'defaultValue');
      if (options?.name !== undefined) this.label = options.name;
      if (options?.name !== undefined) hide(this, 'label');
    } else {
      this.kResourceStore = Symbol('kResourceStore');
      this.enabled = false;
      this._onPropagate = null;
    }
  }

  get name() {
    return this.label ?? '';
  }

  static bind(fn) {
    return AsyncResource.bind(fn);
  }

  static snapshot() {
    return AsyncLocalStorage.bind((cb, ...args) => cb(...args));
  }

  #enable() {
    if (!('enabled' in this)) return;
    this.enabled = true;
    storagesFollowPromises = true; // they have their stores by ids, so promises have those
    watch();
  }

  disable() {
    if ('enabled' in this) this.enabled = false;
    native.context(withoutStore(this));
  }

  enterWith(store) {
    this.#enable();
    native.context(withStore(this, store));
  }

  run(store, callback, ...args) {
    this.#enable();
    return within(withStore(this, store), callback, null, args);
  }

  exit(callback, ...args) {
    if ('enabled' in this && !this.enabled) return Reflect.apply(callback, null, args);
    return within(withoutStore(this), callback, null, args);
  }

  getStore() {
    if (this.enabled === false) return undefined;
    const { stores } = current();
    return stores?.has(this) ? stores.get(this) : this.defaultValue;
  }
}

// They came later; what Function.prototype has under the name `bind` is seen until then.
if (!native.since(18)) {
  delete AsyncLocalStorage.bind;
  delete AsyncLocalStorage.snapshot;
}

function hide(object, key) {
  Object.defineProperty(object, key, { value: object[key], writable: true, configurable: true, enumerable: false });
}

const executionAsyncId = () => running().id;
const triggerAsyncId = () => running().trigger;
const executionAsyncResource = () => running().resource;

exports.AsyncLocalStorage = AsyncLocalStorage;
exports.createHook = createHook;
Object.assign(exports, {
  executionAsyncId, triggerAsyncId, executionAsyncResource,
  asyncWrapProviders: Object.freeze({ __proto__: null }),
  AsyncResource,
});
