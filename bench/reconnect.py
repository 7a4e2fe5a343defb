#!/usr/bin/env python3
"""What those who stay see while a crowd is cut off and comes back at once. docs/performance.md

bench/reconnect
  --crowd N       how many are cut and come back (5000)
  --users N       as how many users (2500)
  --stay N        how many stay, each a user of their own (100)
  --rate N        messages a second, by those who stay, to all (20)
  --seconds N     of quiet talk before the cut (5)
  --build DIR     where the programs are (build/release)
  --losses-only   late messages are told, and are no failure (make soak: its machine is busy)
  --self-test     that a loss, a repetition and a late message are noticed
Everybody speaks hubbub.v1 and follows the channel and their own inbox from a position. The exit
code is 1 if anybody misses anything, or has it twice, or if a message takes those who stay more
than 250 ms. It ends within three minutes, whatever happens. It needs file descriptors for --crowd
and --stay and some more, here and in the server; both raise the soft limit (ulimit -n) to the hard
one (ulimit -Hn). Settings of the server pass through from the environment.

Those who stay are on a thread of their own. That it is not this thread which lets their messages
wait is seen from the kernel's clock: how long what arrived lay there until it was read, and how
long after its time a message was sent, are told beside the latency that they are part of.
"""

import argparse
import os
import sys

from programs import measure, started_server

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
LATENCY_MAX_MS = 250


def storm(options, **faults):
    failures = []
    with started_server(os.path.abspath(options.build), failures) as server:
        result = measure(os.path.abspath(options.build), server, "reconnect",
                         connections=options.stay, senders=min(20, options.stay), opening_max=20,
                         crowd=options.crowd, users=options.users, rate=options.rate,
                         seconds=options.seconds, **faults)
        result["catch_ups"] = server.metric("hubbub_catch_ups_total")
        failures.extend(result["failures"])
    result["failures"] = failures + ([] if options.losses_only else complaints(result))
    return result


def complaints(result):
    """What is wrong beside losses, which the load program tells."""
    most, *own = (result[key]["max"] / 1000
                  for key in ("latency_us", "sent_late_us", "read_late_us"))
    if most > LATENCY_MAX_MS:
        return [f"those who stayed waited up to {most:.0f} ms for a message, more than "
                f"{LATENCY_MAX_MS} ms (the load program's own part is {sum(own):.0f} ms at most)"]
    return []


def in_ms(latency):
    return f"p50 {latency['p50'] / 1000:.1f}, p99 {latency['p99'] / 1000:.1f}, " \
           f"most {latency['max'] / 1000:.1f} ms"


def describe(result):
    if result["returning_seconds"] == 0:
        print("the crowd was not cut, or is not back")
        return
    back = result["return_us"]
    print(f"{result['crowd']} of {result['connections']} connections ({result['users']} users) "
          f"were cut; all were back with everything after {result['returning_seconds']:.2f} s "
          f"(half of them after {back['p50'] / 1e6:.2f} s), turned away {result['refused']} times "
          f"{result['first_refusal']}")
    print(f"in that time: {result['cpu_seconds']:.2f} s CPU of the server, "
          f"{result['bytes_per_connection'] / 1024:.1f} KiB to each, {result['replayed']} messages "
          f"replayed, {result['catch_ups']:.0f} catch-ups, memory "
          f"{result['grown_bytes'] / 2**20:+.1f} MiB")
    print(f"latency of those who stayed: before {in_ms(result['quiet_latency_us'])}; "
          f"meanwhile {in_ms(result['latency_us'])}")
    print(f"of that the load program's own: sent late, {in_ms(result['sent_late_us'])}; lay in "
          f"the kernel until read, {in_ms(result['read_late_us'])}; its CPU "
          f"{result['load_cpu_seconds']:.2f} s", flush=True)


def self_test(options):
    options.crowd, options.users, options.stay, options.seconds = 200, 100, 20, 1
    failures = []
    for faults, sign in [({}, None), ({"fault": "lose"}, "something is lost"),
                         ({"fault": "repeat"}, "it comes twice")]:
        told = [failure for failure in storm(options, **faults)["failures"]
                if "waited up to" not in failure]
        is_right = not told if sign is None else any(sign in failure for failure in told)
        print(f"self-test, {faults.get('fault', 'no fault')}: {told[:1] or 'nothing to report'}",
              flush=True)
        if not is_right:
            failures.append(f"self-test, {faults}: {told}")
    own = {"sent_late_us": {"max": 0}, "read_late_us": {"max": 0}}
    for most, count in [(249, 0), (251, 1)]:
        if len(complaints({"latency_us": {"max": most * 1000}, **own})) != count:
            failures.append(f"self-test: {most} ms")
    return failures


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--crowd", type=int, default=5000)
    parser.add_argument("--users", type=int, default=2500)
    parser.add_argument("--stay", type=int, default=100)
    parser.add_argument("--rate", type=float, default=20)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--build", default=os.path.join(ROOT, "build", "release"))
    parser.add_argument("--losses-only", action="store_true")
    parser.add_argument("--self-test", action="store_true")
    options = parser.parse_args()
    if options.self_test:
        failures = self_test(options)
    else:
        result = storm(options)
        describe(result)
        failures = result["failures"]
    for failure in failures:
        print(f"FAILED: {failure}")
    print(f"{len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
