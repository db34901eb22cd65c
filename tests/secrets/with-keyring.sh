#!/bin/sh
# SPDX-License-Identifier: MIT
# with-keyring.sh COMMAND [ARGUMENT...]: runs the command on a session bus of its own with a Secret
# Service that is unlocked and empty. Nothing of the user's own keyring is seen or touched, nothing
# asks anything, and all traces are removed at the end.
set -eu

if [ "${1-}" != "--inside" ]; then
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT INT TERM
    mkdir -m 700 "$folder/run" "$folder/home" "$folder/data" "$folder/cache" "$folder/config"
    unset DBUS_SESSION_BUS_ADDRESS DISPLAY WAYLAND_DISPLAY GNOME_KEYRING_CONTROL
    HOME=$folder/home XDG_RUNTIME_DIR=$folder/run XDG_DATA_HOME=$folder/data \
        XDG_CACHE_HOME=$folder/cache XDG_CONFIG_HOME=$folder/config \
        dbus-run-session -- "$0" --inside "$@"
    exit $?
fi

shift
# A password of one line break makes the login keyring, which becomes the default one, and opens it.
printf '\n' | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1

# Asking the service itself too early would make the bus start a second one.
is_up() {
    dbus-send --session --print-reply=literal --dest=org.freedesktop.DBus / \
        org.freedesktop.DBus.NameHasOwner string:org.freedesktop.secrets | grep -q true &&
        dbus-send --session --print-reply=literal --dest=org.freedesktop.secrets \
            /org/freedesktop/secrets org.freedesktop.Secret.Service.ReadAlias string:default |
        grep -q collection
}
tries=0
until is_up 2>/dev/null; do
    tries=$((tries + 1))
    if [ "$tries" -gt 50 ]; then
        echo "with-keyring.sh: no keyring was opened" >&2
        exit 99
    fi
    sleep 0.1
done
status=0
"$@" || status=$?
exit "$status"
