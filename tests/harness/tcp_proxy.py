"""Between a client and a server on loopback: passes everything on, until the test cuts it."""

import socket
import threading

from harness.cuttable import Cuttable


class TcpProxy(Cuttable):
    def __init__(self, upstream_port):
        self._upstream_port = upstream_port
        self._swallows = False
        self.swallowed = threading.Event()
        super().__init__()

    def mend(self):
        self._swallows = False
        self.swallowed.clear()
        super().mend()

    def swallow_next_answer(self):
        """What the server says next arrives nowhere: then `swallowed` is set, and all is cut."""
        self._swallows = True

    def _serve(self, client):
        def answer(data):
            if self._swallows:
                self.swallowed.set()
                self.cut()
            else:
                client.sendall(data)

        with socket.create_connection(("127.0.0.1", self._upstream_port)) as server, \
                self._keep(server):
            self._join(client, server, answer)
