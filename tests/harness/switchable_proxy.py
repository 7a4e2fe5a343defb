"""An HTTP proxy for one browser whose network can be cut: the test's hand on the cable.

Speaks what a browser says to a proxy: CONNECT (RFC 9110 9.3.6), which Chromium uses for WebSockets,
and requests with an absolute URL, each on a connection of its own.
"""

import socket
import urllib.parse

from harness.cuttable import Cuttable


class SwitchableProxy(Cuttable):
    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def _serve(self, browser):
        head = b""
        while b"\r\n\r\n" not in head:
            data = browser.recv(65536)
            if not data:
                return
            head += data
        self._forward(browser, *head.split(b"\r\n\r\n", 1))

    def _forward(self, browser, head, rest):
        request, *headers = head.decode("latin-1").split("\r\n")
        method, target, version = request.split(" ")
        url = urllib.parse.urlsplit(("//" if method == "CONNECT" else "") + target)
        with socket.create_connection((url.hostname, url.port or 80)) as server, \
                self._keep(server):
            if method == "CONNECT":
                browser.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            else:
                path = urllib.parse.urlunsplit(("", "", url.path or "/", url.query, ""))
                kept = [line for line in headers if not line.lower().startswith(
                    ("connection:", "proxy-connection:"))]
                lines = [f"{method} {path} {version}", *kept, "Connection: close", "", ""]
                server.sendall("\r\n".join(lines).encode("latin-1"))
            server.sendall(rest)
            self._join(browser, server, browser.sendall)
