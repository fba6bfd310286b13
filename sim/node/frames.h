// node: the frames of Node's own code in stack traces. What a row stands for is in frames_table.mjs.
#ifndef SIX_NODE_FRAMES_H
#define SIX_NODE_FRAMES_H

#include "sim/node/node.h"

// Keys: "=name" is under everything while `name` runs; "name" is a native's when the program's code runs below it;
// "name!reason" when it throws. `head` is the line of Node's source that is shown above the error: place, line, caret.
struct six_frames_row {
  const char *key;
  uint8_t first, last;  // majors
  const char *frames;
  const char *head;  // or NULL
};
extern const struct six_frames_row six_frames_rows[];
extern const int six_frames_count;

// The machine's hooks (struct six_host).
int32_t six_frames_native_row(struct six_machine *m, const struct six_frame_info *info, uint32_t index, bool innermost);
int six_frames_base_rows(struct six_machine *m, int32_t *rows, int limit);
const char *six_frames_row_text(struct six_machine *m, int32_t row);

// The head of the row, or of the key; NULL: none.
const char *six_frames_head(int32_t row);
int32_t six_frames_find(const struct six_nodejs *node, const char *key);  // -1: not in this major

#endif
