#!/usr/bin/env bash
# Sampling with cached keys and values against the whole forward pass for every token: tokens per second, side by side.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

measure "$(classpath model)" dev.pixelprobe.model.BenchmarkSampling "$work/model"
