"""A real Caddy before the server, on a port of its own; plain HTTP."""

import os
import socket
import subprocess

import httpx

from harness.patience import SOON, SLOWNESS, eventually
from harness.ports import free_port

_CONFIG = """{{
  admin off
  auto_https off
}}
http://:{port} {{
  bind 127.0.0.1
  reverse_proxy 127.0.0.1:{upstream} {{
    {options}
  }}
}}
"""


class Caddy:
    """`options` are lines of its reverse_proxy block."""

    def __init__(self, folder, upstream, *options):
        self.port = free_port()
        config = os.path.join(folder, f"Caddyfile-{self.port}")
        with open(config, "w", encoding="utf-8") as file:
            file.write(_CONFIG.format(port=self.port, upstream=upstream,
                                      options="\n    ".join(options)))
        self._log = open(config + ".log", "w", encoding="utf-8")
        self._process = subprocess.Popen(
            ["caddy", "run", "--adapter", "caddyfile", "--config", config],
            stdin=subprocess.DEVNULL, stdout=self._log, stderr=self._log,
            env={"PATH": os.environ["PATH"], "HOME": str(folder), "XDG_DATA_HOME": str(folder),
                 "XDG_CONFIG_HOME": str(folder)})

        def listens():
            assert self._process.poll() is None, "Caddy ended; see its log"
            with socket.socket() as attempt:
                return attempt.connect_ex(("127.0.0.1", self.port)) == 0
        eventually(listens, 20 * SLOWNESS)

    def http(self, method, path, client="127.0.0.1", **options):
        """A request by a client whose address is `client`, one of this machine's."""
        transport = httpx.HTTPTransport(local_address=client)
        with httpx.Client(transport=transport, timeout=SOON, trust_env=False) as http:
            return http.request(method, f"http://127.0.0.1:{self.port}{path}", **options)

    def close(self):
        self._process.terminate()
        self._process.wait(SOON)
        self._log.close()
