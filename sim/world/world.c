#include "sim/world/world.h"

#include <stdlib.h>
#include <string.h>

static const struct six_costs default_costs = {
    .boot = 25 * SIX_MILLISECOND,
    .main_least = SIX_MILLISECOND,
    .turn = 2 * SIX_MICROSECOND,
    .callback = 1 * SIX_MICROSECOND,
    .output = 1 * SIX_MICROSECOND,
    .clock_read = 500,
    .clock_read_most = 50 * SIX_MICROSECOND,
    .step = 1,
    .poll_wake = 20 * SIX_MICROSECOND,
    .pool_start = 100 * SIX_MICROSECOND,
};

void six_world_init_defaults(struct six_world *world) {
  *world = (struct six_world){
      .costs = default_costs,
      .cwd = "/home/user",
      .timezone = "UTC",
      .hostname = "localhost",
      .epoch_ms = 1767225600000.0,  // 2026-01-01T00:00:00Z
      .threads = 4,
      .cores = 4,
      .memory = UINT64_C(8) << 30,
      .latency = 100 * SIX_MICROSECOND,
      .network_latency = 5 * SIX_MILLISECOND,
      .seed = UINT64_C(0x5158506861736521),
  };
  static const char *const env[] = {"HOME=/home/user", "LANG=C.UTF-8",    "PATH=/usr/local/bin:/usr/bin:/bin",
                                    "PWD=/home/user",  "SHELL=/bin/bash", "USER=user"};
  for (size_t i = 0; i < sizeof env / sizeof *env; i++) six_world_add_env(world, env[i]);
}

void six_world_done(struct six_world *world) {
  free(world->files);
  free(world->peers);
  free(world->names);
  free(world->requests);
  free(world->env);
  free(world->argv);
  six_arena_done(&world->arena);
}

const char *six_world_text(struct six_world *world, const char *bytes, size_t length) {
  return six_arena_copy(&world->arena, bytes, length);
}

// Appends a zeroed row to an array that grows by doubling at powers of two.
static void *append(void *rows, uint32_t count, size_t size) {
  if (count & (count - 1)) return rows;
  size_t capacity = count ? 2 * (size_t)count : 1;
  void *grown = realloc(rows, capacity * size);
  if (!grown) abort();
  return grown;
}

struct six_world_file *six_world_add_file(struct six_world *world, const struct six_world_file *file) {
  world->files = append(world->files, world->file_count, sizeof *file);
  world->files[world->file_count] = *file;
  return &world->files[world->file_count++];
}

struct six_peer *six_world_add_peer(struct six_world *world, const struct six_peer *peer) {
  world->peers = append(world->peers, world->peer_count, sizeof *peer);
  world->peers[world->peer_count] = *peer;
  return &world->peers[world->peer_count++];
}

struct six_world_name *six_world_add_name(struct six_world *world, const struct six_world_name *name) {
  world->names = append(world->names, world->name_count, sizeof *name);
  world->names[world->name_count] = *name;
  return &world->names[world->name_count++];
}

struct six_request *six_world_add_request(struct six_world *world, const struct six_request *request) {
  world->requests = append(world->requests, world->request_count, sizeof *request);
  world->requests[world->request_count] = *request;
  return &world->requests[world->request_count++];
}

void six_world_add_env(struct six_world *world, const char *name_and_value) {
  world->env = append(world->env, world->env_count, sizeof *world->env);
  world->env[world->env_count++] = six_world_text(world, name_and_value, strlen(name_and_value));
}

void six_world_add_argv(struct six_world *world, const char *argument) {
  world->argv = append(world->argv, world->argv_count, sizeof *world->argv);
  world->argv[world->argv_count++] = six_world_text(world, argument, strlen(argument));
}

// The absolute form of `path` without "." and ".." parts, into `out`; false when it is too long.
static bool normalize(const char *cwd, const char *path, char *out, size_t capacity) {
  size_t length = 0;
  const char *parts[2] = {path[0] == '/' ? "" : cwd, path};
  for (int i = 0; i < 2; i++) {
    for (const char *p = parts[i]; *p;) {
      size_t n = strcspn(p, "/");
      if (n == 2 && p[0] == '.' && p[1] == '.') {
        while (length > 0 && out[--length] != '/') continue;
      } else if (n > 0 && !(n == 1 && p[0] == '.')) {
        if (length + n + 2 > capacity) return false;
        out[length++] = '/';
        memcpy(out + length, p, n);
        length += n;
      }
      p += n + (p[n] == '/');
    }
  }
  if (length == 0) out[length++] = '/';
  out[length] = 0;
  return true;
}

const struct six_world_file *six_world_find_file(const struct six_world *world, const char *path) {
  char wanted[4096], name[4096];
  if (!normalize(world->cwd, path, wanted, sizeof wanted)) return NULL;
  for (uint32_t i = 0; i < world->file_count; i++)
    if (normalize(world->cwd, world->files[i].name, name, sizeof name) && strcmp(name, wanted) == 0) return &world->files[i];
  return NULL;
}

const struct six_peer *six_world_find_peer(const struct six_world *world, const char *host, int port, const char *unix_path) {
  for (uint32_t i = 0; i < world->peer_count; i++) {
    const struct six_peer *peer = &world->peers[i];
    if (unix_path ? peer->path && strcmp(peer->path, unix_path) == 0
                  : peer->host && peer->port == port && (!host || strcmp(peer->host, host) == 0))
      return peer;
  }
  return NULL;
}

const char *six_world_env(const struct six_world *world, const char *name) {
  size_t length = strlen(name);
  for (uint32_t i = world->env_count; i-- > 0;)
    if (strncmp(world->env[i], name, length) == 0 && world->env[i][length] == '=') return world->env[i] + length + 1;
  return NULL;
}
