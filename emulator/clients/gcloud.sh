#!/usr/bin/env bash
# Drives gcloud against an emulator, which it resets first: gcloud.sh http://127.0.0.1:9020
# Fails at the first answer that is not the expected one, otherwise prints one line a call.
set -euo pipefail

url=${1:?expected the REST address of an emulator}
region=us-central1
parent=projects/p/locations/$region
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT

# No settings and no credentials of this machine, and no proxy to this machine.
export CLOUDSDK_CONFIG=$work/config
export CLOUDSDK_CORE_PROJECT=p CLOUDSDK_AI_REGION=$region
export CLOUDSDK_AUTH_DISABLE_CREDENTIALS=true
export CLOUDSDK_API_ENDPOINT_OVERRIDES_AIPLATFORM=${url%/}/
export CLOUDSDK_CORE_DISABLE_PROMPTS=true CLOUDSDK_CORE_DISABLE_USAGE_REPORTING=true
export CLOUDSDK_COMPONENT_MANAGER_DISABLE_UPDATE_CHECK=true
export NO_PROXY=127.0.0.1,localhost no_proxy=127.0.0.1,localhost

fail() {
  echo "gcloud.sh: $1" >&2
  exit 1
}

# What gcloud says of a call goes to a file, and is shown if the call fails.
g() {
  gcloud "$@" </dev/null 2>"$work/said" || {
    cat -- "$work/said" >&2
    fail "gcloud $* has failed"
  }
}

# A call, what it answers, and what is expected.
same() {
  [ "$2" = "$3" ] || fail "$1: expected \"$3\", was \"$2\""
}

say() {
  printf '%-31s %s\n' "$1" "$2"
}

# A call that is refused: its line, the words that are expected in what gcloud says, and the call.
refused() {
  local line=$1 words=$2 text
  shift 2
  if gcloud "$@" </dev/null >"$work/answer" 2>"$work/said"; then
    fail "gcloud $* was not refused"
  fi
  text=$(grep '^ERROR: ' "$work/said") || fail "gcloud $* has failed without an error: $(<"$work/said")"
  [[ $text == *"$words"* ]] || fail "gcloud $*: expected \"$words\", was \"$text\""
  say "$line" "$words"
}

# Asks until the job is in this state: kind of jobs, name, state.
until_state() {
  local state i
  for ((i = 0; i < 60; i++)); do
    state=$(g ai "$1" describe "$2" --format='value(state)')
    [ "$state" != "$3" ] || return 0
  done
  fail "$2: expected $3, was $state"
}

# A call that gcloud does not have: method, path, body.
http() {
  curl -fsS -X "$1" --data-binary "$3" -- "${url%/}$2"
}

name_in() {
  sed -n 's/^{"name":"\([^"]*\)".*/\1/p' <<<"$1"
}

echo "gcloud $(g version --format='value("Google Cloud SDK")')"
http POST /_emulator/reset '' >/dev/null

# Jobs that go on until they are cancelled, paused or deleted: a call of gcloud takes longer than a job of the default scenario.
http PUT /_emulator/scenarios '
scenarios:
  - {name: endless, match: {displayName: "endless-*"}, steps: [ENQUEUE, START, hold]}
' >/dev/null

pool=machine-type=n1-standard-4,replica-count=1,container-image-uri=gcr.io/p/image
first=$(g ai custom-jobs create --display-name=first --labels=team=ml --worker-pool-spec="$pool" --format='value(name)')
[[ $first =~ ^$parent/customJobs/[0-9]+$ ]] || fail "custom-jobs create: $first"
grep -qF 'is submitted successfully' "$work/said" || fail "custom-jobs create: $(<"$work/said")"
say 'custom-jobs create' created

until_state custom-jobs "$first" JOB_STATE_SUCCEEDED
answer=$(g ai custom-jobs describe "${first##*/}" --format='value[separator=" "](
  name, displayName, labels.team, jobSpec.workerPoolSpecs[0].containerSpec.imageUri, state)')
same 'custom-jobs describe' "$answer" "$first first ml gcr.io/p/image JOB_STATE_SUCCEEDED"
times=$(g ai custom-jobs describe "$first" --format='value[separator="\n"](createTime, startTime, endTime)')
same 'custom-jobs describe' "$(grep -c '^20[0-9-]*T[0-9:.]*Z$' <<<"$times")" 3
same 'custom-jobs describe' "$times" "$(LC_ALL=C sort <<<"$times")"
say 'custom-jobs describe' JOB_STATE_SUCCEEDED

endless=$(g ai custom-jobs create --display-name=endless-1 --worker-pool-spec="$pool" --format='value(name)')
answer=$(g ai custom-jobs list --format='value[separator=" "](displayName, state)')
same 'custom-jobs list' "$answer" $'endless-1 JOB_STATE_RUNNING\nfirst JOB_STATE_SUCCEEDED'
say 'custom-jobs list' '2 jobs, the newest first'

answer=$(g beta ai custom-jobs list --format='value(name)')
same 'beta custom-jobs list' "$answer" "$endless"$'\n'"$first"
requests=$(http GET '/_emulator/requests?method=JobService.ListCustomJobs' '')
[[ $requests == *'"version":"v1beta1"'* ]] || fail 'beta custom-jobs list: not of v1beta1'
say 'beta custom-jobs list' '2 jobs, of v1beta1'

g ai custom-jobs cancel "$endless"
until_state custom-jobs "$endless" JOB_STATE_CANCELLED
say 'custom-jobs cancel' JOB_STATE_CANCELLED
refused 'custom-jobs cancel' FAILED_PRECONDITION ai custom-jobs cancel "$first"
refused 'custom-jobs describe' "NOT_FOUND: The CustomJob \"$parent/customJobs/1\" does not exist." ai custom-jobs describe 1

# gcloud asks for 100 jobs a page.
for ((i = 1; i <= 201; i++)); do
  echo '{"name":"projects/p/locations/europe-west4/customJobs/'"$i"'","state":"JOB_STATE_RUNNING"}'
done >"$work/jobs.jsonl"
http POST /_emulator/load "@$work/jobs.jsonl" >/dev/null
g ai custom-jobs list --region=europe-west4 --format='value(name.basename())' >"$work/ids"
same 'custom-jobs list' "$(<"$work/ids")" "$(seq 201 -1 1)"
requests=$(http GET '/_emulator/requests?method=JobService.ListCustomJobs' '')
same 'custom-jobs list' "$(grep -o '"pageToken"' <<<"$requests" | wc -l | tr -d ' ')" 2
say 'custom-jobs list' '201 jobs on 3 pages'

answer=$(http DELETE "/v1/$first" '')
operation=$(name_in "$answer")
answer=$(g ai operations describe "$operation" --format='value[separator=" "](name, done, error)')
same 'operations describe' "$answer" "$operation True "
say 'operations describe' 'done: the job is deleted'
refused 'custom-jobs describe' NOT_FOUND ai custom-jobs describe "$first"

cat >"$work/study.yaml" <<'YAML'
maxTrialCount: 4
parallelTrialCount: 2
studySpec:
  metrics:
  - {metricId: loss, goal: MINIMIZE}
  parameters:
  - parameterId: rate
    doubleValueSpec: {minValue: 0.001, maxValue: 0.1}
trialJobSpec:
  workerPoolSpecs:
  - machineSpec: {machineType: n1-standard-4}
    replicaCount: 1
    containerSpec: {imageUri: gcr.io/p/image}
YAML
study=$(g ai hp-tuning-jobs create --display-name=study --config="$work/study.yaml" --max-trial-count=3 --format='value(name)')
[[ $study =~ ^$parent/hyperparameterTuningJobs/[0-9]+$ ]] || fail "hp-tuning-jobs create: $study"
say 'hp-tuning-jobs create' created
until_state hp-tuning-jobs "$study" JOB_STATE_SUCCEEDED
answer=$(g ai hp-tuning-jobs list --format='value[separator=" "](name, displayName, state)')
same 'hp-tuning-jobs list' "$answer" "$study study JOB_STATE_SUCCEEDED"
say 'hp-tuning-jobs list' '1 job'
answer=$(g ai hp-tuning-jobs describe "$study" --format='value[separator=" "](
  maxTrialCount, parallelTrialCount, studySpec.metrics[0].goal, trialJobSpec.workerPoolSpecs[0].replicaCount, state)')
same 'hp-tuning-jobs describe' "$answer" '3 2 MINIMIZE 1 JOB_STATE_SUCCEEDED'
say 'hp-tuning-jobs describe' JOB_STATE_SUCCEEDED
study=$(g ai hp-tuning-jobs create --display-name=endless-2 --config="$work/study.yaml" --format='value(name)')
g ai hp-tuning-jobs cancel "$study"
until_state hp-tuning-jobs "$study" JOB_STATE_CANCELLED
say 'hp-tuning-jobs cancel' JOB_STATE_CANCELLED

# Not created by gcloud, which asks for the endpoint first.
answer=$(http POST "/v1/$parent/modelDeploymentMonitoringJobs" '{
  "displayName": "endless-3",
  "endpoint": "'"$parent"'/endpoints/1",
  "loggingSamplingStrategy": {"randomSampleConfig": {"sampleRate": 0.5}},
  "modelDeploymentMonitoringScheduleConfig": {"monitorInterval": "3600s"},
  "modelMonitoringAlertConfig": {"enableLogging": true, "emailAlertConfig": {"userEmails": ["a@example.com"]}},
  "modelDeploymentMonitoringObjectiveConfigs": [{"deployedModelId": "1", "objectiveConfig": {}}]
}')
monitor=$(name_in "$answer")
answer=$(g ai model-monitoring-jobs list --format='value(name)')
same 'model-monitoring-jobs list' "$answer" "$monitor"
say 'model-monitoring-jobs list' '1 job'
g ai model-monitoring-jobs pause "$monitor"
until_state model-monitoring-jobs "$monitor" JOB_STATE_PAUSED
say 'model-monitoring-jobs pause' JOB_STATE_PAUSED
g ai model-monitoring-jobs resume "$monitor"
until_state model-monitoring-jobs "$monitor" JOB_STATE_RUNNING
say 'model-monitoring-jobs resume' JOB_STATE_RUNNING
# A part of a field is changed, the rest of it stays.
g ai model-monitoring-jobs update "$monitor" --prediction-sampling-rate=0.7 --emails=b@example.com >/dev/null
answer=$(g ai model-monitoring-jobs describe "$monitor" --format='value[separator=" "](
  displayName, loggingSamplingStrategy.randomSampleConfig.sampleRate, modelMonitoringAlertConfig.enableLogging,
  modelMonitoringAlertConfig.emailAlertConfig.userEmails[0], state)')
same 'model-monitoring-jobs update' "$answer" 'endless-3 0.7 True b@example.com JOB_STATE_RUNNING'
say 'model-monitoring-jobs update' 'sample rate and mail address'
g ai model-monitoring-jobs delete "$monitor" >/dev/null
refused 'model-monitoring-jobs delete' NOT_FOUND ai model-monitoring-jobs describe "$monitor"
