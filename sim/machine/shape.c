// machine: shapes. Objects made the same way share one: a tree of transitions from the empty shape of a prototype.
// A line of shapes shares one table of properties, each owning the first `count`; a branch copies.
#include "sim/machine/shape.h"

#include "sim/machine/classes.h"

enum { HASH_ABOVE = 8 };  // smaller tables are searched one by one

struct transition {
  six_key key;
  uint32_t attrs;
  struct six_shape *child;  // NULL: free
};

struct six_transitions {
  uint32_t count, capacity;  // open addressing, power of two
  struct transition items[];
};

// The empty shapes, by prototype. Weak: an entry goes when its shape is unreached.
struct six_shape_table {
  struct six_shape **slots;
  uint32_t capacity, count;
  struct six_shape *without_proto;
};

// ---- Property tables

static struct six_props *props_new(struct six_machine *m, uint32_t capacity) {
  struct six_props *props = six_cell_new(m, SIX_CELL_PROPS, sizeof *props);
  props->capacity = capacity;
  props->items = six_malloc(m, capacity * sizeof *props->items);
  return props;
}

void six_props_release(struct six_machine *m, struct six_props *props) {
  six_free(m, props->items, props->capacity * sizeof *props->items);
  six_free(m, props->buckets, props->bucket_count * sizeof *props->buckets);
}

static void props_link(struct six_props *props, uint32_t i) {
  uint32_t *bucket = &props->buckets[six_key_hash(props->items[i].key) & (props->bucket_count - 1)];
  props->items[i].next = *bucket;
  *bucket = i + 1;
}

static void props_relink(struct six_props *props) {
  memset(props->buckets, 0, props->bucket_count * sizeof *props->buckets);
  for (uint32_t i = 0; i < props->count; i++)
    if (props->items[i].key != SIX_EMPTY) props_link(props, i);
}

static void props_rehash(struct six_machine *m, struct six_props *props) {
  uint32_t wanted = 16;
  while (wanted < props->capacity) wanted *= 2;
  if (wanted != props->bucket_count) {
    six_free(m, props->buckets, props->bucket_count * sizeof *props->buckets);
    props->buckets = six_malloc(m, wanted * sizeof *props->buckets);
    props->bucket_count = wanted;
  }
  props_relink(props);
}

static void props_append(struct six_machine *m, struct six_props *props, six_key key, uint32_t attrs) {
  if (props->count == props->capacity) {
    uint32_t capacity = props->capacity * 2;
    props->items = six_realloc(m, props->items, props->capacity * sizeof *props->items, capacity * sizeof *props->items);
    props->capacity = capacity;
    if (props->buckets) props_rehash(m, props);
  }
  uint32_t i = props->count++;
  props->items[i] = (struct six_prop){.key = key, .attrs = attrs};
  if (props->buckets) props_link(props, i);
  else if (props->count > HASH_ABOVE) props_rehash(m, props);
}

static struct six_props *props_copy(struct six_machine *m, const struct six_shape *shape, uint32_t room) {
  uint32_t capacity = 4;
  while (capacity < shape->count + room) capacity *= 2;
  struct six_props *props = props_new(m, capacity);
  for (uint32_t i = 0; i < shape->count; i++) props_append(m, props, shape->props->items[i].key, shape->props->items[i].attrs);
  return props;
}

// ---- Transitions

static uint32_t transition_hash(six_key key, uint32_t attrs) { return six_key_hash(key) + attrs; }

static struct transition *transition_at(struct six_transitions *t, six_key key, uint32_t attrs) {
  uint32_t i = transition_hash(key, attrs) & (t->capacity - 1);
  while (t->items[i].child && (t->items[i].key != key || t->items[i].attrs != attrs)) i = (i + 1) & (t->capacity - 1);
  return &t->items[i];
}

static size_t transitions_size(uint32_t capacity) { return sizeof(struct six_transitions) + capacity * sizeof(struct transition); }

static struct six_transitions *transitions_new(struct six_machine *m, uint32_t capacity) {
  struct six_transitions *t = six_malloc(m, transitions_size(capacity));
  memset(t, 0, transitions_size(capacity));
  t->capacity = capacity;
  return t;
}

static void transition_insert(struct six_machine *m, struct six_shape *shape, six_key key, uint32_t attrs, struct six_shape *child) {
  struct six_transitions *t = shape->others;
  if (!t) {
    t = shape->others = transitions_new(m, 8);
  } else if (t->count * 2 >= t->capacity) {
    struct six_transitions *grown = transitions_new(m, t->capacity * 2);
    for (uint32_t i = 0; i < t->capacity; i++)
      if (t->items[i].child) *transition_at(grown, t->items[i].key, t->items[i].attrs) = t->items[i];
    grown->count = t->count;
    six_free(m, t, transitions_size(t->capacity));
    t = shape->others = grown;
  }
  struct transition *at = transition_at(t, key, attrs);
  if (!at->child) t->count++;
  *at = (struct transition){key, attrs, child};
}

// The last transition taken is kept aside; once there are two, all are in the table as well.
static void add_child(struct six_machine *m, struct six_shape *shape, six_key key, uint32_t attrs, struct six_shape *child) {
  if (shape->last_child) transition_insert(m, shape, shape->last_key, shape->last_attrs, shape->last_child);
  if (shape->others) transition_insert(m, shape, key, attrs, child);
  shape->last_child = child;
  shape->last_key = key;
  shape->last_attrs = attrs;
}

static bool is_dead(const struct six_machine *m, const struct six_shape *shape) { return shape->cell.mark != m->heap->colour; }

void six_shape_sweep_children(struct six_machine *m, struct six_shape *shape) {
  if (shape->last_child && is_dead(m, shape->last_child)) shape->last_child = NULL;
  struct six_transitions *old = shape->others;
  if (!old) return;
  uint32_t alive = 0;
  for (uint32_t i = 0; i < old->capacity; i++) alive += old->items[i].child && !is_dead(m, old->items[i].child);
  if (alive == old->count) return;
  shape->others = NULL;
  if (alive) {
    uint32_t capacity = 8;
    while (capacity < alive * 2 + 1) capacity *= 2;
    struct six_transitions *t = shape->others = transitions_new(m, capacity);
    for (uint32_t i = 0; i < old->capacity; i++)
      if (old->items[i].child && !is_dead(m, old->items[i].child))
        *transition_at(t, old->items[i].key, old->items[i].attrs) = old->items[i];
    t->count = alive;
  }
  six_free(m, old, transitions_size(old->capacity));
}

void six_shape_release(struct six_machine *m, struct six_shape *shape) {
  if (shape->others) six_free(m, shape->others, transitions_size(shape->others->capacity));
}

// ---- Shapes

static struct six_shape *shape_new(struct six_machine *m, struct six_object *proto) {
  struct six_shape *shape = six_cell_new(m, SIX_CELL_SHAPE, sizeof *shape);
  shape->proto = proto;
  return shape;
}

static uint32_t table_find(const struct six_shape_table *table, const struct six_object *proto) {
  uint32_t i = six_key_hash((uintptr_t)proto) & (table->capacity - 1);
  while (table->slots[i] && table->slots[i]->proto != proto) i = (i + 1) & (table->capacity - 1);
  return i;
}

static void table_rebuild(struct six_machine *m, uint32_t capacity, bool marked_only) {
  struct six_shape_table *table = m->shape_table;
  struct six_shape **old = table->slots;
  uint32_t old_capacity = table->capacity;
  table->slots = six_malloc(m, capacity * sizeof *old);
  memset(table->slots, 0, capacity * sizeof *old);
  table->capacity = capacity;
  table->count = 0;
  for (uint32_t i = 0; i < old_capacity; i++) {
    if (!old[i] || (marked_only && is_dead(m, old[i]))) continue;
    table->slots[table_find(table, old[i]->proto)] = old[i];
    table->count++;
  }
  six_free(m, old, old_capacity * sizeof *old);
}

void six_shapes_sweep(struct six_machine *m) {
  struct six_shape_table *table = m->shape_table;
  if (!table) return;
  if (table->without_proto && is_dead(m, table->without_proto)) table->without_proto = NULL;
  uint32_t dead = 0;
  for (uint32_t i = 0; i < table->capacity; i++) dead += table->slots[i] && is_dead(m, table->slots[i]);
  if (dead) table_rebuild(m, table->capacity, true);
}

void six_shapes_done(struct six_machine *m) {
  if (!m->shape_table) return;
  six_free(m, m->shape_table->slots, m->shape_table->capacity * sizeof(struct six_shape *));
  six_free(m, m->shape_table, sizeof *m->shape_table);
  m->shape_table = NULL;
}

static struct six_shape_table *table_of(struct six_machine *m) {
  if (m->shape_table) return m->shape_table;
  m->shape_table = six_malloc(m, sizeof *m->shape_table);
  *m->shape_table = (struct six_shape_table){0};
  table_rebuild(m, 64, false);
  return m->shape_table;
}

struct six_shape *six_shape_root_if_made(struct six_machine *m, const struct six_object *proto) {
  return m->shape_table ? m->shape_table->slots[table_find(m->shape_table, proto)] : NULL;
}

struct six_shape *six_shape_root(struct six_machine *m, struct six_object *proto) {
  struct six_shape_table *table = table_of(m);
  if (!proto) {
    if (!table->without_proto) table->without_proto = shape_new(m, NULL);
    return table->without_proto;
  }
  uint32_t i = table_find(table, proto);
  if (table->slots[i]) return table->slots[i];
  if (!(proto->cell.flags & SIX_OBJECT_IS_PROTO)) {
    proto->cell.flags |= SIX_OBJECT_IS_PROTO;
    if (!six_shape_is_dictionary(proto->shape)) proto->shape = six_shape_unshared(m, proto->shape);
  }
  struct six_shape *shape = table->slots[i] = shape_new(m, proto);
  if (++table->count * 2 > table->capacity) table_rebuild(m, table->capacity * 2, false);
  return shape;
}

struct six_shape *six_shape_add(struct six_machine *m, struct six_shape *shape, six_key key, uint32_t attrs) {
  if (shape->last_child && shape->last_key == key && shape->last_attrs == attrs) return shape->last_child;
  if (shape->others) {
    struct six_shape *child = transition_at(shape->others, key, attrs)->child;
    if (child) {
      shape->last_child = child;
      shape->last_key = key;
      shape->last_attrs = attrs;
      return child;
    }
  }
  struct six_shape *child = shape_new(m, shape->proto);
  child->parent = shape;
  child->count = shape->count + 1;
  if (!shape->count) child->props = props_new(m, 4);
  else child->props = shape->props->count == shape->count ? shape->props : props_copy(m, shape, 1);
  props_append(m, child->props, key, attrs);
  add_child(m, shape, key, attrs, child);
  return child;
}

struct six_shape *six_shape_unshared(struct six_machine *m, const struct six_shape *shape) {
  struct six_shape *copy = shape_new(m, shape->proto);
  copy->count = shape->count;
  copy->props = shape->props;
  return copy;
}

struct six_shape *six_shape_closed(struct six_machine *m, struct six_shape *shape) {
  const six_key closing = SIX_NULL;  // no property has this key
  if (six_shape_is_dictionary(shape)) return shape;
  if (shape->last_child && shape->last_key == closing) return shape->last_child;
  if (shape->others) {
    struct six_shape *child = transition_at(shape->others, closing, 0)->child;
    if (child) return child;
  }
  struct six_shape *child = six_shape_unshared(m, shape);
  add_child(m, shape, closing, 0, child);
  return child;
}

int32_t six_shape_find(const struct six_shape *shape, six_key key, uint32_t *attrs) { return six_shape_look(shape, key, attrs); }

struct six_shape *six_shape_rebuild(struct six_machine *m, struct six_shape *shape, struct six_object *proto, int32_t slot,
                                    uint32_t attrs) {
  if (six_shape_is_dictionary(shape)) {
    if (proto) six_shape_root(m, proto);  // marks it as a prototype
    shape->proto = proto;
    if (slot >= 0) shape->props->items[slot].attrs = attrs;
    return shape;
  }
  struct six_shape *built = six_shape_root(m, proto);
  for (uint32_t i = 0; i < shape->count; i++)
    built = six_shape_add(m, built, shape->props->items[i].key, (int32_t)i == slot ? attrs : shape->props->items[i].attrs);
  return built;
}

// ---- Dictionaries

struct six_shape *six_shape_to_dictionary(struct six_machine *m, const struct six_shape *shape) {
  struct six_shape *dictionary = shape_new(m, shape->proto);
  dictionary->cell.flags |= SIX_SHAPE_DICTIONARY;
  dictionary->count = shape->count;
  dictionary->props = props_copy(m, shape, shape->count + 8);
  if (!dictionary->props->buckets) props_rehash(m, dictionary->props);
  return dictionary;
}

uint32_t six_dictionary_add(struct six_machine *m, struct six_shape *shape, six_key key, uint32_t attrs) {
  props_append(m, shape->props, key, attrs);
  return shape->count++;
}

void six_dictionary_delete(struct six_shape *shape, uint32_t slot) {
  struct six_props *props = shape->props;
  uint32_t *link = &props->buckets[six_key_hash(props->items[slot].key) & (props->bucket_count - 1)];
  while (*link != slot + 1) link = &props->items[*link - 1].next;
  *link = props->items[slot].next;
  props->items[slot].key = SIX_EMPTY;
  props->deleted++;
  while (props->count && props->items[props->count - 1].key == SIX_EMPTY) {
    props->count--;
    props->deleted--;
  }
  shape->count = props->count;
}

bool six_dictionary_is_sparse(const struct six_shape *shape) {
  const struct six_props *props = shape->props;
  return props->count == props->capacity && props->deleted > 16 && props->deleted * 2 > props->count;
}

void six_dictionary_squeeze(struct six_shape *shape, six_value *slots) {
  struct six_props *props = shape->props;
  uint32_t to = 0;
  for (uint32_t i = 0; i < props->count; i++) {
    if (props->items[i].key == SIX_EMPTY) continue;
    slots[to] = slots[i];
    props->items[to++] = props->items[i];
  }
  props->count = shape->count = to;
  props->deleted = 0;
  props_relink(props);
}
