"""An HTTP proxy for one browser whose network can be cut: the test's hand on the cable.

Speaks what a browser says to a proxy: CONNECT (RFC 9110 9.3.6), which Chromium uses for WebSockets,
and requests with an absolute URL, each on a connection of its own.
"""

import contextlib
import socket
import threading
import urllib.parse


class SwitchableProxy:
    def __init__(self):
        self._is_cut = False
        self._open = set()
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self):
        """Ends every connection, and every new one at once."""
        with self._lock:
            self._is_cut = True
            ended, self._open = self._open, set()
        for one in ended:
            self._end(one)

    def mend(self):
        with self._lock:
            self._is_cut = False

    def close(self):
        self._end(self._listener)
        self._listener.close()
        self.cut()

    @staticmethod
    def _end(one):
        with contextlib.suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)

    def _keep(self, one):
        """False while cut."""
        with self._lock:
            if not self._is_cut:
                self._open.add(one)
            return not self._is_cut

    def _accept(self):
        while True:
            try:
                browser, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(browser,), daemon=True).start()

    def _serve(self, browser):
        with browser, contextlib.suppress(OSError, ValueError):
            if not self._keep(browser):
                return
            head = b""
            while b"\r\n\r\n" not in head:
                data = browser.recv(65536)
                if not data:
                    return
                head += data
            self._forward(browser, *head.split(b"\r\n\r\n", 1))
        with self._lock:
            self._open.discard(browser)

    def _forward(self, browser, head, rest):
        request, *headers = head.decode("latin-1").split("\r\n")
        method, target, version = request.split(" ")
        url = urllib.parse.urlsplit(("//" if method == "CONNECT" else "") + target)
        with socket.create_connection((url.hostname, url.port or 80)) as server:
            if not self._keep(server):
                return
            if method == "CONNECT":
                browser.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            else:
                path = urllib.parse.urlunsplit(("", "", url.path or "/", url.query, ""))
                kept = [line for line in headers if not line.lower().startswith(
                    ("connection:", "proxy-connection:"))]
                lines = [f"{method} {path} {version}", *kept, "Connection: close", "", ""]
                server.sendall("\r\n".join(lines).encode("latin-1"))
            server.sendall(rest)
            back = threading.Thread(target=self._pump, args=(server, browser), daemon=True)
            back.start()
            self._pump(browser, server)
            back.join()
            with self._lock:
                self._open.discard(server)

    def _pump(self, source, sink):
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                sink.sendall(data)
        self._end(source)
        self._end(sink)
