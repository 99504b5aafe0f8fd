# shellcheck shell=bash disable=SC2034,SC2154 # the other parts of the launcher set and use them
# The rest of the launcher in a distribution, where everything is built.

needs=Java app=${home%/*}/lib main=org.joblifecycle.cli.Main

# shellcheck source=cli/src/launcher/launch.sh
. "$app/launch.sh"
use_archive "$app/job-lifecycle-cli.jar" "${home%/*}/examples/fleet.jsonl"
launch "$app/job-lifecycle-cli.jar" "" "$@"
