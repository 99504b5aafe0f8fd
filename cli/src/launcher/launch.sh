# shellcheck shell=bash disable=SC2154 # the launcher sets them
# Runs Java, for the launcher of a checkout and for that of a distribution. It takes from them:
#   needs   what to ask for if there is no Java
#   app     the folder of the jars
#   main    the class to run

fail() {
  echo "job-lifecycle: $1" >&2
  exit 2
}

if [ -n "${JAVA_HOME:-}" ]; then
  [[ $JAVA_HOME == /* ]] || export JAVA_HOME=$PWD/$JAVA_HOME
  java=$JAVA_HOME/bin/java
else
  java=$(command -v java) || java=
fi
[ -x "$java" ] || fail "needs $needs, 17 or later: set JAVA_HOME, or put java on the PATH"

# A JDK says in this file which one it is. Not every java has it: that of macOS, for one, is no more than a way to find another.
resolve "$java"
jvm=$resolved release=
if [[ $jvm == */bin/java ]] && [ -f "${jvm%/bin/java}/release" ]; then
  IFS= read -r -d '' release <"${jvm%/bin/java}/release" || true # it has no NUL to read up to
fi

check_java() {
  local text=$release version='JAVA_VERSION="([0-9]+)'
  if ! [[ $text =~ $version ]]; then
    version='version "([0-9]+)'
    text=$("$java" -version 2>&1) || fail "cannot run $java"
  fi
  if ! [[ $text =~ $version ]] || [ "${BASH_REMATCH[1]}" -lt 17 ]; then
    fail "needs $needs, 17 or later, and $java is older"
  fi
}

# One collector thread starts quicker. To name two collectors is an error, so one that was asked for stands alone.
case "${JOB_LIFECYCLE_OPTS:-} ${JAVA_TOOL_OPTIONS:-} ${JDK_JAVA_OPTIONS:-}" in
  *-XX:+Use*GC*) collector= ;;
  *) collector=-XX:+UseSerialGC ;;
esac

# An archive is what a check loads, in a form that the JVM takes as a whole. It is bound to the place of the jars and to this very
# JVM, so each has a folder of its own, named by a checksum: beside the jars, or in the cache of the user if nothing can be
# written there. The first run makes it. A folder without an archive says that this JVM makes none. Where no folder can be
# written, all goes on without.
#   $1   the jar that names the others
#   $2   the jobs to check: their findings are the sign that the JVM ended as it should
use_archive() {
  local name cache folder
  name=$({ printf '%s\n' "$app" "$jvm" "$release" && cat -- "$app"/job-lifecycle-*.jar; } | cksum)
  cache=${XDG_CACHE_HOME:-}
  if [[ $cache != /* ]]; then
    cache=
    [ ! -d "${HOME:-}" ] || cache=$HOME/.cache
  fi
  for folder in "$app/classes" ${cache:+"$cache/job-lifecycle"}; do
    archive=$folder/${name// /-}
    [ ! -d "$archive" ] || return 0
  done
  check_java
  for folder in "$app/classes" ${cache:+"$cache/job-lifecycle"}; do
    archive=$folder/${name// /-}
    ! make_archive "$1" "$2" || return 0
  done
}

# One of several first runs makes it, while the others go without; if that one was killed, another makes it ten minutes later. What
# is old is removed then: whoever needs it still makes it again. On a part of an archive a JVM crashes. So it is put in its place
# when the check has ended as it does, and its size is known from then on.
make_archive() {
  local status=0 part=$archive.part
  mkdir -p -- "${archive%/*}" 2>/dev/null || return 1
  find "${archive%/*}"/* -prune \( -name '*.part' -mmin +10 -o -mtime +90 \) -exec rm -rf -- {} + 2>/dev/null || true
  if ! mkdir -- "$part" 2>/dev/null; then
    [ -d "$archive" ] || { [ -d "$part" ] && [ -w "${archive%/*}" ]; }
    return
  fi
  # shellcheck disable=SC2064 # the value of now
  trap "rm -rf -- $(printf %q "$part")" EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
  # shellcheck disable=SC2086 # nothing if it is empty
  "$java" $collector "-XX:ArchiveClassesAtExit=$part/$$" -cp "$1" "$main" check "$2" </dev/null >/dev/null 2>&1 || status=$?
  if [ "$status" -eq 1 ] && [ -f "$part/$$" ]; then
    wc -c <"$part/$$" >"$part/classes.size"
    mv -- "$part/$$" "$part/classes.jsa"
  fi
  [ -d "$archive" ] || mv -- "$part" "$archive"
  rm -rf -- "$part"
  trap - EXIT HUP INT TERM
}

# Takes the place of the launcher.
#   $1   the class path
#   $2   options of this program for the JVM
#   the others are its arguments
launch() {
  local classpath=$1 options=$2 stdout=false stderr=false classes=(-Xshare:auto)
  shift 2
  # An archive that does not fit this JVM is passed over, and nothing is said of it.
  if [ -f "${archive:-}/classes.jsa" ] && [ -f "$archive/classes.size" ] \
    && [ "$(wc -c <"$archive/classes.jsa")" = "$(<"$archive/classes.size")" ]; then
    classes+=(-Xlog:disable "-XX:SharedArchiveFile=$archive/classes.jsa")
  fi
  [ ! -t 1 ] || stdout=true
  [ ! -t 2 ] || stderr=true
  set -f
  # shellcheck disable=SC2086 # options are parted by spaces
  exec "$java" $collector $options -XX:-UsePerfData "${classes[@]}" ${JOB_LIFECYCLE_OPTS:-} \
    "-Djob-lifecycle.terminal.stdout=$stdout" "-Djob-lifecycle.terminal.stderr=$stderr" \
    -cp "$classpath" "$main" "$@"
}
