// Sockets and servers: net.connect and net.createServer with the listeners that stand beside them.
#include <string.h>

#include "sim/base/whole.h"
#include "sim/scenario/lower.h"
#include "sim/scenario/raise.h"

// In the order in which lowering adds them.
static const char *const events[][2] = {{"connect", "onConnect"}, {"listening", "onListening"}, {"data", "onData"},  {"end", "onEnd"},
                                        {"timeout", "onTimeout"}, {"error", "onError"},         {"close", "onClose"}};
enum { EVENTS = sizeof events / sizeof *events };

static struct six_node *argument(const struct six_node *call, uint32_t i) { return call->call.arguments.items[i]; }

static bool is_port(const struct six_node *node) {
  return node->type == SIX_N_NUMBER && six_is_whole(node->number) && node->number >= 0 && node->number <= 65535;
}

// connect(port), connect(port, host), connect(path); the same of listen.
static bool is_address(const struct six_node *call) {
  uint32_t count = call->call.arguments.count;
  if (!count || six_has_spread(&call->call.arguments)) return false;
  if (is_port(argument(call, 0))) return count == 1 || (count == 2 && argument(call, 1)->type == SIX_N_STRING);
  return count == 1 && (argument(call, 0)->type == SIX_N_STRING || argument(call, 0)->type == SIX_N_TEMPLATE);
}

static struct six_json *address_of(struct six_raise *raise, const struct six_node *call) {
  bool has_port = is_port(argument(call, 0));
  struct six_json *address = six_raise_object(raise, has_port ? "port" : "path", six_raise_value(raise, argument(call, 0)));
  if (!address || call->call.arguments.count == 1) return address;
  return six_raise_add(raise, address, "host", six_raise_value(raise, argument(call, 1))) ? address : NULL;
}

static bool is_connect(const struct six_raise *raise, const struct six_node *call) {
  return six_is_call(call, "net", "connect") && six_raise_has_module(raise, "net") && is_address(call);
}

static bool is_server(const struct six_raise *raise, const struct six_node *call) {
  return six_is_call(call, "net", "createServer") && six_raise_has_module(raise, "net") && call->call.arguments.count == 1 &&
         (argument(call, 0)->type == SIX_N_ARROW || argument(call, 0)->type == SIX_N_FUNCTION ||
          argument(call, 0)->type == SIX_N_IDENTIFIER);
}

// The place of the event that `call` adds a listener for, among those of the operation; EVENTS: it does something else.
static uint32_t event_of(const struct six_node *call, bool of_server) {
  if (!six_is_call(call, NULL, "on") || call->call.arguments.count != 2 || argument(call, 0)->type != SIX_N_STRING) return EVENTS;
  const struct six_node event = {.type = SIX_N_IDENTIFIER, .name = argument(call, 0)->name};
  for (uint32_t i = 0; i < EVENTS; i++) {
    if (!six_is_identifier(&event, events[i][0])) continue;
    bool fits = of_server ? six_json_is_one_of(events[i][0], "listening error close") : strcmp(events[i][0], "listening") != 0;
    return fits ? i : EVENTS;
  }
  return EVENTS;
}

static bool add_listener(struct six_raise *raise, struct six_json *op, const struct six_node *call, uint32_t event) {
  const struct six_slot slot = {.key = events[event][1], .defaults = six_lower_event_params(events[event][0]), .ignores_result = true};
  return six_raise_callback(raise, op, argument(call, 1), &slot);
}

static struct six_json *begin(struct six_raise *raise, const struct six_node *call, bool of_server, const char *as) {
  static const struct six_slot slot = {
      .key = "createServer", .defaults = "socket", .flat_params = true, .flat_async = true, .ignores_result = true};
  struct six_json *op = of_server ? six_raise_json(raise, SIX_JSON_OBJECT) : six_raise_object(raise, "connect", address_of(raise, call));
  if (!op || (of_server && !six_raise_callback(raise, op, argument(call, 0), &slot))) return NULL;
  return !as || six_raise_add(raise, op, "as", six_raise_string(raise, as)) ? op : NULL;
}

// ---- As one expression

struct six_json *six_raise_socket_chain(struct six_raise *raise, struct six_node *call, bool *known) {
  struct six_node *links[EVENTS];
  uint32_t count = 0, last = EVENTS;
  const struct six_node *listen = six_is_call(call, NULL, "listen") && is_address(call) ? call : NULL;
  const struct six_node *at = listen ? call->call.callee->member.object : call;
  for (uint32_t event; count < EVENTS && (event = event_of(at, listen)) < last; at = at->call.callee->member.object) {
    links[count++] = (struct six_node *)at;
    last = event;
  }
  *known = listen ? is_server(raise, at) : is_connect(raise, at);
  if (!*known) return NULL;
  struct six_json *op = begin(raise, at, listen, NULL);
  if (op && listen && !six_raise_add(raise, op, "listen", address_of(raise, listen))) return NULL;
  while (op && count-- > 0)
    if (!add_listener(raise, op, links[count], event_of(links[count], listen))) return NULL;
  return op;
}

// ---- As statements, of an object with a name

static const struct six_node *call_of_name(const struct six_node *node, const struct six_node *id) {
  const struct six_node *call = node->type == SIX_N_EXPRESSION ? node->unary.argument : NULL;
  if (!call || !six_is_call(call, NULL, NULL)) return NULL;
  const struct six_node *object = call->call.callee->member.object;
  return object->type == SIX_N_IDENTIFIER && object->name == id->name ? call : NULL;
}

struct six_json *six_raise_socket(struct six_raise *raise, const struct six_nodes *list, uint32_t at, const struct six_node *id,
                                  struct six_node *value, uint32_t *count) {
  bool of_server = is_server(raise, value);
  if (!of_server && !is_connect(raise, value)) return NULL;
  const struct six_node *calls[EVENTS], *call = NULL;
  uint32_t listeners = 0;
  for (int before = -1; at + 1 + listeners < list->count && listeners < EVENTS; listeners++) {
    call = call_of_name(list->items[at + 1 + listeners], id);
    uint32_t event = call ? event_of(call, of_server) : EVENTS;
    if (event == EVENTS || (int)event <= before) break;
    calls[listeners] = call;
    before = (int)event;
  }
  uint32_t next = at + 1 + listeners;
  const struct six_node *listen = of_server && next < list->count ? call_of_name(list->items[next], id) : NULL;
  if (of_server && (!listen || !six_is_call(listen, NULL, "listen") || !is_address(listen))) return NULL;
  *count = 1 + listeners + of_server;
  const char *name = six_raise_text(raise, id->name);
  struct six_json *op = name ? begin(raise, value, of_server, name) : NULL;
  if (op && of_server && !six_raise_add(raise, op, "listen", address_of(raise, listen))) return NULL;
  for (uint32_t i = 0; op && i < listeners; i++)
    if (!add_listener(raise, op, calls[i], event_of(calls[i], of_server))) return NULL;
  return op;
}
