#include "sim/node/commonjs.h"

#include <stdlib.h>
#include <string.h>

#include "sim/machine/builtins/builtin.h"
#include "sim/node/files.h"
#include "sim/node/library.h"
#include "sim/program/parse.h"

// ---- Programs of required files: kept until the run ends.

struct six_kept {
  struct six_kept *next;
  struct six_program *program;
  char *text;
};

static void free_kept(struct six_nodejs *node, void *state) {
  (void)node;
  for (struct six_kept *one = state; one;) {
    struct six_kept *next = one->next;
    if (one->program) six_program_free(one->program);
    free(one->text);
    free(one);
    one = next;
  }
}

void six_keep_program(struct six_nodejs *node, struct six_program *program, char *text) {
  struct six_kept *one = malloc(sizeof *one);
  if (!one) abort();
  *one = (struct six_kept){node->state[SIX_STATE(module)], program, text};
  node->state[SIX_STATE(module)] = one;
  node->free_state[SIX_STATE(module)] = free_kept;
}

// ---- Names

static char *join(const char *directory, const char *rest) {
  size_t length = strlen(directory);
  char *name = malloc(length + strlen(rest) + 2);
  if (!name) abort();
  memcpy(name, directory, length);
  name[length] = '/';
  strcpy(name + length + 1, rest);
  return name;
}

static char *directory_of(const char *filename) {
  char *directory = strdup(filename);
  if (!directory) abort();
  char *slash = strrchr(directory, '/');
  if (slash) slash[slash == directory] = '\0';
  return directory;
}

static bool is_file(struct six_nodejs *node, const char *path, enum six_file_type type) {
  const char *code;
  struct six_file_name *name = six_files_find(six_files_of(node), path, true, &code);
  return name && name->inode->type == type;
}

const char *six_commonjs_text(struct six_nodejs *node, const char *filename, size_t *length) {
  const char *code;
  struct six_file_name *name = six_files_find(six_files_of(node), filename, true, &code);
  if (!name || name->inode->type != SIX_FILE_REGULAR) return NULL;
  *length = name->inode->length;
  return name->inode->bytes ? name->inode->bytes : "";
}

static char *try_extensions(struct six_nodejs *node, const char *base) {
  static const char *const endings[] = {"", ".js", ".json", ".node"};
  for (size_t i = 0; i < 4; i++) {
    struct six_text name = {0};
    six_text_addf(&name, "%s%s", base, endings[i]);
    if (is_file(node, name.bytes, SIX_FILE_REGULAR)) return name.bytes;
    six_text_done(&name);
  }
  return NULL;
}

// package.json's "main": malloc'd, or NULL. Finding the key by text is enough for the packages that a world holds.
static char *package_main(struct six_nodejs *node, const char *directory) {
  char *name = join(directory, "package.json");
  size_t length;
  const char *text = six_commonjs_text(node, name, &length);
  free(name);
  const char *at = text ? strstr(text, "\"main\"") : NULL;
  if (!at || !(at = strchr(at + 6, ':')) || !(at = strchr(at, '"'))) return NULL;
  const char *end = strchr(++at, '"');
  return end ? strndup(at, (size_t)(end - at)) : NULL;
}

static char *try_directory(struct six_nodejs *node, const char *directory) {
  if (!is_file(node, directory, SIX_FILE_DIRECTORY)) return NULL;
  char *found = NULL, *entry = package_main(node, directory);
  if (entry) {
    char *base = join(directory, entry);
    found = try_extensions(node, base);
    if (!found && is_file(node, base, SIX_FILE_DIRECTORY)) {
      char *index = join(base, "index");
      found = try_extensions(node, index);
      free(index);
    }
    free(base);
    free(entry);
  }
  if (found) return found;
  char *index = join(directory, "index");
  found = try_extensions(node, index);
  free(index);
  return found;
}

static char *try_path(struct six_nodejs *node, const char *path) {
  size_t length = strlen(path);
  char *found = length && path[length - 1] == '/' ? NULL : try_extensions(node, path);
  return found ? found : try_directory(node, path);
}

static char *normal(struct six_nodejs *node, char *found) {
  if (!found) return NULL;
  char *absolute = six_files_absolute(six_files_of(node), found);
  free(found);
  return absolute;
}

static bool is_relative(const char *id) {
  return strncmp(id, "./", 2) == 0 || strncmp(id, "../", 3) == 0 || strcmp(id, ".") == 0 || strcmp(id, "..") == 0;
}

char *six_commonjs_resolve(struct six_nodejs *node, const char *from, const char *id) {
  if (id[0] == '/') return normal(node, try_path(node, id));
  if (is_relative(id)) {
    char *path = join(from, id);
    char *absolute = six_files_absolute(six_files_of(node), path);
    size_t length = strlen(id);
    bool directory_only = id[length - 1] == '/' || strcmp(id, ".") == 0 || (length >= 2 && strcmp(id + length - 2, "..") == 0);
    free(path);
    char *found = directory_only ? try_directory(node, absolute) : try_path(node, absolute);
    free(absolute);
    return normal(node, found);
  }
  char *directory = strdup(from);
  for (;;) {
    char *modules = join(directory[1] ? directory : "", "node_modules");
    char *path = join(modules, id);
    char *found = try_path(node, path);
    free(path);
    free(modules);
    if (found || !directory[1]) {
      free(directory);
      return normal(node, found);
    }
    char *parent = directory_of(directory);
    free(directory);
    directory = parent;
  }
}

// ---- Module objects

static six_key named(struct six_machine *m, const char *name) { return six_key_of_string(m, six_string_utf8(m, name, strlen(name))); }

static struct six_object *cache_of(struct six_nodejs *node) {
  if (!six_is_object(node->require_cache)) node->require_cache = six_object_value(six_object_new(node->m, NULL));
  return six_as_object(node->require_cache);
}

static six_value require_from_module(struct six_machine *m, const struct six_args *a) {
  if (!six_is_object(a->this_value)) return six_throw_type(m, "Illegal invocation");
  return six_commonjs_require(six_node_of(m), six_as_object(a->this_value), six_arg(a, 0));
}

static six_value module_class(struct six_machine *m, const struct six_args *a) {
  (void)a;
  return six_throw_unsupported(m, "new Module");
}

static six_value get_module_class(struct six_machine *m, const struct six_args *a) {
  (void)a;
  return six_node_module(six_node_of(m), SIX_MODULE_module);
}

// Module.prototype; its `constructor` is an accessor, as Node's policy code leaves it.
static struct six_object *module_prototype(struct six_nodejs *node) {
  struct six_machine *m = node->m;
  static const struct six_native_def methods[] = {{"require", require_from_module, 1, SIX_DEF_ENUMERABLE}};
  six_value *slot = &node->roots[SIX_ROOT_MODULE_PROTOTYPE];
  if (six_is_object(*slot)) return six_as_object(*slot);
  struct six_object *prototype = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  *slot = six_object_value(prototype);
  six_define_natives(m, prototype, methods, SIX_COUNT(methods));
  six_value getter = six_object_value(six_native_new(m, get_module_class, SIX_ATOM(m, constructor), 0, SIX_UNDEFINED, SIX_UNDEFINED));
  six_define_accessor(m, prototype, SIX_ATOM(m, constructor), getter, SIX_UNDEFINED, SIX_CONFIGURABLE);
  return prototype;
}

static struct six_object *lookup_paths(struct six_machine *m, const char *directory) {
  struct six_object *paths = six_array_new(m, 4);
  char *at = strdup(directory);
  if (!at) abort();
  for (;;) {
    size_t length = strlen(at);
    if (length < 13 || strcmp(at + length - 13, "/node_modules") != 0) {
      six_array_push(m, paths, six_strf(m, "%s/node_modules", at[1] ? at : ""));
    }
    if (!at[1]) break;
    char *slash = strrchr(at, '/');
    slash[slash == at] = '\0';
  }
  free(at);
  return paths;
}

static void put_symbol(struct six_machine *m, struct six_object *o, const char *name, six_value v) {
  six_define(m, o, six_symbol_value(six_symbol_new(m, six_str(m, name))), v, SIX_DATA_ALL);
}

struct six_object *six_commonjs_module(struct six_nodejs *node, const char *id, const char *filename, six_value parent) {
  struct six_machine *m = node->m;
  struct six_object *module = six_object_new(m, module_prototype(node));
  char *directory = directory_of(filename);
  bool is_main = strcmp(id, ".") == 0;
  six_put(m, module, "id", six_strf(m, "%s", id));
  six_put(m, module, "path", six_strf(m, "%s", directory));
  six_put(m, module, "exports", six_object_value(six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype))));
  six_put(m, module, "filename", six_strf(m, "%s", filename));
  six_put(m, module, "loaded", SIX_FALSE);
  six_put(m, module, "children", six_object_value(six_array_new(m, 0)));
  six_put(m, module, "paths", six_object_value(lookup_paths(m, directory)));
  if (node->rules->major >= 20) {
    put_symbol(m, module, "kIsMainSymbol", six_boolean(is_main));
    put_symbol(m, module, "kIsCachedByESMLoader", SIX_FALSE);
    put_symbol(m, module, "kIsExecuting", SIX_TRUE);
  }
  free(directory);
  six_define(m, module, named(m, "parent"), is_main ? SIX_NULL : parent, SIX_HIDDEN);
  six_define(m, cache_of(node), named(m, filename), six_object_value(module), SIX_DATA_ALL);
  if (is_main) node->main_module = six_object_value(module);
  if (six_is_object(parent)) {
    six_value children = six_node_getv(node, parent, "children");
    if (six_is_class(children, SIX_CLASS_ARRAY)) six_array_push(m, six_as_object(children), six_object_value(module));
  }
  return module;
}

void six_commonjs_forget(struct six_nodejs *node, struct six_object *module) {
  six_value filename = six_node_getv(node, six_object_value(module), "filename");
  if (!six_is_string(filename)) return;
  six_delete(node->m, cache_of(node), six_key_of_string(node->m, six_as_string(filename)), false);
}

// ---- require

static six_value call_require(struct six_machine *m, const struct six_args *a) {
  struct six_native_function *self = six_as_native(a->callee);
  return six_commonjs_require(six_node_of(m), six_as_object(self->data[0]), six_arg(a, 0));
}

static bool check_id(struct six_nodejs *node, six_value id, const char *name) {
  if (!six_is_string(id)) {
    six_node_throw_arg_type(node, name, "of type string", id);
    return false;
  }
  if (six_as_string(id)->length) return true;
  six_node_throw(node, SIX_I_TypeErrorPrototype, "ERR_INVALID_ARG_VALUE", "The argument '%s' must be a non-empty string. Received ''",
                 name);
  return false;
}

static char *module_directory(struct six_nodejs *node, struct six_object *module) {
  six_value path = six_node_getv(node, six_object_value(module), "path");
  char *directory = six_is_string(path) ? six_node_utf8(node, path, NULL) : NULL;
  return directory ? directory : strdup(node->dir_name);
}

static six_value throw_not_found(struct six_nodejs *node, struct six_object *module, const char *id) {
  struct six_machine *m = node->m;
  struct six_object *stack = six_array_new(m, 2);
  struct six_text message = {0};
  six_text_addf(&message, "Cannot find module '%s'\nRequire stack:", id);
  for (six_value at = six_object_value(module); six_is_object(at); at = six_node_getv(node, at, "parent")) {
    six_value filename = six_node_getv(node, at, "filename");
    if (!six_is_string(filename)) break;
    six_array_push(m, stack, filename);
    six_text_adds(&message, "\n- ");
    six_string_to_utf8(m, six_string_flat(m, six_as_string(filename)), &message);
  }
  node->throwing = "MODULE_NOT_FOUND";
  struct six_object *error = six_error_new(m, SIX_I_ErrorPrototype, six_string_value(six_string_utf8(m, message.bytes, message.length)));
  node->throwing = NULL;
  six_node_note_head(node, error);
  six_text_done(&message);
  six_put(m, error, "code", six_str(m, "MODULE_NOT_FOUND"));
  six_put(m, error, "requireStack", six_object_value(stack));
  return six_throw(m, six_object_value(error));
}

static six_value resolve(struct six_machine *m, const struct six_args *a) {
  struct six_nodejs *node = six_node_of(m);
  struct six_object *module = six_as_object(six_as_native(a->callee)->data[0]);
  if (!check_id(node, six_arg(a, 0), "request")) return SIX_EXCEPTION;
  char *id = six_node_utf8(node, six_arg(a, 0), NULL);
  if (six_builtin_find(node, id) >= 0) {
    free(id);
    return six_arg(a, 0);
  }
  char *directory = module_directory(node, module);
  char *filename = six_commonjs_resolve(node, directory, id);
  six_value result = filename ? six_strf(m, "%s", filename) : throw_not_found(node, module, id);
  free(filename);
  free(directory);
  free(id);
  return result;
}

static six_value resolve_paths(struct six_machine *m, const struct six_args *a) {
  struct six_nodejs *node = six_node_of(m);
  return six_node_getv(node, six_as_native(a->callee)->data[0], "paths");
}

static six_value load_by_extension(struct six_machine *m, const struct six_args *a) {
  (void)a;
  return six_throw_unsupported(m, "calling require.extensions");
}

static struct six_object *extensions(struct six_machine *m) {
  struct six_object *table = six_object_new(m, NULL);
  static const char *const names[] = {".js", ".json", ".node"};
  for (size_t i = 0; i < 3; i++) {
    six_value loader = six_object_value(six_native_new(m, load_by_extension, SIX_ATOM(m, empty), 2, SIX_UNDEFINED, SIX_UNDEFINED));
    six_put(m, table, names[i], loader);
  }
  return table;
}

static six_value make_require(struct six_nodejs *node, struct six_object *module) {
  struct six_machine *m = node->m;
  six_value self = six_object_value(module);
  struct six_object *require = six_native_new(m, call_require, SIX_ATOM(m, require), 1, self, SIX_UNDEFINED);
  struct six_object *finder = six_native_new(m, resolve, SIX_ATOM(m, resolve), 2, self, SIX_UNDEFINED);
  six_put(m, finder, "paths", six_object_value(six_native_new(m, resolve_paths, six_str(m, "paths"), 1, self, SIX_UNDEFINED)));
  six_put(m, require, "resolve", six_object_value(finder));
  six_put(m, require, "main", six_is_object(node->main_module) ? node->main_module : SIX_UNDEFINED);
  six_put(m, require, "extensions", six_object_value(extensions(m)));
  six_put(m, require, "cache", six_object_value(cache_of(node)));
  return six_object_value(require);
}

six_value six_node_make_require(struct six_nodejs *node, const char *from) {
  struct six_machine *m = node->m;
  struct six_object *module = six_object_new(m, module_prototype(node));
  char *directory = directory_of(from);
  six_put(m, module, "id", six_strf(m, "%s", from));
  six_put(m, module, "path", six_strf(m, "%s", directory));
  six_put(m, module, "filename", six_strf(m, "%s", from));
  six_put(m, module, "paths", six_object_value(lookup_paths(m, directory)));
  free(directory);
  return make_require(node, module);
}

void six_throw_diag(struct six_machine *m, const struct six_diag *diag) {
  const char *message = diag->message;
  if (diag->status == SIX_STATUS_UNSUPPORTED) {
    six_throw_unsupported(m, message);
    return;
  }
  struct six_diag worded = *diag;
  six_word_syntax_error(m, &worded);
  message = worded.message;
  if (strncmp(message, "SyntaxError: ", 13) == 0) message += 13;
  six_throw_syntax(m, "%s", message);
}

struct six_object *six_commonjs_compile(struct six_nodejs *node, const char *url, const char *text, size_t length, bool is_host) {
  char *kept = malloc(length + 1);
  if (!kept) abort();
  memcpy(kept, text, length);
  kept[length] = '\0';
  text = kept;
  char *name = strdup(url);
  struct six_source source = {name, text, length};
  struct six_diag diag = {0};
  struct six_program *program = six_parse(&source, SIX_PARSE_SCRIPT, &diag);
  struct six_object *function =
      program && (is_host || six_check_syntax(node->m, program, &diag)) ? six_compile(node->m, program, name, &diag) : NULL;
  if (program) {
    six_keep_program(node, program, kept);
    six_keep_program(node, NULL, name);
  } else {
    free(kept);
    free(name);
  }
  if (!function) six_throw_diag(node->m, &diag);
  return function;
}

six_value six_commonjs_run(struct six_nodejs *node, struct six_object *module, struct six_object *function) {
  struct six_machine *m = node->m;
  six_value self = six_object_value(module);
  size_t roots = six_roots_mark(m);
  six_root(m, self);
  six_root(m, six_object_value(function));
  six_value require = make_require(node, module);
  six_root(m, require);
  six_value exports = six_node_getv(node, self, "exports");
  six_value arguments[5] = {exports, require, self, six_node_getv(node, self, "filename"), six_node_getv(node, self, "path")};
  six_value result = six_call(m, six_object_value(function), exports, 5, arguments);
  if (!six_is_exception(result)) {
    six_set(m, module, named(m, "loaded"), SIX_TRUE);
    result = six_node_getv(node, self, "exports");
  }
  six_roots_release(m, roots);
  return result;
}

static six_value load_json(struct six_nodejs *node, struct six_object *module, const char *filename, const char *text, size_t length) {
  struct six_machine *m = node->m;
  size_t skip = length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
  six_value source = six_string_value(six_string_utf8(m, text + skip, length - skip));
  six_value json = six_object_value(six_intrinsic(m, SIX_I_JSON));
  six_value value = six_invoke(m, json, named(m, "parse"), 1, &source);
  if (six_is_exception(value)) {
    if (six_is_terminating(m) || !six_is_object(m->exception)) return value;
    six_value error = six_take_exception(m);
    six_value message = six_get(m, six_as_object(error), SIX_ATOM(m, message));
    if (six_is_string(message)) {
      char *old = six_node_utf8(node, message, NULL);
      six_set(m, six_as_object(error), SIX_ATOM(m, message), six_strf(m, "%s: %s", filename, old));
      free(old);
    }
    return six_throw(m, error);
  }
  six_set(m, module, SIX_ATOM(m, exports), value);
  six_set(m, module, named(m, "loaded"), SIX_TRUE);
  return value;
}

static bool ends_with(const char *text, const char *ending) {
  size_t length = strlen(text), count = strlen(ending);
  return length >= count && strcmp(text + length - count, ending) == 0;
}

six_value six_commonjs_load(struct six_nodejs *node, struct six_object *parent, const char *filename) {
  struct six_machine *m = node->m;
  six_value known = six_get(m, cache_of(node), named(m, filename));
  if (six_is_object(known)) return six_node_getv(node, known, "exports");
  size_t length;
  const char *text = six_commonjs_text(node, filename, &length);
  if (!text) return six_throw_unsupported(m, "require of this file");
  six_node_work(node, node->world->latency);
  if (ends_with(filename, ".mjs")) {
    return six_node_throw(node, SIX_I_ErrorPrototype, "ERR_REQUIRE_ESM",
                          "require() of ES Module %s not supported.\nInstead change the require of %s to a dynamic import() which is "
                          "available in all CommonJS modules.",
                          filename, filename);
  }
  struct six_object *module = six_commonjs_module(node, filename, filename, parent ? six_object_value(parent) : SIX_UNDEFINED);
  six_root(m, six_object_value(module));
  six_value result;
  if (ends_with(filename, ".json")) {
    result = load_json(node, module, filename, text, length);
  } else {
    struct six_object *function = six_commonjs_compile(node, filename, text, length, false);
    result = function ? six_commonjs_run(node, module, function) : SIX_EXCEPTION;
  }
  if (six_is_exception(result) && !six_is_terminating(m)) six_commonjs_forget(node, module);
  return result;
}

static six_value require_name(struct six_nodejs *node, struct six_object *parent, const char *id) {
  int builtin = six_builtin_find(node, id);
  if (builtin >= 0) return six_node_module(node, (enum six_module_id)builtin);
  if (strncmp(id, "node:", 5) == 0 && node->rules->major >= 14) {
    return six_node_throw(node, SIX_I_ErrorPrototype, "ERR_UNKNOWN_BUILTIN_MODULE", "No such built-in module: %s", id);
  }
  char *directory = module_directory(node, parent);
  char *filename = six_commonjs_resolve(node, directory, id);
  free(directory);
  if (!filename) return throw_not_found(node, parent, id);
  six_value exports = six_commonjs_load(node, parent, filename);
  free(filename);
  return exports;
}

six_value six_commonjs_require(struct six_nodejs *node, struct six_object *parent, six_value id) {
  if (!check_id(node, id, "id")) return SIX_EXCEPTION;
  char *name = six_node_utf8(node, id, NULL);
  if (!name) return SIX_EXCEPTION;
  six_value exports = require_name(node, parent, name);
  free(name);
  return exports;
}

// ---- The module 'module'

static six_value create_require(struct six_machine *m, const struct six_args *a) {
  struct six_nodejs *node = six_node_of(m);
  six_value from = six_arg(a, 0);
  if (six_is_object(from)) from = six_node_getv(node, from, "pathname");
  if (!six_is_string(from)) {
    return six_node_throw_arg_type(node, "filename", "a file URL object, file URL string, or absolute path string", six_arg(a, 0));
  }
  char *name = six_node_utf8(node, from, NULL);
  six_value require = six_node_make_require(node, strncmp(name, "file://", 7) == 0 ? name + 7 : name);
  free(name);
  return require;
}

static six_value is_builtin(struct six_machine *m, const struct six_args *a) {
  struct six_nodejs *node = six_node_of(m);
  if (!six_is_string(six_arg(a, 0))) return SIX_FALSE;
  char *name = six_node_utf8(node, six_arg(a, 0), NULL);
  int row = six_builtin_find(node, name);
  free(name);
  return six_boolean(row >= 0);
}

six_value six_module_module(struct six_nodejs *node) {
  struct six_machine *m = node->m;
  struct six_object *constructor = six_native_new(m, module_class, six_str(m, "Module"), 0, SIX_UNDEFINED, SIX_UNDEFINED);
  six_define(m, constructor, SIX_ATOM(m, prototype), six_object_value(module_prototype(node)), SIX_WRITABLE);
  six_put(m, constructor, "_cache", six_object_value(cache_of(node)));
  six_put(m, constructor, "_extensions", six_object_value(extensions(m)));
  six_node_method(node, constructor, "isBuiltin", is_builtin, 1);
  six_node_method(node, constructor, "createRequire", create_require, 1);
  six_put(m, constructor, "Module", six_object_value(constructor));
  struct six_object *names = six_array_new(m, 64);
#define M(id, name, first, last) \
  if (SIX_MODULE_##id != SIX_MODULE_test && node->rules->major >= (first)) six_array_push(m, names, six_str(m, name));
  SIX_MODULES(M)
#undef M
  six_put(m, constructor, "builtinModules", six_object_value(names));
  return six_object_value(constructor);
}
