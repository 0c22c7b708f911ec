#!/usr/bin/env bash
# Extraction on an NVIDIA GPU, of iGPT-S and of the middle of iGPT-L: features against the CPU's, images per second for
# each size of batch beside the fastest matrix product of the same process, and what becomes of a batch without memory.
# The same again compiled by XLA, which wants nvvm/libdevice of the CUDA toolkit in CUDA_HOME or /usr/local/cuda. Then
# whether input keeps up: the pipeline on embedded Flink, from files to Parquet, against a bare loop over a small model.
# Takes 10 GiB of the GPU's. Wants the driver, CUDA 12 and cuDNN 9, or mvn package -Pgpu -Dcuda.redist before.
# --device cpu does the same in tiny, to see that it works.
set -euo pipefail

source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

device=gpu profile=(-Pgpu) images=60000 xla=--tf_xla_auto_jit=2
case "$*" in
  "" | "--device gpu") ;;
  "--device cpu") device=cpu profile=() images=600 xla+=" --tf_xla_cpu_global_jit" ;;
  *)
    echo "Usage: bench/gpu.sh [--device gpu|cpu]" >&2
    exit 2
    ;;
esac
if [[ $device == gpu ]] && ! nvidia-smi -L 2>/dev/null | grep -q GPU; then
  echo "error: expected an NVIDIA GPU and its driver, got none that nvidia-smi lists; --device cpu tries the script itself" >&2
  exit 3
fi

# So little of the GPU's memory that a batch of 1000 finds too little on any.
fraction=0 gib=10
if [[ $device == gpu ]]; then
  fraction=$(nvidia-smi --query-gpu=memory.total --format=csv,noheader,nounits |
    awk -v gib=$gib 'NR == 1 { share = gib * 1024 / $1; printf "%.4f", share < 1 ? share : 1 }')
fi

classpath=$(classpath pipeline "${profile[@]}")
cuda=$home/pipeline/target/dist/cuda
[[ ! -d $cuda ]] || export LD_LIBRARY_PATH=$cuda${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
extraction() {
  measure "$classpath" dev.pixelprobe.pipeline.extract.BenchmarkDevice "$device" "$work/$1" "$fraction"
}
extraction plain

echo
toolkit=${CUDA_HOME:-/usr/local/cuda}
if [[ $device == cpu || -f $toolkit/nvvm/libdevice/libdevice.10.bc ]]; then
  echo "Compiled by XLA:"
  TF_XLA_FLAGS=$xla XLA_FLAGS=--xla_gpu_cuda_data_dir=$toolkit extraction compiled
else
  echo "XLA: not tried; expected $toolkit/nvvm/libdevice/libdevice.10.bc, got none; CUDA_HOME names another toolkit"
fi

echo
measure "$classpath" dev.pixelprobe.pipeline.extract.BenchmarkPipeline "$work" "$images" 3 | tee >(grep check >&2) | table
