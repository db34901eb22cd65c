# SPDX-License-Identifier: MIT
# npm.sh: sourced by tests that need node and packages of the npm registry. Where they cannot be had
# the script ends with code 77, which ctest shows as skipped, and the reason on standard output; with
# HUBKEEPER_NPM_NEEDED=1, as in .ci/run, that is a failure.

skip() {
    if [ "${HUBKEEPER_NPM_NEEDED:-0}" = 1 ]; then
        echo "FAILED: $1"
        exit 1
    fi
    echo "SKIPPED: $1"
    exit 77
}

# need_node MAJOR: node of that version or later.
need_node() {
    command -v node >/dev/null 2>&1 || skip "node is not installed."
    node -e "process.exit(Number(process.versions.node.split('.')[0]) >= $1 ? 0 : 1)" \
        || skip "node $1 or later is needed."
}

# use_packages FOLDER PACKAGE_JSON: the folder is there, with that list of packages.
use_packages() {
    mkdir -p "$1" && cp "$2" "$1/package.json" || exit 1
}

# install_packages FOLDER WHAT: brings the packages of its list into the folder.
install_packages() {
    command -v npm >/dev/null 2>&1 || skip "npm is not installed."
    (cd "$1" && npm install --no-package-lock --no-audit --no-fund --ignore-scripts \
        --fetch-retries=1 --fetch-timeout=30000 --loglevel=error) \
        || skip "$2 cannot be had from the npm registry."
}
