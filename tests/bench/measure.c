#include "measure.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static double seconds(struct timeval time) { return (double)time.tv_sec + (double)time.tv_usec / 1e6; }

struct sample measure(char *const argv[]) {
  double before = now();
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
  if (pid < 0 || wait4(pid, &status, 0, &usage) < 0) exit(71);
  if (WIFEXITED(status) && WEXITSTATUS(status) == 127) {
    fprintf(stderr, "bench: cannot run %s\n", argv[0]);
    exit(66);
  }
  return (struct sample){seconds(usage.ru_utime) + seconds(usage.ru_stime), now() - before, (double)usage.ru_maxrss,
                         WIFEXITED(status) ? WEXITSTATUS(status) : -1};
}

static int by_cpu(const void *a, const void *b) {
  const struct sample *x = a, *y = b;
  return (x->cpu > y->cpu) - (x->cpu < y->cpu);
}

struct sample median(struct sample *samples, int count) {
  qsort(samples, (size_t)count, sizeof *samples, by_cpu);
  return samples[count / 2];
}

char *read_text(const char *path) {
  FILE *file = fopen(path, "r");
  char *text = calloc(1, 65536);
  if (!file || !text || !fread(text, 1, 65535, file)) {
    perror(path);
    exit(66);
  }
  fclose(file);
  return text;
}

void write_variant(const char *text, long n, const char *path) {
  const char *place = strstr(text, "1000000");
  FILE *file = fopen(path, "w");
  if (!file || !place) {
    perror(path);
    exit(73);
  }
  fprintf(file, "%.*s%ld%s", (int)(place - text), text, n, place + strlen("1000000"));
  fclose(file);
}

double number_after(const char *text, const char *key, double otherwise) {
  const char *place = strstr(text, key);
  return place ? atof(place + strlen(key)) : otherwise;
}
