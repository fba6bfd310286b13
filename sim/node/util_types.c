// node: util.types. One native answers for all of them; its data says which.
#include "sim/machine/typed_array.h"
#include "sim/node/util.h"

enum { ANY_BUFFER = 100, BOXED, VIEW, TYPED, ASYNC, GENERATOR, GENERATOR_OBJECT, NEVER, ELEMENT = 200 };

static const struct {
  const char *name, *function_name;
  int test;
} rows[] = {{"isExternal", NULL, NEVER},
            {"isDate", NULL, SIX_CLASS_DATE},
            {"isArgumentsObject", NULL, SIX_CLASS_ARGUMENTS},
            {"isBigIntObject", NULL, SIX_CLASS_BIGINT},
            {"isBooleanObject", NULL, SIX_CLASS_BOOLEAN},
            {"isNumberObject", NULL, SIX_CLASS_NUMBER},
            {"isStringObject", NULL, SIX_CLASS_STRING},
            {"isSymbolObject", NULL, SIX_CLASS_SYMBOL},
            {"isNativeError", NULL, SIX_CLASS_ERROR},
            {"isRegExp", NULL, SIX_CLASS_REGEXP},
            {"isAsyncFunction", NULL, ASYNC},
            {"isGeneratorFunction", NULL, GENERATOR},
            {"isGeneratorObject", NULL, GENERATOR_OBJECT},
            {"isPromise", NULL, SIX_CLASS_PROMISE},
            {"isMap", NULL, SIX_CLASS_MAP},
            {"isSet", NULL, SIX_CLASS_SET},
            {"isMapIterator", NULL, SIX_CLASS_MAP_ITERATOR},
            {"isSetIterator", NULL, SIX_CLASS_SET_ITERATOR},
            {"isWeakMap", NULL, SIX_CLASS_WEAK_MAP},
            {"isWeakSet", NULL, SIX_CLASS_WEAK_SET},
            {"isArrayBuffer", NULL, SIX_CLASS_ARRAY_BUFFER},
            {"isDataView", NULL, SIX_CLASS_DATA_VIEW},
            {"isSharedArrayBuffer", NULL, SIX_CLASS_SHARED_ARRAY_BUFFER},
            {"isProxy", NULL, SIX_CLASS_PROXY},
            {"isModuleNamespaceObject", NULL, SIX_CLASS_NAMESPACE},
            {"isAnyArrayBuffer", NULL, ANY_BUFFER},
            {"isBoxedPrimitive", NULL, BOXED},
            {"isArrayBufferView", "isView", VIEW},
            {"isTypedArray", NULL, SIX_CLASS_TYPED_ARRAY},
            {"isUint8Array", NULL, ELEMENT + SIX_UINT8},
            {"isUint8ClampedArray", NULL, ELEMENT + SIX_UINT8_CLAMPED},
            {"isUint16Array", NULL, ELEMENT + SIX_UINT16},
            {"isUint32Array", NULL, ELEMENT + SIX_UINT32},
            {"isInt8Array", NULL, ELEMENT + SIX_INT8},
            {"isInt16Array", NULL, ELEMENT + SIX_INT16},
            {"isInt32Array", NULL, ELEMENT + SIX_INT32},
            {"isFloat32Array", NULL, ELEMENT + SIX_FLOAT32},
            {"isFloat64Array", NULL, ELEMENT + SIX_FLOAT64},
            {"isBigInt64Array", NULL, ELEMENT + SIX_BIGINT64},
            {"isBigUint64Array", NULL, ELEMENT + SIX_BIGUINT64},
            {"isKeyObject", "value", NEVER},
            {"isCryptoKey", "value", NEVER}};

static bool is_kind(struct six_machine *m, const struct six_object *o, int test) {
  uint8_t kind = o->cell.class_;
  if (test >= ELEMENT) return kind == SIX_CLASS_TYPED_ARRAY && ((const struct six_typed_array *)o)->type == test - ELEMENT;
  switch (test) {
    case BOXED:
      return kind == SIX_CLASS_NUMBER || kind == SIX_CLASS_STRING || kind == SIX_CLASS_BOOLEAN || kind == SIX_CLASS_SYMBOL ||
             kind == SIX_CLASS_BIGINT;
    case ANY_BUFFER: return kind == SIX_CLASS_ARRAY_BUFFER || kind == SIX_CLASS_SHARED_ARRAY_BUFFER;
    case VIEW: return kind == SIX_CLASS_TYPED_ARRAY || kind == SIX_CLASS_DATA_VIEW;
    case GENERATOR_OBJECT: return kind == SIX_CLASS_GENERATOR || kind == SIX_CLASS_ASYNC_GENERATOR;
    case ASYNC:
    case GENERATOR: {
      if (!(o->cell.flags & SIX_OBJECT_CALLABLE)) return false;
      struct six_object *function = six_as_object(six_object_value(o));
      return (six_function_kind(m, function) & (test == ASYNC ? SIX_FUNCTION_ASYNC : SIX_FUNCTION_GENERATOR)) != 0;
    }
    default: return kind == test;
  }
}

static six_value check(struct six_machine *m, const struct six_args *a) {
  six_value v = six_arg(a, 0);
  return six_boolean(six_is_object(v) && is_kind(m, six_as_object(v), six_as_int(six_as_native(a->callee)->data[0])));
}

six_value six_util_types(struct six_nodejs *node) {
  struct six_machine *m = node->m;
  six_value *made = &node->module_exports[SIX_MODULE_util_types];
  if (*made != SIX_EMPTY) return *made;
  struct six_object *o = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    six_value name = six_str(m, rows[i].function_name ? rows[i].function_name : rows[i].name);
    six_put(m, o, rows[i].name, six_object_value(six_native_new(m, check, name, 1, six_int(rows[i].test), SIX_UNDEFINED)));
  }
  return *made = six_object_value(o);
}
