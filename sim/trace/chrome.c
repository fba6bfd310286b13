// The trace for a trace viewer: Chrome's trace event format (a JSON object with an array of events; microseconds).
// Thread 1 runs JavaScript, thread 2 shows the loop's phases, threads from 10 are the pool's.
#include "sim/trace/write.h"

enum { JS = 1, LOOP = 2, POOL = 10 };

struct chrome {
  const struct six_trace *trace;
  struct six_text *out;
  bool in_phase, first;
};

static void begin_entry(struct chrome *chrome, const char *type, uint32_t thread, uint64_t time) {
  six_text_adds(chrome->out, chrome->first ? "\n" : ",\n");
  chrome->first = false;
  six_text_addf(chrome->out, "{\"ph\":\"%s\",\"pid\":1,\"tid\":%u,\"ts\":%llu.%03u", type, thread, (unsigned long long)(time / 1000),
                (unsigned)(time % 1000));
}

static void add_name(struct chrome *chrome, const char *prefix, const char *bytes, size_t length) {
  struct six_text name = {0};
  six_text_addf(&name, "%s%s", prefix, length && *prefix ? " " : "");
  six_text_add(&name, bytes, length);
  six_text_adds(chrome->out, ",\"name\":");
  six_text_add_json(chrome->out, name.bytes, name.length);
  six_text_done(&name);
}

static void add_task_name(struct chrome *chrome, uint32_t task) {
  char tag[16];
  struct six_text words = {0};
  six_say_task(chrome->trace, task, &words);
  add_name(chrome, "", words.bytes ? words.bytes : six_trace_tag(chrome->trace, task, tag), words.length);
  six_text_done(&words);
}

static void end_phase(struct chrome *chrome, uint64_t time) {
  if (!chrome->in_phase) return;
  chrome->in_phase = false;
  begin_entry(chrome, "E", LOOP, time);
  six_text_adds(chrome->out, "}");
}

static void add_flow(struct chrome *chrome, const char *type, uint32_t task, uint64_t time) {
  begin_entry(chrome, type, JS, time);
  six_text_addf(chrome->out, ",\"cat\":\"task\",\"id\":%u,\"bp\":\"e\",\"name\":\"scheduled\"}", task);
}

static void add_event(struct chrome *chrome, uint32_t index) {
  struct six_event e = six_trace_at(chrome->trace, index);
  size_t length;
  const char *text;
  switch (e.kind) {
    case SIX_EV_ENQUEUE: add_flow(chrome, "s", index, e.time); break;
    case SIX_EV_BEGIN:
      begin_entry(chrome, "B", JS, e.time);
      add_task_name(chrome, e.subject);
      six_text_addf(chrome->out, ",\"args\":{\"rule\":\"R%u\",\"phase\":\"%s\"}}", e.rule, six_phase_name((enum six_phase)e.phase));
      add_flow(chrome, "f", e.subject, e.time);
      break;
    case SIX_EV_END:
      begin_entry(chrome, "E", JS, e.time);
      six_text_adds(chrome->out, "}");
      break;
    case SIX_EV_PHASE:
      end_phase(chrome, e.time);
      begin_entry(chrome, "B", LOOP, e.time);
      add_name(chrome, six_phase_title((enum six_phase)e.a), "", 0);
      six_text_adds(chrome->out, "}");
      chrome->in_phase = true;
      break;
    case SIX_EV_TURN: end_phase(chrome, e.time); break;
    case SIX_EV_POOL_RUN:
      begin_entry(chrome, "X", POOL + e.a, e.time);
      six_text_addf(chrome->out, ",\"dur\":%u.%03u", e.b / 1000, e.b % 1000);
      add_task_name(chrome, e.subject);
      six_text_adds(chrome->out, "}");
      break;
    case SIX_EV_OUTPUT:
      begin_entry(chrome, "i", JS, e.time);
      text = six_trace_text(chrome->trace, e.a, &length);
      while (length && text[length - 1] == '\n') length--;
      add_name(chrome, e.b == 2 ? "stderr" : "prints", text, length);
      six_text_adds(chrome->out, ",\"s\":\"t\"}");
      break;
    case SIX_EV_EXIT: end_phase(chrome, e.time); break;
    default: break;
  }
}

void six_write_chrome(const struct six_trace *trace, struct six_text *out) {
  static const struct {
    uint32_t thread;
    const char *name;
  } threads[] = {{JS, "JavaScript"}, {LOOP, "event loop"}};
  struct chrome chrome = {.trace = trace, .out = out, .first = true};
  six_text_adds(out, "{\"displayTimeUnit\":\"ms\",\"traceEvents\":[");
  for (int i = 0; i < 2; i++) {
    begin_entry(&chrome, "M", threads[i].thread, 0);
    six_text_addf(out, ",\"name\":\"thread_name\",\"args\":{\"name\":\"%s\"}}", threads[i].name);
  }
  for (uint32_t i = 0; i < six_trace_count(trace); i++) add_event(&chrome, i);
  uint32_t count = six_trace_count(trace);
  end_phase(&chrome, count ? six_trace_at(trace, count - 1).time : 0);
  six_text_adds(out, "\n]}\n");
}
