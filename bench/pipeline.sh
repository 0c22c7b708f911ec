#!/usr/bin/env bash
# Features of every layer of the bundled model: the Beam pipeline on embedded Flink, from image files to Parquet, against
# a bare loop over the SavedModel with the same batches and threads, in turns. Argument: images (default 2000).
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

classpath=$(classpath pipeline)
measure "$classpath" dev.pixelprobe.pipeline.extract.BenchmarkPipeline "$work" "${1:-2000}" "${ROUNDS:-5}" | tee >(grep check >&2) | table
