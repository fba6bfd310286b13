// The interpreter: one loop over instructions. JavaScript calling JavaScript does not recurse in C; natives do.
// GNU's computed goto keeps each instruction's dispatch predictable on its own.
#include "sim/machine/dispose.h"
#include "sim/machine/interp.h"

#include "sim/machine/builtins/builtin.h"
#include "sim/machine/regexp.h"

#include <stdlib.h>

#pragma GCC diagnostic ignored "-Wpedantic"  // labels as values

#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)

enum { NATIVE_DEPTH_MAX = 2200, EFFORT_THROUGH_C = 5 };

// ---- Frames

static bool overflow(struct six_machine *m) {
  six_throw_range(m, "Maximum call stack size exceeded");
  return false;
}

// Keeps all arguments above the registers: there may be more of them than registers, so upwards from the end.
static __attribute__((noinline)) six_value *keep_arguments(six_value *base, uint32_t nregs, uint32_t argc) {
  memmove(base + nregs, base, argc * sizeof *base);
  return base + nregs + argc;
}

// What few calls need.
static void frame_extras(struct six_machine *m, struct six_function *f, struct six_frame *frame) {
  if (f->code->kind == SIX_KIND_ASYNC) frame->co = six_coroutine_new(m, f, frame);
  if (m->tracing && m->host->on_call) m->host->on_call(m, frame);
}

// The new top frame, for arguments that stand at `base` already.
static inline __attribute__((always_inline)) void fill_frame(struct six_machine *m, struct six_function *f, six_value *base,
                                                             six_value this_value, six_value new_target, uint32_t argc, uint16_t flags,
                                                             uint16_t result) {
  struct six_code *code = f->code;
  struct six_frame *frame = m->frame + 1;
  six_value *from = base + (argc > code->nparams ? code->nparams : argc);
  for (six_value *end = base + code->nvars; from < end; from++) *from = SIX_UNDEFINED;
  frame->code = code;
  frame->pc = code->ins;
  frame->registers = base;
  frame->function = &f->object;
  frame->this_value = this_value;
  frame->new_target = new_target;
  frame->co = NULL;
  frame->argc = argc;
  frame->result = result;
  frame->flags = flags;
  m->effort += code->effort;
  m->frame = frame;
  m->stack_top = base + code->nregs;
}

static inline __attribute__((always_inline)) bool has_room(struct six_machine *m, const struct six_code *code, const six_value *base,
                                                           uint32_t argc) {
  return m->frame + 1 < m->frames_limit && six_stack_has(m, base + code->nregs + argc);
}

static __attribute__((noinline)) bool push_frame_at(struct six_machine *m, struct six_function *f, six_value *base, six_value this_value,
                                                    six_value new_target, uint32_t argc, uint16_t flags, uint16_t result) {
  if (!has_room(m, f->code, base, argc)) return overflow(m);
  six_value *top = f->code->wants_arguments ? keep_arguments(base, f->code->nregs, argc) : base + f->code->nregs;
  fill_frame(m, f, base, this_value, new_target, argc, flags, result);
  m->stack_top = top;
  frame_extras(m, f, m->frame);
  return true;
}

// A frame for a call from C.
static bool push_frame(struct six_machine *m, struct six_function *f, six_value this_value, six_value new_target, int argc,
                       const six_value *argv, uint16_t flags) {
  six_value *base = m->stack_top;
  if (unlikely(!six_stack_has(m, base + argc))) return overflow(m);
  for (int i = 0; i < argc; i++) base[i] = argv[i];
  m->effort += EFFORT_THROUGH_C;
  return push_frame_at(m, f, base, this_value, new_target, (uint32_t)argc, flags, 0);
}

static six_value *frame_top(const struct six_frame *frame) {
  if (!frame->code) return frame->registers;
  return frame->registers + frame->code->nregs + (frame->code->wants_arguments ? frame->argc : 0);
}

static inline void pop_frame(struct six_machine *m) {
  if (unlikely(m->tracing) && m->host->on_return) m->host->on_return(m, m->frame);
  m->frame--;
  m->stack_top = frame_top(m->frame);
}

// A native's frame is there for stack traces; its registers mark where the stack was.
static inline bool push_native_frame(struct six_machine *m, struct six_object *callee, six_value this_value, bool construct) {
  struct six_frame *frame = m->frame + 1;
  if (unlikely(frame >= m->frames_limit)) return overflow(m);
  *frame = (struct six_frame){
      .function = callee, .this_value = this_value, .registers = m->stack_top, .flags = construct ? SIX_FRAME_CONSTRUCT : 0};
  m->frame = frame;
  return true;
}

static inline six_value call_native(struct six_machine *m, struct six_object *callee, six_value this_value, six_value new_target, int argc,
                                    six_value *argv, bool unused) {
  struct six_args args = {this_value, new_target, callee, argv, argc, unused};
  m->effort += 6;
  if (!push_native_frame(m, callee, this_value, new_target != SIX_UNDEFINED)) return SIX_EXCEPTION;
  size_t roots = m->roots_count;
  six_value v = six_as_native(callee)->native(m, &args);
  if (unlikely(m->effort >= m->effort_mark)) six_effort(m, 0);
  m->roots_count = roots;
  m->frame--;
  return v;
}

// ---- Calls from C

static six_value call_bound(struct six_machine *m, struct six_bound *bound, six_value new_target, int argc, const six_value *argv,
                            bool construct) {
  uint32_t count = bound->args ? bound->args->count : 0;
  six_value *base = m->stack_top;
  if (!six_stack_has(m, base + count + argc)) {
    overflow(m);
    return SIX_EXCEPTION;
  }
  if (argc) memmove(base + count, argv, (size_t)argc * sizeof *base);
  if (count) memcpy(base, bound->args->items, count * sizeof *base);
  m->stack_top += count + (uint32_t)argc;
  six_value v = construct ? six_construct(m, bound->target, (int)count + argc, base, new_target)
                          : six_call(m, bound->target, bound->bound_this, (int)count + argc, base);
  m->stack_top = base;
  return v;
}

static six_value throw_uncallable(struct six_machine *m, six_value function) {
  struct six_text text = {0};
  six_describe_value(m, function, &text);
  six_throw_type(m, "%s is not a function", text.bytes ? text.bytes : "");
  six_text_done(&text);
  return SIX_EXCEPTION;
}

static six_value throw_class_called(struct six_machine *m, const struct six_function *f) {
  struct six_text text = {0};
  six_string_to_utf8(m, six_as_string(f->code->name), &text);
  if (text.length) six_throw_type(m, "Class constructor %s cannot be invoked without 'new'", text.bytes);
  else six_throw_type(m, "Class constructor%s cannot be invoked without 'new'", m->rules->cell[SIX_RULE_V8_WORDS] < 3 ? " " : "s");
  six_text_done(&text);
  return SIX_EXCEPTION;
}

static six_value call_native_from_c(struct six_machine *m, struct six_object *o, six_value this_value, six_value new_target, int argc,
                                    const six_value *argv) {
  six_value *base = m->stack_top;
  if (!six_stack_has(m, base + argc) || m->native_depth > NATIVE_DEPTH_MAX) {
    overflow(m);
    return SIX_EXCEPTION;
  }
  for (int i = 0; i < argc; i++) base[i] = argv[i];
  m->stack_top += argc;
  m->native_depth++;
  six_value v = call_native(m, o, this_value, new_target, argc, base, false);
  m->native_depth--;
  m->stack_top = base;
  return v;
}

// Any call but those that six_call makes itself.
static __attribute__((noinline)) six_value call_any(struct six_machine *m, six_value function, six_value this_value, int argc,
                                                    const six_value *argv) {
  if (unlikely(m->stop)) return SIX_EXCEPTION;
  if (unlikely(!six_is_callable(function))) return throw_uncallable(m, function);
  struct six_object *o = six_as_object(function);
  if (o->cell.class_ == SIX_CLASS_FUNCTION) {
    struct six_function *f = (struct six_function *)o;
    if (unlikely(f->code->class_constructor)) return throw_class_called(m, f);
    if (unlikely(f->code->kind != SIX_KIND_NORMAL)) six_made_this(m, &this_value);
    if (unlikely(!push_frame(m, f, this_value, SIX_UNDEFINED, argc, argv, SIX_FRAME_ENTRY))) return SIX_EXCEPTION;
    return six_interpret(m);
  }
  six_made_this(m, &this_value);
  if (o->cell.class_ == SIX_CLASS_NATIVE) return call_native_from_c(m, o, this_value, SIX_UNDEFINED, argc, argv);
  if (m->native_depth > NATIVE_DEPTH_MAX) {
    overflow(m);
    return SIX_EXCEPTION;
  }
  m->native_depth++;
  six_value v = o->cell.class_ == SIX_CLASS_BOUND ? call_bound(m, (struct six_bound *)o, SIX_UNDEFINED, argc, argv, false)
                                                  : six_proxy_call(m, o, this_value, argc, argv);
  m->native_depth--;
  return v;
}

six_value six_call(struct six_machine *m, six_value function, six_value this_value, int argc, const six_value *argv) {
  struct six_function *f = six_as_pointer(function);
  six_value *base = m->stack_top;
  if (unlikely(m->stop || !six_is_object(function) || f->object.cell.class_ != SIX_CLASS_FUNCTION || !f->code->is_plain ||
               m->frame + 1 >= m->frames_limit || base + f->code->nregs + argc + 64 >= m->stack_limit)) {
    return call_any(m, function, this_value, argc, argv);
  }
  for (int i = 0; i < argc; i++) base[i] = argv[i];
  m->effort += EFFORT_THROUGH_C;
  fill_frame(m, f, base, this_value, SIX_UNDEFINED, (uint32_t)argc, SIX_FRAME_ENTRY, 0);
  return six_interpret(m);
}

// The shape of what a constructor makes; NULL on exception.
static struct six_shape *constructed_shape(struct six_machine *m, struct six_object *constructor) {
  six_value proto = six_get(m, constructor, SIX_ATOM(m, prototype));
  if (six_is_exception(proto)) return NULL;
  struct six_object *made = six_is_object(proto) ? six_as_object(proto) : six_intrinsic(m, SIX_I_ObjectPrototype);
  struct six_shape *shape = six_shape_root(m, made);
  six_value *slot = six_own_slot(m, constructor, SIX_ATOM(m, prototype));
  if (slot && *slot == proto && !six_shape_is_dictionary(constructor->shape)) {
    m->constructing = (struct six_constructing){constructor, constructor->shape, shape, proto, (uint32_t)(slot - constructor->slots)};
  }
  return shape;
}

// The `this` of a base constructor: fresh; SIX_EMPTY for a derived one. SIX_EXCEPTION.
static six_value constructor_this(struct six_machine *m, struct six_function *f, six_value new_target) {
  if (f->code->derived) return SIX_EMPTY;
  struct six_object *constructor = six_as_object(new_target);
  const struct six_constructing *last = &m->constructing;
  struct six_shape *shape = last->made;
  if (unlikely(constructor != last->constructor || constructor->shape != last->shape || constructor->slots[last->slot] != last->proto)) {
    shape = constructed_shape(m, constructor);
    if (!shape) return SIX_EXCEPTION;
  }
  return six_object_value(six_object_new_shaped(m, shape, 4));
}

six_value six_construct(struct six_machine *m, six_value function, int argc, const six_value *argv, six_value new_target) {
  if (m->stop) return SIX_EXCEPTION;
  struct six_object *o = six_as_object(function);
  switch (o->cell.class_) {
    case SIX_CLASS_FUNCTION: {
      struct six_function *f = (struct six_function *)o;
      size_t roots = m->roots_count;
      for (int i = 0; i < argc; i++) six_root(m, argv[i]);
      six_value self = constructor_this(m, f, new_target);
      m->roots_count = roots;
      if (six_is_exception(self)) return self;
      if (!push_frame(m, f, self, new_target, argc, argv, SIX_FRAME_ENTRY | SIX_FRAME_CONSTRUCT)) return SIX_EXCEPTION;
      return six_interpret(m);
    }
    case SIX_CLASS_NATIVE: return call_native_from_c(m, o, SIX_UNDEFINED, new_target, argc, argv);
    case SIX_CLASS_BOUND: {
      struct six_bound *bound = (struct six_bound *)o;
      return call_bound(m, bound, new_target == function ? bound->target : new_target, argc, argv, true);
    }
    default: return six_proxy_construct(m, o, argc, argv, new_target);
  }
}

// ---- Operators' slow paths

static six_value compare_slow(struct six_machine *m, uint8_t op, six_value a, six_value b) { return six_binary(m, op, a, b); }

static six_value add_slow(struct six_machine *m, six_value a, six_value b) {
  if (six_is_string(a) && six_is_string(b)) return six_string_concat(m, six_as_string(a), six_as_string(b));
  return six_binary(m, SIX_OP_ADD, a, b);
}

static six_value increment(struct six_machine *m, six_value v, int by) {
  v = six_to_numeric(m, v);
  if (six_is_exception(v)) return v;
  if (six_is_bigint(v)) {
    six_value one = six_int(1);
    six_value big = six_call(m, six_object_value(six_intrinsic(m, SIX_I_BigInt)), SIX_UNDEFINED, 1, &one);
    return six_is_exception(big) ? big : six_binary(m, by > 0 ? SIX_OP_ADD : SIX_OP_SUB, v, big);
  }
  return six_number(six_as_number(v) + by);
}

// The key of a nullish base, for the message: V8 looks at the base first, and does not run an object's toString.
static six_key shown_key(struct six_machine *m, six_value key) {
  if (six_is_int(key) || six_is_symbol(key)) return key;
  if (!six_is_object(key)) return six_key_of_string(m, six_is_string(key) ? six_as_string(key) : six_to_string(m, key));
  struct six_text text = {0};
  six_describe_object(m, six_as_object(key), &text);
  struct six_string *s = six_string_utf8(m, text.bytes ? text.bytes : "", text.length);
  six_text_done(&text);
  return six_key_of_string(m, s);
}

static six_value get_elem_slow(struct six_machine *m, six_value object, six_value key, const struct six_node *node) {
  if (six_is_nullish(object)) {
    if (key == SIX_SYMBOL(m, iterator) && m->rules->cell[SIX_RULE_V8_WORDS] >= 2) {
      return six_throw_call_site(m, object, " is not iterable (cannot read property Symbol(Symbol.iterator))");
    }
    struct six_ic none = {.key = shown_key(m, key)};
    return six_ic_get(m, &none, object, node);
  }
  if (six_is_string(object) && six_is_int(key) && six_as_int(key) >= 0) {
    struct six_string *s = six_string_flat(m, six_as_string(object));
    uint32_t i = (uint32_t)six_as_int(key);
    if (i < s->length) {
      uint16_t unit = six_string_unit(s, i);
      return unit < 256 ? m->single_chars[unit] : six_string_value(six_string_utf16(m, &unit, 1));
    }
  }
  six_key k = six_to_key(m, key);
  return six_is_exception(k) ? k : six_get_v(m, object, k);
}

static int set_elem_slow(struct six_machine *m, six_value object, six_value key, six_value v, bool strict) {
  if (six_is_nullish(object)) {
    return six_set_v(m, object, shown_key(m, key), v, strict);
  }
  six_key k = six_to_key(m, key);
  return six_is_exception(k) ? -1 : six_set_v(m, object, k, v, strict);
}

static struct six_env *up_env(const struct six_frame *frame, uint32_t hops) {
  struct six_env *env = ((const struct six_function *)frame->function)->env;
  while (hops--) env = env->parent;
  return env;
}

static struct six_env *env_new(struct six_machine *m, struct six_env *parent, uint32_t count) {
  struct six_env *env = six_cell_raw(m, SIX_CELL_ENV, sizeof *env + count * sizeof env->slots[0]);
  env->parent = parent;
  env->count = count;
  for (uint32_t i = 0; i < count; i++) env->slots[i] = SIX_EMPTY;
  return env;
}

static six_value env_value(struct six_env *env) { return six_tagged(SIX_TAG_OBJECT, env); }  // internal: never seen by programs
static inline struct six_env *as_env(six_value v) { return six_as_pointer(v); }

// A counting loop without a body takes all its turns but the last at once, as far as the fuel goes.
static __attribute__((noinline)) void skip_turns(struct six_machine *m, six_value *counter, six_value limit, uint32_t how) {
  if (!six_is_int(*counter) || !six_is_int(limit)) return;
  int64_t i = six_as_int(*counter), end = six_as_int(limit), turns = how & SIX_TURNS_DOWN ? i - end : end - i;
  turns -= how & SIX_TURNS_TO_THE_END ? 1 : 2;
  if (turns > m->fuel) turns = m->fuel;
  if (turns <= 0) return;
  *counter = six_int((int32_t)(how & SIX_TURNS_DOWN ? i - turns : i + turns));
  m->fuel -= turns;
}

// Finds the handler for an exception at `pc` in the frame's code, or UINT32_MAX.
static uint32_t find_handler(const struct six_code *code, uint32_t pc) {
  for (uint32_t i = 0; i < code->handler_count; i++) {
    if (pc >= code->handlers[i].start && pc < code->handlers[i].end) return code->handlers[i].target;
  }
  return UINT32_MAX;
}

static six_value construct_failed(struct six_machine *m, const struct six_node *node) { return six_throw_not_constructor(m, node); }

static const struct six_node *node_at(const struct six_frame *frame, const uint64_t *pc) {
  return frame->code->nodes[pc - 1 - frame->code->ins];
}

// ---- The loop

// Parts of the instruction before `pc`. Where they can be read in place, that is cheaper than to take them out of a register.
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
static inline uint32_t two_bytes(const uint64_t *pc, int at) {
  uint16_t bytes;
  memcpy(&bytes, (const char *)(pc - 1) + at, sizeof bytes);
  return bytes;
}
static inline uint32_t upper_half(const uint64_t *pc) {
  uint32_t half;
  memcpy(&half, (const char *)(pc - 1) + 4, sizeof half);
  return half;
}
static inline uint32_t opcode(const uint64_t *pc) { return *(const uint8_t *)(pc - 1); }
static inline uint32_t operand_a(const uint64_t *pc) { return two_bytes(pc, 1); }
static inline uint32_t operand_b(const uint64_t *pc) { return two_bytes(pc, 3); }
#else
static inline uint32_t upper_half(const uint64_t *pc) { return (uint32_t)(pc[-1] >> 32); }
static inline uint32_t opcode(const uint64_t *pc) { return pc[-1] & 0xFF; }
static inline uint32_t operand_a(const uint64_t *pc) { return (uint32_t)(pc[-1] >> 8) & 0xFFFF; }
static inline uint32_t operand_b(const uint64_t *pc) { return (uint32_t)(pc[-1] >> 24) & 0xFFFF; }
#endif
static inline uint32_t operand_c(const uint64_t *pc) { return upper_half(pc) >> 8; }
static inline int64_t operand_sc(const uint64_t *pc) { return (int32_t)upper_half(pc) >> 8; }
static inline int32_t operand_imm(const uint64_t *pc) { return (int32_t)upper_half(pc); }

six_value six_interpret(struct six_machine *m) {
  static void *const labels[] = {
#define O(name) &&op_##name,
      SIX_OPS(O)
#undef O
  };
  struct six_frame *frame = m->frame;
  six_value *R = frame->registers;
  const uint64_t *pc = frame->pc;
  if (m->native_depth++ > NATIVE_DEPTH_MAX) {
    overflow(m);
    goto throw_;
  }
  if (frame->flags & SIX_FRAME_THROWING) {
    frame->flags &= (uint16_t)~SIX_FRAME_THROWING;
    goto throw_;
  }

#define A operand_a(pc)
#define B operand_b(pc)
#define C operand_c(pc)
#define SC operand_sc(pc)
#define IMM operand_imm(pc)
#define NEXT                  \
  do {                        \
    pc++;                     \
    goto *labels[opcode(pc)]; \
  } while (0)
#define OP(name) op_##name
#define K(i) (frame->code->consts[i])
#define NODE (frame->code->nodes[pc - 1 - frame->code->ins])
#define SAVE() (frame->pc = pc)
#define RELOAD() (frame = m->frame, R = frame->registers, pc = frame->pc)
// The frame is done, or suspended: its caller gets the value, C or the code that called.
#define LEAVE(v)                                             \
  do {                                                       \
    uint16_t flags_ = frame->flags, result_ = frame->result; \
    pop_frame(m);                                            \
    if (flags_ & SIX_FRAME_ENTRY) {                          \
      m->native_depth--;                                     \
      return v;                                              \
    }                                                        \
    RELOAD();                                                \
    R[result_] = v;                                          \
    NEXT;                                                    \
  } while (0)
#define TRY(v)                                         \
  do {                                                 \
    six_value try_ = (v);                              \
    if (unlikely(six_is_exception(try_))) goto throw_; \
    R[A] = try_;                                       \
  } while (0)
#define CHECKED(e)                   \
  do {                               \
    if (unlikely(!(e))) goto throw_; \
  } while (0)
#define SAFEPOINT()                \
  do {                             \
    if (unlikely(--m->fuel < 0)) { \
      SAVE();                      \
      m->host->out_of_fuel(m);     \
      if (m->stop) goto throw_;    \
    }                              \
    if (unlikely(m->gc_wanted)) {  \
      SAVE();                      \
      six_heap_safepoint(m);       \
      if (m->stop) goto throw_;    \
    }                              \
  } while (0)
#define JUMP_BY(off)                     \
  do {                                   \
    int64_t off_ = (off);                \
    pc += off_;                          \
    if (off_ < 0) {                      \
      m->effort += (uint64_t)-off_ >> 2; \
      SAFEPOINT();                       \
    }                                    \
  } while (0)

// The same for a jump that is known to go back.
#define BACK_BY(off)                    \
  do {                                  \
    int64_t back_ = (off);              \
    pc += back_;                        \
    m->effort += (uint64_t)-back_ >> 2; \
    SAFEPOINT();                        \
  } while (0)

  NEXT;

  OP(MOVE) : R[A] = R[B];
  NEXT;
  OP(LOADK) : R[A] = frame->code->consts[C];
  NEXT;
  OP(LOADI) : R[A] = six_int(IMM);
  NEXT;
  OP(LOADS) : R[A] = SIX_SPECIAL(B);
  NEXT;
  OP(NEW_ENV) : {
    struct six_env *parent = B == SIX_NO_REG ? ((struct six_function *)frame->function)->env : as_env(R[B]);
    R[A] = env_value(env_new(m, parent, C));
    NEXT;
  }
  OP(COPY_ENV) : {
    struct six_env *old = as_env(R[A]), *copy = env_new(m, old->parent, old->count);
    memcpy(copy->slots, old->slots, old->count * sizeof old->slots[0]);
    R[A] = env_value(copy);
    NEXT;
  }
  OP(GET_ENV) : R[A] = as_env(R[B])->slots[C];
  NEXT;
  OP(GET_ENV_CHECK) : {
    six_value v = as_env(R[B])->slots[C];
    if (unlikely(v == SIX_EMPTY)) goto uninitialised;
    R[A] = v;
    NEXT;
  }
  OP(SET_ENV) : as_env(R[B])->slots[C] = R[A];
  NEXT;
  OP(SET_ENV_CHECK) : if (unlikely(as_env(R[B])->slots[C] == SIX_EMPTY)) goto uninitialised;
  as_env(R[B])->slots[C] = R[A];
  NEXT;
  OP(GET_UP) : R[A] = up_env(frame, B)->slots[C];
  NEXT;
  OP(GET_UP_CHECK) : {
    six_value v = up_env(frame, B)->slots[C];
    if (unlikely(v == SIX_EMPTY)) goto uninitialised;
    R[A] = v;
    NEXT;
  }
  OP(SET_UP) : up_env(frame, B)->slots[C] = R[A];
  NEXT;
  OP(SET_UP_CHECK) : {
    struct six_env *env = up_env(frame, B);
    if (unlikely(env->slots[C] == SIX_EMPTY)) goto uninitialised;
    env->slots[C] = R[A];
    NEXT;
  }
  OP(UP_ENV) : R[A] = env_value(up_env(frame, B));
  NEXT;
  OP(GET_IMPORT) : {
    struct six_env *env = as_env(R[B]);
    six_value target = env->slots[C];
    six_value v = target == SIX_EMPTY ? SIX_EMPTY : as_env(target)->slots[six_as_int(env->slots[C + 1])];
    if (unlikely(v == SIX_EMPTY)) goto uninitialised;
    R[A] = v;
    NEXT;
  }
  OP(CHECK) : if (unlikely(R[A] == SIX_EMPTY)) goto uninitialised;
  NEXT;
  OP(THROW_TARGET) : {
    static const char *const texts[] = {" in assignment", " expression in postfix operation", " expression in prefix operation",
                                        " in for-loop"};
    SAVE();
    six_throw_reference(m, "Invalid left-hand side%s", texts[A]);
    goto throw_;
  }
  OP(THROW_CONST) : SAVE();
  six_throw_type(m, "Assignment to %s variable.", A ? "using" : "constant");
  goto throw_;
  OP(GET_GLOBAL) : {
    struct six_ic *ic = &frame->code->ics[C];
    struct six_object *global = m->intrinsics[SIX_I_Global];
    if (likely(global && global->shape == ic->shape)) {
      R[A] = global->slots[ic->slot];
      NEXT;
    }
    SAVE();
    TRY(six_ic_get_global(m, ic, false));
    NEXT;
  }
  OP(GET_GLOBAL_SOFT) : SAVE();
  TRY(six_ic_get_global(m, &frame->code->ics[C], true));
  NEXT;
  OP(SET_GLOBAL) : SAVE();
  CHECKED(six_ic_set_global(m, &frame->code->ics[C], R[A], false) >= 0);
  NEXT;
  OP(SET_GLOBAL_STRICT) : SAVE();
  CHECKED(six_ic_set_global(m, &frame->code->ics[C], R[A], true) >= 0);
  NEXT;
  OP(GET_LENGTH) : {
    six_value v = R[B];
    if (six_is_object(v) && six_as_object(v)->cell.class_ == SIX_CLASS_ARRAY) {
      R[A] = six_number(six_as_object(v)->array_length);
      NEXT;
    }
    if (six_is_string(v)) {
      R[A] = six_int((int32_t)six_as_string(v)->length);
      NEXT;
    }
    goto get_field;
  }
  OP(GET_FIELD) : get_field : {
    struct six_ic *ic = &frame->code->ics[C];
    six_value v = R[B];
    if (likely(six_is_object(v))) {
      struct six_object *o = six_as_object(v);
      if (likely(o->shape == ic->shape)) {
        if (!ic->holder) {
          R[A] = o->slots[ic->slot];
          NEXT;
        }
        if (likely(ic->epoch == m->proto_epoch)) {
          R[A] = ic->holder->slots[ic->slot];
          NEXT;
        }
      }
    }
    SAVE();
    TRY(six_ic_get(m, ic, v, NODE));
    NEXT;
  }
  OP(SET_FIELD) : {
    struct six_ic *ic = &frame->code->ics[C];
    six_value v = R[A];
    if (likely(six_is_object(v))) {
      struct six_object *o = six_as_object(v);
      if (likely(o->shape == ic->shape)) {
        if (!ic->next) {
          o->slots[ic->slot] = R[B];
          NEXT;
        }
        if (likely(ic->epoch == m->proto_epoch && ic->slot < o->slot_capacity)) {
          o->shape = ic->next;
          o->slots[ic->slot] = R[B];
          NEXT;
        }
      }
    }
    SAVE();
    CHECKED(six_ic_set(m, ic, v, R[B], frame->code->strict, NODE) >= 0);
    NEXT;
  }
  OP(GET_ELEM) : {
    six_value v = R[B], key = R[C];
    if (likely(six_is_object(v) && six_is_int(key))) {
      struct six_object *o = six_as_object(v);
      uint32_t i = (uint32_t)six_as_int(key);
      if (likely(i < o->element_count && !(o->cell.flags & SIX_OBJECT_EXOTIC) && o->elements[i] != SIX_EMPTY)) {
        R[A] = o->elements[i];
        NEXT;
      }
    }
    SAVE();
    TRY(get_elem_slow(m, v, key, NODE));
    NEXT;
  }
  OP(SET_ELEM) : {
    six_value v = R[A], key = R[B];
    if (likely(six_is_object(v) && six_is_int(key))) {
      struct six_object *o = six_as_object(v);
      uint32_t i = (uint32_t)six_as_int(key);
      if (likely(!(o->cell.flags & SIX_OBJECT_EXOTIC))) {
        if (likely(i < o->element_count && o->elements[i] != SIX_EMPTY)) {
          o->elements[i] = R[C];
          NEXT;
        }
      }
    }
    SAVE();
    CHECKED(set_elem_slow(m, v, key, R[C], frame->code->strict) >= 0);
    NEXT;
  }
  OP(DELETE_ELEM) : {
    SAVE();
    six_value v = R[B];
    if (six_is_nullish(v)) {
      six_throw_type(m, "Cannot convert undefined or null to object");
      goto throw_;
    }
    six_key key = six_to_key(m, R[C]);
    if (six_is_exception(key)) goto throw_;
    struct six_object *o = six_to_object(m, v);
    CHECKED(o);
    int done = six_delete(m, o, key, frame->code->strict);
    CHECKED(done >= 0);
    R[A] = six_boolean(done);
    NEXT;
  }
  OP(GET_SUPER) : {
    SAVE();
    six_key key = six_to_key(m, R[A + 2]);
    if (six_is_exception(key)) goto throw_;
    struct six_object *home = six_is_object(R[A]) ? six_get_prototype(m, six_as_object(R[A])) : NULL;
    if (!home) {
      six_get_v(m, SIX_NULL, key);
      goto throw_;
    }
    TRY(six_get_with(m, home, key, R[A + 1]));
    NEXT;
  }
  OP(SET_SUPER) : {
    SAVE();
    six_key key = six_to_key(m, R[A + 2]);
    if (six_is_exception(key)) goto throw_;
    struct six_object *home = six_is_object(R[A]) ? six_get_prototype(m, six_as_object(R[A])) : NULL;
    if (!home) {
      six_set_v(m, SIX_NULL, key, R[A + 3], true);
      goto throw_;
    }
    CHECKED(six_set_with(m, home, key, R[A + 3], R[A + 1], frame->code->strict) >= 0);
    NEXT;
  }
  OP(GET_PRIVATE) : SAVE();
  TRY(six_step_private_get(m, R[B], R[C]));
  NEXT;
  OP(SET_PRIVATE) : SAVE();
  CHECKED(six_step_private_set(m, R[A], R[B], R[C]));
  NEXT;
  OP(ADD_PRIVATE) : SAVE();
  CHECKED(six_step_private_add(m, R[A], R[B], R[C], 0));
  NEXT;
  OP(ADD_PRIVATE_METHOD) : SAVE();
  CHECKED(six_step_private_add(m, R[A], R[B], R[C], 1));
  NEXT;
  OP(ADD_PRIVATE_ACCESSOR) : SAVE();
  CHECKED(six_step_private_add(m, R[A], R[B], R[B + 1], C ? 3 : 2));
  NEXT;
  OP(HAS_PRIVATE) : {
    SAVE();
    int has = six_step_private_has(m, R[C], R[B]);
    CHECKED(has >= 0);
    R[A] = six_boolean(has);
    NEXT;
  }
  OP(PRIVATE_NAME) : {
    struct six_symbol *symbol = six_symbol_new(m, frame->code->consts[C & 0xFFFFF]);
    symbol->is_private = true;
    symbol->private_kind = (uint8_t)(C >> 20);
    symbol->owner = frame->code->consts[B];
    R[A] = six_symbol_value(symbol);
    NEXT;
  }

// Each binary operator has a form for two registers and one (K) whose right operand is a constant; some have one (I) where it
// is an integer in the instruction.
#define BINARY_WITH(name, right, op_id, int_case, double_result)               \
  OP(name) : {                                                                 \
    six_value x = R[B], y = (right);                                           \
    if (likely(six_is_int(x) && six_is_int(y))) {                              \
      int32_t ix = six_as_int(x), iy = six_as_int(y), r;                       \
      (void)ix, (void)iy, (void)r;                                             \
      int_case                                                                 \
    }                                                                          \
    if (likely(six_is_number(x) && six_is_number(y))) {                        \
      double dx = six_as_number(x), dy = six_as_number(y);                     \
      R[A] = double_result;                                                    \
      NEXT;                                                                    \
    }                                                                          \
    SAVE();                                                                    \
    TRY(op_id == SIX_OP_ADD ? add_slow(m, x, y) : six_binary(m, op_id, x, y)); \
    NEXT;                                                                      \
  }
#define BINARY(name, op_id, int_case, double_result) \
  BINARY_WITH(name, R[C], op_id, int_case, double_result) BINARY_WITH(name##K, K(C), op_id, int_case, double_result)
#define BINARY_AND_INT(name, op_id, int_case, double_result) \
  BINARY(name, op_id, int_case, double_result) BINARY_WITH(name##I, six_int((int32_t)SC), op_id, int_case, double_result)
#define INT_IF(condition, result) \
  if (likely(condition)) {        \
    R[A] = six_int(result);       \
    NEXT;                         \
  }
#define INT32(d) six_double_to_int32(d)
  BINARY_AND_INT(ADD, SIX_OP_ADD, INT_IF(!__builtin_sadd_overflow(ix, iy, &r), r), six_number(dx + dy))
  BINARY_AND_INT(SUB, SIX_OP_SUB, INT_IF(!__builtin_ssub_overflow(ix, iy, &r), r), six_number(dx - dy))
  BINARY_AND_INT(MUL, SIX_OP_MUL, INT_IF(!__builtin_smul_overflow(ix, iy, &r) && (r != 0 || (ix >= 0 && iy >= 0)), r), six_number(dx * dy))
  BINARY(DIV, SIX_OP_DIV, , six_number(dx / dy))
  BINARY_AND_INT(MOD, SIX_OP_MOD, INT_IF(ix >= 0 && iy > 0, ix % iy), six_number(six_fmod(dx, dy)))
  BINARY(EXP, SIX_OP_EXP, , six_number(six_pow(dx, dy)))
  BINARY_AND_INT(SHL, SIX_OP_SHL, INT_IF(true, (int32_t)((uint32_t)ix << (iy & 31))),
                 six_int((int32_t)((uint32_t)INT32(dx) << (INT32(dy) & 31))))
  BINARY_AND_INT(SHR, SIX_OP_SHR, INT_IF(true, ix >> (iy & 31)), six_int(INT32(dx) >> (INT32(dy) & 31)))
  BINARY(USHR, SIX_OP_USHR, , six_number((double)((uint32_t)INT32(dx) >> (INT32(dy) & 31))))
  BINARY_AND_INT(BIT_AND, SIX_OP_BIT_AND, INT_IF(true, ix & iy), six_int(INT32(dx) & INT32(dy)))
  BINARY_AND_INT(BIT_OR, SIX_OP_BIT_OR, INT_IF(true, ix | iy), six_int(INT32(dx) | INT32(dy)))
  BINARY(BIT_XOR, SIX_OP_BIT_XOR, INT_IF(true, ix ^ iy), six_int(INT32(dx) ^ INT32(dy)))

#define COMPARE(x, y, op, op_id, result)                                                                  \
  do {                                                                                                    \
    if (likely(six_is_int(x) && six_is_int(y))) result = six_as_int(x) op six_as_int(y);                  \
    else if (likely(six_is_number(x) && six_is_number(y))) result = six_as_number(x) op six_as_number(y); \
    else {                                                                                                \
      SAVE();                                                                                             \
      six_value cmp_ = compare_slow(m, op_id, x, y);                                                      \
      if (unlikely(six_is_exception(cmp_))) goto throw_;                                                  \
      result = cmp_ == SIX_TRUE;                                                                          \
    }                                                                                                     \
  } while (0)
#define COMPARE_OP_WITH(name, right, op, op_id) \
  OP(name) : {                                  \
    bool r;                                     \
    six_value x = R[B], y = (right);            \
    COMPARE(x, y, op, op_id, r);                \
    R[A] = six_boolean(r);                      \
    NEXT;                                       \
  }
#define COMPARE_OP(name, op, op_id) COMPARE_OP_WITH(name, R[C], op, op_id) COMPARE_OP_WITH(name##K, K(C), op, op_id)
#define COMPARE_JUMP_WITH(name, right, op, op_id, when) \
  OP(name) : {                                          \
    bool r;                                             \
    six_value x = R[A], y = (right);                    \
    COMPARE(x, y, op, op_id, r);                        \
    if (r == (when)) JUMP_BY(SC);                       \
    NEXT;                                               \
  }
#define COMPARE_JUMP(name, op, op_id, when) COMPARE_JUMP_WITH(name, R[B], op, op_id, when) COMPARE_JUMP_WITH(name##K, K(B), op, op_id, when)
  COMPARE_OP(LT, <, SIX_OP_LT)
  COMPARE_OP(LE, <=, SIX_OP_LE)
  COMPARE_OP(GT, >, SIX_OP_GT)
  COMPARE_OP(GE, >=, SIX_OP_GE)
  COMPARE_JUMP(JLT, <, SIX_OP_LT, true)
  COMPARE_JUMP(JLE, <=, SIX_OP_LE, true)
  COMPARE_JUMP(JGT, >, SIX_OP_GT, true)
  COMPARE_JUMP(JGE, >=, SIX_OP_GE, true)
  COMPARE_JUMP(JNLT, <, SIX_OP_LT, false)
  COMPARE_JUMP(JNLE, <=, SIX_OP_LE, false)
  COMPARE_JUMP(JNGT, >, SIX_OP_GT, false)
  COMPARE_JUMP(JNGE, >=, SIX_OP_GE, false)

#define STEP_JUMP_WITH(name, right, is_int, by, op) \
  OP(name) : {                                      \
    six_value x = R[A], y = (right);                \
    if (likely(six_is_int(x) && (is_int))) {        \
      int64_t i = (int64_t)six_as_int(x) + (by);    \
      if (likely(i op six_as_int(y))) {             \
        R[A] = six_int((int32_t)i);                 \
        BACK_BY(SC);                                \
      }                                             \
    }                                               \
    NEXT;                                           \
  }
#define STEP_JUMP(name, by, op) STEP_JUMP_WITH(name, R[B], six_is_int(y), by, op) STEP_JUMP_WITH(name##K, K(B), true, by, op)
  STEP_JUMP(INC_JLT, 1, <)
  STEP_JUMP(INC_JLE, 1, <=)
  STEP_JUMP(DEC_JGT, -1, >)
  STEP_JUMP(DEC_JGE, -1, >=)
  OP(TURNS) : skip_turns(m, &R[A], C & SIX_TURNS_CONSTANT ? K(B) : R[B], C);
  NEXT;

#define SAME(x, y)                                                                               \
  ((x) == (y)                                                                   ? (x) != SIX_NAN \
   : (six_is_int(x) && six_is_int(y)) || (six_is_object(x) && six_is_object(y)) ? false          \
                                                                                : six_strict_equal(m, x, y))
#define LOOSE(x, y, result)                  \
  do {                                       \
    if (six_is_int(x) && six_is_int(y)) {    \
      result = (x) == (y);                   \
    } else {                                 \
      SAVE();                                \
      result = six_loose_equal(m, x, y);     \
      if (unlikely(result < 0)) goto throw_; \
    }                                        \
  } while (0)
#define EQUALITY_WITH(name, jump_name, right, jump_right, equal, when) \
  OP(name) : {                                                         \
    int r;                                                             \
    six_value x = R[B], y = (right);                                   \
    equal(x, y, r);                                                    \
    R[A] = six_boolean(!!r == (when));                                 \
    NEXT;                                                              \
  }                                                                    \
  OP(jump_name) : {                                                    \
    int r;                                                             \
    six_value x = R[A], y = (jump_right);                              \
    equal(x, y, r);                                                    \
    if (!!r == (when)) JUMP_BY(SC);                                    \
    NEXT;                                                              \
  }
#define EQUALITY(name, equal, when) \
  EQUALITY_WITH(name, J##name, R[C], R[B], equal, when) EQUALITY_WITH(name##K, J##name##K, K(C), K(B), equal, when)
#define STRICT(x, y, result) (result = SAME(x, y))
  EQUALITY(SEQ, STRICT, true)
  EQUALITY(SNE, STRICT, false)
  EQUALITY(EQ, LOOSE, true)
  EQUALITY(NE, LOOSE, false)
  OP(IN) : {
    SAVE();
    int r = six_in(m, R[B], R[C]);
    CHECKED(r >= 0);
    R[A] = six_boolean(r);
    NEXT;
  }
  OP(INSTANCEOF) : {
    SAVE();
    int r = six_instance_of(m, R[B], R[C]);
    CHECKED(r >= 0);
    R[A] = six_boolean(r);
    NEXT;
  }
#define TRUTHY(v)                                                        \
  ((v) == SIX_TRUE                                               ? true  \
   : (v) == SIX_FALSE || (v) == SIX_UNDEFINED || (v) == SIX_NULL ? false \
   : six_is_object(v)                                            ? true  \
                                                                 : six_to_boolean(v))
  OP(NOT) : {
    six_value v = R[B];
    R[A] = six_boolean(!TRUTHY(v));
    NEXT;
  }
  OP(NEG) : {
    six_value v = R[B];
    if (likely(six_is_int(v) && six_as_int(v) != 0 && six_as_int(v) != INT32_MIN)) {
      R[A] = six_int(-six_as_int(v));
      NEXT;
    }
    SAVE();
    TRY(six_unary_minus(m, v));
    NEXT;
  }
  OP(PLUS) : {
    six_value v = R[B];
    if (likely(six_is_number(v))) {
      R[A] = v;
      NEXT;
    }
    SAVE();
    double d;
    if (six_is_bigint(v)) {
      six_throw_type(m, "Cannot convert a BigInt value to a number");
      goto throw_;
    }
    CHECKED(six_to_number(m, v, &d));
    R[A] = six_number(d);
    NEXT;
  }
  OP(BIT_NOT) : SAVE();
  TRY(six_bit_not(m, R[B]));
  NEXT;
  OP(TYPEOF) : R[A] = six_typeof(m, R[B]);
  NEXT;
  OP(INC) : {
    six_value v = R[B];
    if (likely(six_is_int(v) && six_as_int(v) != INT32_MAX)) {
      R[A] = six_int(six_as_int(v) + 1);
      NEXT;
    }
    SAVE();
    TRY(increment(m, v, 1));
    NEXT;
  }
  OP(DEC) : {
    six_value v = R[B];
    if (likely(six_is_int(v) && six_as_int(v) != INT32_MIN)) {
      R[A] = six_int(six_as_int(v) - 1);
      NEXT;
    }
    SAVE();
    TRY(increment(m, v, -1));
    NEXT;
  }
  OP(TO_NUMERIC) : {
    six_value v = R[B];
    if (likely(six_is_number(v))) {
      R[A] = v;
      NEXT;
    }
    SAVE();
    TRY(six_to_numeric(m, v));
    NEXT;
  }
  OP(TO_KEY) : {
    six_value v = R[B];
    if (six_is_string(v) || six_is_symbol(v) || six_is_int(v)) {
      R[A] = v;
      NEXT;
    }
    SAVE();
    six_key key = six_to_key(m, v);
    if (six_is_exception(key)) goto throw_;
    R[A] = six_key_to_value(m, key);
    NEXT;
  }
  OP(TEMPLATE) : {
    if (C == 1 && six_is_string(R[B])) {
      R[A] = R[B];
      NEXT;
    }
    SAVE();
    TRY(six_step_template(m, &R[B], C));
    NEXT;
  }
  OP(JUMP) : JUMP_BY(SC);
  NEXT;
  OP(JTRUE) : {
    six_value v = R[A];
    if (TRUTHY(v)) JUMP_BY(SC);
    NEXT;
  }
  OP(JFALSE) : {
    six_value v = R[A];
    if (!TRUTHY(v)) JUMP_BY(SC);
    NEXT;
  }
  OP(JNULLISH) : if (six_is_nullish(R[A])) JUMP_BY(SC);
  NEXT;
  OP(JNOT_NULLISH) : if (!six_is_nullish(R[A])) JUMP_BY(SC);
  NEXT;
  OP(JUNDEFINED) : if (R[A] == SIX_UNDEFINED) JUMP_BY(SC);
  NEXT;
  OP(JNOT_UNDEFINED) : if (R[A] != SIX_UNDEFINED) JUMP_BY(SC);
  NEXT;
  OP(JNEI) : if (R[A] != six_int((int32_t)B)) JUMP_BY(SC);
  NEXT;

  OP(CALL) : {
    six_value callee = R[A];
    if (likely(six_is_callable(callee))) {
      struct six_object *o = six_as_object(callee);
      SAVE();
      if (likely(o->cell.class_ == SIX_CLASS_FUNCTION)) {
        struct six_function *f = (struct six_function *)o;
        if (likely(!f->code->class_constructor)) {
          six_value receiver = C & SIX_CALL_NO_RECEIVER ? SIX_UNDEFINED : R[A + 1];
          uint16_t flags = C & SIX_CALL_UNUSED ? SIX_FRAME_UNUSED : 0, result = (uint16_t)(C >> SIX_CALL_RESULT);
          if (likely(f->code->is_plain && has_room(m, f->code, &R[A + 2], B))) {
            fill_frame(m, f, &R[A + 2], receiver, SIX_UNDEFINED, B, flags, result);
          } else if (unlikely(!push_frame_at(m, f, &R[A + 2], receiver, SIX_UNDEFINED, B, flags, result))) {
            goto throw_;
          }
          RELOAD();
          SAFEPOINT();
          NEXT;
        }
      } else if (likely(o->cell.class_ == SIX_CLASS_NATIVE)) {
        if (unlikely(m->native_depth > NATIVE_DEPTH_MAX)) {
          overflow(m);
          goto throw_;
        }
        six_value receiver = C & SIX_CALL_NO_RECEIVER ? SIX_UNDEFINED : R[A + 1];
        six_value v = call_native(m, o, receiver, SIX_UNDEFINED, (int)B, &R[A + 2], C & SIX_CALL_UNUSED);
        if (unlikely(six_is_exception(v))) goto throw_;
        R[C >> SIX_CALL_RESULT] = v;
        NEXT;
      }
      six_value v = six_call(m, callee, C & SIX_CALL_NO_RECEIVER ? SIX_UNDEFINED : R[A + 1], (int)B, &R[A + 2]);
      if (unlikely(six_is_exception(v))) goto throw_;
      R[C >> SIX_CALL_RESULT] = v;
      NEXT;
    }
    SAVE();
    six_throw_callee(m, NODE, callee);
    goto throw_;
  }
  OP(NEW) : {
    SAVE();
    six_value callee = R[A];
    if (unlikely(!six_is_constructor(callee))) {
      construct_failed(m, NODE);
      goto throw_;
    }
    if (six_as_object(callee)->cell.class_ == SIX_CLASS_FUNCTION) {
      struct six_function *f = (struct six_function *)six_as_object(callee);
      six_value self = constructor_this(m, f, callee);
      if (unlikely(six_is_exception(self))) goto throw_;
      if (unlikely(!push_frame_at(m, f, &R[A + 2], self, callee, B, SIX_FRAME_CONSTRUCT, (uint16_t)A))) goto throw_;
      RELOAD();
      SAFEPOINT();
      NEXT;
    }
    TRY(six_construct(m, callee, (int)B, &R[A + 2], callee));
    NEXT;
  }
  OP(APPLY) : {
    SAVE();
    if (unlikely(!six_is_callable(R[A]))) {
      six_throw_callee(m, NODE, R[A]);
      goto throw_;
    }
    struct six_object *array = six_as_object(R[A + 2]);
    TRY(six_call(m, R[A], R[A + 1], (int)array->element_count, array->elements));
    NEXT;
  }
  OP(NEW_APPLY) : {
    SAVE();
    if (unlikely(!six_is_constructor(R[A]))) {
      construct_failed(m, NODE);
      goto throw_;
    }
    struct six_object *array = six_as_object(R[A + 2]);
    TRY(six_construct(m, R[A], (int)array->element_count, array->elements, R[A]));
    NEXT;
  }
  OP(SUPER_CALL) : {
    SAVE();
    six_value parent = six_step_super_parent(m, R[A + 1], NODE);
    if (six_is_exception(parent)) goto throw_;
    TRY(six_construct(m, parent, (int)B, &R[A + 2], R[A]));
    NEXT;
  }
  OP(SUPER_APPLY) : {
    SAVE();
    six_value parent = six_step_super_parent(m, R[A + 1], NODE);
    if (six_is_exception(parent)) goto throw_;
    struct six_object *array = six_as_object(R[A + 2]);
    TRY(six_construct(m, parent, (int)array->element_count, array->elements, R[A]));
    NEXT;
  }
  OP(BIND_THIS) : if (unlikely(R[A] != SIX_EMPTY)) {
    SAVE();
    six_throw_reference(m, "Super constructor may only be called once");
    goto throw_;
  }
  NEXT;
  six_value returned;
  OP(RETURN_UNDEFINED) : returned = SIX_UNDEFINED;
  goto return_;
  OP(RETURN) : returned = R[A];
return_ : {
  six_value v = returned;
  if (unlikely(frame->flags & SIX_FRAME_CONSTRUCT) && !six_is_object(v)) {
    if (!frame->code->derived) {
      v = frame->this_value;
    } else {
      SAVE();
      six_throw_type(m, "Derived constructors may only return object or undefined");
      goto throw_;
    }
  }
  if (unlikely(frame->co != NULL)) {
    struct six_coroutine *co = frame->co;
    bool resumed = frame->flags & SIX_FRAME_RESUMED;
    if (frame->code->kind == SIX_KIND_ASYNC) {
      six_async_finish(m, co, v, false);
      v = resumed || !co->result ? SIX_UNDEFINED : six_object_value(co->result);
    } else if (frame->code->kind == SIX_KIND_GENERATOR) {
      co->state = SIX_CO_DONE;
    } else {
      co->state = SIX_CO_DONE;
      six_async_generator_yield(m, co, v, true);
      v = SIX_UNDEFINED;
    }
  }
  if (frame->flags & SIX_FRAME_ENTRY && likely(!m->tracing)) {
    m->frame--;
    m->stack_top = R;  // where it was when C called
    m->native_depth--;
    return v;
  }
  LEAVE(v);
}
  OP(THROW) : SAVE();
  m->exception = R[A];
  if (NODE && NODE->type == SIX_N_THROW) m->thrown = SIX_EMPTY;  // the end of a finally block throws on, it does not throw
  goto throw_;
  OP(CLOSURE) : {
    struct six_env *env = B == SIX_NO_REG ? ((struct six_function *)frame->function)->env : as_env(R[B]);
    R[A] = six_object_value(&six_function_new(m, frame->code->children[C], env)->object);
    NEXT;
  }
  OP(NEW_OBJECT) : R[A] = six_object_value(six_object_new_shaped(m, m->object_shape, C < 4 ? 4 : C > 64 ? 64 : C));
  NEXT;
  OP(NEW_ARRAY) : R[A] = six_object_value(six_array_new(m, C));
  NEXT;
  OP(ARRAY_PUSH) : six_array_push(m, six_as_object(R[A]), R[B]);
  NEXT;
  OP(ARRAY_SPREAD) : SAVE();
  CHECKED(six_step_array_spread(m, six_as_object(R[A]), R[B], NODE, (enum six_iteration_site)C));
  NEXT;
  OP(DEFINE_FIELD) : {
    struct six_ic *ic = &frame->code->ics[C];
    struct six_object *o = six_as_object(R[A]);
    if (likely(o->shape == ic->shape && ic->slot < o->slot_capacity)) {
      o->shape = ic->next;
      o->slots[ic->slot] = R[B];
      NEXT;
    }
    six_ic_define(m, ic, o, R[B]);
    NEXT;
  }
  OP(DEFINE_ELEM) : {
    SAVE();
    six_key key = six_to_key(m, R[B]);
    if (six_is_exception(key)) goto throw_;
    CHECKED(six_create_data(m, six_as_object(R[A]), key, R[C]) >= 0);
    NEXT;
  }
  OP(DEFINE_METHOD) : {
    SAVE();
    six_key key = six_to_key(m, R[B]);
    if (six_is_exception(key)) goto throw_;
    struct six_descriptor d = {.attrs = C ? SIX_DATA_ALL : SIX_HIDDEN, .has = SIX_DATA_ALL | SIX_HAS_VALUE, .value = R[B + 1]};
    CHECKED(six_define_own(m, six_as_object(R[A]), key, &d, true) >= 0);
    NEXT;
  }
  OP(DEFINE_ACCESSOR) : SAVE();
  CHECKED(six_step_define_accessor(m, six_as_object(R[A]), R[B], R[B + 1], C));
  NEXT;
  OP(SET_PROTO) : if (six_is_object(R[B]) || R[B] == SIX_NULL) {
    SAVE();
    CHECKED(six_set_prototype(m, six_as_object(R[A]), R[B] == SIX_NULL ? NULL : six_as_object(R[B]), true) >= 0);
  }
  NEXT;
  OP(SET_HOME) : ((struct six_function *)six_as_object(R[A]))->home = six_as_object(R[B]);
  NEXT;
  OP(SET_NAME) : six_step_set_name(m, R[A], R[B], C);
  NEXT;
  OP(OBJECT_SPREAD) : SAVE();
  CHECKED(six_step_object_spread(m, six_as_object(R[A]), R[B], NULL));
  NEXT;
  OP(OBJECT_REST) : {
    SAVE();
    struct six_object *rest = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
    six_value source = R[B];
    six_root(m, six_object_value(rest));
    bool ok = six_step_object_spread(m, rest, source, six_as_object(R[C]));
    m->roots_count--;
    CHECKED(ok);
    R[A] = six_object_value(rest);
    NEXT;
  }
  OP(REGEXP) : {
    SAVE();
    TRY(six_regexp_new(m, six_as_string(frame->code->consts[C]), six_as_string(frame->code->consts[C + 1])));
    NEXT;
  }
  OP(TEMPLATE_OBJECT) : R[A] = six_step_template_object(m, frame->code, C);
  NEXT;
  OP(CLASS) : {
    SAVE();
    struct six_env *env = B == SIX_NO_REG ? ((struct six_function *)frame->function)->env : as_env(R[B]);
    CHECKED(six_step_class(m, &R[A], frame->code->children[C], env));
    NEXT;
  }
  OP(SET_FIELDS) : ((struct six_function *)six_as_object(R[A]))->fields = R[B];
  NEXT;
  OP(RUN_FIELDS) : SAVE();
  CHECKED(six_step_run_fields(m, R[A], R[B]));
  NEXT;

  OP(ITER_OPEN) : SAVE();
  CHECKED(six_step_open_iterator(m, &R[A], R[B], NODE, (enum six_iteration_site)C));
  NEXT;
  OP(ITER_NEXT) : {
    // The array fast path: R[A] the array, R[A+1] an int, its position.
    if (likely(six_is_int(R[A + 1]))) {
      struct six_object *array = six_as_object(R[A]);
      uint32_t i = (uint32_t)six_as_int(R[A + 1]);
      if (i < array->element_count && array->elements[i] != SIX_EMPTY) {
        R[B] = array->elements[i];
        R[A + 1] = six_int((int32_t)i + 1);
        NEXT;
      }
    }
    SAVE();
    int r = six_step_next(m, &R[A], &R[B]);
    CHECKED(r >= 0);
    if (!r) pc += SC;
    NEXT;
  }
  OP(ITER_VALUE) : {
    SAVE();
    if (R[A + 2] == SIX_TRUE) {
      R[B] = SIX_UNDEFINED;
      NEXT;
    }
    int r = six_step_next(m, &R[A], &R[B]);
    CHECKED(r >= 0);
    if (!r) R[B] = SIX_UNDEFINED;
    NEXT;
  }
  OP(ITER_REST) : SAVE();
  CHECKED(six_step_rest(m, &R[A], &R[B]));
  NEXT;
  OP(ITER_CLOSE) : SAVE();
  CHECKED(six_step_close(m, &R[A]));
  NEXT;
  OP(ITER_CLOSE_THROW) : SAVE();
  six_step_close_throw(m, &R[A]);
  if (m->stop) goto throw_;
  NEXT;
  OP(ASYNC_ITER_OPEN) : SAVE();
  CHECKED(six_step_open_async(m, &R[A], R[B], NODE));
  NEXT;
  OP(ITER_CALL) : {
    SAVE();
    R[A + 2] = SIX_TRUE;  // a throwing next leaves the iterator alone
    if (!six_is_callable(R[A + 1])) {
      six_throw_next(m, NULL, R[A + 1], SIX_ITERATES_VALUE);
      goto throw_;
    }
    six_value v = six_call(m, R[A + 1], R[A], 0, NULL);
    if (six_is_exception(v)) goto throw_;
    R[B] = v;
    NEXT;
  }
  OP(ITER_RESULT) : {
    SAVE();
    six_value v = R[B];
    if (!six_is_object(v)) {
      struct six_text text = {0};
      six_describe_value(m, v, &text);
      six_throw_type(m, "Iterator result %s is not an object", text.bytes ? text.bytes : "");
      six_text_done(&text);
      goto throw_;
    }
    six_value done = six_get(m, six_as_object(v), SIX_ATOM(m, done));
    if (six_is_exception(done)) goto throw_;
    if (TRUTHY(done)) {
      pc += SC;
      NEXT;
    }
    six_value value = six_get(m, six_as_object(v), SIX_ATOM(m, value));
    if (six_is_exception(value)) goto throw_;
    R[B] = value;
    R[A + 2] = SIX_FALSE;
    NEXT;
  }
  OP(ITER_RETURN) : {
    SAVE();
    int r = six_step_iterator_return(m, &R[A], &R[B]);
    CHECKED(r >= 0);
    if (!r) pc += SC;
    NEXT;
  }
  OP(CHECK_OBJECT) : if (B) {  // a destructuring source
    if (unlikely(six_is_nullish(R[A]))) {
      SAVE();
      six_throw_destructure(m, NODE, C > 1 ? frame->code->templates[C - 2] : NULL, C == 1, R[A]);
      goto throw_;
    }
  }
  else if (unlikely(!six_is_object(R[A]))) {
    SAVE();
    struct six_text text = {0};
    six_describe_value(m, R[A], &text);
    six_throw_type(m, "Iterator result %s is not an object", text.bytes ? text.bytes : "");
    six_text_done(&text);
    goto throw_;
  }
  NEXT;
  OP(FOR_IN_OPEN) : SAVE();
  CHECKED(six_step_open_for_in(m, &R[A], R[B]));
  NEXT;
  OP(FOR_IN_NEXT) : {
    SAVE();
    int r = six_step_for_in(m, &R[A], &R[B]);
    CHECKED(r >= 0);
    if (!r) pc += SC;
    NEXT;
  }

  OP(AWAIT) : {
    SAVE();
    six_value v = R[B];
    struct six_coroutine *co = frame->co;
    six_coroutine_suspend(m, (uint16_t)A);
    bool resumed = frame->flags & SIX_FRAME_RESUMED, is_async = frame->code->kind == SIX_KIND_ASYNC;
    // The await itself may throw (a `constructor` getter): then execution goes on with that exception here.
    if (unlikely(!six_await(m, co, v))) {
      co->state = SIX_CO_RUNNING;
      goto throw_;
    }
    six_value out = resumed || !is_async || !co->result ? SIX_UNDEFINED : six_object_value(co->result);
    LEAVE(out);
  }
  OP(YIELD) : {
    SAVE();
    six_value v = R[B];
    struct six_coroutine *co = frame->co;
    six_coroutine_suspend(m, (uint16_t)A);
    if (frame->code->kind == SIX_KIND_ASYNC_GENERATOR) {
      pop_frame(m);
      six_async_generator_yield(m, co, v, false);
      m->native_depth--;
      return SIX_UNDEFINED;  // async generators always run from six_resume
    }
    pop_frame(m);
    m->native_depth--;
    return six_object_value(six_iter_result(m, v, false));
  }
  OP(YIELD_RAW) : {
    SAVE();
    six_value v = R[B];
    struct six_coroutine *co = frame->co;
    six_coroutine_suspend(m, (uint16_t)A);
    pop_frame(m);
    if (C) six_async_generator_yield(m, co, v, false);
    m->native_depth--;
    return C ? SIX_UNDEFINED : v;
  }
  OP(INITIAL_YIELD) : {
    SAVE();
    six_value v;
    if (frame->code->is_main) {  // an ES module, ready for linking: its environment
      v = B == SIX_NO_REG ? SIX_UNDEFINED : R[B];
      six_coroutine_suspend(m, (uint16_t)A);
      frame->co->state = SIX_CO_START;
      m->exception = six_tagged(SIX_TAG_OBJECT, frame->co);  // taken by six_compile's caller
    } else {
      v = six_generator_start(m, (uint16_t)A);
      if (six_is_exception(v)) goto throw_;
    }
    LEAVE(v);
  }
  OP(STAR_CALL) : {
    SAVE();
    int r = six_step_star_call(m, &R[A]);
    CHECKED(r >= 0);
    if (!r) pc += SC;
    NEXT;
  }
  OP(CLASS_NAME) : six_step_class_name(m, six_as_object(R[A]));
  NEXT;
  OP(RESOURCES) : R[A] = six_object_value(six_resources_new(m));
  NEXT;
  OP(USING) : SAVE();
  CHECKED(six_resources_add(m, six_as_object(R[A]), R[B], C));
  NEXT;
  OP(DISPOSE) : {
    SAVE();
    int r = six_step_dispose(m, &R[A]);
    CHECKED(r >= 0);
    if (!r) pc += SC;
    NEXT;
  }
  OP(DISPOSE_FAIL) : SAVE();
  six_step_dispose_fail(m, &R[A], R[B]);
  NEXT;
  OP(STAR_REFUSE) : SAVE();
  six_throw_type(m, "The iterator does not provide a 'throw' method.");
  goto throw_;
  OP(STAR_CHECK) : {
    SAVE();
    six_value v = R[A + 3];
    if (!six_is_object(v)) {
      struct six_text text = {0};
      six_describe_value(m, v, &text);
      six_throw_type(m, "Iterator result %s is not an object", text.bytes ? text.bytes : "");
      six_text_done(&text);
      goto throw_;
    }
    six_value done = six_get(m, six_as_object(v), SIX_ATOM(m, done));
    if (six_is_exception(done)) goto throw_;
    bool is_async = frame->code->kind == SIX_KIND_ASYNC_GENERATOR;
    if (TRUTHY(done) || is_async) {
      six_value value = six_get(m, six_as_object(v), SIX_ATOM(m, value));
      if (six_is_exception(value)) goto throw_;
      R[A + 3] = value;
    }
    if (TRUTHY(done)) pc += SC;
    NEXT;
  }
  OP(REST) : {
    uint32_t from = B, argc = frame->argc;
    six_value *all = R + frame->code->nregs;
    R[A] = six_object_value(six_array_from(m, all + (from < argc ? from : argc), from < argc ? argc - from : 0));
    NEXT;
  }
  OP(ARGUMENTS) : R[A] = six_step_arguments(m, frame, B == SIX_NO_REG ? NULL : as_env(R[B]));
  NEXT;
  OP(THIS) : {
    six_value v = six_made_this(m, &frame->this_value);
    if (!six_is_object(v) && !frame->code->strict) {
      if (six_is_nullish(v)) v = six_object_value(six_intrinsic(m, SIX_I_Global));
      else if (v != SIX_EMPTY) v = six_object_value(six_to_object(m, v));
      frame->this_value = v;
    }
    R[A] = v;
    NEXT;
  }
  OP(CALLEE) : R[A] = six_object_value(frame->function);
  NEXT;
  OP(NEW_TARGET) : R[A] = frame->new_target;
  NEXT;
  OP(HOME) : {
    struct six_object *home = ((struct six_function *)frame->function)->home;
    R[A] = home ? six_object_value(home) : SIX_UNDEFINED;
    NEXT;
  }
  OP(IMPORT) : SAVE();
  TRY(m->host->import_dynamic(m, frame->code->unit, R[B]));
  NEXT;
  OP(IMPORT_META) : R[A] = m->host->import_meta(m, frame->code->unit);
  NEXT;
  OP(TO_OBJECT) : {
    SAVE();
    struct six_object *object = six_to_object(m, R[A]);
    CHECKED(object);
    R[A] = six_object_value(object);
    NEXT;
  }
  OP(SCOPE_HAS) : {
    SAVE();
    int has = six_step_scope_has(m, R[B], frame->code->consts[C]);
    CHECKED(has >= 0);
    R[A] = six_boolean(has);
    NEXT;
  }
  OP(SCOPE_VARS) : {
    if (B) R[A] = six_object_value(six_intrinsic(m, SIX_I_Global));
    else if (!six_is_object(R[A])) R[A] = six_object_value(six_object_new(m, NULL));
    NEXT;
  }
  OP(SCOPE_DECLARE) : {
    struct six_object *scope = six_as_object(R[A]);
    if (six_has_own(m, scope, frame->code->consts[C]) == 0) six_define(m, scope, frame->code->consts[C], SIX_UNDEFINED, SIX_DATA_ALL);
    NEXT;
  }
  OP(EVAL) : SAVE();
  TRY(six_step_eval(m, &R[A], B, frame->code->eval_sites[C], NODE));
  NEXT;
  OP(STATEMENT) : {
    const struct six_node *node = NODE;
    SAVE();
    if (m->host->on_statement && node) m->host->on_statement(m, frame->code->unit, node->span);
    NEXT;
  }
  OP(CATCH) : R[A] = m->exception;
  m->exception = SIX_UNDEFINED;
  NEXT;

uninitialised:
  SAVE();
  six_throw_uninitialised(m, node_at(frame, pc));
  goto throw_;

throw_:
  m->effort += 10;
  if (m->thrown != m->exception) six_note_thrown(m);
  for (;;) {
    frame = m->frame;
    if (!m->stop) {
      uint32_t target = find_handler(frame->code, (uint32_t)(frame->pc - 1 - frame->code->ins));
      if (target != UINT32_MAX) {
        R = frame->registers;
        pc = frame->code->ins + target;
        NEXT;
      }
    }
    struct six_coroutine *co = frame->co;
    if (co && !m->stop) {
      bool resumed = frame->flags & SIX_FRAME_RESUMED;
      if (frame->code->kind == SIX_KIND_ASYNC) {
        six_value error = m->exception;
        m->exception = SIX_UNDEFINED;
        six_async_finish(m, co, error, true);
        six_value v = resumed || !co->result ? SIX_UNDEFINED : six_object_value(co->result);
        LEAVE(v);
      }
      co->state = SIX_CO_DONE;
      if (frame->code->kind == SIX_KIND_ASYNC_GENERATOR) {
        six_value error = m->exception;
        m->exception = SIX_UNDEFINED;
        pop_frame(m);
        six_async_finish(m, co, error, true);
        m->native_depth--;
        return SIX_UNDEFINED;
      }
    }
    uint16_t flags = frame->flags;
    frame->flags |= SIX_FRAME_LEFT;
    pop_frame(m);
    if (flags & SIX_FRAME_ENTRY) {
      m->native_depth--;
      return SIX_EXCEPTION;
    }
  }
}
