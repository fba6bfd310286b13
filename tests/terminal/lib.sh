# What the terminal tests share: TAP. SIXPHASE names the program under test.
SIX=${SIXPHASE:-./sixphase}
HERE=$(cd "$(dirname "$0")" && pwd)
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
number=0
failed=0

ok() { # ok NAME STATUS
  number=$((number + 1))
  if [ "$2" -eq 0 ]; then echo "ok $number - $1"; else echo "not ok $number - $1"; failed=$((failed + 1)); fi
}

same() { # same NAME EXPECTED ACTUAL
  if [ "$2" = "$3" ]; then ok "$1" 0; else
    ok "$1" 1
    printf '%s\n' "expected: $2" "actual:   $3" | sed 's/^/# /'
  fi
}

has() { # has NAME TEXT PATTERN: a fixed string
  case "$2" in *"$3"*) ok "$1" 0 ;; *) ok "$1" 1; printf '%s\n' "$2" | sed 's/^/# /' ;; esac
}

status() { # status NAME EXPECTED COMMAND...: its output goes to $WORK/out and $WORK/err
  name=$1 expected=$2
  shift 2
  "$@" > "$WORK/out" 2> "$WORK/err" < /dev/null
  same "$name" "$expected" "$?"
}

child_of() { # child_of PID: its first child
  cut -d " " -f 1 "/proc/$1/task/$1/children"
}

finish() {
  echo "1..$number"
  [ "$failed" -eq 0 ]
}
