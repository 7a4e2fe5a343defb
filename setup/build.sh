#!/bin/bash
# Builds targets of one CMake preset, all when none is named: setup/build.sh release hubbub
# Configures once; ninja configures again by itself when a CMake file or the set of sources changes.
set -euo pipefail
cd "$(dirname "$0")/.."
preset=$1
shift
if [ ! -f "build/$preset/build.ninja" ]; then
  echo "configuring build/$preset"
  cmake --preset "$preset" -Wno-dev
fi
ninja -C "build/$preset" "$@"
