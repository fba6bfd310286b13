// One event as a JSON object on a line. Keys that do not apply are absent; numbers of tasks are tags.
#include <stdio.h>

#include "sim/trace/write.h"

static void add_text(const struct six_trace *trace, const char *key, uint32_t text, struct six_text *out) {
  size_t length;
  const char *bytes = six_trace_text(trace, text, &length);
  six_text_addf(out, ",\"%s\":", key);
  six_text_add_json(out, bytes, length);
}

static void add_tag(const struct six_trace *trace, const char *key, uint32_t task, struct six_text *out) {
  char tag[16];
  if (task) six_text_addf(out, ",\"%s\":\"%s\"", key, six_trace_tag(trace, task, tag));
}

static void add_place(const struct six_trace *trace, const char *key, uint32_t site, struct six_text *out) {
  struct six_position at = six_trace_position(trace, site);
  if (!at.line) return;
  uint32_t unit = six_trace_site(trace, site).unit;
  six_text_addf(out, ",\"%s\":{\"line\":%u,\"column\":%u", key, at.line, at.column);
  const char *name = NULL;
  if (unit > 1 && six_trace_source(trace, unit, &name, NULL) && name) {
    six_text_adds(out, ",\"source\":");
    char buffer[512];
    int length = snprintf(buffer, sizeof buffer, "%s", name);
    six_text_add_json(out, buffer, length < (int)sizeof buffer ? (size_t)length : sizeof buffer - 1);
  }
  six_text_addc(out, '}');
}

static void add_details(const struct six_trace *trace, uint32_t index, const struct six_event *e, struct six_text *out) {
  static const char *const returns[] = {"returns", "awaits", "yields", "throws", "stops"};
  static const char *const handled[] = {"uncaught", "handled", "unhandled-rejection"};
  switch (e->kind) {
    case SIX_EV_ENQUEUE:
      add_tag(trace, "task", index, out);
      six_text_addf(out, ",\"kind\":\"%s\"", six_task_name((enum six_task_kind)e->a));
      add_place(trace, "callback", e->subject, out);
      break;
    case SIX_EV_LABEL: add_text(trace, "label", e->a, out); break;
    case SIX_EV_ARM: six_text_addf(out, ",\"duration_ms\":%u,\"start_ms\":%u", e->a, e->b); break;
    case SIX_EV_REF: six_text_addf(out, ",\"ref\":%s", e->a ? "true" : "false"); break;
    case SIX_EV_TURN: six_text_addf(out, ",\"turn\":%u", e->a); break;
    case SIX_EV_PHASE: six_text_addf(out, ",\"enters\":\"%s\",\"waiting\":%u", six_phase_name((enum six_phase)e->a), e->b); break;
    case SIX_EV_DRAIN: six_text_addf(out, ",\"ticks\":%u,\"microtasks\":%u", e->a, e->b); break;
    case SIX_EV_END:
      if (e->a) six_text_adds(out, ",\"threw\":true");
      break;
    case SIX_EV_POOL_WAIT: six_text_addf(out, ",\"trip\":%u,\"trips\":%u", e->a, e->b); break;
    case SIX_EV_POOL_RUN: six_text_addf(out, ",\"thread\":%u,\"takes_ns\":%u", e->a, e->b); break;
    case SIX_EV_POOL_DONE: six_text_addf(out, ",\"thread\":%u", e->a); break;
    case SIX_EV_OUTSIDE: six_text_addf(out, ",\"takes_ns\":%u", e->a); break;
    case SIX_EV_CLOCK: six_text_addf(out, ",\"moved_ns\":%u,\"waiting\":%s", e->a, e->b ? "true" : "false"); break;
    case SIX_EV_OUTPUT:
      six_text_addf(out, ",\"to\":\"%s\"", e->b == 2 ? "stderr" : "stdout");
      add_text(trace, "text", e->a, out);
      break;
    case SIX_EV_CALL:
      add_text(trace, "function", e->a, out);
      if (e->b) six_text_adds(out, ",\"goes_on\":true");
      break;
    case SIX_EV_RETURN:
      if (e->a) six_text_addf(out, ",\"how\":\"%s\"", returns[e->a < 5 ? e->a : 0]);
      break;
    case SIX_EV_SETTLE: six_text_addf(out, ",\"promise\":%u,\"state\":\"%s\"", e->b, e->a & 1 ? "fulfilled" : "rejected"); break;
    case SIX_EV_THROW:
      add_text(trace, "message", e->a, out);
      six_text_addf(out, ",\"how\":\"%s\"", handled[e->b < 3 ? e->b : 0]);
      break;
    case SIX_EV_CHOICE: six_text_addf(out, ",\"choice\":%u,\"taken\":%u,\"alternatives\":%u", e->a, e->b & 0xFFFF, e->b >> 16); break;
    case SIX_EV_STOP: add_text(trace, "message", e->b, out); break;
    case SIX_EV_EXIT: six_text_addf(out, ",\"status\":%u", e->a); break;
    default: break;
  }
}

void six_write_json_event(const struct six_trace *trace, uint32_t index, struct six_text *out) {
  struct six_event event = six_trace_at(trace, index);
  enum six_event_kind kind = (enum six_event_kind)event.kind;
  six_text_addf(out, "{\"index\":%u,\"time\":%llu,\"phase\":\"%s\",\"event\":\"%s\"", index, (unsigned long long)event.time,
                six_phase_name((enum six_phase)event.phase), six_event_name(kind));
  if (six_event_has_task(kind)) add_tag(trace, "task", event.subject, out);
  add_details(trace, index, &event, out);
  add_place(trace, "at", event.site, out);
  add_tag(trace, "by", event.cause, out);
  if (event.rule) six_text_addf(out, ",\"rule\":\"R%u\"", event.rule);
  six_text_adds(out, "}\n");
}
