"""Ports of the loopback address for servers under test."""

import os
import socket

# Below the range that the kernel gives to outgoing connections, so that nothing takes a port
# between the choice and its use; each worker of pytest-xdist has its own part.
_FIRST, _COUNT, _WORKERS_MAX = 20000, 400, 16
_worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % _WORKERS_MAX
_next = os.getpid() % _COUNT


def free_port():
    global _next
    for _ in range(_COUNT):
        _next = (_next + 1) % _COUNT
        port = _FIRST + _worker * _COUNT + _next
        with socket.socket() as attempt:
            attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                attempt.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
    raise AssertionError("no free port")
