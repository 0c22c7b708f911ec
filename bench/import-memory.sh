#!/usr/bin/env bash
# How much memory `model import` needs: writes a checkpoint with the shapes of iGPT-L (1.36 billion float32 weights,
# 5.4 GB, two shards, one number throughout), imports it, and prints the peak of the process's resident memory. Needs
# 11 GB of disk under TMPDIR, which it gives back. Arguments: layers (default 48), width (default 1536).
set -euo pipefail

layers=${1:-48} d=${2:-1536}
home=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

# Names and dimensions of the tensors of layers $1 to $2; the first shard has the embeddings, the last ($3) the head.
tensors() {
  awk -v first="$1" -v end="$2" -v last="$3" -v d="$d" 'BEGIN {
    if (first == 0) { print "transformer.wte.weight", 513, d; print "transformer.wpe.weight", 1024, d }
    for (i = first; i < end; i++) {
      h = "transformer.h." i "."
      print h "ln_1.weight", d; print h "ln_2.weight", d
      print h "attn.c_attn.weight", d, 3 * d; print h "attn.c_attn.bias", 3 * d
      print h "attn.c_proj.weight", d, d; print h "attn.c_proj.bias", d
      print h "mlp.c_fc.weight", d, 4 * d; print h "mlp.c_fc.bias", 4 * d
      print h "mlp.c_proj.weight", 4 * d, d; print h "mlp.c_proj.bias", d
    }
    if (last) { print "transformer.ln_f.weight", d; print "lm_head.weight", 512, d }
  }'
}

# A safetensors file of the tensors on standard input. Every four bytes are "abc<": the float32 0.0139.
shard() {
  local header bytes length i
  header=$(awk 'BEGIN { printf "{" }
    { n = 4 * $2 * ((NF > 2) ? $3 : 1)
      printf "%s\"%s\":{\"dtype\":\"F32\",\"shape\":[%d%s],\"data_offsets\":[%.0f,%.0f]}", (NR > 1 ? "," : ""),
        $1, $2, (NF > 2 ? "," $3 : ""), end, end + n
      end += n }
    END { printf "}%.0f", end }')
  bytes=${header##*\}} header=${header%\}*}\}
  printf -v length '%016x' ${#header}
  for i in 14 12 10 8 6 4 2 0; do printf "\\x${length:i:2}"; done
  printf %s "$header"
  # head ends first, and the pipe's writers with it.
  { yes abc || true; } 2>/dev/null | { tr '\n' '<' || true; } 2>/dev/null | head -c "$bytes"
}

half=$((layers / 2))
mkdir "$dir/checkpoint"
cat >"$dir/checkpoint/config.json" <<JSON
{"model_type": "imagegpt", "vocab_size": 513, "n_positions": 1024, "n_embd": $d, "n_layer": $layers, "n_head": 16}
JSON
tensors 0 "$half" 0 >"$dir/1"
tensors "$half" "$layers" 1 >"$dir/2"
for i in 1 2; do
  shard <"$dir/$i" >"$dir/checkpoint/model-$i.safetensors"
  awk -v file="model-$i.safetensors" '{ printf "\"%s\":\"%s\"\n", $1, file }' "$dir/$i"
done | paste -sd, | sed 's/.*/{"weight_map":{&}}/' >"$dir/checkpoint/model.safetensors.index.json"
size=$(du -cb "$dir"/checkpoint/*.safetensors | awk 'END { print $1 }')

begin=$(date +%s)
"$home/pixelprobe" model import --from "$dir/checkpoint" --out "$dir/model" >"$dir/out" 2>"$dir/err" &
pid=$!
anon=0 mapped=0 peak=0
while read -r p a m < <(awk '/^VmHWM/ { p = $2 } /^RssAnon/ { a = $2 } /^RssFile/ { m = $2 } END { if (p) print p, a, m }' \
  "/proc/$pid/status" 2>/dev/null); do
  peak=$p
  ((a <= anon)) || anon=$a
  ((m <= mapped)) || mapped=$m
  sleep 0.2
done
wait "$pid" || { cat "$dir/err" >&2; exit 1; }
cat "$dir/out"
awk -v peak="$peak" -v anon="$anon" -v mapped="$mapped" -v size="$size" -v s=$(($(date +%s) - begin)) 'BEGIN {
  printf "checkpoint  %.2f GB in two shards\n", size / 1e9
  printf "peak RSS    %.2f GB: %.2f times the checkpoint (at most %.2f anonymous, %.2f of files)\n",
    peak * 1024 / 1e9, peak * 1024 / size, anon * 1024 / 1e9, mapped * 1024 / 1e9
  printf "time        %d s\n", s }'
