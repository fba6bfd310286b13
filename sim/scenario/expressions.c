#include "sim/scenario/lower.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/whole.h"
#include "sim/program/parse.h"

static void put(struct six_lower *lower, const char *text) { six_text_adds(&lower->out, text); }

// ---- Literals

void six_lower_string(struct six_lower *lower, const char *string) {
  six_text_addc(&lower->out, '"');
  for (const char *p = string; *p; p++) {
    unsigned char c = (unsigned char)*p;
    if (c == '"' || c == '\\') six_text_addf(&lower->out, "\\%c", c);
    else if (c == '\n') put(lower, "\\n");
    else if (c < 0x20 || c == 0x7F) six_text_addf(&lower->out, "\\x%02X", c);
    else six_text_addc(&lower->out, (char)c);
  }
  six_text_addc(&lower->out, '"');
}

bool six_lower_integer(struct six_lower *lower, const struct six_json *value, double least, double most) {
  if (value->type != SIX_JSON_NUMBER) return six_json_fail(lower->diag, value, "a number is expected, not %s", six_json_kind(value));
  if (!six_is_whole(value->number)) return six_json_fail(lower->diag, value, "a whole number is expected");
  if (value->number < least || value->number > most) {
    return six_json_fail(lower->diag, value, "the number is out of range: %.0f to %.0f are possible", least, most);
  }
  six_json_write_number(&lower->out, value->number);
  return true;
}

// ---- JavaScript within JSON

struct name_use {
  struct six_lower *lower;
  const struct six_json *at;
};

static bool use_name(void *context, const char *name) {
  const struct name_use *use = context;
  return six_scope_use(use->lower, use->at, name);
}

static const char prefix[] = "async () => (";

static bool is_one_expression(const struct six_program *program, size_t length) {
  if (program->body.count != 1 || program->body.items[0]->type != SIX_N_EXPRESSION) return false;
  const struct six_node *arrow = program->body.items[0]->unary.argument;
  return arrow->type == SIX_N_ARROW && arrow->function->is_expression_body && arrow->span.end == length;
}

// The span of an error in a string's text; the string itself where escapes make columns differ.
static struct six_span span_in(const struct six_json *value, const char *text, struct six_span span) {
  size_t length = strlen(text);
  if (value->span.end - value->span.start != length + 2 || span.start < sizeof prefix - 1) return value->span;
  uint32_t start = span.start - (uint32_t)(sizeof prefix - 1);
  if (start > length) start = (uint32_t)length;
  return (struct six_span){value->span.start + 1 + start, value->span.start + 1 + start};
}

// Reads the expression alone, so that it cannot reach out of its place, and looks up its names.
bool six_lower_code(struct six_lower *lower, const struct six_json *value, const char *text) {
  struct six_text wrapped = {0};
  struct six_diag diag = {0};
  six_text_adds(&wrapped, prefix);
  six_text_adds(&wrapped, text);
  six_text_adds(&wrapped, "\n)");
  struct six_source source = {"expression", wrapped.bytes, wrapped.length};
  struct six_program *program = six_parse(&source, SIX_PARSE_SCRIPT, &diag);
  bool good = program && is_one_expression(program, wrapped.length);
  if (!program) {
    struct six_json at = *value;
    at.span = span_in(value, text, diag.span);
    const char *message = strncmp(diag.message, "SyntaxError: ", 13) ? diag.message : diag.message + 13;
    six_json_fail(lower->diag, &at, "not a JavaScript expression: %s", message);
    lower->diag->status = diag.status;
  } else if (!good) {
    six_json_fail(lower->diag, value, "one JavaScript expression is expected");
  } else {
    good = six_lower_free_names(program, use_name, &(struct name_use){lower, value});
  }
  six_program_free(program);
  six_text_done(&wrapped);
  if (good) six_text_addf(&lower->out, "(%s)", text);
  return good;
}

static bool is_name(const char *text) {
  for (const char *p = text; *p; p++)
    if (!((*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') || *p == '_' || *p == '$' || (*p >= '0' && *p <= '9'))) return false;
  return *text && !(*text >= '0' && *text <= '9');
}

// A name alone, or a path like `list.forEach`, or any expression.
static bool write_reference(struct six_lower *lower, const struct six_json *value) {
  if (!is_name(value->string)) return six_lower_code(lower, value, value->string);
  if (!six_scope_use(lower, value, value->string)) return false;
  put(lower, value->string);
  return true;
}

// ---- Values

static bool write_list(struct six_lower *lower, const struct six_json *list, bool (*write)(struct six_lower *, const struct six_json *)) {
  put(lower, "[");
  for (const struct six_json *item = list->first; item; item = item->next) {
    if (item != list->first) put(lower, ", ");
    if (!write(lower, item)) return false;
  }
  put(lower, "]");
  return true;
}

static bool write_plain(struct six_lower *lower, const struct six_json *value) {
  switch (value->type) {
    case SIX_JSON_NULL: put(lower, "null"); return true;
    case SIX_JSON_TRUE: put(lower, "true"); return true;
    case SIX_JSON_FALSE: put(lower, "false"); return true;
    case SIX_JSON_NUMBER: six_json_write_number(&lower->out, value->number); return true;
    case SIX_JSON_STRING: six_lower_string(lower, value->string); return true;
    case SIX_JSON_ARRAY: return write_list(lower, value, six_lower_value);
    default: break;
  }
  bool known;
  if (!six_lower_object_expression(lower, value, &known)) {
    if (known) return false;
    const struct six_json *key = value->first;
    if (!key) return six_json_fail(lower->diag, value, "an expression is expected; an object is written {\"object\": {}}");
    const char *nearest;
    size_t n = six_json_nearest(key->key, six_lower_expression_names(), &nearest);
    struct six_json at = *key;
    at.span = key->key_span;
    if (n) return six_json_fail(lower->diag, &at, "unknown expression \"%.60s\"; did you mean \"%.*s\"?", key->key, (int)n, nearest);
    return six_json_fail(lower->diag, &at, "unknown expression \"%.60s\"", key->key);
  }
  return true;
}

bool six_lower_value(struct six_lower *lower, const struct six_json *value) {
  six_lower_open(lower, value);
  bool good = write_plain(lower, value);
  six_lower_close(lower);
  return good;
}

bool six_lower_promise(struct six_lower *lower, const struct six_json *value) {
  if (value->type != SIX_JSON_STRING) return six_lower_value(lower, value);
  six_lower_open(lower, value);
  bool good = write_reference(lower, value);
  six_lower_close(lower);
  return good;
}

bool six_lower_reason(struct six_lower *lower, const struct six_json *value) {
  if (value->type != SIX_JSON_STRING) return six_lower_value(lower, value);
  six_lower_open(lower, value);
  put(lower, "new Error(");
  six_lower_string(lower, value->string);
  put(lower, ")");
  six_lower_close(lower);
  return true;
}

bool six_lower_text(struct six_lower *lower, const struct six_json *value) {
  if (value->type == SIX_JSON_STRING || value->type == SIX_JSON_OBJECT) return six_lower_value(lower, value);
  return six_json_fail(lower->diag, value, "a string is expected, not %s", six_json_kind(value));
}

const struct six_json *six_lower_key(struct six_lower *lower, const struct six_json *object, const char *key) {
  const struct six_json *value = six_json_get(object, key);
  if (!value) six_json_fail(lower->diag, object, "\"%s\" is missing", key);
  return value;
}

static bool want(struct six_lower *lower, const struct six_json *value, enum six_json_type type, const char *kind) {
  return value->type == type || six_json_fail(lower->diag, value, "%s is expected, not %s", kind, six_json_kind(value));
}

bool six_lower_arguments(struct six_lower *lower, const struct six_json *list, bool leading_comma) {
  if (!list) return true;
  if (!want(lower, list, SIX_JSON_ARRAY, "an array of arguments")) return false;
  for (const struct six_json *item = list->first; item; item = item->next) {
    if (leading_comma || item != list->first) put(lower, ", ");
    if (!six_lower_value(lower, item)) return false;
  }
  return true;
}

// ---- Expressions

static bool write_var(struct six_lower *lower, const struct six_json *object, const struct six_json *value) {
  (void)object;
  return want(lower, value, SIX_JSON_STRING, "a name") && six_scope_check_identifier(lower, value, value->string) &&
         write_reference(lower, value);
}

static bool write_this_var(struct six_lower *lower, const struct six_json *object, const struct six_json *value) {
  if (value->type == SIX_JSON_STRING && !strcmp(value->string, "undefined")) return put(lower, "undefined"), true;
  return write_var(lower, object, value);
}

static bool write_expr(struct six_lower *lower, const struct six_json *object, const struct six_json *value) {
  (void)object;
  return want(lower, value, SIX_JSON_STRING, "a JavaScript expression in a string") && six_lower_code(lower, value, value->string);
}

static bool write_template(struct six_lower *lower, const struct six_json *object, const struct six_json *value) {
  (void)object;
  if (!want(lower, value, SIX_JSON_STRING, "a template's text")) return false;
  struct six_text text = {0};
  six_text_addf(&text, "`%s`", value->string);
  bool good = six_lower_code(lower, value, text.bytes);
  six_text_done(&text);
  return good;
}

static bool write_value(struct six_lower *lower, const struct six_json *object, const struct six_json *value) {
  (void)object;
  return six_lower_value(lower, value);
}

static bool write_call(struct six_lower *lower, const struct six_json *object, const struct six_json *value) {
  if (!want(lower, value, SIX_JSON_STRING, "a function's name") || !write_reference(lower, value)) return false;
  put(lower, "(");
  if (!six_lower_arguments(lower, six_json_get(object, "args"), false)) return false;
  put(lower, ")");
  return true;
}

static bool write_new(struct six_lower *lower, const struct six_json *object, const struct six_json *value) {
  put(lower, "new ");
  return write_call(lower, object, value);
}

static bool write_await(struct six_lower *lower, const struct six_json *object, const struct six_json *value) {
  if (!six_scope_is_async(lower)) {
    return six_json_fail(lower->diag, object,
                         "\"await\" needs an async function around it: \"asyncFunction\", or \"async\": true at a callback");
  }
  put(lower, "(await ");
  if (!six_lower_promise(lower, value)) return false;
  put(lower, ")");
  return true;
}

static bool write_error(struct six_lower *lower, const struct six_json *object, const struct six_json *value) {
  const struct six_json *type = six_json_get(object, "type");
  if (!want(lower, value, SIX_JSON_STRING, "an error's message")) return false;
  if (type && (type->type != SIX_JSON_STRING ||
               !six_json_is_one_of(type->string, "Error TypeError RangeError SyntaxError ReferenceError EvalError URIError"))) {
    return six_json_fail(lower->diag, type,
                         "one of Error, TypeError, RangeError, SyntaxError, ReferenceError, EvalError, URIError is expected");
  }
  six_text_addf(&lower->out, "new %s(", type ? type->string : "Error");
  six_lower_string(lower, value->string);
  put(lower, ")");
  return true;
}

static bool write_object(struct six_lower *lower, const struct six_json *object, const struct six_json *value) {
  (void)object;
  if (!want(lower, value, SIX_JSON_OBJECT, "an object")) return false;
  put(lower, "({ ");
  for (const struct six_json *m = value->first; m; m = m->next) {
    if (m != value->first) put(lower, ", ");
    if (!strcmp(m->key, "__proto__")) put(lower, "[\"__proto__\"]");
    else if (is_name(m->key)) put(lower, m->key);
    else six_lower_string(lower, m->key);
    put(lower, ": ");
    if (!six_lower_value(lower, m)) return false;
  }
  put(lower, " })");
  return true;
}

static bool write_function(struct six_lower *lower, const struct six_json *object, const struct six_json *value) {
  return six_lower_callback(lower, value, object, "");
}

static bool write_executor(struct six_lower *lower, const struct six_json *object, const struct six_json *value) {
  if (!want(lower, value, SIX_JSON_ARRAY, "an array of operations (the executor)")) return false;
  put(lower, "new Promise(");
  if (!six_lower_callback(lower, value, object, "resolve reject")) return false;
  put(lower, ")");
  return true;
}

static bool write_resolved(struct six_lower *lower, const struct six_json *object, const struct six_json *value) {
  (void)object;
  put(lower, "Promise.resolve(");
  // Promise.resolve() reads better than Promise.resolve(null) and is what the usual demonstration says.
  if (value->type != SIX_JSON_NULL && !six_lower_value(lower, value)) return false;
  put(lower, ")");
  return true;
}

static bool write_rejected(struct six_lower *lower, const struct six_json *object, const struct six_json *value) {
  (void)object;
  put(lower, "Promise.reject(");
  if (!six_lower_reason(lower, value)) return false;
  put(lower, ")");
  return true;
}

static bool write_combinator(struct six_lower *lower, const struct six_json *object, const struct six_json *value) {
  (void)object;
  six_text_addf(&lower->out, "Promise.%s(", value->key);
  if (value->type == SIX_JSON_ARRAY ? !write_list(lower, value, six_lower_promise) : !six_lower_promise(lower, value)) return false;
  put(lower, ")");
  return true;
}

// .then(f), .then(f, g), .catch(f), .finally(f); each link has a region of its own.
static bool write_link(struct six_lower *lower, const struct six_json *link, const struct six_json *value) {
  bool is_then = !strcmp(value->key, "then");
  const struct six_json *rejected = six_json_get(link, "onRejected");
  six_text_addf(&lower->out, ".%s(", value->key);
  if (is_then && value->type == SIX_JSON_NULL) put(lower, "null");
  else if (!six_lower_callback(lower, value, link, is_then ? "value" : !strcmp(value->key, "catch") ? "error" : "")) return false;
  if (rejected) {
    put(lower, ", ");
    if (!six_lower_callback(lower, rejected, rejected, "error")) return false;
  }
  put(lower, ")");
  return true;
}

static bool write_then(struct six_lower *lower, const struct six_json *object, const struct six_json *value) {
  const struct six_json *of = six_lower_key(lower, object, "of");
  return of && six_lower_promise(lower, of) && write_link(lower, object, value);
}

static const char *const link_keys[][2] = {
    {"then", "then params async onRejected"}, {"catch", "catch params async"}, {"finally", "finally async"}};

static bool write_chain_link(struct six_lower *lower, const struct six_json *link) {
  if (!want(lower, link, SIX_JSON_OBJECT, "{\"then\": ...}, {\"catch\": ...} or {\"finally\": ...}")) return false;
  for (size_t i = 0; i < 3; i++) {
    const struct six_json *value = six_json_get(link, link_keys[i][0]);
    if (value) return six_json_check_keys(lower->diag, link, link_keys[i][1]) && write_link(lower, link, value);
  }
  return six_json_fail(lower->diag, link, "{\"then\": ...}, {\"catch\": ...} or {\"finally\": ...} is expected");
}

static bool write_chain(struct six_lower *lower, const struct six_json *object, const struct six_json *value) {
  const struct six_json *of = six_lower_key(lower, object, "of");
  if (!of || !want(lower, value, SIX_JSON_ARRAY, "an array of links") || !six_lower_promise(lower, of)) return false;
  for (const struct six_json *link = value->first; link; link = link->next)
    if (!write_chain_link(lower, link)) return false;
  return true;
}

// A file operation without a callback: its promise, or the synchronous one.
static bool write_file(struct six_lower *lower, const struct six_json *object, const struct six_json *value) {
  static const char *const more[] = {"to", "data", "encoding"};
  size_t n = strlen(value->key);
  bool is_sync = n > 4 && !strcmp(value->key + n - 4, "Sync");
  six_module_use(lower, "fs");
  six_text_addf(&lower->out, "fs.%s%s(", is_sync ? "" : "promises.", value->key);
  if (!six_lower_text(lower, value)) return false;
  for (size_t i = 0; i < 3; i++) {
    const struct six_json *argument = six_json_get(object, more[i]);
    if (!argument) continue;
    put(lower, ", ");
    if (!six_lower_value(lower, argument)) return false;
  }
  put(lower, ")");
  return true;
}

static const struct expression {
  const char *name, *keys;
  bool (*write)(struct six_lower *lower, const struct six_json *object, const struct six_json *value);
} expressions[] = {
    {"var", "var", write_this_var},
    {"expr", "expr", write_expr},
    {"template", "template", write_template},
    {"value", "value", write_value},
    {"call", "call args", write_call},
    {"new", "new args", write_new},
    {"await", "await", write_await},
    {"newError", "newError type", write_error},
    {"object", "object", write_object},
    {"do", "do params async", write_function},
    {"promise", "promise", write_executor},
    {"resolved", "resolved", write_resolved},
    {"rejected", "rejected", write_rejected},
    {"all", "all", write_combinator},
    {"allSettled", "allSettled", write_combinator},
    {"race", "race", write_combinator},
    {"any", "any", write_combinator},
    {"chain", "chain of", write_chain},
    {"then", "then of params async onRejected", write_then},
    {"catch", "catch of params async", write_then},
    {"finally", "finally of async", write_then},
    {"readFile", "readFile encoding", write_file},
    {"writeFile", "writeFile data", write_file},
    {"appendFile", "appendFile data", write_file},
    {"stat", "stat", write_file},
    {"lstat", "lstat", write_file},
    {"access", "access", write_file},
    {"readdir", "readdir", write_file},
    {"mkdir", "mkdir", write_file},
    {"rmdir", "rmdir", write_file},
    {"unlink", "unlink", write_file},
    {"rename", "rename to", write_file},
    {"copyFile", "copyFile to", write_file},
    {"readFileSync", "readFileSync encoding", write_file},
    {"writeFileSync", "writeFileSync data", write_file},
    {"existsSync", "existsSync", write_file},
    {"statSync", "statSync", write_file},
};

const char *six_lower_expression_names(void) {
  return "var expr template value call new await newError object do promise resolved rejected all allSettled race any chain then catch "
         "finally "
         "readFile writeFile appendFile stat lstat access readdir mkdir rmdir unlink rename copyFile readFileSync writeFileSync existsSync "
         "statSync";
}

// Every key but `as`, which belongs to the operation that the expression is.
static bool check_keys(struct six_lower *lower, const struct six_json *object, const char *keys) {
  struct six_text all = {0};
  six_text_addf(&all, "%s as", keys);
  bool good = six_json_check_keys(lower->diag, object, all.bytes);
  six_text_done(&all);
  return good;
}

bool six_lower_object_expression(struct six_lower *lower, const struct six_json *value, bool *known) {
  *known = true;
  for (size_t i = 0; i < sizeof expressions / sizeof *expressions; i++) {
    const struct six_json *main = six_json_get(value, expressions[i].name);
    if (main) return check_keys(lower, value, expressions[i].keys) && expressions[i].write(lower, value, main);
  }
  *known = false;
  return false;
}
