// The terminal UI from outside, in a pseudo-terminal: how long after the start the first screen stands, how long after a
// key the new one does at many places of a million-event trace, how much memory that takes, and what it costs when idle.
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { QUIET_MS = 12 };  // a screen stands when nothing has been written for so long

static double now_ms(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

// Reads until the terminal is quiet; when the last byte came, 0 if none did within `patience`.
static double settle(int terminal, int patience) {
  char buffer[65536];
  double last = 0;
  struct pollfd poll_for = {.fd = terminal, .events = POLLIN};
  while (poll(&poll_for, 1, last > 0 ? QUIET_MS : patience) > 0 && read(terminal, buffer, sizeof buffer) > 0) last = now_ms();
  return last;
}

static pid_t start(const char *program, const char *file, int *terminal, int columns, int rows) {
  struct winsize size = {.ws_col = (unsigned short)columns, .ws_row = (unsigned short)rows};
  pid_t child = forkpty(terminal, NULL, NULL, &size);
  if (child) return child;
  setenv("TERM", "xterm-256color", 1);
  setenv("LC_ALL", "C.UTF-8", 1);
  execl(program, program, "step", file, (char *)NULL);
  _exit(127);
}

static void stop(pid_t child, int terminal) {
  kill(child, SIGTERM);
  waitpid(child, NULL, 0);
  close(terminal);
}

static int compare(const void *left, const void *right) {
  double a = *(const double *)left, b = *(const double *)right;
  return (a > b) - (a < b);
}

static void first_screen(const char *program, const char *file) {
  double times[15];
  for (int i = 0; i < 15; i++) {
    int terminal;
    double before = now_ms();
    pid_t child = start(program, file, &terminal, 100, 30);
    times[i] = settle(terminal, 2000) - before;
    stop(child, terminal);
  }
  qsort(times, 15, sizeof *times, compare);
  printf("%-44s median %6.1f ms   worst %6.1f ms   (wanted: 30)\n", "first screen of a puzzle after the start", times[7], times[14]);
}

static long status_kb(pid_t child, const char *name) {
  char path[64], line[256];
  long value = 0;
  snprintf(path, sizeof path, "/proc/%d/status", (int)child);
  FILE *file = fopen(path, "r");
  while (file && fgets(line, sizeof line, file))
    if (!strncmp(line, name, strlen(name))) value = strtol(line + strlen(name) + 1, NULL, 10);
  if (file) fclose(file);
  return value;
}

static long cpu_ticks(pid_t child) {
  char path[64];
  long user = 0, system = 0;
  snprintf(path, sizeof path, "/proc/%d/stat", (int)child);
  FILE *file = fopen(path, "r");
  if (file && fscanf(file, "%*d %*s %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %ld %ld", &user, &system) != 2) user = -1;
  if (file) fclose(file);
  return user + system;
}

static double press(int terminal, const char *keys) {
  double before = now_ms();
  if (write(terminal, keys, strlen(keys)) < 0) return 0;
  double last = settle(terminal, 100);  // a key may change nothing
  return last > 0 ? last - before : 0;
}

static void big_trace(const char *program, const char *file) {
  static const char *const keys[] = {"l", "h", "n", "N", "j", "k", "s", "S", "p", "P", "i", "I", "\t", "w", "\033", "]", "\033[6~"};
  enum { PLACES = 8, KEYS = sizeof keys / sizeof *keys };
  static double times[PLACES * KEYS];
  int terminal, count = 0;
  double before = now_ms(), worst = 0;
  const char *worst_key = "";
  pid_t child = start(program, file, &terminal, 250, 80);
  printf("%-44s        %6.1f ms\n", "first screen of a million events", settle(terminal, 5000) - before);
  press(terminal, "/end\r");
  for (int place = 0; place < PLACES; place++)
    for (int key = 0; key < KEYS; key++) {
      char go[32];
      snprintf(go, sizeof go, "g%d\r", place * 1020000 / PLACES + key * 997);
      press(terminal, go);
      double took = press(terminal, keys[key]);
      if (took > worst) worst = took, worst_key = keys[key];
      times[count++] = took;
      press(terminal, "\033");
    }
  qsort(times, (size_t)count, sizeof *times, compare);
  printf("%-44s median %6.1f ms   worst %6.1f ms   (wanted: 16; worst key %s)\n", "key to screen, 250x80, a million events",
         times[count / 2], worst,
         *worst_key == '\033' ? "Esc"
         : *worst_key == '\t' ? "Tab"
                              : worst_key);
  printf("%-44s        %6.1f MB                      (wanted: 200)\n", "memory with that trace", (double)status_kb(child, "VmHWM:") / 1024);
  long ticks = cpu_ticks(child);
  sleep(2);
  printf("%-44s        %6ld ms                      (wanted: 0)\n", "CPU in two idle seconds",
         (cpu_ticks(child) - ticks) * 1000 / sysconf(_SC_CLK_TCK));
  stop(child, terminal);
}

int main(int argc, char **argv) {
  static const char text[] =
      "let n = 0;\nfunction work(i) { n += i; return n; }\n"
      "for (let i = 0; i < 30000; i++) { setTimeout(() => work(i), i % 50); process.nextTick(work, i); Promise.resolve(i).then(work); }\n"
      "setImmediate(function f() { if (n++ < 100) setImmediate(f); });\nconsole.log('end');\n";
  if (argc < 4) {
    fprintf(stderr, "usage: screen SIXPHASE PUZZLE FOLDER\n");
    return 64;
  }
  setvbuf(stdout, NULL, _IOLBF, 0);
  char path[4096];
  snprintf(path, sizeof path, "%s/million.js", argv[3]);
  FILE *file = fopen(path, "w");
  if (!file || fputs(text, file) < 0 || fclose(file)) {
    perror(path);
    return 74;
  }
  first_screen(argv[1], argv[2]);
  big_trace(argv[1], path);
  return 0;
}
