// Looking into a machine that runs, for the trace: how frames end, and which variables they see.
#include "sim/machine/bytecode.h"
#include "sim/machine/heap.h"
#include "sim/machine/machine.h"

enum six_frame_end six_frame_end(const struct six_machine *m, const struct six_frame *frame) {
  if (m->stop) return SIX_FRAME_STOPS;
  if (frame->flags & SIX_FRAME_LEFT) return SIX_FRAME_THROWS;
  if (frame->co && frame->co->state == SIX_CO_START) return SIX_FRAME_YIELDS;
  if (!frame->co || frame->co->state != SIX_CO_SUSPENDED) return SIX_FRAME_RETURNS;
  return (frame->pc[-1] & 0xFF) == SIX_OPCODE_AWAIT ? SIX_FRAME_AWAITS : SIX_FRAME_YIELDS;
}

bool six_frame_is_host(const struct six_machine *m, const struct six_frame *frame) {
  return frame->code && m->units[frame->code->unit].is_host;
}

bool six_frame_goes_on(const struct six_frame *frame) { return frame->flags & SIX_FRAME_RESUMED; }

bool six_is_own_promise(const struct six_machine *m, const struct six_promise *promise) {
  return m->frame->co && m->frame->co->result == (const struct six_object *)promise;
}

// ---- Variables

static struct six_frame *javascript_frame(struct six_machine *m, uint32_t depth) {
  for (struct six_frame *frame = m->frame; frame > m->frames; frame--)
    if (frame->code && !six_frame_is_host(m, frame) && depth-- == 0) return frame;
  return NULL;
}

// Before its first instructions have run, the register of an environment may hold anything.
static struct six_env *env_in(six_value v) {
  if (!six_is_cell(v) || ((struct six_cell *)six_as_pointer(v))->kind != SIX_CELL_ENV) return NULL;
  return six_as_pointer(v);
}

static six_value value_of(const struct six_frame *frame, const struct six_local *local) {
  if (local->where == SIX_LOCAL_REGISTER) return local->reg == SIX_NO_REG ? SIX_EMPTY : frame->registers[local->reg];
  struct six_env *env =
      local->where == SIX_LOCAL_ENV ? env_in(frame->registers[local->reg]) : ((struct six_function *)frame->function)->env;
  for (uint16_t hop = 0; local->where == SIX_LOCAL_UP && hop < local->reg && env; hop++) env = env->parent;
  if (!env || local->slot >= env->count) return SIX_EMPTY;
  if (!local->is_import) return env->slots[local->slot];
  struct six_env *target = env_in(env->slots[local->slot]);
  return target ? target->slots[six_as_int(env->slots[local->slot + 1])] : SIX_EMPTY;
}

static bool is_seen(const struct six_local *local, uint32_t pc) { return local->from <= pc && pc < local->to; }

// A variable of the same name further in hides one further out.
static bool is_hidden(const struct six_code *code, uint32_t at, uint32_t pc) {
  const struct six_local *local = &code->locals[at];
  for (uint32_t i = 0; i < code->local_count; i++) {
    const struct six_local *other = &code->locals[i];
    if (i == at || other->name != local->name || !is_seen(other, pc)) continue;
    bool other_is_own = other->where != SIX_LOCAL_UP, own = local->where != SIX_LOCAL_UP;
    if (other_is_own != own ? other_is_own : own ? i > at : other->reg < local->reg) return true;
  }
  return false;
}

bool six_each_variable(struct six_machine *m, uint32_t depth, six_see_variable *see, void *context) {
  const struct six_frame *frame = javascript_frame(m, depth);
  if (!frame) return false;
  const struct six_code *code = frame->code;
  uint32_t pc = (uint32_t)(frame->pc - code->ins);
  for (int own = 1; own >= 0; own--)
    for (uint32_t i = 0; i < code->local_count; i++) {
      const struct six_local *local = &code->locals[i];
      if ((local->where != SIX_LOCAL_UP) == own && is_seen(local, pc) && !is_hidden(code, i, pc))
        see(context, local->name, value_of(frame, local), own);
    }
  return true;
}

bool six_frame_this(struct six_machine *m, uint32_t depth, six_value *function, six_value *this_value) {
  const struct six_frame *frame = javascript_frame(m, depth);
  if (!frame) return false;
  *function = frame->function ? six_object_value(frame->function) : SIX_UNDEFINED;
  *this_value = frame->code->arrow || frame->code->is_main ? SIX_EMPTY : frame->this_value;
  return true;
}
