#!/usr/bin/env python3
"""The WebSocket conformance suite (Autobahn's cases, run by kosoku) against echo_server.

    build/venv/bin/python tests/conformance/run.py --server build/release/echo_server

Left out: group 9 (throughput) and groups 12 and 13 (permessage-deflate, which is not offered).
Every other case must behave and close as the specification says; "non-strict" is allowed where a
case is about failing early, and "informational" where the specification leaves the behaviour open.
"""

import argparse
import collections
import json
import pathlib
import signal
import subprocess
import sys
import tempfile

EXCLUDED = ["9.*", "12.*", "13.*"]
CASES_AT_LEAST = 240
ACCEPTED = {"OK", "INFORMATIONAL"}
# Cases for which there is a reason why "non-strict" is right. Empty: there is none.
NON_STRICT_ALLOWED: set[str] = set()


def start_server(path):
    server = subprocess.Popen([path, "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, text=True)
    line = server.stdout.readline().strip()
    if not line.startswith("listening on "):
        server.kill()
        raise SystemExit(f"{path} did not start: {line!r}")
    return server, line.removeprefix("listening on ")


def stop_server(server):
    """Returns how the server ended, "" for well."""
    if server.poll() is not None:
        return f"the server ended by itself with {server.returncode}"
    server.send_signal(signal.SIGTERM)
    try:
        code = server.wait(timeout=20)
    except subprocess.TimeoutExpired:
        server.kill()
        return "the server did not stop"
    return f"the server ended with {code}" if code else ""


def run_suite(address, folder):
    kosoku = pathlib.Path(sys.executable).with_name("kosoku")
    command = [str(kosoku), "--mode", "fuzzingclient", "--outdir", folder]
    for pattern in EXCLUDED:
        command += ["--exclude", pattern]
    ended = subprocess.run([*command, f"ws://{address}/ws"], capture_output=True, text=True,
                           timeout=600, check=False)
    index = pathlib.Path(folder) / "index.json"
    if not index.exists():
        raise SystemExit(f"kosoku left no report:\n{ended.stdout}{ended.stderr}")
    (agent,) = json.loads(index.read_text()).values()
    return agent


def refusals(cases):
    for name, case in cases.items():
        for key in ("behavior", "behaviorClose"):
            verdict = case[key]
            if verdict in ACCEPTED:
                continue
            if verdict == "NON-STRICT" and name in NON_STRICT_ALLOWED:
                continue
            yield f"case {name}: {key} is {verdict}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--server", required=True, help="path of echo_server")
    parser.add_argument("--report", help="folder for kosoku's report (default: thrown away)")
    options = parser.parse_args()

    server, address = start_server(options.server)
    with tempfile.TemporaryDirectory() as folder:
        try:
            cases = run_suite(address, options.report or folder)
        finally:
            ending = stop_server(server)
    failures = list(refusals(cases))
    if ending:
        failures.append(ending)
    if len(cases) < CASES_AT_LEAST:
        failures.append(f"only {len(cases)} cases ran, {CASES_AT_LEAST} expected")
    counts = collections.Counter(case["behavior"] for case in cases.values())
    summary = ", ".join(f"{count} {verdict}" for verdict, count in sorted(counts.items()))
    print(f"conformance: {len(cases)} cases: {summary}; {len(failures)} failures")
    for failure in failures:
        print(f"  {failure}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
