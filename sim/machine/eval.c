// Evaluating text. See eval.h.
#include "sim/machine/eval.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/machine/interp.h"

void six_eval_site_free(struct six_eval_site *site) {
  for (uint32_t i = 0; i < site->count; i++) free(site->scopes[i].vars);
  free(site->scopes);
  free(site);
}

// "eval at f (file:1:2), <anonymous>": what stack traces show for the file.
static char *origin_of(struct six_machine *m) {
  struct six_text out = {0};
  struct six_frame_info info = {.unit = UINT32_MAX};
  for (uint32_t i = 0; info.unit == UINT32_MAX || m->units[info.unit].is_host; i++) {
    if (!six_stack_frame(m, i, &info)) return strdup("<anonymous>");
  }
  six_text_adds(&out, "eval at ");
  struct six_string *name = info.is_top_level ? NULL : six_function_name(m, six_as_object(info.function));
  if (name && name->length) six_string_to_utf8(m, name, &out);
  else six_text_adds(&out, "<anonymous>");
  const struct six_unit *unit = &m->units[info.unit];
  struct six_position at = six_source_position(&unit->program->source, info.span.start);
  six_text_addf(&out, " (%s:%u:%u), <anonymous>", unit->url, at.line, at.column);
  char *url = strdup(out.bytes);
  six_text_done(&out);
  return url;
}

const char *six_nameless_script(const struct six_machine *m) {
  return m->rules->cell[SIX_RULE_NAMELESS_SCRIPT] ? "<anonymous_script>" : "undefined";
}

static uint32_t add_unit(struct six_machine *m, struct six_program *program, char *url) {
  if (m->units_count == m->units_capacity) {
    m->units_capacity = m->units_capacity ? m->units_capacity * 2 : 4;
    m->units = realloc(m->units, m->units_capacity * sizeof *m->units);
    if (!m->units) abort();
  }
  m->units[m->units_count] = (struct six_unit){.program = program, .url = url, .is_text = true};
  return m->units_count++;
}

// What V8 underlines: a token, of one that it cannot read the beginning.
static uint32_t marked_length(const struct six_diag *diag) {
  static const char unexpected[] = "Unexpected token ";
  static const char *const points[] = {"Invalid or unexpected token", "Invalid regular expression flags", "has already been declared"};
  for (size_t i = 0; i < sizeof points / sizeof *points; i++)
    if (strstr(diag->message, points[i])) return 1;
  const char *token = strstr(diag->message, unexpected);
  if (!token) return diag->span.end - diag->span.start;
  token += sizeof unexpected - 1;
  size_t quotes = *token == '\'' && token[1] ? 2 : 0;
  return (uint32_t)(strlen(token) - quotes);
}

void six_note_parse_error(struct six_machine *m, const char *name, const struct six_source *source, const struct six_diag *diag) {
  struct six_text text = {0};
  uint32_t length = (uint32_t)source->length, at = diag->span.start > length ? length : diag->span.start, start = at, end = at;
  while (start > 0 && source->bytes[start - 1] != '\n') start--;
  while (end < length && source->bytes[end] != '\n') end++;
  struct six_position position = six_source_position(source, at);
  six_text_addf(&text, "%s:%u\n%.*s\n%*s", name, position.line, (int)(end - start), source->bytes + start, (int)position.column - 1, "");
  if (at < length) {  // after its end there is nothing to mark
    for (uint32_t i = at, stop = at + marked_length(diag); i == at || (i < stop && i < end); i++) six_text_addc(&text, '^');
  }
  six_text_addc(&text, '\n');
  free(m->parse_place);
  m->parse_place = text.bytes;
  m->parse_error = m->exception;
  six_note_thrown(m);
  m->thrown_by_native = true;
}

static void throw_diag(struct six_machine *m, const struct six_diag *diag, const struct six_source *source) {
  static const char syntax[] = "SyntaxError: ", range[] = "RangeError: ";
  if (!strncmp(diag->message, syntax, sizeof syntax - 1)) {
    six_throw_syntax(m, "%s", diag->message + sizeof syntax - 1);
    six_note_parse_error(m, six_nameless_script(m), source, diag);
  } else if (!strncmp(diag->message, range, sizeof range - 1)) {
    six_throw_range(m, "Maximum call stack size exceeded");
  } else {
    six_throw_unsupported(m, "an eval of this text");
    snprintf(m->stop_message, sizeof m->stop_message, "%.200s", diag->message);
  }
}

// Compiles a text; its code, or NULL and a pending exception. Text, tree and code stay as long as the machine, and are
// counted against the budget of memory.
static struct six_code *compile_text(struct six_machine *m, struct six_text *text, const struct six_eval_site *site) {
  static const struct six_eval_context global = {0};
  struct six_diag diag = {0};
  char *bytes = strdup(text->bytes ? text->bytes : "");
  if (!bytes) abort();
  struct six_source source = {"<anonymous>", bytes, text->length};
  struct six_program *program = six_parse_eval(&source, site ? &site->context : &global, &diag);
  if (program && !six_check_syntax(m, program, &diag)) {
    six_program_free(program);
    program = NULL;
  }
  if (!program) {
    six_word_syntax_error(m, &diag);
    // A class around a direct eval may have it.
    if (site && strstr(diag.message, "Private field '#")) six_throw_unsupported(m, "a private name in the text of an eval");
    else throw_diag(m, &diag, &source);
    free(bytes);
    return NULL;
  }
  uint32_t unit = add_unit(m, program, origin_of(m));
  struct six_code *code = six_compile_eval(m, program, unit, site, &diag);
  m->memory_used += text->length * 64 + 2048;
  six_effort(m, text->length * 4 + 200);
  if (!code) throw_diag(m, &diag, &source);
  return code;
}

static six_value run_text(struct six_machine *m, struct six_text *text, const struct six_eval_site *site, struct six_env *env) {
  struct six_code *code = compile_text(m, text, site);
  if (!code) return SIX_EXCEPTION;
  six_value function = six_object_value(&six_function_new(m, code, env)->object);
  return six_call(m, function, SIX_UNDEFINED, 0, NULL);
}

six_value six_eval(struct six_machine *m, struct six_string *text, const struct six_eval_site *site, six_value env) {
  struct six_text bytes = {0};
  six_string_to_utf8(m, six_string_flat(m, text), &bytes);
  six_value v = run_text(m, &bytes, site, site ? six_as_pointer(env) : NULL);
  six_text_done(&bytes);
  return v;
}

// ---- Functions from text

static bool add_argument(struct six_machine *m, six_value v, struct six_text *out) {
  struct six_string *s = six_to_string(m, v);
  if (s) six_string_to_utf8(m, s, out);
  return s != NULL;
}

six_value six_function_from_text(struct six_machine *m, const struct six_args *a, const char *prefix, enum six_intrinsic_id fallback) {
  struct six_text text = {0};
  six_text_addf(&text, "(%s anonymous(", prefix);
  bool ok = true;
  for (int i = 0; ok && i < a->argc - 1; i++) {
    if (i) six_text_addc(&text, ',');
    ok = add_argument(m, a->argv[i], &text);
  }
  six_text_adds(&text, "\n) {\n");
  if (ok && a->argc) ok = add_argument(m, a->argv[a->argc - 1], &text);
  six_text_adds(&text, "\n})");
  six_value f = ok ? run_text(m, &text, NULL, NULL) : SIX_EXCEPTION;
  six_text_done(&text);
  if (!six_is_exception(f)) ((struct six_function *)six_as_object(f))->code->is_eval = true;  // stacks show it as eval
  if (six_is_exception(f) || !six_is_object(a->new_target) || a->new_target == six_object_value(a->callee)) return f;
  six_root(m, f);
  struct six_object *proto = six_prototype_for(m, a, six_intrinsic(m, fallback));
  if (!proto || six_set_prototype(m, six_as_object(f), proto, true) < 0) return SIX_EXCEPTION;
  return f;
}
