// orders: why a schedule leads to another order, in words.
#ifndef SIX_ORDERS_BECAUSE_H
#define SIX_ORDERS_BECAUSE_H

#include "sim/sixphase.h"

// Appends what differs under `schedule` from the typical run: a clause for each answer that is not the typical one.
void six_orders_because(const struct six_scenario *scenario, const struct six_options *options, const char *schedule, struct six_text *out);

// The same of a run with a trace and its choice log.
void six_orders_tell(const struct six_result *result, struct six_text *out);

#endif
