#!/usr/bin/env bash
# Features of every layer: pixelprobe's graph in f32 and bf16 against the plain f32 graph, in turns, on iGPT-S's shape
# (1024 positions, d 512, 12 blocks, batch 8) and a small one (256 positions, d 192, 8 blocks, batch 64).
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

classpath=$(classpath model)
shape() {
  echo
  echo "$1"
  measure "$classpath" dev.pixelprobe.model.BenchmarkExtraction "$work/$2" "${@:2}" | tee >(grep check >&2) | table
}
shape "32 x 32, d 512, 12 blocks, batch 8: seconds per batch" 32 512 12 8 8 "${ROUNDS:-7}"
shape "16 x 16, d 192, 8 blocks, batch 64: seconds per batch" 16 192 8 6 64 "${ROUNDS:-15}"
