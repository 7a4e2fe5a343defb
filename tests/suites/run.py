"""Runs the groups of `make test` or `make soak` one after the other, each to its end.

A group that fails does not stop the later ones. One that is mostly waiting runs beside those that
follow it; what it says is printed when it has ended. The time of each group is printed, and as the
last line how many tests passed and failed. Reports go to build/reports/<suite>/<group>/.
"""

import concurrent.futures
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


def run_command(command, report, environment, output):
    """One command; what it says goes to `output` as it comes. True when it exits with 0."""
    filled = [word.replace("{report}", report) for word in command]
    print("$ " + " ".join(filled), file=output, flush=True)
    try:
        status = subprocess.run(filled, cwd=REPOSITORY, stdin=subprocess.DEVNULL, stdout=output,
                                stderr=output, env={**os.environ, **environment}).returncode
    except OSError as error:
        print(f"{filled[0]}: {error.strerror}", file=output, flush=True)
        return False
    if status != 0:
        print(f"exit code {status}: {' '.join(filled)}", file=output, flush=True)
    return status == 0


def run_group(group, report, output):
    """The group's total, and how many seconds it took."""
    start = time.monotonic()
    environment = {name: value.replace("{report}", report)
                   for name, value in group.environment.items()}
    is_ok = True
    for command in group.commands:
        if not run_command(command, report, environment, output):
            is_ok = False
            break
    total = read_total(report)
    if not is_ok and total.failed == 0:
        total.failed = 1  # a build, or a runner that ended before its report
    if is_ok and total.passed == 0 and total.failed == 0:
        total.passed = 1  # a build: nothing to count
    return total, time.monotonic() - start


class GroupBeside:
    """A group that runs while others do."""

    def __init__(self, group, report):
        self.group = group
        self._said = os.path.join(report, "output")
        self._pool = concurrent.futures.ThreadPoolExecutor(1)
        self._result = self._pool.submit(self._run, group, report)

    def _run(self, group, report):
        with open(self._said, "w", encoding="utf-8") as output:
            return run_group(group, report, output)

    def wait(self):
        result = self._result.result()
        self._pool.shutdown()
        with open(self._said, encoding="utf-8", errors="replace") as said:
            print(said.read(), end="", flush=True)
        return result


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


class Books:
    """What each group came to."""

    def __init__(self):
        self.lines, self.sum = [], Total()

    def enter(self, group, total, seconds):
        self.sum.add(total)
        verdict = "FAILED" if total.failed else "ok"
        beside = " (beside others)" if group.is_beside else ""
        self.lines.append(f"{group.name:22} {seconds:6.0f} s  {total.passed:6} passed "
                          f"{total.failed:4} failed  {verdict}{beside}")
        print("--- " + self.lines[-1], flush=True)


def run_groups(suite, wanted):
    reports = os.path.join(REPOSITORY, "build/reports", suite)
    books, beside = Books(), []
    began = time.monotonic()
    for group in wanted:
        report = os.path.join(reports, group.name)
        shutil.rmtree(report, ignore_errors=True)
        os.makedirs(report)
        print(f"\n=== {suite}: {group.name}", flush=True)
        if group.is_beside:
            print("runs beside those that follow", flush=True)
            beside.append(GroupBeside(group, report))
        else:
            books.enter(group, *run_group(group, report, sys.stdout))
    for running in beside:
        print(f"\n=== {suite}: {running.group.name}", flush=True)
        books.enter(running.group, *running.wait())
    print(f"\n=== {suite}: {time.monotonic() - began:.0f} s in all")
    print("\n".join(books.lines))
    write_total(reports, books.sum)
    print(f"{books.sum.passed} passed, {books.sum.failed} failed")
    return 1 if books.sum.failed or not books.lines else 0


def main():
    suite = sys.argv[1]
    names = sys.argv[2:]
    wanted = [group for group in groups.SUITES[suite] if not names or group.name in names]
    with services_running(wanted):
        return run_groups(suite, wanted)


if __name__ == "__main__":
    sys.exit(main())
