// Corresponding places in two runs of the same program: under another major, in another world, or after an edit.
#include <stdlib.h>
#include <string.h>

#include "ui/tui/tui.h"

static bool is_step(enum six_event_kind kind) { return kind == SIX_EV_BEGIN || kind == SIX_EV_OUTPUT; }

static uint32_t next_step(const struct six_trace *trace, uint32_t at) {
  while (at < six_trace_count(trace) && !is_step((enum six_event_kind)six_trace_at(trace, at).kind)) at++;
  return at;
}

static bool same_site(const struct six_trace *a, uint32_t left, const struct six_trace *b, uint32_t right) {
  struct six_site x = six_trace_site(a, left), y = six_trace_site(b, right);
  return !left == !right && (!left || (x.unit == y.unit && x.start == y.start && x.end == y.end));
}

static bool same_step(const struct six_trace *a, struct six_event x, const struct six_trace *b, struct six_event y) {
  if (x.kind != y.kind) return false;
  if (x.kind == SIX_EV_BEGIN) {
    struct six_event left = six_trace_at(a, x.subject), right = six_trace_at(b, y.subject);
    return left.a == right.a && same_site(a, left.site, b, right.site);
  }
  size_t m, n;
  const char *left = six_trace_text(a, x.a, &m), *right = six_trace_text(b, y.a, &n);
  return x.b == y.b && m == n && !memcmp(left, right, m);
}

struct tui_match tui_match_runs(const struct six_trace *a, const struct six_trace *b) {
  struct tui_match match = {0};
  uint32_t capacity = 0, i = next_step(a, 0), j = next_step(b, 0);
  while (i < six_trace_count(a) && j < six_trace_count(b) && same_step(a, six_trace_at(a, i), b, six_trace_at(b, j))) {
    if (match.count == capacity) {
      capacity = capacity ? capacity * 2 : 64;
      for (int k = 0; k < 2; k++) match.steps[k] = realloc(match.steps[k], capacity * sizeof *match.steps[k]);
      if (!match.steps[0] || !match.steps[1]) abort();
    }
    match.steps[0][match.count] = i;
    match.steps[1][match.count++] = j;
    i = next_step(a, i + 1);
    j = next_step(b, j + 1);
  }
  match.part[0] = i;
  match.part[1] = j;
  return match;
}

void tui_match_done(struct tui_match *match) {
  free(match->steps[0]);
  free(match->steps[1]);
  *match = (struct tui_match){0};
}

static uint32_t steps_until(const struct tui_match *match, uint32_t position) {
  uint32_t low = 0, high = match->count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (match->steps[0][middle] <= position) low = middle + 1;
    else high = middle;
  }
  return low;
}

// Between two places that correspond, as many events on, but not beyond the next one.
static uint32_t beyond(uint32_t from, uint32_t position, uint32_t to, uint32_t limit) {
  uint32_t at = to + (position > from ? position - from : 0);
  return at < limit ? at : limit;
}

// Where the runs have parted, lines of output are counted.
static uint32_t place_by_output(const struct tui_match *match, struct six_reader *from, uint32_t position, struct six_reader *to) {
  uint32_t count = six_trace_count(six_reader_trace(to));
  uint32_t outputs = six_reader_outputs_until(from, position), all = six_reader_outputs(to);
  if (outputs > all || match->part[1] >= count) return count - 1;
  uint32_t base = outputs ? six_reader_output_event(from, outputs - 1) : 0, there = outputs ? six_reader_output_event(to, outputs - 1) : 0;
  uint32_t limit = outputs < all ? six_reader_output_event(to, outputs) - 1 : count - 1;
  if (base < match->part[0]) base = match->part[0];
  if (there < match->part[1]) there = match->part[1];
  return beyond(base, position, there, limit > there ? limit : there);
}

uint32_t tui_place(const struct tui_match *match, struct six_reader *from, uint32_t position, struct six_reader *to) {
  uint32_t count = six_trace_count(six_reader_trace(to));
  if (position && position + 1 == six_trace_count(six_reader_trace(from))) return count - 1;
  if (position >= match->part[0]) return place_by_output(match, from, position, to);
  uint32_t steps = steps_until(match, position);
  uint32_t here = steps ? match->steps[0][steps - 1] : 0, there = steps ? match->steps[1][steps - 1] : 0;
  uint32_t next = steps < match->count ? match->steps[1][steps] : match->part[1];
  return beyond(here, position, there, next > there + 1 ? next - 1 : there);
}
