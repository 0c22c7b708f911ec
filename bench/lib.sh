# Sourced by the benchmarks: runs their Java classes, and makes tables of what they measured.
# A measurement is a line "variant<TAB>seconds"; lines of the variants come in turns, one round after the other.

home=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export TF_CPP_MIN_LOG_LEVEL=2 TF_ENABLE_ONEDNN_OPTS=1 TF_OVERRIDE_GLOBAL_THREADPOOL=1

# The test class path of a module, built if need be: classpath MODULE [OPTIONS OF MAVEN...]
classpath() {
  local module=$1
  shift
  (cd "$home" && mvn -q -B "$@" -pl "$module" -am test-compile dependency:build-classpath \
    -Dmdep.includeScope=test -Dmdep.outputFile="$work/classpath" >&2)
  printf '%s' "$home/$module/target/test-classes:$home/$module/target/classes:$home/model/target/test-classes:$(<"$work/classpath")"
}

# measure CLASSPATH CLASS ARGUMENTS...: what the class prints, without TensorFlow's own remarks.
measure() {
  local cp=$1
  shift
  java -Xmx"${BENCH_MEMORY:-4g}" -Dorg.bytedeco.javacpp.maxBytes=0 -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 -cp "$cp" "$@" \
    2> >(grep -v -e absl::InitializeLog -e '^I0000 ' -e 'oneDNN supports DT_BFLOAT16' -e SLF4J -e ' WARN ' >&2)
}

# A python3 with the modules named, for the programs that people use today: python MODULE...
python() {
  local module
  for python in python3 /usr/bin/python3; do
    for module in "$@"; do
      "$python" -c "import $module" 2>/dev/null || continue 2
    done
    return
  done
  echo "bench: expected a python3 with $*; on Debian: apt-get install python3-sklearn" >&2
  exit 3
}

# Reads measurements: median and spread of each variant, and how many times as fast as the first it was in the same round.
table() {
  awk -F'\t' '
    NF == 2 { if (!($1 in n)) name[++variants] = $1; value[$1, ++n[$1]] = $2 }
    function median(array, count,   i, j, t) {
      for (i = 2; i <= count; i++) for (j = i; j > 1 && array[j - 1] > array[j]; j--) { t = array[j]; array[j] = array[j - 1]; array[j - 1] = t }
      return count % 2 ? array[(count + 1) / 2] : (array[count / 2] + array[count / 2 + 1]) / 2
    }
    END {
      printf "%-34s %7s %10s %10s %10s %12s %18s\n", "", "rounds", "median s", "lowest", "highest", "times faster", "from..to"
      for (v = 1; v <= variants; v++) {
        for (i = 1; i <= n[name[v]]; i++) { s[i] = value[name[v], i]; r[i] = value[name[1], i] / s[i] }
        m = median(s, n[name[v]]); q = median(r, n[name[v]])
        printf "%-34s %7d %10.3f %10.3f %10.3f %12.2f %18s\n", name[v], n[name[v]], m, s[1], s[n[name[v]]], q, sprintf("%.2f..%.2f", r[1], r[n[name[v]]])
      }
    }'
}
