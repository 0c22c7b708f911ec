#!/usr/bin/env bash
# Statistics of two sets of features and the Fréchet distance between them, float64: pixelprobe against numpy.cov and
# scipy's sqrtm as pytorch-fid uses them, in turns. Arguments: rows (default 10000), columns (default 2048), rounds (5).
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

rows=${1:-10000} columns=${2:-2048} rounds=${3:-5}
python scipy
classpath=$(classpath eval)
for _ in $(seq "$rounds"); do
  measure "$classpath" dev.pixelprobe.eval.distance.BenchmarkFrechet "$work" "$rows" "$columns" >"$work/ours"
  "$python" "$home/bench/scipy_frechet.py" "$work" "$columns" >"$work/theirs"
  cat "$work/theirs" "$work/ours" >>"$work/all"
done

awk '$1 == "theirs" { theirs = $2 } $1 == "distance" { ours = $2 }
  END {
    off = (theirs - ours) / ours
    printf "check: %.9f against %.9f, %.1e relative\n", ours, theirs, off
    exit !(off < 1e-6 && off > -1e-6)
  }' "$work/all"
grep -P '\t' "$work/all" | table
