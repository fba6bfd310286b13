#include "sim/node/frames.h"

#include <stdio.h>
#include <string.h>

#include "sim/machine/bytecode.h"
#include "sim/machine/function.h"

int32_t six_frames_find(const struct six_nodejs *node, const char *key) {
  int low = 0, high = six_frames_count, major = node->rules->major;
  while (low < high) {
    int middle = (low + high) / 2;
    if (strcmp(six_frames_rows[middle].key, key) < 0) low = middle + 1;
    else high = middle;
  }
  int32_t best = -1;
  for (; low < six_frames_count && !strcmp(six_frames_rows[low].key, key); low++)
    if (six_frames_rows[low].first <= major) best = low;
  // Errors were not recorded for every major: then the nearest older one's row serves.
  if (best >= 0 && six_frames_rows[best].last < major && (!strchr(key, '!') || six_frames_rows[best].last + 1 < major)) return -1;
  return best;
}

const char *six_frames_row_text(struct six_machine *m, int32_t row) {
  (void)m;
  return six_frames_rows[row].frames;
}

const char *six_frames_head(int32_t row) { return row >= 0 && row < six_frames_count ? six_frames_rows[row].head : NULL; }

// ---- Natives

static bool is_host(const struct six_machine *m, const struct six_frame_info *info) {
  return info->unit != UINT32_MAX && m->units[info->unit].is_host;
}

// Whether a native of this name is one of Node's, and not of the language: path.join and not Array.prototype.join.
static bool is_ours(struct six_nodejs *node, const struct six_frame_info *info, const char *name) {
  static const char *const shared[] = {"join", "resolve", "parse", "from", "concat", "on", "run", "match", "normalize"};
  for (size_t i = 0; i < sizeof shared / sizeof *shared; i++) {
    if (strcmp(shared[i], name) != 0) continue;
    if (six_is_nullish(info->this_value)) return true;
    if (!six_is_object(info->this_value)) return false;
    struct six_object *o = six_as_object(info->this_value);
    if (!strcmp(name, "from") || !strcmp(name, "concat")) return o == six_as_object(node->globals[SIX_GLOBAL_Buffer]);
    return !(o->cell.flags & SIX_OBJECT_CALLABLE) && o->cell.class_ == SIX_CLASS_OBJECT && o != node->m->intrinsics[SIX_I_JSON];
  }
  return true;
}

// Natives of V8 that jump to the function that they call: they leave no frame.
static bool passes_on(struct six_nodejs *node, const struct six_frame_info *info) {
  static const char *const names[] = {"call", "apply"};
  struct six_machine *m = node->m;
  for (int i = 0; i < 2; i++) {
    six_key key = six_string_value(six_intern_ascii(m, names[i], true));
    six_value *of_function = six_own_slot(m, six_intrinsic(m, SIX_I_FunctionPrototype), key);
    if (of_function && *of_function == info->function) return true;
    if (info->this_value == six_object_value(m->intrinsics[SIX_I_Reflect])) return true;
  }
  return false;
}

int32_t six_frames_native_row(struct six_machine *m, const struct six_frame_info *info, uint32_t index, bool innermost) {
  struct six_nodejs *node = six_node_of(m);
  bool hidden = is_host(m, info);
  struct six_frame_info caller;
  bool is_called = six_stack_frame(m, index + 1, &caller), from_host = is_called && is_host(m, &caller);
  if (hidden && info->is_construct && is_called && (from_host || caller.unit == UINT32_MAX))
    return -2;  // what Node's own code makes, a DOMException
  hidden |= from_host;
  int32_t fallback = hidden ? -2 : -1;
  if (!six_is_object(info->function)) return fallback;
  if (!innermost && passes_on(node, info)) return -2;
  struct six_text name = {0};
  struct six_object *function = six_as_object(info->function);
  struct six_string *text = six_function_name(m, function);
  if (text && text->length) six_string_to_utf8(m, text, &name);
  else if (text && is_host(m, info))
    six_text_adds(&name, six_inferred_name(m, ((struct six_function *)function)->code));  // Writable.prototype.write has no name of its own
  if (!name.length || name.length > 60) {
    six_text_done(&name);
    return info->unit == UINT32_MAX ? -2 : fallback;  // natives that have no name are V8's own business
  }
  char key[128];
  if (innermost) snprintf(key, sizeof key, "%s!%s", name.bytes, node->throwing ? node->throwing : "");
  else snprintf(key, sizeof key, "%s%s", name.bytes, info->note ? "_many" : "");
  int32_t row = is_ours(node, info, name.bytes) ? six_frames_find(node, key) : -1;
  six_text_done(&name);
  return row >= 0 ? row : fallback;
}

// ---- Under everything

static int add_base(struct six_nodejs *node, const char *key, int32_t *rows, int count) {
  int32_t row = six_frames_find(node, key);
  if (row >= 0) rows[count++] = row;
  return count;
}

// Jobs and microtasks: who empties their queue.
static int add_drain(struct six_nodejs *node, int32_t *rows, int count) {
  bool ticks = six_loop_processing_ticks(node->loop);
  switch (six_loop_drained_by(node->loop)) {
    case SIX_PHASE_TIMERS: return add_base(node, ticks ? "=timers_ticks" : "=timers_next", rows, count);
    case SIX_PHASE_CHECK: return add_base(node, ticks ? "=immediates_ticks" : "=immediates_next", rows, count);
    default: return add_base(node, ticks ? "=job_ticks" : "=job", rows, count);
  }
}

int six_frames_base_rows(struct six_machine *m, int32_t *rows, int limit) {
  struct six_nodejs *node = six_node_of(m);
  (void)limit;
  const char *base = node->base_task == six_loop_tasks(node->loop) ? node->base_frames : NULL;
  if (!base) return six_loop_draining_microtasks(node->loop) ? add_drain(node, rows, 0) : 0;
  enum six_phase drained_by = six_loop_drained_by(node->loop);
  if (!strncmp(base, "=tick", 5) && drained_by != SIX_PHASE_NONE) {
    return add_base(node, drained_by == SIX_PHASE_TIMERS ? "=timers_tick0" : "=immediates_tick0", rows, 0);
  }
  int count = add_base(node, base, rows, 0);
  return strcmp(base, "=microtask") == 0 ? add_drain(node, rows, count) : count;
}
