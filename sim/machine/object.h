// machine: objects. Named properties are described by a shape (key -> slot and attributes, and the prototype) and held
// in slots; array-index properties in `elements` while they are dense plain data, else with the named ones.
#ifndef SIX_MACHINE_OBJECT_H
#define SIX_MACHINE_OBJECT_H

#include "sim/machine/string.h"

enum six_class {
  SIX_CLASS_OBJECT,
  SIX_CLASS_ARRAY,
  SIX_CLASS_FUNCTION,  // closures of compiled code: struct six_function
  SIX_CLASS_NATIVE,    // native functions: struct six_native_function
  SIX_CLASS_BOUND,     // bound functions
  SIX_CLASS_ERROR,
  SIX_CLASS_BOOLEAN,  // wrappers and other one-value objects: struct six_boxed
  SIX_CLASS_NUMBER,
  SIX_CLASS_STRING,
  SIX_CLASS_SYMBOL,
  SIX_CLASS_BIGINT,
  SIX_CLASS_DATE,  // boxed number
  SIX_CLASS_REGEXP,
  SIX_CLASS_MAP,
  SIX_CLASS_SET,
  SIX_CLASS_WEAK_MAP,
  SIX_CLASS_WEAK_SET,
  SIX_CLASS_WEAK_REF,
  SIX_CLASS_FINALIZATION_REGISTRY,
  SIX_CLASS_DISPOSABLE_STACK,
  SIX_CLASS_ASYNC_DISPOSABLE_STACK,
  SIX_CLASS_MAP_ITERATOR,
  SIX_CLASS_SET_ITERATOR,
  SIX_CLASS_ARRAY_ITERATOR,
  SIX_CLASS_STRING_ITERATOR,
  SIX_CLASS_REGEXP_STRING_ITERATOR,
  SIX_CLASS_WRAP_ITERATOR,  // of Iterator.from
  SIX_CLASS_ITERATOR_HELPER,
  SIX_CLASS_INTL,       // of Intl.NumberFormat and its kin
  SIX_CLASS_ARGUMENTS,  // unmapped, or mapped to an env
  SIX_CLASS_GENERATOR,
  SIX_CLASS_ASYNC_GENERATOR,
  SIX_CLASS_ASYNC_FROM_SYNC_ITERATOR,
  SIX_CLASS_PROMISE,
  SIX_CLASS_PROXY,
  SIX_CLASS_ARRAY_BUFFER,
  SIX_CLASS_SHARED_ARRAY_BUFFER,
  SIX_CLASS_TYPED_ARRAY,  // also Node's Buffer
  SIX_CLASS_DATA_VIEW,
  SIX_CLASS_NAMESPACE,  // module namespace objects
  SIX_CLASS_HOST,       // made by sim/node: struct six_host_object
  SIX_CLASS_SHOWN,      // the same, with own properties that are made when somebody looks: host_class->show
  SIX_CLASS_COUNT
};

// Property attributes.
enum {
  SIX_WRITABLE = 1,
  SIX_ENUMERABLE = 2,
  SIX_CONFIGURABLE = 4,
  SIX_ACCESSOR = 8,  // the slot holds a struct six_accessor
  SIX_DATA_ALL = 7,
  SIX_HIDDEN = 5,  // writable and configurable: built-in methods
};

struct six_prop {
  six_key key;  // string or symbol; an int only for index properties that left `elements`
  uint32_t attrs;
  uint32_t next;  // hash chain within the table
};

// Keys in order of definition. Shared along a line of shapes: a shape owns the first `count` of them.
struct six_props {
  struct six_cell cell;
  uint32_t count, capacity;
  uint32_t deleted;        // dictionaries: items whose key is SIX_EMPTY
  uint32_t *buckets;       // NULL while small; else an index into items + 1, 0 for none
  uint32_t bucket_count;   // power of two
  struct six_prop *items;  // in counted memory
};

enum { SIX_SHAPE_DICTIONARY = 1 };  // owned by one object and changed in place; never cached

struct six_shape {
  struct six_cell cell;      // flags: SIX_SHAPE_*
  uint32_t count;            // properties; slot i holds items[i]
  struct six_object *proto;  // or NULL
  struct six_props *props;   // NULL while count is 0
  struct six_shape *parent;
  // Transitions to the shapes with one property more: the last one taken, and a small table of others.
  struct six_shape *last_child;
  six_key last_key;
  uint32_t last_attrs;
  struct six_transitions *others;
};

enum {
  SIX_OBJECT_NOT_EXTENSIBLE = 1,
  SIX_OBJECT_IS_PROTO = 2,  // it is some object's prototype: changes of its properties bump machine->proto_epoch
  SIX_OBJECT_CALLABLE = 4,
  SIX_OBJECT_CONSTRUCTOR = 8,
  SIX_OBJECT_EXOTIC = 16,            // own-property operations go through the class's exotic table
  SIX_OBJECT_SPARSE = 32,            // some index properties are among the named ones
  SIX_OBJECT_FROZEN_ELEMENTS = 64,   // elements are not writable/configurable as by Object.freeze: they were moved to named ones
  SIX_OBJECT_LENGTH_READONLY = 128,  // arrays
  SIX_OBJECT_FRAMELESS = 128,        // natives that V8 shows in no stack: it jumps out of them, or leaves them out
};

struct six_object {
  struct six_cell cell;  // class_: enum six_class; flags: SIX_OBJECT_*
  struct six_shape *shape;
  six_value *slots;        // points to the inline slots after the struct, or to counted memory
  six_value *elements;     // counted memory, or inline after the struct, or NULL; holes are SIX_EMPTY
  uint32_t element_count;  // elements in use: for arrays this is at most `length`
  uint32_t element_capacity;
  uint32_t slot_capacity;
  uint32_t array_length;  // arrays: the `length` property
};

// In its slot the accessor's pointer has SIX_TAG_OBJECT; the property's SIX_ACCESSOR attribute tells it from objects.
struct six_accessor {
  struct six_cell cell;
  six_value get, set;  // functions or SIX_UNDEFINED (or SIX_TAG_LAZY before the first use)
};

struct six_boxed {
  struct six_object object;
  six_value value;
};

// Objects of sim/node: a class record tells how to mark and release them.
struct six_host_class {
  const char *name;
  void (*mark)(struct six_machine *m, void *data);
  void (*finalize)(struct six_machine *m, void *data);
  // For stack traces: the property in which the object keeps the function, if that is no real property; NULL: none. May be NULL.
  const char *(*method_name)(struct six_machine *m, void *data, six_value function);
  // SIX_CLASS_SHOWN. Makes its own properties, or gives them the values that they have now: somebody looks at `key`, or at
  // all of them (SIX_EMPTY). Then: the program changed the one at `key`.
  void (*show)(struct six_machine *m, void *data, six_key key);
  void (*changed)(struct six_machine *m, void *data, six_key key);
};
struct six_host_object {
  struct six_object object;
  const struct six_host_class *host_class;
  void *data;
};

// Making. `proto` may be NULL. size: sizeof the struct that begins with struct six_object. All fresh objects are extensible.
struct six_object *six_object_new(struct six_machine *m, struct six_object *proto);
struct six_object *six_object_new_class(struct six_machine *m, enum six_class class_, size_t size, struct six_object *proto);
struct six_object *six_object_new_shaped(struct six_machine *m, struct six_shape *shape, uint32_t inline_slots);  // literals
struct six_object *six_array_new(struct six_machine *m, uint32_t capacity);                                       // length 0
struct six_object *six_array_from(struct six_machine *m, const six_value *items, uint32_t count);
void six_array_push(struct six_machine *m, struct six_object *array, six_value v);  // plain append to a dense true array
struct six_shape *six_shape_root(struct six_machine *m, struct six_object *proto);  // the empty shape for a prototype
struct six_shape *six_shape_add(struct six_machine *m, struct six_shape *shape, six_key key, uint32_t attrs);  // transition
// The slot of `key` or -1; stores its attributes.
int32_t six_shape_find(const struct six_shape *shape, six_key key, uint32_t *attrs);

// ---- Ordinary and exotic internal methods (ECMA-262 10.1). int results: 1 yes, 0 no, -1 exception.
struct six_descriptor {
  uint32_t attrs;  // the SIX_* attributes that are set
  uint32_t has;    // which of them (and SIX_HAS_*) are present
  six_value value, get, set;
};
enum { SIX_HAS_VALUE = 16, SIX_HAS_GET = 32, SIX_HAS_SET = 64 };

int six_get_own_property(struct six_machine *m, struct six_object *o, six_key key, struct six_descriptor *out);  // [JS] for proxies
int six_define_own(struct six_machine *m, struct six_object *o, six_key key, const struct six_descriptor *d, bool throws);  // [JS] proxies
int six_has_property(struct six_machine *m, struct six_object *o, six_key key);                                             // [JS] proxies
int six_has_own(struct six_machine *m, struct six_object *o, six_key key);
int six_delete(struct six_machine *m, struct six_object *o, six_key key, bool throws);
struct six_object *six_get_prototype(struct six_machine *m, struct six_object *o);  // not for proxies' traps: see _of
int six_set_prototype(struct six_machine *m, struct six_object *o, struct six_object *proto, bool throws);
int six_prevent_extensions(struct six_machine *m, struct six_object *o);
int six_is_extensible(struct six_machine *m, struct six_object *o);
enum { SIX_KEYS_STRINGS = 1, SIX_KEYS_SYMBOLS = 2, SIX_KEYS_ENUMERABLE_ONLY = 4 };
// Own keys in the language's order: indices ascending, strings, symbols (private names never). NULL on exception.
// The items are six_keys: indices are ints, see six_key_to_value.
struct six_values *six_own_keys(struct six_machine *m, struct six_object *o, uint32_t which);

// Get and set with the whole prototype chain, accessors, receivers. [JS]
six_value six_get(struct six_machine *m, struct six_object *o, six_key key);
six_value six_get_with(struct six_machine *m, struct six_object *o, six_key key, six_value receiver);
int six_set(struct six_machine *m, struct six_object *o, six_key key, six_value v);  // throws TypeError as strict code
int six_set_with(struct six_machine *m, struct six_object *o, six_key key, six_value v, six_value receiver, bool throws);
// v.key for any value: primitives use their prototypes; undefined/null: TypeError "Cannot read properties of undefined (reading 'x')".
six_value six_get_v(struct six_machine *m, six_value v, six_key key);
int six_set_v(struct six_machine *m, six_value target, six_key key, six_value v, bool strict);
static inline six_value six_get_index(struct six_machine *m, struct six_object *o, uint32_t i) {
  return six_get(m, o, six_int((int32_t)i));
}

// The own data slot of a named property without side effects, or NULL (accessor, absent, exotic). Materialises lazies.
six_value *six_own_slot(struct six_machine *m, struct six_object *o, six_key key);

// Definitions that cannot fail on ordinary extensible objects. No JavaScript runs.
void six_define(struct six_machine *m, struct six_object *o, six_key key, six_value v, uint32_t attrs);
void six_put(struct six_machine *m, struct six_object *o, const char *ascii_name, six_value v);  // SIX_DATA_ALL
void six_define_accessor(struct six_machine *m, struct six_object *o, six_key key, six_value get, six_value set, uint32_t attrs);
int six_create_data(struct six_machine *m, struct six_object *o, six_key key, six_value v);  // CreateDataPropertyOrThrow

// Arrays: IsArray (through proxies), LengthOfArrayLike [JS], setting length.
int six_is_array(struct six_machine *m, six_value v);
static inline bool six_is_class(six_value v, enum six_class class_) {
  return six_is_object(v) && six_as_cell(v) && ((const uint8_t *)six_as_pointer(v))[2] == (uint8_t)class_;
}
int six_length_of(struct six_machine *m, struct six_object *o, double *length);
int six_array_set_length(struct six_machine *m, struct six_object *array, uint32_t length);
// Whether all elements [0, length) are plain dense data with no holes, so that C code may read array->elements directly
// (still: no JavaScript in between, or look again).
static inline bool six_array_is_dense(const struct six_object *o) {
  return o->cell.class_ == SIX_CLASS_ARRAY && !(o->cell.flags & (SIX_OBJECT_SPARSE | SIX_OBJECT_EXOTIC)) &&
         o->element_count == o->array_length;
}  // may still contain SIX_EMPTY holes: check each

static inline bool six_is_callable(six_value v) {
  return six_is_object(v) && (((const uint8_t *)six_as_pointer(v))[3] & SIX_OBJECT_CALLABLE);
}
static inline bool six_is_constructor(six_value v) {
  return six_is_object(v) && (((const uint8_t *)six_as_pointer(v))[3] & SIX_OBJECT_CONSTRUCTOR);
}

// The ordinary versions, for exotic objects that fall back on them.
int six_ordinary_get_own(struct six_machine *m, struct six_object *o, six_key key, struct six_descriptor *out);
int six_ordinary_define_own(struct six_machine *m, struct six_object *o, six_key key, const struct six_descriptor *d,
                            bool throws);  // arrays too
int six_ordinary_delete(struct six_machine *m, struct six_object *o, six_key key, bool throws);
six_value six_ordinary_get(struct six_machine *m, struct six_object *o, six_key key, six_value receiver);                      // [JS]
int six_ordinary_set(struct six_machine *m, struct six_object *o, six_key key, six_value v, six_value receiver, bool throws);  // [JS]
int six_ordinary_has(struct six_machine *m, struct six_object *o, six_key key);     // [JS] proxies on the chain
struct six_values *six_ordinary_keys(struct six_machine *m, struct six_object *o);  // all, with symbols
// IsCompatiblePropertyDescriptor (10.1.6.2): may `d` be applied to `current` (NULL: absent)?
bool six_compatible_descriptor(struct six_machine *m, bool extensible, const struct six_descriptor *d,
                               const struct six_descriptor *current);
// [[GetPrototypeOf]] with proxies' traps. [JS] false on exception.
bool six_get_prototype_of(struct six_machine *m, struct six_object *o, struct six_object **proto);
void six_values_push(struct six_machine *m, struct six_values **list, six_value v);  // grows *list

// How V8 shows an object in messages without running code: "#<Object>", "[object Array]", a function's source. UTF-8.
void six_describe_object(struct six_machine *m, struct six_object *o, struct six_text *out);
// A key in messages: x, 0, Symbol(foo), #private. UTF-8.
void six_describe_key(struct six_machine *m, six_key key, struct six_text *out);

// Exotic own-property operations by class (Proxy, typed arrays, String, arguments, namespaces). NULL members: ordinary.
struct six_exotic {
  int (*get_own)(struct six_machine *m, struct six_object *o, six_key key, struct six_descriptor *out);
  int (*define)(struct six_machine *m, struct six_object *o, six_key key, const struct six_descriptor *d, bool throws);
  int (*has)(struct six_machine *m, struct six_object *o, six_key key);
  int (*delete_)(struct six_machine *m, struct six_object *o, six_key key, bool throws);
  six_value (*get)(struct six_machine *m, struct six_object *o, six_key key, six_value receiver);
  int (*set)(struct six_machine *m, struct six_object *o, six_key key, six_value v, six_value receiver, bool throws);
  struct six_values *(*keys)(struct six_machine *m, struct six_object *o);  // all own keys, in order
  struct six_object *(*get_prototype)(struct six_machine *m, struct six_object *o, bool *threw);
  int (*set_prototype)(struct six_machine *m, struct six_object *o, struct six_object *proto, bool throws);
  int (*prevent_extensions)(struct six_machine *m, struct six_object *o);
  int (*is_extensible)(struct six_machine *m, struct six_object *o);
};
// How each class's objects are marked, released and accessed; the table is in classes.c, a row per class.
struct six_class_row {
  const char *name;                                           // e.g. "Array", as Object.prototype.toString's builtinTag where it has one
  void (*mark)(struct six_machine *m, struct six_object *o);  // beyond shape, slots and elements
  void (*release)(struct six_machine *m, struct six_object *o);
  const struct six_exotic *exotic;
};
extern const struct six_class_row six_classes[SIX_CLASS_COUNT];

#endif
