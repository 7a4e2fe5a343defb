"""The real server on a port and a folder of its own."""

import contextlib
import os
import re
import signal
import subprocess
import tempfile
import threading
import time

from harness import databases
from harness.patience import SOON, SLOWNESS, eventually
from harness.ports import free_port

REPOSITORY = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BINARY = os.path.join(REPOSITORY, os.environ.get("HUBBUB_BINARY", "build/release/hubbub"))
# What a sanitizer, or a run over several reactors, may tell the server.
_PASSED_ON = ("PATH", "HOME", "ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS", "HUBBUB_REACTORS")


class Server:
    """`settings` are environment variables. Its output is kept, over restarts too."""

    def __init__(self, folder, **settings):
        self.folder = str(folder)
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.settings = {
            "HUBBUB_LISTEN": f"127.0.0.1:{self.port}",
            "HUBBUB_PUBLIC_URL": self.url,
            "HUBBUB_DATA_DIR": self.folder,
            "HUBBUB_DATABASE_URL": databases.url_of(self.folder),
            **settings,
        }
        self.command = [BINARY]
        self.output = ""
        self._process = None
        self._reader = None

    def start(self):
        """Comes back once it listens."""
        assert self._process is None, "it runs already"
        environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        self._process = subprocess.Popen(
            [*self.command, "serve"], cwd=self.folder, env={**environment, **self.settings},
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            errors="replace")
        seen = len(self.output)
        stream = self._process.stdout
        self._reader = threading.Thread(target=self._read, args=(stream,), daemon=True)
        self._reader.start()

        def listens():
            assert self._process.poll() is None, f"the server ended:\n{self.output[seen:]}"
            return re.search(r" listening .*address=", self.output[seen:])
        eventually(listens, 20 * SLOWNESS)
        return self

    def _read(self, stream):
        for line in stream:
            self.output += line

    @property
    def pid(self):
        return self._process.pid

    def is_running(self):
        return self._process is not None and self._process.poll() is None

    def stop(self):
        """As an operator stops it; what it was doing must end well."""
        status = self.end_by(signal.SIGTERM)
        assert status == 0, f"exit code {status} after SIGTERM:\n{self.output[-6000:]}"

    def kill(self):
        """As a power cut stops it."""
        self.end_by(signal.SIGKILL)

    def signal(self, number):
        assert self._process is not None, "it does not run"
        self._process.send_signal(number)

    def end_by(self, number):
        """Its exit code after a signal."""
        self.signal(number)
        try:
            status = self._process.wait(10 + 2 * SOON)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            status = "none in time"
        self._reader.join(SOON)
        self._process = None
        return status

    def restart(self):
        self.stop()
        return self.start()

    def wait_for(self, pattern, since=0):
        """The first match of a regular expression in the output."""
        def printed():
            return re.search(pattern, self.output[since:])
        return eventually(printed)

    def resident_bytes(self):
        with open(f"/proc/{self.pid}/status", encoding="utf-8") as file:
            return int(re.search(r"VmRSS:\s+(\d+) kB", file.read())[1]) * 1024

    def close(self):
        """The end of a test: a server that died by itself, or that a sanitizer ended, fails it."""
        if self._process is None:
            return
        died = self._process.poll()
        if died is not None:
            self._process = None
            raise AssertionError(f"the server died with {died}:\n{self.output[-6000:]}")
        self.stop()


@contextlib.contextmanager
def temporary_folder():
    """Of the test's own, on a real disk: /tmp may be memory, on which a commit costs nothing."""
    parent = os.path.join(REPOSITORY, "build/test-data")
    os.makedirs(parent, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=parent, prefix=f"{int(time.time())}-") as folder:
        try:
            yield folder
        finally:
            databases.drop(folder)
