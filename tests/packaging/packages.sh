#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Makes the Debian packages and checks what they hold, what they depend on, and that the unpacked
# programs start.
#   packages.sh BUILD_FOLDER
set -euo pipefail
build=$1
for tool in dpkg-deb dpkg-shlibdeps file; do
    command -v "$tool" >/dev/null || {
        echo "SKIP: $tool is not there (packages dpkg-dev and file)"
        exit 77
    }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cpack --config "$build/CPackConfig.cmake" -B "$work" >"$work/cpack.log" 2>&1 || {
    cat "$work/cpack.log"
    exit 1
}

fail() {
    echo "FAIL: $*"
    exit 1
}
package() {
    local found=("$work/$1"_*.deb)
    [ -f "${found[0]}" ] || fail "no package $1 was made"
    echo "${found[0]}"
}
holds() {
    grep -q " \./$2\$" <<<"$(dpkg-deb -c "$1")" || fail "$(basename "$1") lacks $2"
}

program=$(package hubkeeper)
cli=$(package hubkeeper-cli)

id=io.github.hubkeeper.Hubkeeper
for file in usr/bin/hubkeeper "usr/share/applications/$id.desktop" \
    "usr/share/metainfo/$id.metainfo.xml" "usr/share/icons/hicolor/scalable/apps/$id.svg" \
    "usr/share/icons/hicolor/128x128/apps/$id.png" usr/share/doc/hubkeeper/copyright \
    usr/share/man/man1/hubkeeper.1.gz usr/libexec/hubkeeper/hubkeeper-scripthost; do
    holds "$program" "$file"
done
for file in usr/bin/hubkeeper-cli usr/share/doc/hubkeeper-cli/copyright \
    usr/share/man/man1/hubkeeper-cli.1.gz \
    usr/share/bash-completion/completions/hubkeeper-cli \
    usr/libexec/hubkeeper-cli/hubkeeper-scripthost; do
    holds "$cli" "$file"
done

if grep -Ei 'gui|widgets|libx11|libgl|wayland|svg' <<<"$(dpkg-deb -f "$cli" Depends)"; then
    fail "the command line depends on a display library"
fi
grep -q libsodium <<<"$(dpkg-deb -f "$cli" Depends)" || fail "the command line lacks libsodium"
grep -q libqt6widgets6 <<<"$(dpkg-deb -f "$program" Depends)" || fail "the program lacks its libraries"

for deb in "$program" "$cli"; do
    dpkg-deb -x "$deb" "$work/root"
done
# Programs that hold secrets are hard to exploit.
hardened() {
    local program=$work/root/$1
    grep -q 'Type: *DYN' <<<"$(readelf -hW "$program")" || fail "$1 has a fixed place in memory"
    grep -q GNU_RELRO <<<"$(readelf -lW "$program")" || fail "$1 lacks RELRO"
    grep -qE 'BIND_NOW|NOW' <<<"$(readelf -dW "$program")" || fail "$1 resolves functions late"
    grep -q __stack_chk_fail <<<"$(readelf -W --dyn-syms "$program")" || fail "$1 lacks stack protection"
}
if grep -q '^HUBKEEPER_HARDEN:BOOL=ON' "$build/CMakeCache.txt" && command -v readelf >/dev/null; then
    for file in usr/bin/hubkeeper usr/bin/hubkeeper-cli usr/libexec/hubkeeper/hubkeeper-scripthost; do
        hardened "$file"
    done
fi
# Started as on a server: no display, no bus, a home of its own.
run() {
    env -i HOME="$work/home" PATH=/usr/bin:/bin LC_ALL=C.UTF-8 "$work/root/usr/bin/$@"
}
mkdir "$work/home"
run hubkeeper-cli --version | grep -q '^Hubkeeper ' || fail "hubkeeper-cli does not start"
run hubkeeper --version | grep -q '^Hubkeeper ' || fail "hubkeeper does not start"
for host in hubkeeper hubkeeper-cli; do
    task='{"text":"6 * 7","arguments":{},"configuration":{},"memory":134217728,"milliseconds":9000}'
    [ "$(run "../libexec/$host/hubkeeper-scripthost" <<<"$task")" = '{"end":{"value":42}}' ] \
        || fail "the process of a script of $host does not run"
done
run hubkeeper --help >/dev/null || fail "hubkeeper --help needs a display"
# Every option of the window's program is in its man page; the other one prints its own.
for option in $(run hubkeeper --help | grep -oE '^ +(-h,)?--[a-z-]+' | grep -oE '\-\-[a-z-]+'); do
    grep -q -- "$option" <<<"$(zcat "$work/root/usr/share/man/man1/hubkeeper.1.gz" | tr -d '\\')" \
        || fail "hubkeeper.1 lacks $option"
done
echo "packages: $(basename "$program"), $(basename "$cli")"
