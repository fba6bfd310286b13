// ES modules: loading, linking and evaluating (ECMA-262 16.2.1; R46, R47).
#include "sim/node/esm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/machine/builtins/builtin.h"
#include "sim/machine/module.h"
#include "sim/node/commonjs.h"
#include "sim/node/esm_names.h"
#include "sim/node/host.h"
#include "sim/node/library.h"
#include "sim/program/parse.h"
#include "sim/rules/names.h"

enum kind { KIND_JS, KIND_COMMONJS, KIND_BUILTIN, KIND_JSON };
enum state { NEW, LINKING, LINKED, EVALUATING, WAITING, EVALUATED, FAILED };

// A loaded module. Values in it are marked by six_esm_mark.
struct record {
  char *url;   // file:///home/user/x.mjs, node:fs
  char *path;  // files: the absolute name
  enum kind kind;
  enum state state;
  bool is_async;  // has a top-level await, or waits for one
  struct six_object *function;
  const struct six_module_info *info;
  struct six_module_instance instance;
  struct record **requests;      // as info->requests
  six_value error, ns, promise;  // promise: of its whole evaluation, for importers that wait
  six_value value;               // CommonJS, built-in, JSON: what `default` is; JavaScript: its import.meta
  struct six_string **names;     // their exported names, `default` first
  uint32_t name_count;
  struct record **waiters;  // modules that evaluate once this one is done
  uint32_t waiter_count, pending, order;
};

struct six_esm {
  struct record **records;
  uint32_t count, capacity, next_order;
  struct record *main;
};

static struct six_esm *esm_of(struct six_nodejs *node) {
  if (!node->esm && !(node->esm = calloc(1, sizeof *node->esm))) abort();
  return node->esm;
}

void six_esm_mark(struct six_nodejs *node) {
  struct six_machine *m = node->m;
  for (uint32_t i = 0; node->esm && i < node->esm->count; i++) {
    struct record *r = node->esm->records[i];
    six_mark_cell(m, (struct six_cell *)r->function);
    six_value values[] = {r->instance.env, r->instance.coroutine, r->instance.promise, r->error, r->ns, r->promise, r->value};
    for (size_t k = 0; k < SIX_COUNT(values); k++) six_mark_value(m, values[k]);
    for (uint32_t k = 0; k < r->name_count; k++) six_mark_cell(m, (struct six_cell *)r->names[k]);
  }
}

void six_esm_free(struct six_nodejs *node) {
  struct six_esm *esm = node->esm;
  if (!esm) return;
  for (uint32_t i = 0; i < esm->count; i++) {
    struct record *r = esm->records[i];
    free(r->url);
    free(r->path);
    free(r->requests);
    free(r->names);
    free(r->waiters);
    free(r);
  }
  free(esm->records);
  free(esm);
  node->esm = NULL;
}

static struct record *add_record(struct six_nodejs *node, const char *url, const char *path, enum kind kind) {
  struct six_esm *esm = esm_of(node);
  struct record *r = calloc(1, sizeof *r);
  if (esm->count == esm->capacity) {
    esm->capacity = esm->capacity ? esm->capacity * 2 : 8;
    esm->records = realloc(esm->records, esm->capacity * sizeof *esm->records);
  }
  if (!r || !esm->records) abort();
  *r = (struct record){.url = strdup(url), .path = path ? strdup(path) : NULL, .kind = kind};
  r->instance = (struct six_module_instance){SIX_UNDEFINED, SIX_UNDEFINED, SIX_UNDEFINED};
  r->error = r->ns = r->promise = r->value = SIX_UNDEFINED;
  esm->records[esm->count++] = r;
  return r;
}

static struct record *find_record(struct six_nodejs *node, const char *url) {
  struct six_esm *esm = esm_of(node);
  for (uint32_t i = 0; i < esm->count; i++)
    if (strcmp(esm->records[i]->url, url) == 0) return esm->records[i];
  return NULL;
}

static struct six_string *name_string(struct six_machine *m, const struct six_name *name) {
  return six_intern_utf16(m, name->units, name->length, true);
}

static char *name_text(struct six_machine *m, const struct six_name *name) {
  struct six_text text = {0};
  six_string_to_utf8(m, name_string(m, name), &text);
  return text.bytes ? text.bytes : strdup("");
}

// ---- Loading.
static bool ends_with(const char *text, const char *ending) {
  size_t a = strlen(text), b = strlen(ending);
  return a >= b && strcmp(text + a - b, ending) == 0;
}

static six_value throw_not_found(struct six_nodejs *node, const char *what, const char *from) {
  return six_node_throw(node, SIX_I_ErrorPrototype, "ERR_MODULE_NOT_FOUND", "Cannot find %s imported from %s", what, from);
}

static bool load_js(struct six_nodejs *node, struct record *r, const char *text, size_t length) {
  struct six_source source = {r->url, text, length};
  struct six_diag diag = {0};
  struct six_program *program = six_parse(&source, SIX_PARSE_MODULE, &diag);
  if (program) {
    six_keep_program(node, program, NULL);
    if (six_check_syntax(node->m, program, &diag)) r->function = six_compile(node->m, program, r->url, &diag);
  }
  if (r->function) {
    r->info = six_module_info(r->function);
    r->is_async = program->has_top_level_await;
    return true;
  }
  six_word_syntax_error(node->m, &diag);
  if (diag.status == SIX_STATUS_UNSUPPORTED) six_throw_unsupported(node->m, diag.message);
  else six_throw_syntax(node->m, "%s", strncmp(diag.message, "SyntaxError: ", 13) == 0 ? diag.message + 13 : diag.message);
  return false;
}

static void add_name(struct record *r, struct six_string *name) {
  for (uint32_t i = 0; i < r->name_count; i++)
    if (r->names[i] == name) return;
  r->names = realloc(r->names, (r->name_count + 1) * sizeof *r->names);
  if (!r->names) abort();
  r->names[r->name_count++] = name;
}

static void add_scanned_name(void *context, const char *name, size_t length) {
  void **pair = context;
  struct six_machine *m = pair[0];
  add_name(pair[1], six_intern(m, six_string_utf8(m, name, length)));
}

static bool load_builtin(struct six_nodejs *node, struct record *r) {
  struct six_machine *m = node->m;
  r->value = six_node_require_builtin(node, r->url);
  if (six_is_exception(r->value)) return false;
  add_name(r, six_as_string(SIX_ATOM(m, default_)));
  struct six_values *keys =
      six_is_object(r->value) ? six_own_keys(m, six_as_object(r->value), SIX_KEYS_STRINGS | SIX_KEYS_ENUMERABLE_ONLY) : NULL;
  for (uint32_t i = 0; keys && i < keys->count; i++)
    if (six_is_string(keys->items[i])) add_name(r, six_as_string(keys->items[i]));
  return true;
}

static bool load_file(struct six_nodejs *node, struct record *r) {
  size_t length;
  const char *text = six_commonjs_text(node, r->path, &length);
  if (!text) return throw_not_found(node, r->path, r->url), false;
  if (r->kind == KIND_JS) return load_js(node, r, text, length);
  add_name(r, six_as_string(SIX_ATOM(node->m, default_)));
  void *pair[] = {node->m, r};
  if (r->kind == KIND_COMMONJS) six_esm_scan_names(text, length, add_scanned_name, pair);
  return true;
}

static enum kind kind_of(struct six_nodejs *node, const char *path) {
  if (ends_with(path, ".mjs")) return KIND_JS;
  if (ends_with(path, ".json")) return KIND_JSON;
  size_t length;
  const char *text = ends_with(path, ".js") ? six_commonjs_text(node, path, &length) : NULL;
  if (!text || !six_names_has("Syntax", node->rules->cell[SIX_RULE_SYNTAX], "detected-module")) return KIND_COMMONJS;
  struct six_source source = {path, text, length};
  struct six_diag diag = {0};
  struct six_program *program = six_parse(&source, SIX_PARSE_DETECT, &diag);
  bool is_module = program && program->kind == SIX_SOURCE_MODULE;
  if (program) six_program_free(program);
  return is_module ? KIND_JS : KIND_COMMONJS;
}

static struct record *load(struct six_nodejs *node, const char *specifier, const char *from_path);

static bool load_requests(struct six_nodejs *node, struct record *r) {
  if (r->kind != KIND_JS || r->requests) return true;
  r->requests = calloc(r->info->request_count + 1, sizeof *r->requests);
  if (!r->requests) abort();
  for (uint32_t i = 0; i < r->info->request_count; i++) {
    char *specifier = name_text(node->m, r->info->requests[i]);
    r->requests[i] = load(node, specifier, r->path);
    free(specifier);
    if (!r->requests[i]) return false;
  }
  return true;
}

static char *resolve(struct six_nodejs *node, const char *specifier, const char *from_path) {
  if (strncmp(specifier, "file://", 7) == 0) return strdup(specifier + 7);
  char *directory = strdup(from_path), *slash = strrchr(directory, '/');
  if (slash) slash[slash == directory] = 0;
  char *found = six_commonjs_resolve(node, directory, specifier);
  free(directory);
  return found;
}

// The record of a specifier, with everything that it imports. NULL with an exception.
static struct record *load(struct six_nodejs *node, const char *specifier, const char *from_path) {
  struct record *r;
  if (six_builtin_find(node, specifier) >= 0) {
    char url[80];
    snprintf(url, sizeof url, "node:%s", strncmp(specifier, "node:", 5) == 0 ? specifier + 5 : specifier);
    if ((r = find_record(node, url))) return r;
    r = add_record(node, url, NULL, KIND_BUILTIN);
    return load_builtin(node, r) ? r : NULL;
  }
  char *path = resolve(node, specifier, from_path);
  if (!path) {
    bool relative = specifier[0] == '.' || specifier[0] == '/';
    struct six_text what = {0};
    const char *slash = strrchr(from_path, '/');
    if (relative)
      six_text_addf(&what, "module '%.*s/%s'", (int)(slash - from_path), from_path, specifier + (strncmp(specifier, "./", 2) == 0 ? 2 : 0));
    else six_text_addf(&what, "package '%s'", specifier);
    throw_not_found(node, what.bytes, from_path);
    six_text_done(&what);
    return NULL;
  }
  struct six_text url = {0};
  six_text_addf(&url, "file://%s", path);
  r = find_record(node, url.bytes);
  bool is_new = !r;
  if (is_new) r = add_record(node, url.bytes, path, kind_of(node, path));
  six_text_done(&url);
  free(path);
  if (is_new && (!load_file(node, r) || !load_requests(node, r))) return NULL;
  return r;
}

// ---- Linking.
struct binding {
  six_value env;
  uint32_t slot;
  bool ambiguous;
};

static six_value namespace_of(struct six_nodejs *node, struct record *r);

static struct record *request_of(struct record *r, const struct six_name *from) {
  for (uint32_t i = 0; i < r->info->request_count; i++)
    if (r->info->requests[i] == from) return r->requests[i];
  return NULL;
}

static struct binding namespace_binding(struct six_nodejs *node, struct record *r) {
  six_value env = six_module_env_new(node->m, 1);
  six_root(node->m, env);
  six_module_set(env, 0, namespace_of(node, r));
  return (struct binding){env, 0, false};
}

struct visit {  // the resolveSet of ResolveExport
  const struct record *record;
  const struct six_string *name;
  struct visit *outer;
};

// ResolveExport (16.2.1.6.3): env is SIX_UNDEFINED when there is none.
static struct binding resolve_export(struct six_nodejs *node, struct record *r, struct six_string *name, struct visit *outer) {
  struct binding none = {SIX_UNDEFINED, 0, false};
  struct visit visit = {r, name, outer};
  for (struct visit *v = outer; v; v = v->outer)
    if (v->record == r && v->name == name) return none;
  if (r->kind != KIND_JS) {
    for (uint32_t i = 0; i < r->name_count; i++)
      if (r->names[i] == name) return (struct binding){r->instance.env, i, false};
    return none;
  }
  for (uint32_t i = 0; i < r->info->export_count; i++) {
    const struct six_module_export *e = &r->info->exports[i];
    if (!e->name || name_string(node->m, e->name) != name) continue;
    if (!e->from) return (struct binding){r->instance.env, e->slot, false};
    struct record *target = request_of(r, e->from);
    if (!e->external) return namespace_binding(node, target);
    return resolve_export(node, target, name_string(node->m, e->external), &visit);
  }
  if (name == six_as_string(SIX_ATOM(node->m, default_))) return none;
  struct binding star = none;
  for (uint32_t i = 0; i < r->info->export_count; i++) {
    const struct six_module_export *e = &r->info->exports[i];
    if (e->name) continue;
    struct binding found = resolve_export(node, request_of(r, e->from), name, &visit);
    if (found.ambiguous) return found;
    if (six_is_undefined(found.env)) continue;
    if (!six_is_undefined(star.env) && (star.env != found.env || star.slot != found.slot)) return (struct binding){SIX_UNDEFINED, 0, true};
    star = found;
  }
  return star;
}

struct names {
  struct six_string **items;
  uint32_t count;
};

static void exported_names(struct six_nodejs *node, struct record *r, struct names *names, struct visit *outer) {
  struct visit visit = {r, NULL, outer};
  for (struct visit *v = outer; v; v = v->outer)
    if (v->record == r) return;
  uint32_t count = r->kind == KIND_JS ? r->info->export_count : r->name_count;
  for (uint32_t i = 0; i < count; i++) {
    const struct six_module_export *e = r->kind == KIND_JS ? &r->info->exports[i] : NULL;
    if (e && !e->name) {
      exported_names(node, request_of(r, e->from), names, &visit);
      continue;
    }
    struct six_string *name = e ? name_string(node->m, e->name) : r->names[i];
    bool known = outer && name == six_as_string(SIX_ATOM(node->m, default_));  // `export *` leaves it out
    for (uint32_t k = 0; k < names->count; k++) known = known || names->items[k] == name;
    if (known) continue;
    names->items = realloc(names->items, (names->count + 1) * sizeof *names->items);
    if (!names->items) abort();
    names->items[names->count++] = name;
  }
}

static six_value namespace_of(struct six_nodejs *node, struct record *r) {
  if (six_is_object(r->ns)) return r->ns;
  struct names names = {0};
  exported_names(node, r, &names, NULL);
  six_value *keys = calloc(names.count + 1, sizeof *keys), *envs = calloc(names.count + 1, sizeof *envs);
  uint32_t *slots = calloc(names.count + 1, sizeof *slots), count = 0;
  if (!keys || !envs || !slots) abort();
  for (uint32_t i = 0; i < names.count; i++) {
    struct binding b = resolve_export(node, r, names.items[i], NULL);
    if (six_is_undefined(b.env)) continue;
    keys[count] = six_string_value(names.items[i]);
    envs[count] = b.env;
    slots[count++] = b.slot;
  }
  r->ns = six_object_value(six_namespace_new(node->m, keys, envs, slots, count));
  free(keys);
  free(envs);
  free(slots);
  free(names.items);
  return r->ns;
}

static bool open_instance(struct six_nodejs *node, struct record *r) {
  if (r->kind == KIND_JS) return six_module_open(node->m, r->function, &r->instance);
  r->instance.env = six_module_env_new(node->m, r->name_count);
  return true;
}

static bool bind_imports(struct six_nodejs *node, struct record *r) {
  struct six_machine *m = node->m;
  for (uint32_t i = 0; r->kind == KIND_JS && i < r->info->import_count; i++) {
    const struct six_module_import *import = &r->info->imports[i];
    struct record *target = request_of(r, import->from);
    struct binding b =
        import->external ? resolve_export(node, target, name_string(m, import->external), NULL) : namespace_binding(node, target);
    if (!six_is_undefined(b.env)) {
      six_module_bind(r->instance.env, import->slot, b.env, b.slot);
      continue;
    }
    char *from = name_text(m, import->from), *name = name_text(m, import->external);
    if (b.ambiguous) six_throw_syntax(m, "The requested module '%s' contains conflicting star exports for name '%s'", from, name);
    else if (target->kind == KIND_COMMONJS)
      six_throw_syntax(m,
                       "Named export '%s' not found. The requested module '%s' is a CommonJS module, which may not support all "
                       "module.exports as named exports.",
                       name, from);
    else six_throw_syntax(m, "The requested module '%s' does not provide an export named '%s'", from, name);
    free(from);
    free(name);
    return false;
  }
  return true;
}

static bool open_all(struct six_nodejs *node, struct record *r) {
  if (r->state != NEW) return true;
  r->state = LINKING;
  for (uint32_t i = 0; r->kind == KIND_JS && i < r->info->request_count; i++)
    if (!open_all(node, r->requests[i])) return false;
  return open_instance(node, r);
}

static bool bind_all(struct six_nodejs *node, struct record *r) {
  if (r->state != LINKING) return true;
  r->state = LINKED;
  for (uint32_t i = 0; r->kind == KIND_JS && i < r->info->request_count; i++)
    if (!bind_all(node, r->requests[i])) return false;
  return bind_imports(node, r);
}

// ---- Evaluating.
static bool run_foreign(struct six_nodejs *node, struct record *r) {  // CommonJS, built-in, JSON
  struct six_machine *m = node->m;
  if (r->kind == KIND_COMMONJS || r->kind == KIND_JSON) {
    six_value require = six_node_make_require(node, r->path);
    if (six_is_exception(require)) return false;
    six_root(m, require);
    six_value name = six_strf(m, "%s", r->path);
    r->value = six_call(m, require, SIX_UNDEFINED, 1, &name);
    if (six_is_exception(r->value)) return false;
  }
  six_module_set(r->instance.env, 0, r->value);
  for (uint32_t i = 1; i < r->name_count; i++) {
    six_value v = six_is_object(r->value) ? six_get(m, six_as_object(r->value), six_key_of_string(m, r->names[i])) : SIX_UNDEFINED;
    if (six_is_exception(v)) return false;
    six_module_set(r->instance.env, i, v);
  }
  return true;
}

static void evaluate(struct six_nodejs *node, struct record *r);

static void settle(struct six_nodejs *node, struct record *r, bool failed, six_value reason) {
  struct six_machine *m = node->m;
  r->state = failed ? FAILED : EVALUATED;
  if (failed) r->error = reason;
  if (six_is_promise(r->promise)) {
    if (failed) six_promise_reject(m, six_as_promise(r->promise), reason);
    else six_promise_fulfill(m, six_as_promise(r->promise), SIX_UNDEFINED);
  }
  for (uint32_t i = 0; i < r->waiter_count; i++) {
    struct record *w = r->waiters[i];
    if (w->state != WAITING) continue;
    if (failed) settle(node, w, true, reason);
    else if (--w->pending == 0) evaluate(node, w);
  }
}

static void body_done(struct six_machine *m, six_value argument, bool rejected, six_value data) {
  struct six_nodejs *node = six_node_of(m);
  struct record *r = node->esm->records[six_as_int(data)];
  if (r->state == EVALUATING || r->state == WAITING) settle(node, r, rejected, argument);
}

static uint32_t index_of(struct six_nodejs *node, const struct record *r) {
  uint32_t i = 0;
  while (node->esm->records[i] != r) i++;
  return i;
}

// Runs a module's own body; its dependencies are done.
static void evaluate(struct six_nodejs *node, struct record *r) {
  struct six_machine *m = node->m;
  r->state = EVALUATING;
  if (r->kind != KIND_JS) {
    bool ok = run_foreign(node, r);
    if (m->stop) return;
    settle(node, r, !ok, ok ? SIX_UNDEFINED : six_take_exception(m));
    return;
  }
  bool awaits = r->info && r->is_async;
  six_module_evaluate(m, &r->instance);
  if (m->stop) return;
  struct six_promise *p = six_as_promise(r->instance.promise);
  if (awaits) {  // ExecuteAsyncModule
    six_promise_then_native(m, p, body_done, six_int((int32_t)index_of(node, r)));
    return;
  }
  p->is_handled = true;
  if (p->state == SIX_REJECTED) six_node_promise_handled(m, p);
  settle(node, r, p->state == SIX_REJECTED, p->result);
}

static void wait_for(struct record *r, struct record *dependency) {
  dependency->waiters = realloc(dependency->waiters, (dependency->waiter_count + 1) * sizeof *dependency->waiters);
  if (!dependency->waiters) abort();
  dependency->waiters[dependency->waiter_count++] = r;
  r->pending++;
}

// InnerModuleEvaluation: depth first, dependencies in order; a module waits for those that await.
static void evaluate_graph(struct six_nodejs *node, struct record *r) {
  if (r->state != LINKED) return;
  r->state = WAITING;
  for (uint32_t i = 0; r->kind == KIND_JS && i < r->info->request_count; i++) {
    struct record *dependency = r->requests[i];
    bool in_cycle = dependency->state == WAITING && dependency->pending == 0;
    evaluate_graph(node, dependency);
    if (node->m->stop) return;
    if (dependency->state == FAILED) {
      settle(node, r, true, dependency->error);
      return;
    }
    if (!in_cycle && (dependency->state == EVALUATING || (dependency->state == WAITING && dependency->pending > 0)))
      wait_for(r, dependency);
  }
  if (r->pending == 0) evaluate(node, r);
}

static six_value promise_of(struct six_nodejs *node, struct record *r) {
  if (six_is_promise(r->promise)) return r->promise;
  r->promise = six_object_value(six_promise_new(node->m));
  if (r->state == EVALUATED) six_promise_fulfill(node->m, six_as_promise(r->promise), SIX_UNDEFINED);
  else if (r->state == FAILED) six_promise_reject(node->m, six_as_promise(r->promise), r->error);
  return r->promise;
}

// ---- The main module.
static enum six_outcome report_main(void *context, const struct six_task *task) {  // task->b: jobs still to pass
  struct six_nodejs *node = context;
  if (task->b > 0) {
    six_node_microtask_native(node, report_main, task->a, task->b - 1, 0);
    return SIX_DONE;
  }
  enum six_outcome outcome = six_node_uncaught(node, task->a, true);
  return outcome == SIX_THREW ? SIX_DONE : outcome;
}

static void main_done(struct six_machine *m, six_value argument, bool rejected, six_value data) {
  struct six_nodejs *node = six_node_of(m);
  (void)data;
  node->unsettled_main = false;
  if (!rejected) return;
  int jobs = node->rules->cell[SIX_RULE_ESM_ERROR_JOBS];
  six_node_microtask_native(node, report_main, argument, jobs > 2 ? (uint64_t)jobs - 2 : 0, 0);
}

static enum six_outcome start_main(void *context, const struct six_task *task) {
  struct six_nodejs *node = context;
  struct record *r = node->esm->main;
  size_t roots = six_roots_mark(node->m);
  (void)task;
  bool ok = load_requests(node, r) && open_all(node, r) && bind_all(node, r);
  enum six_outcome outcome = SIX_DONE;
  if (!ok) {
    node->unsettled_main = false;
    outcome = node->m->stop ? SIX_ENDED : six_node_uncaught(node, six_take_exception(node->m), true);
  } else {
    six_promise_then_native(node->m, six_as_promise(promise_of(node, r)), main_done, SIX_UNDEFINED);
    six_node_set_base(node, "=esm");
    evaluate_graph(node, r);
  }
  six_roots_release(node->m, roots);
  return node->m->stop ? SIX_ENDED : outcome == SIX_THREW ? SIX_DONE : outcome;
}

enum six_outcome six_esm_run_main(struct six_nodejs *node, struct six_object *main, const char *path) {
  struct six_text url = {0};
  six_text_addf(&url, "file://%s", path);
  struct record *r = add_record(node, url.bytes, path, KIND_JS);
  six_text_done(&url);
  r->function = main;
  r->info = six_module_info(main);
  r->is_async = node->program->has_top_level_await;
  node->esm->main = r;
  node->unsettled_main = true;
  struct six_task task = {.run = start_main};
  if (node->trace) task.id = six_loop_task(node->loop);
  six_loop_microtask(node->loop, &task);
  return SIX_DONE;
}

// ---- import(specifier).
// A task's words: a the promise, b the record's index, c jobs still to pass.
static enum six_outcome import_done(void *context, const struct six_task *task) {
  struct six_nodejs *node = context;
  struct record *r = node->esm->records[task->b];
  if (task->c > 0) six_node_microtask_native(node, import_done, task->a, task->b, task->c - 1);
  else six_promise_fulfill(node->m, six_as_promise(task->a), namespace_of(node, r));
  return SIX_DONE;
}

static void evaluated(struct six_machine *m, six_value argument, bool rejected, six_value data) {
  struct six_object *pair = six_as_object(data);  // [promise, record]
  struct six_nodejs *node = six_node_of(m);
  six_value promise = pair->elements[0];
  if (rejected) {
    six_promise_reject(m, six_as_promise(promise), argument);
    return;
  }
  six_node_microtask_native(node, import_done, promise, (uint64_t)six_as_int(pair->elements[1]), 1);
}

static void start_import(struct six_nodejs *node, six_value promise, struct record *r) {
  struct six_machine *m = node->m;
  bool ok = load_requests(node, r) && open_all(node, r) && bind_all(node, r);
  if (!ok) {
    if (!m->stop) six_promise_reject(m, six_as_promise(promise), six_take_exception(m));
    return;
  }
  six_value pair[] = {promise, six_int((int32_t)index_of(node, r))};
  six_value evaluation = promise_of(node, r);
  six_promise_then_native(m, six_as_promise(evaluation), evaluated, six_object_value(six_array_from(m, pair, 2)));
  evaluate_graph(node, r);
}

// A task's words: a [promise, specifier, importing file], c jobs still to pass.
static enum six_outcome import_job(void *context, const struct six_task *task);

static enum six_outcome import_read(void *context, const struct six_task *task) {  // the file's open, fstat, read and close
  struct six_nodejs *node = context;
  if (task->b < 4) {
    struct six_node_operation op = {
        .kind = SIX_TASK_FILE, .label = "import()", .trip = (uint32_t)task->b + 1, .trips = 4, .task = task->id};
    six_node_pool(node, &op, import_read, task->a, task->b + 1, 0);
    return SIX_DONE;
  }
  six_node_microtask_native(node, import_job, task->a, 1, 3);
  return SIX_DONE;
}

static enum six_outcome import_job(void *context, const struct six_task *task) {
  struct six_nodejs *node = context;
  struct six_machine *m = node->m;
  struct six_object *parts = six_as_object(task->a);
  if (task->c > 0) {
    six_node_microtask_native(node, import_job, task->a, task->b, task->c - 1);
    return SIX_DONE;
  }
  size_t roots = six_roots_mark(m);
  char *specifier = six_node_utf8(node, parts->elements[1], NULL), *from = six_node_utf8(node, parts->elements[2], NULL);
  bool is_file = six_builtin_find(node, specifier) < 0;
  char *path = is_file ? resolve(node, specifier, from) : NULL;
  if (is_file && path && task->b == 0 && node->rules->cell[SIX_RULE_IMPORT_READS_FILE]) {
    struct six_task read = {.a = task->a};
    import_read(node, &read);
  } else {
    struct record *r = load(node, specifier, from);
    if (r) start_import(node, parts->elements[0], r);
    else if (!m->stop) six_promise_reject(m, six_as_promise(parts->elements[0]), six_take_exception(m));
  }
  free(path);
  free(specifier);
  free(from);
  six_roots_release(m, roots);
  return m->stop ? SIX_ENDED : SIX_DONE;
}

six_value six_node_import_dynamic(struct six_machine *m, uint32_t source, six_value specifier) {
  struct six_nodejs *node = six_node_of(m);
  six_value promise = six_object_value(six_promise_new(m));
  six_root(m, promise);
  struct six_string *text = six_to_string(m, specifier);
  if (!text) {
    if (six_is_terminating(m)) return SIX_EXCEPTION;
    six_promise_reject(m, six_as_promise(promise), six_take_exception(m));
    return promise;
  }
  esm_of(node);
  const char *url = source < m->units_count ? m->units[source].url : node->file_name;
  if (strncmp(url, "file://", 7) == 0) url += 7;
  six_value parts[] = {promise, six_string_value(text), six_strf(m, "%s", url)};
  uint64_t jobs = (uint64_t)node->rules->cell[SIX_RULE_IMPORT_JOBS];
  six_node_microtask_native(node, import_job, six_object_value(six_array_from(m, parts, 3)), 0, jobs > 4 ? jobs - 4 : 0);
  return promise;
}

// ---- import.meta

// A file's URL from a path or relative specifier; "." and ".." are taken out of it.
static void add_url(struct six_text *out, const char *from_path, const char *specifier) {
  struct six_text path = {0};
  const char *slash = strrchr(from_path, '/');
  if (specifier[0] != '/') six_text_add(&path, from_path, (size_t)(slash - from_path) + 1);
  six_text_adds(&path, specifier);
  size_t start = out->length + strlen("file://");
  six_text_adds(out, "file://");
  for (const char *at = path.bytes; *at;) {
    size_t length = strcspn(at + 1, "/") + 1;
    if (length == 3 && !memcmp(at, "/..", 3)) {
      while (out->length > start && out->bytes[out->length - 1] != '/') out->length--;
      if (out->length > start) out->length--;
    } else if (!(length == 2 && !memcmp(at, "/.", 2))) {
      six_text_add(out, at, length);
    }
    at += length;
  }
  six_text_done(&path);
}

static six_value meta_resolve(struct six_machine *m, const struct six_args *a) {
  struct six_nodejs *node = six_node_of(m);
  struct six_text from = {0}, specifier = {0}, url = {0};
  struct six_string *text = six_to_string(m, six_arg(a, 0));
  if (!text) return SIX_EXCEPTION;
  six_string_to_utf8(m, six_string_flat(m, text), &specifier);
  six_string_to_utf8(m, six_string_flat(m, six_as_string(six_as_native(a->callee)->data[0])), &from);
  const char *name = specifier.bytes ? specifier.bytes : "";
  char *found = NULL;
  if (six_builtin_find(node, name) >= 0) six_text_addf(&url, "node:%s", strncmp(name, "node:", 5) ? name : name + 5);
  else if (!strncmp(name, "file:", 5)) six_text_adds(&url, name);
  else if (name[0] == '/' || name[0] == '.') add_url(&url, from.bytes, name);
  else if ((found = resolve(node, name, from.bytes))) six_text_addf(&url, "file://%s", found);
  six_value v = SIX_EXCEPTION;
  if (url.length) {
    v = six_string_value(six_string_utf8(m, url.bytes, url.length));
  } else {
    struct six_text what = {0};
    six_text_addf(&what, "package '%s'", name);
    throw_not_found(node, what.bytes, from.bytes);
    six_text_done(&what);
  }
  free(found);
  six_text_done(&from);
  six_text_done(&specifier);
  six_text_done(&url);
  return v;
}

static six_value text_value(struct six_machine *m, const char *text, size_t length) {
  return six_string_value(six_string_utf8(m, text, length));
}

static struct six_object *make_meta(struct six_nodejs *node, const struct record *r, const char *url) {
  struct six_machine *m = node->m;
  int32_t has = node->rules->cell[SIX_RULE_IMPORT_META];
  struct six_object *meta = six_object_new(m, NULL);
  size_t roots = six_roots_mark(m);
  six_root(m, six_object_value(meta));
  const char *path = strncmp(url, "file://", 7) ? url : url + 7, *slash = strrchr(path, '/');
  if (has > 1 && slash) {
    six_put(m, meta, "dirname", text_value(m, path, slash == path ? 1 : (size_t)(slash - path)));
    six_put(m, meta, "filename", text_value(m, path, strlen(path)));
  }
  if (has > 2) six_put(m, meta, "main", six_boolean(r && r == node->esm->main));
  if (has > 0) {
    six_value name = six_string_value(six_intern_ascii(m, "resolve", true));
    six_put(m, meta, "resolve",
            six_object_value(six_native_new(m, meta_resolve, name, 1, text_value(m, path, strlen(path)), SIX_UNDEFINED)));
  }
  six_put(m, meta, "url", text_value(m, url, strlen(url)));
  six_roots_release(m, roots);
  return meta;
}

six_value six_node_import_meta(struct six_machine *m, uint32_t source) {
  struct six_nodejs *node = six_node_of(m);
  struct record *r = find_record(node, m->units[source].url);
  if (r && six_is_object(r->value)) return r->value;
  six_value meta = six_object_value(make_meta(node, r, m->units[source].url));
  if (r) r->value = meta;
  return meta;
}
