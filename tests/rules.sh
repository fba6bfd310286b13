#!/bin/sh
# Each rule of the book: where it is implemented and what tests it. -v lists all of them.
cd "$(dirname "$0")/.." || exit 1
SIXPHASE=${SIXPHASE:-./sixphase}
[ "${1:-}" = -v ] && verbose=1
n=0 bad=0
for rule in $("$SIXPHASE" rules | sed -n '/^What changed/q; s/^\(R[0-9]*\) .*/\1/p' | sort -u -t R -k 2n); do
  n=$((n + 1))
  # The trace room only talks about rules, and the book is no implementation.
  where=$(grep -rlwE "$rule" sim --include='*.c' --include='*.h' --include='*.js' | grep -vE '^sim/(rules|trace)/' | sed 's/^sim.//' | sort | tr '\n' ' ')
  tests=$(grep -lwE "^// rules:.*$rule" tests/conformance/*.*js tests/js/*/*.*js 2> /dev/null | sed 's/.*\///' | tr '\n' ' ')
  example=$(ls tests/js/examples/"$rule".*js 2> /dev/null | sed 's/^tests.//')
  if [ -n "$where" ] && [ -n "$tests$example" ]; then echo "ok $n - $rule is implemented and tested"; else
    echo "not ok $n - $rule: implemented in '$where', tested by '$tests$example'" && bad=1
  fi
  [ -n "${verbose:-}" ] && echo "# $where| $tests$example"
done
echo "1..$n"
exit $bad
