#include "sim/machine/machine.h"

#include <stdlib.h>
#include <string.h>

#include "sim/machine/classes.h"
#include "sim/machine/eval.h"
#include "sim/machine/interp.h"
#include "sim/machine/module.h"

enum { STACK_VALUES = 1 << 20, STACK_STEP = 256, FRAMES = 10400, FUEL_AT_START = 1000000 };

struct six_machine *six_machine_new(const struct six_rules *rules, const struct six_host *host, void *host_data) {
  struct six_machine *m = calloc(1, sizeof *m);
  if (!m) abort();
  m->rules = rules;
  m->host = host;
  m->host_data = host_data;
  m->exception = m->last_match.text = SIX_UNDEFINED;
  m->job_callback = m->job_promise = m->async_context = m->hook_parent = SIX_UNDEFINED;
  m->job_context = SIX_EMPTY;
  m->stack_trace_limit = 10;
  m->fuel = FUEL_AT_START;
  m->effort_mark = SIX_EFFORT_SLICE;
  m->proto_epoch = 1;
  m->stop_unit = UINT32_MAX;
  // Only touched pages cost memory.
  m->stack = malloc(STACK_VALUES * sizeof *m->stack);
  m->frames = malloc(FRAMES * sizeof *m->frames);
  if (!m->stack || !m->frames) abort();
  m->stack_limit = m->stack;
  m->stack_end = m->stack + STACK_VALUES;
  m->stack_top = m->stack;
  m->frames_limit = m->frames + FRAMES;
  m->frame = m->frames;
  *m->frame = (struct six_frame){.registers = m->stack};
  m->heap = six_heap_new(m);
#ifdef SIX_GC_STRESS
  m->gc_stress = m->gc_wanted = true;
#endif
  six_strings_init(m);
  m->object_shape = six_shape_root(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  m->array_shape = six_shape_root(m, six_intrinsic(m, SIX_I_ArrayPrototype));
  return m;
}

bool six_stack_grow(struct six_machine *m, const six_value *top) {
  if (top >= m->stack_end) return false;
  const six_value *limit = m->stack_end - top > STACK_STEP ? top + STACK_STEP : m->stack_end;
  while (m->stack_limit < limit) *m->stack_limit++ = SIX_UNDEFINED;
  return true;
}

static void free_code(struct six_code *code) {
  free(code->ins);
  free(code->inferred_name);
  free(code->nodes);
  free(code->spots);
  free(code->consts);
  free(code->children);
  free(code->ics);
  free(code->handlers);
  free(code->locals);
  free(code->templates);
  free(code->param_slots);
  free(code->template_objects);
  for (uint32_t i = 0; i < code->eval_site_count; i++) six_eval_site_free(code->eval_sites[i]);
  free(code->eval_sites);
  if (code->module) {
    free(code->module->requests);
    free(code->module->imports);
    free(code->module->exports);
    free(code->module);
  }
  free(code);
}

static void free_unit(struct six_unit *unit) {
  free((char *)unit->url);
  if (!unit->is_text) return;
  const char *bytes = unit->program->source.bytes;
  six_program_free(unit->program);
  free((char *)bytes);
}

void six_machine_free(struct six_machine *m) {
  if (!m) return;
  six_strings_done(m);
  six_shapes_done(m);
  six_heap_free(m->heap);
  for (uint32_t i = 0; i < m->codes_count; i++) free_code(m->codes[i]);
  for (uint32_t i = 0; i < m->units_count; i++) free_unit(&m->units[i]);
  free(m->codes);
  free(m->units);
  free(m->stack);
  free(m->frames);
  free(m->roots);
  free(m->parse_place);
  free(m);
}

struct six_object *six_compile(struct six_machine *m, struct six_program *program, const char *url, struct six_diag *diag) {
  if (m->units_count == m->units_capacity) {
    m->units_capacity = m->units_capacity ? m->units_capacity * 2 : 4;
    m->units = realloc(m->units, m->units_capacity * sizeof *m->units);
    if (!m->units) abort();
  }
  uint32_t unit = m->units_count++;
  m->units[unit] = (struct six_unit){.program = program, .url = strdup(url)};
  struct six_code *code = six_compile_code(m, program, unit, diag);
  return code ? &six_function_new(m, code, NULL)->object : NULL;
}

// ---- Collection: what the interpreter holds

static void mark_frame(struct six_machine *m, const struct six_frame *frame) {
  six_mark_cell(m, (struct six_cell *)frame->function);
  six_mark_value(m, frame->this_value);
  six_mark_value(m, frame->new_target);
  six_mark_cell(m, (struct six_cell *)frame->co);
}

void six_mark_interpreter(struct six_machine *m) {
  m->plain_proto_shape = NULL;
  m->constructing.constructor = NULL;
  six_mark_value(m, m->job_callback);
  six_mark_value(m, m->async_context);
  six_mark_value(m, m->last_match.text);
  for (struct six_frame *frame = m->frames + 1; frame <= m->frame; frame++) mark_frame(m, frame);
  for (uint32_t i = 0; i < m->codes_count; i++) {
    struct six_code *code = m->codes[i];
    for (uint32_t k = 0; k < code->template_count; k++) six_mark_value(m, code->template_objects ? code->template_objects[k] : SIX_EMPTY);
    // Inline caches keep nothing alive: they are emptied, and fill again.
    for (uint32_t k = 0; k < code->ic_count; k++) {
      code->ics[k].shape = code->ics[k].next = NULL;
      code->ics[k].holder = NULL;
    }
  }
}

void six_env_mark(struct six_machine *m, struct six_cell *cell) {
  struct six_env *env = (struct six_env *)cell;
  six_mark_cell(m, (struct six_cell *)env->parent);
  for (uint32_t i = 0; i < env->count; i++) six_mark_value(m, env->slots[i]);
}
