#!/usr/bin/env python3
"""What one connection that stops reading costs the others. docs/performance.md

bench/stopped_reader
  --pairs N         runs without one and with one, in turn (5)
  --seconds N       of messages, each run (60)
  --connections N   with the stopped one (1000)
  --rate N          messages a second (200)
  --build DIR       where the programs are (build/release)
  --self-test       that waiting for the stopped one, and losing its messages, are noticed
Each run is on a server started anew; stall_max and idle_max are set beyond the run, so that the
connection is still there when it reads on. Its receive buffer is of 4 KiB and its segments are of
1,460 bytes, so that the kernel keeps some 100 KB for it and the server the rest. The exit code is 1
unless the server sent it to catch-up, the others' p99 and the server's memory are within their
bounds (the medians of all pairs), and it has everything exactly once and in order when it has
read on. Settings of the server pass through from the environment.
"""

import argparse
import os
import statistics
import sys

from programs import BareLoop, measure, started_server

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
# What the stopped one has to come to before it is sure to have filled the kernel and the outbox.
BYTES_TO_STOP = 2 * 1024 * 1024
MESSAGE_BYTES_MAX = 3800  # message_length_max is 4,000

# outbox_bytes_max, and a few pages of 128 entries (docs/catch-up.md).
OUTBOX_BYTES = 256 * 1024
PAGES, PAGE_ENTRIES = 4, 128
# Once it reads on, the store's connections for reading have their caches filled, as by any reader
# of old messages: 8 MiB for each worker (src/store/sqlite/database.cc).
CACHES_BYTES = int(os.environ.get("HUBBUB_WORKERS") or 4) * 8 * 2**20

LATENCY_SHARE, LATENCY_US = 0.10, 2000


def run_once(options, stopped):
    failures = []
    text_bytes = min(MESSAGE_BYTES_MAX, max(100, BYTES_TO_STOP // (options.rate * options.seconds)))
    patience = f"{2 * options.seconds + 120}s"
    with started_server(os.path.abspath(options.build), failures, HUBBUB_STALL_MAX=patience,
                        HUBBUB_IDLE_MAX=patience) as server:
        result = measure(os.path.abspath(options.build), server, protocol="v1",
                         connections=options.connections, rate=options.rate,
                         seconds=options.seconds, senders=20, text_bytes=text_bytes,
                         stopped=stopped)
        result["catch_ups"] = server.metric("hubbub_catch_ups_total")
        failures.extend(result["failures"])
    result["failures"] = failures
    return result


def memory_max(result):
    return OUTBOX_BYTES + PAGES * PAGE_ENTRIES * result["frame_bytes"]


def complaints(without, with_one):
    """What is not as promised, of the results of all pairs."""
    found = [failure for result in without + with_one for failure in result["failures"]]
    found += [f"pair {number + 1}: the server sent nobody to catch-up"
              for number, result in enumerate(with_one) if not result["catch_ups"]]
    p99, p99_with = (statistics.median(result["latency_us"]["p99"] for result in results)
                     for results in (without, with_one))
    if p99_with > p99 + max(p99 * LATENCY_SHARE, LATENCY_US):
        found.append(f"the others' p99 is {p99_with / 1000:.1f} ms beside a stopped reader, and "
                     f"{p99 / 1000:.1f} ms without")
    bound = memory_max(with_one[0])
    for when, most in (("grown_bytes", bound), ("grown_bytes_caught_up", bound + CACHES_BYTES)):
        more = statistics.median(right[when] - left[when]
                                 for left, right in zip(without, with_one))
        if more > most:
            found.append(f"{when}: {more / 1024:.0f} KiB more with a stopped reader than without, "
                         f"the bound is {most / 1024:.0f} KiB")
    return found


def describe(name, result):
    latency = result["latency_us"]
    print(f"{name}: {result['sent']} messages of {result['frame_bytes']:.0f} bytes; the others' "
          f"p50 {latency['p50'] / 1000:.1f}, p99 {latency['p99'] / 1000:.1f} ms; "
          f"{result['catch_ups']:.0f} catch-ups; memory {result['grown_bytes'] / 1024:+.0f} KiB, "
          f"after all read on {result['grown_bytes_caught_up'] / 1024:+.0f} KiB; the stopped one "
          f"has {result['stopped_received']}", flush=True)


def summarize(without, with_one):
    for name, results in (("without", without), ("with", with_one)):
        p99 = statistics.median(result["latency_us"]["p99"] for result in results)
        print(f"{name} a stopped reader, median of {len(results)}: p99 {p99 / 1000:.1f} ms")
    for key, when in (("grown_bytes", "while it stands"),
                      ("grown_bytes_caught_up", "once it has read on")):
        more = [right[key] - left[key] for left, right in zip(without, with_one)]
        print(f"memory more with it than without, {when}: median "
              f"{statistics.median(more) / 1024:.0f} KiB, most {max(more) / 1024:.0f} KiB")
    print(f"bound while it stands: {memory_max(with_one[0]) / 1024:.0f} KiB", flush=True)


def compare(options):
    without, with_one = [], []
    for pair in range(options.pairs):
        for stopped, results in ((0, without), (1, with_one)):
            results.append(run_once(options, stopped))
            describe(f"pair {pair + 1}, {'with' if stopped else 'without'}", results[-1])
    summarize(without, with_one)
    return complaints(without, with_one)


def self_test(options):
    failures = []
    for faults, is_sound in [([], False), (["--drop-when-full", "1"], False),
                             (["--keep-when-full", "1"], True)]:
        loop = BareLoop(os.path.abspath(options.build), *faults)
        try:
            told = measure(os.path.abspath(options.build), loop, connections=20, rate=200,
                           seconds=3, text_bytes=3000, stopped=1)["failures"]
        finally:
            loop.stop()
        name = faults[0] if faults else "waits for the slowest"
        print(f"self-test, {name}: {told[:1] or 'nothing to report'}", flush=True)
        if (not told) != is_sound:
            failures.append(f"self-test, {name}: {told}")
    return failures + self_test_bounds()


def self_test_bounds():
    good = {"failures": [], "catch_ups": 1, "latency_us": {"p99": 10_000}, "frame_bytes": 400,
            "grown_bytes": 0, "grown_bytes_caught_up": 0}
    wrong = [{"catch_ups": 0}, {"latency_us": {"p99": 12_500}}, {"failures": ["lost"]},
             {"grown_bytes": 2**20}, {"grown_bytes_caught_up": 2**20 + CACHES_BYTES}]
    found = [f"self-test: {change} is not noticed" for change in wrong
             if len(complaints([good], [good | change])) != 1]
    if complaints([good], [good | {"latency_us": {"p99": 11_500}, "grown_bytes": 2**18}]):
        found.append("self-test: what is within the bounds is complained of")
    return found


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--connections", type=int, default=1000)
    parser.add_argument("--rate", type=int, default=200)
    parser.add_argument("--build", default=os.path.join(ROOT, "build", "release"))
    parser.add_argument("--self-test", action="store_true")
    options = parser.parse_args()
    failures = self_test(options) if options.self_test else compare(options)
    for failure in failures:
        print(f"FAILED: {failure}")
    print(f"{len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
