// The run as a picture: a lane for each queue and phase, a row for each callback that ran, an arrow from where it was
// scheduled, and what it printed. Time goes down, not to scale.
#include <stdlib.h>
#include <string.h>

#include "sim/trace/write.h"

enum {
  ROWS_MAX = 400,
  LINES_MAX = 60,  // of one run
  ROW = 22,
  LANE = 78,
  TIME = 86,
  TOP = 58,
  BOX = 60,
  CHARACTER = 7,  // of a 12 pixel monospaced font, rounded up
  WORDS_MAX = 56,
  PRINTS_MAX = 72,
};

enum lane { LANE_MAIN, LANE_TICKS, LANE_MICROTASKS, LANE_TIMERS, LANE_PENDING, LANE_POLL, LANE_CHECK, LANE_CLOSE, LANES };

static const struct {
  const char *title, *colour;
} lanes[LANES] = {
    [LANE_MAIN] = {"main", "#5b6470"},     [LANE_TICKS] = {"nextTick", "#b3261e"},  [LANE_MICROTASKS] = {"microtasks", "#8e24aa"},
    [LANE_TIMERS] = {"timers", "#1565c0"}, [LANE_PENDING] = {"pending", "#6d4c41"}, [LANE_POLL] = {"poll", "#00796b"},
    [LANE_CHECK] = {"check", "#e65100"},   [LANE_CLOSE] = {"close", "#455a64"},
};

struct row {  // one run of a callback
  uint32_t task, begin;
  uint32_t turn;
  enum lane lane;
  int y, lines;  // lines: what it prints, at least one
};

struct picture {
  struct six_reader *reader;
  const struct six_trace *trace;
  struct six_text *out;
  struct row *rows;
  uint32_t count, left_out;
  int height;
  size_t words, prints;  // widths of the columns, in characters
};

static enum lane lane_of(enum six_task_kind kind, enum six_phase phase) {
  switch (kind) {
    case SIX_TASK_TICK: return LANE_TICKS;
    case SIX_TASK_MICROTASK:
    case SIX_TASK_REACTION:
    case SIX_TASK_THENABLE:
    case SIX_TASK_AWAIT: return LANE_MICROTASKS;
    default: break;
  }
  switch (phase) {
    case SIX_PHASE_TIMERS: return LANE_TIMERS;
    case SIX_PHASE_PENDING: return LANE_PENDING;
    case SIX_PHASE_POLL: return LANE_POLL;
    case SIX_PHASE_CHECK: return LANE_CHECK;
    case SIX_PHASE_CLOSE: return LANE_CLOSE;
    default: return LANE_MAIN;
  }
}

static size_t characters(const char *bytes, size_t length) {
  size_t count = 0;
  for (size_t i = 0; i < length; i++) count += ((unsigned char)bytes[i] & 0xC0) != 0x80;
  return count;
}

// Text cut to `most` characters.
static void add_cut(struct six_text *out, const char *bytes, size_t length, size_t most) {
  size_t end = 0, kept = 0;
  if (characters(bytes, length) <= most) {
    six_text_add_xml(out, bytes, length);
    return;
  }
  for (uint32_t c; kept + 1 < most; kept++) end += six_utf8_decode(bytes + end, length - end, &c);
  six_text_add_xml(out, bytes, end);
  six_text_adds(out, "…");
}

static uint32_t printer(const struct six_event *output) { return output->subject ? output->subject : output->cause; }

// The lines of an OUTPUT event, one after the other: false when there is none left.
static bool next_line(const char **bytes, size_t *left, const char **line, size_t *length) {
  if (!*bytes) return false;
  const char *end = *left ? memchr(*bytes, '\n', *left) : NULL;
  *line = *bytes;
  *length = end ? (size_t)(end - *bytes) : *left;
  bool more = end && (size_t)(end - *bytes) + 1 < *left;
  *left -= end ? *length + 1 : *length;
  *bytes = more ? end + 1 : NULL;
  return true;
}

static struct row *row_of(struct picture *picture, uint32_t task, uint32_t index) {
  for (uint32_t i = picture->count; i-- > 0;) {
    if (picture->rows[i].begin <= index && picture->rows[i].task == task) return &picture->rows[i];
  }
  return NULL;
}

static void say_row(struct picture *picture, const struct row *row, struct six_text *words) {
  if (row->lane == LANE_MAIN && six_trace_at(picture->trace, row->task).a == SIX_TASK_MAIN) {
    six_text_adds(words, "main script");
    return;
  }
  six_say_callback(picture->reader, row->task, words);
  struct six_task_info info;
  if (!six_reader_task(picture->reader, row->task, row->begin, &info)) return;
  struct six_position at = six_reader_position(picture->reader, info.scheduled);
  if (at.line) six_text_addf(words, ", line %u", at.line);
}

static void measure_words(struct picture *picture, const struct row *row) {
  struct six_text words = {0};
  say_row(picture, row, &words);
  size_t length = characters(words.bytes ? words.bytes : "", words.length);
  if (length > picture->words) picture->words = length < WORDS_MAX ? length : WORDS_MAX;
  six_text_done(&words);
}

static void add_row(struct picture *picture, uint32_t index) {
  struct six_event event = six_trace_at(picture->trace, index);
  struct six_task_info info;
  if (picture->count == ROWS_MAX || !six_reader_task(picture->reader, event.subject, index, &info)) {
    picture->left_out++;
    return;
  }
  struct row *row = &picture->rows[picture->count++];
  *row = (struct row){.task = event.subject, .begin = index, .turn = six_reader_turn(picture->reader, index)};
  row->lane = lane_of(info.kind, (enum six_phase)event.phase);
  measure_words(picture, row);
}

static void measure_output(struct picture *picture, uint32_t index) {
  struct six_event event = six_trace_at(picture->trace, index);
  struct row *row = picture->left_out ? NULL : row_of(picture, printer(&event), index);
  if (!row) return;
  size_t left, length;
  const char *bytes = six_trace_text(picture->trace, event.a, &left), *line;
  while (row->lines < LINES_MAX && next_line(&bytes, &left, &line, &length)) {
    row->lines++;
    size_t wide = characters(line, length);
    if (wide > picture->prints) picture->prints = wide < PRINTS_MAX ? wide : PRINTS_MAX;
  }
}

// Rows get their places; a turn of the loop begins with a line of its own.
static void place_rows(struct picture *picture) {
  int y = TOP;
  uint32_t turn = 0;
  for (uint32_t i = 0; i < picture->count; i++) {
    struct row *row = &picture->rows[i];
    if (row->turn != turn) y += ROW;
    turn = row->turn;
    row->y = y;
    y += ROW * (row->lines ? row->lines : 1);
  }
  picture->height = y + ROW + (picture->left_out ? ROW : 0);
}

static int lane_x(enum lane lane) { return TIME + (int)lane * LANE + LANE / 2; }
static int words_x(void) { return TIME + LANES * LANE + 12; }
static int prints_x(const struct picture *picture) { return words_x() + (int)picture->words * CHARACTER + 18; }
static int width_of(const struct picture *picture) { return prints_x(picture) + (int)picture->prints * CHARACTER + 24; }

static void draw_heading(struct picture *picture) {
  struct six_text *out = picture->out;
  int width = width_of(picture);
  six_text_addf(out,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" "
                "font-family=\"ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace\" font-size=\"11.5\">\n",
                width, picture->height, width, picture->height);
  six_text_adds(out, "<title>What ran, from which queue, and what it printed</title>\n");
  six_text_addf(out, "<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>\n", width, picture->height);
  for (int i = 0; i < LANES; i++) {
    int x = lane_x((enum lane)i);
    six_text_addf(out, "<text x=\"%d\" y=\"30\" text-anchor=\"middle\" font-weight=\"bold\" fill=\"%s\">%s</text>\n", x, lanes[i].colour,
                  lanes[i].title);
    six_text_addf(out, "<path d=\"M%d 38V%d\" stroke=\"%s\" stroke-opacity=\".25\"/>\n", x, picture->height - ROW / 2, lanes[i].colour);
  }
  six_text_addf(out, "<text x=\"%d\" y=\"30\" font-weight=\"bold\">ran</text>\n", words_x());
  six_text_addf(out, "<text x=\"%d\" y=\"30\" font-weight=\"bold\">printed</text>\n", prints_x(picture));
}

static void draw_turn(struct picture *picture, const struct row *row) {
  int y = row->y - ROW / 2;
  six_text_addf(picture->out, "<path d=\"M8 %dH%d\" stroke=\"#999\" stroke-dasharray=\"3 4\"/>", y, width_of(picture) - 8);
  six_text_addf(picture->out, "<text x=\"8\" y=\"%d\" fill=\"#666\">turn %u</text>\n", y - 4, row->turn);
}

// From its run before this one, else from the row in which it was scheduled.
static void draw_arrow(struct picture *picture, const struct row *row) {
  struct six_task_info info;
  if (!six_reader_task(picture->reader, row->task, row->begin, &info) || !info.by) return;
  const struct row *from = row_of(picture, row->task, row->begin - 1);
  if (!from) from = row_of(picture, info.by, info.task);
  if (!from || from == row) return;
  int x1 = lane_x(from->lane), y1 = from->y + 9, x2 = lane_x(row->lane), y2 = row->y - 9;
  if (from->lane == row->lane) {
    int side = x1 - BOX / 2;
    six_text_addf(picture->out, "<path d=\"M%d %dC%d %d %d %d %d %d\"", side, from->y, side - 14, from->y, side - 14, row->y, side, row->y);
  } else {
    six_text_addf(picture->out, "<path d=\"M%d %dC%d %d %d %d %d %d\"", x1, y1, x1, (y1 + y2) / 2, x2, (y1 + y2) / 2, x2, y2);
  }
  six_text_addf(picture->out, " fill=\"none\" stroke=\"%s\" stroke-opacity=\".45\"/>\n", lanes[row->lane].colour);
}

static void draw_row(struct picture *picture, const struct row *row) {
  struct six_text *out = picture->out, words = {0};
  char tag[16];
  int x = lane_x(row->lane);
  six_text_addf(out, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\" fill=\"#666\">", TIME - 6, row->y + 4);
  six_say_ns(six_trace_at(picture->trace, row->begin).time, out);
  six_text_addf(out, "</text><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"18\" rx=\"4\" fill=\"%s\"/>", x - BOX / 2, row->y - 9, BOX,
                lanes[row->lane].colour);
  six_text_addf(out, "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\" fill=\"#fff\">%s</text>", x, row->y + 4,
                six_trace_tag(picture->trace, row->task, tag));
  say_row(picture, row, &words);
  six_text_addf(out, "<text x=\"%d\" y=\"%d\">", words_x(), row->y + 4);
  add_cut(out, words.bytes ? words.bytes : "", words.length, WORDS_MAX);
  six_text_adds(out, "</text>\n");
  six_text_done(&words);
}

static void draw_output(struct picture *picture, uint32_t index, int *drawn) {
  struct six_event event = six_trace_at(picture->trace, index);
  struct row *row = row_of(picture, printer(&event), index);
  size_t left, length;
  const char *bytes = six_trace_text(picture->trace, event.a, &left), *line;
  if (!row) return;
  while (next_line(&bytes, &left, &line, &length)) {
    int *n = &drawn[row - picture->rows];
    if (*n >= row->lines) return;  // of a run that was left out
    six_text_addf(picture->out, "<text x=\"%d\" y=\"%d\" font-weight=\"bold\" xml:space=\"preserve\"%s>", prints_x(picture),
                  row->y + 4 + ROW * *n, event.b == 2 ? " fill=\"#b3261e\"" : "");
    if (*n + 1 == LINES_MAX) six_text_adds(picture->out, "…");
    else add_cut(picture->out, line, length, PRINTS_MAX);
    six_text_adds(picture->out, "</text>\n");
    ++*n;
  }
}

static void draw(struct picture *picture) {
  uint32_t turn = 0, outputs = six_reader_outputs(picture->reader);
  draw_heading(picture);
  for (uint32_t i = 0; i < picture->count; i++) {
    if (picture->rows[i].turn != turn) draw_turn(picture, &picture->rows[i]);
    turn = picture->rows[i].turn;
    draw_arrow(picture, &picture->rows[i]);
  }
  for (uint32_t i = 0; i < picture->count; i++) draw_row(picture, &picture->rows[i]);
  int *drawn = calloc(picture->count + 1u, sizeof *drawn);
  if (!drawn) abort();
  for (uint32_t i = 0; i < outputs; i++) draw_output(picture, six_reader_output_event(picture->reader, i), drawn);
  free(drawn);
  if (picture->left_out)
    six_text_addf(picture->out, "<text x=\"8\" y=\"%d\">and %u more</text>\n", picture->height - ROW / 2, picture->left_out);
  six_text_adds(picture->out, "</svg>\n");
}

void six_write_svg(struct six_reader *reader, struct six_text *out) {
  struct picture picture = {.reader = reader, .trace = six_reader_trace(reader), .out = out, .prints = 12, .words = 12};
  picture.rows = calloc(ROWS_MAX, sizeof *picture.rows);
  if (!picture.rows) abort();
  for (uint32_t i = 0; i < six_trace_count(picture.trace); i++) {
    uint8_t kind = six_trace_at(picture.trace, i).kind;
    if (kind == SIX_EV_BEGIN) add_row(&picture, i);
    if (kind == SIX_EV_OUTPUT) measure_output(&picture, i);
  }
  place_rows(&picture);
  draw(&picture);
  free(picture.rows);
}
