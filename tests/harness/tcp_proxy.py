"""Between a client and a server on loopback: passes everything on, until the test cuts it."""

import socket
import threading

from harness.cuttable import Cuttable


class TcpProxy(Cuttable):
    def __init__(self, upstream_port):
        self._upstream_port = upstream_port
        self._text = None
        self.swallowed = threading.Event()
        super().__init__()

    def mend(self):
        self._text = None
        self.swallowed.clear()
        super().mend()

    def swallow_answer_to(self, text):
        """The answer to what has this text in it arrives nowhere: then `swallowed` is set, and all
        is cut."""
        self._text = text.encode()

    def _serve(self, client):
        is_asked = threading.Event()

        def ask(data):
            if self._text and self._text in data:
                is_asked.set()
            server.sendall(data)

        def answer(data):
            if is_asked.is_set():
                self.swallowed.set()
                self.cut()
            else:
                client.sendall(data)

        with socket.create_connection(("127.0.0.1", self._upstream_port)) as server, \
                self._keep(server):
            self._join(client, server, answer, ask)
