"""Runs every libFuzzer target of the fuzz preset for some minutes, one on each core at a time.

HUBBUB_FUZZ_SECONDS: how long each, 100. The corpus kept in fuzz/corpus/<name> is only read; what is
found goes to build/fuzz-corpus/<name>, and inputs that fail to build/fuzz-findings/.
"""

import concurrent.futures
import glob
import os
import re
import subprocess
import sys

from totals import Total, write_total

SECONDS = int(os.environ.get("HUBBUB_FUZZ_SECONDS", "100"))


def explore(program):
    """The target's name, whether it found nothing, and the end of what it said."""
    name = os.path.basename(program).removeprefix("fuzz_")
    grown, seeds = f"build/fuzz-corpus/{name}", f"fuzz/corpus/{name}"
    os.makedirs(grown, exist_ok=True)
    command = [program, f"-max_total_time={SECONDS}", "-timeout=10", "-rss_limit_mb=2048",
               f"-artifact_prefix=build/fuzz-findings/{name}-", "-print_final_stats=1", grown]
    if os.path.isdir(seeds):
        command.append(seeds)
    words = f"fuzz/dictionaries/{name}.dict"
    if os.path.isfile(words):
        command.append(f"-dict={words}")
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          errors="replace", timeout=SECONDS + 300, check=False)
    return name, done.returncode == 0, done.stderr


def main():
    report = sys.argv[1] if len(sys.argv) > 1 else "build/reports/fuzzing"
    programs = sorted(path for path in glob.glob("build/fuzz/fuzz_*")
                      if os.path.isfile(path) and os.access(path, os.X_OK))
    os.makedirs("build/fuzz-findings", exist_ok=True)
    total = Total(0, 0 if programs else 1)
    if not programs:
        print("no build/fuzz/fuzz_*: were the fuzz targets built?")
    print(f"{len(programs)} targets, {SECONDS} s each", flush=True)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for name, is_ok, said in pool.map(explore, programs):
            runs = re.search(r"number_of_executed_units: (\d+)", said)
            verdict = "ok" if is_ok else "FAILED"
            print(f"{name}: {runs[1] if runs else '?'} runs, {verdict}", flush=True)
            if not is_ok:
                print(said[-4000:], flush=True)
            total.add(Total(1, 0) if is_ok else Total(0, 1))
    write_total(report, total)
    return 1 if total.failed else 0


if __name__ == "__main__":
    sys.exit(main())
