// machine: compiled code. A register machine: an instruction is 64 bits, op:8 a:16 b:16 c:24, or op:8 a:16 -:8 imm:32.
// Registers R[0..nregs) of a frame: parameters, then variables that no closure captures, then temporaries. Captured
// variables live in heap environments; the compiler knows in which register each of its own environments is.
#ifndef SIX_MACHINE_BYTECODE_H
#define SIX_MACHINE_BYTECODE_H

#include "sim/machine/eval.h"
#include "sim/machine/machine.h"

#define SIX_NO_REG 0xFFFFu

// O(name): the comment is what it does. `off` is c as a signed offset from the next instruction.
// clang-format off
#define SIX_OPS(O) \
  O(MOVE)            /* a = b */ \
  O(LOADK)           /* a = constant c */ \
  O(LOADI)           /* a = imm */ \
  O(LOADS)           /* a = SIX_SPECIAL(b) */ \
  O(NEW_ENV)         /* a = environment of c slots, all SIX_EMPTY, in parent b (SIX_NO_REG: the function's) */ \
  O(COPY_ENV)        /* a = a copy of environment a (per-iteration bindings) */ \
  O(GET_ENV)         /* a = slot c of environment b */ \
  O(GET_ENV_CHECK)   /* the same, ReferenceError when uninitialised */ \
  O(SET_ENV)         /* slot c of environment b = a */ \
  O(SET_ENV_CHECK) \
  O(GET_UP)          /* a = slot c of the environment b hops above the function's own */ \
  O(GET_UP_CHECK) \
  O(SET_UP) \
  O(SET_UP_CHECK) \
  O(UP_ENV)          /* a = the environment b hops above the function's own, as an internal value */ \
  O(GET_IMPORT)      /* a = the binding that slots c, c+1 of environment b refer to */ \
  O(CHECK)           /* ReferenceError when a is uninitialised */ \
  O(THROW_TARGET)    /* ReferenceError: a call was assigned to; a: SIX_TARGET_* */ \
  O(THROW_CONST)     /* TypeError: Assignment to constant variable; a: to a using one */ \
  O(GET_GLOBAL)      /* a = global variable of cache c */ \
  O(GET_GLOBAL_SOFT) /* the same for typeof: undefined when missing */ \
  O(SET_GLOBAL)      /* global variable of cache c = a */ \
  O(SET_GLOBAL_STRICT) \
  O(GET_FIELD)       /* a = b.(cache c) */ \
  O(GET_LENGTH)      /* a = b.length (cache c) */ \
  O(SET_FIELD)       /* a.(cache c) = b */ \
  O(GET_ELEM)        /* a = b[c] */ \
  O(SET_ELEM)        /* a[b] = c */ \
  O(DELETE_ELEM)     /* a = delete b[c] */ \
  O(GET_SUPER)       /* a = [a home][a+2 key] with this a+1 */ \
  O(SET_SUPER)       /* [a home][a+2 key] = a+3 with this a+1 */ \
  O(GET_PRIVATE)     /* a = b.#c */ \
  O(SET_PRIVATE)     /* a.#b = c */ \
  O(ADD_PRIVATE)     /* defines a.#b = c */ \
  O(ADD_PRIVATE_METHOD) /* defines a.#b = c, not writable */ \
  O(ADD_PRIVATE_ACCESSOR) /* a.#[b]: b key, b+1 function; c: 0 getter, 1 setter */ \
  O(HAS_PRIVATE)     /* a = #b in c */ \
  O(PRIVATE_NAME)    /* a = new private name; c: its kind in the upper 4 bits, constant; b: constant, its class's name */ \
  O(ADD) O(SUB) O(MUL) O(DIV) O(MOD) O(EXP) O(SHL) O(SHR) O(USHR) O(BIT_AND) O(BIT_OR) O(BIT_XOR) /* a = b op c */ \
  O(ADDI) O(SUBI) O(MULI) O(MODI) O(SHLI) O(SHRI) O(BIT_ANDI) O(BIT_ORI) /* a = b op c, c a signed integer */ \
  O(EQ) O(NE) O(SEQ) O(SNE) O(LT) O(LE) O(GT) O(GE) O(IN) O(INSTANCEOF) /* a = b op c */ \
  O(NOT) O(NEG) O(PLUS) O(BIT_NOT) O(TYPEOF) O(INC) O(DEC) O(TO_NUMERIC) O(TO_KEY) /* a = op b */ \
  O(TEMPLATE)        /* a = ToString of b, b+1, ... c of them, concatenated */ \
  O(JUMP)            /* off */ \
  O(JTRUE) O(JFALSE) O(JNULLISH) O(JNOT_NULLISH) O(JUNDEFINED) O(JNOT_UNDEFINED) /* if a: off */ \
  O(JLT) O(JLE) O(JGT) O(JGE) O(JNLT) O(JNLE) O(JNGT) O(JNGE) O(JSEQ) O(JSNE) O(JEQ) O(JNE) /* if a op b: off */ \
  O(JNEI)            /* if int a != b: off (finally dispatch) */ \
  /* The same with constant c for the right operand, in the same order */ \
  O(ADDK) O(SUBK) O(MULK) O(DIVK) O(MODK) O(EXPK) O(SHLK) O(SHRK) O(USHRK) O(BIT_ANDK) O(BIT_ORK) O(BIT_XORK) \
  O(EQK) O(NEK) O(SEQK) O(SNEK) O(LTK) O(LEK) O(GTK) O(GEK) \
  O(JLTK) O(JLEK) O(JGTK) O(JGEK) O(JNLTK) O(JNLEK) O(JNGTK) O(JNGEK) O(JSEQK) O(JSNEK) O(JEQK) O(JNEK) /* constant b */ \
  /* A counting loop's end: if a is an int, and stepped it is op b (K: constant b, an int): steps it; off, which is back. \
     Else nothing: the two instructions after it do the same for any value */ \
  O(INC_JLT) O(INC_JLE) O(DEC_JGT) O(DEC_JGE) O(INC_JLTK) O(INC_JLEK) O(DEC_JGTK) O(DEC_JGEK) \
  O(TURNS)           /* before such an end of a loop without a body: all turns but the last; a, b as there; c: SIX_TURNS_* */ \
  O(CALL)            /* call a, this a+1, b arguments from a+2; c: SIX_CALL_* and the result's register */ \
  O(NEW)             /* a = new a, b arguments from a+2 */ \
  O(APPLY)           /* a = call a, this a+1, arguments in array a+2 */ \
  O(NEW_APPLY)       /* a = new a, arguments in array a+2 */ \
  O(SUPER_CALL)      /* a = construct the parent of function a+1 with new.target, b arguments from a+2 */ \
  O(SUPER_APPLY)     /* the same, arguments in array a+2 */ \
  O(BIND_THIS)       /* TypeError if this (a) is bound already */ \
  O(RETURN)          /* a */ \
  O(RETURN_UNDEFINED) \
  O(THROW)           /* a */ \
  O(CLOSURE)         /* a = closure of child c in environment b (SIX_NO_REG: the function's) */ \
  O(NEW_OBJECT) O(NEW_ARRAY) /* a; array: capacity c */ \
  O(ARRAY_PUSH)      /* a.push(b); SIX_EMPTY makes a hole */ \
  O(ARRAY_SPREAD)    /* a.push(...b) */ \
  O(DEFINE_FIELD)    /* a.(cache c) = b as own property */ \
  O(DEFINE_ELEM)     /* a[b] = c as own property */ \
  O(DEFINE_METHOD)   /* a[b] = b+1, c: 1 enumerable */ \
  O(DEFINE_ACCESSOR) /* a[b] accessor b+1; c: 1 enumerable, 2 setter */ \
  O(SET_PROTO)       /* __proto__: b in a literal */ \
  O(SET_HOME)        /* home object of function a = b */ \
  O(SET_NAME)        /* name of function a from key b; c: 0, 1 get, 2 set */ \
  O(OBJECT_SPREAD)   /* copies b's own enumerable properties to a */ \
  O(OBJECT_REST)     /* a = copy of b without the keys in array c */ \
  O(REGEXP)          /* a = new RegExp(constant c, constant c + 1) */ \
  O(TEMPLATE_OBJECT) /* a = the template object of site c */ \
  O(CLASS)           /* a = constructor, a+1 = prototype; parent in a or SIX_EMPTY; child c, environment b */ \
  O(SET_FIELDS)      /* field initialiser of class a = function b */ \
  O(RUN_FIELDS)      /* runs the field initialiser of function b on this a */ \
  O(ITER_OPEN)       /* a, a+1, a+2 = iterator over b */ \
  O(ITER_NEXT)       /* b = next of iterator a; done: off */ \
  O(ITER_VALUE)      /* b = next of iterator a or undefined (destructuring) */ \
  O(ITER_REST)       /* b = array of the rest of iterator a */ \
  O(ITER_CLOSE)      /* normal completion */ \
  O(ITER_CLOSE_THROW) /* keeps the exception in b */ \
  O(ASYNC_ITER_OPEN) /* a, a+1, a+2 = async iterator over b */ \
  O(ITER_CALL)       /* b = a.next() */ \
  O(ITER_RESULT)     /* b = value of result b; done: off */ \
  O(ITER_RETURN)     /* b = a.return(); none: off (async close) */ \
  O(CHECK_OBJECT)    /* TypeError unless a is an object (iterator results) */ \
  O(FOR_IN_OPEN)     /* a, a+1, a+2 = enumeration of b */ \
  O(FOR_IN_NEXT)     /* b = next key of a; done: off */ \
  O(AWAIT)           /* a = await b */ \
  O(YIELD)           /* yields b; resumed: a = value, a+1 = mode: 0 next, 2 return (1 throws here) */ \
  O(YIELD_RAW)       /* yields the result object b as it is; a+1 = mode, also 1 */ \
  O(INITIAL_YIELD)   /* makes the generator object and returns it */ \
  O(STAR_CALL)       /* yield*: a iterator, a+1 next, a+3 value, a+4 mode -> a+3 = inner result; off when return or throw is missing */ \
  O(CLASS_NAME)      /* the class a gets its name, if it has none */ \
  O(RESOURCES)       /* a = no resources yet */ \
  O(USING)           /* b is added to the resources a; c: await using */ \
  O(DISPOSE)         /* a completion kind, a+1 value, a+2 resources: a+3 is to be awaited, or all is done: off */ \
  O(DISPOSE_FAIL)    /* the awaited outcome b was an error */ \
  O(STAR_REFUSE)     /* yield*: TypeError, the iterator has no throw */ \
  O(STAR_CHECK)      /* a+3: done: a+3 = value, off; c relative */ \
  O(REST) O(ARGUMENTS) /* a = rest array from argument b; arguments object mapped to environment b (SIX_NO_REG: unmapped) */ \
  O(THIS)            /* a = this, coerced in sloppy code */ \
  O(CALLEE) O(NEW_TARGET) O(HOME) /* a */ \
  O(IMPORT) O(IMPORT_META) /* a = import(b); a */ \
  O(TO_OBJECT)       /* a = ToObject(a) */ \
  O(SCOPE_HAS)       /* a = whether the scope object b (or undefined) has the variable of constant c */ \
  O(SCOPE_VARS)      /* a = a if it is an object, else a new scope object; b: the global object */ \
  O(SCOPE_DECLARE)   /* object a gets the variable of constant c, undefined, unless it has it */ \
  O(EVAL)            /* a = call a like CALL, or a direct eval in environment a+1, b arguments from a+2; c: site */ \
  O(STATEMENT)       /* trace: a statement begins */ \
  O(CATCH)           /* a = the exception (at a handler's start) */
// clang-format on

// Parts of CALL's c.
enum {
  SIX_CALL_UNUSED = 1,       // nobody takes the result
  SIX_CALL_NO_RECEIVER = 2,  // `this` is undefined, a+1 is not set
  SIX_CALL_RESULT = 2        // the result's register is c >> 2
};

// TURNS' c: which of the loops it is.
enum { SIX_TURNS_DOWN = 1, SIX_TURNS_TO_THE_END = 2, SIX_TURNS_CONSTANT = 4 };

enum { SIX_TARGET_ASSIGNMENT, SIX_TARGET_POSTFIX, SIX_TARGET_PREFIX, SIX_TARGET_LOOP };

enum six_opcode {
#define O(name) SIX_OPCODE_##name,
  SIX_OPS(O)
#undef O
      SIX_OPCODE_COUNT
};

struct six_ic {  // inline cache of one property access
  six_key key;
  struct six_shape *shape;    // the receiver's, or NULL
  struct six_object *holder;  // the prototype that has it; NULL: own
  struct six_shape *next;     // for additions: the shape afterwards
  uint64_t epoch;
  uint32_t slot;
};

// The offset in the text that V8 names as an expression's position (stack.c).
uint32_t six_node_position(const struct six_source *source, const struct six_node *n);

// The first offset from `at` that is neither blank nor comment nor a closing parenthesis. (stack.c)
uint32_t six_next_token(const struct six_source *source, uint32_t at);

struct six_spot {  // where the instruction is, if not at its node
  uint32_t pc, offset;
};

struct six_handler {            // exception table, innermost first
  uint32_t start, end, target;  // pc range and handler
};

// Where a variable is while the instructions [from, to) run: for those who look into a run. Only compiled for a trace.
enum { SIX_LOCAL_REGISTER, SIX_LOCAL_ENV, SIX_LOCAL_UP };
struct six_local {
  six_value name;  // atom
  const void *scope;
  uint32_t from, to;
  uint32_t slot;  // in an environment
  uint16_t reg;   // the variable's, or the environment's; SIX_LOCAL_UP: the hops to it
  uint8_t where;
  bool is_import;
};

enum { SIX_KIND_NORMAL, SIX_KIND_GENERATOR, SIX_KIND_ASYNC, SIX_KIND_ASYNC_GENERATOR };

struct six_code {
  uint64_t *ins;
  const struct six_node **nodes;  // the AST node of each instruction, for positions and messages; NULL where none
  struct six_spot *spots;         // by pc
  uint32_t spot_count;
  uint32_t count;
  uint32_t effort;  // of running it once (six_effort)
  uint32_t unit;
  struct six_span span;  // the function's text
  six_value *consts;     // numbers and permanent atoms only
  uint32_t const_count;
  struct six_code **children;
  uint32_t child_count;
  struct six_ic *ics;
  uint32_t ic_count;
  struct six_handler *handlers;
  uint32_t handler_count;
  struct six_local *locals;  // innermost last
  uint32_t local_count;
  const struct six_node **templates;  // tagged template sites
  six_value *template_objects;
  uint32_t template_count;
  struct six_eval_site **eval_sites;  // direct evals
  uint32_t eval_site_count;
  struct six_module_info *module;  // of a module's main function
  six_value name;                  // atom
  const void *origin;              // the six_function_node, or of a constructor that is not in the text the six_class_node; or NULL
  char *inferred_name;             // what stack traces call it if it is nameless; NULL until somebody asked (stack.c)
  uint16_t nregs, nparams;
  uint16_t nvars;  // the first registers, which are undefined at first; what stands in the others is nobody's business
  uint32_t length;
  uint8_t kind;  // SIX_KIND_*
  bool strict, arrow, method, class_constructor, derived, constructor, is_main, is_eval;
  uint32_t *param_slots;  // sloppy functions with simple parameters: each one's slot, for mapped arguments; else NULL
  bool is_plain;          // a call of it needs no more than a frame with the arguments in place
  bool wants_arguments;   // all arguments are kept above the registers, at R[nregs], for REST and ARGUMENTS
};

struct six_env {
  struct six_cell cell;
  uint32_t count;
  struct six_env *parent;
  six_value slots[];
};

struct six_function {
  struct six_object object;
  struct six_code *code;
  struct six_env *env;
  struct six_object *home;  // super's object
  six_value fields;         // classes: the field initialiser
};

// Saved state of an async function or generator. Also the cell that await reactions point to.
struct six_coroutine {
  struct six_cell cell;
  struct six_function *function;
  six_value this_value;
  struct six_object *result;  // async: its promise (NULL: nobody will look at it unless it is rejected); generators: the generator object
  uint32_t pc;                // resume at
  uint8_t state;              // SIX_CO_*
  six_value registers[];      // while suspended
};
enum { SIX_CO_START, SIX_CO_SUSPENDED, SIX_CO_RUNNING, SIX_CO_AWAITING_RETURN, SIX_CO_DONE };

struct six_generator {  // generator and async generator objects
  struct six_object object;
  struct six_coroutine *co;
  struct six_values *queue, *queue_last;  // async generators: requests, see generator.c
};
static inline struct six_generator *six_generator_of(const struct six_coroutine *co) { return (struct six_generator *)co->result; }

enum {
  SIX_FRAME_CONSTRUCT = 1,
  SIX_FRAME_ENTRY = 2,
  SIX_FRAME_RESUMED = 4,
  SIX_FRAME_THROWING = 8,
  SIX_FRAME_UNUSED = 16,
  SIX_FRAME_LEFT = 32  // by an exception
};

struct six_frame {
  struct six_code *code;  // NULL: a native
  const uint64_t *pc;     // where it is, while a callee runs
  six_value *registers;
  struct six_object *function;
  six_value this_value, new_target;
  struct six_coroutine *co;
  uint32_t argc;
  uint16_t result;  // the caller's register that gets the result
  uint16_t flags;
};

// compile_eval.c: the text of an eval, at a site or (NULL) as global code.
struct six_code *six_compile_eval(struct six_machine *m, struct six_program *program, uint32_t unit, const struct six_eval_site *site,
                                  struct six_diag *diag);
// compile.c
struct six_code *six_compile_code(struct six_machine *m, struct six_program *program, uint32_t unit, struct six_diag *diag);
// interp.c
six_value six_interpret(struct six_machine *m);  // runs the top frame until it returns
// function.c
struct six_function *six_function_new(struct six_machine *m, struct six_code *code, struct six_env *env);
// generator.c
struct six_coroutine *six_coroutine_new(struct six_machine *m, struct six_function *f, const struct six_frame *frame);
six_value six_resume(struct six_machine *m, struct six_coroutine *co, six_value value, int mode);

#endif
