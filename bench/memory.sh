#!/usr/bin/env bash
# Peak memory of an extraction as the number of images grows: `pixelprobe extract` on embedded Flink, of files as
# CIFAR-10's whose pixels are all alike. In a heap of 512 MiB, because Java takes what it may before it cleans up:
# with 2 GiB the peak tells that, and not what is needed.
# COUNTS (1000 10000 60000) are the numbers of images, LAYERS (1) the layers.
set -euo pipefail

home=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
export PIXELPROBE_HEAP=${PIXELPROBE_HEAP:-512m}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Runs a command; prints its peak resident memory and of that what was neither files nor shared, in MiB.
peak() {
  local pid p a rss=0 anonymous=0
  "$@" >"$work/out" 2>"$work/err" &
  pid=$!
  while read -r p a < <(awk '/^VmHWM/ { p = $2 } /^RssAnon/ { a = $2 } END { if (p) print p, a }' "/proc/$pid/status" 2>/dev/null); do
    rss=$p
    ((a <= anonymous)) || anonymous=$a
    sleep 0.2
  done
  wait "$pid" || {
    cat "$work/err" >&2
    return 1
  }
  echo "$((rss / 1024)) $((anonymous / 1024))"
}

# records COUNT FILE: labels of 3, pixels of 3
records() {
  head -c $(($1 * 3073)) /dev/zero | tr '\0' '\3' >"$2"
}

"$home/pixelprobe" --version >/dev/null
printf '%8s %10s %14s %10s\n' images 'peak MiB' 'anonymous MiB' seconds
for count in ${COUNTS:-1000 10000 60000}; do
  mkdir "$work/data-$count"
  for batch in 1 2 3 4 5; do
    records $((count / 5)) "$work/data-$count/data_batch_$batch.bin"
  done
  records 10 "$work/data-$count/test_batch.bin"
  begin=$EPOCHREALTIME
  read -r rss anonymous < <(peak "$home/pixelprobe" extract --no-cache --dataset cifar10 --data "$work/data-$count" \
    --layers "${LAYERS:-1}" --out "$work/$count")
  grep -q " $count training" "$work/out" # it was that many
  awk -v n="$count" -v r="$rss" -v m="$anonymous" -v b="$begin" -v e="$EPOCHREALTIME" \
    'BEGIN { printf "%8d %10d %14d %10.0f\n", n, r, m, e - b }'
done
