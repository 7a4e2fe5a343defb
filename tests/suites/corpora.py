"""Replays every fuzz target's corpus in the asan build. Fails if there is none."""

import glob
import os
import subprocess
import sys

from totals import Total, write_total


def main():
    report = sys.argv[1] if len(sys.argv) > 1 else "build/reports/corpora"
    total = Total()
    programs = sorted(glob.glob("build/asan/fuzz_*_replay"))
    if not programs:
        print("no build/asan/fuzz_*_replay: were the fuzz targets built?")
        total.failed = 1
    for program in programs:
        name = os.path.basename(program).removeprefix("fuzz_").removesuffix("_replay")
        corpus = f"fuzz/corpus/{name}"
        inputs = len(os.listdir(corpus)) if os.path.isdir(corpus) else 0
        is_ok = inputs > 0 and subprocess.run([program, corpus], stdin=subprocess.DEVNULL,
                                              check=False).returncode == 0
        print(f"{name}: {inputs} inputs, {'ok' if is_ok else 'FAILED'}", flush=True)
        total.add(Total(1, 0) if is_ok else Total(0, 1))
    write_total(report, total)
    return 1 if total.failed else 0


if __name__ == "__main__":
    sys.exit(main())
