# What the scripts of this folder share; they source it. Every script may be called from anywhere.
# shellcheck shell=bash

set -euo pipefail

checkout=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
cd "$checkout"

export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PIP_ROOT_USER_ACTION=ignore

say() { printf '\n== %s\n' "$*"; }

fail() {
    printf '%s: %s\n' "$(basename "$0")" "$*" >&2
    exit 1
}

# Prefix for commands that need root: nothing, "sudo -n", or status 1 when neither works.
root_prefix() {
    if [ "$(id -u)" = 0 ]; then
        return 0
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        echo "sudo -n"
    else
        return 1
    fi
}

# system_install PACKAGE…: install Debian packages; status 1, with the command to type, when that
# cannot be done from here.
system_install() {
    local prefix log
    if ! command -v apt-get >/dev/null; then
        echo "This is no Debian or Ubuntu: install the equivalent of: $*" >&2
        return 1
    fi
    if ! prefix=$(root_prefix); then
        echo "Not root: run  sudo apt-get install --no-install-recommends $*" >&2
        return 1
    fi
    say "apt-get install $*"
    mkdir -p .cache
    log=.cache/apt.log
    # The lists may be missing or old; a failed update shows in the install.
    $prefix apt-get update >"$log" 2>&1 || true
    if ! $prefix env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
        -o DPkg::Lock::Timeout=300 "$@" >>"$log" 2>&1 </dev/null; then
        tail -n 20 "$log" >&2
        echo "apt-get could not install: $*" >&2
        return 1
    fi
}
