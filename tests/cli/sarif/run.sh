#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh BUILD_FOLDER PROGRAM SAMPLES: validates SARIF reports against the SARIF 2.1.0 schema, which
# an npm package ships. Exit code 77: skipped, with the reason.
set -u
here=$(cd "$(dirname "$0")" && pwd)
build=$1
. "$here/../../testkit/npm.sh"

need_node 18
use_packages "$build" "$here/package.json"
[ -f "$build/node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json" ] \
    && [ -f "$build/node_modules/ajv/package.json" ] \
    || install_packages "$build" "the SARIF schema"
exec node "$here/check.mjs" "$build" "$2" "$3"
