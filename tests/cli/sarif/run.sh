#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh BUILD_FOLDER PROGRAM SAMPLES: validates SARIF reports against the SARIF 2.1.0 schema, which
# an npm package ships. Exit code 77: skipped, with the reason.
set -u
here=$(cd "$(dirname "$0")" && pwd)
build=$1

skip() {
    echo "SKIPPED: $1"
    exit 77
}

command -v node >/dev/null 2>&1 || skip "node is not installed."
node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 18 ? 0 : 1)' \
    || skip "node 18 or later is needed."
mkdir -p "$build" || exit 1
cp "$here/package.json" "$build/package.json" || exit 1
if ! [ -f "$build/node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json" ] \
    || ! [ -f "$build/node_modules/ajv/package.json" ]; then
    command -v npm >/dev/null 2>&1 || skip "npm is not installed."
    (cd "$build" && npm install --no-package-lock --no-audit --no-fund --ignore-scripts \
        --fetch-retries=1 --fetch-timeout=30000 --loglevel=error) \
        || skip "the SARIF schema cannot be had from the npm registry."
fi
exec node "$here/check.mjs" "$build" "$2" "$3"
