#!/bin/sh
# SPDX-License-Identifier: MIT
# install.sh BUILD_FOLDER: brings the client library into the build folder. Exit code 77: it cannot
# be had here, with the reason on standard output.
set -u
here=$(cd "$(dirname "$0")" && pwd)
build=$1
. "$here/../../testkit/npm.sh"

need_node 18
use_packages "$build" "$here/package.json"
grep -q '"version": "13.5.0"' "$build/node_modules/@hubspot/api-client/package.json" 2>/dev/null \
    || install_packages "$build" "@hubspot/api-client 13.5.0"
