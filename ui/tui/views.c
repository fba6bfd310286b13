// What each pane draws of a moment. Views draw into an area and note where the tags stand; they decide nothing.
#include <stdio.h>
#include <string.h>

#include "ui/tui/highlight.h"
#include "ui/tui/tui.h"

static int left(int width, int used) { return width > used ? width - used : 0; }

static int minimum(int a, int b) { return a < b ? a : b; }

// The task that the present event moved: it is shown as arriving.
static bool has_moved(const struct tui *tui, uint32_t task) {
  switch (six_trace_at(tui->trace, tui->position).kind) {
    case SIX_EV_ENQUEUE:
    case SIX_EV_ARM:
    case SIX_EV_READY:
    case SIX_EV_BEGIN:
    case SIX_EV_POOL_WAIT:
    case SIX_EV_POOL_RUN:
    case SIX_EV_POOL_DONE:
    case SIX_EV_OUTSIDE: return tui_event_task(tui, tui->position) == task;
    default: return false;
  }
}

static int put_tag(struct tui *tui, int x, int y, int width, uint32_t task, const char *before) {
  char tag[16], text[24];
  unsigned style = tui_task_style(tui, task) | TUI_BOLD;
  if (has_moved(tui, task)) style |= TUI_REVERSE;
  if (task == tui->selected) style |= TUI_UNDERLINE;
  snprintf(text, sizeof text, task == tui->selected ? "[%s%s]" : "%s%s", before, six_trace_tag(tui->trace, task, tag));
  int used = tui_puts(&tui->canvas, x, y, width, style, text);
  if (used && tui->item_count < TUI_ITEMS) tui->items[tui->item_count++] = (struct tui_item){x, y, used, task};
  return used;
}

// Tasks one after another; what does not fit is counted.
static int put_list(struct tui *tui, int x, int y, int width, const struct six_task_list *list, bool has_mark) {
  int used = 0;
  for (uint32_t i = 0; i < list->listed; i++) {
    bool last = i + 1 == list->count;
    if (left(width, used) < (last ? 5 : 12)) {
      used += tui_putf(&tui->canvas, x + used, y, left(width, used), TUI_FAINT, "+%u", list->count - i);
      return used;
    }
    used += put_tag(tui, x + used, y, left(width, used), list->items[list->first + i], "") + 1;
  }
  if (list->count > list->listed)
    used += tui_putf(&tui->canvas, x + used, y, left(width, used), TUI_FAINT, "+%u", list->count - list->listed);
  if (!list->count && !has_mark) used += tui_puts(&tui->canvas, x, y, width, TUI_FAINT, "\xc2\xb7");
  return used;
}

// A task that has just left this queue, with an arrow to where it went.
static int put_leaver(struct tui *tui, int x, int y, int width, enum six_task_kind first, enum six_task_kind last) {
  struct six_event event = six_trace_at(tui->trace, tui->position);
  bool starts = event.kind == SIX_EV_BEGIN && first >= SIX_TASK_TICK && last <= SIX_TASK_AWAIT;  // in a phase it is shown as running
  if (!starts && event.kind != SIX_EV_CANCEL) return 0;
  uint32_t kind = event.subject && event.subject < tui->count ? six_trace_at(tui->trace, event.subject).a : 0;
  if (kind < (uint32_t)first || kind > (uint32_t)last) return 0;
  char tag[16];
  const char *format = event.kind == SIX_EV_BEGIN ? "\xe2\x86\x97%s" : "\xe2\x9c\x97%s";
  int used = tui_putf(&tui->canvas, x, y, width, tui_task_style(tui, event.subject), format, six_trace_tag(tui->trace, event.subject, tag));
  return used + (used > 0);
}

// ---- The program

static const char *state_of(const struct tui *tui, const struct six_moment *moment, const struct six_task_info *info) {
  for (uint32_t i = 0; i < moment->running_count; i++)
    if (moment->running[i] == info->task) return "\xe2\x96\xb6";
  if (info->cancel && info->cancel <= tui->position) return "\xe2\x9c\x97";
  if (info->kind != SIX_TASK_INTERVAL && info->end && info->end <= tui->position) return "\xe2\x9c\x93";
  return "";
}

static uint32_t first_tag(const struct tui *tui, uint32_t line, uint32_t task) {
  uint32_t low = 0, high = tui->tag_count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    const struct tui_tag *tag = &tui->tags[middle];
    if (tag->line < line || (tag->line == line && tag->task <= task)) low = middle + 1;
    else high = middle;
  }
  return low;
}

// The latest tasks that this line has scheduled so far, right aligned.
static int put_line_tags(struct tui *tui, const struct six_moment *moment, uint32_t line, int right, int y, int width) {
  uint32_t from = first_tag(tui, line, 0), until = first_tag(tui, line, tui->position), most = width > 60 ? 4 : 2;
  uint32_t shown = until - from < most ? until - from : most;
  int used = 0;
  for (uint32_t i = 0; i < shown; i++) {
    struct six_task_info info;
    uint32_t task = tui->tags[until - 1 - i].task;
    if (!six_reader_task(tui->reader, task, tui->position, &info)) continue;
    char tag[16];
    const char *state = state_of(tui, moment, &info);
    int size = (int)strlen(six_trace_tag(tui->trace, task, tag)) + (*state ? 1 : 0) + (task == tui->selected ? 2 : 0);
    used += size + (i > 0);
    put_tag(tui, right - used, y, size, task, state);
  }
  if (until - from > shown) {
    char more[16];
    int size = snprintf(more, sizeof more, "+%u ", until - from - shown);
    used += size;
    tui_puts(&tui->canvas, right - used, y, size, TUI_FAINT, more);
  }
  return used;
}

static bool has_breakpoint(const struct tui *tui, uint32_t line) {
  for (int i = 0; i < tui->breakpoint_count; i++)
    if (tui->breakpoints[i].kind == TUI_BREAK_LINE && tui->breakpoints[i].number == line) return true;
  return false;
}

// Where a line begins that is shifted to the left by some cells.
static size_t shifted(const char *bytes, size_t length, int cells) {
  size_t at = 0;
  for (uint32_t c; at < length && cells > 0; cells -= tui_char_width(c)) at += six_utf8_decode(bytes + at, length - at, &c);
  return at;
}

// The current line stands out as a whole; the others are coloured by their tokens.
static void put_code(struct tui *tui, int x, int y, int width, bool is_current, const char *bytes, size_t length) {
  if (is_current) {
    tui_put(&tui->canvas, x, y, width, TUI_BOLD | TUI_REVERSE, bytes, length);
    return;
  }
  int used = 0;
  if (length > 4000) length = 4000;  // far beyond every screen
  for (size_t at = 0, end; at < length && used < width; at = end) {
    unsigned style;
    end = tui_token(bytes, length, at, &style);
    // A token that does not fit ends the line; what follows it has no room.
    bool fits = used + tui_width(bytes + at, end - at) < width || (end == length && used + tui_width(bytes + at, end - at) == width);
    used += tui_put(&tui->canvas, x + used, y, width - used, style, bytes + at, fits ? end - at : length - at);
    if (!fits) return;
  }
}

// Between callbacks the view stays where the last line ran.
static uint32_t latest_line(const struct tui *tui) {
  for (uint32_t i = tui->position; i > 0 && tui->position - i < 20000; i--) {
    struct six_event event = six_trace_at(tui->trace, i);
    uint32_t line = event.kind == SIX_EV_STATEMENT ? tui_line(tui, event.site) : 0;
    if (line) return line;
  }
  return 0;
}

static void draw_program(struct tui *tui, const struct six_moment *moment, struct tui_area area) {
  uint32_t current = tui_current_line(tui, moment), count = tui->show_json ? tui->json_count : tui->line_count;
  uint32_t centre = current ? current : latest_line(tui);
  int64_t top = (int64_t)centre - area.height / 2 + tui->program_scroll;
  int64_t last_top = (int64_t)count - area.height + 1;
  if (top > last_top) top = last_top;
  if (top < 1) top = 1;
  int digits = count > 9999 ? 6 : count > 99 ? 4 : 3;
  for (int row = 0; row < area.height && top + row <= count; row++) {
    uint32_t line = (uint32_t)(top + row);
    int y = area.y + row, x = area.x;
    bool is_current = line == current;
    size_t length;
    const char *bytes = tui_line_text(tui, line, &length);
    int tags = put_line_tags(tui, moment, line, area.x + area.width, y, area.width);
    tui_puts(&tui->canvas, x, y, 1, TUI_ACCENT | TUI_BOLD, is_current ? "\xe2\x96\xb6" : has_breakpoint(tui, line) ? "\xe2\x97\x8f" : " ");
    tui_putf(&tui->canvas, x + 1, y, digits, TUI_FAINT, "%*u", digits, line);
    int gutter = digits + 3, width = left(area.width, gutter + tags + (tags ? 1 : 0));
    size_t from = shifted(bytes, length, tui->shift);
    put_code(tui, x + gutter, y, width, is_current, bytes + from, length - from);
  }
}

// ---- The call stack

static void describe(struct tui *tui, uint32_t task, struct six_text *out) {
  struct six_task_info info;
  if (!six_reader_task(tui->reader, task, tui->position, &info)) return;
  size_t length;
  const char *label = six_trace_text(tui->trace, info.label, &length);
  bool operation = info.kind >= SIX_TASK_FILE;
  if (info.kind == SIX_TASK_MAIN) six_text_adds(out, "main script");
  if (length && !operation) six_text_add(out, label, length < 40 ? length : 40);
  if (info.kind == SIX_TASK_AWAIT) six_text_adds(out, length ? " after its await" : "after await");
  else if (info.kind != SIX_TASK_MAIN) {
    six_text_adds(out, info.kind == SIX_TASK_EVENT ? "listeners of " : length && !operation ? ", callback of " : "callback of ");
    if (length && operation) six_text_add(out, label, length < 40 ? length : 40);
    else six_text_adds(out, six_task_api(info.kind));
  }
  uint32_t line = tui_line(tui, info.scheduled);
  if (line) six_text_addf(out, ", line %u", line);
}

static void put_running(struct tui *tui, int x, int y, int width, uint32_t task) {
  struct six_text text = {0};
  describe(tui, task, &text);
  bool is_main = six_trace_at(tui->trace, task).a == SIX_TASK_MAIN;
  int used = is_main ? 0 : put_tag(tui, x, y, width, task, "") + 1;
  tui_put(&tui->canvas, x + used, y, left(width, used), TUI_DEFAULT, text.bytes, text.length);
  six_text_done(&text);
}

static void put_call(struct tui *tui, int x, int y, int width, uint32_t frame, uint32_t at) {
  struct six_event event = six_trace_at(tui->trace, frame);
  size_t length;
  const char *name = six_trace_text(tui->trace, event.a, &length);
  if (length && *name == '<') name = "field initialiser", length = strlen(name);
  int used = length ? tui_put(&tui->canvas, x, y, width, TUI_DEFAULT, name, length)
                    : tui_puts(&tui->canvas, x, y, width, TUI_FAINT, "(anonymous)");
  uint32_t line = tui_line(tui, at ? at : event.site);
  if (line) tui_putf(&tui->canvas, x + used, y, left(width, used), TUI_FAINT, ", line %u", line);
}

// A callback's own nameless function says nothing that the callback does not.
static bool is_shown(const struct tui *tui, uint32_t frame) {
  struct six_event event = six_trace_at(tui->trace, frame);
  size_t length = 0;
  if (event.kind == SIX_EV_CALL) six_trace_text(tui->trace, event.a, &length);
  if (event.kind == SIX_EV_BEGIN || length) return true;
  uint32_t below = six_reader_below(tui->reader, frame);
  return below && six_trace_at(tui->trace, below).kind != SIX_EV_BEGIN;
}

static void put_frame(struct tui *tui, const struct six_moment *moment, int x, int y, int width, uint32_t frame, uint32_t depth) {
  struct six_event event = six_trace_at(tui->trace, frame);
  if (event.kind == SIX_EV_BEGIN) put_running(tui, x, y, width, event.subject);
  else put_call(tui, x, y, width, frame, depth < moment->calls_listed ? moment->calls[moment->calls_listed - 1 - depth].at : 0);
}

// Innermost on top. With little room the calls in the middle yield to the callback that they belong to.
static void draw_stack(struct tui *tui, const struct six_moment *moment, struct tui_area area) {
  uint32_t shown = 0, top = six_reader_top(tui->reader, tui->position), depth = 0, passed = 0;
  for (uint32_t frame = top; frame; frame = six_reader_below(tui->reader, frame)) shown += is_shown(tui, frame);
  uint32_t rows = area.height > 0 ? (uint32_t)area.height : 0, cut = rows > 2 && shown > rows ? shown - rows + 1 : 0;
  if (!shown)
    tui_puts(&tui->canvas, area.x, area.y, area.width, TUI_FAINT,
             moment->ended ? "\xc2\xb7 the process has ended" : "\xc2\xb7 no JavaScript runs");
  int row = 0;
  for (uint32_t frame = top; frame && row < area.height; frame = six_reader_below(tui->reader, frame)) {
    uint32_t its_depth = depth;
    depth += six_trace_at(tui->trace, frame).kind == SIX_EV_CALL;
    if (!is_shown(tui, frame)) continue;
    passed++;
    bool last = passed == shown, fits = passed < rows - (cut > 0);
    if (cut && passed == rows - 1) tui_putf(&tui->canvas, area.x, area.y + row++, area.width, TUI_FAINT, "... %u more calls", cut);
    else if (last || fits) put_frame(tui, moment, area.x, area.y + row++, area.width, frame, its_depth);
  }
}

// ---- Before anything else

// A row of the drain or the loop: a marker where the run is, the name, then what waits.
enum { ROW_LABEL = 14 };

static void put_row_label(struct tui *tui, int x, int y, int width, bool lit, const char *name) {
  tui_puts(&tui->canvas, x, y, minimum(width, 1), TUI_ACCENT | TUI_BOLD, lit ? "\xe2\x96\xb6" : " ");
  tui_puts(&tui->canvas, x + 1, y, left(width, 1), lit ? TUI_BOLD | TUI_REVERSE : TUI_DEFAULT, name);
}

static bool runs_one_of(const struct tui *tui, const struct six_moment *moment, enum six_task_kind first, enum six_task_kind last) {
  if (!moment->running_count) return false;
  uint32_t kind = six_trace_at(tui->trace, moment->running[0]).a;
  return kind >= (uint32_t)first && kind <= (uint32_t)last;
}

static void put_ticks(struct tui *tui, const struct six_moment *moment, int x, int y, int width) {
  put_row_label(tui, x, y, width, runs_one_of(tui, moment, SIX_TASK_TICK, SIX_TASK_TICK), "nextTick");
  int used = ROW_LABEL;
  used += put_leaver(tui, x + used, y, left(width, used), SIX_TASK_TICK, SIX_TASK_TICK);
  put_list(tui, x + used, y, left(width, used), &moment->ticks, used > ROW_LABEL);
}

static void put_microtasks(struct tui *tui, const struct six_moment *moment, int x, int y, int width) {
  put_row_label(tui, x, y, width, runs_one_of(tui, moment, SIX_TASK_MICROTASK, SIX_TASK_AWAIT), "microtasks");
  int used = ROW_LABEL;
  used += put_leaver(tui, x + used, y, left(width, used), SIX_TASK_MICROTASK, SIX_TASK_AWAIT);
  put_list(tui, x + used, y, left(width, used), &moment->microtasks, used > ROW_LABEL);
}

static void draw_drain(struct tui *tui, const struct six_moment *moment, struct tui_area area) {
  put_ticks(tui, moment, area.x + 1, area.y, left(area.width, 1));
  if (area.height > 1) put_microtasks(tui, moment, area.x + 1, area.y + 1, left(area.width, 1));
}

// ---- The six phases

static void add_ms(char *buffer, size_t size, uint64_t ns) {
  if (ns < 10000000) snprintf(buffer, size, "%.1f ms", (double)ns / 1e6);
  else if (ns < 10000000000) snprintf(buffer, size, "%.0f ms", (double)ns / 1e6);
  else snprintf(buffer, size, "%.0f s", (double)ns / 1e9);
}

static void say_due(const struct six_moment *moment, const struct six_waiting_timer *timer, bool wordy, char *text, size_t size) {
  uint64_t due = (timer->start_ms + timer->duration_ms) * 1000000;
  char in[24];
  add_ms(in, sizeof in, due > moment->time ? due - moment->time : 0);
  snprintf(text, size, "%s%s%s",
           due <= moment->time ? " due"
           : wordy             ? " in "
                               : " ",
           due > moment->time ? in : "", timer->unref ? " unref" : "");
}

// In order of their due time; what does not fit is counted.
static void put_timers(struct tui *tui, const struct six_moment *moment, int x, int y, int width, bool has_mark) {
  int used = 0;
  uint32_t i = 0;
  for (; i < moment->timers_listed; i++) {
    const struct six_waiting_timer *timer = &moment->timers[i];
    char due[48], tag[16];
    say_due(moment, timer, i == 0, due, sizeof due);
    int size = (int)strlen(six_trace_tag(tui->trace, timer->task, tag)) + (timer->task == tui->selected ? 2 : 0) + (int)strlen(due);
    if (i && left(width, used) < size + (i + 1 < moment->timer_count ? 4 : 0)) break;
    used += put_tag(tui, x + used, y, left(width, used), timer->task, "");
    used += tui_puts(&tui->canvas, x + used, y, left(width, used), strstr(due, " due") ? TUI_WARN : TUI_FAINT, due) + 2;
  }
  if (moment->timer_count > i) tui_putf(&tui->canvas, x + used, y, left(width, used), TUI_FAINT, "+%u", moment->timer_count - i);
  if (!moment->timer_count && !has_mark) tui_puts(&tui->canvas, x, y, width, TUI_FAINT, "\xc2\xb7");
}

static void put_poll(struct tui *tui, const struct six_moment *moment, int x, int y, int width, bool has_mark) {
  int used = put_list(tui, x, y, width, &moment->poll, has_mark);
  used += used > 0;
  const struct six_under_way *soonest = NULL;
  for (uint32_t i = 0; i < moment->outside_listed; i++) {
    const struct six_under_way *op = &moment->outside[i];
    if (op->slot != SIX_SLOT_WAITS && op->until > moment->time && (!soonest || op->until < soonest->until)) soonest = op;
  }
  if (!soonest) return;
  char in[24], tag[16];
  add_ms(in, sizeof in, soonest->until - moment->time);
  tui_putf(&tui->canvas, x + used, y, left(width, used), TUI_FAINT, "(%s in %s)", six_trace_tag(tui->trace, soonest->task, tag), in);
}

static bool belongs(enum six_task_kind kind, enum six_phase phase) {
  switch (kind) {
    case SIX_TASK_TIMER:
    case SIX_TASK_INTERVAL: return phase == SIX_PHASE_TIMERS;
    case SIX_TASK_IMMEDIATE: return phase == SIX_PHASE_CHECK;
    case SIX_TASK_CLOSE: return phase == SIX_PHASE_CLOSE;
    case SIX_TASK_FILE:
    case SIX_TASK_POOL:
    case SIX_TASK_SOCKET:
    case SIX_TASK_MESSAGE: return phase == SIX_PHASE_POLL || phase == SIX_PHASE_PENDING;
    default: return false;
  }
}

// The callback of this phase that runs now.
static int put_runner(struct tui *tui, const struct six_moment *moment, enum six_phase phase, int x, int y, int width) {
  if (!moment->running_count || moment->phase != phase) return 0;
  uint32_t task = moment->running[0];
  if (!belongs((enum six_task_kind)six_trace_at(tui->trace, task).a, phase)) return 0;
  char tag[16];
  unsigned style = tui_task_style(tui, task) | TUI_BOLD | (has_moved(tui, task) ? TUI_REVERSE : 0);
  return tui_putf(&tui->canvas, x, y, width, style, "%s\xe2\x96\xb8", six_trace_tag(tui->trace, task, tag)) + 1;
}

// The phase that the loop has just left, while it enters another.
static enum six_phase phase_before(const struct tui *tui) {
  struct six_event event = six_trace_at(tui->trace, tui->position);
  if (event.kind != SIX_EV_PHASE || !tui->position) return SIX_PHASE_NONE;
  struct six_event before = six_trace_at(tui->trace, tui->position - 1);
  return (enum six_phase)(before.kind == SIX_EV_PHASE ? before.a : before.phase);
}

static void put_phase(struct tui *tui, const struct six_moment *moment, enum six_phase phase, int x, int y, int width) {
  static const char *const names[] = {"", "timers", "pending", "idle/prep.", "poll", "check", "close"};
  bool lit = moment->phase == phase && !moment->ended, left_now = !lit && phase_before(tui) == phase;
  char name[24];
  snprintf(name, sizeof name, "%d %s", (int)phase, names[phase]);
  put_row_label(tui, x, y, width, lit, name);
  if (left_now) tui_puts(&tui->canvas, x, y, minimum(width, 1), TUI_FAINT, "\xe2\x96\xb9");
  int used = ROW_LABEL;
  used += put_runner(tui, moment, phase, x + used, y, left(width, used));
  switch (phase) {
    case SIX_PHASE_TIMERS:
      used += put_leaver(tui, x + used, y, left(width, used), SIX_TASK_TIMER, SIX_TASK_INTERVAL);
      put_timers(tui, moment, x + used, y, left(width, used), used > ROW_LABEL);
      break;
    case SIX_PHASE_PENDING: put_list(tui, x + used, y, left(width, used), &moment->pending, used > ROW_LABEL); break;
    case SIX_PHASE_POLL:
      used += put_leaver(tui, x + used, y, left(width, used), SIX_TASK_FILE, SIX_TASK_MESSAGE);
      put_poll(tui, moment, x + used, y, left(width, used), used > ROW_LABEL);
      break;
    case SIX_PHASE_CHECK:
      used += put_leaver(tui, x + used, y, left(width, used), SIX_TASK_IMMEDIATE, SIX_TASK_IMMEDIATE);
      put_list(tui, x + used, y, left(width, used), &moment->immediates, used > ROW_LABEL);
      break;
    case SIX_PHASE_CLOSE:
      used += put_leaver(tui, x + used, y, left(width, used), SIX_TASK_CLOSE, SIX_TASK_CLOSE);
      put_list(tui, x + used, y, left(width, used), &moment->closing, used > ROW_LABEL);
      break;
    default:
      tui_puts(&tui->canvas, x + used, y, left(width, used), TUI_FAINT, moment->immediates.count ? "on: poll will not wait" : "\xc2\xb7");
      break;
  }
}

// The ring: a line that leads from the last phase back to the first.
static void put_ring(struct tui *tui, int x, int y, int rows, int step) {
  int last = (SIX_PHASE_CLOSE - 1) * step;
  for (int row = 0; row < rows && row <= last; row++)
    tui_puts(&tui->canvas, x, y + row, 1, TUI_FAINT, row == 0 ? "\xe2\x95\xad" : row == last ? "\xe2\x95\xb0" : "\xe2\x94\x82");
}

static void draw_loop(struct tui *tui, const struct six_moment *moment, struct tui_area area) {
  int step = area.height >= 11 ? 2 : 1;
  put_ring(tui, area.x, area.y, area.height, step);
  for (int phase = SIX_PHASE_TIMERS; phase <= SIX_PHASE_CLOSE && (phase - 1) * step < area.height; phase++) {
    put_phase(tui, moment, (enum six_phase)phase, area.x + 1, area.y + (phase - 1) * step, left(area.width, 1));
    if (step == 2 && phase < SIX_PHASE_CLOSE && phase * step - 1 < area.height)
      tui_puts(&tui->canvas, area.x + 2, area.y + phase * step - 1, 1, TUI_FAINT, "\xe2\x86\x93");
  }
}

// ---- Outside

static int put_operation(struct tui *tui, const struct six_moment *moment, const struct six_under_way *op, int x, int y, int width,
                         bool wordy) {
  int used = put_tag(tui, x, y, width, op->task, "") + 1;
  if (op->trips > 1) used += tui_putf(&tui->canvas, x + used, y, left(width, used), TUI_FAINT, "%u/%u ", op->trip, op->trips);
  uint64_t whole = op->until > op->started ? op->until - op->started : 1,
           done = moment->time > op->started ? moment->time - op->started : 0;
  int cells = wordy ? 8 : 4, full = done >= whole ? cells : (int)(done * (uint64_t)cells / whole);
  for (int i = 0; i < cells && left(width, used) > 0; i++)
    used +=
        tui_puts(&tui->canvas, x + used, y, left(width, used), tui_task_style(tui, op->task), i < full ? "\xe2\x96\x93" : "\xe2\x96\x91");
  char in[24];
  add_ms(in, sizeof in, op->until > moment->time ? op->until - moment->time : 0);
  used += tui_putf(&tui->canvas, x + used, y, left(width, used), TUI_DEFAULT, " %s ", in);
  struct six_task_info info;
  if (wordy && six_reader_task(tui->reader, op->task, tui->position, &info)) {
    size_t length;
    const char *label = six_trace_text(tui->trace, info.label, &length);
    used += tui_put(&tui->canvas, x + used, y, left(width, used), TUI_FAINT, label, length);
  }
  return used;
}

static const struct six_under_way *in_slot(const struct six_moment *moment, uint32_t slot) {
  for (uint32_t i = 0; i < moment->outside_listed; i++)
    if (moment->outside[i].slot == slot) return &moment->outside[i];
  return NULL;
}

static void put_pool(struct tui *tui, const struct six_moment *moment, int x, int y, int width) {
  int used = tui_puts(&tui->canvas, x, y, width, TUI_DEFAULT, "pool ");
  for (uint32_t slot = 0; slot < tui->threads && left(width, used) > 3; slot++) {
    const struct six_under_way *op = in_slot(moment, slot);
    used += tui_puts(&tui->canvas, x + used, y, left(width, used), TUI_FAINT, "[");
    if (op) used += put_operation(tui, moment, op, x + used, y, left(width, used + 1), false) - 1;
    else used += tui_puts(&tui->canvas, x + used, y, left(width, used), TUI_FAINT, " ");
    used += tui_puts(&tui->canvas, x + used, y, left(width, used), TUI_FAINT, "] ");
  }
}

static void put_waiting(struct tui *tui, const struct six_moment *moment, int x, int y, int width) {
  int used = 0;
  for (uint32_t i = 0; i < moment->outside_listed && left(width, used) > 10; i++) {
    if (moment->outside[i].slot != SIX_SLOT_WAITS) continue;
    if (!used) used += tui_puts(&tui->canvas, x, y, width, TUI_DEFAULT, "wait ");
    used += put_tag(tui, x + used, y, left(width, used), moment->outside[i].task, "") + 1;
  }
}

static void draw_outside(struct tui *tui, const struct six_moment *moment, struct tui_area area) {
  int row = 0;
  bool tall = area.height >= 4;
  if (!tall) put_pool(tui, moment, area.x, area.y + row++, area.width);
  for (uint32_t slot = 0; tall && slot < tui->threads && row < area.height - 1; slot++, row++) {
    const struct six_under_way *op = in_slot(moment, slot);
    int used = tui_putf(&tui->canvas, area.x, area.y + row, area.width, TUI_DEFAULT, "thread %u  ", slot + 1);
    if (op) put_operation(tui, moment, op, area.x + used, area.y + row, left(area.width, used), true);
    else tui_puts(&tui->canvas, area.x + used, area.y + row, left(area.width, used), TUI_FAINT, "\xc2\xb7");
  }
  for (uint32_t i = 0; i < moment->outside_listed && row < area.height - 1; i++)
    if (moment->outside[i].slot == SIX_SLOT_NONE) put_operation(tui, moment, &moment->outside[i], area.x, area.y + row++, area.width, true);
  if (row < area.height) put_waiting(tui, moment, area.x, area.y + row, area.width);
}

// ---- The output

static uint32_t lines_in(const char *bytes, size_t length) {
  uint32_t lines = 1;
  for (size_t i = 0; i + 1 < length; i++) lines += bytes[i] == '\n';
  return lines;
}

static int origin_of(struct tui *tui, uint32_t index, char *buffer, size_t size) {
  struct six_event event = six_trace_at(tui->trace, index);
  uint32_t task = event.subject ? event.subject : event.cause;
  char tag[16];
  if (!task || six_trace_at(tui->trace, task).a == SIX_TASK_MAIN) return snprintf(buffer, size, "main");
  static const char *const queues[SIX_TASK_KINDS] = {"main",       "timers",     "timers",     "check",      "ticks",
                                                     "microtasks", "microtasks", "microtasks", "microtasks", "poll",
                                                     "poll",       "poll",       "poll",       "close",      "event"};
  uint32_t kind = six_trace_at(tui->trace, task).a;
  const char *queue = event.phase == SIX_PHASE_PENDING && kind >= SIX_TASK_FILE && kind <= SIX_TASK_MESSAGE
                          ? "pending"
                          : queues[kind < SIX_TASK_KINDS ? kind : 0];
  return snprintf(buffer, size, "%s %s", six_trace_tag(tui->trace, task, tag), queue);
}

static void put_output_line(struct tui *tui, struct tui_area area, int y, uint32_t index, const char *bytes, size_t length, bool first) {
  char origin[40] = "";
  struct six_event event = six_trace_at(tui->trace, index);
  int size = first ? origin_of(tui, index, origin, sizeof origin) : 0;
  bool now = index == tui->position;
  uint32_t task = event.subject ? event.subject : event.cause;
  if (size > area.width / 2) size = 0;
  bool parts = first && tui->differs < six_reader_outputs(tui->reader) && six_reader_output_event(tui->reader, tui->differs) == index;
  const char *mark = now ? "\xe2\x96\xb8" : parts ? "\xe2\x89\xa0" : " ";  // where two majors print different lines
  tui_puts(&tui->canvas, area.x, y, 1, (parts ? TUI_WARN : TUI_ACCENT) | TUI_BOLD, mark);
  unsigned style = event.b == 2 ? TUI_BAD : TUI_DEFAULT;
  size_t from = shifted(bytes, length, tui->shift);
  tui_put(&tui->canvas, area.x + 1, y, left(area.width, size + 3), now ? style | TUI_BOLD : style, bytes + from, length - from);
  if (size) tui_puts(&tui->canvas, area.x + area.width - size, y, size, tui_task_style(tui, task), origin);
}

// The lines of an output that are on the screen, the last one on row `bottom`.
static void put_output(struct tui *tui, struct tui_area area, uint32_t index, int bottom, uint32_t lines) {
  size_t length;
  const char *bytes = six_trace_text(tui->trace, six_trace_at(tui->trace, index).a, &length);
  if (length && bytes[length - 1] == '\n') length--;
  int64_t row = (int64_t)bottom - (int64_t)lines + 1;
  bool first = true;
  for (;; row++, first = false) {
    const char *stop = length ? memchr(bytes, '\n', length) : NULL;
    size_t part = stop ? (size_t)(stop - bytes) : length;
    if (row >= 0 && row < area.height) put_output_line(tui, area, area.y + (int)row, index, bytes, part, first);
    if (!stop || row >= area.height) return;
    bytes += part + 1;
    length -= part + 1;
  }
}

static void draw_output(struct tui *tui, const struct six_moment *moment, struct tui_area area) {
  int64_t total = 0, want = (int64_t)area.height + tui->output_scroll;
  uint32_t first = moment->outputs;
  while (first > 0 && total < want) {
    size_t length;
    const char *bytes = six_trace_text(tui->trace, six_trace_at(tui->trace, six_reader_output_event(tui->reader, --first)).a, &length);
    total += lines_in(bytes, length);
  }
  // Few lines stand at the top, many end at the bottom.
  if (total < want && tui->output_scroll) tui->output_scroll = total > area.height ? (int)(total - area.height) : 0;
  int64_t row = (total < area.height ? total : area.height) - 1 + (total > area.height ? tui->output_scroll : 0);
  for (uint32_t n = moment->outputs; n-- > first && row >= 0;) {
    uint32_t index = six_reader_output_event(tui->reader, n);
    size_t length;
    const char *bytes = six_trace_text(tui->trace, six_trace_at(tui->trace, index).a, &length);
    uint32_t lines = lines_in(bytes, length);
    if (row - (int64_t)lines < area.height) put_output(tui, area, index, (int)row, lines);
    row -= lines;
  }
  if (!moment->outputs) tui_puts(&tui->canvas, area.x + 1, area.y, left(area.width, 1), TUI_FAINT, "\xc2\xb7 nothing is printed yet");
}

const struct tui_view tui_views[TUI_PANES] = {
    [TUI_PANE_PROGRAM] = {TUI_PANE_PROGRAM, "program", draw_program},        [TUI_PANE_STACK] = {TUI_PANE_STACK, "call stack", draw_stack},
    [TUI_PANE_DRAIN] = {TUI_PANE_DRAIN, "before anything else", draw_drain}, [TUI_PANE_LOOP] = {TUI_PANE_LOOP, "event loop", draw_loop},
    [TUI_PANE_OUTSIDE] = {TUI_PANE_OUTSIDE, "outside", draw_outside},        [TUI_PANE_OUTPUT] = {TUI_PANE_OUTPUT, "output", draw_output},
};

// ---- All queues in one pane, for small screens

void tui_draw_queues(struct tui *tui, const struct six_moment *moment, struct tui_area area) {
  int y = area.y, end = area.y + area.height, width = left(area.width, 1);
  int stack_rows = area.height > 12 ? minimum(area.height - 11, 4) : 1;
  draw_stack(tui, moment, (struct tui_area){area.x + 1, y, width, stack_rows});
  y += stack_rows;
  for (int x = 0; x < area.width && area.height > 11; x++) tui_puts(&tui->canvas, area.x + x, y, 1, TUI_BORDER, "\xe2\x94\x80");
  y += area.height > 11;
  if (y < end) put_ticks(tui, moment, area.x + 1, y++, width);
  if (y < end) put_microtasks(tui, moment, area.x + 1, y++, width);
  put_ring(tui, area.x, y, end - y, 1);
  for (int phase = SIX_PHASE_TIMERS; phase <= SIX_PHASE_CLOSE && y < end; phase++)
    put_phase(tui, moment, (enum six_phase)phase, area.x + 1, y++, width);
  if (y < end) draw_outside(tui, moment, (struct tui_area){area.x + 2, y, left(area.width, 2), end - y});
}
