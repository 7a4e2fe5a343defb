"""How long a test waits for what must come: longer where a sanitizer slows the server down."""

import os
import time

SLOWNESS = float(os.environ.get("HUBBUB_TEST_SLOWNESS", "1"))
# Unit: seconds. What should come at once but may be held up by a busy machine.
SOON = 8 * SLOWNESS


def eventually(condition, seconds=SOON, every=0.02):
    """The first true value of `condition()`; fails when there is none in time."""
    end = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        assert time.monotonic() < end, f"not within {seconds} s: {condition.__name__}"
        time.sleep(every)
