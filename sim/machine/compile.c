// The compiler's base: emitting, constants, variables, functions. One struct comp per function being compiled.
#include "sim/machine/compile.h"

#include <stdlib.h>
#include <string.h>

#define GROW(c, array, count, capacity_field)                                   \
  do {                                                                          \
    if ((count) == (c)->capacity_field) {                                       \
      (c)->capacity_field = (c)->capacity_field ? (c)->capacity_field * 2 : 16; \
      void *grown = realloc((array), (c)->capacity_field * sizeof *(array));    \
      if (!grown) abort();                                                      \
      (array) = grown;                                                          \
    }                                                                           \
  } while (0)

// ---- Emitting

uint32_t emit(struct comp *c, const struct six_node *n, enum six_opcode op, uint32_t a, uint32_t b, uint32_t x) {
  struct six_code *code = c->code;
  if (code->count == c->ins_capacity) {
    c->ins_capacity = c->ins_capacity ? c->ins_capacity * 2 : 32;
    code->ins = realloc(code->ins, c->ins_capacity * sizeof *code->ins);
    code->nodes = realloc(code->nodes, c->ins_capacity * sizeof *code->nodes);
    if (!code->ins || !code->nodes) abort();
  }
  code->ins[code->count] = (uint64_t)op | (uint64_t)(a & 0xFFFF) << 8 | (uint64_t)(b & 0xFFFF) << 24 | (uint64_t)(x & 0xFFFFFF) << 40;
  code->nodes[code->count] = n;
  if (op != SIX_OPCODE_STATEMENT) c->fresh = false;
  c->expected = 0;
  return code->count++;
}

void emit_imm(struct comp *c, const struct six_node *n, enum six_opcode op, uint32_t a, int32_t imm) {
  uint32_t pc = emit(c, n, op, a, 0, 0);
  c->code->ins[pc] = (uint64_t)op | (uint64_t)(a & 0xFFFF) << 8 | (uint64_t)(uint32_t)imm << 32;
}

void patches_add(struct patches *p, uint32_t pc) {
  if (p->count == p->capacity) {
    p->capacity = p->capacity ? p->capacity * 2 : 8;
    p->items = realloc(p->items, p->capacity * sizeof *p->items);
    if (!p->items) abort();
  }
  p->items[p->count++] = pc;
}

void patch_one(struct comp *c, uint32_t pc, uint32_t target) {
  int64_t off = (int64_t)target - (int64_t)pc - 1;
  if (off < -(1 << 23) || off >= 1 << 23) unsupported(c, c->code->nodes[pc], "a function of this size");
  c->code->ins[pc] = (c->code->ins[pc] & 0xFFFFFFFFFFu) | (uint64_t)(off & 0xFFFFFF) << 40;
}

void patch_to(struct comp *c, struct patches *p, uint32_t target) {
  for (uint32_t i = 0; i < p->count; i++) patch_one(c, p->items[i], target);
  free(p->items);
  *p = (struct patches){0};
}

// ---- Positions

uint32_t position_of(struct comp *c, const struct six_node *n) { return six_node_position(&c->all->program->source, n); }

void begin_statement(struct comp *c, uint32_t offset) {
  c->fresh = true;
  c->statement_start = c->code->count;
  c->statement_offset = offset;
}

void expect_position(struct comp *c, uint32_t offset) { c->expected = offset + 1; }

void place_next(struct comp *c, uint32_t offset) {
  GROW(c, c->code->spots, c->code->spot_count, spot_capacity);
  c->code->spots[c->code->spot_count++] = (struct six_spot){c->code->count, offset};
}

// Instructions that V8 gives no position of their own.
static bool is_silent(enum six_opcode op) {
  switch (op) {
    case SIX_OPCODE_MOVE:
    case SIX_OPCODE_LOADK:
    case SIX_OPCODE_LOADI:
    case SIX_OPCODE_LOADS:
    case SIX_OPCODE_NEW_ENV:
    case SIX_OPCODE_COPY_ENV:
    case SIX_OPCODE_GET_ENV:
    case SIX_OPCODE_SET_ENV:
    case SIX_OPCODE_GET_UP:
    case SIX_OPCODE_SET_UP:
    case SIX_OPCODE_UP_ENV:
    case SIX_OPCODE_TYPEOF:
    case SIX_OPCODE_NOT:
    case SIX_OPCODE_JUMP:
    case SIX_OPCODE_JTRUE:
    case SIX_OPCODE_JFALSE:
    case SIX_OPCODE_JNULLISH:
    case SIX_OPCODE_JNOT_NULLISH:
    case SIX_OPCODE_JUNDEFINED:
    case SIX_OPCODE_JNOT_UNDEFINED:
    case SIX_OPCODE_CLOSURE:
    case SIX_OPCODE_NEW_OBJECT:
    case SIX_OPCODE_NEW_ARRAY:
    case SIX_OPCODE_ARRAY_PUSH:
    case SIX_OPCODE_DEFINE_FIELD:
    case SIX_OPCODE_REGEXP:
    case SIX_OPCODE_THIS:
    case SIX_OPCODE_STATEMENT:
    case SIX_OPCODE_CATCH: return true;
    default: return false;
  }
}

// Where the instruction before the next one is, for one without a position of its own.
static uint32_t last_position(struct comp *c) {
  const struct six_code *code = c->code;
  uint32_t spot = code->spot_count;
  for (uint32_t pc = code->count; pc-- > c->statement_start;) {
    while (spot && code->spots[spot - 1].pc > pc) spot--;
    if (spot && code->spots[spot - 1].pc == pc) return code->spots[spot - 1].offset;
    if (code->nodes[pc] && !is_silent((enum six_opcode)(code->ins[pc] & 0xFF))) return position_of(c, code->nodes[pc]);
  }
  return c->statement_offset;
}

void place_silent(struct comp *c) { place_next(c, last_position(c)); }

// The next instruction reads the variable `n` and may throw. As in V8 (BytecodeArrayBuilder::SetExpressionPosition) the
// first of a statement stands where the statement does, and one that is called where the instruction before it does.
static void place_variable(struct comp *c, const struct six_node *n, bool is_called) {
  if (n && (c->fresh || is_called)) place_next(c, c->fresh ? c->statement_offset : c->expected ? c->expected - 1 : last_position(c));
}

void patch_here(struct comp *c, struct patches *p) { patch_to(c, p, c->code->count); }

void jump_to(struct comp *c, const struct six_node *n, uint32_t target) { patch_one(c, emit(c, n, SIX_OPCODE_JUMP, 0, 0, 0), target); }

uint32_t constant(struct comp *c, six_value v) {
  uint32_t from = c->code->const_count > 16 ? c->code->const_count - 16 : 0;  // near repeats only: finding all is not worth it
  for (uint32_t i = from; i < c->code->const_count; i++) {
    if (c->code->consts[i] == v) return i;
  }
  GROW(c, c->code->consts, c->code->const_count, const_capacity);
  c->code->consts[c->code->const_count] = v;
  return c->code->const_count++;
}

uint32_t cache(struct comp *c, six_key key) {
  GROW(c, c->code->ics, c->code->ic_count, ic_capacity);
  c->code->ics[c->code->ic_count] = (struct six_ic){.key = key};
  return c->code->ic_count++;
}

uint32_t add_child(struct comp *c, struct six_code *child) {
  GROW(c, c->code->children, c->code->child_count, child_capacity);
  c->code->children[c->code->child_count] = child;
  return c->code->child_count++;
}

void add_handler(struct comp *c, uint32_t start, uint32_t end, uint32_t target) {
  if (start >= end) return;
  GROW(c, c->code->handlers, c->code->handler_count, handler_capacity);
  c->code->handlers[c->code->handler_count++] = (struct six_handler){start, end, target};
}

six_value atom_of(struct comp *c, const struct six_name *name) {
  struct compilation *all = c->all;
  if (name->id >= all->atoms_size) {
    uint32_t size = all->program->names_count + 64;
    all->atoms = realloc(all->atoms, size * sizeof *all->atoms);
    if (!all->atoms) abort();
    for (uint32_t i = all->atoms_size; i < size; i++) all->atoms[i] = SIX_EMPTY;
    all->atoms_size = size;
  }
  if (all->atoms[name->id] == SIX_EMPTY) {
    all->atoms[name->id] = six_string_value(six_intern_utf16(all->m, name->units, name->length, true));
  }
  return all->atoms[name->id];
}

six_key key_of(struct comp *c, const struct six_name *name) {
  six_value atom = atom_of(c, name);
  bool maybe_index = name->length > 0 && name->units[0] >= '0' && name->units[0] <= '9';
  return maybe_index ? six_key_of_string(c->all->m, six_as_string(atom)) : atom;
}

bool unsupported(struct comp *c, const struct six_node *n, const char *what) {
  return six_fail(c->all->diag, SIX_STATUS_UNSUPPORTED, n ? n->span : (struct six_span){0, 0}, "%s %s not supported", what,
                  strchr(what, ' ') && what[strlen(what) - 1] == 's' ? "are" : "is");
}

void temps(struct comp *c, uint32_t count) {
  c->next_reg += count;
  if (c->next_reg > c->code->nregs) {
    if (c->next_reg >= SIX_NO_REG) {
      unsupported(c, NULL, "a function with more than 65,000 variables");
      c->next_reg = SIX_NO_REG - 1;
    }
    c->code->nregs = (uint16_t)c->next_reg;
  }
}

uint16_t temp(struct comp *c) {
  temps(c, 1);
  return (uint16_t)(c->next_reg - 1);
}

// ---- Variables

enum { DYNAMIC_MAX = 8 };

struct place {
  struct six_scope *scope;
  struct six_var *var;
  bool own;       // in this function
  uint32_t hops;  // environments between the function's own and the variable's
  // The scopes whose objects are looked at first, innermost first.
  uint32_t dynamic_count;
  struct {
    struct six_scope *scope;
    bool own;
    uint32_t hops;
  } dynamics[DYNAMIC_MAX];
};

static void pass_dynamic(struct comp *c, struct place *p, struct six_scope *s) {
  if (p->dynamic_count == DYNAMIC_MAX) {
    unsupported(c, NULL, "such nesting of with and eval");
    return;
  }
  p->dynamics[p->dynamic_count].scope = s;
  p->dynamics[p->dynamic_count].own = p->own;
  p->dynamics[p->dynamic_count++].hops = p->hops;
}

static struct place find_place(struct comp *c, const struct six_name *name) {
  struct place p;  // most lookups meet nothing dynamic: those are not cleared
  p.scope = NULL;
  p.var = NULL;
  p.own = true;
  p.hops = p.dynamic_count = 0;
  for (struct six_scope *s = c->scope; s; s = s->parent) {
    if (s->func != c->func) p.own = false;
    struct six_var *var = six_scope_find(s, name);
    if (var) {
      p.scope = s;
      p.var = var;
      return p;
    }
    if (s->dynamic) pass_dynamic(c, &p, s);
    if (!p.own && s->has_env) p.hops++;
  }
  return p;
}

static bool checked(const struct place *p, const struct six_node *n) {
  if (p->var->kind == SIX_VAR_PARAM) return p->var->needs_check && n->span.start < p->var->declared_end;
  if (p->var->kind < SIX_VAR_LET || p->var->kind > SIX_VAR_CLASS) return p->var->needs_check;
  if (p->own && p->scope->is_switch) return true;
  return !(p->own && n->span.start >= p->var->declared_end);
}

static void load_place_of(struct comp *c, const struct six_node *n, const struct place *p, uint16_t dst, bool is_called) {
  bool check = checked(p, n);
  if (check) place_variable(c, n, is_called);
  c->fresh = false;
  if (!p->var->captured) {
    if (check && p->var->needs_check) emit(c, n, SIX_OPCODE_CHECK, p->var->reg, 0, 0);
    if (dst != p->var->reg) emit(c, n, SIX_OPCODE_MOVE, dst, p->var->reg, 0);
  } else if (p->var->kind == SIX_VAR_IMPORT) {
    uint16_t env = temp(c);
    if (p->own) emit(c, n, SIX_OPCODE_MOVE, env, p->scope->env_reg, 0);
    else emit(c, n, SIX_OPCODE_UP_ENV, env, p->hops, 0);
    emit(c, n, SIX_OPCODE_GET_IMPORT, dst, env, p->var->slot);
    c->next_reg--;
  } else if (p->own) {
    emit(c, n, check ? SIX_OPCODE_GET_ENV_CHECK : SIX_OPCODE_GET_ENV, dst, p->scope->env_reg, p->var->slot);
  } else {
    emit(c, n, check ? SIX_OPCODE_GET_UP_CHECK : SIX_OPCODE_GET_UP, dst, p->hops, p->var->slot);
  }
}

static void load_place(struct comp *c, const struct six_node *n, const struct place *p, uint16_t dst) {
  load_place_of(c, n, p, dst, false);
}

// ---- Names that an object may have: of a with statement, or of the variables that evals added

typedef void found_fn(struct comp *c, const struct six_node *n, uint16_t object, uint16_t key, const uint16_t *to);

static void load_dynamic(struct comp *c, const struct six_node *n, const struct place *p, uint32_t i, uint16_t dst) {
  struct six_scope *scope = p->dynamics[i].scope;
  struct place of = {.scope = scope, .var = scope->dynamic, .own = p->dynamics[i].own, .hops = p->dynamics[i].hops};
  load_place(c, n, &of, dst);
}

// Emits what is done where an object has the name; what follows is done where none has, and `done` is patched after that.
static void try_objects(struct comp *c, const struct six_node *n, const struct six_name *name, const struct place *p, found_fn *found,
                        const uint16_t *to, struct patches *done) {
  uint32_t saved = c->next_reg;
  uint16_t object = temp(c), key = temp(c);
  for (uint32_t i = 0; i < p->dynamic_count; i++) {
    load_dynamic(c, n, p, i, object);
    emit(c, n, SIX_OPCODE_SCOPE_HAS, key, object, constant(c, atom_of(c, name)));
    uint32_t skip = emit(c, n, SIX_OPCODE_JFALSE, key, 0, 0);
    emit(c, n, SIX_OPCODE_LOADK, key, 0, constant(c, atom_of(c, name)));
    bool is_with = p->dynamics[i].scope->dynamic->name == &six_pseudo_with;
    found(c, n, object, key, (const uint16_t[]){to[0], to[1], is_with});
    patches_add(done, emit(c, n, SIX_OPCODE_JUMP, 0, 0, 0));
    patch_one(c, skip, c->code->count);
  }
  c->next_reg = saved;
}

static void found_get(struct comp *c, const struct six_node *n, uint16_t object, uint16_t key, const uint16_t *to) {
  emit(c, n, SIX_OPCODE_GET_ELEM, to[0], object, key);
}
static void found_set(struct comp *c, const struct six_node *n, uint16_t object, uint16_t key, const uint16_t *to) {
  emit(c, n, SIX_OPCODE_SET_ELEM, object, key, to[0]);
}
static void found_delete(struct comp *c, const struct six_node *n, uint16_t object, uint16_t key, const uint16_t *to) {
  emit(c, n, SIX_OPCODE_DELETE_ELEM, to[0], object, key);
}
static void found_callee(struct comp *c, const struct six_node *n, uint16_t object, uint16_t key, const uint16_t *to) {
  emit(c, n, SIX_OPCODE_GET_ELEM, to[0], object, key);
  if (to[2]) emit(c, n, SIX_OPCODE_MOVE, to[1], object, 0);
  else emit(c, n, SIX_OPCODE_LOADS, to[1], 0, 0);
}

bool load_dynamic_callee(struct comp *c, const struct six_node *n, uint16_t dst, uint16_t receiver) {
  if (n->type != SIX_N_IDENTIFIER) return false;
  struct place p = find_place(c, n->name);
  if (!p.dynamic_count) return false;
  struct patches done = {0};
  try_objects(c, n, n->name, &p, found_callee, (const uint16_t[]){dst, receiver}, &done);
  emit(c, n, SIX_OPCODE_LOADS, receiver, 0, 0);
  if (p.scope) load_place(c, n, &p, dst);
  else emit(c, n, SIX_OPCODE_GET_GLOBAL, dst, 0, cache(c, atom_of(c, n->name)));
  patch_here(c, &done);
  return true;
}

// Variables stay; what an object has as a variable goes, and so does a property of the global object.
void delete_name(struct comp *c, const struct six_node *n, const struct six_name *name, uint16_t dst) {
  struct place p = find_place(c, name);
  struct patches done = {0};
  try_objects(c, n, name, &p, found_delete, (const uint16_t[]){dst, 0}, &done);
  if (p.scope) {
    emit(c, n, SIX_OPCODE_LOADS, dst, 2, 0);
  } else {
    uint32_t saved = c->next_reg;
    uint16_t global = temp(c), key = temp(c);
    emit(c, n, SIX_OPCODE_SCOPE_VARS, global, 1, 0);
    emit(c, n, SIX_OPCODE_LOADK, key, 0, constant(c, atom_of(c, name)));
    emit(c, n, SIX_OPCODE_DELETE_ELEM, dst, global, key);
    c->next_reg = saved;
  }
  patch_here(c, &done);
}

static void load_variable(struct comp *c, const struct six_node *n, const struct six_name *name, uint16_t dst, bool soft, bool is_called) {
  struct place p = find_place(c, name);
  if (p.dynamic_count) {
    struct patches done = {0};
    try_objects(c, n, name, &p, found_get, (const uint16_t[]){dst, 0}, &done);
    if (p.scope) load_place(c, n, &p, dst);
    else emit(c, n, soft ? SIX_OPCODE_GET_GLOBAL_SOFT : SIX_OPCODE_GET_GLOBAL, dst, 0, cache(c, atom_of(c, name)));
    patch_here(c, &done);
    return;
  }
  if (p.scope) {
    load_place_of(c, n, &p, dst, is_called);
    return;
  }
  six_value atom = atom_of(c, name);
  if (atom == SIX_ATOM(c->all->m, undefined)) {
    emit(c, n, SIX_OPCODE_LOADS, dst, 0, 0);
    return;
  }
  place_variable(c, n, is_called);
  emit(c, n, soft ? SIX_OPCODE_GET_GLOBAL_SOFT : SIX_OPCODE_GET_GLOBAL, dst, 0, cache(c, atom));
}

void load_name(struct comp *c, const struct six_node *n, const struct six_name *name, uint16_t dst, bool soft) {
  load_variable(c, n, name, dst, soft, soft);
}

// Of the callees V8 gives only global ones no position.
void load_callee(struct comp *c, const struct six_node *n, uint16_t dst) {
  load_variable(c, n, n->name, dst, false, !find_place(c, n->name).scope);
}

void load_updated(struct comp *c, const struct six_node *n, uint16_t dst) { load_variable(c, n, n->name, dst, false, true); }

uint16_t plain_register(struct comp *c, const struct six_node *n) {
  if (n->type != SIX_N_IDENTIFIER) return SIX_NO_REG;
  struct place p = find_place(c, n->name);
  return !p.scope || p.dynamic_count || p.var->captured || (p.var->needs_check && checked(&p, n)) ? SIX_NO_REG : p.var->reg;
}

uint16_t local_register(struct comp *c, const struct six_node *n) {
  if (n->type != SIX_N_IDENTIFIER) return SIX_NO_REG;
  struct place p = find_place(c, n->name);
  if (!p.scope || p.dynamic_count || p.var->captured) return SIX_NO_REG;
  if (p.var->needs_check && checked(&p, n)) {
    place_variable(c, n, false);
    emit(c, n, SIX_OPCODE_CHECK, p.var->reg, 0, 0);
  }
  c->fresh = false;
  return p.var->reg;
}

static bool is_constant(const struct six_var *var) { return var->kind == SIX_VAR_CONST || var->kind == SIX_VAR_USING; }

uint16_t assignable_register(struct comp *c, const struct six_node *n, enum store_mode mode) {
  if (n->type != SIX_N_IDENTIFIER) return SIX_NO_REG;
  struct place p = find_place(c, n->name);
  if (!p.scope || !p.own || p.var->captured || p.var->kind == SIX_VAR_IMPORT) return SIX_NO_REG;
  if (mode == STORE_INIT) return p.var->reg;
  if (p.dynamic_count) return SIX_NO_REG;
  if (is_constant(p.var) || p.var->kind == SIX_VAR_FUNCTION_NAME) return SIX_NO_REG;
  return p.var->needs_check && checked(&p, n) ? SIX_NO_REG : p.var->reg;
}

// What is compiled after the initialisation runs after it, too, in functions as well: those of a scope that are there from
// its start are compiled before. Only a switch may jump over it.
bool known_variable(struct comp *c, const struct six_node *n, six_value *value) {
  struct place p = find_place(c, n->name);
  if (!p.scope || p.dynamic_count || p.scope->is_switch || p.var->value == SIX_EMPTY) return false;
  *value = p.var->value;
  return true;
}

void initialised(struct comp *c, const struct six_node *declarator) {
  struct six_var *var = six_scope_find(c->scope, declarator->binary.left->name);
  if (var && var->kind == SIX_VAR_CONST) known(c, declarator->binary.right, &var->value);
}

static void store_in_place(struct comp *c, const struct six_node *n, const struct place *p, uint16_t src, bool check) {
  if (!p->var->captured) {
    if (check && p->var->needs_check) emit(c, n, SIX_OPCODE_CHECK, p->var->reg, 0, 0);
    if (src != p->var->reg) emit(c, n, SIX_OPCODE_MOVE, p->var->reg, src, 0);
  } else if (p->own) {
    emit(c, n, check ? SIX_OPCODE_SET_ENV_CHECK : SIX_OPCODE_SET_ENV, src, p->scope->env_reg, p->var->slot);
  } else {
    emit(c, n, check ? SIX_OPCODE_SET_UP_CHECK : SIX_OPCODE_SET_UP, src, p->hops, p->var->slot);
  }
}

void store_dynamic(struct comp *c, const struct six_node *n, struct six_scope *scope, uint16_t src) {
  struct place p = find_place(c, scope->dynamic->name);
  store_in_place(c, n, &p, src, false);
}

void load_pseudo(struct comp *c, const struct six_node *n, const struct six_name *pseudo, uint16_t dst) {
  struct place p = find_place(c, pseudo);
  if (!p.scope) {
    emit(c, n, SIX_OPCODE_LOADS, dst, 0, 0);
    return;
  }
  load_place_of(c, n, &p, dst, true);
}

static void store_static(struct comp *c, const struct six_node *n, const struct six_name *name, const struct place *p, uint16_t src,
                         enum store_mode mode) {
  if (!p->scope) {
    emit(c, n, c->func->is_strict ? SIX_OPCODE_SET_GLOBAL_STRICT : SIX_OPCODE_SET_GLOBAL, src, 0, cache(c, atom_of(c, name)));
    return;
  }
  bool check = mode == STORE_ASSIGN && checked(p, n);
  bool fixed = is_constant(p->var) || p->var->kind == SIX_VAR_IMPORT || p->var->kind == SIX_VAR_FUNCTION_NAME;
  if (mode == STORE_INIT || !fixed) {
    store_in_place(c, n, p, src, check);
    return;
  }
  if (p->var->kind == SIX_VAR_FUNCTION_NAME && !c->func->is_strict) return;  // silently ignored (10.2.11 step 3 of named functions)
  if (check && is_constant(p->var)) {
    uint16_t t = temp(c);
    load_place(c, n, p, t);
    c->next_reg--;
  }
  emit(c, n, SIX_OPCODE_THROW_CONST, p->var->kind == SIX_VAR_USING, 0, 0);
}

void store_name(struct comp *c, const struct six_node *n, const struct six_name *name, uint16_t src, enum store_mode mode) {
  struct place p = find_place(c, name);
  bool dynamic = mode == STORE_ASSIGN && p.dynamic_count;
  struct patches done = {0};
  if (dynamic) try_objects(c, n, name, &p, found_set, (const uint16_t[]){src, 0}, &done);
  store_static(c, n, name, &p, src, mode);
  if (dynamic) patch_here(c, &done);
}

uint16_t current_env(struct comp *c) {
  for (struct six_scope *s = c->scope; s && s->func == c->func; s = s->parent) {
    if (s->has_env) return s->env_reg;
  }
  return SIX_NO_REG;
}

// ---- Where variables are, for the trace

// Private members have variables too, and some have no name at all.
static bool is_in_source(const struct six_var *var) { return var->kind != SIX_VAR_PSEUDO && var->kind != SIX_VAR_PRIVATE; }

static void add_local(struct comp *c, const struct six_scope *scope, const struct six_var *var, uint8_t where, uint16_t reg) {
  if (!is_in_source(var)) return;
  struct six_code *code = c->code;
  if (code->local_count == c->local_capacity) {
    c->local_capacity = c->local_capacity ? c->local_capacity * 2 : 8;
    code->locals = realloc(code->locals, c->local_capacity * sizeof *code->locals);
    if (!code->locals) abort();
  }
  code->locals[code->local_count++] = (struct six_local){.name = atom_of(c, var->name),
                                                         .scope = scope,
                                                         .from = scope == c->func->top ? 0 : code->count,
                                                         .to = UINT32_MAX,
                                                         .slot = var->slot,
                                                         .reg = reg,
                                                         .where = where,
                                                         .is_import = var->kind == SIX_VAR_IMPORT};
}

static void add_locals(struct comp *c, const struct six_scope *scope) {
  for (uint32_t i = 0; i < scope->count; i++) {
    const struct six_var *var = scope->vars[i];
    add_local(c, scope, var, var->captured ? SIX_LOCAL_ENV : SIX_LOCAL_REGISTER, var->captured ? scope->env_reg : var->reg);
  }
}

static void add_outer_locals(struct comp *c, const struct six_scope *outer) {
  uint16_t hops = 0;
  for (const struct six_scope *s = outer; s; s = s->parent) {
    for (uint32_t i = 0; i < s->count; i++)
      if (s->vars[i]->captured) add_local(c, s, s->vars[i], SIX_LOCAL_UP, hops);
    hops += s->has_env;
  }
}

static void end_locals(struct comp *c, const struct six_scope *scope) {
  struct six_code *code = c->code;
  for (uint32_t i = code->local_count; i-- > 0;)
    if (code->locals[i].scope == scope && code->locals[i].to == UINT32_MAX) code->locals[i].to = code->count;
}

// Gives the scope's variables their homes, and makes its environment.
void open_scope(struct comp *c, const struct six_node *n, struct six_scope *scope) {
  uint16_t outer_env = current_env(c);
  c->scope = scope;
  uint32_t slots = 0;
  for (uint32_t i = 0; i < scope->count; i++) {
    struct six_var *var = scope->vars[i];
    if (!var->captured) continue;
    var->slot = slots;
    slots += var->kind == SIX_VAR_IMPORT ? 2 : 1;
  }
  if (scope->has_env) {
    scope->env_reg = temp(c);
    emit(c, n, SIX_OPCODE_NEW_ENV, scope->env_reg, outer_env, slots);
  }
  for (uint32_t i = 0; i < scope->count; i++) {
    struct six_var *var = scope->vars[i];
    if (var->captured) continue;
    if (var->reg == SIX_NO_REG || scope != c->func->top || var->kind != SIX_VAR_PARAM) var->reg = temp(c);
    if (var->needs_check) emit(c, n, SIX_OPCODE_LOADS, var->reg, 4, 0);
  }
  if (c->all->m->tracing) add_locals(c, scope);
}

void close_scope(struct comp *c, uint32_t saved_regs) {
  if (c->all->m->tracing) end_locals(c, c->scope);
  c->scope = c->scope->parent;
  c->next_reg = saved_regs;
}

// ---- Functions

struct comp *comp_new(struct compilation *all, struct comp *outer, struct six_func *func, const struct six_node *n) {
  struct comp *c = calloc(1, sizeof *c);
  struct six_code *code = calloc(1, sizeof *code);
  if (!c || !code) abort();
  c->all = all;
  c->outer = outer;
  c->code = code;
  c->func = func;
  c->scope = outer ? outer->scope : NULL;
  c->completion = SIX_NO_REG;
  code->unit = all->unit;
  code->span = n ? n->span : (struct six_span){0, (uint32_t)all->program->source.length};
  c->statement_offset = code->span.start;
  code->name = SIX_ATOM(all->m, empty);
  code->strict = func->is_strict;
  code->arrow = func->is_arrow;
  struct six_machine *m = all->m;
  if (m->codes_count == m->codes_capacity) {
    m->codes_capacity = m->codes_capacity ? m->codes_capacity * 2 : 32;
    m->codes = realloc(m->codes, m->codes_capacity * sizeof *m->codes);
    if (!m->codes) abort();
  }
  m->codes[m->codes_count++] = code;
  if (m->tracing) add_outer_locals(c, c->scope);
  return c;
}

struct six_code *comp_finish(struct comp *c) {
  struct six_code *code = c->code;
  if (code->nregs < 4) code->nregs = 4;
  bool is_simple = code->kind == SIX_KIND_NORMAL && !c->all->m->tracing;
  if (!is_simple) code->nvars = code->nregs;  // what a coroutine keeps, or somebody may look into, has nothing old in it
  code->is_plain = is_simple && !code->class_constructor && !code->wants_arguments;
  code->effort = 1 + code->count / 6;
  if (code->template_count) {
    code->template_objects = malloc(code->template_count * sizeof *code->template_objects);
    if (!code->template_objects) abort();
    for (uint32_t i = 0; i < code->template_count; i++) code->template_objects[i] = SIX_EMPTY;
  }
  free(c);
  return code;
}

static uint16_t mapped_environment(struct comp *c) { return c->func->maps_arguments ? c->func->top->env_reg : SIX_NO_REG; }

static void load_pseudo_variables(struct comp *c, const struct six_node *n) {
  for (uint32_t i = 0; i < c->func->top->count; i++) {
    struct six_var *var = c->func->top->vars[i];
    if (var->kind != SIX_VAR_PSEUDO && var->kind != SIX_VAR_ARGUMENTS && var->kind != SIX_VAR_FUNCTION_NAME) continue;
    if (var->name == &six_pseudo_this && c->func->is_derived_constructor) continue;  // bound by super()
    uint16_t reg = var->captured ? temp(c) : var->reg;
    enum six_opcode op = var->name == &six_pseudo_eval         ? SIX_OPCODE_LOADS
                         : var->kind == SIX_VAR_ARGUMENTS      ? SIX_OPCODE_ARGUMENTS
                         : var->kind == SIX_VAR_FUNCTION_NAME  ? SIX_OPCODE_CALLEE
                         : var->name == &six_pseudo_this       ? SIX_OPCODE_THIS
                         : var->name == &six_pseudo_new_target ? SIX_OPCODE_NEW_TARGET
                         : var->name == &six_pseudo_home       ? SIX_OPCODE_HOME
                                                               : SIX_OPCODE_CALLEE;
    emit(c, n, op, reg, op == SIX_OPCODE_ARGUMENTS ? mapped_environment(c) : 0, 0);
    if (var->captured) {
      emit(c, n, SIX_OPCODE_SET_ENV, reg, c->func->top->env_reg, var->slot);
      c->next_reg--;
    }
  }
}

static void undefine_captured_vars(struct comp *c, const struct six_node *n, const struct six_scope *scope) {
  uint16_t undefined = SIX_NO_REG;
  for (uint32_t i = 0; i < scope->count; i++) {
    struct six_var *var = scope->vars[i];
    if (!var->captured || var->needs_check || (var->kind != SIX_VAR_VAR && var->kind != SIX_VAR_PARAM && var->kind != SIX_VAR_FUNCTION))
      continue;
    if (undefined == SIX_NO_REG) {
      undefined = temp(c);
      emit(c, n, SIX_OPCODE_LOADS, undefined, 0, 0);
    }
    emit(c, n, SIX_OPCODE_SET_ENV, undefined, scope->env_reg, var->slot);
  }
  if (undefined != SIX_NO_REG) c->next_reg--;
}

// Where the arguments object finds each parameter; the last one of equal names counts.
static void note_parameter_slots(struct comp *c, const struct six_nodes *params) {
  if (c->func->maps_arguments && params->count > 64) {
    unsupported(c, params->items[64], "'arguments' in a sloppy function of more than 64 parameters");
    return;
  }
  uint32_t *slots = c->code->param_slots = malloc((params->count + 1) * sizeof *slots);
  if (!slots) abort();
  for (uint32_t i = 0; i < params->count; i++) {
    const struct six_var *var = six_scope_find(c->func->top, params->items[i]->name);
    slots[i] = var->kind == SIX_VAR_PARAM ? var->slot : UINT32_MAX;
    for (uint32_t k = 0; k < i; k++) {
      if (params->items[k]->name == params->items[i]->name) slots[k] = UINT32_MAX;
    }
  }
}

// The body's own variables, where parameters have expressions: those named as a parameter begin with its value.
static void open_body_scope(struct comp *c, const struct six_node *n) {
  struct six_scope *body = c->func->body;
  open_scope(c, n, body);
  undefine_captured_vars(c, n, body);
  for (uint32_t i = 0; i < body->count; i++) {
    struct six_var *var = body->vars[i];
    if (var->kind != SIX_VAR_VAR && var->kind != SIX_VAR_FUNCTION) continue;
    const struct six_var *param = six_scope_find(c->func->top, var->name);
    bool copies = param && (param->kind == SIX_VAR_PARAM || param->kind == SIX_VAR_ARGUMENTS);
    uint16_t value = var->captured ? temp(c) : var->reg;
    c->scope = c->func->top;
    if (copies) load_name(c, n, var->name, value, false);
    c->scope = body;
    if (!copies && !var->captured) emit(c, n, SIX_OPCODE_LOADS, value, 0, 0);
    if (copies && var->captured) emit(c, n, SIX_OPCODE_SET_ENV, value, body->env_reg, var->slot);
    if (var->captured) c->next_reg--;
  }
}

// The parenthesis that opens the parameters, of which the first begins at `at`.
static uint32_t opening_parenthesis(const struct six_source *source, uint32_t at) {
  while (at > 0 && source->bytes[at] != '(') at--;
  return at;
}

// FunctionDeclarationInstantiation (10.2.11). Arguments are in R[0..params).
void enter_function(struct comp *c, const struct six_node *n, const struct six_nodes *params) {
  struct six_code *code = c->code;
  uint32_t count = params->count;
  uint16_t rest = SIX_NO_REG;
  bool has_rest = count && params->items[count - 1]->type == SIX_N_REST;
  uint32_t positional = has_rest ? count - 1 : count;
  code->nparams = (uint16_t)positional;
  temps(c, positional);
  if (has_rest) rest = temp(c);
  // A simple parameter that nothing captures lives where the argument is; of equal names the last one counts.
  for (uint32_t i = 0; i < positional; i++) {
    if (params->items[i]->type != SIX_N_IDENTIFIER) continue;
    struct six_var *var = six_scope_find(c->func->top, params->items[i]->name);
    if (var && !var->captured && !var->needs_check && var->kind == SIX_VAR_PARAM) var->reg = (uint16_t)i;
  }
  bool has_arguments = false;
  for (uint32_t i = 0; i < c->func->top->count; i++) has_arguments |= c->func->top->vars[i]->kind == SIX_VAR_ARGUMENTS;
  code->wants_arguments = has_arguments || has_rest;
  if (has_rest) emit(c, n, SIX_OPCODE_REST, rest, positional, 0);
  open_scope(c, n, c->func->top);
  undefine_captured_vars(c, n, c->func->top);
  bool simple = !c->func->node || c->func->node->has_simple_params;
  if (has_arguments && simple && !c->func->is_strict) note_parameter_slots(c, params);
  load_pseudo_variables(c, n);
  uint32_t open = count ? opening_parenthesis(&c->all->program->source, params->items[0]->span.start) : 0;
  for (uint32_t i = 0; i < count; i++) {
    const struct six_node *p = params->items[i];
    uint32_t saved = c->next_reg;
    if (p->type == SIX_N_REST) pattern_of(c, p->unary.argument, rest, STORE_INIT, NULL);
    else if (p->type == SIX_N_IDENTIFIER) {
      struct six_var *var = six_scope_find(c->func->top, p->name);
      if (var && (var->captured || var->reg != i)) store_name(c, p, p->name, (uint16_t)i, STORE_INIT);
    } else {
      c->pattern_at = open + 1;
      pattern_of(c, p, (uint16_t)i, STORE_INIT, NULL);
    }
    c->next_reg = saved;
  }
  if (c->func->body != c->func->top) open_body_scope(c, n);
  code->nvars = (uint16_t)c->next_reg;
}

static const struct six_name *own_name(const struct six_function_node *f, const struct six_name *inferred) {
  return f->id ? f->id->name : inferred;
}

struct six_code *compile_function(struct comp *outer, const struct six_node *n, const struct six_function_node *f,
                                  const struct six_name *name) {
  struct comp *c = comp_new(outer->all, outer, six_func_at(&outer->all->scopes, f), n);
  struct six_code *code = c->code;
  code->origin = f;
  name = own_name(f, name);
  if (name) code->name = atom_of(outer, name);
  code->length = f->length;
  code->kind = f->is_async ? (f->is_generator ? SIX_KIND_ASYNC_GENERATOR : SIX_KIND_ASYNC)
                           : (f->is_generator ? SIX_KIND_GENERATOR : SIX_KIND_NORMAL);
  code->method = f->is_method;
  code->class_constructor = f->is_constructor;
  code->derived = f->is_constructor && f->is_derived;
  if (code->derived) {  // a constructor begins at its parameters: there `this` is read after an empty body
    const char *bytes = c->all->program->source.bytes;
    while (c->statement_offset < n->span.end && bytes[c->statement_offset] != '(') c->statement_offset++;
  }
  code->constructor = f->is_constructor || (!code->arrow && !f->is_method && code->kind == SIX_KIND_NORMAL);
  enter_function(c, n, &f->params);
  if (code->kind == SIX_KIND_GENERATOR || code->kind == SIX_KIND_ASYNC_GENERATOR) {
    uint16_t reg = temp(c);
    temps(c, 1);
    emit(c, n, SIX_OPCODE_INITIAL_YIELD, reg, 0, 0);
    yield_resume(c, n, reg);
    c->next_reg -= 2;
  }
  if (f->is_constructor && !f->is_derived) {
    uint16_t callee = temp(c), self = temp(c);
    emit(c, n, SIX_OPCODE_CALLEE, callee, 0, 0);
    emit(c, n, SIX_OPCODE_THIS, self, 0, 0);
    emit(c, n, SIX_OPCODE_RUN_FIELDS, self, callee, 0);
    c->next_reg -= 2;
  }
  if (f->is_expression_body) {
    if (outer->all->m->tracing) emit(c, f->body, SIX_OPCODE_STATEMENT, 0, 0, 0);
    begin_statement(c, position_of(c, f->body));
    return_value(c, f->body);
  } else {
    hoist_functions(c, &f->body->list);
    stmts(c, &f->body->list);
    if (!code->derived && code->kind != SIX_KIND_ASYNC_GENERATOR) {
      emit(c, n, SIX_OPCODE_RETURN_UNDEFINED, 0, 0, 0);
      return comp_finish(c);
    }
    uint16_t value = temp(c);
    if (code->derived) load_pseudo(c, n, &six_pseudo_this, value);
    else emit(c, n, SIX_OPCODE_LOADS, value, 0, 0);
    // The first async generators awaited what they returned even at the end of the body (R80).
    bool awaits = code->kind == SIX_KIND_ASYNC_GENERATOR && !outer->all->m->rules->cell[SIX_RULE_ASYNC_GEN_YIELD_STAR];
    if (awaits) await_reg(c, n, value, value);
    if (code->kind == SIX_KIND_ASYNC_GENERATOR && outer->all->m->rules->cell[SIX_RULE_ASYNC_GEN_END_AS_ASKED]) {
      emit(c, NULL, SIX_OPCODE_LOADS, value, 4, 0);  // no answer
    }
    emit(c, n, SIX_OPCODE_RETURN, value, 0, 0);
  }
  return comp_finish(c);
}

void closure(struct comp *c, const struct six_node *n, uint16_t dst, const struct six_name *name) {
  uint32_t child = add_child(c, compile_function(c, n, n->function, name));
  emit(c, n, SIX_OPCODE_CLOSURE, dst, current_env(c), child);
}

void hoist_functions(struct comp *c, const struct six_nodes *list) {
  for (uint32_t i = 0; i < list->count; i++) {
    const struct six_node *n = list->items[i];
    if (!n) continue;
    while (n->type == SIX_N_LABELED) n = n->labeled.body;
    if (n->type == SIX_N_EXPORT_NAMED && n->export_.declaration) n = n->export_.declaration;
    if (n->type == SIX_N_EXPORT_DEFAULT && n->unary.argument->type == SIX_N_FUNCTION_DECL && n->unary.argument->function->id)
      n = n->unary.argument;
    if (n->type != SIX_N_FUNCTION_DECL) continue;
    uint16_t reg = temp(c);
    closure(c, n, reg, n->function->id->name);
    store_name(c, n, n->function->id->name, reg, STORE_INIT);
    c->next_reg--;
  }
}

struct six_code *six_compile_code(struct six_machine *m, struct six_program *program, uint32_t unit, struct six_diag *diag) {
  struct compilation all = {.m = m, .program = program, .unit = unit, .diag = diag};
  six_scopes_build(&all.scopes, program, NULL);
  struct comp *c = comp_new(&all, NULL, all.scopes.main, NULL);
  struct six_code *code = c->code;
  code->is_main = true;
  code->kind = program->kind == SIX_SOURCE_MODULE ? SIX_KIND_ASYNC : SIX_KIND_NORMAL;
  bool is_script = program->kind == SIX_SOURCE_SCRIPT;
  struct six_node *params[5];
  struct six_nodes list = {params, is_script ? 5 : 0};
  for (uint32_t i = 0; i < list.count; i++) {  // the wrapper's parameters, as scope.c declared them
    params[i] = six_node_new(program, SIX_N_IDENTIFIER, (struct six_span){0, 0});
    params[i]->name = all.scopes.main->top->vars[i]->name;
  }
  enter_function(c, NULL, &list);
  code->length = list.count;
  hoist_functions(c, &program->body);
  if (!is_script) {
    compile_module_info(c, &program->body);
    // Linking happens here: the environment goes out, imports are filled in by the host.
    uint16_t reg = temp(c);
    temps(c, 1);
    emit(c, NULL, SIX_OPCODE_INITIAL_YIELD, reg, c->func->top->has_env ? c->func->top->env_reg : SIX_NO_REG, 0);
    c->next_reg -= 2;
  }
  stmts(c, &program->body);
  uint16_t value = temp(c);
  emit(c, NULL, SIX_OPCODE_LOADS, value, 0, 0);
  emit(c, NULL, SIX_OPCODE_RETURN, value, 0, 0);
  comp_finish(c);
  six_scopes_done(&all.scopes);
  free(all.atoms);
  return diag->message[0] ? NULL : code;
}
