# Sourced by the scripts beside it, from the root of the project.

mkdir -p build/results
status=0

# suite NAME COMMAND...: says how long it took. A failure is remembered in $status, and the
# next suite still runs. Leaves "<passed> <failed>" in build/results/NAME.count: a command
# that counts writes it itself, another counts as one.
suite() {
  name=$1
  shift
  printf '\n== %s\n' "$name"
  rm -f "build/results/$name.count"
  began=$(date +%s)
  if "$@"; then
    outcome=passed count='1 0'
  else
    outcome=failed count='0 1' status=1
  fi
  [ -f "build/results/$name.count" ] || echo "$count" > "build/results/$name.count"
  printf '== %s %s after %s s\n' "$name" "$outcome" $(($(date +%s) - began))
}

# step NAME COMMAND...: a suite that the rest needs, and that is no test: only its failure
# counts, and ends the run.
step() {
  suite "$@"
  [ "$outcome" = passed ] || exit 1
  rm "build/results/$1.count"
}

# The native tests under sanitizers.
native_tests() (
  rm -f build/results/native.xml
  workflow dev || failed=1
  if [ -f build/results/native.xml ]; then
    # An attribute of <testsuite> a line, and the first of each name is the suite's own.
    tr -s ' \t' '\n' < build/results/native.xml | awk -F'"' '
      /^(tests|failures|disabled|skipped)=/ && !($1 in n) { n[$1] = $2 }
      END { bad = n["failures="]; print n["tests="] - bad - n["disabled="] - n["skipped="], bad + 0 }
    ' > build/results/native.count
  fi
  exit "${failed:-0}"
)

# node_tests NAME FILE...
node_tests() (
  name=$1
  shift
  [ $# -gt 0 ] || { echo "no tests" >&2; exit 1; }
  node --test --test-concurrency=2 --test-reporter=spec --test-reporter-destination=stdout \
    --test-reporter=tap --test-reporter-destination="build/results/$name.tap" "$@" || failed=1
  awk '/^# pass /{p = $3} /^# (fail|cancelled) /{f += $3} END {print p + 0, f + 0}' \
    "build/results/$name.tap" > "build/results/$name.count"
  exit "${failed:-0}"
)

# workflow PRESET: configures, builds and, where the preset has tests, runs them.
workflow() {
  cmake --workflow --preset "$1"
}
