// The compiler: statements, and what break, continue, return and exceptions pass through on their way out.
#include "sim/machine/compile.h"
#include "sim/machine/interp.h"

#include <stdlib.h>
#include <string.h>

// ---- Control

struct control *push_control(struct comp *c, struct control *control, enum control_kind kind) {
  *control = (struct control){.outer = c->control, .kind = kind, .range_start = c->code->count};
  return c->control = control;
}

void pop_control(struct comp *c, struct control *control) {
  c->control = control->outer;
  free(control->ranges);
  free(control->exits);
  free(control->breaks.items);
  free(control->continues.items);
  free(control->finally_entries.items);
}

static void add_range(struct comp *c, struct control *control) {
  if (control->range_start >= c->code->count) return;
  if (control->range_count == control->range_capacity) {
    control->range_capacity = control->range_capacity ? control->range_capacity * 2 : 4;
    control->ranges = realloc(control->ranges, control->range_capacity * sizeof *control->ranges);
    if (!control->ranges) abort();
  }
  control->ranges[control->range_count].start = control->range_start;
  control->ranges[control->range_count++].end = c->code->count;
}

void protect_end(struct comp *c, struct control *control) {
  add_range(c, control);
  control->range_start = UINT32_MAX;
}

void install_handler(struct comp *c, struct control *control) {
  for (uint32_t i = 0; i < control->range_count; i++) {
    add_handler(c, control->ranges[i].start, control->ranges[i].end, c->code->count);
  }
  control->range_count = 0;
}

static void take_labels(struct comp *c, struct control *control) {
  control->labels = c->pending_labels;
  control->label_count = c->pending_label_count;
  c->pending_labels = NULL;
  c->pending_label_count = 0;
}

static bool is_protected(const struct control *control) { return control->kind >= CONTROL_ITERATOR && control->range_start != UINT32_MAX; }

void async_close(struct comp *c, const struct six_node *n, uint16_t it) {
  uint16_t result = temp(c);
  uint32_t none = emit(c, n, SIX_OPCODE_ITER_RETURN, it, result, 0);
  await_reg(c, n, result, result);
  emit(c, n, SIX_OPCODE_CHECK_OBJECT, result, 0, 0);
  patch_one(c, none, c->code->count);
  c->next_reg--;
}

// Leaves everything up to `target` (NULL: the function, with `value` as the result). What is emitted here must not be
// covered by the handlers that are left, so their ranges are interrupted.
static void leave(struct comp *c, const struct six_node *n, struct control *target, bool is_continue, uint16_t value) {
  struct control *innermost = c->control, *k = innermost;
  for (; k != target; k = k->outer) {
    if (is_protected(k)) {
      add_range(c, k);
      k->range_start = c->code->count;
    }
    c->control = k->outer;
    if (k->kind == CONTROL_ITERATOR) {
      emit(c, n, SIX_OPCODE_ITER_CLOSE, k->reg, 0, 0);
    } else if (k->kind == CONTROL_ASYNC_ITERATOR) {
      async_close(c, n, k->reg);
    } else if (k->kind == CONTROL_FINALLY) {
      if (k->exit_count == k->exit_capacity) {
        k->exit_capacity = k->exit_capacity ? k->exit_capacity * 2 : 4;
        k->exits = realloc(k->exits, k->exit_capacity * sizeof *k->exits);
        if (!k->exits) abort();
      }
      k->exits[k->exit_count] = (struct finally_exit){target, is_continue};
      emit_imm(c, n, SIX_OPCODE_LOADI, k->reg, (int32_t)(2 + k->exit_count++));
      if (!target && value != SIX_NO_REG) emit(c, n, SIX_OPCODE_MOVE, k->reg + 1u, value, 0);
      patches_add(&k->finally_entries, emit(c, n, SIX_OPCODE_JUMP, 0, 0, 0));
      goto left;
    }
  }
  if (!target) emit(c, n, SIX_OPCODE_RETURN, value, 0, 0);
  else patches_add(is_continue ? &target->continues : &target->breaks, emit(c, n, SIX_OPCODE_JUMP, 0, 0, 0));
left:
  c->control = innermost;
  for (struct control *p = innermost; p != target; p = p->outer) {
    if (is_protected(p)) p->range_start = c->code->count;
    if (p == k) break;
  }
}

void emit_return(struct comp *c, const struct six_node *n, uint16_t value) { leave(c, n, NULL, false, value); }

static bool has_label(const struct control *k, const struct six_name *label) {
  for (uint32_t i = 0; i < k->label_count; i++) {
    if (k->labels[i] == label) return true;
  }
  return false;
}

static void jump_statement(struct comp *c, const struct six_node *n) {
  bool is_continue = n->type == SIX_N_CONTINUE;
  const struct six_name *label = n->jump.label;
  for (struct control *k = c->control; k; k = k->outer) {
    if (k->kind > CONTROL_LOOP) continue;
    bool fits = is_continue ? k->kind == CONTROL_LOOP && (!label || has_label(k, label)) : label ? has_label(k, label) : k->anonymous_break;
    if (!fits) continue;
    leave(c, n, k, is_continue, SIX_NO_REG);
    return;
  }
}

// ---- try

// V8's own name for the variable that a pattern takes apart.
static const struct six_node *hidden_source(struct comp *c, const char *name, const struct six_node *pattern) {
  uint32_t end = pattern->span.end;  // it is at the last token of the pattern
  struct six_node *n = six_node_new(c->all->program, SIX_N_IDENTIFIER, (struct six_span){end - 1, end});
  n->name = six_name_intern_utf8(c->all->program, name, strlen(name));
  return n;
}

static void catch_clause(struct comp *c, const struct six_node *n, uint16_t error) {
  uint32_t saved = c->next_reg;
  open_scope(c, n->try_.handler, six_scope_at(&c->all->scopes, &n->try_.param));
  const struct six_node *param = n->try_.param;
  if (param) pattern_of(c, param, error, STORE_INIT, param->type == SIX_N_OBJECT_PATTERN ? hidden_source(c, ".catch", param) : NULL);
  stmt(c, n->try_.handler);
  close_scope(c, saved);
}

static void try_catch(struct comp *c, const struct six_node *n) {
  if (!n->try_.handler) {
    stmt(c, n->try_.block);
    return;
  }
  uint32_t saved = c->next_reg;
  uint16_t error = temp(c);
  struct control control;
  push_control(c, &control, CONTROL_TRY);
  stmt(c, n->try_.block);
  protect_end(c, &control);
  struct patches done = {0};
  patches_add(&done, emit(c, n, SIX_OPCODE_JUMP, 0, 0, 0));
  install_handler(c, &control);
  emit(c, n, SIX_OPCODE_CATCH, error, 0, 0);
  pop_control(c, &control);
  catch_clause(c, n, error);
  patch_here(c, &done);
  c->next_reg = saved;
}

// How a finally block is entered, and how what was under way goes on behind it.
static void begin_finally(struct comp *c, const struct six_node *n, struct control *control, uint16_t value) {
  protect_end(c, control);
  emit_imm(c, n, SIX_OPCODE_LOADI, control->reg, 0);
  patches_add(&control->finally_entries, emit(c, n, SIX_OPCODE_JUMP, 0, 0, 0));
  install_handler(c, control);
  emit(c, n, SIX_OPCODE_CATCH, value, 0, 0);
  emit_imm(c, n, SIX_OPCODE_LOADI, control->reg, 1);
  patch_here(c, &control->finally_entries);
}

static void end_finally(struct comp *c, const struct six_node *n, struct control *control) {
  uint16_t kind = control->reg, value = (uint16_t)(kind + 1);
  uint32_t skip = emit(c, NULL, SIX_OPCODE_JNEI, kind, 1, 0);
  emit(c, NULL, SIX_OPCODE_THROW, value, 0, 0);
  patch_one(c, skip, c->code->count);
  for (uint32_t i = 0; i < control->exit_count; i++) {
    skip = emit(c, NULL, SIX_OPCODE_JNEI, kind, 2 + i, 0);
    leave(c, n, control->exits[i].target, control->exits[i].is_continue, value);
    patch_one(c, skip, c->code->count);
  }
  pop_control(c, control);
}

// The finally block exists once. A register says how it was entered (0 normally, 1 by an exception, 2 and up: one of
// the recorded ways out), and decides how to go on after it, unless it leaves by itself (R83).
static void try_statement(struct comp *c, const struct six_node *n) {
  if (!n->try_.finalizer) {
    try_catch(c, n);
    return;
  }
  uint32_t saved = c->next_reg;
  uint16_t kind = temp(c), value = temp(c);
  struct control control;
  push_control(c, &control, CONTROL_FINALLY);
  control.reg = kind;
  try_catch(c, n);
  begin_finally(c, n, &control, value);
  c->control = control.outer;
  uint16_t completion = c->completion;  // what a finally block evaluates is not the statement's value
  c->completion = SIX_NO_REG;
  stmt(c, n->try_.finalizer);
  c->completion = completion;
  end_finally(c, n, &control);
  c->next_reg = saved;
}

// ---- using: what follows the first of such declarations is like the block of a try statement, whose finally block disposes
// of the resources.

struct disposal {
  struct control control;
  uint16_t outer;  // the resources of the scope around
  uint32_t saved;
};

static void begin_disposal(struct comp *c, const struct six_node *n, struct disposal *d) {
  d->saved = c->next_reg;
  d->outer = c->resources;
  uint16_t kind = temp(c);
  temps(c, 3);  // value, resources, awaited
  c->resources = (uint16_t)(kind + 2);
  emit(c, n, SIX_OPCODE_RESOURCES, c->resources, 0, 0);
  push_control(c, &d->control, CONTROL_FINALLY);
  d->control.reg = kind;
}

static void end_disposal(struct comp *c, const struct six_node *n, struct disposal *d, bool async) {
  uint16_t kind = d->control.reg, value = (uint16_t)(kind + 1), awaited = (uint16_t)(kind + 3);
  begin_finally(c, n, &d->control, value);
  c->control = d->control.outer;
  c->resources = d->outer;
  uint32_t again = c->code->count, done = emit(c, n, SIX_OPCODE_DISPOSE, kind, 0, 0);
  if (async) {
    uint32_t start = c->code->count;
    await_reg(c, n, awaited, awaited);
    uint32_t end = c->code->count;
    jump_to(c, n, again);
    add_handler(c, start, end, c->code->count);
    emit(c, n, SIX_OPCODE_CATCH, awaited, 0, 0);
    emit(c, n, SIX_OPCODE_DISPOSE_FAIL, kind, awaited, 0);
    jump_to(c, n, again);
  }
  patch_one(c, done, c->code->count);
  end_finally(c, n, &d->control);
  c->next_reg = d->saved;
}

static bool is_using(const struct six_node *n) { return n && n->type == SIX_N_VAR && n->declaration.kind >= SIX_USING; }
static bool is_await_using(const struct six_node *n) { return is_using(n) && n->declaration.kind == SIX_AWAIT_USING; }

// ---- Loops

static void loop_control(struct comp *c, struct control *control) {
  push_control(c, control, CONTROL_LOOP);
  control->anonymous_break = true;
  take_labels(c, control);
}

static void end_loop(struct comp *c, struct control *control) {
  patch_here(c, &control->breaks);
  pop_control(c, control);
}

// The expression that is all there is in a statement, or NULL.
static const struct six_node *only_expression(const struct six_node *n) {
  if (n->type == SIX_N_BLOCK && n->list.count == 1) n = n->list.items[0];
  return n->type == SIX_N_EXPRESSION ? n->unary.argument : NULL;
}

static void while_statement(struct comp *c, const struct six_node *n) {
  struct control control;
  loop_control(c, &control);
  struct patches out = {0}, again = {0};
  if (n->type == SIX_N_WHILE) {
    begin_statement(c, position_of(c, n->loop.test));
    branch(c, n->loop.test, false, &out);
  }
  uint32_t top = c->code->count;
  const struct six_node *only = only_expression(n->loop.body);
  if (!only || !step_and_branch(c, only, n->loop.test, top, &again)) {
    stmt(c, n->loop.body);
    patch_here(c, &control.continues);
    begin_statement(c, position_of(c, n->loop.test));
    branch(c, n->loop.test, true, &again);
  }
  patch_to(c, &again, top);
  patch_here(c, &out);
  end_loop(c, &control);
}

static void for_loop(struct comp *c, const struct six_node *n);

static void for_statement(struct comp *c, const struct six_node *n) {
  struct disposal disposal;
  bool uses = is_using(n->for_.init);
  uint32_t saved = c->next_reg;
  if (uses) begin_disposal(c, n, &disposal);
  for_loop(c, n);
  if (uses) end_disposal(c, n, &disposal, is_await_using(n->for_.init));
  c->next_reg = saved;
}

static void for_loop(struct comp *c, const struct six_node *n) {
  uint32_t saved = c->next_reg;
  const struct six_name **labels = c->pending_labels;
  uint32_t label_count = c->pending_label_count;
  c->pending_labels = NULL;
  c->pending_label_count = 0;
  struct six_scope *scope = six_scope_at(&c->all->scopes, n);
  open_scope(c, n, scope);
  if (n->for_.init) {
    if (n->for_.init->type == SIX_N_VAR) stmt(c, n->for_.init);
    else {
      begin_statement(c, n->for_.init->span.start);
      effect(c, n->for_.init);
    }
  }
  c->pending_labels = labels;
  c->pending_label_count = label_count;
  struct control control;
  loop_control(c, &control);
  struct patches out = {0}, again = {0};
  if (scope->has_env) emit(c, n, SIX_OPCODE_COPY_ENV, scope->env_reg, 0, 0);
  if (n->for_.test) {
    begin_statement(c, position_of(c, n->for_.test));
    branch(c, n->for_.test, false, &out);
  }
  uint32_t top = c->code->count;
  stmt(c, n->for_.body);
  patch_here(c, &control.continues);
  if (scope->has_env) emit(c, n, SIX_OPCODE_COPY_ENV, scope->env_reg, 0, 0);  // CreatePerIterationEnvironment
  if (n->for_.update && n->for_.test && step_and_branch(c, n->for_.update, n->for_.test, top, &again)) {
    patch_to(c, &again, top);
    patch_here(c, &out);
    end_loop(c, &control);
    close_scope(c, saved);
    return;
  }
  if (n->for_.update) {
    begin_statement(c, position_of(c, n->for_.update));
    effect(c, n->for_.update);
  }
  if (n->for_.test) {
    if (c->all->m->tracing) emit(c, n->for_.test, SIX_OPCODE_STATEMENT, 0, 0, 0);
    begin_statement(c, position_of(c, n->for_.test));
    branch(c, n->for_.test, true, &again);
    patch_to(c, &again, top);
  } else {
    jump_to(c, n, top);
  }
  patch_here(c, &out);
  end_loop(c, &control);
  close_scope(c, saved);
}

static void bind_loop_value(struct comp *c, const struct six_node *left, uint16_t value) {
  if (left->type == SIX_N_VAR) {
    const struct six_node *declarator = left->declaration.declarators.items[0];
    const struct six_node *place = declarator->binary.left;
    pattern_of(c, place, value, left->declaration.kind == SIX_VAR ? STORE_ASSIGN : STORE_INIT, hidden_source(c, ".for", place));
  } else {
    bool outer_nested = c->pattern_nested;
    c->pattern_nested = true;  // V8 words its failure as a nested pattern's
    pattern(c, left, value, STORE_ASSIGN);
    c->pattern_nested = outer_nested;
  }
}

// The expression that a for-in or for-of goes over. The loop's variables stand there in their dead zone (14.7.5.6).
static void loop_head(struct comp *c, const struct six_node *n, uint16_t value) {
  struct six_scope *scope = six_scope_at(&c->all->scopes, &n->for_in.right);
  uint32_t saved = c->next_reg;
  if (scope->is_used) open_scope(c, n, scope);
  begin_statement(c, position_of(c, n->for_in.right));
  expr(c, n->for_in.right, value);
  if (scope->is_used) close_scope(c, saved);
}

static void for_in_statement(struct comp *c, const struct six_node *n) {
  uint32_t saved = c->next_reg;
  uint16_t it = temp(c);
  temps(c, 3);
  uint16_t value = (uint16_t)(it + 3);
  const struct six_node *left = n->for_in.left;
  if (left->type == SIX_N_VAR && left->declaration.declarators.items[0]->binary.right) {  // Annex B: for (var x = 1 in o)
    pattern(c, left->declaration.declarators.items[0]->binary.left, operand(c, left->declaration.declarators.items[0]->binary.right),
            STORE_ASSIGN);
  }
  loop_head(c, n, value);
  emit(c, n->for_in.right, SIX_OPCODE_FOR_IN_OPEN, it, value, 0);
  struct control control;
  loop_control(c, &control);
  uint32_t top = c->code->count;
  uint32_t done = emit(c, n, SIX_OPCODE_FOR_IN_NEXT, it, value, 0);
  uint32_t inner = c->next_reg;
  open_scope(c, n, six_scope_at(&c->all->scopes, n));
  bind_loop_value(c, left, value);
  stmt(c, n->for_in.body);
  close_scope(c, inner);
  patch_here(c, &control.continues);
  jump_to(c, n, top);
  patch_one(c, done, c->code->count);
  end_loop(c, &control);
  c->next_reg = saved;
}

// Before V8 7.2 the parser made a for-of of a try statement and a variable: 1 from where the body begins until it ends
// normally. So a continue left it at 1, and what ended the loop then, even the iterator's own end, closed the iterator (R81).
static bool continue_closes(const struct comp *c) { return c->all->m->rules->cell[SIX_RULE_CONTINUE_CLOSES]; }

// An exception in the body closes the iterator and goes on (7.4.9 with a throw completion). `inside`: the register of R81,
// or SIX_NO_REG.
static void iterator_handler(struct comp *c, const struct six_node *n, struct control *control, bool async, uint16_t inside) {
  uint16_t it = control->reg, error = temp(c);
  install_handler(c, control);
  emit(c, n, SIX_OPCODE_CATCH, error, 0, 0);
  uint32_t outside = 0;
  if (inside != SIX_NO_REG) {
    outside = emit(c, n, SIX_OPCODE_JNEI, inside, 1, 0);
    emit(c, n, SIX_OPCODE_LOADS, it + 2u, 2, 0);  // false: not over
  }
  if (!async) {
    emit(c, n, SIX_OPCODE_ITER_CLOSE_THROW, it, error, 0);
  } else {  // whatever return() does, the first error wins
    uint32_t start = c->code->count;
    uint16_t result = temp(c);
    uint32_t none = emit(c, n, SIX_OPCODE_ITER_RETURN, it, result, 0);
    await_reg(c, n, result, result);
    uint32_t end = c->code->count;
    uint32_t skip = emit(c, n, SIX_OPCODE_JUMP, 0, 0, 0);
    add_handler(c, start, end, c->code->count);
    emit(c, n, SIX_OPCODE_CATCH, result, 0, 0);
    patch_one(c, none, c->code->count);
    patch_one(c, skip, c->code->count);
    c->next_reg--;
  }
  if (inside != SIX_NO_REG) patch_one(c, outside, c->code->count);
  emit(c, NULL, SIX_OPCODE_THROW, error, 0, 0);
  c->next_reg--;
}

// The iterator's own end behind a continue (R81).
static void close_after_continue(struct comp *c, const struct six_node *n, uint16_t it, bool async, uint16_t inside) {
  uint32_t skip = emit(c, n, SIX_OPCODE_JNEI, inside, 1, 0);
  emit(c, n, SIX_OPCODE_LOADS, it + 2u, 2, 0);  // false: not over
  if (async) async_close(c, n, it);
  else emit(c, n, SIX_OPCODE_ITER_CLOSE, it, 0, 0);
  patch_one(c, skip, c->code->count);
}

// V8 shows no expression that ends in more than one place.
static bool branches(const struct six_node *n) {
  return n->type == SIX_N_CONDITIONAL || n->type == SIX_N_OPTIONAL || (n->type == SIX_N_LOGICAL && n->binary.op != SIX_OP_NULLISH);
}

static void for_of_statement(struct comp *c, const struct six_node *n) {
  uint32_t saved = c->next_reg;
  bool async = n->for_in.is_await;
  uint16_t it = temp(c);
  temps(c, 3);
  uint16_t value = (uint16_t)(it + 3);
  struct six_scope *scope = six_scope_at(&c->all->scopes, n);
  loop_head(c, n, value);
  emit(c, n->for_in.right, async ? SIX_OPCODE_ASYNC_ITER_OPEN : SIX_OPCODE_ITER_OPEN, it, value,
       branches(n->for_in.right) ? SIX_ITERATES_VALUE : SIX_ITERATES_LOOP);
  struct control loop, iterator;
  loop_control(c, &loop);
  uint16_t inside = SIX_NO_REG;
  if (continue_closes(c)) emit_imm(c, n, SIX_OPCODE_LOADI, inside = temp(c), 0);
  // A break leaves the iterator and then the loop; a continue stays inside the iterator, so it has its own control.
  push_control(c, &iterator, async ? CONTROL_ASYNC_ITERATOR : CONTROL_ITERATOR);
  iterator.reg = it;
  uint32_t top = c->code->count, done;
  if (async) {
    emit(c, n, SIX_OPCODE_ITER_CALL, it, value, 0);
    await_reg(c, n, value, value);
    done = emit(c, n, SIX_OPCODE_ITER_RESULT, it, value, 0);
  } else {
    done = emit(c, n, SIX_OPCODE_ITER_NEXT, it, value, 0);
  }
  if (inside == SIX_NO_REG) iterator.range_start = c->code->count;  // an error of next() closes nothing
  else emit_imm(c, n, SIX_OPCODE_LOADI, inside, 1);
  struct control body;
  push_control(c, &body, CONTROL_LOOP);
  body.labels = loop.labels;
  body.label_count = loop.label_count;
  uint32_t inner = c->next_reg;
  open_scope(c, n, scope);
  if (c->all->m->tracing) emit(c, n->for_in.left, SIX_OPCODE_STATEMENT, 0, 0, 0);
  struct disposal disposal;
  bool uses = is_using(n->for_in.left);
  if (uses) begin_disposal(c, n, &disposal);
  if (uses) emit(c, n, SIX_OPCODE_USING, c->resources, value, is_await_using(n->for_in.left));
  bind_loop_value(c, n->for_in.left, value);
  stmt(c, n->for_in.body);
  if (uses) end_disposal(c, n, &disposal, is_await_using(n->for_in.left));
  close_scope(c, inner);
  if (inside != SIX_NO_REG) emit_imm(c, n, SIX_OPCODE_LOADI, inside, 0);
  patch_here(c, &body.continues);
  // A labelled break of this loop was caught by `body`'s labels: it must close the iterator too.
  if (body.breaks.count) {
    uint32_t skip = emit(c, n, SIX_OPCODE_JUMP, 0, 0, 0);
    patch_here(c, &body.breaks);
    c->control = &iterator;
    leave(c, n, &loop, false, SIX_NO_REG);
    c->control = &body;
    patch_one(c, skip, c->code->count);
  }
  pop_control(c, &body);
  protect_end(c, &iterator);
  jump_to(c, n, top);
  iterator_handler(c, n, &iterator, async, inside);
  pop_control(c, &iterator);
  patch_one(c, done, c->code->count);
  if (inside != SIX_NO_REG) close_after_continue(c, n, it, async, inside);
  end_loop(c, &loop);
  c->next_reg = saved;
}

// ---- switch

static void switch_statement(struct comp *c, const struct six_node *n) {
  uint32_t saved = c->next_reg;
  uint16_t value = temp(c);
  expr(c, n->switch_.discriminant, value);
  open_scope(c, n, six_scope_at(&c->all->scopes, n));
  struct control control;
  push_control(c, &control, CONTROL_BREAKABLE);
  control.anonymous_break = true;
  take_labels(c, &control);
  uint32_t count = n->switch_.cases.count;
  uint32_t *entries = malloc((count + 1) * sizeof *entries);
  if (!entries) abort();
  uint32_t fallback = UINT32_MAX;
  for (uint32_t i = 0; i < count; i++) hoist_functions(c, &n->switch_.cases.items[i]->case_.body);
  for (uint32_t i = 0; i < count; i++) {
    const struct six_node *k = n->switch_.cases.items[i];
    if (!k->case_.test) {
      fallback = i;
      continue;
    }
    uint32_t inner = c->next_reg;
    uint16_t test = operand(c, k->case_.test);
    entries[i] = emit(c, k, SIX_OPCODE_JSEQ, value, test, 0);
    c->next_reg = inner;
  }
  uint32_t otherwise = emit(c, n, SIX_OPCODE_JUMP, 0, 0, 0);
  for (uint32_t i = 0; i < count; i++) {
    patch_one(c, i == fallback ? otherwise : entries[i], c->code->count);
    stmts(c, &n->switch_.cases.items[i]->case_.body);
  }
  if (fallback == UINT32_MAX) patch_one(c, otherwise, c->code->count);
  free(entries);
  patch_here(c, &control.breaks);
  pop_control(c, &control);
  close_scope(c, saved);
}

// ---- Declarations and the rest

// The first token after the `=`, which may be a parenthesis.
static uint32_t initialiser_start(struct comp *c, const struct six_node *declarator) {
  const struct six_source *source = &c->all->program->source;
  uint32_t at = six_next_token(source, declarator->binary.left->span.end);
  return at < source->length && source->bytes[at] == '=' ? six_next_token(source, at + 1) : declarator->binary.right->span.start;
}

static void declaration(struct comp *c, const struct six_node *n) {
  enum store_mode mode = n->declaration.kind == SIX_VAR ? STORE_ASSIGN : STORE_INIT;
  for (uint32_t i = 0; i < n->declaration.declarators.count; i++) {
    const struct six_node *d = n->declaration.declarators.items[i];
    uint32_t saved = c->next_reg;
    if (d->binary.right) begin_statement(c, initialiser_start(c, d));
    if (!d->binary.right) {
      if (mode == STORE_INIT && d->binary.left->type == SIX_N_IDENTIFIER) {
        uint16_t undefined = temp(c);
        emit(c, d, SIX_OPCODE_LOADS, undefined, 0, 0);
        store_name(c, d, d->binary.left->name, undefined, mode);
      }
    } else if (d->binary.left->type == SIX_N_IDENTIFIER) {
      uint16_t home = storing_early(d->binary.right) ? SIX_NO_REG : assignable_register(c, d->binary.left, mode);
      uint16_t value = home != SIX_NO_REG ? home : temp(c);
      expr_named(c, d->binary.right, value, d->binary.left->name);
      if (is_using(n)) emit(c, d->binary.right, SIX_OPCODE_USING, c->resources, value, is_await_using(n));
      if (home == SIX_NO_REG) store_name(c, d, d->binary.left->name, value, mode);
      if (mode == STORE_INIT) initialised(c, d);
    } else {
      uint16_t value = temp(c);
      expr(c, d->binary.right, value);
      pattern_of(c, d->binary.left, value, mode, d->binary.right);
    }
    c->next_reg = saved;
  }
}

static void labeled(struct comp *c, const struct six_node *n) {
  const struct six_name **labels = six_arena_alloc(&c->all->scopes.arena, (c->pending_label_count + 1) * sizeof *labels);
  for (uint32_t i = 0; i < c->pending_label_count; i++) labels[i] = c->pending_labels[i];
  labels[c->pending_label_count] = n->labeled.label;
  c->pending_labels = labels;
  c->pending_label_count++;
  switch (n->labeled.body->type) {
    case SIX_N_FOR:
    case SIX_N_FOR_IN:
    case SIX_N_FOR_OF:
    case SIX_N_WHILE:
    case SIX_N_DO_WHILE:
    case SIX_N_SWITCH:
    case SIX_N_LABELED: stmt(c, n->labeled.body); return;
    default: break;
  }
  struct control control;
  push_control(c, &control, CONTROL_BREAKABLE);
  take_labels(c, &control);
  stmt(c, n->labeled.body);
  patch_here(c, &control.breaks);
  pop_control(c, &control);
}

static void if_statement(struct comp *c, const struct six_node *n) {
  struct patches done = {0};
  for (; n && n->type == SIX_N_IF; n = n->conditional.alternate) {
    struct patches otherwise = {0};
    begin_statement(c, n->span.start);
    branch(c, n->conditional.test, false, &otherwise);
    stmt(c, n->conditional.consequent);
    if (n->conditional.alternate) patches_add(&done, emit(c, n, SIX_OPCODE_JUMP, 0, 0, 0));
    patch_here(c, &otherwise);
  }
  if (n) stmt(c, n);
  patch_here(c, &done);
}

static void block(struct comp *c, const struct six_node *n) {
  uint32_t saved = c->next_reg;
  struct six_scope *scope = six_scope_at(&c->all->scopes, n);
  open_scope(c, n, scope);
  hoist_functions(c, &n->list);
  stmts(c, &n->list);
  close_scope(c, saved);
}

// Returns the value of `n` from a function that needs nothing done on its way out.
void return_value(struct comp *c, const struct six_node *n) {
  for (; n->type == SIX_N_CONDITIONAL; n = n->conditional.alternate) {
    struct patches otherwise = {0};
    branch(c, n->conditional.test, false, &otherwise);
    return_value(c, n->conditional.consequent);
    patch_here(c, &otherwise);
  }
  uint32_t saved = c->next_reg;
  emit(c, n, SIX_OPCODE_RETURN, operand(c, n), 0, 0);
  c->next_reg = saved;
}

static void return_statement(struct comp *c, const struct six_node *n) {
  if (n->unary.argument && !c->control && !c->code->derived && c->code->kind != SIX_KIND_ASYNC_GENERATOR) {
    return_value(c, n->unary.argument);
    return;
  }
  uint32_t saved = c->next_reg;
  uint16_t value = temp(c);
  if (n->unary.argument) expr(c, n->unary.argument, value);
  else emit(c, n, SIX_OPCODE_LOADS, value, 0, 0);
  if (c->code->kind == SIX_KIND_ASYNC_GENERATOR && n->unary.argument) await_reg(c, n, value, value);
  // A derived constructor that returns nothing returns `this`, which must be bound by then.
  if (c->code->derived) {
    uint32_t skip = emit(c, n, SIX_OPCODE_JNOT_UNDEFINED, value, 0, 0);
    load_pseudo(c, n, &six_pseudo_this, value);
    patch_one(c, skip, c->code->count);
  }
  emit_return(c, n, value);
  c->next_reg = saved;
}

// Annex B.3.3: where a sloppy block function stands, its value is copied to the function's var.
static void annex_b(struct comp *c, const struct six_node *n) {
  struct six_var *var = NULL;
  struct six_scope *s = c->scope;
  for (; s && s->func == c->func; s = s->parent) {
    var = six_scope_find(s, n->function->id->name);
    if (var) break;
  }
  if (!var || var->annex_b != n) return;
  uint16_t value = temp(c);
  load_name(c, n, n->function->id->name, value, false);
  struct six_scope *inner = c->scope;
  c->scope = c->func->body;
  store_name(c, n, n->function->id->name, value, six_scope_find(c->scope, n->function->id->name) ? STORE_INIT : STORE_ASSIGN);
  c->scope = inner;
  c->next_reg--;
}

static void export_default(struct comp *c, const struct six_node *n) {
  const struct six_node *value = n->unary.argument;
  const struct six_name *name = six_name_intern_utf8(c->all->program, "*default*", 9);
  if (value->type == SIX_N_FUNCTION_DECL && value->function->id) return;  // hoisted; exported under its name
  uint16_t reg = temp(c);
  const struct six_name *shown = six_name_intern_utf8(c->all->program, "default", 7);
  if (value->type == SIX_N_CLASS_DECL) class_(c, value, reg, shown);
  else if (value->type == SIX_N_FUNCTION_DECL) closure(c, value, reg, shown);
  else expr_named(c, value, reg, shown);
  store_name(c, n, value->type == SIX_N_CLASS_DECL && value->class_->id ? value->class_->id->name : name, reg, STORE_INIT);
  c->next_reg--;
}

static bool is_step(const struct six_node *n) {
  return n->type != SIX_N_BLOCK && n->type != SIX_N_FUNCTION_DECL && n->type != SIX_N_EMPTY && n->type != SIX_N_LABELED &&
         n->type != SIX_N_TRY;
}

// Whether a statement without a value of its own has the value undefined.
static bool empties_completion(const struct six_node *n) {
  switch (n->type) {
    case SIX_N_IF:
    case SIX_N_FOR:
    case SIX_N_FOR_IN:
    case SIX_N_FOR_OF:
    case SIX_N_WHILE:
    case SIX_N_DO_WHILE:
    case SIX_N_WITH:
    case SIX_N_TRY:
    case SIX_N_SWITCH: return true;
    default: return false;
  }
}

void stmt(struct comp *c, const struct six_node *n) {
  if (!n || c->all->diag->message[0]) return;
  if (c->completion != SIX_NO_REG && empties_completion(n)) emit(c, n, SIX_OPCODE_LOADS, c->completion, 0, 0);
  if (c->all->m->tracing && is_step(n)) emit(c, n, SIX_OPCODE_STATEMENT, 0, 0, 0);
  if (n->type != SIX_N_CLASS_DECL) begin_statement(c, n->span.start);
  else c->fresh = false;
  switch (n->type) {
    case SIX_N_VAR: declaration(c, n); break;
    case SIX_N_FUNCTION_DECL: annex_b(c, n); break;
    case SIX_N_CLASS_DECL: {
      uint16_t reg = temp(c);
      class_(c, n, reg, NULL);
      store_name(c, n, n->class_->id->name, reg, STORE_INIT);
      c->next_reg--;
      break;
    }
    case SIX_N_EXPRESSION:
      if (c->completion != SIX_NO_REG) expr(c, n->unary.argument, c->completion);
      else effect(c, n->unary.argument);
      break;
    case SIX_N_WITH: with_statement(c, n); break;
    case SIX_N_BLOCK: block(c, n); break;
    case SIX_N_IF: if_statement(c, n); break;
    case SIX_N_FOR: for_statement(c, n); break;
    case SIX_N_FOR_IN: for_in_statement(c, n); break;
    case SIX_N_FOR_OF: for_of_statement(c, n); break;
    case SIX_N_WHILE:
    case SIX_N_DO_WHILE: while_statement(c, n); break;
    case SIX_N_RETURN: return_statement(c, n); break;
    case SIX_N_BREAK:
    case SIX_N_CONTINUE: jump_statement(c, n); break;
    case SIX_N_THROW: {
      uint32_t saved = c->next_reg;
      emit(c, n, SIX_OPCODE_THROW, operand(c, n->unary.argument), 0, 0);
      c->next_reg = saved;
      break;
    }
    case SIX_N_TRY: try_statement(c, n); break;
    case SIX_N_SWITCH: switch_statement(c, n); break;
    case SIX_N_LABELED: labeled(c, n); break;
    case SIX_N_EXPORT_NAMED:
      if (n->export_.declaration) stmt(c, n->export_.declaration);
      break;
    case SIX_N_EXPORT_DEFAULT: export_default(c, n); break;
    default: break;
  }
}

void stmts(struct comp *c, const struct six_nodes *list) {
  uint32_t i = 0;
  while (i < list->count && !is_using(list->items[i])) stmt(c, list->items[i++]);
  if (i == list->count) return;
  const struct six_node *first = list->items[i];
  struct disposal disposal;
  bool async = false;
  begin_disposal(c, first, &disposal);
  for (; i < list->count; i++) {
    async |= is_await_using(list->items[i]);
    stmt(c, list->items[i]);
  }
  end_disposal(c, first, &disposal, async);
}
