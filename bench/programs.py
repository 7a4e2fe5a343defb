"""The processes of a measurement: an issuer of tokens, server, bare loop, load program."""

import contextlib
import http.server
import json
import os
import re
import socket
import subprocess
import tempfile
import threading
import time
import urllib.request


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Issuer:
    """An OpenID issuer on loopback that publishes one key; tokens are made by hubbub_load."""

    def __init__(self, build, folder):
        self.load = os.path.join(build, "hubbub_load")
        self.key = os.path.join(folder, "issuer.key")
        keys = subprocess.run([self.load, "keys", "--key", self.key], check=True,
                              capture_output=True).stdout
        port = free_port()
        self.url = f"http://127.0.0.1:{port}/realms/bench"
        endpoint = self.url + "/protocol/openid-connect"
        discovery = json.dumps({
            "issuer": self.url, "jwks_uri": endpoint + "/certs",
            "authorization_endpoint": endpoint + "/auth", "token_endpoint": endpoint + "/token",
            "id_token_signing_alg_values_supported": ["EdDSA"]}).encode()
        pages = {"/realms/bench/.well-known/openid-configuration": discovery,
                 "/realms/bench/protocol/openid-connect/certs": keys}

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                body = pages.get(self.path)
                self.send_response(404 if body is None else 200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body or b"")))
                self.end_headers()
                self.wfile.write(body or b"")

            def log_message(self, *_):
                pass

        self.service = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
        threading.Thread(target=self.service.serve_forever, daemon=True).start()

    def token(self, *roles):
        command = [self.load, "token", "--key", self.key, "--issuer", self.url]
        for role in roles:
            command += ["--role", role]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


class Server:
    """The server under load, on a data directory of its own and without its message limits.

    `settings`: more of its environment.
    """

    def __init__(self, build, folder, issuer, settings):
        self.port, self.issuer = free_port(), issuer
        self.log_path = os.path.join(folder, "server.log")
        self.base = f"http://127.0.0.1:{self.port}"
        data = os.path.join(folder, "data")
        environment = {**os.environ, "HUBBUB_LISTEN": f"127.0.0.1:{self.port}",
                       "HUBBUB_DATA_DIR": data,
                       "HUBBUB_DATABASE_URL": f"sqlite:{data}/hubbub.db",
                       "HUBBUB_OIDC_ISSUER": issuer.url,
                       "HUBBUB_CONNECTS_PER_MINUTE": "0", **settings}
        with open(self.log_path, "w", encoding="utf-8") as log:
            self.process = subprocess.Popen([os.path.join(build, "hubbub"), "serve"], stdout=log,
                                            stderr=subprocess.STDOUT, cwd=folder, env=environment)
        self.pid = self.process.pid
        try:
            self._wait_until_ready()
            self.admin = issuer.token("admin")
            self._call("PATCH", "/ratelimits",
                       {"id": 1, "message_limit": 1_000_000, "window_seconds": 1})
            self.channel = self._channel()
        except BaseException:
            self.stop()
            raise

    def _wait_until_ready(self):
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline and self.process.poll() is None:
            with contextlib.suppress(OSError):
                with urllib.request.urlopen(self.base + "/readyz", timeout=2):
                    return
            time.sleep(0.05)
        raise RuntimeError(f"the server does not get ready:\n{self.log_end()}")

    def _call(self, method, path, body=None):
        request = urllib.request.Request(
            self.base + path, method=method, data=json.dumps(body).encode() if body else None,
            headers={"Authorization": f"Bearer {self.admin}", "Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)

    def _channel(self):
        if not self._call("GET", "/channels")["channels"]:
            self._call("POST", "/channels", {"name": "general"})
        return self._call("GET", "/channels")["channels"][0]

    def metric(self, name):
        """The sum over all labels; nothing when the server counts no such thing."""
        request = urllib.request.Request(self.base + "/metrics",
                                         headers={"Authorization": f"Bearer {self.admin}"})
        with urllib.request.urlopen(request, timeout=10) as answer:
            text = answer.read().decode()
        values = re.findall(rf"^{name}(?:{{.*}})? (\S+)$", text, re.MULTILINE)
        return sum(map(float, values)) if values else None

    def load_arguments(self):
        return ["--port", str(self.port), "--pid", str(self.pid), "--key", self.issuer.key,
                "--issuer", self.issuer.url, "--channel", self.channel["name"],
                "--channel-id", str(self.channel["id"])]

    def log_end(self):
        with open(self.log_path, encoding="utf-8", errors="replace") as log:
            return "".join(log.readlines()[-30:])

    def stop(self):
        """How it ended: 0 after SIGTERM; anything else, or not at all, is a failure."""
        self.process.terminate()
        try:
            return self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            return "no end within 30 s of SIGTERM"


class BareLoop:
    def __init__(self, build, *faults):
        self.process = subprocess.Popen([os.path.join(build, "bare_send_loop"), *faults],
                                        stdout=subprocess.PIPE, text=True)
        self.port, self.pid = int(self.process.stdout.readline()), self.process.pid

    def load_arguments(self):
        return ["--protocol", "raw", "--port", str(self.port), "--pid", str(self.pid)]

    def stop(self):
        self.process.kill()
        self.process.stdout.close()
        return self.process.wait()


@contextlib.contextmanager
def started_server(build, failures, **settings):
    """A server of its own for a measurement. How it ends badly, and its log, go to `failures`."""
    with tempfile.TemporaryDirectory(prefix="hubbub-bench-") as folder:
        issuer = Issuer(build, folder)
        try:
            server = Server(build, folder, issuer, settings)
            try:
                yield server
            finally:
                ended = server.stop()
            if ended != 0:
                failures.append(f"the server ended with {ended}")
            if failures:
                failures.append(server.log_end())
        finally:
            issuer.service.shutdown()


def measure(build, target, part="run", **options):
    """One run of the load program against `target`: what it printed, as a dictionary."""
    command = [os.path.join(build, "hubbub_load"), part, *target.load_arguments()]
    for name, value in options.items():
        command += ["--" + name.replace("_", "-"), str(value)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    if not re.match(r"\{", done.stdout):
        raise RuntimeError(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
    result = json.loads(done.stdout)
    if (done.returncode == 0) != (not result["failures"]):
        raise RuntimeError(f"the load program ended with {done.returncode}: {done.stdout}")
    return result
