// What recording a trace costs, how large it is, and how long a jump to any of its moments takes.
// usage: trace FOLDER [ROW]
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "measure.h"
#include "sim/sixphase.h"

enum { EVENTS = 200000, ROUNDS = 5, JUMPS = 64 };

static double cpu(void) {
  struct timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static int compare(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static void swallow(void *context, int fd, const char *bytes, size_t length) { (void)context, (void)fd, (void)bytes, (void)length; }

static struct six_result *run(const struct six_scenario *scenario, bool record, double *took) {
  struct six_options options = {.record_trace = record, .max_time_ns = UINT64_MAX, .max_steps = UINT64_MAX / 2, .write = swallow};
  struct six_diag diag = {0};
  double before = cpu();
  struct six_result *result = six_run(scenario, &options, &diag);
  *took = cpu() - before;
  if (!result || result->exit) exit(70);
  return result;
}

// The worst of jumps all over the trace, in ms.
static double worst_jump(const struct six_trace *trace, double *index_ms, double *index_bytes) {
  double before = cpu(), worst = 0;
  struct six_reader *reader = six_reader_new(trace);
  *index_ms = (cpu() - before) * 1e3;
  uint32_t count = six_trace_count(trace);
  for (uint32_t i = 0; i < JUMPS; i++) {
    before = cpu();
    six_reader_seek(reader, (uint32_t)((uint64_t)count * (i * 37 % JUMPS) / JUMPS));
    double took = (cpu() - before) * 1e3;
    if (took > worst) worst = took;
  }
  *index_bytes = (double)six_reader_bytes(reader);
  six_reader_free(reader);
  return worst;
}

static void row(const char *folder, const char *name) {
  char path[4096], variant[64];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  snprintf(variant, sizeof variant, "build/bench/traced%s", strrchr(name, '.'));
  char *text = read_text(path);
  write_variant(text, EVENTS, variant);
  free(text);
  text = read_text(variant);
  struct six_diag diag = {0};
  struct six_source source = {0};
  struct six_scenario *scenario = six_scenario_read(variant, text, strlen(text), SIX_LANG_AUTO, NULL, NULL, &diag, &source);
  if (!scenario) exit(65);
  double off[ROUNDS], on[ROUNDS], bytes = 0, events = 0, jump = 0, index_ms = 0, index_bytes = 0;
  for (int i = 0; i < ROUNDS; i++) {
    six_result_free(run(scenario, false, &off[i]));
    struct six_result *result = run(scenario, true, &on[i]);
    if (i == 0) {
      events = six_trace_count(result->trace);
      bytes = (double)six_trace_bytes(result->trace);
      jump = worst_jump(result->trace, &index_ms, &index_bytes);
    }
    six_result_free(result);
  }
  qsort(off, ROUNDS, sizeof *off, compare);
  qsort(on, ROUNDS, sizeof *on, compare);
  double without = off[ROUNDS / 2], with = on[ROUNDS / 2];
  printf("| %-20s | %6.0f | %6.0f | %+5.0f %% | %8.0f | %5.1f | %5.1f | %8.1f | %6.2f |\n", name, without / EVENTS * 1e9,
         with / EVENTS * 1e9, (with / without - 1) * 100, events, bytes / events, index_bytes / events, index_ms, jump);
  six_scenario_free(scenario);
  free(text);
}

static int by_name(const struct dirent **a, const struct dirent **b) { return strcmp((*a)->d_name, (*b)->d_name); }
static int is_workload(const struct dirent *entry) { return strstr(entry->d_name, ".js") && strncmp(entry->d_name, "sync-", 5); }

int main(int argc, char **argv) {
  if (argc < 2) {
    fprintf(stderr, "usage: trace FOLDER [ROW]\n");
    return 64;
  }
  setvbuf(stdout, NULL, _IOLBF, 0);
  struct dirent **names;
  int count = scandir(argv[1], &names, is_workload, by_name);
  printf(
      "| trace                | off ns | on ns | more | events | bytes each | index's | index ms | worst jump ms "
      "|\n|---|---|---|---|---|---|---|---|---|\n");
  for (int i = 0; i < count; i++)
    if (argc < 3 || strstr(names[i]->d_name, argv[2])) row(argv[1], names[i]->d_name);
  return 0;
}
