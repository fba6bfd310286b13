#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "ui/ui.h"

static bool try_write(int fd, const char *bytes, size_t length) {
  while (length) {
    ssize_t done = write(fd, bytes, length);
    if (done < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (done < 0) return false;
    bytes += done;
    length -= (size_t)done;
  }
  return true;
}

void ui_write(int fd, const char *bytes, size_t length) {
  if (try_write(fd, bytes, length) || fd != STDOUT_FILENO) return;
  exit(ui_error(SIX_STATUS_IO, "cannot write standard output: %s", strerror(errno)));
}

void ui_write_text(int fd, struct six_text *text) {
  ui_write(fd, text->bytes, text->length);
  six_text_done(text);
}

void ui_write_program(void *context, int fd, const char *bytes, size_t length) {
  (void)context;
  ui_write(fd, bytes, length);
}

int ui_error(int status, const char *format, ...) {
  struct six_text text = {0};
  six_text_adds(&text, "sixphase: ");
  va_list arguments;
  va_start(arguments, format);
  six_text_addv(&text, format, arguments);
  va_end(arguments);
  // A file name may hold anything; the terminal gets none of it.
  for (size_t i = 0; i < text.length; i++)
    if ((unsigned char)text.bytes[i] < 0x20 || text.bytes[i] == 0x7F) text.bytes[i] = '?';
  six_text_addc(&text, '\n');
  try_write(STDERR_FILENO, text.bytes, text.length);
  six_text_done(&text);
  return status;
}

bool ui_use_color(const struct ui_options *options, int fd) {
  if (options->color != UI_COLOR_AUTO) return options->color == UI_COLOR_ALWAYS;
  const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
  if ((no_color && *no_color) || (term && !strcmp(term, "dumb"))) return false;
  return isatty(fd);
}

int ui_width(int fd) {
  struct winsize size;
  return ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 20 ? size.ws_col : 100;
}

void ui_add_wrapped(struct six_text *out, const char *indent, const char *rest, const char *text, int width) {
  size_t most = width > 40 ? (size_t)width : 40, column = 0;
  const char *lead = indent;
  while (*text) {
    size_t length = strcspn(text, " \n");
    if (column && strlen(lead) + column + 1 + length > most) six_text_addc(out, '\n'), column = 0, lead = rest;
    six_text_adds(out, column ? " " : lead);
    six_text_add(out, text, length);
    column += length + (column > 0);
    text += length;
    while (*text == ' ') text++;
    if (*text != '\n') continue;
    text++;
    if (*text) six_text_addc(out, '\n'), column = 0, lead = rest;
  }
  six_text_addc(out, '\n');
}
