#!/usr/bin/env bash
# Calls the emulator with gcloud, unchanged, and fails if an answer is wrong: gcloud.sh URL
set -euo pipefail
url=$1
CLOUDSDK_CONFIG=$(mktemp -d)
export CLOUDSDK_CONFIG
trap 'rm -rf -- "$CLOUDSDK_CONFIG"' EXIT
export CLOUDSDK_AUTH_DISABLE_CREDENTIALS=true CLOUDSDK_CORE_PROJECT=p CLOUDSDK_AI_REGION=us-central1
export CLOUDSDK_API_ENDPOINT_OVERRIDES_AIPLATFORM=$url/ CLOUDSDK_CORE_DISABLE_PROMPTS=1

expect() {
  printf '%-40s %s\n' "$1" "$3"
  [ "$3" = "$2" ] || {
    echo "expected $2" >&2
    exit 1
  }
}
# What it tells people is shown if it fails.
quietly() {
  "$@" 2>"$CLOUDSDK_CONFIG/err" || {
    cat -- "$CLOUDSDK_CONFIG/err" >&2
    return 1
  }
}
ai() {
  quietly gcloud --quiet --verbosity=error ai "$@"
}
advance() {
  curl -sS --fail -d "{\"by\": \"$1\"}" "$url/_emulator/clock:advance" >/dev/null
}
pool=machine-type=n1-standard-4,replica-count=1,container-image-uri=gcr.io/p/train:1

job=$(ai custom-jobs create --display-name=train --labels=team=ml --worker-pool-spec=$pool --format='value(name)')
expect "custom-jobs create, describe" JOB_STATE_PENDING "$(ai custom-jobs describe "$job" --format='value(state)')"
advance 1m
expect "custom-jobs describe" JOB_STATE_SUCCEEDED "$(ai custom-jobs describe "$job" --format='value(state)')"
other=$(ai custom-jobs create --display-name=other --worker-pool-spec=$pool --format='value(name)')
ai custom-jobs cancel "$other"
advance 5s
expect "custom-jobs cancel" JOB_STATE_CANCELLED "$(ai custom-jobs describe "$other" --format='value(state)')"
expect "custom-jobs list" "other train" "$(ai custom-jobs list --format='value(displayName)' | paste -sd' ')"
expect "custom-jobs list --filter" train "$(ai custom-jobs list --filter=labels.team=ml --format='value(displayName)')"
expect "beta custom-jobs list" "other train" \
  "$(quietly gcloud --quiet --verbosity=error beta ai custom-jobs list --format='value(displayName)' | paste -sd' ')"

study=$(mktemp)
cat >"$study" <<'YAML'
studySpec:
  metrics: [{metricId: loss, goal: MINIMIZE}]
  parameters: [{parameterId: rate, doubleValueSpec: {minValue: 0.1, maxValue: 1}}]
trialJobSpec:
  workerPoolSpecs:
  - {machineSpec: {machineType: n1-standard-4}, replicaCount: 1, containerSpec: {imageUri: "gcr.io/p/train:1"}}
YAML
tuning=$(ai hp-tuning-jobs create --display-name=study --config="$study" --max-trial-count=2 --parallel-trial-count=1 --format='value(name)')
rm -f -- "$study"
advance 1m
expect "hp-tuning-jobs create, describe" JOB_STATE_SUCCEEDED "$(ai hp-tuning-jobs describe "$tuning" --format='value(state)')"
expect "hp-tuning-jobs list" study "$(ai hp-tuning-jobs list --format='value(displayName)')"

operation=$(curl -sS --fail -X DELETE "$url/v1/$job" | sed -n 's/.*"name":"\([^"]*\)".*/\1/p')
expect "operations describe" True "$(ai operations describe "$operation" --format='value(done)')"
expect "custom-jobs describe, of a deleted one" "NOT_FOUND: The CustomJob \"$job\" does not exist." \
  "$(ai custom-jobs describe "$job" 2>&1 | tr '\n' ' ' | sed -n 's/.*\(NOT_FOUND: The CustomJob "[^"]*" does not exist\.\).*/\1/p')"
