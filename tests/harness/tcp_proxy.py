"""Between a client and a server on loopback: passes everything on, until the test cuts it."""

import contextlib
import socket
import threading


class TcpProxy:
    def __init__(self, upstream_port):
        self._upstream_port = upstream_port
        self._lock = threading.Lock()
        self._open = set()
        self._is_cut = False
        self._swallows = False
        self.swallowed = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self):
        """Ends every connection; every new one too, until mend()."""
        with self._lock:
            self._is_cut = True
            ended, self._open = self._open, set()
        for one in ended:
            self._end(one)

    def mend(self):
        with self._lock:
            self._is_cut = self._swallows = False
        self.swallowed.clear()

    def swallow_next_answer(self):
        """What the server says next arrives nowhere: then, `swallowed` is set, and all is cut."""
        with self._lock:
            self._swallows = True

    def close(self):
        self._end(self._listener)
        self._listener.close()
        self.cut()

    @staticmethod
    def _end(one):
        with contextlib.suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)

    def _accept(self):
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client):
        with contextlib.suppress(OSError), client, \
                socket.create_connection(("127.0.0.1", self._upstream_port)) as server:
            with self._lock:
                if self._is_cut:
                    return
                self._open |= {client, server}
            back = threading.Thread(target=self._pass_on, args=(server, client, True), daemon=True)
            back.start()
            self._pass_on(client, server, False)
            self._end(server)
            back.join()
            with self._lock:
                self._open -= {client, server}

    def _pass_on(self, source, target, is_answer):
        with contextlib.suppress(OSError):
            while some := source.recv(65536):
                if is_answer and self._swallows:
                    self.swallowed.set()
                    self.cut()
                    return
                target.sendall(some)
        self._end(target)
