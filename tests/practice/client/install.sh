#!/bin/sh
# SPDX-License-Identifier: MIT
# install.sh BUILD_FOLDER: brings the client library into the build folder. Exit code 77: it cannot
# be had here, with the reason on standard output.
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
if ! grep -q '"version": "13.5.0"' "$build/node_modules/@hubspot/api-client/package.json" 2>/dev/null; then
    command -v npm >/dev/null 2>&1 || skip "npm is not installed."
    (cd "$build" && npm install --no-package-lock --no-audit --no-fund --ignore-scripts \
        --fetch-retries=1 --fetch-timeout=30000 --loglevel=error) \
        || skip "@hubspot/api-client 13.5.0 cannot be had from the npm registry."
fi
