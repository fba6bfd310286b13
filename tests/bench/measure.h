// bench: runs a program as a child and says what it took; medians; variants of a workload with another number of events.
#ifndef SIX_BENCH_MEASURE_H
#define SIX_BENCH_MEASURE_H

#include <stdbool.h>

enum { RUNS_MAX = 31 };

struct sample {
  double cpu, wall;  // seconds
  double memory;     // KiB, the peak
  int status;        // the exit status, -1: a signal
};

// argv[0] is a path. Standard output and standard error are thrown away. Ends the bench when the program cannot be run.
struct sample measure(char *const argv[]);
struct sample median(struct sample *samples, int count);  // by CPU time; sorts them

char *read_text(const char *path);
// The workload in `text` with `n` in the place of its first 1000000, as a file at `path`.
void write_variant(const char *text, long n, const char *path);
double number_after(const char *text, const char *key, double otherwise);  // "target: 5" in a comment

#endif
