#!/usr/bin/env bash
# Two TaskManagers of one core each against one: how long the extraction step itself takes, and the ratio. Wants two idle
# cores and jq. IMAGES (4000) is the number of images.
set -euo pipefail
shopt -s inherit_errexit

home=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
work=$(mktemp -d)
kit=$home/scripts/flink-cluster.sh
trap '"$kit" stop --dir "$work/flink"; rm -rf "$work"' EXIT

"$home/pixelprobe" --version >&2 # builds it, if need be, before the cluster takes its libraries
address=$("$kit" start --taskmanagers 0 --dir "$work/flink" | tail -n 1)

# extract TASKS IMAGES
extract() {
  rm -rf "$work/out"
  "$home/pixelprobe" extract --no-cache --dataset shapes --limit-train "$2" --limit-test 32 --out "$work/out" \
    -- --flinkMaster="$address" --parallelism="$1" >&2
}

# Milliseconds of the newest job's extraction, from its first task's start to its last one's end.
milliseconds() {
  local job
  job=$(curl -sf "http://$address/jobs/overview" | jq -r '.jobs | max_by(."start-time") | .jid')
  curl -sf "http://$address/jobs/$job" |
    jq '.vertices[] | select(.name | contains("/Extract)")) | .duration'
}

# measured TASKS: the second job of two, when Java has compiled and TensorFlow is loaded
measured() {
  extract "$1" 256
  extract "$1" "${IMAGES:-4000}"
  milliseconds
}

taskset -c 0 "$kit" add --dir "$work/flink"
one=$(measured 1)
taskset -c 1 "$kit" add --dir "$work/flink"
two=$(measured 2)

awk -v one="$one" -v two="$two" -v images="${IMAGES:-4000}" 'BEGIN {
  printf "TaskManagers  seconds  images/s\n"
  printf "1             %7.1f  %8.1f\n2             %7.1f  %8.1f\n", one / 1e3, images * 1e3 / one, two / 1e3, images * 1e3 / two
  printf "ratio %.2f\n", one / two
}'
