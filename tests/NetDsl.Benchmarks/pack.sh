#!/usr/bin/env bash
# Packs what a machine with a GPU and without .NET needs into artifacts/netdsl-gpu-linux-x64.tar.xz: the .NET runtime of this
# machine, the benchmarks, the samples, the CUDA conformance tests with a runner, MNIST, and run.sh, which runs all of it.
# Every application is published for the shared runtime that goes with it, so it runs as it does in development: ILGPU can be
# neither trimmed nor compiled ahead of time, and the tests compile against the files of a framework.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

if [[ "$(uname -s) $(uname -m)" != "Linux x86_64" ]]; then
  echo "error: the archive holds this machine's runtime and is for linux-x64; this is $(uname -s) $(uname -m)" >&2
  exit 1
fi

name=netdsl-gpu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/$name
mkdir -p "$root" artifacts

publish() {
  local project=$1 folder=$root/$2
  shift 2
  echo "== $project"
  dotnet publish "$project" "$@" -c Release -v quiet --no-self-contained -p:UseAppHost=false -p:DebugType=none -o "$folder"
  # Documentation for editors.
  find "$folder" -maxdepth 1 -name '*.xml' -delete
}

# Without TorchSharp and ONNX Runtime, which are peers on a CPU and larger than all the rest.
publish tests/NetDsl.Benchmarks benchmarks -p:Peers=false
publish samples/02-MnistMlp samples/MnistMlp
publish samples/03-MnistCnn samples/MnistCnn
if [[ -d tests/NetDsl.Conformance.Cuda ]]; then
  publish tests/NetDsl.Conformance.Runner runner
  publish tests/NetDsl.Conformance.Cuda tests
  # Collectors of code coverage for every system.
  find "$root/tests" -mindepth 1 -maxdepth 1 -type d -exec rm -rf {} +
fi

# "Microsoft.NETCore.App 10.0.1 [/folder/shared/Microsoft.NETCore.App]": the newest of the version that was compiled for.
read -r version shared < <(dotnet --list-runtimes | sed -n 's/^Microsoft\.NETCore\.App \(10\.[0-9.]*\) \[\(.*\)\]$/\1 \2/p' | sort -V | tail -1) || {
  echo "error: 'dotnet --list-runtimes' names no runtime of .NET 10" >&2
  exit 1
}
runtime=$(dirname "$(dirname "$shared")")
mkdir -p "$root/dotnet/host/fxr" "$root/dotnet/shared/Microsoft.NETCore.App"
cp "$runtime/dotnet" "$runtime/LICENSE.txt" "$runtime/ThirdPartyNotices.txt" "$root/dotnet/"
cp -r "$runtime/host/fxr/$version" "$root/dotnet/host/fxr/"
cp -r "$shared/$version" "$root/dotnet/shared/Microsoft.NETCore.App/"

mkdir -p "$root/data"
cp -r samples/data/mnist "$root/data/"
cp tests/NetDsl.Benchmarks/run.sh LICENSE "$root/"

archive=artifacts/$name-linux-x64.tar.xz
# In an order that does not depend on the file system, owned by nobody in particular.
tar --create --directory "$work" --sort=name --owner=0 --group=0 --numeric-owner "$name" | xz -9 --threads=1 >"$archive"

bytes=$(stat -c %s "$archive")
echo "$archive: $((bytes / 1048576)) MiB, runtime $version"
if ((bytes >= 64 << 20)); then
  echo "error: the archive has to stay below 64 MiB" >&2
  exit 1
fi
