// The benchmark: every workload of this folder in sixphase and in the real node, alternating, medians of the runs.
// usage: bench SIXPHASE NODE DIRECTORY [RUNS]. Figures per event are slopes: a million events less a hundred thousand.
#include <dirent.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { RUNS_MAX = 31, SMALL = 100000, LARGE = 1000000 };

struct sample {
  double cpu;     // seconds
  double memory;  // KiB
};

static struct sample run(char *const argv[]) {
  pid_t pid = fork();
  if (pid == 0) {
    int null = open("/dev/null", O_WRONLY);
    dup2(null, 1);
    dup2(null, 2);
    execv(argv[0], argv);
    _exit(127);
  }
  int status;
  struct rusage usage;
  if (pid < 0 || wait4(pid, &status, 0, &usage) < 0) exit(1);
  if (WIFEXITED(status) && WEXITSTATUS(status) == 127) {
    fprintf(stderr, "bench: cannot run %s\n", argv[0]);
    exit(66);
  }
  double cpu = (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) + (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
  return (struct sample){cpu, (double)usage.ru_maxrss};
}

static int by_cpu(const void *a, const void *b) {
  const struct sample *x = a, *y = b;
  return (x->cpu > y->cpu) - (x->cpu < y->cpu);
}

static struct sample median(struct sample *samples, int count) {
  qsort(samples, (size_t)count, sizeof *samples, by_cpu);
  return samples[count / 2];
}

static char *read_text(const char *path) {
  FILE *file = fopen(path, "r");
  if (!file) exit(66);
  char *text = calloc(1, 65536);
  if (!text || !fread(text, 1, 65535, file)) exit(66);
  fclose(file);
  return text;
}

// The workload with another N, as a temporary file.
static void write_variant(const char *text, long n, const char *path) {
  FILE *file = fopen(path, "w");
  if (!file) exit(73);
  fprintf(file, "const N = %ld;%s", n, strchr(text, ';') + 1);
  fclose(file);
}

struct pair {
  struct sample ours, theirs;
};

static struct pair measure(const char *sixphase, const char *node, bool jitless, const char *path, int runs) {
  struct sample ours[RUNS_MAX], theirs[RUNS_MAX];
  char *our_argv[] = {(char *)sixphase, "run", "--max-time", "1000000h", (char *)path, NULL};
  char *jit_argv[] = {(char *)node, (char *)path, NULL};
  char *jitless_argv[] = {(char *)node, "--jitless", (char *)path, NULL};
  for (int i = 0; i < runs; i++) {
    ours[i] = run(our_argv);
    theirs[i] = run(jitless ? jitless_argv : jit_argv);
  }
  return (struct pair){median(ours, runs), median(theirs, runs)};
}

static void workload(const char *sixphase, const char *node, const char *directory, const char *name, int runs) {
  char path[4096], small[64], large[64];
  snprintf(path, sizeof path, "%s/%s", directory, name);
  snprintf(small, sizeof small, "/tmp/sixphase-bench-%d-s.js", (int)getpid());
  snprintf(large, sizeof large, "/tmp/sixphase-bench-%d-l.js", (int)getpid());
  char *text = read_text(path);
  const char *target = strstr(text, "// target: ");
  bool jitless = strstr(text, "// jitless") != NULL;
  write_variant(text, SMALL, small);
  write_variant(text, LARGE, large);
  struct pair s = measure(sixphase, node, jitless, small, runs), l = measure(sixphase, node, jitless, large, runs);
  double ours = l.ours.cpu - s.ours.cpu, theirs = l.theirs.cpu - s.theirs.cpu;
  double events = LARGE - SMALL;
  printf("| %-16.*s | %8.0f | %8.0f | %6.1f | %5.1f | %6.0f | %6.0f |\n", (int)(strlen(name) - 3), name, theirs / events * 1e9,
         ours / events * 1e9, ours > 0 ? theirs / ours : 0, target ? atof(target + 11) : 1.0, l.theirs.memory / 1024, l.ours.memory / 1024);
  fflush(stdout);
  unlink(small);
  unlink(large);
  free(text);
}

static int by_name(const struct dirent **a, const struct dirent **b) { return strcmp((*a)->d_name, (*b)->d_name); }
static int is_workload(const struct dirent *entry) {
  size_t length = strlen(entry->d_name);
  return length > 3 && !strcmp(entry->d_name + length - 3, ".js");
}

int main(int argc, char **argv) {
  if (argc < 4) {
    fprintf(stderr, "usage: bench SIXPHASE NODE DIRECTORY [RUNS]\n");
    return 64;
  }
  int runs = argc > 4 ? atoi(argv[4]) : 3;
  if (runs < 1 || runs > RUNS_MAX) return 64;
  struct dirent **names;
  int count = scandir(argv[3], &names, is_workload, by_name);
  printf("| workload         |  node ns |  ours ns |  ratio | goal  | node MB | our MB |\n|---|---|---|---|---|---|---|\n");
  for (int i = 0; i < count; i++) workload(argv[1], argv[2], argv[3], names[i]->d_name, runs);
  return 0;
}
