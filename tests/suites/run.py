"""Runs the groups of `make test` or `make soak` one after the other, each to its end.

A group that fails does not stop the later ones. The time of each group is printed, and as the last
line how many tests passed and failed. Reports go to build/reports/<suite>/<group>/.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time

import groups
from totals import Total, read_total, write_total

REPOSITORY = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(REPOSITORY, "tests"))


def run_command(command, report, environment):
    """One command, its output on the terminal as it comes. True when it exits with 0."""
    filled = [word.replace("{report}", report) for word in command]
    print("$ " + " ".join(filled), flush=True)
    try:
        status = subprocess.run(filled, cwd=REPOSITORY, stdin=subprocess.DEVNULL,
                                env={**os.environ, **environment}).returncode
    except OSError as error:
        print(f"{filled[0]}: {error.strerror}", flush=True)
        return False
    if status != 0:
        print(f"exit code {status}: {' '.join(filled)}", flush=True)
    return status == 0


def run_group(group, report):
    shutil.rmtree(report, ignore_errors=True)
    os.makedirs(report)
    environment = {name: value.replace("{report}", report)
                   for name, value in group.environment.items()}
    is_ok = True
    for command in group.commands:
        if not run_command(command, report, environment):
            is_ok = False
            break
    total = read_total(report)
    if not is_ok and total.failed == 0:
        total.failed = 1  # a build, or a runner that ended before its report
    if is_ok and total.passed == 0 and total.failed == 0:
        total.passed = 1  # a build: nothing to count
    return total


def services_of(wanted):
    """What the groups need, in the order in which it is started."""
    needed = {name for group in wanted for name in group.services}
    return [name for name in groups.ALL_SERVICES if name in needed]


@contextlib.contextmanager
def services_running(wanted):
    """One start for all groups; told by the environment, which they inherit."""
    names = services_of(wanted)
    if not names:
        yield
        return
    print("\n=== services", flush=True)
    from harness import services  # needs what only they need
    # A suite that is ended stops them too, as with Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with services.running(names) as environment:
        os.environ.update(environment)
        yield


def run_groups(suite, wanted):
    reports = os.path.join(REPOSITORY, "build/reports", suite)
    lines, sum_of_all = [], Total()
    began = time.monotonic()
    for group in wanted:
        print(f"\n=== {suite}: {group.name}", flush=True)
        start = time.monotonic()
        total = run_group(group, os.path.join(reports, group.name))
        sum_of_all.add(total)
        verdict = "FAILED" if total.failed else "ok"
        lines.append(f"{group.name:22} {time.monotonic() - start:6.0f} s  "
                     f"{total.passed:6} passed {total.failed:4} failed  {verdict}")
        print("--- " + lines[-1], flush=True)
    print(f"\n=== {suite}: {time.monotonic() - began:.0f} s in all")
    print("\n".join(lines))
    write_total(reports, sum_of_all)
    print(f"{sum_of_all.passed} passed, {sum_of_all.failed} failed")
    return 1 if sum_of_all.failed or not lines else 0


def main():
    suite = sys.argv[1]
    names = sys.argv[2:]
    wanted = [group for group in groups.SUITES[suite] if not names or group.name in names]
    with services_running(wanted):
        return run_groups(suite, wanted)


if __name__ == "__main__":
    sys.exit(main())
