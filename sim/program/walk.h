// program: walking a tree of any depth without recursion.
#ifndef SIX_PROGRAM_WALK_H
#define SIX_PROGRAM_WALK_H

#include "sim/program/ast.h"

// The nodes that are still to be visited, the next one last. Zero-initialise to start; six_walk_done at the end.
//   six_walk_push(&walk, root);
//   for (struct six_node *node; (node = six_walk_next(&walk));) six_walk_push_parts(&walk, node, true);
struct six_walk {
  struct six_node **nodes;
  size_t count, capacity;
};

void six_walk_push(struct six_walk *walk, struct six_node *node);  // NULL is left out
void six_walk_push_list(struct six_walk *walk, const struct six_nodes *list);
// The node's children. `keys`: also names that are no variables: those of properties and members.
void six_walk_push_parts(struct six_walk *walk, const struct six_node *node, bool keys);
struct six_node *six_walk_next(struct six_walk *walk);  // NULL: none is left
void six_walk_done(struct six_walk *walk);

#endif
