# shellcheck shell=bash disable=SC2034,SC2154 # the other parts of the launcher set and use them
# The rest of the launcher in a checkout: builds the command line when there is no build yet or its sources have changed.

needs='a JDK'
# shellcheck source=cli/src/launcher/launch.sh
. "$home/cli/src/launcher/launch.sh"

# The emulator and the audit on Flink are programs of their own, since they need much that the others do not.
module=cli main=org.joblifecycle.cli.Main what='the command line' parts=(core transitions json cli)
case "${1:-}" in
  emulator)
    shift
    module=emulator main=org.joblifecycle.emulator.command.EmulatorCommand what='the emulator'
    parts=(core transitions json emulator)
    ;;
  flink)
    shift
    module=flink main=org.joblifecycle.flink.command.LocalCommand what='the audit on Flink'
    parts=(core transitions json cli flink)
    ;;
esac
jar=job-lifecycle-$module.jar
sources=()
for part in "${parts[@]}"; do
  sources+=("$home/$part"/{pom.xml,src/main})
done

# Finished builds lie side by side in here, and the file 'current' names the one to run. It is replaced in one step:
# however many runs build at the same time, each of them runs a whole build.
builds=$home/target/launcher
[ "$module" = cli ] || builds=$builds-$module

# The stamp is as old as the start of the build.
find_build() {
  app=
  [ -f "$builds/current" ] && read -r app <"$builds/current" && app=$builds/$app && [ -f "$app/stamp" ] && [ -f "$app/$jar" ]
}

# A deleted file shows as a change of its folder.
is_fresh() {
  local changed
  changed=$(find "$home/pom.xml" "${sources[@]}" -newer "$app/stamp" 2>/dev/null) && [ -z "$changed" ]
}

build() {
  local work id
  check_java
  echo "job-lifecycle: building $what ($1)..." >&2
  mkdir -p -- "$builds" || fail "cannot write to $home"
  work=$(mktemp -d "$builds.XXXXXX") || fail "cannot write to $home"
  # shellcheck disable=SC2064 # the value of now
  trap "rm -rf -- $(printf %q "$work")" EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM

  : >"$work/stamp"
  if ! (cd -- "$home" && ./mvnw -q -B -Dquick "-Dquick.directory=$work" -pl "$module" -am package) \
    </dev/null >"$work/log" 2>&1; then
    cat -- "$work/log" >&2
    fail "the build failed"
  fi
  mv -- "$work/job-lifecycle-$module/lib" "$work/app"
  mv -- "$work/job-lifecycle-$module/$jar" "$work/stamp" "$work/app/"

  id=${work##*.}
  echo "$id" >"$work/current"
  mv -- "$work/app" "$builds/$id"
  mv -f -- "$work/current" "$builds/current"

  # What was replaced may still be running: it goes when a day has passed.
  [ ! -d "$app" ] || : >"$app/replaced"
  app=$builds/$id
  find "$builds"/* "$builds".* -prune -type d -mtime +0 -exec rm -rf -- {} + 2>/dev/null || true

  rm -rf -- "$work"
  trap - EXIT HUP INT TERM
}

if ! find_build; then
  build "first use"
elif ! is_fresh; then
  build "sources changed"
fi

case $module in
  cli)
    use_archive "$app/$jar" "$home/docs/examples/fleet.jsonl"
    launch "$app/$jar" "" "$@"
    ;;
  emulator)
    check_java
    launch "$app/$jar" "" "$@"
    ;;
  flink)
    check_java
    # The jar of the audit on Flink names no others, since a cluster has its own.
    # A JDK of 24 or later warns of what Flink does; an older one does not know these options.
    launch "$app/$jar:$app/*" \
      '-XX:+IgnoreUnrecognizedVMOptions --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED' "$@"
    ;;
esac
