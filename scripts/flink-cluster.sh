#!/usr/bin/env bash
# A Flink cluster of several processes on this machine: one JobManager, N TaskManagers, REST on a free local port.
set -euo pipefail

usage() {
  cat <<'END'
Usage: scripts/flink-cluster.sh start|stop|status|add [--taskmanagers N] [--slots S] [--gpu] [--dir DIR]

  start   starts a JobManager and N TaskManagers (2) of S slots each (1); its last line is the REST address, host:port
  add     starts one more TaskManager
  status  one line for each process: role, process id, slots
  stop    ends what start and add started, and nothing else

--gpu gives each TaskManager a GPU of this machine, by turns where there are fewer; Flink counts them as its external
resource gpu. Build with mvn package -Pgpu before.

DIR holds configuration, process ids and logs; default ~/.cache/pixelprobe/flink-cluster. PIXELPROBE_HEAP is the heap of
each TaskManager's tasks (1g), JAVA_HOME the JDK. TaskManagers share the cores that start may use; add keeps that share,
and taskset narrows it.
END
}

die() {
  echo "error: $2" >&2
  exit "$1"
}

home=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
dist=$home/pipeline/target/dist
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
dir=${XDG_CACHE_HOME:-$HOME/.cache}/pixelprobe/flink-cluster
taskmanagers=2
slots=1
slots_given=false
gpus=() # numbers of those that TaskManagers get by turns
readonly START_SECONDS=120 STOP_SECONDS=15

# --- what was asked for -----------------------------------------------------------------------------------------------

parse() {
  while (($#)); do
    case $1 in
      --taskmanagers) taskmanagers=$(count "$@") ;;
      --slots) slots=$(count "$@") slots_given=true ;;
      --dir) dir=$(value "$@") ;;
      --gpu)
        find_gpus
        shift
        continue
        ;;
      *) die 2 "$1: expected --taskmanagers, --slots, --gpu or --dir" ;;
    esac
    shift 2
  done
  mkdir -p "$dir/processes" "$dir/logs" "$dir/conf" 2>/dev/null || die 3 "$dir: expected a directory to write in"
  dir=$(cd "$dir" && pwd)
}

find_gpus() {
  local found
  found=$(nvidia-smi --query-gpu=index --format=csv,noheader 2>/dev/null) || found=
  read -ra gpus <<<"${CUDA_VISIBLE_DEVICES:-${found//$'\n'/ }}"
  read -ra gpus <<<"${gpus[*]//,/ }"
  [[ -n $found && ${#gpus[@]} -gt 0 ]] || die 3 "--gpu: expected an NVIDIA GPU, got none; see pixelprobe doctor"
}

value() {
  (($# > 1)) || die 2 "$1: expected a value, got none"
  echo "$2"
}

count() {
  local number
  number=$(value "$@")
  [[ $number =~ ^[0-9]{1,3}$ ]] || die 2 "$1: expected a number, got $number"
  echo $((10#$number))
}

# --- processes: a file for each, named by its role, with its id and the time it started, so that no other process that
# --- gets the same id later is taken for it ---------------------------------------------------------------------------

started_at() {
  local stat
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
  stat=${stat##*) } # the name before it may hold anything
  local fields
  read -ra fields <<<"$stat"
  [[ ${fields[0]} != Z ]] && echo "${fields[19]}"
}

# Sets pid and its slots if the process of this role lives.
lives() {
  local begin
  [[ -f $dir/processes/$1 ]] && read -r pid begin process_slots <"$dir/processes/$1" &&
    [[ $(started_at "$pid") == "$begin" ]]
}

roles() {
  find "$dir/processes" -type f -printf '%f\n' | sort -V
}

anything_lives() {
  local role
  for role in $(roles); do
    lives "$role" && return 0
  done
  return 1
}

# launch ROLE SLOTS JAVA_ARGUMENTS..
launch() {
  local role=$1 process_slots=$2
  shift 2
  if [[ -d $dist/cuda ]]; then
    export LD_LIBRARY_PATH=$dist/cuda${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
  fi
  TF_CPP_MIN_LOG_LEVEL=${TF_CPP_MIN_LOG_LEVEL:-2} TF_ENABLE_ONEDNN_OPTS=${TF_ENABLE_ONEDNN_OPTS:-1} \
    TF_OVERRIDE_GLOBAL_THREADPOOL=${TF_OVERRIDE_GLOBAL_THREADPOOL:-1} \
    setsid nohup "$java" -Dlog.file="$dir/logs/$role.log" \
    -Dlogback.configurationFile="$dir/conf/logback.xml" -XX:+UseParallelGC -cp "$dist/flink/*:$dist/lib/*" "$@" \
    </dev/null >"$dir/logs/$role.out" 2>&1 &
  echo "$! $(started_at $!) $process_slots" >"$dir/processes/$role"
}

# --- configuration ----------------------------------------------------------------------------------------------------

free_port() {
  local port
  while true; do
    port=$((20000 + RANDOM % 12000))
    (: <>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
  done
  echo "$port"
}

configure() {
  cat >"$dir/conf/config.yaml" <<END
jobmanager.rpc.address: localhost
jobmanager.rpc.port: $(free_port)
jobmanager.bind-host: localhost
rest.address: localhost
rest.bind-address: localhost
rest.port: $(free_port)
taskmanager.host: localhost
taskmanager.bind-host: localhost
io.tmp.dirs: $dir/tmp

# A lost TaskManager is noticed within seconds; its tasks start again, after at most four failures in a row, once there
# are slots for them.
heartbeat.interval: 2000
heartbeat.timeout: 20000
slot.request.timeout: 120000
restart-strategy.type: exponential-delay
restart-strategy.exponential-delay.initial-backoff: 2 s
restart-strategy.exponential-delay.backoff-multiplier: 2.0
restart-strategy.exponential-delay.attempts-before-reset-backoff: 4

# Progress is read from these.
metrics.fetcher.update-interval: 1000
END
  if ((${#gpus[@]})); then
    cat >>"$dir/conf/config.yaml" <<'END'

# Each TaskManager has one GPU, which its slots share. Flink only counts it; the TaskManager sees no other.
external-resources: gpu
external-resource.gpu.amount: 1
END
  fi
  cat >"$dir/conf/logback.xml" <<'END'
<configuration>
  <appender name="file" class="ch.qos.logback.core.FileAppender">
    <file>${log.file}</file>
    <encoder><pattern>%date{ISO8601} %-5level [%thread] %logger{36} - %message%n</pattern></encoder>
  </appender>
  <logger name="org.apache.pekko" level="WARN"/>
  <root level="INFO"><appender-ref ref="file"/></root>
</configuration>
END
  rm -rf "$dir/tmp" && mkdir "$dir/tmp"
}

setting() {
  sed -n "s/^$1: //p" "$dir/conf/config.yaml" 2>/dev/null
}

rest_address() {
  echo "localhost:$(setting rest.port)"
}

# Whether the JobManager's REST interface answers at all, and knows the TaskManager of this id.
answers() {
  rest "/overview" >/dev/null
}

knows() {
  rest "/taskmanagers" | grep -q "\"id\":\"$1\""
}

rest() {
  curl -sf --max-time 5 "http://$(rest_address)$1" 2>/dev/null
}

# --- the four commands ------------------------------------------------------------------------------------------------

start_jobmanager() {
  configure
  launch jobmanager 0 -Xmx512m -XX:MaxMetaspaceSize=512m \
    org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint --configDir "$dir/conf"
  wait_for jobmanager answers
}

# TensorFlow allocates outside Java's memory: nothing of Flink's bounds it, so a TaskManager needs the memory of the model
# and its activations on top of what stands here.
start_taskmanager() {
  local number=1
  while [[ -e $dir/processes/taskmanager-$number ]]; do
    number=$((number + 1))
  done
  newest=taskmanager-$number
  newest_id=$newest-$RANDOM$RANDOM
  local heap=${PIXELPROBE_HEAP:-1g}
  if ((${#gpus[@]})); then
    export CUDA_VISIBLE_DEVICES=${gpus[(number - 1) % ${#gpus[@]}]}
  fi
  launch "$newest" "$slots" -Xmx"$heap" -XX:MaxDirectMemorySize=1g -XX:MaxMetaspaceSize=1g \
    -XX:ActiveProcessorCount="$cores" \
    -Dorg.bytedeco.javacpp.maxBytes=0 -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 \
    org.apache.flink.runtime.taskexecutor.TaskManagerRunner --configDir "$dir/conf" \
    -D taskmanager.resource-id="$newest_id" \
    -D taskmanager.numberOfTaskSlots="$slots" -D taskmanager.cpu.cores="$cores" \
    -D taskmanager.memory.framework.heap.size=128m -D taskmanager.memory.task.heap.size="$heap" \
    -D taskmanager.memory.framework.off-heap.size=256m -D taskmanager.memory.task.off-heap.size=512m \
    -D taskmanager.memory.network.min=128m -D taskmanager.memory.network.max=128m \
    -D taskmanager.memory.managed.size=$((slots * 128))m -D taskmanager.memory.jvm-metaspace.size=1g \
    -D taskmanager.memory.jvm-overhead.min=256m -D taskmanager.memory.jvm-overhead.max=256m
}

# wait_for ROLE COMMAND..: until the command succeeds, while the process lives
wait_for() {
  local role=$1 end=$((SECONDS + START_SECONDS))
  shift
  while ((SECONDS < end)); do
    lives "$role" || die 3 "$role ended: $(tail -n 1 "$dir/logs/$role.out"); see $dir/logs"
    if "$@"; then
      return 0
    fi
    sleep 0.2
  done
  die 3 "$role was not ready within $START_SECONDS s; see $dir/logs"
}

cores_each() {
  local mine
  mine=$(nproc)
  echo $((mine > $1 && $1 > 0 ? mine / $1 : 1))
}

start() {
  if lives jobmanager; then
    echo "already running in $dir; stop it, or add a TaskManager" >&2
    rest_address
    return
  fi
  anything_lives && die 3 "$dir: expected no process of an earlier cluster, got some; run $0 stop --dir $dir"
  [[ -d $dist/flink ]] || die 3 "$dist: expected the packaged program, got none; run mvn package"
  command -v "$java" >/dev/null || die 3 "expected JDK 17 or newer, got no java; install one or set JAVA_HOME"
  rm -f "$dir"/processes/* "$dir"/logs/*
  cores=$(cores_each "$taskmanagers")
  trap 'stop >/dev/null' EXIT # unless all of it starts
  start_jobmanager
  echo "$slots $cores ${gpus[*]}" >"$dir/conf/each"
  local i started=()
  for ((i = 0; i < taskmanagers; i++)); do
    start_taskmanager
    started+=("$newest $newest_id")
  done
  for i in "${started[@]}"; do
    wait_for "${i% *}" knows "${i#* }"
  done
  trap - EXIT
  rest_address
}

add() {
  lives jobmanager || die 3 "$dir: expected a running cluster, got none; run $0 start"
  local usual usual_gpus
  read -r usual cores usual_gpus <"$dir/conf/each"
  read -ra gpus <<<"$usual_gpus"
  $slots_given || slots=$usual
  ((cores <= $(nproc))) || cores=$(nproc)
  start_taskmanager
  wait_for "$newest" knows "$newest_id"
}

status() {
  lives jobmanager || echo "not running in $dir" >&2
  local role
  for role in $(roles); do
    if ! lives "$role"; then
      echo "$role dead"
    elif [[ $role == jobmanager ]]; then
      echo "$role $pid $(rest_address)"
    else
      echo "$role $pid $process_slots slots"
    fi
  done
  lives jobmanager
}

stop() {
  local role end=$((SECONDS + STOP_SECONDS))
  for role in $(roles); do
    if lives "$role"; then
      kill "$pid" 2>/dev/null || true
    fi
  done
  for role in $(roles); do
    while lives "$role"; do
      if ((SECONDS >= end)); then
        kill -KILL "$pid" 2>/dev/null || true
      fi
      sleep 0.1
    done
    rm -f "$dir/processes/$role"
  done
  rm -rf "$dir/tmp"
}

command=${1:-}
case $command in
  start | add | status | stop)
    shift
    parse "$@"
    $command
    ;;
  -h | --help) usage ;;
  *)
    usage >&2
    exit 2
    ;;
esac
