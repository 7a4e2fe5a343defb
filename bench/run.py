#!/usr/bin/env python3
"""What a delivery costs the server, beside a bare send() loop's, in one run. docs/performance.md

bench/run [storm] [ceiling] [idle]   all of them unless some are named
  --storm-only      the storm alone, without the bare loop: 1 if anything was lost
  --starts N        how many storms, each on a server started anew (1)
  --connections N   of storm and ceiling (1000)
  --idle N          idle connections (10000)
  --build DIR       where the programs are (build/release)
  --self-test       that losses, swaps and a crash are noticed, against a loop broken on purpose
Settings of the server (HUBBUB_REACTORS=1 ...) are taken from the environment.
"""

import argparse
import json
import os
import sys

from programs import BareLoop, measure, started_server

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
# Messages underway: all of them are less than may wait for one connection (256 KiB).
WINDOWS = [64, 256, 512]


class Bench:
    def __init__(self, options):
        self.options, self.build = options, os.path.abspath(options.build)
        self.results, self.failures = {}, []

    def with_server(self, name, **load):
        failures = []
        with started_server(self.build, failures) as server:
            result = measure(self.build, server, **load)
            failures.extend(result["failures"])
        result["failures"] = failures
        return self._keep(name, result)

    def with_bare_loop(self, name, **load):
        loop = BareLoop(self.build)
        try:
            return self._keep(name, measure(self.build, loop, **load))
        finally:
            loop.stop()

    def _keep(self, name, result):
        self.results[name] = result
        for failure in result["failures"]:
            self.failures.append(f"{name}: {failure}")
            print(f"FAILED {name}: {failure}", flush=True)
        return result

    def storm(self, is_alone):
        """As many users as connections come at once; then 100 messages/s to all of them."""
        load = {"connections": self.options.connections, "opening_max": self.options.connections,
                "rate": 100, "seconds": 10, "senders": 20}
        for start in range(self.options.starts):
            for protocol in ["old", "v1"]:
                name = f"storm {protocol}" + (f" {start + 1}" if start else "")
                result = self.with_server(name, protocol=protocol, **load)
                describe_storm(name, result)
                if not is_alone and not start:
                    bare = self.with_bare_loop(f"storm bare {protocol}",
                                               frame_bytes=round(result["frame_bytes"]), **load)
                    describe_storm(f"bare loop, as {protocol}", bare)
                    compare("CPU per delivery", result, bare, "cpu_us_per_delivery")

    def ceiling(self):
        """As many messages as it takes: the best of several amounts underway."""
        load = {"connections": self.options.connections, "rate": 0, "seconds": 5, "senders": 100}
        best = None
        for window in WINDOWS:
            result = self.with_server(f"ceiling {window}", protocol="v1", window=window, **load)
            describe_ceiling(f"ceiling v1, {window} underway", result)
            best = better(best, result)
        best_bare = None
        for window in WINDOWS:
            bare = self.with_bare_loop(f"ceiling bare {window}", window=window,
                                       frame_bytes=round(best["frame_bytes"]), **load)
            describe_ceiling(f"bare loop, {window} underway", bare)
            best_bare = better(best_bare, bare)
        compare("deliveries/s", best, best_bare, "deliveries_per_second")
        compare("CPU per delivery", best, best_bare, "cpu_us_per_delivery")

    def idle(self):
        for protocol in ["old", "v1"]:
            result = self.with_server(f"idle {protocol}", protocol=protocol, seconds=0,
                                      connections=self.options.idle, opening_max=200)
            print(f"idle {protocol}: {result['connections']} connections open in "
                  f"{result['opening_seconds']:.1f} s, {result['bytes_per_connection']:.0f} bytes "
                  f"each in the server's memory", flush=True)

    def self_test(self):
        for faults, is_sound in [([], True), (["--drop-every", "50"], False),
                                 (["--swap-every", "50"], False), (["--exit-after", "50"], False)]:
            loop = BareLoop(self.build, *faults)
            try:
                result = measure(self.build, loop, connections=100, seconds=1)
            finally:
                loop.stop()
            name = " ".join(faults) or "no fault"
            if (not result["failures"]) != is_sound:
                self.failures.append(f"self-test, {name}: {result['failures']}")
            print(f"self-test, {name}: {result['failures'] or 'nothing to report'}", flush=True)


def better(left, right):
    if left is None:
        return right
    return max(left, right, key=lambda result: result["deliveries_per_second"])


def describe_storm(name, result):
    latency = result["latency_us"]
    print(f"{name}: {result['connections']} connections greeted in "
          f"{result['opening_seconds']:.2f} s; {result['deliveries']} of {result['expected']} "
          f"deliveries of {result['frame_bytes']:.0f} bytes, "
          f"{result['cpu_us_per_delivery']:.2f} us CPU each; latency p50 "
          f"{latency['p50'] / 1000:.1f} ms, p99 {latency['p99'] / 1000:.1f} ms", flush=True)


def describe_ceiling(name, result):
    print(f"{name}: {result['deliveries_per_second'] / 1e6:.2f} million deliveries/s of "
          f"{result['frame_bytes']:.0f} bytes, {result['cpu_us_per_delivery']:.3f} us CPU each; "
          f"the load program itself {result['load_cpu_seconds'] / (result['seconds'] or 1):.0%} of "
          f"a core", flush=True)


def compare(what, server, bare, key):
    if bare[key]:
        print(f"{what}: {server[key] / bare[key]:.2f} times the bare loop's", flush=True)


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("parts", nargs="*", choices=["storm", "ceiling", "idle", []])
    parser.add_argument("--storm-only", action="store_true")
    parser.add_argument("--starts", type=int, default=1)
    parser.add_argument("--connections", type=int, default=1000)
    parser.add_argument("--idle", type=int, default=10000)
    parser.add_argument("--build", default=os.path.join(ROOT, "build", "release"))
    parser.add_argument("--self-test", action="store_true")
    options = parser.parse_args()
    bench = Bench(options)
    parts = options.parts or ["storm", "ceiling", "idle"]
    if options.self_test:
        bench.self_test()
    elif options.storm_only:
        bench.storm(is_alone=True)
    else:
        if "storm" in parts:
            bench.storm(is_alone=False)
        if "ceiling" in parts:
            bench.ceiling()
        if "idle" in parts:
            bench.idle()
        with open(os.path.join(options.build, "bench.json"), "w", encoding="utf-8") as file:
            json.dump(bench.results, file, indent=1)
    print(f"{len(bench.failures)} failures", flush=True)
    return 1 if bench.failures else 0


if __name__ == "__main__":
    sys.exit(main())
