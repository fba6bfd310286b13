// machine: the compiler's own header (compile*.c only).
#ifndef SIX_MACHINE_COMPILE_H
#define SIX_MACHINE_COMPILE_H

#include "sim/machine/bytecode.h"
#include "sim/machine/scope.h"

struct patches {  // jumps that wait for their target
  uint32_t *items;
  uint32_t count, capacity;
};

enum control_kind { CONTROL_BREAKABLE, CONTROL_LOOP, CONTROL_ITERATOR, CONTROL_ASYNC_ITERATOR, CONTROL_TRY, CONTROL_FINALLY };

struct finally_exit {
  struct control *target;  // NULL: return
  bool is_continue;
};

// What a break, continue or return may pass through, innermost first.
struct control {
  struct control *outer;
  enum control_kind kind;
  const struct six_name **labels;
  uint32_t label_count;
  bool anonymous_break;  // an unlabelled break ends it (loops and switch)
  struct patches breaks, continues;
  uint16_t reg;          // iterator: its first register; finally: completion kind, value in reg + 1
  uint32_t range_start;  // try, iterator, finally: the protected range being emitted
  struct {
    uint32_t start, end;
  } * ranges;
  uint32_t range_count, range_capacity;
  struct patches finally_entries;
  struct finally_exit *exits;
  uint32_t exit_count, exit_capacity;
};

// One compilation of a program: what its functions share.
struct compilation {
  struct six_machine *m;
  struct six_program *program;
  struct six_arena *arena;  // the code's
  struct six_scopes scopes;
  six_value *atoms;  // by six_name id; SIX_EMPTY until asked for
  uint32_t atoms_size;
  uint32_t unit;
  struct six_diag *diag;
  const struct six_eval_site *site;  // of the direct eval whose text this is, or NULL
};

struct comp {  // one function
  struct compilation *all;
  struct comp *outer;
  struct six_code *code;
  struct six_func *func;
  struct six_scope *scope;
  struct control *control;
  uint16_t resources;  // of the innermost scope with using declarations
  uint32_t ins_capacity, const_capacity, child_capacity, ic_capacity, handler_capacity, template_capacity, local_capacity, spot_capacity;
  uint32_t next_reg;
  const struct six_name **pending_labels;
  uint32_t pending_label_count;
  bool in_initialiser;
  const struct six_name *inferred_name;   // for an anonymous function or class about to be compiled
  const struct six_node *pattern_source;  // the expression that the outermost pattern takes apart
  uint32_t pattern_at;                    // where it is taken apart, plus one, if that is not an expression's place
  bool pattern_nested;
  bool is_property;                // the array pattern about to be compiled is a property's in that pattern
  struct patches *optional_end;    // of the innermost optional chain
  const struct six_node *dropped;  // a call whose result nobody takes
  uint16_t completion;             // of an eval's text: the register of its value; SIX_NO_REG
  bool fresh;                      // nothing of the current statement is emitted yet
  uint32_t statement_start;        // the first instruction of the current statement
  uint32_t statement_offset;       // and its place in the text
  uint32_t expected;               // the place of an expression that begins, plus one; 0: none
};

// Emitting
uint32_t emit(struct comp *c, const struct six_node *n, enum six_opcode op, uint32_t a, uint32_t b, uint32_t x);
void emit_imm(struct comp *c, const struct six_node *n, enum six_opcode op, uint32_t a, int32_t imm);
void patches_add(struct patches *p, uint32_t pc);
void patch_here(struct comp *c, struct patches *p);  // and frees it
void patch_to(struct comp *c, struct patches *p, uint32_t target);
void patch_one(struct comp *c, uint32_t pc, uint32_t target);
void jump_to(struct comp *c, const struct six_node *n, uint32_t target);
// What is emitted next begins a statement (or a loop's head) that stands at `offset`.
void begin_statement(struct comp *c, uint32_t offset);
void expect_position(struct comp *c, uint32_t offset);  // V8 notes it before the expression
void place_next(struct comp *c, uint32_t offset);       // the next instruction stands there
void place_silent(struct comp *c);                      // the next instruction has no position of its own
uint32_t position_of(struct comp *c, const struct six_node *n);
uint32_t constant(struct comp *c, six_value v);
uint32_t cache(struct comp *c, six_key key);
six_value atom_of(struct comp *c, const struct six_name *name);
six_key key_of(struct comp *c, const struct six_name *name);
uint16_t temp(struct comp *c);
void temps(struct comp *c, uint32_t count);
void add_handler(struct comp *c, uint32_t start, uint32_t end, uint32_t target);
bool unsupported(struct comp *c, const struct six_node *n, const char *what);

// Variables
void load_name(struct comp *c, const struct six_node *n, const struct six_name *name, uint16_t dst, bool soft);
void load_callee(struct comp *c, const struct six_node *identifier, uint16_t dst);   // of a call
void load_updated(struct comp *c, const struct six_node *identifier, uint16_t dst);  // for an assignment that reads it first
enum store_mode { STORE_ASSIGN, STORE_INIT };
void store_name(struct comp *c, const struct six_node *n, const struct six_name *name, uint16_t src, enum store_mode mode);
// The register of an uncaptured variable of this function that needs no check here, or SIX_NO_REG.
uint16_t local_register(struct comp *c, const struct six_node *identifier);
uint16_t plain_register(struct comp *c, const struct six_node *identifier);  // the same, but never emits a check
// The same for assigning to it: the register may be written as it is.
uint16_t assignable_register(struct comp *c, const struct six_node *identifier, enum store_mode mode);
// The value of a const that was initialised with a literal or the like, and surely has been where this code runs.
bool known_variable(struct comp *c, const struct six_node *identifier, six_value *value);
void initialised(struct comp *c, const struct six_node *declarator);  // a const: notes its value if it is known
void load_pseudo(struct comp *c, const struct six_node *n, const struct six_name *pseudo, uint16_t dst);
void open_scope(struct comp *c, const struct six_node *n, struct six_scope *scope);
void close_scope(struct comp *c, uint32_t saved_regs);
uint16_t current_env(struct comp *c);  // register of the innermost environment, or SIX_NO_REG

// A callee that is a name: the function to `dst`, and the object of the with statement that has it, or undefined, to `receiver`.
// false: nothing dynamic is around it, and nothing was emitted.
bool load_dynamic_callee(struct comp *c, const struct six_node *n, uint16_t dst, uint16_t receiver);
void delete_name(struct comp *c, const struct six_node *n, const struct six_name *name, uint16_t dst);
void store_dynamic(struct comp *c, const struct six_node *n, struct six_scope *scope, uint16_t src);  // in the scope itself

// Evals and with (compile_eval.c)
void with_statement(struct comp *c, const struct six_node *n);
bool is_direct_eval(struct comp *c, const struct six_node *call);
uint32_t eval_site(struct comp *c);

// Functions
struct six_code *compile_function(struct comp *outer, const struct six_node *n, const struct six_function_node *f,
                                  const struct six_name *name);
void closure(struct comp *c, const struct six_node *n, uint16_t dst, const struct six_name *name);
void class_(struct comp *c, const struct six_node *n, uint16_t dst, const struct six_name *name);
uint32_t add_child(struct comp *c, struct six_code *child);
void hoist_functions(struct comp *c, const struct six_nodes *list);
struct comp *comp_new(struct compilation *all, struct comp *outer, struct six_func *func, const struct six_node *n);
struct six_code *comp_finish(struct comp *c);
void enter_function(struct comp *c, const struct six_node *n, const struct six_nodes *params);

void compile_module_info(struct comp *c, const struct six_nodes *body);

// Expressions
void expr(struct comp *c, const struct six_node *n, uint16_t dst);
uint16_t operand(struct comp *c, const struct six_node *n);  // a register that holds it: a variable's own, or a temp
uint16_t operand_before(struct comp *c, const struct six_node *n, const struct six_node *later);  // safe against `later`
// Assigning to a call, which V8 takes for old pages' sake: calls, then throws.
void call_target(struct comp *c, const struct six_node *n, const struct six_node *call, unsigned where);
// Whether expr() may write `dst` before it has read everything: then a variable cannot be the destination.
bool storing_early(const struct six_node *n);
void effect(struct comp *c, const struct six_node *n);  // for its side effects
// The end of a counting loop, i++ and then i < n (or the like): its instructions, if it is one.
// `top` is where its turns begin.
bool step_and_branch(struct comp *c, const struct six_node *update, const struct six_node *test, uint32_t top, struct patches *to);
void branch(struct comp *c, const struct six_node *n, bool when, struct patches *to);
void expr_named(struct comp *c, const struct six_node *n, uint16_t dst, const struct six_name *name);
// `source`: see struct comp; NULL: a parameter.
void pattern_of(struct comp *c, const struct six_node *n, uint16_t value, enum store_mode mode, const struct six_node *source);
void pattern(struct comp *c, const struct six_node *n, uint16_t value, enum store_mode mode);
bool is_anonymous_function(const struct six_node *n);

// Operators
enum six_opcode binary_opcode(uint8_t op);
void binary_expr(struct comp *c, const struct six_node *n, uint16_t dst);
void logical_expr(struct comp *c, const struct six_node *n, uint16_t dst);
bool may_assign(const struct six_node *n, int depth);                    // whether evaluating it can change a variable; true if in doubt
bool known(struct comp *c, const struct six_node *n, six_value *value);  // what it is, if that is known: a number or a string
// dst = left op right by an opcode that takes its right operand from the constants; false: it emitted nothing.
bool binary_constant(struct comp *c, const struct six_node *n, const struct six_node *right, enum six_opcode op, uint16_t dst,
                     uint16_t left);

// Members and calls. A call works in the registers base (function), base + 1 (this), then its arguments.
void chain_expr(struct comp *c, const struct six_node *n, uint16_t dst);  // a.b(c).d(e)...
void optional_expr(struct comp *c, const struct six_node *n, uint16_t dst);
void new_expression(struct comp *c, const struct six_node *n, uint16_t dst);
void super_member(struct comp *c, const struct six_node *n, uint16_t dst);
void super_call(struct comp *c, const struct six_node *n, uint16_t dst);
bool in_chain(const struct six_node *n);
void get_member(struct comp *c, const struct six_node *n, uint16_t object, uint16_t dst);  // of an object that is in a register
void short_circuit(struct comp *c, const struct six_node *n, uint16_t value);              // to the end of the optional chain if nullish
bool callee_start(struct comp *c, const struct six_node *n, uint16_t base);  // function and receiver; false: it has no receiver
void emit_call(struct comp *c, const struct six_node *n, uint16_t base, uint32_t argc, uint16_t dst, uint32_t flags);

// Assignment
struct target {                        // an evaluated reference
  const struct six_node *node, *site;  // site: the assignment, where V8 says that a store failed
  enum { TARGET_NAME, TARGET_FIELD, TARGET_ELEM, TARGET_PRIVATE, TARGET_SUPER } kind;
  uint16_t object, key;  // super: object is the first of four registers
};
struct target evaluate_target(struct comp *c, const struct six_node *n, const struct six_node *later);
void store_target(struct comp *c, const struct target *t, uint16_t value);
void assign_expr(struct comp *c, const struct six_node *n, uint16_t dst);
void update_expr(struct comp *c, const struct six_node *n, uint16_t dst, bool wanted);

// Literals
void load_number(struct comp *c, const struct six_node *n, double d, uint16_t dst);
void load_string(struct comp *c, const struct six_node *n, const struct six_name *name, uint16_t dst);
bool has_spread(const struct six_nodes *list);
void array_items(struct comp *c, const struct six_nodes *list, uint16_t array, const struct six_node *call);  // pushes them
void object_literal(struct comp *c, const struct six_node *n, uint16_t dst);
void load_key(struct comp *c, const struct six_node *property, uint16_t dst);        // a property's key as a value
const struct six_name *fixed_name(struct comp *c, const struct six_node *property);  // that of a key which is not computed, or NULL
// A method or accessor of a literal or class: defined on `object`, whose home object it gets.
void literal_method(struct comp *c, const struct six_node *p, uint16_t object, bool enumerable);
void template_literal(struct comp *c, const struct six_node *n, uint16_t dst);
void tagged_template(struct comp *c, const struct six_node *n, uint16_t dst);
uint32_t add_site(struct comp *c, const struct six_node *n);  // keeps a node, by number: for messages and template objects

// await and yield
void await_reg(struct comp *c, const struct six_node *n, uint16_t dst, uint16_t src);
void yield_expr(struct comp *c, const struct six_node *n, uint16_t dst);
void yield_resume(struct comp *c, const struct six_node *n, uint16_t reg);  // after YIELD: a return request

// Statements
void stmt(struct comp *c, const struct six_node *n);
void stmts(struct comp *c, const struct six_nodes *list);
void return_value(struct comp *c, const struct six_node *n);
void async_close(struct comp *c, const struct six_node *n, uint16_t it);  // calls return() and awaits its result
void emit_return(struct comp *c, const struct six_node *n, uint16_t value);
struct control *push_control(struct comp *c, struct control *control, enum control_kind kind);
void pop_control(struct comp *c, struct control *control);
void protect_end(struct comp *c, struct control *control);      // ends the current protected range
void install_handler(struct comp *c, struct control *control);  // its ranges go to the handler that starts here

#endif
