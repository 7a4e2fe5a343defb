#!/usr/bin/env python3
"""How soon a banned person's connection ends, while others talk. docs/performance.md, Bans

build/venv/bin/python bench/bans.py [--people 500] [--bans 200]

Each person has one connection; 20 messages a second are sent meanwhile. Bans come one after the
other. Counted from when the request for the ban was sent, so that the commit is in it, and from
when its answer came; to when the close frame was read.
"""

import argparse
import os
import selectors
import statistics
import sys
import threading
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(ROOT, "tests"))

from harness.chat import Chat  # noqa: E402
from harness.issuer import Issuer  # noqa: E402
from harness.raw_socket import CLOSE, RawSocket  # noqa: E402
from harness.server import Server, temporary_folder  # noqa: E402
from harness.tokens import sub_of  # noqa: E402


class Audience:
    """Reads all connections on a thread of its own and notes when each was closed."""

    def __init__(self):
        self._selector = selectors.DefaultSelector()
        self.closed_at = {}
        self.has_closed = threading.Condition()

    def add(self, name, raw):
        self._selector.register(raw, selectors.EVENT_READ, (name, raw))

    def start(self):
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        while True:
            for key, _ in self._selector.select():
                name, raw = key.data
                opcode, _ = raw.read_frame()
                if opcode == CLOSE:
                    with self.has_closed:
                        self.closed_at[name] = time.monotonic()
                        self.has_closed.notify_all()
                    self._selector.unregister(raw)

    def wait_for(self, name):
        with self.has_closed:
            assert self.has_closed.wait_for(lambda: name in self.closed_at, 10), name
        return self.closed_at[name]


def talk(chat, people, is_over):
    """20 messages a second, by as many people in turn as keep below the limit."""
    speakers = [chat.connect(f"speaker-{number}") for number in range(people)]
    number = 0
    while not is_over.wait(0.05):
        speakers[number % people].send("is anybody there?")
        number += 1


def measure(chat, options):
    audience = Audience()
    names = [f"person-{number}" for number in range(options.people)]
    for name in names:
        raw = RawSocket(chat.server.port)
        token = chat.token(name)
        raw.upgrade("/ws", ["Sec-WebSocket-Protocol: hubbub.v1, bearer." + token])
        audience.add(name, raw)
    audience.start()
    is_over = threading.Event()
    talker = threading.Thread(target=talk, args=(chat, 10, is_over))
    talker.start()
    from_request, from_answer = [], []
    for name in names[:options.bans]:
        sent_at = time.monotonic()
        answer = chat.http("POST", "/users/ban", by="admin", json={"banished_id": sub_of(name)})
        answered_at = time.monotonic()
        assert answer.status_code == 200, answer.text
        closed_at = audience.wait_for(name)
        from_request.append((closed_at - sent_at) * 1000)
        from_answer.append((closed_at - answered_at) * 1000)
    is_over.set()
    talker.join()
    assert len(audience.closed_at) == options.bans, "only who was banned was closed"
    return from_request, from_answer


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--bans", type=int, default=200)
    options = parser.parse_args()
    with temporary_folder() as folder:
        issuer = Issuer()
        server = Server(folder, HUBBUB_OIDC_ISSUER=issuer.url, HUBBUB_CONNECTS_PER_MINUTE="0")
        chat = Chat(server.start(), issuer)
        try:
            for what, values in zip(("the request", "the answer"), measure(chat, options)):
                values.sort()
                print(f"close frame after {what}: median {statistics.median(values):.1f} ms, "
                      f"p99 {values[int(len(values) * 0.99) - 1]:.1f} ms, "
                      f"most {values[-1]:.1f} ms of {len(values)} bans")
        finally:
            chat.close()
            server.close()
            issuer.close()


if __name__ == "__main__":
    main()
