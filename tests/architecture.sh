#!/bin/sh
# The rooms see only what design allows: includes by room, and what must never appear in sim/.
cd "$(dirname "$0")/.." || exit 1
n=0 bad=0
check() { # check NAME OFFENDERS
  n=$((n + 1))
  if [ -z "$2" ]; then echo "ok $n - $1"; else bad=1; echo "not ok $n - $1"; echo "$2" | head -n 5 | sed 's/^/# /'; fi
}
sees() { # sees ROOM PATTERN-OF-ALLOWED: includes of sim/ files by a room
  check "sim/$1 includes only $2" "$(grep -rnE '^#include "' "sim/$1" --include='*.c' --include='*.h' | grep -vE "#include \"sim/($2)/")"
}
sees base 'base'
sees program 'base|program'
sees rules 'rules|base'
sees world 'base|world'
sees trace 'base|trace|rules'
sees machine 'base|program|rules|machine'
sees loop 'base|rules|world|trace|loop'
check 'sim/orders includes only the public header, trace and world' "$(grep -rnE '^#include "' sim/orders --include='*.c' --include='*.h' | grep -vE '"sim/(sixphase.h|orders/|trace/|world/)')"
check 'ui includes only the public header of sim, and base' "$(grep -rnE '^#include "sim/' ui --include='*.c' --include='*.h' | grep -vE '"sim/(sixphase.h|base/)')"
check 'curses only in one file' "$(grep -rlE '#include <(ncursesw/)?n?curses.h>' sim ui | grep -v '^ui/tui/term_curses.c$')"
check 'zlib.h only in one file' "$(grep -rl '#include <zlib.h>' sim ui | grep -v '^sim/node/zlib.c$')"
check 'no uv.h in sim but a driver' "$(grep -rl '#include <uv.h>\|driver_uv.h"' sim | grep -vE '^sim/loop/driver_uv[a-z_]*.[ch]$')"
check 'no wall clock, randomness, environment or files in sim' "$(grep -rnE '(^|[^a-z_.>])(time|gettimeofday|clock_gettime|rand|random|srand|getenv|fopen|system|popen)\(' sim --include='*.c' | grep -vE '^\S+:\s*(//|\*)')"
check 'no mutable globals in sim' "$(grep -rnE '^static [a-z_ ]+[a-z_]+(\[[^]]*\])? *(=|;)' sim --include='*.c' | grep -vE 'const|_Thread_local')"
# What gcc calls instead of computing it in place; floor, ceil, trunc and sqrt it computes.
check 'no function of the mathematical library, which every run would load' "$(grep -rnE '(^|[^a-zA-Z0-9_.>"])(sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|asinh|acosh|atanh|exp|exp2|expm1|log|log2|log10|log1p|pow|cbrt|hypot|fmod|remainder|fmin|fmax|fdim|round|rint|lrint|lround|nearbyint|nextafter)\(' sim ui --include='*.c' --include='*.h' | grep -vE '^[^:]+:[0-9]+: *//')"
check 'no version numbers in the machine, the loop and the world' "$(grep -rnE 'major *(<|>|<=|>=|==) *[0-9]' sim/machine sim/loop sim/world --include='*.c')"
echo "1..$n"
exit $bad
