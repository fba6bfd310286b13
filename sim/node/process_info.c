// What describes the process: versions, argv, env, clocks, memory.
#include <stdlib.h>
#include <string.h>

#include "sim/machine/bigint.h"
#include "sim/machine/builtins/builtin.h"
#include "sim/node/files.h"
#include "sim/node/fs_request.h"
#include "sim/node/process.h"

static const struct {
  int major;
  const char *node, *v8, *uv, *lts, *modules, *openssl, *unicode;
} versions[] = {
    {8, "8.17.0", "6.2.414.78", "1.23.2", "Carbon", "57", "1.0.2s", "10.0"},
    {9, "9.11.2", "6.2.414.46-node.23", "1.19.2", NULL, "59", "1.0.2o", "10.0"},
    {10, "10.24.1", "6.8.275.32-node.59", "1.34.2", "Dubnium", "64", "1.1.1k", "12.1"},
    {11, "11.15.0", "7.0.276.38-node.19", "1.27.0", NULL, "67", "1.1.1b", "11.0"},
    {12, "12.22.12", "7.8.279.23-node.57", "1.40.0", "Erbium", "72", "1.1.1n", "13.0"},
    {13, "13.14.0", "7.9.317.25-node.32", "1.37.0", NULL, "79", "1.1.1g", "12.1"},
    {14, "14.21.3", "8.4.371.23-node.88", "1.42.0", "Fermium", "83", "1.1.1t", "14.0"},
    {15, "15.14.0", "8.6.395.17-node.28", "1.41.0", NULL, "88", "1.1.1k", "13.0"},
    {16, "16.20.2", "9.4.146.26-node.26", "1.43.0", "Gallium", "93", "1.1.1v+quic", "14.0"},
    {17, "17.9.1", "9.6.180.15-node.16", "1.43.0", NULL, "102", "3.0.3+quic", "14.0"},
    {18, "18.20.8", "10.2.154.26-node.39", "1.44.2", "Hydrogen", "108", "3.0.16", "15.1"},
    {19, "19.9.0", "10.8.168.25-node.12", "1.44.2", NULL, "111", "3.0.8+quic", "15.0"},
    {20, "20.20.2", "11.3.244.8-node.38", "1.46.0", "Iron", "115", "3.0.19", "17.0"},
    {21, "21.7.3", "11.8.172.17-node.20", "1.47.0", NULL, "120", "3.0.13+quic", "15.1"},
    {22, "22.23.3", "12.4.254.21-node.57", "1.51.0", "Jod", "127", "3.5.8", "17.0"},
    {23, "23.11.1", "12.9.202.28-node.14", "1.50.0", NULL, "131", "3.0.16", "16.0"},
    {24, "24.21.0", "13.6.233.17-node.53", "1.52.1", "Krypton", "137", "3.5.8", "17.0"},
    {25, "25.2.1", "14.1.146.11-node.14", "1.51.0", NULL, "141", "3.5.4", "17.0"},
    {26, "26.10.0", "14.6.202.34-node.34", "1.52.1", NULL, "147", "3.5.8", "17.0"},
};

static size_t version_row(const struct six_nodejs *node) {
  for (size_t i = 0; i < SIX_COUNT(versions); i++)
    if (versions[i].major == node->rules->major) return i;
  return 0;
}

const char *six_node_version(const struct six_nodejs *node) { return versions[version_row(node)].node; }

static struct six_object *plain(struct six_machine *m) { return six_object_new(m, six_intrinsic(m, SIX_I_ObjectPrototype)); }

// ---- Clocks.
static six_value hrtime(struct six_machine *m, const struct six_args *a) {
  struct six_nodejs *node = six_node_of(m);
  uint64_t now = six_node_monotonic_ns(node) + UINT64_C(1000) * SIX_SECOND;  // the machine started earlier
  int64_t seconds = (int64_t)(now / SIX_SECOND), rest = (int64_t)(now % SIX_SECOND);
  six_value since = six_arg(a, 0);
  if (!six_is_undefined(since)) {
    if (!six_is_class(since, SIX_CLASS_ARRAY)) return six_node_throw_arg_type(node, "time", "an instance of Array", since);
    uint32_t length = six_as_object(since)->array_length;
    if (length != 2) return six_node_throw_range(node, "time", "2", six_number(length));
    double s, ns;
    if (!six_to_number(m, six_get_index(m, six_as_object(since), 0), &s) ||
        !six_to_number(m, six_get_index(m, six_as_object(since), 1), &ns))
      return SIX_EXCEPTION;
    seconds -= (int64_t)s;
    rest -= (int64_t)ns;
    if (rest < 0) seconds--, rest += (int64_t)SIX_SECOND;
  }
  six_value pair[] = {six_number((double)seconds), six_number((double)rest)};
  return six_object_value(six_array_from(m, pair, 2));
}

static six_value hrtime_bigint(struct six_machine *m, const struct six_args *a) {
  (void)a;
  return six_bigint_from_uint64(m, six_node_monotonic_ns(six_node_of(m)) + UINT64_C(1000) * SIX_SECOND);
}

static six_value uptime(struct six_machine *m, const struct six_args *a) {
  (void)a;
  return six_number((double)six_node_monotonic_ns(six_node_of(m)) / 1e9);
}

// ---- Memory and CPU.
static six_value memory_usage(struct six_machine *m, const struct six_args *a) {
  (void)a;
  struct six_object *o = plain(m);
  double used = (double)six_heap_used(m->heap) + 4e6;
  six_put(m, o, "rss", six_number(floor((used + 38e6) / 4096) * 4096));
  six_put(m, o, "heapTotal", six_number(floor((used + 2e6) / 4096 + 1) * 4096));
  six_put(m, o, "heapUsed", six_number(floor(used)));
  six_put(m, o, "external", six_int(1080000));
  if (six_node_of(m)->rules->major >= 13) six_put(m, o, "arrayBuffers", six_int(10500));
  return six_object_value(o);
}

static six_value memory_rss(struct six_machine *m, const struct six_args *a) {
  (void)a;
  return six_number(floor(((double)six_heap_used(m->heap) + 42e6) / 4096) * 4096);
}

static six_value cpu_usage(struct six_machine *m, const struct six_args *a) {
  struct six_nodejs *node = six_node_of(m);
  double user = (double)six_node_time(node) / 1e3, before = 0;
  six_value since = six_arg(a, 0);
  if (six_is_object(since) && !six_to_number(m, six_node_getv(node, since, "user"), &before)) return SIX_EXCEPTION;
  struct six_object *o = plain(m);
  six_put(m, o, "user", six_number(floor(user - before)));
  six_put(m, o, "system", six_int(six_is_object(since) ? 0 : 8000));
  return six_object_value(o);
}

static six_value resource_usage(struct six_machine *m, const struct six_args *a) {
  (void)a;
  struct six_object *o = plain(m);
  six_put(m, o, "userCPUTime", six_number(floor((double)six_node_time(six_node_of(m)) / 1e3)));
  six_put(m, o, "systemCPUTime", six_int(8000));
  six_put(m, o, "maxRSS", six_int(46000));
  return six_object_value(o);
}

static six_value constrained_memory(struct six_machine *m, const struct six_args *a) {
  (void)a;
  return six_number((double)six_node_of(m)->world->memory);
}

// ---- Names and places.
static six_value cwd(struct six_machine *m, const struct six_args *a) {
  (void)a;
  return six_strf(m, "%s", six_node_of(m)->world->cwd);
}

static six_value chdir(struct six_machine *m, const struct six_args *a) {
  struct six_nodejs *node = six_node_of(m);
  if (!six_is_string(six_arg(a, 0))) return six_node_throw_arg_type(node, "directory", "of type string", six_arg(a, 0));
  struct six_text text = {0};
  six_text_addf(&text, "%s' -> '", node->world->cwd);
  six_string_to_utf8(m, six_string_flat(m, six_as_string(a->argv[0])), &text);
  const char *code, *to = text.bytes + strlen(node->world->cwd) + 6;
  bool known = !strcmp(to, ".") || !strcmp(to, node->world->cwd);
  six_value result = known ? SIX_UNDEFINED : SIX_EXCEPTION;
  if (!known && six_files_find(six_files_of(node), to, true, &code)) result = six_throw_unsupported(m, "process.chdir");
  else if (!known) six_throw(m, six_object_value(six_system_error(node, code, "chdir", text.bytes, NULL, false)));
  six_text_done(&text);
  return result;
}

static six_value thousand(struct six_machine *m, const struct six_args *a) {
  (void)m;
  (void)a;
  return six_int(1000);
}

static six_value umask_(struct six_machine *m, const struct six_args *a) {
  (void)m;
  (void)a;
  return six_int(022);
}

static six_value kill_(struct six_machine *m, const struct six_args *a) {
  double pid;
  if (!six_to_number(m, six_arg(a, 0), &pid)) return SIX_EXCEPTION;
  if (six_is_int(six_arg(a, 1)) && six_as_int(six_arg(a, 1)) == 0) return SIX_TRUE;
  return six_throw_unsupported(m, "process.kill");
}

static six_value binding(struct six_machine *m, const struct six_args *a) {
  (void)a;
  return six_throw_unsupported(m, "process.binding");
}

static six_value no_resources(struct six_machine *m, const struct six_args *a) {
  (void)a;
  return six_object_value(six_array_new(m, 0));
}

// libuv reads the variable when the pool is first used (R100).
static void note_env(struct six_nodejs *node, const char *name, const char *value) {
  if (strcmp(name, "UV_THREADPOOL_SIZE") == 0 && node->outside) six_outside_set_threads(node->outside, (uint32_t)strtoul(value, NULL, 10));
}

static six_value set_env(struct six_machine *m, const struct six_args *a) {  // a trap: values become strings
  struct six_string *text = six_to_string(m, six_arg(a, 2));
  six_value key = six_to_key(m, six_arg(a, 1));
  if (!text || six_is_exception(key)) return SIX_EXCEPTION;
  char *name = six_is_string(six_arg(a, 1)) ? six_node_utf8(six_node_of(m), a->argv[1], NULL) : NULL;
  char *value = name ? six_node_utf8(six_node_of(m), six_string_value(text), NULL) : NULL;
  if (value) note_env(six_node_of(m), name, value);
  free(name);
  free(value);
  six_define(m, six_as_object(six_arg(a, 0)), key, six_string_value(text), SIX_DATA_ALL);
  return SIX_TRUE;
}

static six_value make_env(struct six_nodejs *node) {
  struct six_machine *m = node->m;
  struct six_object *env = plain(m);
  six_root(m, six_object_value(env));
  for (uint32_t i = 0; i < node->world->env_count; i++) {
    const char *text = node->world->env[i], *equals = strchr(text, '=');
    if (!equals) continue;
    six_key key = six_key_of_string(m, six_string_utf8(m, text, (size_t)(equals - text)));
    six_define(m, env, key, six_string_value(six_string_utf8(m, equals + 1, strlen(equals + 1))), SIX_DATA_ALL);
  }
  struct six_object *handler = plain(m);
  six_root(m, six_object_value(handler));
  six_put(m, handler, "set", six_object_value(six_native_new(m, set_env, SIX_ATOM(m, set), 4, SIX_UNDEFINED, SIX_UNDEFINED)));
  six_value arguments[] = {six_object_value(env), six_object_value(handler)};
  six_value proxy = six_object_value(six_intrinsic(m, SIX_I_Proxy));
  return six_construct(m, proxy, 2, arguments, proxy);
}

static six_value get_env(struct six_machine *m, const struct six_args *a) {
  struct six_nodejs *node = six_node_of(m);
  (void)a;
  six_value *slot = &node->roots[SIX_ROOT_ENV];
  if (!six_is_object(*slot)) *slot = make_env(node);
  return *slot;
}

static six_value set_whole_env(struct six_machine *m, const struct six_args *a) {
  six_node_of(m)->roots[SIX_ROOT_ENV] = six_arg(a, 0);
  return SIX_UNDEFINED;
}

static struct six_object *argv_of(struct six_nodejs *node) {
  struct six_machine *m = node->m;
  struct six_object *argv = six_array_new(m, 2);
  six_array_push(m, argv, six_str(m, "/usr/local/bin/node"));
  six_array_push(m, argv, six_strf(m, "%s", node->file_name));
  for (uint32_t i = 0; i < node->world->argv_count; i++) six_array_push(m, argv, six_strf(m, "%s", node->world->argv[i]));
  return argv;
}

static struct six_object *versions_of(struct six_nodejs *node) {
  struct six_machine *m = node->m;
  size_t row = version_row(node);
  struct six_object *o = plain(m);
  six_put(m, o, "node", six_str(m, versions[row].node));
  six_put(m, o, "v8", six_str(m, versions[row].v8));
  six_put(m, o, "uv", six_str(m, versions[row].uv));
  six_put(m, o, "modules", six_str(m, versions[row].modules));
  six_put(m, o, "openssl", six_str(m, versions[row].openssl));
  six_put(m, o, "unicode", six_str(m, versions[row].unicode));
  return o;
}

static struct six_object *release_of(struct six_nodejs *node) {
  struct six_machine *m = node->m;
  struct six_object *o = plain(m);
  size_t row = version_row(node);
  six_put(m, o, "name", six_str(m, "node"));
  if (versions[row].lts) six_put(m, o, "lts", six_str(m, versions[row].lts));
  return o;
}

static struct six_object *features_of(struct six_nodejs *node) {
  static const char *const names[] = {"inspector", "debug", "uv", "ipv6", "tls_alpn", "tls_sni", "tls_ocsp", "tls", "cached_builtins"};
  struct six_object *o = plain(node->m);
  for (size_t i = 0; i < SIX_COUNT(names); i++) six_put(node->m, o, names[i], six_boolean(strcmp(names[i], "debug") != 0));
  return o;
}

static six_value groups(struct six_machine *m, const struct six_args *a) {
  struct six_object *list = six_array_new(m, 1);
  (void)a;
  six_array_push(m, list, six_int(1000));
  return six_object_value(list);
}

static const struct six_native_def methods[] = {
    {"uptime", uptime, 0, SIX_DEF_ENUMERABLE},
    {"cpuUsage", cpu_usage, 1, SIX_DEF_ENUMERABLE},
    {"resourceUsage", resource_usage, 0, SIX_DEF_ENUMERABLE},
    {"constrainedMemory", constrained_memory, 0, SIX_DEF_ENUMERABLE},
    {"availableMemory", constrained_memory, 0, SIX_DEF_ENUMERABLE},
    {"cwd", cwd, 0, SIX_DEF_ENUMERABLE},
    {"chdir", chdir, 1, SIX_DEF_ENUMERABLE},
    {"umask", umask_, 1, SIX_DEF_ENUMERABLE},
    {"getuid", thousand, 0, SIX_DEF_ENUMERABLE},
    {"geteuid", thousand, 0, SIX_DEF_ENUMERABLE},
    {"getgid", thousand, 0, SIX_DEF_ENUMERABLE},
    {"getegid", thousand, 0, SIX_DEF_ENUMERABLE},
    {"getgroups", groups, 0, SIX_DEF_ENUMERABLE},
    {"kill", kill_, 2, SIX_DEF_ENUMERABLE},
    {"binding", binding, 1, SIX_DEF_ENUMERABLE},
    {"_getActiveHandles", no_resources, 0, SIX_DEF_ENUMERABLE},
    {"_getActiveRequests", no_resources, 0, SIX_DEF_ENUMERABLE},
    {"getActiveResourcesInfo", no_resources, 0, SIX_DEF_ENUMERABLE},
    {"env", get_env, 0, SIX_DEF_GETTER | SIX_DEF_ENUMERABLE},
    {"env", set_whole_env, 1, SIX_DEF_SETTER | SIX_DEF_ENUMERABLE},
};

static void put_clock(struct six_nodejs *node, struct six_object *process) {
  struct six_machine *m = node->m;
  struct six_object *function = six_native_new(m, hrtime, six_str(m, "hrtime"), 1, SIX_UNDEFINED, SIX_UNDEFINED);
  six_put(m, process, "hrtime", six_object_value(function));
  if (node->rules->major < 10) return;  // 10.7
  six_put(m, function, "bigint",
          six_object_value(six_native_new(m, hrtime_bigint, six_str(m, "hrtimeBigInt"), 0, SIX_UNDEFINED, SIX_UNDEFINED)));
}

static void put_memory(struct six_nodejs *node, struct six_object *process) {
  struct six_machine *m = node->m;
  struct six_object *function = six_native_new(m, memory_usage, six_str(m, "memoryUsage"), 0, SIX_UNDEFINED, SIX_UNDEFINED);
  six_put(m, process, "memoryUsage", six_object_value(function));
  six_put(m, function, "rss", six_object_value(six_native_new(m, memory_rss, six_str(m, "rss"), 0, SIX_UNDEFINED, SIX_UNDEFINED)));
}

void six_process_describe(struct six_nodejs *node, struct six_object *process) {
  struct six_machine *m = node->m;
  six_put(m, process, "version", six_strf(m, "v%s", six_node_version(node)));
  six_put(m, process, "versions", six_object_value(versions_of(node)));
  six_put(m, process, "arch", six_str(m, "x64"));
  six_put(m, process, "platform", six_str(m, "linux"));
  six_put(m, process, "release", six_object_value(release_of(node)));
  six_put(m, process, "argv", six_object_value(argv_of(node)));
  six_put(m, process, "execArgv", six_object_value(six_array_new(m, 0)));
  six_put(m, process, "execPath", six_str(m, "/usr/local/bin/node"));
  six_put(m, process, "argv0", six_str(m, "node"));
  six_put(m, process, "title", six_str(m, "node"));
  six_put(m, process, "pid", six_int(SIX_NODE_PID));
  six_put(m, process, "ppid", six_int(SIX_NODE_PPID));
  six_put(m, process, "debugPort", six_int(9229));
  six_put(m, process, "features", six_object_value(features_of(node)));
  six_put(m, process, "config", six_object_value(plain(m)));
  put_clock(node, process);
  put_memory(node, process);
  six_define_natives(m, process, methods, SIX_COUNT(methods));
}
