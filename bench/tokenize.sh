#!/usr/bin/env bash
# 500 images of 32 x 32 pixels to tokens of 512 colours, on one thread: pixelprobe against a plain triple loop, in turns.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

classpath=$(classpath model)
measure "$classpath" dev.pixelprobe.model.BenchmarkTokenizer "$work" "${ROUNDS:-9}" | tee >(grep check >&2) | table
