# The audit of tuning jobs by an observer: how many jobs and snapshots there are, and how often each rule is broken. Times are
# microseconds.

def micros:
  if . == null then null
  else (.[0:19] + "Z" | fromdate) * 1000000 + (.[20:-1] + "000000" | .[0:6] | tonumber)
  end;

def job:
  {state, created: (.createTime | micros), started: (.startTime | micros), ended: (.endTime | micros),
   updated: (.updateTime | micros), error: (.error | if . then {code: (.code // 0), message: (.message // "")} else null end)};

def is_after(a; b): a != null and b != null and a - b >= 1000000;
def among(states): . as $state | any(states; "JOB_STATE_" + . == $state);
def is_terminal: among("SUCCEEDED", "FAILED", "CANCELLED", "EXPIRED", "PARTIALLY_SUCCEEDED");
def is_started: among("RUNNING", "UPDATING", "PAUSED", "SUCCEEDED", "PARTIALLY_SUCCEEDED");

# The rules of a snapshot, each with the fields that it reads.
def rules:
  {rule: "create-time-required", reads: [.created], broken: ((.state | among("UNSPECIFIED") | not) and .created == null)},
  {rule: "start-time-required", reads: [.started], broken: ((.state | is_started) and .started == null)},
  {rule: "start-time-premature", reads: [.started], broken: ((.state | among("UNSPECIFIED")) and .started != null)},
  {rule: "end-time-required", reads: [.ended],
   broken: (.ended == null and (.state | among("SUCCEEDED", "FAILED", "CANCELLED", "EXPIRED")))},
  {rule: "end-time-premature", reads: [.ended], broken: (.ended != null and (.state | is_terminal | not))},
  {rule: "error-unexpected", reads: [.error], broken: (.error != null and (.state | among("FAILED", "CANCELLED") | not))},
  {rule: "error-code-invalid", reads: [.error],
   broken: (.error != null and (.error.code < 1 or .error.code > 16 or ((.state | among("CANCELLED")) and .error.code != 1)))},
  {rule: "start-time-order", reads: [.created, .started], broken: is_after(.created; .started)},
  {rule: "end-time-order", reads: [.created, .started, .ended],
   broken: (is_after(.created; .ended) or is_after(.started; .ended))},
  {rule: "update-time-order", reads: [.created, .started, .ended, .updated],
   broken: (is_after(.created; .updated) or is_after(.started; .updated) or is_after(.ended; .updated))};

def changes($before):
  (select($before.state != .state and (($before.state | is_terminal) or (.state | among("UNSPECIFIED"))
     or (($before.state | among("CANCELLING")) and (.state | among("SUCCEEDED", "FAILED", "CANCELLED") | not))))
   | "transition-illegal"),
  (select($before.created != null and $before.created != .created) | "create-time-changed"),
  (select($before.started == null and .started != null
     and ($before.state | among("CANCELLING", "FAILED", "CANCELLED", "EXPIRED"))) | "start-time-premature"),
  (select($before.started != null and $before.started != .started
     and (.started == null or ($before.state | among("QUEUED", "PENDING", "CANCELLING") | not))) | "start-time-changed"),
  (select($before.ended != null and $before.ended != .ended) | "end-time-changed"),
  (select($before.error != null and $before.error != .error) | "error-changed");

def broken($before):
  if $before == null then rules | select(.broken) | .rule
  elif . == $before then empty
  else
    ([$before | rules] as $known
     | [rules]
     | to_entries[]
     | select(.value.broken and (($known[.key].broken | not) or $known[.key].reads != .value.reads))
     | .value.rule),
    changes($before)
  end;

# jq changes an object in its place only where nothing else can still see it. So one flat object holds both the jobs by
# name and the counts, and each job is taken out of an array, which leaves jq nothing to go back to.
reduce inputs as $line ({snapshots: 0};
  ([$line | job][0]) as $job
  | .[$line.name] as $before
  | .snapshots = .snapshots + 1
  | if $before != null and $before.updated != null and $job.updated != null and $job.updated < $before.updated
    then .["update-time-regressed"] = .["update-time-regressed"] + 1
    else
      reduce ($job | [broken($before)] | unique[]) as $rule (.; .[$rule] = .[$rule] + 1)
      | .[$line.name] = ($job | .updated //= $before.updated)
    end)
| . + {jobs: map(select(type == "object")) | length}
| to_entries[]
| select(.value | type == "number")
| "\(.key) \(.value)"
