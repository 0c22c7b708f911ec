#!/usr/bin/env bash
# Sampling with cached keys and values against the whole forward pass for every token: tokens per second, side by side.
set -euo pipefail

home=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cd "$home"
mvn -q -B -pl model test-compile dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile="$work/classpath" >&2
classpath=model/target/test-classes:model/target/classes:$(<"$work/classpath")

export TF_CPP_MIN_LOG_LEVEL=2 TF_ENABLE_ONEDNN_OPTS=1
java -Xmx2g -Dorg.bytedeco.javacpp.maxBytes=0 -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 -cp "$classpath" \
  dev.pixelprobe.model.BenchmarkSampling "$work/model" 2> >(grep -v -e absl::InitializeLog -e mlir_graph_optimization_pass >&2)
