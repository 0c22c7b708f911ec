#!/usr/bin/env bash
# One run of the suite: makes a FlinkDeployment from the template, waits until its job has finished and left a summary, and
# deletes it whatever happened. Cells that failed go to FAILED_CELLS: the report over the others comes first.
#
# Exit codes: 0 a summary is there, 1 the run failed or took too long, 2 a setting is wrong, 3 the cluster gives no answer.
set -euo pipefail

settings=(ARGUMENTS CACHE IMAGE JAR NAMESPACE NATIVE_MEMORY OWNER_NAME OWNER_UID PARALLELISM RUNS SERVICE_ACCOUNT SUITE
  TASKMANAGER_CPU TASKMANAGER_MEMORY TASK_SLOTS TEMPLATE TIMEOUT_SECONDS)
poll_seconds=${POLL_SECONDS:-15}
delete_seconds=${DELETE_SECONDS:-300}
# 20 polls without an answer are 5 minutes: an upgrade of the control plane is no failed run.
unanswered_limit=${UNANSWERED_LIMIT:-20}
losses_limit=2
failed_cells=${FAILED_CELLS:-/tmp/failed-cells}

say() {
  printf '%s\n' "$*"
}

die() {
  printf 'error: %s\n' "${*:2}" >&2
  exit "$1"
}

require_settings() {
  local setting
  for setting in "${settings[@]}"; do
    [[ -n ${!setting:-} ]] || die 2 "$setting: expected a value, got none; set it in the environment"
  done
}

# Names the deployment and the summary by the second and the last letters of the pod's own name.
name_run() {
  local time letters=${OWNER_NAME##*-}
  time=$(date -u +%Y%m%dT%H%M%SZ)
  NAME=$SUITE-${time,,}-$letters
  SUMMARY=${RUNS%/}/$time-$SUITE-$letters.summary.json
}

# ARGUMENTS goes first: it may hold @RUNS@ and @SUMMARY@.
fill_in_template() {
  local text field
  text=$(<"$TEMPLATE")
  for field in ARGUMENTS NAME SUMMARY "${settings[@]}"; do
    text=${text//"@$field@"/"${!field}"}
  done
  if [[ $text =~ @[A-Z_]+@ ]]; then
    die 2 "$TEMPLATE: expected only fields that are known here, got ${BASH_REMATCH[0]}; see run-benchmark.sh"
  fi
  printf '%s\n' "$text"
}

kube() {
  kubectl --namespace "$NAMESPACE" "$@"
}

delete_deployment() {
  local code=$?
  trap - EXIT
  trap '' INT TERM
  say "$NAME: deleting"
  if ! kube delete flinkdeployment "$NAME" --ignore-not-found --wait --timeout="${delete_seconds}s"; then
    printf 'error: %s: not deleted, it may hold a GPU; kubectl -n %s delete flinkdeployment %s\n' \
      "$NAME" "$NAMESPACE" "$NAME" >&2
    ((code != 0)) || code=3
  fi
  exit "$code"
}

# A signal ends a wait, but not a sleep.
pause() {
  sleep "$poll_seconds" &
  wait $!
}

# Prints job state|lifecycle|JobManager|error, each as the operator last saw it.
observe() {
  local fields='{.status.jobStatus.state}|{.status.lifecycleState}|{.status.jobManagerDeploymentStatus}|{.status.error}'
  kube get flinkdeployment "$NAME" --request-timeout=30s --output="jsonpath=$fields"
}

# Reads the summary, which the program writes when all cells are done or have failed.
read_summary() {
  summary=$(gcloud storage cat "$SUMMARY" 2>/dev/null)
}

note_failed_cells() {
  [[ $summary =~ \"failed\"\ *:\ *([0-9]+) ]] || die 1 "$NAME: expected a summary in $SUMMARY, got something else"
  if ((BASH_REMATCH[1] > 0)); then
    say "$NAME: ${BASH_REMATCH[1]} cells failed; see $SUMMARY" | tee "$failed_cells"
  fi
}

# Ends the script if the deployment, as just observed, can leave no results any more.
require_hope() {
  local why=${error:-its log says why}
  case $job in
    FAILED | CANCELED) die 1 "$NAME: expected the job to finish, got $job: $why" ;;
    FINISHED) finished=true ;;
    *) ! $finished || die 1 "$NAME: expected $SUMMARY, got a job that started over: $why" ;;
  esac
  [[ $lifecycle != FAILED && $manager != ERROR ]] ||
    die 1 "$NAME: expected it to run, got deployment ${lifecycle:-unknown}, JobManager ${manager:-unknown}: $why"
  if [[ $before == READY && $manager != READY ]] && ((++losses > losses_limit)); then
    die 1 "$NAME: expected the JobManager to stay, lost it $losses times: $why"
  fi
  before=$manager
}

# Returns when there is a summary. A finished job alone is not enough: a run is several jobs, and the operator knows one.
wait_for_summary() {
  local deadline=$((SECONDS + TIMEOUT_SECONDS)) unanswered=0 losses=0 finished=false before='' seen=''
  local status job lifecycle manager error
  while ((SECONDS < deadline)); do
    if status=$(observe); then
      unanswered=0
      IFS='|' read -r job lifecycle manager error <<<"${status//$'\n'/ }"
      if [[ $job/$lifecycle/$manager != "$seen" ]]; then
        seen=$job/$lifecycle/$manager
        say "$NAME: job ${job:-unknown}, deployment ${lifecycle:-unknown}, JobManager ${manager:-unknown}"
      fi
      require_hope
      if $finished && read_summary; then
        return
      fi
    elif ((++unanswered >= unanswered_limit)); then
      die 3 "$NAME: expected its status, got no answer $unanswered times in a row"
    fi
    pause
  done
  die 1 "$NAME: expected $SUMMARY within $TIMEOUT_SECONDS seconds, got none; ${seen:-no status was seen}"
}

require_settings
name_run
manifest=$(fill_in_template)
trap delete_deployment EXIT
trap 'die 1 "$NAME: expected to wait for the job, was told to stop"' INT TERM
kube create --filename=- <<<"$manifest" || die 3 "$NAME: expected Kubernetes to take the FlinkDeployment, it did not"
say "$NAME: created; its runs go to $RUNS"
wait_for_summary
note_failed_cells
say "$NAME: finished"
