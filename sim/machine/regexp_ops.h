// machine: the instructions of compiled regular expressions, between regexp_compile.c and regexp_exec.c. An instruction is
// a word and its operands. SIX_RE_BACK is added to those that read text when they stand in a lookbehind: they read backwards.
#ifndef SIX_MACHINE_REGEXP_OPS_H
#define SIX_MACHINE_REGEXP_OPS_H

enum six_regexp_op {
  SIX_RE_MATCH,
  SIX_RE_CHAR,       // unit
  SIX_RE_CHAR_FOLD,  // canonical code point
  SIX_RE_ANY,        // not a line terminator
  SIX_RE_ALL,
  SIX_RE_CLASS,          // offset into the class data
  SIX_RE_JUMP,           // target
  SIX_RE_SPLIT,          // target: go on here, on failure there
  SIX_RE_SPLIT_LAZY,     // target: go there, on failure here
  SIX_RE_SAVE,           // capture slot := position
  SIX_RE_RESET,          // first group, last group: forget them
  SIX_RE_ZERO,           // register := 0
  SIX_RE_INCREMENT,      // register
  SIX_RE_REPEAT,         // register, min, max, lazy, exit: decides whether to go round again
  SIX_RE_MARK,           // register := position
  SIX_RE_ADVANCED,       // register, counter or NONE, min: fails when nothing was consumed by an iteration past the minimum
  SIX_RE_STAR,           // min, max, lazy: repeats the one-character instruction that follows (two words always)
  SIX_RE_LOOK,           // register: a lookaround begins
  SIX_RE_LOOK_END,       // register
  SIX_RE_NOT_LOOK,       // register, target after it
  SIX_RE_NOT_LOOK_END,   // register
  SIX_RE_BACKREFERENCE,  // group
  SIX_RE_LINE_START,
  SIX_RE_LINE_END,
  SIX_RE_TEXT_START,
  SIX_RE_TEXT_END,
  SIX_RE_BOUNDARY,
  SIX_RE_NOT_BOUNDARY,
};

#define SIX_RE_BACK 0x100u
#define SIX_RE_NONE 0xFFFFFFFFu
#define SIX_RE_INFINITY 0x7FFFFFFFu

// Layout of a class in the class data: inverted, bitmap of units 0..255 (8 words), pair count, pairs first..last.
enum { SIX_RE_CLASS_INVERTED, SIX_RE_CLASS_BITMAP, SIX_RE_CLASS_COUNT = 9, SIX_RE_CLASS_PAIRS = 10 };

#endif
