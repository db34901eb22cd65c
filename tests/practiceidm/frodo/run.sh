#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh BUILD_FOLDER HUBKEEPER_CLI: installs frodo-lib into the build folder and runs the checks
# against a practice IDM. Exit code 77: skipped, with the reason.
set -u
here=$(cd "$(dirname "$0")" && pwd)
build=$1
. "$here/../../testkit/npm.sh"

need_node 18
use_packages "$build" "$here/package.json"
grep -q '"version": "3.3.3"' "$build/node_modules/@rockcarver/frodo-lib/package.json" 2>/dev/null \
    || install_packages "$build" "@rockcarver/frodo-lib 3.3.3"
# What it keeps of connections and tokens stays here.
mkdir -p "$build/home"
HOME=$build/home FRODO_NO_CACHE=1 exec node "$here/drive.mjs" "$build" "$2"
