#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh BUILD_FOLDER SERVE_PROGRAM: installs the client library into the build folder and runs
# the checks against a practice portal. Exit code 77: skipped, with the reason.
set -u
here=$(cd "$(dirname "$0")" && pwd)
sh "$here/install.sh" "$1" || exit
exec node "$here/drive.mjs" "$1" "$2"
