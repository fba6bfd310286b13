// node: module path. Paths are handled as UTF-8; separators are ASCII. The win32 half knows drives and both separators.
#include <stdio.h>
#include <stdlib.h>

#include "sim/node/inspect.h"
#include "sim/node/node.h"

static bool is_windows(const struct six_args *a) { return six_as_native(a->callee)->data[0] == SIX_TRUE; }
static bool is_sep(char c, bool windows) { return c == '/' || (windows && c == '\\'); }
static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// The text of a string argument. false with ERR_INVALID_ARG_TYPE.
static bool read_path(struct six_machine *m, six_value v, const char *name, struct six_text *out) {
  if (!six_is_string(v)) {
    six_node_throw_arg_type(six_node_of(m), name, "of type string", v);
    return false;
  }
  six_text_add(out, "", 0);
  six_add_string(m, six_as_string(v), out);
  return true;
}

static six_value text_value(struct six_machine *m, const char *bytes, size_t length) { return six_string_from_wtf8(m, bytes, length); }

static six_value done(struct six_machine *m, struct six_text *text) {
  six_value v = text_value(m, text->bytes ? text->bytes : "", text->length);
  six_text_done(text);
  return v;
}

// Bytes of the device ("C:") at the head of a Windows path.
static size_t device_length(const char *path, size_t length, bool windows) {
  return windows && length >= 2 && is_letter(path[0]) && path[1] == ':' ? 2 : 0;
}

// Appends `path` without "." and ".." segments. above_root: ".." may stay at the front.
static void add_normalized(const char *path, size_t length, bool above_root, bool windows, struct six_text *out) {
  char sep = windows ? '\\' : '/';
  size_t base = out->length;
  for (size_t i = 0; i < length;) {
    size_t end = i;
    while (end < length && !is_sep(path[end], windows)) end++;
    size_t size = end - i;
    bool parent = size == 2 && path[i] == '.' && path[i + 1] == '.';
    if (parent) {
      size_t last = out->length;
      while (last > base && out->bytes[last - 1] != sep) last--;
      bool is_parent = out->length - last == 2 && out->bytes[last] == '.' && out->bytes[last + 1] == '.';
      if (out->length > base && !is_parent) {
        out->length = last > base ? last - 1 : base;
        parent = false;
      }
      if (parent && !above_root) parent = false;
    }
    bool here = size == 1 && path[i] == '.';
    if (parent || (size && !here && !(size == 2 && path[i] == '.' && path[i + 1] == '.'))) {
      if (out->length > base) six_text_addc(out, sep);
      six_text_add(out, path + i, size);
    }
    i = end + 1;
  }
  if (out->bytes) out->bytes[out->length] = '\0';
}

static void add_normal_path(const char *path, size_t length, bool windows, struct six_text *out) {
  if (!length) {
    six_text_addc(out, '.');
    return;
  }
  size_t device = device_length(path, length, windows);
  bool absolute = length > device && is_sep(path[device], windows), trailing = is_sep(path[length - 1], windows);
  six_text_add(out, path, device);
  if (absolute) six_text_addc(out, windows ? '\\' : '/');
  size_t base = out->length;
  add_normalized(path + device, length - device, !absolute, windows, out);
  if (out->length == base && !absolute) {
    six_text_adds(out, trailing && !device ? (windows ? ".\\" : "./") : ".");
    return;
  }
  if (out->length > base && trailing) six_text_addc(out, windows ? '\\' : '/');
}

static six_value path_normalize(struct six_machine *m, const struct six_args *a) {
  struct six_text path = {0}, out = {0};
  if (!read_path(m, six_arg(a, 0), "path", &path)) return SIX_EXCEPTION;
  add_normal_path(path.bytes, path.length, is_windows(a), &out);
  six_text_done(&path);
  return done(m, &out);
}

static six_value path_is_absolute(struct six_machine *m, const struct six_args *a) {
  struct six_text path = {0};
  if (!read_path(m, six_arg(a, 0), "path", &path)) return SIX_EXCEPTION;
  bool windows = is_windows(a);
  size_t device = device_length(path.bytes, path.length, windows);
  bool absolute = path.length > device && is_sep(path.bytes[device], windows);
  six_text_done(&path);
  return six_boolean(absolute);
}

static six_value path_join(struct six_machine *m, const struct six_args *a) {
  struct six_text joined = {0}, out = {0};
  bool windows = is_windows(a);
  for (int i = 0; i < a->argc; i++) {
    struct six_text part = {0};
    if (!read_path(m, a->argv[i], "path", &part)) {
      six_text_done(&joined);
      return SIX_EXCEPTION;
    }
    if (part.length) {
      if (joined.length) six_text_addc(&joined, windows ? '\\' : '/');
      six_text_add(&joined, part.bytes, part.length);
    }
    six_text_done(&part);
  }
  add_normal_path(joined.bytes, joined.length, windows, &out);
  six_text_done(&joined);
  return done(m, &out);
}

// process.cwd(). [JS]
static bool add_cwd(struct six_machine *m, struct six_text *out) {
  struct six_nodejs *node = six_node_of(m);
  six_value process = six_node_process(node);
  if (six_is_exception(process)) return false;
  six_value cwd = six_invoke(m, process, six_string_value(six_intern_ascii(m, "cwd", true)), 0, NULL);
  if (six_is_exception(cwd)) return false;
  if (six_is_string(cwd)) six_add_string(m, six_as_string(cwd), out);
  return true;
}

// Puts `part` before what is resolved so far.
static void put_before(struct six_text *resolved, const struct six_text *part, char sep) {
  struct six_text whole = {0};
  six_text_add(&whole, part->bytes, part->length);
  six_text_addc(&whole, sep);
  if (resolved->length) six_text_add(&whole, resolved->bytes, resolved->length);
  six_text_done(resolved);
  *resolved = whole;
}

static bool resolve(struct six_machine *m, int argc, const six_value *argv, bool windows, struct six_text *out) {
  struct six_text resolved = {0};
  bool absolute = false, good = true;
  char sep = windows ? '\\' : '/';
  for (int i = argc - 1; i >= -1 && !absolute && good; i--) {
    struct six_text part = {0};
    char name[24] = "path";
    if (six_node_of(m)->rules->major >= 18) snprintf(name, sizeof name, "paths[%d]", i);
    good = i < 0 ? add_cwd(m, &part) : read_path(m, argv[i], name, &part);
    if (good && part.length) {
      size_t device = device_length(part.bytes, part.length, windows);
      absolute = part.length > device && is_sep(part.bytes[device], windows);
      put_before(&resolved, &part, sep);
    }
    six_text_done(&part);
  }
  if (good) {
    size_t device = device_length(resolved.bytes, resolved.length, windows);
    if (device) six_text_add(out, resolved.bytes, device);
    if (absolute) six_text_addc(out, sep);
    size_t base = out->length;
    if (resolved.length) add_normalized(resolved.bytes + device, resolved.length - device, !absolute, windows, out);
    if (out->length == base && !absolute) six_text_addc(out, '.');
  }
  six_text_done(&resolved);
  return good;
}

static six_value path_resolve(struct six_machine *m, const struct six_args *a) {
  struct six_text out = {0};
  if (resolve(m, a->argc, a->argv, is_windows(a), &out)) return done(m, &out);
  six_text_done(&out);
  return SIX_EXCEPTION;
}

static six_value path_relative(struct six_machine *m, const struct six_args *a) {
  bool windows = is_windows(a);
  char sep = windows ? '\\' : '/';
  static const char *const names[] = {"from", "to"};
  for (int i = 0; i < 2; i++)
    if (!six_is_string(six_arg(a, i))) return six_node_throw_arg_type(six_node_of(m), names[i], "of type string", six_arg(a, i));
  struct six_text from = {0}, to = {0}, out = {0};
  if (!resolve(m, 1, &a->argv[0], windows, &from) || !resolve(m, 1, &a->argv[1], windows, &to)) return SIX_EXCEPTION;
  // The longest common head that ends at a separator.
  size_t root = device_length(from.bytes, from.length, windows) + 1, same = 0, common = 0;
  while (same < from.length && same < to.length && from.bytes[same] == to.bytes[same]) same++;
  bool from_ends = same == from.length || from.bytes[same] == sep, to_ends = same == to.length || to.bytes[same] == sep;
  if (from_ends && to_ends) common = same;
  else
    for (size_t i = 0; i < same; i++)
      if (from.bytes[i] == sep) common = i;
  for (size_t i = common; i < from.length; i++) {
    bool starts = i == common ? from.length > root || common == 0 : from.bytes[i] == sep;
    if (i == common && (from.length <= root || i == from.length)) starts = false;
    if (starts && !(i == common && common == 0 && from.length <= root)) six_text_adds(&out, out.length ? (windows ? "\\.." : "/..") : "..");
  }
  size_t rest = common;
  while (rest < to.length && to.bytes[rest] == sep) rest++;
  if (rest < to.length) {
    if (out.length) six_text_addc(&out, sep);
    six_text_add(&out, to.bytes + rest, to.length - rest);
  }
  six_text_done(&from);
  six_text_done(&to);
  return done(m, &out);
}

static six_value path_dirname(struct six_machine *m, const struct six_args *a) {
  struct six_text path = {0};
  if (!read_path(m, six_arg(a, 0), "path", &path)) return SIX_EXCEPTION;
  bool windows = is_windows(a);
  size_t device = device_length(path.bytes, path.length, windows), end = path.length;
  bool absolute = path.length > device && is_sep(path.bytes[device], windows);
  size_t root = device + absolute;
  while (end > root && is_sep(path.bytes[end - 1], windows)) end--;
  while (end > root && !is_sep(path.bytes[end - 1], windows)) end--;
  six_value result;
  if (end > root) {
    size_t cut = end - 1;
    // Posix: "//" stays when nothing but it is left.
    result =
        !windows && absolute && cut == 1 && path.length > 1 && path.bytes[1] == '/' ? six_str(m, "//") : text_value(m, path.bytes, cut);
  } else {
    result = root ? text_value(m, path.bytes, root) : six_str(m, ".");
  }
  six_text_done(&path);
  return result;
}

// The last segment: [*start, *end) without trailing separators.
static void last_segment(const struct six_text *path, bool windows, size_t *start, size_t *end) {
  size_t device = device_length(path->bytes, path->length, windows);
  *end = path->length;
  while (*end > device && is_sep(path->bytes[*end - 1], windows)) --*end;
  *start = *end;
  while (*start > device && !is_sep(path->bytes[*start - 1], windows)) --*start;
}

static six_value path_basename(struct six_machine *m, const struct six_args *a) {
  struct six_text path = {0}, suffix = {0};
  if (!six_is_undefined(six_arg(a, 1)) && !read_path(m, six_arg(a, 1), "suffix", &suffix)) return SIX_EXCEPTION;
  if (!read_path(m, six_arg(a, 0), "path", &path)) {
    six_text_done(&suffix);
    return SIX_EXCEPTION;
  }
  size_t start, end;
  last_segment(&path, is_windows(a), &start, &end);
  size_t length = end - start;
  bool whole = suffix.length == path.length && path.length && !memcmp(path.bytes, suffix.bytes, path.length);
  if (whole) end = start;
  else if (suffix.length && suffix.length < length && !memcmp(path.bytes + end - suffix.length, suffix.bytes, suffix.length))
    end -= suffix.length;
  six_value result = text_value(m, path.bytes + start, end - start);
  six_text_done(&path);
  six_text_done(&suffix);
  return result;
}

// Where the extension of [start, end) begins, or end.
static size_t extension(const char *bytes, size_t start, size_t end) {
  size_t dot = end;
  while (dot > start && bytes[dot - 1] != '.') dot--;
  if (dot == start || dot - 1 == start) return end;  // none, or a leading dot only
  if (end - start == 2 && bytes[start] == '.' && bytes[start + 1] == '.') return end;
  return dot - 1;
}

static six_value path_extname(struct six_machine *m, const struct six_args *a) {
  struct six_text path = {0};
  if (!read_path(m, six_arg(a, 0), "path", &path)) return SIX_EXCEPTION;
  size_t start, end;
  last_segment(&path, is_windows(a), &start, &end);
  size_t dot = extension(path.bytes, start, end);
  six_value result = text_value(m, path.bytes + dot, end - dot);
  six_text_done(&path);
  return result;
}

static six_value path_parse(struct six_machine *m, const struct six_args *a) {
  struct six_text path = {0};
  if (!read_path(m, six_arg(a, 0), "path", &path)) return SIX_EXCEPTION;
  bool windows = is_windows(a);
  size_t start, end, device = device_length(path.bytes, path.length, windows);
  size_t root = device + (path.length > device && is_sep(path.bytes[device], windows));
  last_segment(&path, windows, &start, &end);
  if (start < root) start = root < end ? root : end;
  size_t dot = extension(path.bytes, start, end), dir = start > root ? start - 1 : root;
  struct six_object *o = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  six_root(m, six_object_value(o));
  six_put(m, o, "root", text_value(m, path.bytes, root));
  six_put(m, o, "dir", text_value(m, path.bytes, end == 0 ? 0 : dir));
  six_put(m, o, "base", text_value(m, path.bytes + start, end - start));
  six_put(m, o, "ext", text_value(m, path.bytes + dot, end - dot));
  six_put(m, o, "name", text_value(m, path.bytes + start, dot - start));
  six_text_done(&path);
  return six_object_value(o);
}

// A property as text; empty when falsy. [JS]
static bool read_part(struct six_machine *m, six_value object, const char *name, struct six_text *out) {
  six_value v = six_node_getv(six_node_of(m), object, name);
  if (six_is_exception(v)) return false;
  if (!six_to_boolean(v)) return true;
  struct six_string *s = six_to_string(m, v);
  if (s) six_add_string(m, s, out);
  return s != NULL;
}

static six_value path_format(struct six_machine *m, const struct six_args *a) {
  six_value object = six_arg(a, 0);
  if (!six_is_object(object)) return six_node_throw_arg_type(six_node_of(m), "pathObject", "of type object", object);
  struct six_text dir = {0}, root = {0}, base = {0}, name = {0}, ext = {0}, out = {0};
  bool good = read_part(m, object, "dir", &dir) && read_part(m, object, "root", &root) && read_part(m, object, "base", &base) &&
              read_part(m, object, "name", &name) && read_part(m, object, "ext", &ext);
  if (good) {
    const struct six_text *head = dir.length ? &dir : &root;
    if (head->length) six_text_add(&out, head->bytes, head->length);
    bool is_root = !dir.length || (dir.length == root.length && !memcmp(dir.bytes, root.bytes, dir.length));
    if (head->length && !is_root) six_text_addc(&out, is_windows(a) ? '\\' : '/');
    if (base.length) {
      six_text_add(&out, base.bytes, base.length);
    } else {
      if (name.length) six_text_add(&out, name.bytes, name.length);
      if (ext.length && ext.bytes[0] != '.') six_text_addc(&out, '.');
      if (ext.length) six_text_add(&out, ext.bytes, ext.length);
    }
  }
  six_text_done(&dir);
  six_text_done(&root);
  six_text_done(&base);
  six_text_done(&name);
  six_text_done(&ext);
  if (good) return done(m, &out);
  six_text_done(&out);
  return SIX_EXCEPTION;
}

static six_value path_to_namespaced(struct six_machine *m, const struct six_args *a) {
  (void)m;
  return six_arg(a, 0);
}

static six_value path_matches_glob(struct six_machine *m, const struct six_args *a) {
  (void)a;
  return six_throw_unsupported(m, "path.matchesGlob");
}

static struct six_object *make(struct six_nodejs *node, bool windows) {
  static const struct {
    const char *name;
    six_native *fn;
    int length;
  } methods[] = {{"resolve", path_resolve, 0}, {"normalize", path_normalize, 1}, {"isAbsolute", path_is_absolute, 1},
                 {"join", path_join, 0},       {"relative", path_relative, 2},   {"toNamespacedPath", path_to_namespaced, 1},
                 {"dirname", path_dirname, 1}, {"basename", path_basename, 2},   {"extname", path_extname, 1},
                 {"format", path_format, 1},   {"parse", path_parse, 1},         {"matchesGlob", path_matches_glob, 2}};
  struct six_machine *m = node->m;
  struct six_object *o = six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype));
  for (size_t i = 0; i < sizeof methods / sizeof *methods; i++) {
    six_value name = six_str(m, methods[i].name);
    six_put(m, o, methods[i].name,
            six_object_value(six_native_new(m, methods[i].fn, name, methods[i].length, six_boolean(windows), SIX_UNDEFINED)));
  }
  six_put(m, o, "sep", six_str(m, windows ? "\\" : "/"));
  six_put(m, o, "delimiter", six_str(m, windows ? ";" : ":"));
  return o;
}

six_value six_module_path(struct six_nodejs *node);
six_value six_module_path_posix(struct six_nodejs *node);
six_value six_module_path_win32(struct six_nodejs *node);

six_value six_module_path(struct six_nodejs *node) {
  struct six_machine *m = node->m;
  struct six_object *posix = make(node, false), *windows = make(node, true);
  struct six_object *both[] = {posix, windows};
  for (int i = 0; i < 2; i++) {
    six_put(m, both[i], "win32", six_object_value(windows));
    six_put(m, both[i], "posix", six_object_value(posix));
    six_put(m, both[i], "_makeLong", six_node_getv(node, six_object_value(both[i]), "toNamespacedPath"));
  }
  return six_object_value(posix);
}

six_value six_module_path_posix(struct six_nodejs *node) { return six_node_module(node, SIX_MODULE_path); }

six_value six_module_path_win32(struct six_nodejs *node) {
  six_value path = six_node_module(node, SIX_MODULE_path);
  return six_is_exception(path) ? path : six_node_getv(node, path, "win32");
}
