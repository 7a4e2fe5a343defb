"""A real Caddy before the server, on a port of its own: plain HTTP, or a file of deploy/caddy."""

import json
import os
import socket
import ssl
import subprocess

import httpx

from harness.patience import SOON, SLOWNESS, eventually
from harness.ports import free_port
from harness.server import REPOSITORY

DEPLOYED = os.path.join(REPOSITORY, "deploy/caddy")

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


class _Program:
    """Caddy with a settings file; made once it listens on `port`. What it keeps is in `folder`."""

    def __init__(self, folder, config, port, **environment):
        self.folder = str(folder)
        self.port = port
        self._log_path = os.path.join(self.folder, f"caddy-{port}.log")
        self._log = open(self._log_path, "w", encoding="utf-8")
        self._process = subprocess.Popen(
            ["caddy", "run", "--adapter", "caddyfile", "--config", config],
            stdin=subprocess.DEVNULL, stdout=self._log, stderr=self._log,
            env={"PATH": os.environ["PATH"], "HOME": self.folder, "XDG_DATA_HOME": self.folder,
                 "XDG_CONFIG_HOME": self.folder, **environment})

        def listens():
            assert self._process.poll() is None, f"Caddy ended:\n{self.log()}"
            with socket.socket() as attempt:
                return attempt.connect_ex(("127.0.0.1", self.port)) == 0
        eventually(listens, 20 * SLOWNESS)

    def log(self):
        with open(self._log_path, encoding="utf-8") as file:
            return file.read()

    def close(self):
        self._process.terminate()
        self._process.wait(SOON)
        self._log.close()


class Caddy(_Program):
    """`options` are lines of its reverse_proxy block."""

    def __init__(self, folder, upstream, *options):
        port = free_port()
        config = os.path.join(folder, f"Caddyfile-{port}")
        with open(config, "w", encoding="utf-8") as file:
            file.write(_CONFIG.format(port=port, upstream=upstream,
                                      options="\n    ".join(options)))
        super().__init__(folder, config, port)

    def http(self, method, path, client="127.0.0.1", **options):
        """A request by a client whose address is `client`, one of this machine's."""
        transport = httpx.HTTPTransport(local_address=client)
        with httpx.Client(transport=transport, timeout=SOON, trust_env=False) as http:
            return http.request(method, f"http://127.0.0.1:{self.port}{path}", **options)


class DeployedCaddy(_Program):
    """One of the files of deploy/caddy, unchanged: what differs here comes from the environment.

    Its names (localhost and those below) lead to 127.0.0.1, whatever the resolver says, and its
    certificates are believed because its authority is, and for no other reason.
    """

    def __init__(self, folder, file, port, upstream, **environment):
        self._file = file
        self.http_port = free_port()
        self._admin = f"127.0.0.1:{free_port()}"
        options = "default_bind 127.0.0.1\n" + environment.pop("CADDY_GLOBAL_OPTIONS", "")
        self._environment = {
            "PUBLIC_HOSTNAME": "localhost", "CHAT_UPSTREAM": f"127.0.0.1:{upstream}",
            "CADDY_HTTP_PORT": str(self.http_port), "CADDY_HTTPS_PORT": str(port),
            "CADDY_ADMIN": self._admin, "CADDY_GLOBAL_OPTIONS": options, **environment}
        super().__init__(folder, os.path.join(DEPLOYED, file), port, **self._environment)
        self.root_certificate = os.path.join(self.folder, "caddy/pki/authorities/local/root.crt")

        def has_certificates():
            return self.log().count("certificate obtained successfully") == 3
        eventually(has_certificates, 20 * SLOWNESS)

    def trust(self):
        """Of the authority alone, and none that the machine trusts."""
        context = ssl.create_default_context(cafile=self.root_certificate)
        assert context.cert_store_stats()["x509_ca"] == 1
        return context

    def http(self, method, path, host="localhost", client="127.0.0.1", headers=None, seconds=SOON,
             **options):
        transport = httpx.HTTPTransport(verify=self.trust(), local_address=client)
        with httpx.Client(transport=transport, timeout=seconds, trust_env=False) as http:
            return http.request(method, f"https://127.0.0.1:{self.port}{path}",
                                headers={"Host": f"{host}:{self.port}", **(headers or {})},
                                extensions={"sni_hostname": host}, **options)

    def reload(self):
        subprocess.run(["caddy", "reload", "--force", "--address", self._admin, "--adapter",
                        "caddyfile", "--config", os.path.join(DEPLOYED, self._file)],
                       check=True, capture_output=True, timeout=SOON,
                       env={"PATH": os.environ["PATH"], **self._environment})

    def lines(self):
        """Of its log, as objects."""
        return [json.loads(line) for line in self.log().splitlines()]
