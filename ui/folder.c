#include "ui/folder.h"

#include <errno.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ui/ui.h"

static int remove_entry(const char *path, const struct stat *info, int type, struct FTW *where) {
  (void)info, (void)where;
  if (type == FTW_DNR) chmod(path, 0700);  // the next round reads it
  else remove(path);
  return 0;
}

static void remove_folder(const char *folder) {
  for (int round = 0; round < 16 && access(folder, F_OK) == 0; round++) {
    chmod(folder, 0700);
    nftw(folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
  }
}

int ui_make_folder(const char *path) {
  return mkdir(path, 0700) == 0 ? 0 : ui_error(SIX_STATUS_IO, "cannot make a temporary folder %s: %s", path, strerror(errno));
}

// What would end us ends the child instead, so that we live to remove the folder.
static void signals_to_wait_for(sigset_t *signals) {
  static const int numbers[] = {SIGCHLD, SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGALRM, SIGUSR1, SIGUSR2, SIGXCPU};
  sigemptyset(signals);
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) sigaddset(signals, numbers[i]);
}

// Returns the child's status as waitpid gives it; *ended_by is the signal that we were sent, or 0.
static int wait_for(pid_t child, const sigset_t *signals, int *ended_by) {
  int status = 0;
  *ended_by = 0;
  while (waitpid(child, &status, WNOHANG) != child) {
    int number = sigwaitinfo(signals, NULL);
    if (number < 0 || number == SIGCHLD || number == SIGPIPE) continue;
    *ended_by = number;
    kill(-child, SIGKILL);
    kill(child, SIGKILL);
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
    break;
  }
  kill(-child, SIGKILL);  // whoever is left of its group
  return status;
}

int ui_in_folder(int (*work)(void *context, const char *folder), void *context) {
  const char *parent = getenv("TMPDIR");
  struct six_text folder = {0};
  six_text_addf(&folder, "%s/sixphase-XXXXXX", parent && *parent == '/' ? parent : "/tmp");
  sigset_t signals, before;
  signals_to_wait_for(&signals);
  sigprocmask(SIG_BLOCK, &signals, &before);
  if (!mkdtemp(folder.bytes)) {
    sigprocmask(SIG_SETMASK, &before, NULL);
    int status = ui_error(SIX_STATUS_IO, "cannot make a temporary folder %s: %s", folder.bytes, strerror(errno));
    six_text_done(&folder);
    return status;
  }
  pid_t child = fork();
  if (child == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    setpgid(0, 0);
    sigprocmask(SIG_SETMASK, &before, NULL);
    exit(work(context, folder.bytes));
  }
  int ended_by = 0, status = 0;
  if (child > 0) setpgid(child, child), status = wait_for(child, &signals, &ended_by);
  remove_folder(folder.bytes);
  six_text_done(&folder);
  sigprocmask(SIG_SETMASK, &before, NULL);
  if (child < 0) return ui_error(SIX_STATUS_IO, "cannot start a process: %s", strerror(errno));
  if (ended_by) {
    signal(ended_by, SIG_DFL);
    raise(ended_by);
  }
  if (WIFSIGNALED(status)) return ui_error(SIX_STATUS_BUG, "the check itself was ended by signal %d", WTERMSIG(status));
  return WEXITSTATUS(status);
}
