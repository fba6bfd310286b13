// Every legal order, by running the program under one schedule after the other: breadth first over the answers that
// differ from the typical ones, so that each order is found with the shortest schedule that makes it.
#include <stdlib.h>
#include <string.h>

#include "sim/orders/because.h"

enum { LIMIT = 2000, DEEPEST = 12, LIMIT_JUDGE = 400 };
#define MOST_STEPS UINT64_C(3000000000)
#define STEPS_OF_A_SHORT_RUN UINT64_C(50000)  // as long as a run's start

struct answer {
  uint32_t number, answer;
};

struct schedule {  // what differs from the typical answers, in order
  struct answer *answers;
  uint32_t count;
};

struct search {
  const struct six_scenario *scenario;
  struct six_options options;
  struct six_diag *diag;
  struct six_orders *found;
  struct schedule *queue;
  size_t head, tail, capacity;
  uint64_t *seen;  // open addressing; 0 is free
  size_t seen_count, seen_size;
  uint64_t steps;
  bool cut, owns_memo;
  struct six_evidence *evidence;  // NULL: not asked for. Else nothing is kept in `found`
};

static void *resize(void *items, size_t count, size_t size) {
  void *grown = realloc(items, count * size);
  if (!grown) abort();
  return grown;
}

// ---- What was seen: outputs together with the choices still to come.
static uint64_t mix(uint64_t hash, uint64_t value) {
  hash = (hash ^ value) * UINT64_C(0x9E3779B97F4A7C15);
  return hash ^ hash >> 29;
}

static uint64_t hash_of(const struct six_result *result) {
  uint64_t hash = mix(UINT64_C(0x5158506861736521), (uint64_t)result->exit);
  for (size_t i = 0; i < result->out.length; i++) hash = mix(hash, (unsigned char)result->out.bytes[i]);
  return hash;
}

static bool insert(uint64_t *table, size_t size, uint64_t key) {
  size_t slot = key & (size - 1);
  for (; table[slot]; slot = (slot + 1) & (size - 1))
    if (table[slot] == key) return false;
  table[slot] = key;
  return true;
}

static bool see(struct search *search, uint64_t key) {  // false: seen before
  if (!key) key = 1;
  if (search->seen_count * 2 >= search->seen_size) {
    size_t size = search->seen_size ? search->seen_size * 2 : 1024;
    uint64_t *table = calloc(size, sizeof *table);
    if (!table) abort();
    for (size_t i = 0; i < search->seen_size; i++)
      if (search->seen[i]) insert(table, size, search->seen[i]);
    free(search->seen);
    search->seen = table;
    search->seen_size = size;
  }
  bool fresh = insert(search->seen, search->seen_size, key);
  search->seen_count += fresh;
  return fresh;
}

// ---- Schedules.
static void write_schedule(const struct schedule *schedule, struct six_text *out) {
  for (uint32_t i = 0; i < schedule->count; i++)
    six_text_addf(out, "%s%u:%u", i ? "," : "", schedule->answers[i].number, schedule->answers[i].answer);
}

static void enqueue(struct search *search, const struct schedule *parent, uint32_t number, uint32_t answer) {
  if (parent->count >= DEEPEST || search->tail - search->head > 200000) {
    search->cut = true;
    return;
  }
  if (search->tail == search->capacity) {
    search->capacity = search->capacity ? search->capacity * 2 : 64;
    search->queue = resize(search->queue, search->capacity, sizeof *search->queue);
  }
  struct schedule *child = &search->queue[search->tail++];
  child->count = parent->count + 1;
  child->answers = resize(NULL, child->count, sizeof *child->answers);
  if (parent->count) memcpy(child->answers, parent->answers, parent->count * sizeof *child->answers);
  child->answers[parent->count] = (struct answer){number, answer};
}

// ---- Orders.
static bool is_known(const struct six_orders *found, const struct six_result *result) {
  for (uint32_t i = 0; i < found->count; i++) {
    const struct six_found_order *order = &found->orders[i];
    if (order->exit != result->exit || order->out.length != result->out.length) continue;
    if (!result->out.length || memcmp(order->out.bytes, result->out.bytes, result->out.length) == 0) return true;
  }
  return false;
}

static void add_order(struct search *search, struct six_result *result, const char *schedule) {
  struct six_orders *found = search->found;
  found->orders = resize(found->orders, found->count + 1, sizeof *found->orders);
  struct six_found_order *order = &found->orders[found->count++];
  *order = (struct six_found_order){.out = result->out, .exit = result->exit, .schedule = strdup(schedule)};
  if (!order->schedule) abort();
  result->out = (struct six_text){0};
  struct six_text because = {0};
  if (*schedule) six_orders_because(search->scenario, &search->options, schedule, &because);
  six_text_adds(&because, "");
  order->because = because.bytes ? because.bytes : strdup("");
}

// Enqueues what differs in one more answer, unless the same output with the same choices to come was expanded before.
// `tail`: the hash of the output; it grows from the last choice to the first one that this schedule leaves open.
static void expand(struct search *search, const struct schedule *schedule, const struct six_result *result, uint64_t tail) {
  uint32_t first = schedule->count ? schedule->answers[schedule->count - 1].number + 1 : 0;
  bool fresh = false;
  for (uint32_t i = result->choices; i-- > first;) {
    const struct six_choice_taken *choice = &result->choice_log[i];
    tail = mix(mix(tail, choice->kind + 8u * choice->taken + UINT64_C(4096) * choice->alternatives), choice->state);
    fresh = see(search, mix(tail, result->choices - i));
  }
  if (!fresh) return;
  for (uint32_t i = first; i < result->choices; i++)
    for (uint32_t answer = 0; answer < result->choice_log[i].alternatives; answer++)
      if (answer != result->choice_log[i].taken) enqueue(search, schedule, i, answer);
}

static void add_evidence(struct search *search, const struct six_result *result, const char *schedule) {
  struct six_text because = {0};
  if (!six_evidence_add(search->evidence, result->trace)) return;
  six_orders_tell(result, &because);
  six_evidence_name(search->evidence, schedule, because.length ? because.bytes : "");
  six_text_done(&because);
}

static void take(struct search *search, const struct schedule *schedule, struct six_result *result, const char *text) {
  search->found->schedules++;
  search->steps += result->steps;
  // What a budget cut is no order of Node's, unless nothing else is known.
  uint64_t output = hash_of(result);
  bool cut = result->exit == SIX_STATUS_BUDGET && schedule->count;
  search->cut |= result->exit == SIX_STATUS_BUDGET;
  if (cut) return;
  expand(search, schedule, result, output);
  if (search->evidence) {
    add_evidence(search, result, text);
    return;
  }
  if (!schedule->count) {
    search->found->message = result->message;
    result->message = (struct six_text){0};
  }
  if (!is_known(search->found, result)) add_order(search, result, text);
}

static bool try_schedule(struct search *search, const struct schedule *schedule) {
  struct six_text text = {0};
  six_text_adds(&text, "");
  write_schedule(schedule, &text);
  search->options.schedule = schedule->count ? text.bytes : NULL;
  struct six_result *result = six_run(search->scenario, &search->options, search->diag);
  bool ran = result != NULL;
  if (ran) take(search, schedule, result, text.bytes);
  six_result_free(result);
  six_text_done(&text);
  return ran;
}

// Runs what was enqueued until nothing is left, or a budget ran out.
static void work_off(struct search *search, uint32_t limit, uint64_t most_steps) {
  while (search->head < search->tail) {
    struct schedule next = search->queue[search->head++];
    if (search->found->schedules < limit && search->steps < most_steps) try_schedule(search, &next);
    else search->cut = true;
    free(next.answers);
  }
  free(search->queue);
  free(search->seen);
  if (search->owns_memo) six_memo_free(search->options.memo);
}

static enum six_verdict verdict_of(const struct six_orders *found) {
  if (found->count > 1) return SIX_VERDICT_RACE;
  return found->complete ? SIX_VERDICT_GUARANTEED : SIX_VERDICT_UNKNOWN;
}

static struct search begin_search(const struct six_scenario *scenario, const struct six_options *options, struct six_diag *diag) {
  struct search search = {.scenario = scenario, .options = *options, .diag = diag, .found = calloc(1, sizeof *search.found)};
  if (!search.found) abort();
  search.options.explore = true;
  search.options.record_trace = search.options.record_statements = false;
  search.options.write = NULL;
  search.owns_memo = !options->memo;
  if (search.owns_memo) search.options.memo = six_memo_new();
  return search;
}

struct six_orders *six_orders_find(const struct six_scenario *scenario, const struct six_options *options, uint32_t limit,
                                   struct six_diag *diag) {
  struct search search = begin_search(scenario, options, diag);
  bool ran = try_schedule(&search, &(struct schedule){0});
  work_off(&search, limit ? limit : LIMIT, MOST_STEPS);
  search.found->complete = !search.cut;
  search.found->verdict = verdict_of(search.found);
  if (ran) return search.found;
  six_orders_free(search.found);
  return NULL;
}

struct six_evidence *six_orders_judge(const struct six_scenario *scenario, const struct six_options *options,
                                      const struct six_result *result, uint32_t limit) {
  struct six_diag diag = {0};
  struct search search = begin_search(scenario, options, &diag);
  struct six_evidence *evidence = six_evidence_new(result->trace);
  search.evidence = evidence;
  search.options.record_trace = true;
  bool stopped = result->exit == SIX_STATUS_BUDGET || result->exit == SIX_STATUS_UNSUPPORTED;
  if (!limit) limit = LIMIT_JUDGE;
  uint64_t most_steps = limit * STEPS_OF_A_SHORT_RUN;
  if (stopped || result->steps > most_steps / 2) search.cut = result->choices > 0;
  else if (result->choices) try_schedule(&search, &(struct schedule){0});
  work_off(&search, limit, most_steps);
  six_evidence_close(evidence, !search.cut, search.found->schedules);
  six_orders_free(search.found);
  return evidence;
}

void six_orders_free(struct six_orders *orders) {
  if (!orders) return;
  for (uint32_t i = 0; i < orders->count; i++) {
    six_text_done(&orders->orders[i].out);
    free(orders->orders[i].schedule);
    free(orders->orders[i].because);
  }
  free(orders->orders);
  six_text_done(&orders->message);
  free(orders);
}
