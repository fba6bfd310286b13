// Functions, arrow functions, classes and properties.
#include "sim/program/print_private.h"

static void parameters(struct six_printer *printer, const struct six_nodes *params) {
  bool no_in = printer->no_in;
  printer->no_in = false;
  six_print_text(printer, "(");
  for (uint32_t i = 0; i < params->count; i++) {
    six_print_expression(printer, params->items[i], SIX_P_ASSIGNMENT);
    if (i + 1 < params->count) six_print_text(printer, ", ");
  }
  six_print_text(printer, ")");
  printer->no_in = no_in;
}

// { statements } of a function. Where it may be flat, one plain statement can stay on the line.
static void function_body(struct six_printer *printer, const struct six_function_node *function) {
  const struct six_nodes *list = &function->body->list;
  six_print_note(printer, function->body);
  if (!list->count) {
    six_print_text(printer, "{}");
    return;
  }
  bool no_in = printer->no_in;
  printer->no_in = false;
  six_print_text(printer, "{");
  printer->indent += 2;
  six_print_newline(printer);
  if (!printer->has_failed) six_print_body(printer, list, true, function->is_strict);
  printer->indent -= 2;
  six_print_newline(printer);
  six_print_text(printer, "}");
  printer->no_in = no_in;
}

static void modifiers(struct six_printer *printer, const struct six_function_node *function) {
  if (function->is_async) six_print_text(printer, "async ");
  six_print_text(printer, function->is_generator ? "function*" : "function");
}

void six_print_function(struct six_printer *printer, const struct six_node *node) {
  const struct six_function_node *function = node->function;
  modifiers(printer, function);
  six_print_text(printer, " ");
  if (function->id) six_print_name(printer, function->id->name);
  parameters(printer, &function->params);
  six_print_text(printer, " ");
  function_body(printer, function);
}

// ---- Arrow functions

static bool is_plain_statement(const struct six_node *node) {
  switch (node->type) {
    case SIX_N_EXPRESSION:
      // A string alone would be a directive; let the longer form deal with it.
      return node->unary.argument->type != SIX_N_STRING;
    case SIX_N_RETURN:
    case SIX_N_THROW:
    case SIX_N_VAR: return true;
    default: return false;
  }
}

static void one_line_body(struct six_printer *printer, const struct six_node *body) {
  six_print_note(printer, body);
  six_print_text(printer, "{ ");
  six_print_statement(printer, body->list.items[0]);
  six_print_text(printer, " }");
}

static void arrow_block(struct six_printer *printer, const struct six_function_node *function) {
  const struct six_nodes *list = &function->body->list;
  bool may_be_flat = list->count == 1 && is_plain_statement(list->items[0]), no_in = printer->no_in;
  printer->no_in = false;
  if (!may_be_flat) {
    function_body(printer, function);
  } else if (printer->is_flat) {
    one_line_body(printer, function->body);
  } else {
    struct six_print_mark begin = six_print_begin(printer);
    one_line_body(printer, function->body);
    if (!six_print_end(printer, &begin)) function_body(printer, function);
  }
  printer->no_in = no_in;
}

void six_print_arrow(struct six_printer *printer, const struct six_node *node) {
  const struct six_function_node *function = node->function;
  if (function->is_async) six_print_text(printer, "async ");
  if (function->params.count == 1 && function->params.items[0]->type == SIX_N_IDENTIFIER) {
    six_print_expression(printer, function->params.items[0], SIX_P_PRIMARY);
  } else {
    parameters(printer, &function->params);
  }
  six_print_text(printer, " => ");
  if (function->is_expression_body) {
    six_print_expression_start(printer, function->body, SIX_P_ASSIGNMENT, true);
  } else {
    arrow_block(printer, function);
  }
}

// ---- Properties of objects, patterns and classes

static void key(struct six_printer *printer, const struct six_node *node) {
  bool no_in = printer->no_in;
  printer->no_in = false;
  if (node->property.computed) {
    six_print_text(printer, "[");
    six_print_expression(printer, node->property.key, SIX_P_ASSIGNMENT);
    six_print_text(printer, "]");
  } else {
    six_print_expression(printer, node->property.key, SIX_P_SEQUENCE);
  }
  printer->no_in = no_in;
}

static void method(struct six_printer *printer, const struct six_node *node) {
  const struct six_function_node *function = node->property.value->function;
  if (node->property.kind == SIX_PROPERTY_GET) six_print_text(printer, "get ");
  if (node->property.kind == SIX_PROPERTY_SET) six_print_text(printer, "set ");
  if (function->is_async) six_print_text(printer, "async ");
  if (function->is_generator) six_print_text(printer, "*");
  key(printer, node);
  parameters(printer, &function->params);
  six_print_text(printer, " ");
  function_body(printer, function);
}

void six_print_property(struct six_printer *printer, const struct six_node *node) {
  six_print_note(printer, node);
  if (node->property.is_static) six_print_text(printer, "static ");
  switch (node->property.kind) {
    case SIX_PROPERTY_METHOD:
    case SIX_PROPERTY_GET:
    case SIX_PROPERTY_SET: method(printer, node); return;
    case SIX_PROPERTY_STATIC_BLOCK: function_body(printer, node->property.value->function); return;
    case SIX_PROPERTY_FIELD:
      key(printer, node);
      if (node->property.value) {
        six_print_text(printer, " = ");
        six_print_expression(printer, node->property.value, SIX_P_ASSIGNMENT);
      }
      six_print_text(printer, ";");
      return;
    default: break;
  }
  if (!node->property.shorthand) {
    key(printer, node);
    six_print_text(printer, ": ");
  }
  six_print_expression(printer, node->property.value, SIX_P_ASSIGNMENT);
}

// ---- Classes

static void constructor(struct six_printer *printer, const struct six_node *node) {
  six_print_newline(printer);
  six_print_note(printer, node);
  six_print_text(printer, "constructor");
  parameters(printer, &node->function->params);
  six_print_text(printer, " ");
  function_body(printer, node->function);
}

static void members(struct six_printer *printer, const struct six_class_node *class_) {
  const struct six_node *left = class_->constructor;  // goes where it stood, by its place in the source
  printer->indent += 2;
  for (uint32_t i = 0; i < class_->members.count && !printer->has_failed; i++) {
    const struct six_node *member = class_->members.items[i];
    if (left && left->span.start <= member->span.start) {
      constructor(printer, left);
      left = NULL;
    }
    six_print_newline(printer);
    six_print_property(printer, member);
  }
  if (left) constructor(printer, left);
  printer->indent -= 2;
  six_print_newline(printer);
}

void six_print_class(struct six_printer *printer, const struct six_node *node) {
  const struct six_class_node *class_ = node->class_;
  bool no_in = printer->no_in;
  printer->no_in = false;
  six_print_text(printer, "class ");
  if (class_->id) {
    six_print_name(printer, class_->id->name);
    six_print_text(printer, " ");
  }
  if (class_->super) {
    six_print_text(printer, "extends ");
    six_print_expression(printer, class_->super, SIX_P_CALL);
    six_print_text(printer, " ");
  }
  six_print_text(printer, "{");
  if (class_->members.count || class_->constructor) members(printer, class_);
  six_print_text(printer, "}");
  printer->no_in = no_in;
}
