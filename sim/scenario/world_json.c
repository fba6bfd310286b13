#include "sim/scenario/world_json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/whole.h"
#include "sim/scenario/lower.h"

struct reader {
  struct six_world *world;
  struct six_diag *diag;
};

static bool want(struct reader *r, const struct six_json *value, enum six_json_type type, const char *kind) {
  return value->type == type || six_json_fail(r->diag, value, "%s is expected, not %s", kind, six_json_kind(value));
}

// ---- Quantities

struct unit {
  const char *name;
  double factor;
};

static const struct unit durations[] = {{"ns", 1},  {"us", 1e3},   {"\xC2\xB5s", 1e3}, {"ms", 1e6},
                                        {"s", 1e9}, {"min", 6e10}, {"h", 3.6e12},      {NULL, 0}};
static const struct unit sizes[] = {{"B", 1}, {"KB", 1024}, {"MB", 1048576}, {"GB", 1073741824}, {"TB", 1099511627776.0}, {NULL, 0}};

// "2 ms": digits, perhaps a point and more digits, a unit.
static bool parse_quantity(const char *text, const struct unit *units, double *out) {
  size_t n = strspn(text, "0123456789");
  if (!n) return false;
  if (text[n] == '.') n += 1 + strspn(text + n + 1, "0123456789");
  const char *unit = text + n + strspn(text + n, " ");
  for (const struct unit *u = units; u->name; u++) {
    if (strcmp(unit, u->name)) continue;
    *out = strtod(text, NULL) * u->factor;
    return true;
  }
  return false;
}

static bool read_quantity(struct six_diag *diag, const struct six_json *value, const struct unit *units, double unit, const char *kind,
                          double most, uint64_t *out) {
  double amount;
  if (value->type == SIX_JSON_NUMBER) {
    amount = value->number * unit;
    if (amount < 0) return six_json_fail(diag, value, "%s may not be negative", kind);
  } else if (value->type != SIX_JSON_STRING) {
    return six_json_fail(diag, value, "%s is expected, not %s", kind, six_json_kind(value));
  } else if (!parse_quantity(value->string, units, &amount)) {
    struct six_text names = {0};
    for (const struct unit *u = units; u->name; u++) six_text_addf(&names, "%s%s", u == units ? "" : ", ", u->name);
    six_json_fail(diag, value, "%s is expected: a number, or a number with a unit (%s)", kind, names.bytes);
    six_text_done(&names);
    return false;
  }
  if (!(amount <= most)) return six_json_fail(diag, value, "the number is out of range");
  *out = (uint64_t)(amount + 0.5);
  return true;
}

bool six_json_duration(struct six_diag *diag, const struct six_json *value, uint64_t *ns) {
  return read_quantity(diag, value, durations, 1e6, "a duration", 9e18, ns);
}

bool six_json_size(struct six_diag *diag, const struct six_json *value, uint64_t *bytes) {
  return read_quantity(diag, value, sizes, 1, "a size", 9e15, bytes);
}

// ---- Members

static bool read_duration(struct reader *r, const struct six_json *object, const char *key, uint64_t *out) {
  const struct six_json *value = six_json_get(object, key);
  return !value || six_json_duration(r->diag, value, out);
}

static bool read_text(struct reader *r, const struct six_json *object, const char *key, const char **out) {
  const struct six_json *value = six_json_get(object, key);
  if (!value) return true;
  if (!want(r, value, SIX_JSON_STRING, "a string")) return false;
  *out = six_world_text(r->world, value->string, strlen(value->string));
  return true;
}

static bool read_whole(struct reader *r, const struct six_json *object, const char *key, double least, double most, double *out) {
  const struct six_json *value = six_json_get(object, key);
  if (!value) return true;
  if (!want(r, value, SIX_JSON_NUMBER, "a number")) return false;
  if (value->number < least || value->number > most || !six_is_whole(value->number)) {
    return six_json_fail(r->diag, value, "a whole number from %.0f to %.0f is expected", least, most);
  }
  *out = value->number;
  return true;
}

static bool read_flag(struct reader *r, const struct six_json *object, const char *key, bool *out) {
  const struct six_json *value = six_json_get(object, key);
  if (!value) return true;
  if (value->type != SIX_JSON_TRUE && value->type != SIX_JSON_FALSE)
    return six_json_fail(r->diag, value, "true or false is expected, not %s", six_json_kind(value));
  *out = value->type == SIX_JSON_TRUE;
  return true;
}

// A string, or lines, each ended by '\n'.
static bool read_content(struct reader *r, const struct six_json *value, const char **bytes, size_t *length) {
  struct six_text text = {0};
  bool good = true;
  if (value->type == SIX_JSON_STRING) {
    six_text_adds(&text, value->string);
  } else {
    good = want(r, value, SIX_JSON_ARRAY, "a string or an array of lines");
    for (const struct six_json *line = value->first; line && good; line = line->next) {
      good = want(r, line, SIX_JSON_STRING, "a line (a string)");
      if (good) six_text_addf(&text, "%s\n", line->string);
    }
  }
  *bytes = six_world_text(r->world, text.bytes ? text.bytes : "", text.length);
  *length = text.length;
  six_text_done(&text);
  return good;
}

// ---- Rows

static bool read_file(struct reader *r, const struct six_json *value) {
  struct six_world_file file = {.name = six_world_text(r->world, value->key, strlen(value->key)), .latency = UINT64_MAX};
  const struct six_json *content = value->type == SIX_JSON_OBJECT ? six_json_get(value, "content") : value;
  const struct six_json *size = six_json_get(value, "size");
  bool missing = false;
  size_t length = 0;
  if (!*value->key) return six_json_fail(r->diag, value, "a file needs a name");
  if (value->type == SIX_JSON_OBJECT && !six_json_check_keys(r->diag, value, "content size latency directory error missing")) return false;
  if (content && size) return six_json_fail(r->diag, size, "a file has a \"content\" or a \"size\", not both");
  if (content && !read_content(r, content, &file.bytes, &length)) return false;
  file.size = length;
  if (size && !six_json_size(r->diag, size, &file.size)) return false;
  if (file.size > UINT64_C(1) << 32) return six_json_fail(r->diag, size, "a file may have at most 4 GB");
  if (!read_duration(r, value, "latency", &file.latency) || !read_flag(r, value, "directory", &file.is_directory)) return false;
  if (!read_flag(r, value, "missing", &missing) || !read_text(r, value, "error", &file.error)) return false;
  if (missing && !file.error) file.error = "ENOENT";
  six_world_add_file(r->world, &file);
  return true;
}

static bool read_answer(struct reader *r, const struct six_json *value, struct six_peer *peer) {
  static const struct {
    const char *name;
    enum six_peer_answer answer;
  } answers[] = {{"accepts", SIX_PEER_ACCEPTS}, {"refuses", SIX_PEER_REFUSES}, {"missing", SIX_PEER_MISSING}, {"silent", SIX_PEER_SILENT}};
  if (!value) return true;
  for (size_t i = 0; value->type == SIX_JSON_STRING && i < sizeof answers / sizeof *answers; i++) {
    if (strcmp(value->string, answers[i].name)) continue;
    peer->answer = answers[i].answer;
    return true;
  }
  return six_json_fail(r->diag, value, "\"accepts\", \"refuses\", \"missing\" or \"silent\" is expected");
}

static bool read_peer(struct reader *r, const struct six_json *value) {
  struct six_peer peer = {.latency = UINT64_MAX};
  double port = 0;
  if (!want(r, value, SIX_JSON_OBJECT, "a peer (an object)")) return false;
  if (!six_json_check_keys(r->diag, value, "host port path answer latency sends sendsAfter closes")) return false;
  if (!read_text(r, value, "host", &peer.host) || !read_whole(r, value, "port", 1, 65535, &port) ||
      !read_text(r, value, "path", &peer.path))
    return false;
  if ((port > 0) == (peer.path != NULL)) return six_json_fail(r->diag, value, "either \"port\" or \"path\" is expected");
  peer.port = (int)port;
  if (!peer.path && !peer.host) peer.host = "127.0.0.1";
  peer.latency = r->world->network_latency;
  const struct six_json *sends = six_json_get(value, "sends");
  size_t length;
  if (sends && !read_content(r, sends, &peer.sends, &length)) return false;
  if (!read_answer(r, six_json_get(value, "answer"), &peer) || !read_duration(r, value, "latency", &peer.latency)) return false;
  if (!read_duration(r, value, "sendsAfter", &peer.sends_after) || !read_flag(r, value, "closes", &peer.closes)) return false;
  six_world_add_peer(r->world, &peer);
  return true;
}

static bool read_name(struct reader *r, const struct six_json *value) {
  struct six_world_name name = {.name = six_world_text(r->world, value->key, strlen(value->key)), .latency = r->world->latency};
  if (value->type == SIX_JSON_STRING) {
    name.address = six_world_text(r->world, value->string, strlen(value->string));
  } else {
    if (!want(r, value, SIX_JSON_OBJECT, "an address (a string) or an object") || !six_json_check_keys(r->diag, value, "address latency"))
      return false;
    if (!read_text(r, value, "address", &name.address) || !read_duration(r, value, "latency", &name.latency)) return false;
    if (!name.address) return six_json_fail(r->diag, value, "\"address\" is missing");
  }
  six_world_add_name(r->world, &name);
  return true;
}

static bool read_request(struct reader *r, const struct six_json *value) {
  struct six_request request = {0};
  double port = 0;
  if (!want(r, value, SIX_JSON_OBJECT, "a request (an object)") || !six_json_check_keys(r->diag, value, "port path method body at"))
    return false;
  if (!read_whole(r, value, "port", 1, 65535, &port) || !read_text(r, value, "path", &request.path)) return false;
  if (port == 0 && !request.path) return six_json_fail(r->diag, value, "\"port\" or \"path\" is missing");
  request.port = (int)port;
  if (!read_text(r, value, "method", &request.method) || !read_text(r, value, "body", &request.body) ||
      !read_duration(r, value, "at", &request.at))
    return false;
  six_world_add_request(r->world, &request);
  return true;
}

static bool read_env(struct reader *r, const struct six_json *value) {
  if (!want(r, value, SIX_JSON_STRING, "a string")) return false;
  if (!*value->key || strchr(value->key, '='))
    return six_json_fail(r->diag, value, "an environment variable's name may not be empty or contain '='");
  struct six_text text = {0};
  six_text_addf(&text, "%s=%s", value->key, value->string);
  six_world_add_env(r->world, text.bytes);
  six_text_done(&text);
  return true;
}

static bool read_argument(struct reader *r, const struct six_json *value) {
  if (!want(r, value, SIX_JSON_STRING, "a string")) return false;
  six_world_add_argv(r->world, value->string);
  return true;
}

static bool read_rows(struct reader *r, const struct six_json *world, const char *key, enum six_json_type type, const char *kind,
                      bool (*read)(struct reader *, const struct six_json *)) {
  const struct six_json *rows = six_json_get(world, key);
  if (!rows) return true;
  if (!want(r, rows, type, kind)) return false;
  for (const struct six_json *row = rows->first; row; row = row->next)
    if (!read(r, row)) return false;
  return true;
}

// ---- Costs, the wall clock

static bool read_costs(struct reader *r, const struct six_json *value) {
  struct six_costs *costs = &r->world->costs;
  if (!value) return true;
  if (!want(r, value, SIX_JSON_OBJECT, "an object of durations")) return false;
  if (!six_json_check_keys(r->diag, value, "boot mainLeast turn callback output clockRead clockReadMost step pollWake poolStart"))
    return false;
  if (!(read_duration(r, value, "boot", &costs->boot) && read_duration(r, value, "mainLeast", &costs->main_least) &&
        read_duration(r, value, "turn", &costs->turn) && read_duration(r, value, "callback", &costs->callback) &&
        read_duration(r, value, "output", &costs->output) && read_duration(r, value, "clockRead", &costs->clock_read) &&
        read_duration(r, value, "clockReadMost", &costs->clock_read_most) && read_duration(r, value, "step", &costs->step) &&
        read_duration(r, value, "pollWake", &costs->poll_wake) && read_duration(r, value, "poolStart", &costs->pool_start))) {
    return false;
  }
  // A program that waits for the time to pass must see it pass.
  if (!costs->clock_read) return six_json_fail(r->diag, six_json_get(value, "clockRead"), "reading the clock must take some time");
  if (costs->clock_read_most < costs->clock_read) costs->clock_read_most = costs->clock_read;
  return true;
}

// Days since 1970-01-01 in the Gregorian calendar.
static int days_of(int year, int month, int day) {
  int y = month <= 2 ? year - 1 : year;
  int era = (y >= 0 ? y : y - 399) / 400, of_era = y - era * 400;
  int of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static bool read_epoch(struct reader *r, const struct six_json *value) {
  int year, month, day, hour = 0, minute = 0;
  double second = 0;
  char tail = 0;
  if (!value) return true;
  if (value->type == SIX_JSON_NUMBER) {
    if (fabs(value->number) > 8.64e15 || !six_is_whole(value->number)) return six_json_fail(r->diag, value, "the number is out of range");
    r->world->epoch_ms = value->number;
    return true;
  }
  if (!want(r, value, SIX_JSON_STRING, "a time")) return false;
  int n = sscanf(value->string, "%4d-%2d-%2dT%2d:%2d:%6lf%c", &year, &month, &day, &hour, &minute, &second, &tail);
  bool good = (n == 3 && strlen(value->string) == 10) || (n == 7 && tail == 'Z');
  good = good && month >= 1 && month <= 12 && day >= 1 && day <= 31 && hour >= 0 && hour < 24 && minute >= 0 && minute < 60 &&
         second >= 0 && second < 60;
  if (!good) return six_json_fail(r->diag, value, "a time is milliseconds since 1970, or like \"2026-01-01T00:00:00Z\"");
  int64_t seconds = ((int64_t)days_of(year, month, day) * 24 + hour) * 3600 + minute * 60;
  r->world->epoch_ms = (double)(seconds * 1000 + (int64_t)(second * 1000 + 0.5));
  return true;
}

static bool read_numbers(struct reader *r, const struct six_json *value) {
  struct six_world *world = r->world;
  double threads = world->threads, cores = world->cores, seed = -1;
  const struct six_json *memory = six_json_get(value, "memory");
  if (!read_whole(r, value, "threads", 1, 1024, &threads) || !read_whole(r, value, "cores", 1, 1024, &cores)) return false;
  if (!read_whole(r, value, "seed", 0, 9007199254740991, &seed)) return false;
  if (memory && !six_json_size(r->diag, memory, &world->memory)) return false;
  world->threads = (uint32_t)threads;
  world->cores = (uint32_t)cores;
  if (seed >= 0) world->seed = (uint64_t)seed;
  return read_flag(r, value, "terminal", &world->terminal);
}

bool six_world_read_json(struct six_world *world, const struct six_json *value, struct six_diag *diag) {
  struct reader r = {world, diag};
  const struct six_json *input = six_json_get(value, "stdin");
  if (!want(&r, value, SIX_JSON_OBJECT, "a world (an object)")) return false;
  if (!six_json_check_keys(
          diag, value,
          "files threads latency networkLatency costs cores memory peers names requests env argv stdin cwd hostname timezone epoch seed "
          "terminal")) {
    return false;
  }
  if (input && !read_content(&r, input, &world->input, &world->input_length)) return false;
  return read_numbers(&r, value) && read_duration(&r, value, "latency", &world->latency) &&
         read_duration(&r, value, "networkLatency", &world->network_latency) && read_costs(&r, six_json_get(value, "costs")) &&
         read_epoch(&r, six_json_get(value, "epoch")) && read_text(&r, value, "cwd", &world->cwd) &&
         read_text(&r, value, "hostname", &world->hostname) && read_text(&r, value, "timezone", &world->timezone) &&
         read_rows(&r, value, "files", SIX_JSON_OBJECT, "an object of files by name", read_file) &&
         read_rows(&r, value, "peers", SIX_JSON_ARRAY, "an array of peers", read_peer) &&
         read_rows(&r, value, "names", SIX_JSON_OBJECT, "an object of addresses by name", read_name) &&
         read_rows(&r, value, "requests", SIX_JSON_ARRAY, "an array of requests", read_request) &&
         read_rows(&r, value, "env", SIX_JSON_OBJECT, "an object of strings", read_env) &&
         read_rows(&r, value, "argv", SIX_JSON_ARRAY, "an array of strings", read_argument);
}
