// tests: writes a tree as S-expressions, without places, so that two trees can be compared. It uses no recursion, for
// trees of any depth.
#ifndef SIX_TESTS_AST_DUMP_H
#define SIX_TESTS_AST_DUMP_H

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "sim/program/ast.h"

struct ast_dump_item {  // a node, or else a text
  const struct six_node *node;
  const char *text;
};

struct ast_dump {
  struct six_text *out;
  struct ast_dump_item *items;  // what is still to be written, the next one last
  size_t count, capacity;
};

static inline void ast_dump_push(struct ast_dump *dump, const struct six_node *node, const char *text) {
  if (dump->count == dump->capacity) {
    dump->capacity = dump->capacity ? dump->capacity * 2 : 64;
    dump->items = realloc(dump->items, dump->capacity * sizeof *dump->items);
    if (!dump->items) abort();
  }
  dump->items[dump->count++] = (struct ast_dump_item){node, text};
}

static inline void ast_dump_node(struct ast_dump *dump, const struct six_node *node) { ast_dump_push(dump, node, node ? NULL : " -"); }

static inline void ast_dump_list(struct ast_dump *dump, const struct six_nodes *list) {
  ast_dump_push(dump, NULL, "]");
  for (uint32_t i = list->count; i-- > 0;) ast_dump_node(dump, list->items[i]);
  ast_dump_push(dump, NULL, " [");
}

static inline void ast_dump_name(struct six_text *out, const struct six_name *name) {
  if (!name) {
    six_text_adds(out, " -");
    return;
  }
  six_text_adds(out, " '");
  for (uint32_t i = 0; i < name->length; i++) {
    if (name->units[i] >= ' ' && name->units[i] < 127) {
      six_text_addc(out, (char)name->units[i]);
    } else {
      six_text_addf(out, "\\%04x", name->units[i]);
    }
  }
  six_text_addc(out, '\'');
}

static inline const char *ast_dump_type(uint8_t type) {
  static const char *const names[] = {
      "Identifier",
      "Number",
      "String",
      "BigInt",
      "RegExp",
      "Template",
      "Tagged",
      "Null",
      "True",
      "False",
      "This",
      "Super",
      "NewTarget",
      "ImportMeta",
      "Array",
      "Object",
      "Property",
      "Function",
      "Arrow",
      "Class",
      "Unary",
      "Update",
      "Binary",
      "Logical",
      "Assign",
      "Conditional",
      "Call",
      "New",
      "ImportCall",
      "Member",
      "Optional",
      "Sequence",
      "Spread",
      "Yield",
      "Await",
      "PrivateName",
      "ArrayPattern",
      "ObjectPattern",
      "Default",
      "Rest",
      "Var",
      "FunctionDecl",
      "ClassDecl",
      "Expression",
      "Block",
      "Empty",
      "If",
      "For",
      "ForIn",
      "ForOf",
      "While",
      "DoWhile",
      "With",
      "Return",
      "Break",
      "Continue",
      "Throw",
      "Try",
      "Switch",
      "Case",
      "Labeled",
      "Debugger",
      "Import",
      "ImportSpecifier",
      "ExportNamed",
      "ExportSpecifier",
      "ExportDefault",
      "ExportAll",
  };
  return type < sizeof names / sizeof *names ? names[type] : "?";
}

static inline void ast_dump_function(struct ast_dump *dump, const struct six_function_node *f) {
  six_text_addf(dump->out, " length=%u%s%s%s%s%s%s%s%s%s%s", f->length, f->is_async ? " async" : "", f->is_generator ? " generator" : "",
                f->is_strict ? " strict" : "", f->has_simple_params ? " simple" : "", f->is_expression_body ? " expression" : "",
                f->is_method ? " method" : "", f->is_constructor ? " constructor" : "", f->is_derived ? " derived" : "",
                f->uses_arguments ? " arguments" : "", f->uses_this ? " this" : "");
  ast_dump_node(dump, f->body);
  ast_dump_list(dump, &f->params);
  ast_dump_node(dump, f->id);
}

// Children are pushed last to first.
static inline void ast_dump_one(struct ast_dump *dump, const struct six_node *node) {
  struct six_text *out = dump->out;
  six_text_addf(out, " (%s", ast_dump_type(node->type));
  ast_dump_push(dump, NULL, ")");
  switch (node->type) {
    case SIX_N_IDENTIFIER:
    case SIX_N_STRING:
    case SIX_N_BIGINT:
    case SIX_N_PRIVATE_NAME: ast_dump_name(out, node->name); break;
    case SIX_N_NUMBER: {
      uint64_t bits;
      memcpy(&bits, &node->number, sizeof bits);
      six_text_addf(out, " %.17g/%" PRIx64, node->number, bits);
      break;
    }
    case SIX_N_REGEXP:
      ast_dump_name(out, node->regexp.pattern);
      ast_dump_name(out, node->regexp.flags);
      break;
    case SIX_N_TEMPLATE:
      for (uint32_t i = 0; i <= node->template.expressions.count; i++) {
        ast_dump_name(out, node->template.quasis[i].cooked);
        ast_dump_name(out, node->template.quasis[i].raw);
      }
      ast_dump_list(dump, &node->template.expressions);
      break;
    case SIX_N_TAGGED:
      ast_dump_node(dump, node->tagged.quasi);
      ast_dump_node(dump, node->tagged.tag);
      break;
    case SIX_N_ARRAY:
    case SIX_N_OBJECT:
    case SIX_N_SEQUENCE:
    case SIX_N_ARRAY_PATTERN:
    case SIX_N_OBJECT_PATTERN:
    case SIX_N_BLOCK: ast_dump_list(dump, &node->list); break;
    case SIX_N_PROPERTY:
      six_text_addf(out, " kind=%d%s%s%s", node->property.kind, node->property.computed ? " computed" : "",
                    node->property.shorthand ? " shorthand" : "", node->property.is_static ? " static" : "");
      ast_dump_node(dump, node->property.value);
      ast_dump_node(dump, node->property.key);
      break;
    case SIX_N_FUNCTION:
    case SIX_N_ARROW:
    case SIX_N_FUNCTION_DECL: ast_dump_function(dump, node->function); break;
    case SIX_N_CLASS:
    case SIX_N_CLASS_DECL:
      ast_dump_list(dump, &node->class_->members);
      ast_dump_node(dump, node->class_->constructor);
      ast_dump_node(dump, node->class_->super);
      ast_dump_node(dump, node->class_->id);
      break;
    case SIX_N_UNARY:
    case SIX_N_UPDATE:
    case SIX_N_YIELD:
      six_text_addf(out, " %s%s", six_op_text(node->unary.op), node->unary.prefix ? " prefix" : "");
      ast_dump_node(dump, node->unary.argument);
      break;
    case SIX_N_IMPORT_CALL:
    case SIX_N_OPTIONAL:
    case SIX_N_SPREAD:
    case SIX_N_AWAIT:
    case SIX_N_REST:
    case SIX_N_EXPRESSION:
    case SIX_N_RETURN:
    case SIX_N_THROW:
    case SIX_N_EXPORT_DEFAULT: ast_dump_node(dump, node->unary.argument); break;
    case SIX_N_BINARY:
    case SIX_N_LOGICAL:
    case SIX_N_ASSIGN:
    case SIX_N_DEFAULT:
      six_text_addf(out, " %s", six_op_text(node->binary.op));
      ast_dump_node(dump, node->binary.right);
      ast_dump_node(dump, node->binary.left);
      break;
    case SIX_N_CONDITIONAL:
    case SIX_N_IF:
      ast_dump_node(dump, node->conditional.alternate);
      ast_dump_node(dump, node->conditional.consequent);
      ast_dump_node(dump, node->conditional.test);
      break;
    case SIX_N_CALL:
    case SIX_N_NEW:
      six_text_adds(out, node->call.optional ? " ?." : "");
      ast_dump_list(dump, &node->call.arguments);
      ast_dump_node(dump, node->call.callee);
      break;
    case SIX_N_MEMBER:
      six_text_addf(out, "%s%s", node->member.computed ? " computed" : "", node->member.optional ? " ?." : "");
      ast_dump_node(dump, node->member.property);
      ast_dump_node(dump, node->member.object);
      break;
    case SIX_N_VAR:
      six_text_addf(out, " kind=%d", node->declaration.kind);
      ast_dump_list(dump, &node->declaration.declarators);
      break;
    case SIX_N_FOR:
      ast_dump_node(dump, node->for_.body);
      ast_dump_node(dump, node->for_.update);
      ast_dump_node(dump, node->for_.test);
      ast_dump_node(dump, node->for_.init);
      break;
    case SIX_N_FOR_IN:
    case SIX_N_FOR_OF:
      six_text_adds(out, node->for_in.is_await ? " await" : "");
      ast_dump_node(dump, node->for_in.body);
      ast_dump_node(dump, node->for_in.right);
      ast_dump_node(dump, node->for_in.left);
      break;
    case SIX_N_WHILE:
    case SIX_N_DO_WHILE:
      ast_dump_node(dump, node->loop.body);
      ast_dump_node(dump, node->loop.test);
      break;
    case SIX_N_BREAK:
    case SIX_N_CONTINUE: ast_dump_name(out, node->jump.label); break;
    case SIX_N_TRY:
      ast_dump_node(dump, node->try_.finalizer);
      ast_dump_node(dump, node->try_.handler);
      ast_dump_node(dump, node->try_.param);
      ast_dump_node(dump, node->try_.block);
      break;
    case SIX_N_SWITCH:
      ast_dump_list(dump, &node->switch_.cases);
      ast_dump_node(dump, node->switch_.discriminant);
      break;
    case SIX_N_CASE:
      ast_dump_list(dump, &node->case_.body);
      ast_dump_node(dump, node->case_.test);
      break;
    case SIX_N_LABELED:
      ast_dump_name(out, node->labeled.label);
      ast_dump_node(dump, node->labeled.body);
      break;
    case SIX_N_IMPORT:
      ast_dump_name(out, node->import.from);
      ast_dump_list(dump, &node->import.specifiers);
      break;
    case SIX_N_IMPORT_SPECIFIER:
    case SIX_N_EXPORT_SPECIFIER:
      ast_dump_name(out, node->specifier.external);
      ast_dump_name(out, node->specifier.local);
      break;
    case SIX_N_EXPORT_NAMED:
      ast_dump_name(out, node->export_.from);
      ast_dump_list(dump, &node->export_.specifiers);
      ast_dump_node(dump, node->export_.declaration);
      break;
    case SIX_N_EXPORT_ALL:
      ast_dump_name(out, node->export_.from);
      ast_dump_list(dump, &node->export_.specifiers);
      break;
    default: break;
  }
}

static inline void ast_dump_run(struct ast_dump *dump) {
  while (dump->count) {
    struct ast_dump_item item = dump->items[--dump->count];
    if (item.text) {
      six_text_adds(dump->out, item.text);
    } else {
      ast_dump_one(dump, item.node);
    }
  }
  free(dump->items);
}

// Appends the program's tree, a line per statement.
static inline void ast_dump_program(const struct six_program *program, struct six_text *out) {
  six_text_addf(out, "%s%s%s%s%s", program->kind == SIX_SOURCE_MODULE ? "module" : "script", program->is_strict ? " strict" : "",
                program->has_top_level_await ? " await" : "", program->uses_arguments ? " arguments" : "",
                program->uses_this ? " this" : "");
  for (uint32_t i = 0; i < program->body.count; i++) {
    struct ast_dump dump = {.out = out};
    six_text_addc(out, '\n');
    ast_dump_node(&dump, program->body.items[i]);
    ast_dump_run(&dump);
  }
  six_text_addc(out, '\n');
}

#endif
