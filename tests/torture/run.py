"""Tortures the server on several stores at once: run.py --seconds 60 sqlite postgresql

HUBBUB_BINARY: the server, build/release/hubbub. What each run says goes to a file in the report's
folder, its end to the terminal. Exit status 1 when one of them was not clean.
"""

import argparse
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests/suites"))

from totals import Total, write_total  # noqa: E402

BINARY = os.path.join(ROOT, os.environ.get("HUBBUB_BINARY", "build/release/hubbub"))
# What a run may take beyond its time: its start, and until everybody has read to the end.
MORE_SECONDS = 240
LINES_SHOWN = 25


def start(store, seconds, report):
    log = open(os.path.join(report, f"{store}.log"), "w+", encoding="utf-8", errors="replace")
    command = [BINARY, "torture", "--seconds", str(seconds), "--store", store]
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log,
                            stderr=subprocess.STDOUT), log


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("stores", nargs="+", choices=["sqlite", "postgresql"])
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--report", default="build/reports/torture")
    options = parser.parse_args()
    report = os.path.abspath(options.report)
    os.makedirs(report, exist_ok=True)
    runs = {store: start(store, options.seconds, report) for store in options.stores}
    total = Total()
    for store, (process, log) in runs.items():
        try:
            status = process.wait(options.seconds + MORE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            status = "no end"
        log.seek(0)
        lines = log.read().splitlines()
        log.close()
        # The seed first, then what it was about.
        shown = lines[:1] + (lines[-4:] if status == 0 else lines[1:][-LINES_SHOWN:])
        print(f"{store}: exit status {status}\n  " + "\n  ".join(shown), flush=True)
        total.add(Total(1, 0) if status == 0 else Total(0, 1))
    write_total(report, total)
    return 1 if total.failed else 0


if __name__ == "__main__":
    sys.exit(main())
