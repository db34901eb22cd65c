#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Builds the tests of lifetimes, parsers, changes and windows with AddressSanitizer and UBSan and
# runs them, those that matter most first. What was not reached within the limit is named; only a
# test that ran and failed fails the script.
#   sanitizers.sh [SECONDS]    the limit; an hour if it is not given
set -euo pipefail
cd "$(dirname "$(realpath "$0")")/.."
limit=${1:-3600}

# Program and the label of its tests.
groups=(
    "tests_base base"
    "tests_changes changes"
    "tests_journal journal"
    "tests_ui_windows ui"
    "tests_portal portal"
    "tests_fuzz fuzz"
    "tests_provisioner provisioner"
    "tests_store store"
    "tests_tables tables"
    "tests_connector connector"
    "tests_script script"
    "tests_session session"
    "tests_secrets secrets"
)
export ASAN_OPTIONS=strict_string_checks=1:detect_stack_use_after_return=1
export UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1
export LSAN_OPTIONS=suppressions=$PWD/tests/lsan.supp:print_suppressions=0
export CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
export CCACHE_BASEDIR=$PWD

launcher=()
command -v ccache >/dev/null 2>&1 && launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
mkdir -p build
cmake --preset asan-ubsan "${launcher[@]}" >build/asan-ubsan.log 2>&1 || {
    cat build/asan-ubsan.log >&2
    exit 1
}
targets=$(cmake --build --preset asan-ubsan --target help)

missed=()
failed=()
ran=0

# within COMMAND...: runs it until the limit; 124 says that the limit came first.
within() {
    local left=$((limit - SECONDS))
    [ "$left" -gt 30 ] || return 124
    timeout "$left" "$@"
}

for group in "${groups[@]}"; do
    read -r program label <<<"$group"
    grep -qw "$program" <<<"$targets" || continue
    status=0
    within cmake --build --preset asan-ubsan --target "$program" >build/asan-ubsan.log 2>&1 ||
        status=$?
    if [ "$status" -eq 0 ]; then
        within ctest --preset asan-ubsan -L "^$label\$" || status=$?
    elif [ "$status" -ne 124 ]; then
        cat build/asan-ubsan.log >&2
    fi
    case $status in
    0) ran=$((ran + 1)) ;;
    124) missed+=("$label") ;;
    *) failed+=("$label") ;;
    esac
done

echo
echo "Under the sanitizers: $ran groups of tests passed."
[ ${#missed[@]} -eq 0 ] || echo "NOT REACHED within $limit seconds: ${missed[*]}"
if [ ${#failed[@]} -gt 0 ]; then
    echo "Failed: ${failed[*]}"
    exit 1
fi
