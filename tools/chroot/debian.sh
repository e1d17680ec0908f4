#!/usr/bin/env bash
# Makes a fresh Debian of another release in a folder, and builds and tests the tree in it.
# SPDX-License-Identifier: MIT
#
#   tools/chroot/debian.sh [--dir DIR] [SUITE [COMMAND [ARG..]]]
#
# SUITE     trixie, forky, ...: a release that the mirror has; `stable` if none is named.
# --dir DIR keep the Debian in DIR, or use the one that is there; without it, all is removed again.
# COMMAND   runs in a copy of this tree, as root; if none is named, everything is built and tested
#           but what is tied to one version of clang (the layout, and clang-tidy).
#
# Exit code: that of COMMAND; 77 when this machine cannot do it (the reason is the last line of standard
# error); 1 when the Debian could not be made.
#
# What it needs: root, debootstrap, a Debian mirror (the one that apt is configured with), 4 GB of room,
# and leave to make namespaces (a default Docker container has none). The first time takes about four minutes
# before COMMAND starts: debootstrap, then ./faultline installs its packages, as it would for anybody.
#
# The copy lies in /root/NAME, NAME being the name of the tree's folder; it holds what git knows of, or
# would add, as it is now, changes that are not committed included. Its build/ stays when DIR is used again.
# Mounts are made, and processes run, in namespaces of their own, so neither outlives this script, however
# it ends. Several may use one DIR at a time, with trees of different names.
set -u -o pipefail

top=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd)
name=$(basename "$top")
default_command=(./faultline test -E '^house: clang')

say() { printf '%s\n' "debian.sh: $*" >&2; }
skip() { # REASON
    say "skipped: $1"
    exit 77
}
fail() { # WHAT
    say "$1"
    exit 1
}
usage() { # EXIT-CODE
    sed -n 's/^# \{0,1\}//; 5,14p' "${BASH_SOURCE[0]}" >&2
    exit "$1"
}

# --- 1. Inside: the second half, started by enter() in namespaces of its own

if [[ ${1-} == --inside ]]; then
    root=$2
    shift 2
    mount -t proc proc "$root/proc" && mount --rbind /sys "$root/sys" &&
        mount --rbind /dev "$root/dev" || fail "cannot mount proc, sys and dev in $root"
    # A process of its own, since the first one of a namespace ignores signals that it does not handle.
    trap 'exit 130' INT TERM HUP
    # shellcheck disable=SC2016 # the shell in the chroot reads it
    chroot "$root" /usr/bin/env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 \
        TERM="${TERM:-dumb}" ${http_proxy:+http_proxy="$http_proxy"} \
        /bin/sh -c 'cd "$1" && shift && exec "$@"' sh "/root/$name" "$@"
    exit
fi

# --- 2. What is asked for, and can it be done here?

directory=
while [[ ${1-} == -* ]]; do
    case $1 in
    --dir)
        directory=${2-}
        [[ $directory ]] || usage 2
        shift 2
        ;;
    --help | -h) usage 0 ;;
    *) usage 2 ;;
    esac
done
suite=${1:-stable}
[[ $# -gt 0 ]] && shift
command=("$@")
[[ $# == 0 ]] && command=("${default_command[@]}")

[[ $(id -u) == 0 ]] || skip "making another Debian needs root"
unshare --mount --pid --fork true 2>/dev/null ||
    skip "this machine gives no namespaces to mount in (unshare --mount --pid fails)"
git -C "$top" rev-parse 2>/dev/null || git -c safe.directory='*' -C "$top" rev-parse 2>/dev/null ||
    skip "the tree is no git repository, so what belongs to it is not known"

# Where apt gets Debian itself from (not its security updates): the first such source.
mirror() {
    apt-get indextargets --format '$(ORIGIN) $(LABEL) $(SITE)' 'Created-By: Packages' 2>/dev/null |
        sed -n 's|^Debian Debian \(https\{0,1\}://\)|\1|p' | head -n 1
}

# Sets `release` to the name of the suite, so that `stable` and its name of today are one.
find_release() {
    command -v debootstrap >/dev/null || skip "debootstrap is not installed (apt-get install debootstrap)"
    mirror=$(mirror)
    [[ $mirror ]] || skip "apt has no Debian mirror (or no lists: apt-get update), so there is none to use"
    eval "$(apt-config shell proxy Acquire::http::Proxy)"
    [[ ${proxy-} ]] && export http_proxy=$proxy
    release=$(wget -q -O - --tries=2 --timeout=20 "$mirror/dists/$suite/Release" |
        sed -n 's/^Codename: //p')
    [[ $release ]] || skip "the mirror $mirror does not answer, or has no Debian called $suite"
}

enough_room() { # FOLDER
    (($(df -Pk "$1" | awk 'END { print $4 }') > 4 * 1024 * 1024))
}

# --- 3. The Debian itself

# Two marks in the folder: that it is ours to clear, and that it was made to its end.
ours=.faultline-debian
made=.faultline-debian-made

make_debian() { # FOLDER
    [[ -z $(ls -A "$1") || -e $1/$ours ]] || fail "$1 holds something else, so no Debian is made there"
    find_release
    enough_room "$1" || skip "there are less than 4 GB of room in $1"
    say "making Debian $release in $1 ..."
    find "$1" -mindepth 1 -maxdepth 1 -exec rm -rf --one-file-system {} + # half a Debian
    : >"$1/$ours"
    local script=/usr/share/debootstrap/scripts/$release
    [[ -e $script ]] || script=/usr/share/debootstrap/scripts/sid # a release that is newer than this debootstrap
    debootstrap --variant=minbase --include=ca-certificates "$release" "$1" "$mirror" "$script" \
        >"$1.log" 2>&1 || {
        tail -n 20 "$1.log" >&2
        fail "debootstrap failed; all that it said is in $1.log"
    }
    # The name of the mirror may stand there, and a mirror may be older than it promises to be.
    cp /etc/hosts "$1/etc/hosts"
    echo 'Acquire::Check-Valid-Until "false";' >"$1/etc/apt/apt.conf.d/90mirror-may-lag"
    : >"$1/$made" # last: what is without it is half a Debian
}

# Everything but build/ is made anew; times stay, so that only what differs is built again.
copy_tree() { # FOLDER
    local copy=$1/root/$name
    mkdir -p "$copy" && find "$copy" -mindepth 1 -maxdepth 1 ! -name build -exec rm -rf {} +
    git -c safe.directory='*' -C "$top" ls-files -z --cached --others --exclude-standard |
        while IFS= read -r -d '' file; do
            [[ -e $top/$file || -L $top/$file ]] && printf '%s\0' "$file"
        done | tar -C "$top" --null --no-recursion -T - -cf - | tar -C "$copy" --no-same-owner -xf - ||
        fail "cannot copy the tree to $copy"
    git -C "$copy" init -q && git -C "$copy" add -A &&
        git -C "$copy" -c user.name=faultline -c user.email=faultline@localhost commit -q -m "the tree as it is" ||
        fail "cannot make a repository of $copy"
}

# In the background, so that a signal to this script ends it all at once; should the script be killed, the
# kernel ends the first process of the namespace, and with it all others and the mounts.
enter() { # FOLDER COMMAND..
    setpriv --pdeathsig KILL unshare --mount --pid --fork --kill-child \
        "${BASH_SOURCE[0]}" --inside "$@" <&0 8>&- &
    inside=$!
    wait "$inside"
}

# --- 4. All of it

inside=
temporary=
end() {
    [[ $inside ]] && kill -KILL "$inside" 2>/dev/null && wait "$inside" 2>/dev/null
    [[ $temporary ]] && rm -rf --one-file-system "$temporary" "$temporary".{log,lock}
}
trap end EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

if [[ $directory ]]; then
    mkdir -p "$directory" || fail "cannot make $directory"
    directory=$(readlink -f "$directory")
else
    directory=$(mktemp -d "${TMPDIR:-/tmp}/faultline-debian.XXXXXX") ||
        fail "cannot make a folder in ${TMPDIR:-/tmp}"
    temporary=$directory
fi

exec 9>"$directory.lock"
flock 9 # one at a time makes the Debian, or copies a tree into it
[[ -e $directory/$made ]] || make_debian "$directory"
exec 8>"$directory/root/$name.lock"
flock -u 9
if ! flock -n 8; then # held to the end: the copy is not changed under a command that runs in it
    say "another call works in /root/$name; waiting for it ..."
    flock 8
fi
flock 9
copy_tree "$directory"
exec 9>&-
say "in Debian $(cat "$directory/etc/debian_version"), /root/$name: ${command[*]}"
enter "$directory" "${command[@]}"
