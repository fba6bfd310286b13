// The benchmark: every workload of a folder in sixphase and in the real node, alternating, medians of the runs.
// usage: bench TABLE SIXPHASE NODE FOLDER RUNS [ROW]. TABLE: workloads, sync, growth or start; ROW: only the rows with this
// in their names. A workload says what is wanted of it in a comment, or in a key of a scenario's world.
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "measure.h"

enum { SMALL = 100000, LARGE = 1000000 };

struct bench {
  char *sixphase, *node, *folder;
  const char *row;
  int runs;
  char path[2][64];  // the variants under measurement; [1] as node reads it
};

static bool wanted(const struct bench *bench, const char *name) { return !bench->row || strstr(name, bench->row); }

static bool ends_with(const char *name, const char *ending) {
  size_t length = strlen(name), tail = strlen(ending);
  return length > tail && !strcmp(name + length - tail, ending);
}

static void name_variants(struct bench *bench, const char *ending) {
  for (int i = 0; i < 2; i++) snprintf(bench->path[i], sizeof bench->path[i], "/tmp/sixphase-bench-%d-%d%s", (int)getpid(), i, ending);
}

static void drop_variants(const struct bench *bench) {
  for (int i = 0; i < 2; i++) unlink(bench->path[i]);
}

static struct sample run_ours(const struct bench *bench) {
  char *argv[] = {bench->sixphase, "run",  "--max-time",   "1000000h", "--max-steps",          "1000000000000000",
                  "--max-memory",  "8 GB", "--max-output", "8 GB",     (char *)bench->path[0], NULL};
  return measure(argv);
}

static struct sample run_node(const struct bench *bench) {
  char *argv[] = {bench->node, (char *)bench->path[1], NULL};
  return measure(argv);
}

// ---- Workloads: CPU time per event, as the slope from a hundred thousand events to a million.
struct pair {
  struct sample ours, theirs;
};

// A scenario is given to node as the JavaScript that it is exported as.
static void export_js(const struct bench *bench) {
  char command[8192];
  snprintf(command, sizeof command, "%s export --to=js %s > %s", bench->sixphase, bench->path[0], bench->path[1]);
  if (system(command)) exit(70);
}

static struct pair measure_pair(struct bench *bench, const char *text, bool json, long n) {
  struct sample ours[RUNS_MAX], theirs[RUNS_MAX];
  write_variant(text, n, bench->path[0]);
  if (json) export_js(bench);
  else write_variant(text, n, bench->path[1]);
  for (int i = 0; i < bench->runs; i++) {
    ours[i] = run_ours(bench);
    theirs[i] = run_node(bench);
    if (ours[i].status || theirs[i].status) fprintf(stderr, "bench: %s exited with %d\n", bench->path[ours[i].status == 0], ours[i].status);
  }
  return (struct pair){median(ours, bench->runs), median(theirs, bench->runs)};
}

static void workload(struct bench *bench, const char *name) {
  char path[4096];
  bool json = ends_with(name, ".json");
  snprintf(path, sizeof path, "%s/%s", bench->folder, name);
  name_variants(bench, json ? ".json" : ".js");
  if (json) snprintf(bench->path[1], sizeof bench->path[1], "/tmp/sixphase-bench-%d-1.js", (int)getpid());
  char *text = read_text(path);
  struct pair s = measure_pair(bench, text, json, SMALL), l = measure_pair(bench, text, json, LARGE);
  double ours = (l.ours.cpu - s.ours.cpu) / (LARGE - SMALL), theirs = (l.theirs.cpu - s.theirs.cpu) / (LARGE - SMALL);
  printf("| %-20s | %8.0f | %8.0f | %6.1f | %5.1f | %6.0f | %6.0f |\n", name, theirs * 1e9, ours * 1e9, ours > 0 ? theirs / ours : 0,
         number_after(text, "target: ", 1), l.theirs.memory / 1024, l.ours.memory / 1024);
  drop_variants(bench);
  free(text);
}

// ---- Synchronous code: nanoseconds per operation, in sixphase, in node without its compilers, and in other interpreters.
struct peer {
  const char *name, *program, *option, *ending;
};
static const struct peer peers[] = {
    {"node --jitless", NULL, "--jitless", ".js"},
    {"lua5.4", "/usr/bin/lua5.4", NULL, ".lua"},
    {"duk", "/usr/bin/duk", NULL, ".es5.js"},
    {"mujs", "/usr/bin/mujs", NULL, ".es5.js"},
};
enum { PEERS = sizeof peers / sizeof *peers };

static struct sample run_peer(const struct bench *bench, const struct peer *peer) {
  char *program = peer->program ? (char *)peer->program : bench->node;
  char *with[] = {program, (char *)peer->option, (char *)bench->path[1], NULL}, *without[] = {program, (char *)bench->path[1], NULL};
  return measure(peer->option ? with : without);
}

// CPU seconds for `n` in sixphase (ours) and the peer.
static struct pair sync_pair(struct bench *bench, const struct peer *peer, const char *our_text, const char *their_text, long n) {
  struct sample ours[RUNS_MAX], theirs[RUNS_MAX];
  write_variant(our_text, n, bench->path[0]);
  write_variant(their_text, n, bench->path[1]);
  for (int i = 0; i < bench->runs; i++) {
    ours[i] = run_ours(bench);
    theirs[i] = run_peer(bench, peer);
  }
  return (struct pair){median(ours, bench->runs), median(theirs, bench->runs)};
}

static void sync_row(struct bench *bench, const char *name) {
  char path[4096], base[64];
  snprintf(base, sizeof base, "%.*s", (int)strlen(name) - 3, name);
  snprintf(path, sizeof path, "%s/%s", bench->folder, name);
  name_variants(bench, ".js");
  char *text = read_text(path);
  double operations = number_after(text, "operations: ", 1) * (LARGE - SMALL), ours = 0, theirs[PEERS] = {0}, memory = 0;
  for (int i = 0; i < PEERS; i++) {
    if (peers[i].program && access(peers[i].program, X_OK)) continue;
    snprintf(path, sizeof path, "%s/%s%s%s", bench->folder, i ? "peers/" : "", base, peers[i].ending);
    if (access(path, R_OK)) continue;
    char *other = read_text(path);
    struct pair s = sync_pair(bench, &peers[i], text, other, SMALL), l = sync_pair(bench, &peers[i], text, other, LARGE);
    if (i == 0) ours = (l.ours.cpu - s.ours.cpu) / operations, memory = l.ours.memory;
    theirs[i] = (l.theirs.cpu - s.theirs.cpu) / operations;
    free(other);
  }
  printf("| %-16s | %6.1f |", base, ours * 1e9);
  for (int i = 0; i < PEERS; i++) printf(theirs[i] > 0 ? " %6.1f |" : "      - |", theirs[i] * 1e9);
  printf(" %6.1f | %6.0f |\n", ours > 0 ? theirs[0] / ours : 0, memory / 1024);
  drop_variants(bench);
  free(text);
}

// ---- Growth: how much longer ten times the events take, whole processes.
static double least(const struct bench *bench, int runs, double *memory) {
  double cpu = 1e9;
  for (int i = 0; i < runs; i++) {
    struct sample sample = run_ours(bench);
    *memory = sample.memory;
    if (sample.status) return 0;
    if (sample.cpu < cpu) cpu = sample.cpu;
  }
  return cpu;
}

static void growth(struct bench *bench, const char *name) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", bench->folder, name);
  name_variants(bench, ends_with(name, ".json") ? ".json" : ".js");
  char *text = read_text(path);
  double before = 0, memory;
  printf("| %-20s |", name);
  for (long n = 10000; n <= 10000000; n *= 10) {
    write_variant(text, n, bench->path[0]);
    double cpu = least(bench, n <= 100000 ? 9 : n <= 1000000 ? 3 : 2, &memory);
    if (n > 10000) printf(cpu > 0 ? " %7.1f |" : "       - |", cpu / before);
    before = cpu;
  }
  printf(" %6.0f |\n", memory / 1024);
  drop_variants(bench);
  free(text);
}

// ---- The start: a whole process.
static void start_row(struct bench *bench, const char *name, const char *ours_path, const char *node_path) {
  if (!wanted(bench, name)) return;
  struct sample ours[RUNS_MAX], theirs[RUNS_MAX];
  char *our_argv[] = {bench->sixphase, "run", (char *)ours_path, NULL}, *node_argv[] = {bench->node, (char *)node_path, NULL};
  for (int i = 0; i < RUNS_MAX; i++) {
    ours[i] = measure(our_argv);
    theirs[i] = measure(node_argv);
  }
  struct sample o = median(ours, RUNS_MAX), t = median(theirs, RUNS_MAX);
  printf("| %-16s | %6.1f | %6.1f | %6.1f | %6.1f | %6.1f | %6.1f | %6.1f |\n", name, t.wall * 1e3, o.wall * 1e3, t.cpu * 1e3, o.cpu * 1e3,
         t.cpu / o.cpu, t.memory / 1024, o.memory / 1024);
}

static void starts(struct bench *bench) {
  name_variants(bench, ".js");
  FILE *file = fopen(bench->path[0], "w");
  if (!file || fputs("console.log('one line');\n", file) < 0 || fclose(file)) exit(73);
  start_row(bench, "one line", bench->path[0], bench->path[0]);
  snprintf(bench->path[0], sizeof bench->path[0], "scenarios/phases/event-loop-order.json");
  export_js(bench);
  start_row(bench, "the demo", bench->path[0], bench->path[1]);
  unlink(bench->path[1]);
}

// ---- Tables.
struct table {
  const char *name, *head;
  bool sync;  // of the workloads, those that are synchronous
  void (*row)(struct bench *bench, const char *name);
};
static const struct table tables[] = {
    {"workloads", "| workload             |  node ns |  ours ns |  ratio | goal  | node MB | our MB |\n|---|---|---|---|---|---|---|\n",
     false, workload},
    {"sync",
     "| operation        |   ours | node --jitless | lua5.4 | duk | mujs | jitless/ours | our MB |\n|---|---|---|---|---|---|---|---|\n",
     true, sync_row},
    {"growth", "| ten times the events | to 10^5 | to 10^6 | to 10^7 | MB at 10^7 |\n|---|---|---|---|---|\n", false, growth},
};

static int by_name(const struct dirent **a, const struct dirent **b) { return strcmp((*a)->d_name, (*b)->d_name); }
static int is_workload(const struct dirent *entry) { return ends_with(entry->d_name, ".js") || ends_with(entry->d_name, ".json"); }

static void show(struct bench *bench, const struct table *table) {
  struct dirent **names;
  int count = scandir(bench->folder, &names, is_workload, by_name);
  printf("%s", table->head);
  for (int i = 0; i < count; i++) {
    const char *name = names[i]->d_name;
    if (table->sync == !strncmp(name, "sync-", 5) && wanted(bench, name)) table->row(bench, name);
  }
}

int main(int argc, char **argv) {
  int runs = argc > 5 ? atoi(argv[5]) : 0;
  if (runs < 1 || runs > RUNS_MAX) {
    fprintf(stderr, "usage: bench TABLE SIXPHASE NODE FOLDER RUNS [ROW]\n");
    return 64;
  }
  struct bench bench = {.sixphase = argv[2], .node = argv[3], .folder = argv[4], .row = argc > 6 ? argv[6] : NULL, .runs = runs};
  setvbuf(stdout, NULL, _IOLBF, 0);
  for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
    if (!strcmp(argv[1], tables[i].name)) show(&bench, &tables[i]);
  if (!strcmp(argv[1], "start")) {
    printf(
        "| whole process    | node ms | our ms | node CPU ms | our CPU ms | CPU ratio | node MB | our MB "
        "|\n|---|---|---|---|---|---|---|---|\n");
    starts(&bench);
  }
  return 0;
}
