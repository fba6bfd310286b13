// world: what is outside the process, in virtual time. Two structs: `struct six_world` is the description (constant
// during a run; filled by the scenario reader, or by defaults), `struct six_outside` is one run's clock, thread pool,
// operations under way and choice points. Knows nothing of JavaScript or of the loop's phases.
#ifndef SIX_WORLD_WORLD_H
#define SIX_WORLD_WORLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sim/base/arena.h"

#define SIX_MICROSECOND UINT64_C(1000)
#define SIX_MILLISECOND UINT64_C(1000000)
#define SIX_SECOND UINT64_C(1000000000)

// What work costs, in virtual nanoseconds.
struct six_costs {
  uint64_t boot;        // from the process's start until the main script's first statement; a whole millisecond
  uint64_t main_least;  // the main script with its drain takes at least this (R8: the typical schedule)
  uint64_t turn;        // one turn of the loop
  uint64_t callback;    // entering any callback
  uint64_t output;      // one write to stdout or stderr
  uint64_t clock_read;  // one reading of the time; doubles while a program only reads the clock, up to clock_read_most
  uint64_t clock_read_most;
  uint64_t step;        // one step of the machine (function entry or loop back-edge)
  uint64_t poll_wake;   // from an event outside (or a timeout) until the poll phase goes on
  uint64_t pool_start;  // the first use of the thread pool: its threads are made
};

struct six_world_file {
  const char *name;   // as the program names it, relative to cwd, or absolute
  const char *bytes;  // NULL: `size` times 'x'
  uint64_t size;
  uint64_t latency;  // ns per trip; UINT64_MAX: the world's
  bool is_directory;
  const char *error;  // NULL, or a code that every operation on it fails with ("EACCES")
};

enum six_peer_answer { SIX_PEER_ACCEPTS, SIX_PEER_REFUSES, SIX_PEER_MISSING, SIX_PEER_SILENT };
struct six_peer {
  const char *host;  // TCP: host name or address; NULL for a UNIX socket
  int port;
  const char *path;             // UNIX socket
  enum six_peer_answer answer;  // MISSING (a UNIX socket that does not exist) fails in the pending phase (R109)
  uint64_t latency;             // ns from connect to the answer
  const char *sends;            // bytes it sends after accepting, or NULL
  uint64_t sends_after;         // ns after accepting
  bool closes;                  // it closes after sending
};

struct six_world_name {  // dns.lookup, dns.resolve4
  const char *name, *address;
  uint64_t latency;
};

struct six_request {  // a client that connects to the program's server
  int port;
  const char *path;    // of a UNIX socket, or an HTTP path when `method` is set
  const char *method;  // NULL: plain bytes
  const char *body;    // bytes sent, or NULL
  uint64_t at;         // ns after the main script's start
};

struct six_world {
  struct six_arena arena;  // holds the texts of this struct; released by six_world_done
  struct six_costs costs;
  struct six_world_file *files;
  uint32_t file_count;
  struct six_peer *peers;
  uint32_t peer_count;
  struct six_world_name *names;
  uint32_t name_count;
  struct six_request *requests;
  uint32_t request_count;
  const char **env;  // "NAME=value", env_count of them
  uint32_t env_count;
  const char **argv;  // arguments after the script's name
  uint32_t argv_count;
  const char *input;  // what stdin holds; NULL: nothing, at its end
  size_t input_length;
  const char *cwd;       // /home/user
  const char *timezone;  // IANA name or offset as "+05:30"; "UTC"
  const char *hostname;
  double epoch_ms;   // wall clock at virtual time 0, ms since 1970
  uint32_t threads;  // of the pool, UV_THREADPOOL_SIZE: 4
  uint32_t cores;
  uint64_t memory;           // bytes of RAM
  uint64_t latency;          // ns of a pool trip without one of its own
  uint64_t network_latency;  // ns of a round trip to a peer without one of its own
  uint64_t seed;             // of Math.random and crypto.randomBytes
  bool terminal;             // stdout is a terminal (process.stdout.isTTY)
};

// A world with nothing in it but defaults. `world` is uninitialised memory.
void six_world_init_defaults(struct six_world *world);
void six_world_done(struct six_world *world);
// Copies a text into the world's arena.
const char *six_world_text(struct six_world *world, const char *bytes, size_t length);
// Adds a row (a copy; its texts must already live as long as the world). Returns the row.
struct six_world_file *six_world_add_file(struct six_world *world, const struct six_world_file *file);
struct six_peer *six_world_add_peer(struct six_world *world, const struct six_peer *peer);
struct six_world_name *six_world_add_name(struct six_world *world, const struct six_world_name *name);
struct six_request *six_world_add_request(struct six_world *world, const struct six_request *request);
void six_world_add_env(struct six_world *world, const char *name_and_value);
void six_world_add_argv(struct six_world *world, const char *argument);
// The file or peer asked for, or NULL. `path` may be absolute or relative to the world's cwd; "." and ".." are resolved.
const struct six_world_file *six_world_find_file(const struct six_world *world, const char *path);
const struct six_peer *six_world_find_peer(const struct six_world *world, const char *host, int port, const char *unix_path);
// An environment variable's value or NULL.
const char *six_world_env(const struct six_world *world, const char *name);

// ---- One run.

enum six_choice_kind {
  SIX_CHOICE_TIMER_DUE,    // did the stretch of work before the timers phase cross the millisecond?
  SIX_CHOICE_TIMER_START,  // did a millisecond begin just before a timer was made?
  SIX_CHOICE_COMPLETED,    // did an operation complete before this look of the poll phase?
  SIX_CHOICE_FIRST,        // which of several concurrent completions is first?
  SIX_CHOICE_THREAD,       // how late does another thread begin?
  SIX_CHOICE_KINDS
};

// A passed choice point, for the log.
struct six_choice {
  uint32_t number;  // from 0, in the order passed
  uint8_t kind;     // enum six_choice_kind
  uint16_t taken, typical, alternatives;
  uint32_t state;
};

struct six_outside;

// `schedule`: NULL, or "number:answer,..." as printed by `sixphase orders` (choices not named take the typical answer).
// NULL with a malformed schedule.
struct six_outside *six_outside_new(const struct six_world *world, const char *schedule);
void six_outside_free(struct six_outside *outside);
// The pool gets another size, 1 to 1024; once it has been used it keeps the one it has (R100).
void six_outside_set_threads(struct six_outside *outside, uint32_t count);

// Another clock in place of the virtual one, on the same scale: what `now` says it is; work passes by itself, but is told.
struct six_outside_clock {
  uint64_t (*now)(void *context);
  void (*spend)(void *context, uint64_t ns);
};
void six_outside_follow(struct six_outside *outside, const struct six_outside_clock *clock, void *context);

// Whether the run passes every choice point (six_outside_explore) or takes the typical answers without asking. A schedule
// asks for it.
// `compares`: what each choice's `state` is will be asked for, so that it has to be told.
void six_outside_explore(struct six_outside *outside, bool compares);
bool six_outside_compares(const struct six_outside *outside);
bool six_outside_explores(const struct six_outside *outside);

// Virtual nanoseconds since the process started; the main script starts at costs.boot.
static inline uint64_t six_outside_now(const struct six_outside *outside);
static inline void six_outside_work(struct six_outside *outside, uint64_t ns);  // time passes by work
// A counter that runs down by one for each step of work, at costs.step: its steps pass when settled. NULL: none.
void six_outside_count(struct six_outside *outside, const int64_t *counter);
static inline void six_outside_settle(struct six_outside *outside);
void six_outside_set_counter(struct six_outside *outside, int64_t steps);  // it was set to `steps`: that is no work
uint64_t six_outside_steps(const struct six_outside *outside);             // settled so far
void six_outside_wait_until(struct six_outside *outside, uint64_t ns);     // ... by waiting; never backwards
void six_outside_end_main(struct six_outside *outside);                    // the main script took costs.main_least at least
// The program reads the time: it advances a little, more and more while nothing else happens between the readings.
uint64_t six_outside_read_clock(struct six_outside *outside);

// The one place where the world decides what real Node leaves open: returns 0 .. alternatives-1. `typical` unless the
// schedule says otherwise. `state` tells what waits, in short: choices are alike only where that is equal.
uint32_t six_world_choose(struct six_outside *outside, enum six_choice_kind kind, uint32_t alternatives, uint32_t typical, uint32_t state);
uint32_t six_outside_choices(const struct six_outside *outside);  // how many were passed
const struct six_choice *six_outside_choice(const struct six_outside *outside, uint32_t number);

// ---- Operations under way. An operation is a number that its starter gave, `token`; completion hands it back.
// Operations of the thread pool wait FIFO for one of the threads; others just take their time.
enum { SIX_LANE_POOL, SIX_LANE_POOL_SLOW, SIX_LANE_DIRECT };  // SLOW: at most half of the threads (dns.lookup, R100)

struct six_outside_events {  // what happens while virtual time passes, for a trace; each may be NULL
  void (*waits)(void *context, uint64_t token);
  void (*runs)(void *context, uint64_t token, uint32_t slot, uint64_t at, uint64_t ns);
  void (*done)(void *context, uint64_t token, uint32_t slot, uint64_t at);
};
void six_outside_listen(struct six_outside *outside, const struct six_outside_events *events, void *context);

void six_outside_start(struct six_outside *outside, int lane, uint64_t ns, uint64_t token);
// What arrives in order: within a stream (number 0: none), an operation completes after those that were started before it
// and have no greater rank. One of a lesser rank may overtake.
struct six_stream {
  uint32_t number, rank;
};
bool six_stream_holds(struct six_stream earlier, struct six_stream later);  // whether `later` waits for `earlier`, started before it
void six_outside_start_in(struct six_outside *outside, struct six_stream stream, uint64_t ns, uint64_t token);  // outside the pool
bool six_outside_cancel(struct six_outside *outside, uint64_t token);  // false when it already runs or completed (pool: only waiting ones)
// Takes the next operation that completed at or before now, in order of completion.
bool six_outside_take(struct six_outside *outside, uint64_t *token, uint64_t *at);
// When the next operation completes; UINT64_MAX: none under way.
uint64_t six_outside_next(struct six_outside *outside);
// The operations that run (those that wait for a thread, or behind another of their stream, do not), in the order in which they typically
// complete; at most `most`. Each may complete at any time from `earliest` to `latest`.
struct six_outside_operation {
  uint64_t token, earliest, until, latest;
};
uint32_t six_outside_running(struct six_outside *outside, struct six_outside_operation *operations, uint32_t most);
void six_outside_finish(struct six_outside *outside, uint64_t token);  // it completes now
uint32_t six_outside_under_way(const struct six_outside *outside);

// A deterministic random 64-bit number from the world's seed.
uint64_t six_outside_random(struct six_outside *outside);

// ---- The clock, which struct six_outside begins with: each callback of a traced run asks for the time.
struct six_time {
  uint64_t now;
  const struct six_outside_clock *clock;  // instead of now
  void *clock_context;
  const int64_t *counter;
  int64_t settled;  // the counter then
  uint64_t steps, step_ns;
};

static inline uint64_t six_outside_now(const struct six_outside *outside) {
  const struct six_time *time = (const struct six_time *)outside;
  return __builtin_expect(time->clock != NULL, 0) ? time->clock->now(time->clock_context) : time->now;
}

static inline void six_outside_work(struct six_outside *outside, uint64_t ns) {
  struct six_time *time = (struct six_time *)outside;
  time->now += ns;
  if (__builtin_expect(time->clock != NULL, 0)) time->clock->spend(time->clock_context, ns);
}

static inline void six_outside_settle(struct six_outside *outside) {
  struct six_time *time = (struct six_time *)outside;
  int64_t used = time->settled - *time->counter;
  if (used <= 0) return;
  time->settled = *time->counter;
  time->steps += (uint64_t)used;
  six_outside_work(outside, (uint64_t)used * time->step_ns);
}

#endif
