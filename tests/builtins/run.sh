#!/bin/sh
# The whole walk of the built-in objects under every major, against what the last release of each real one has (walk.txt),
# but for the known gaps (gaps.txt).
cd "$(dirname "$0")/../.." || exit 1
SIXPHASE=${SIXPHASE:-./sixphase}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
bad=0

of_major() { # of_major FILE: the lines that are of $major, without their majors
  awk -v major="$major" '!/^#/ {
    n = split($1, ranges, ",")
    for (i = 1; i <= n; i++) {
      m = split(ranges[i], ends, "-")
      if (major >= ends[1] + 0 && major <= ends[m] + 0) print substr($0, length($1) + 2)
    }
  }' "$1"
}

known() { awk -v gaps="$folder/gaps" 'BEGIN { while ((getline path < gaps) > 0) gap[path] = 1 } !($1 in gap)' | LC_ALL=C sort; }

for major in 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26; do
  of_major tests/builtins/gaps.txt | sed 's/ .*//' > "$folder/gaps"
  of_major tests/builtins/walk.txt | known > "$folder/expected"
  "$SIXPHASE" run --node "$major" tests/builtins/walk.js 2> "$folder/errors" | known > "$folder/actual"
  if cmp -s "$folder/expected" "$folder/actual"; then echo "ok $((major - 7)) - built-in objects of Node $major"; else
    echo "not ok $((major - 7)) - built-in objects of Node $major" && bad=1
    head -n 2 "$folder/errors" | sed 's/^/# /'
    diff "$folder/expected" "$folder/actual" | grep '^[<>]' | sed 's/^/# /' | head -n 40
  fi
done
echo "1..19"
exit $bad
