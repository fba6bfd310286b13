// Weak stand-ins for built-in groups that are not linked in; to be deleted as the groups arrive.
#include "sim/machine/classes.h"
#include "sim/machine/regexp.h"
#include "sim/machine/bigint.h"

#define WEAK __attribute__((weak))
static void pend(struct six_machine *m, int id, const char *what) {
  (void)what;
  m->intrinsics[id] = six_object_new(m, m->intrinsics[SIX_I_ObjectPrototype]);
}
WEAK void six_init_bigint(struct six_machine *m) {
  pend(m, SIX_I_BigInt, "BigInt");
  pend(m, SIX_I_BigIntPrototype, "BigInt");
}
WEAK void six_init_date(struct six_machine *m) {
  pend(m, SIX_I_Date, "Date");
  pend(m, SIX_I_DatePrototype, "Date");
}
WEAK void six_init_regexp(struct six_machine *m) {
  pend(m, SIX_I_RegExp, "RegExp");
  pend(m, SIX_I_RegExpPrototype, "RegExp");
  pend(m, SIX_I_RegExpStringIteratorPrototype, "RegExp");
}
WEAK void six_init_typed_array(struct six_machine *m) {
  for (int i = SIX_I_ArrayBufferPrototype; i <= SIX_I_DataView; i++) pend(m, i, "typed arrays");
}
WEAK six_value six_regexp_new(struct six_machine *m, struct six_string *p, struct six_string *f) {
  (void)p, (void)f;
  return six_throw_unsupported(m, "RegExp");
}
#include "sim/machine/uri.h"
WEAK double six_bigint_to_double(six_value v) {
  (void)v;
  return 0;
}
WEAK uint64_t six_bigint_to_uint64(six_value v) {
  (void)v;
  return 0;
}
static six_value pending_uri(struct six_machine *m, const struct six_args *a) {
  (void)a;
  return six_throw_unsupported(m, "URI coding");
}
WEAK const struct six_native_def six_uri_natives[SIX_URI_NATIVES] = {
    {"encodeURIComponent", pending_uri, 1, 0}, {"encodeURI", pending_uri, 1, 0}, {"decodeURIComponent", pending_uri, 1, 0},
    {"decodeURI", pending_uri, 1, 0},          {"escape", pending_uri, 1, 0},    {"unescape", pending_uri, 1, 0}};
