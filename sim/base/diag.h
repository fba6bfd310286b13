// base: diagnostics. What is wrong with a file, where, and which exit status says so.
#ifndef SIX_BASE_DIAG_H
#define SIX_BASE_DIAG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sim/base/text.h"

// A stretch of a source: byte offsets [start, end).
struct six_span {
  uint32_t start, end;
};

// A file's text as read, with its name for messages. The bytes are borrowed.
struct six_source {
  const char *name;
  const char *bytes;
  size_t length;
};

// sysexits.h, the ones that are ours (design.md).
enum six_status {
  SIX_STATUS_OK = 0,
  SIX_STATUS_USAGE = 64,
  SIX_STATUS_DATA = 65,
  SIX_STATUS_NO_INPUT = 66,
  SIX_STATUS_UNSUPPORTED = 69,
  SIX_STATUS_BUG = 70,
  SIX_STATUS_IO = 74,
  SIX_STATUS_BUDGET = 75,
};

// The first problem found. `message` is empty while there is none.
struct six_diag {
  enum six_status status;
  struct six_span span;
  bool has_span;
  char message[512];
};

// Records a problem at `span` and returns false. The first one recorded stays.
bool six_fail(struct six_diag *diag, enum six_status status, struct six_span span, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

// Line and column, both from 1; columns count UTF-16 units as V8 does.
struct six_position {
  uint32_t line, column;
};
struct six_position six_source_position(const struct six_source *source, uint32_t offset);

// Appends `name:line:col: error: message`, then the source line and a caret line (long lines are cut to a window).
void six_diag_write(const struct six_diag *diag, const struct six_source *source, struct six_text *out);

#endif
