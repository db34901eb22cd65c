# SPDX-License-Identifier: MIT
# What Hubkeeper needs, and how to get it. Sourced by ./run and ./test; changes nothing by itself.

build_packages() {
    local svg=libqt6svg6-dev
    apt-cache show qt6-svg-dev >/dev/null 2>&1 && svg=qt6-svg-dev
    echo "g++ cmake ninja-build ccache qt6-base-dev qt6-declarative-dev qt6-tools-dev" \
        "qt6-tools-dev-tools qt6-l10n-tools $svg qtkeychain-qt6-dev libexpected-dev" \
        "libcli11-dev libsimdjson-dev libsqlitecpp-dev libsqlite3-dev libssl-dev" \
        "pkg-config libzip-dev libuchardet-dev libicu-dev libxlsxwriter-dev" \
        "libsodium-dev libphonenumber-dev libpsl-dev"
}

# The tour and the tests: fonts for the offscreen platform, a real keychain, validators.
run_packages() {
    echo "fonts-dejavu-core fonts-noto-core fonts-wqy-microhei dbus-daemon gnome-keyring"
}

test_packages() {
    echo "$(run_packages) openssl tinyproxy-bin nginx-light desktop-file-utils appstream" \
        "dpkg-dev file zsh fish"
}

ci_packages() {
    echo "git clang-format clang-tidy $(npm_packages)"
}

# npm as others package it brings a node of its own, which Debian's would replace.
npm_packages() {
    command -v npm >/dev/null 2>&1 || echo npm
}

# need PACKAGE...: installs what is missing with apt; elsewhere says what is needed and stops.
need() {
    if ! command -v apt-get >/dev/null 2>&1; then
        cat >&2 <<END
This system has no apt. Please install, under its own names, what these Debian packages hold:
  $*
and then build with:
  cmake --preset release && cmake --build --preset release
END
        exit 1
    fi
    local missing=()
    for package in "$@"; do
        dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed \
            || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return
    echo "Installing: ${missing[*]}"
    local root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null 2>&1 || {
            echo "Please install these packages as root, then run this again: ${missing[*]}" >&2
            exit 1
        }
        root=(sudo)
    fi
    "${root[@]}" apt-get update -qq
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# build TARGET...: configures and builds the preset "checked" in build/checked.
build() {
    local launcher=()
    if command -v ccache >/dev/null 2>&1; then
        launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
        export CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
        export CCACHE_BASEDIR=$PWD
    fi
    echo "Configuring (log: build/configure.log)"
    mkdir -p build
    cmake --preset checked "${launcher[@]}" >build/configure.log 2>&1 || {
        cat build/configure.log >&2
        exit 1
    }
    echo "Building"
    cmake --build --preset checked --target "$@"
}
