#!/usr/bin/env bash
# Runs what the archive holds on a machine with a GPU: the CUDA conformance tests, the samples on the CPU and on the device, and
# the benchmark. Needs no .NET. Results go into a folder.
#
#   ./run.sh [RESULTS] [DEVICE] [OPTIONS OF THE BENCHMARK...]
#
# RESULTS is ./results and DEVICE is gpu unless given.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
results=${1:-results} device=${2:-gpu}
shift $(($# < 2 ? $# : 2))
mkdir -p "$results"
results=$(cd "$results" && pwd)
export DOTNET_ROOT=$here/dotnet DOTNET_MULTILEVEL_LOOKUP=0 DOTNET_NOLOGO=1 NETDSL_DATA=$here/data
# Weights and caches go with the results, not where the archive lies.
cd "$results"

outcome=0
step() {
  local name=$1 started=$SECONDS
  shift
  echo "== $name"
  if "$here/dotnet/dotnet" "$@" 2>&1 | tee "$results/$name.txt"; then
    echo "== $name: $((SECONDS - started)) s"
  else
    echo "== $name failed after $((SECONDS - started)) s"
    outcome=1
  fi
}

if command -v nvidia-smi >/dev/null; then nvidia-smi >"$results/nvidia-smi.txt" 2>&1; fi

if [[ -d $here/tests ]]; then
  step conformance "$here/runner/NetDsl.Conformance.Runner.dll" "$here/tests/NetDsl.Conformance.Cuda.dll" --json conformance.json
fi

for on in cpu "$device"; do
  for sample in MnistMlp MnistCnn; do
    step "$sample-${on/:/-}" "$here/samples/$sample/$sample.dll" --device "$on" --limit 2000 --epochs 1 --seed 3 \
      --weights "$sample-${on/:/-}.safetensors" --json "$sample-${on/:/-}.json"
  done
done

step benchmark "$here/benchmarks/NetDsl.Benchmarks.dll" gpu --device "$device" --kernels --json benchmark.json "$@"
exit "$outcome"
