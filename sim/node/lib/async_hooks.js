// async_hooks: AsyncLocalStorage and AsyncResource. A context is a Map from storages to their stores that is never changed.
'use strict';

const native = module;

function within(context, f, self, args) {
  const outer = native.context(context);
  try {
    return Reflect.apply(f, self, args);
  } finally {
    native.context(outer);
  }
}

const withStore = (storage, store) => new Map(native.context()).set(storage, store);
const withoutStore = (storage) => {
  const context = new Map(native.context());
  context.delete(storage);
  return context;
};
function checkFunction(f, name) {
  if (typeof f !== 'function') native.throwArgType(name, 'of type function', f);
}


class AsyncResource {
  #context;
  #id;
  constructor(type, options = {}) {
    if (typeof type !== 'string') native.throwArgType('type', 'of type string', type);
    this.#context = native.context();
    this.#id = native.asyncId();
  }

  runInAsyncScope(fn, thisArg, ...args) {
    return within(this.#context, fn, thisArg, args);
  }

  emitDestroy() {
    return this;
  }

  asyncId() {
    return this.#id;
  }

  triggerAsyncId() {
    return 1;
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

  disable() {
    if ('enabled' in this) this.enabled = false;
    native.context(withoutStore(this));
  }

  enterWith(store) {
    if ('enabled' in this) this.enabled = true;
    native.context(withStore(this, store));
  }

  run(store, callback, ...args) {
    if ('enabled' in this) this.enabled = true;
    return within(withStore(this, store), callback, null, args);
  }

  exit(callback, ...args) {
    if ('enabled' in this && !this.enabled) return Reflect.apply(callback, null, args);
    return within(withoutStore(this), callback, null, args);
  }

  getStore() {
    const context = native.context();
    if (context && context.has(this)) return context.get(this);
    return this.defaultValue;
  }
}

function hide(object, key) {
  Object.defineProperty(object, key, { value: object[key], writable: true, configurable: true, enumerable: false });
}

function createHook(hooks) {
  for (const name of ['init', 'before', 'after', 'destroy', 'promiseResolve']) {
    if (hooks[name] !== undefined && typeof hooks[name] !== 'function') {
      throw native.error('TypeError', 'ERR_ASYNC_CALLBACK', `hook.${name} must be a function`);
    }
  }
  return { enable() { native.unsupported('async_hooks.createHook().enable()'); }, disable() { return this; } };
}
const onlyInMain = (name, id) => () => {
  if (!native.inMain()) native.unsupported(`async_hooks.${name}() in a callback`);
  return id;
};
const executionAsyncId = onlyInMain('executionAsyncId', 1);
const triggerAsyncId = onlyInMain('triggerAsyncId', 0);
const top = {};
const executionAsyncResource = onlyInMain('executionAsyncResource', top);

exports.AsyncLocalStorage = AsyncLocalStorage;
exports.createHook = createHook;
Object.assign(exports, {
  executionAsyncId, triggerAsyncId, executionAsyncResource,
  asyncWrapProviders: Object.freeze({ __proto__: null }),
  AsyncResource,
});
