// The compiler: numbers, strings, arrays, objects and templates.
#include "sim/machine/compile.h"
#include "sim/machine/interp.h"

void load_number(struct comp *c, const struct six_node *n, double d, uint16_t dst) {
  six_value v = six_number(d);
  if (six_is_int(v)) emit_imm(c, n, SIX_OPCODE_LOADI, dst, six_as_int(v));
  else emit(c, n, SIX_OPCODE_LOADK, dst, 0, constant(c, v));
}

void load_string(struct comp *c, const struct six_node *n, const struct six_name *name, uint16_t dst) {
  emit(c, n, SIX_OPCODE_LOADK, dst, 0, constant(c, atom_of(c, name)));
}

bool has_spread(const struct six_nodes *list) {
  for (uint32_t i = 0; i < list->count; i++) {
    if (list->items[i] && list->items[i]->type == SIX_N_SPREAD) return true;
  }
  return false;
}

void array_items(struct comp *c, const struct six_nodes *list, uint16_t array, const struct six_node *call) {
  int32_t words = c->all->m->rules->cell[SIX_RULE_V8_WORDS];
  bool spread = false;
  for (uint32_t i = 0; i < list->count; i++) {
    const struct six_node *item = list->items[i];
    uint32_t saved = c->next_reg;
    uint16_t value = temp(c);
    if (!item) {
      emit(c, NULL, SIX_OPCODE_LOADS, value, 4, 0);
      emit(c, NULL, SIX_OPCODE_ARRAY_PUSH, array, value, 0);
    } else if (item->type == SIX_N_SPREAD) {
      expr(c, item->unary.argument, value);
      bool ends = call && i + 1 == list->count && !spread;
      bool apart = call || (i && words > 1 && words < 4);  // those generations begin with an array of what is before the first spread
      enum six_iteration_site site = !apart ? SIX_ITERATES_ELEMENT : ends ? SIX_ITERATES_LAST_ARGUMENT : SIX_ITERATES_ARGUMENT;
      emit(c, ends ? call : item->unary.argument, SIX_OPCODE_ARRAY_SPREAD, array, value, site);
      spread = true;
    } else {
      expr(c, item, value);
      emit(c, item, SIX_OPCODE_ARRAY_PUSH, array, value, 0);
    }
    c->next_reg = saved;
  }
}

// Loads a property's key as a value.
void load_key(struct comp *c, const struct six_node *property, uint16_t dst) {
  const struct six_node *key = property->property.key;
  if (property->property.computed) {
    expr(c, key, dst);
    emit(c, key, SIX_OPCODE_TO_KEY, dst, dst, 0);
  } else if (key->type == SIX_N_NUMBER) {
    load_number(c, key, key->number, dst);
  } else if (key->type == SIX_N_PRIVATE_NAME) {
    load_name(c, key, six_private_name(c->all->program, key->name), dst, false);
  } else {
    load_string(c, key, key->name, dst);  // identifier, string, BigInt
  }
}

const struct six_name *fixed_name(struct comp *c, const struct six_node *property) {
  const struct six_node *key = property->property.key;
  if (property->property.computed) return NULL;
  if (key->type == SIX_N_NUMBER) {
    char text[32];
    return six_name_intern_utf8(c->all->program, text, six_number_to_chars(key->number, text));
  }
  return key->type == SIX_N_IDENTIFIER || key->type == SIX_N_STRING || key->type == SIX_N_BIGINT ? key->name : NULL;
}

// A method or accessor of a literal or class: defined on `object`, whose home object it gets.
void literal_method(struct comp *c, const struct six_node *p, uint16_t object, bool enumerable) {
  uint32_t saved = c->next_reg;
  uint16_t key = temp(c), function = temp(c);
  load_key(c, p, key);
  const struct six_name *name = fixed_name(c, p);
  closure(c, p->property.value, function, name);
  emit(c, p, SIX_OPCODE_SET_HOME, function, object, 0);
  uint32_t flags = enumerable ? 1 : 0;
  if (p->property.kind == SIX_PROPERTY_METHOD) {
    if (!name) emit(c, p, SIX_OPCODE_SET_NAME, function, key, 0);
    emit(c, p, SIX_OPCODE_DEFINE_METHOD, object, key, flags);
  } else {
    bool setter = p->property.kind == SIX_PROPERTY_SET;
    emit(c, p, SIX_OPCODE_SET_NAME, function, key, setter ? 2 : 1);
    emit(c, p, SIX_OPCODE_DEFINE_ACCESSOR, object, key, flags | (setter ? 2 : 0));
  }
  c->next_reg = saved;
}

static bool is_proto_setter(struct comp *c, const struct six_node *p) {
  if (p->property.kind != SIX_PROPERTY_INIT || p->property.computed || p->property.shorthand) return false;
  const struct six_name *name = fixed_name(c, p);
  return name && atom_of(c, name) == SIX_ATOM(c->all->m, __proto__);
}

static void literal_property(struct comp *c, const struct six_node *p, uint16_t dst) {
  uint32_t saved = c->next_reg;
  if (p->type == SIX_N_SPREAD) {
    uint16_t value = operand(c, p->unary.argument);
    emit(c, p, SIX_OPCODE_OBJECT_SPREAD, dst, value, 0);
  } else if (p->property.kind != SIX_PROPERTY_INIT) {
    literal_method(c, p, dst, true);
  } else if (is_proto_setter(c, p)) {
    uint16_t value = operand(c, p->property.value);
    emit(c, p, SIX_OPCODE_SET_PROTO, dst, value, 0);
  } else {
    const struct six_name *name = fixed_name(c, p);
    six_key key = name ? key_of(c, name) : SIX_EMPTY;
    if (name && !six_key_is_index(key)) {
      uint16_t value = temp(c);
      expect_position(c, position_of(c, p->property.value));
      expr_named(c, p->property.value, value, name);
      emit(c, p, SIX_OPCODE_DEFINE_FIELD, dst, value, cache(c, key));
    } else {
      uint16_t key_reg = temp(c), value = temp(c);
      load_key(c, p, key_reg);
      expr_named(c, p->property.value, value, name);
      if (p->property.computed && is_anonymous_function(p->property.value)) emit(c, p, SIX_OPCODE_SET_NAME, value, key_reg, 0);
      emit(c, p, SIX_OPCODE_DEFINE_ELEM, dst, key_reg, value);
    }
  }
  c->next_reg = saved;
}

static bool is_accessor(const struct six_node *p) {
  return p->type == SIX_N_PROPERTY && (p->property.kind == SIX_PROPERTY_GET || p->property.kind == SIX_PROPERTY_SET);
}

// Up to which property V8 defines the accessors after the rest: in a literal that begins with a spread, up to the next
// spread or computed name (src/interpreter/bytecode-generator.cc VisitObjectLiteral).
static uint32_t late_accessors_end(struct comp *c, const struct six_nodes *list) {
  if (!c->all->m->rules->cell[SIX_RULE_LATE_ACCESSORS] || !list->count || list->items[0]->type != SIX_N_SPREAD) return 0;
  uint32_t i = 1;
  while (i < list->count && list->items[i]->type != SIX_N_SPREAD && !list->items[i]->property.computed) i++;
  return i;
}

void object_literal(struct comp *c, const struct six_node *n, uint16_t dst) {
  bool fresh = c->fresh;
  emit(c, n, SIX_OPCODE_NEW_OBJECT, dst, 0, n->list.count);
  // V8 makes an object that begins with a spread from that.
  if (n->list.count && n->list.items[0]->type == SIX_N_SPREAD) c->fresh = fresh;
  uint32_t late = late_accessors_end(c, &n->list);
  for (uint32_t i = 0; i < late; i++)
    if (!is_accessor(n->list.items[i])) literal_property(c, n->list.items[i], dst);
  for (uint32_t i = 0; i < late; i++)
    if (is_accessor(n->list.items[i])) literal_property(c, n->list.items[i], dst);
  for (uint32_t i = late; i < n->list.count; i++) literal_property(c, n->list.items[i], dst);
}

void template_literal(struct comp *c, const struct six_node *n, uint16_t dst) {
  uint32_t saved = c->next_reg;
  uint32_t count = n->template.expressions.count;
  uint16_t first = (uint16_t)c->next_reg;
  uint32_t parts = 0;
  for (uint32_t i = 0; i <= count; i++) {
    if (n->template.quasis[i].cooked->length || (count == 0)) {
      load_string(c, n, n->template.quasis[i].cooked, temp(c));
      parts++;
    }
    if (i < count) {
      uint16_t reg = temp(c);
      expr(c, n->template.expressions.items[i], reg);
      // Each value is made a string where it stands, before the next is evaluated (13.2.8.6).
      emit(c, n->template.expressions.items[i], SIX_OPCODE_TEMPLATE, reg, reg, 1);
      parts++;
    }
  }
  emit(c, n, SIX_OPCODE_TEMPLATE, dst, first, parts);
  c->next_reg = saved;
}

void tagged_template(struct comp *c, const struct six_node *n, uint16_t dst) {
  uint32_t saved = c->next_reg;
  uint16_t base = temp(c);
  temps(c, 1);
  const struct six_node *tag = n->tagged.tag;
  bool receiver = true;
  if (in_chain(tag) && tag->type == SIX_N_MEMBER) {
    expr(c, tag->member.object, (uint16_t)(base + 1));
    get_member(c, tag, (uint16_t)(base + 1), base);
  } else {
    receiver = callee_start(c, tag, base);
  }
  emit(c, n, SIX_OPCODE_TEMPLATE_OBJECT, temp(c), 0, add_site(c, n->tagged.quasi));
  const struct six_nodes *values = &n->tagged.quasi->template.expressions;
  for (uint32_t i = 0; i < values->count; i++) expr(c, values->items[i], temp(c));
  emit_call(c, n, base, values->count + 1, base, receiver ? 0 : SIX_CALL_NO_RECEIVER);
  emit(c, n, SIX_OPCODE_MOVE, dst, base, 0);
  c->next_reg = saved;
}
