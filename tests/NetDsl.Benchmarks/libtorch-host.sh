#!/usr/bin/env bash
# Prepares a private copy of the dotnet host that can load the native libraries of
# TorchSharp-cpu (libtorch 2.10 needs GLIBCXX_3.4.32; Debian 12 ships 3.4.30), and
# prints the path of a host that runs any framework-dependent .NET program with it:
#
#   host="$(libtorch-host.sh)"
#   "$host" path/to/NetDsl.Benchmarks.dll peers
#
# It downloads three packages of the next Debian release (libc6, libstdc++6, libgcc-s1)
# through the package sources this machine already has, and installs none of them.
# Where the system's libstdc++ is new enough it prints plain `dotnet`. A second call
# reuses the first's work until the installed SDK changes.
set -euo pipefail
system_lib="$(ldconfig -p | awk '!found && /libstdc\+\+\.so\.6 .*x86-64/ {found = 1; print $NF}')"
if grep -qa 'GLIBCXX_3\.4\.32' "$system_lib"; then command -v dotnet; exit 0; fi

dir="${NETDSL_PEER_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/netdsl-peer-host}"
host="$dir/dotnet/dotnet"
version="$(dotnet --version)"
if [ -x "$host" ] && [ "$(cat "$dir/version" 2>/dev/null)" = "$version" ]; then echo "$host"; exit 0; fi

rm -rf "$dir"; mkdir -p "$dir/apt/lists/partial" "$dir/apt/parts" "$dir/root"
log="$dir/setup.log"; exec 3>&1 1>"$log" 2>&1
trap 'echo "libtorch-host: set-up failed, see $log" >&3; exit 1' ERR
command -v patchelf || { apt-get update; apt-get install -y patchelf; }
awk 'BEGIN {RS=""; ORS="\n\n"} NR == 1' /etc/apt/sources.list.d/debian.sources |
  sed -E 's/^Suites:.*/Suites: trixie/' > "$dir/apt/parts/next.sources"
apt_next=(apt-get -o Dir::Etc::sourcelist=/dev/null -o Dir::Etc::sourceparts="$dir/apt/parts"
          -o Dir::State="$dir/apt" -o Dir::State::lists="$dir/apt/lists")
"${apt_next[@]}" update
(cd "$dir/apt" && "${apt_next[@]}" download libc6 libstdc++6 libgcc-s1 && for deb in *.deb; do dpkg -x "$deb" "$dir/root"; done)
lib="$dir/root/usr/lib/x86_64-linux-gnu"
cp -r "$(dirname "$(readlink -f "$(command -v dotnet)")")" "$dir/dotnet"
# The interpreter and a run path in this one binary, and no environment variable, so that
# child processes keep the system's own libraries.
patchelf --set-interpreter "$lib/ld-linux-x86-64.so.2" --force-rpath --set-rpath "$lib" "$host"
echo "$version" > "$dir/version"; echo "$host" >&3
