#!/usr/bin/env bash
# From the start of the program to the first image inferred: `pixelprobe features` of one image with the bundled model,
# the whole command, several times. The first call of all unpacks the model and is not counted.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

# 256 tokens, all 7: a header of 128 bytes and int32.
{
  printf '\x93NUMPY\x01\x00\x76\x00%-117s\n' "{'descr': '<i4', 'fortran_order': False, 'shape': (1, 256), }"
  for _ in $(seq 256); do printf '\x07\x00\x00\x00'; done
} >"$work/tokens.npy"

infer() {
  rm -f "$work/features.npy"
  "$home/pixelprobe" features --tokens "$work/tokens.npy" --model igpt-xs-16px --out "$work/features.npy" >/dev/null 2>&1
}
infer
for _ in $(seq "${ROUNDS:-9}"); do
  begin=$EPOCHREALTIME
  infer
  awk -v a="$begin" -v b="$EPOCHREALTIME" 'BEGIN { printf "pixelprobe features, one image\t%.3f\n", b - a }'
done | table
[[ -s $work/features.npy ]] && echo "check: $(wc -c <"$work/features.npy") bytes of features"
