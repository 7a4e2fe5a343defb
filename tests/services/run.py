"""run.py [postgresql] [valkey] -- COMMAND…: runs the command while these services run.

They are throw-away ones on loopback, which it starts and stops; the command finds them in
HUBBUB_TEST_POSTGRESQL and HUBBUB_TEST_VALKEY, and its status is the answer.
"""

import os
import signal
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from harness import services  # noqa: E402


def _run(command, environment):
    """Its status as a shell tells it. SIGTERM is passed on, Ctrl-C it gets from the terminal."""
    process = subprocess.Popen(command, env={**os.environ, **environment})
    signal.signal(signal.SIGTERM, lambda number, _: process.send_signal(number))
    while True:
        try:
            status = process.wait()
        except KeyboardInterrupt:
            continue
        return status if status >= 0 else 128 - status


def main(words):
    end = words.index("--") if "--" in words else len(words)
    names, command = words[:end], words[end + 1:]
    if not command or not set(names) <= set(services.NAMES):
        print(f"run.py [{'] ['.join(services.NAMES)}] -- COMMAND…", file=sys.stderr)
        return 2
    # Until the command runs, SIGTERM ends a start half done as Ctrl-C does: by an exception.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with services.running(names) as environment:
            return _run(command, environment)
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        print(f"{command[0]}: {error.strerror}", file=sys.stderr)
        return 127


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
