#!/usr/bin/env bash
# Logistic regression for 7 values of C on standardised features of 10 classes: pixelprobe against scikit-learn (lbfgs,
# float32), in turns. Arguments: rows (default 5000), layers (default 1), rounds (default 3). The figures
# of docs/PERFORMANCE.md: probe.sh 5000; probe.sh 50000 1 1; probe.sh 5000 13 1.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

rows=${1:-5000} layers=${2:-1} rounds=${3:-3} columns=512
python sklearn
classpath=$(classpath eval)
for _ in $(seq "$rounds"); do
  measure "$classpath" dev.pixelprobe.eval.BenchmarkProbe "$work" "$rows" "$columns" "$layers" >"$work/ours"
  "$python" "$home/bench/scikit_probe.py" "$work" "$columns" "$layers" >"$work/theirs"
  cat "$work/theirs" "$work/ours" >>"$work/all"
done

# The same objectives to 1e-6: as scikit-learn's lbfgs, or its newton-cg where lbfgs ends short of that.
awk '$1 == "float32" { theirs[$2, $3 + 0] = $4; steps += $5 }
  $1 == "newton-cg" { theirs[$2, $3 + 0] = $4; again++ }
  $1 == "objective" { ours[$2, $3 + 0] = $4; fits++ }
  END {
    for (fit in ours) {
      off = (theirs[fit] - ours[fit]) / ours[fit]
      if (off > most) most = off
      if (off < least) least = off
    }
    printf "check: in %d fits scikit-learn (%d iterations; %d fits carried on by newton-cg in float64, not timed) ends %.1e to %.1e (relative) above our objective\n",
      fits, steps, again, least, most
    exit !(fits > 0 && least > -1e-9 && most < 1e-6)
  }' "$work/all"
grep -P '\t' "$work/all" | table
