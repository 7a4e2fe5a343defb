"""A listener on loopback between two sides, and the test's hand on its cable."""

import contextlib
import socket
import threading


class Cuttable:
    """One that says what becomes of each connection writes _serve(), and keeps its sockets by
    _keep()."""

    def __init__(self):
        self._is_cut = False
        self._open = set()
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
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

    @contextlib.contextmanager
    def _keep(self, one):
        """While it lasts a cut ends the socket too; it is ended already where all is cut."""
        with self._lock:
            if self._is_cut:
                self._end(one)
            self._open.add(one)
        try:
            yield one
        finally:
            with self._lock:
                self._open.discard(one)

    def _accept(self):
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve_one, args=(client,), daemon=True).start()

    def _serve_one(self, client):
        with contextlib.suppress(OSError, ValueError), client, self._keep(client):
            self._serve(client)

    def _join(self, client, server, answer, ask=None):
        """Passes on what either says, until one ends; what the server says, by `answer(data)`, and
        what the client says, by `ask(data)`."""
        back = threading.Thread(target=self._pass_on, args=(server, answer, client), daemon=True)
        back.start()
        self._pass_on(client, ask or server.sendall, server)
        back.join()

    def _pass_on(self, source, take, other):
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                take(data)
        self._end(source)
        self._end(other)
