"""A WebSocket by hand, for frames that no library would send (RFC 6455 5.2)."""

import base64
import os
import socket
import struct

from harness.patience import SOON

TEXT, BINARY, CLOSE, PING, PONG = 0x1, 0x2, 0x8, 0x9, 0xA
CONTINUATION = 0x0
_MASK = b"\x37\xfa\x21\x3d"


def frame(opcode, payload=b"", fin=True, masked=True, rsv=0, length_form=None):
    """`length_form`: 7, 16 or 64 bits, the shortest unless given."""
    first = (0x80 if fin else 0) | (rsv << 4) | opcode
    size = len(payload)
    form = length_form or (7 if size < 126 else 16 if size < 65536 else 64)
    second = 0x80 if masked else 0
    head = {7: struct.pack("!BB", first, second | size) if size < 126 else b"",
            16: struct.pack("!BBH", first, second | 126, size & 0xFFFF),
            64: struct.pack("!BBQ", first, second | 127, size)}[form]
    if not masked:
        return head + payload
    return head + _MASK + bytes(byte ^ _MASK[at % 4] for at, byte in enumerate(payload))


class RawSocket:
    def __init__(self, port, receive_bytes=None):
        self._socket = socket.socket()
        if receive_bytes:
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_bytes)
        self._socket.settimeout(SOON)
        self._socket.connect(("127.0.0.1", port))
        self._waiting = b""

    def fileno(self):
        return self._socket.fileno()

    def send(self, data):
        self._socket.sendall(data)

    def request(self, path, headers=(), method="GET"):
        """The status of the answer and its headers, names in lower case; what follows stays."""
        self._ask(path, headers, method)
        return self._answer()

    def _ask(self, path, headers, method):
        lines = [f"{method} {path} HTTP/1.1", "Host: localhost", *headers]
        self.send("\r\n".join(lines).encode() + b"\r\n\r\n")

    def _answer(self):
        while b"\r\n\r\n" not in self._waiting:
            self._receive()
        head, _, self._waiting = self._waiting.partition(b"\r\n\r\n")
        status, *rest = head.decode().split("\r\n")
        pairs = (line.split(": ", 1) for line in rest)
        return int(status.split()[1]), {name.lower(): value for name, value in pairs}

    def upgrade(self, path="/ws", headers=()):
        self.ask_for_upgrade(path, headers)
        return self.finish_upgrade()

    def ask_for_upgrade(self, path="/ws", headers=()):
        """Does not wait for the answer."""
        key = base64.b64encode(os.urandom(16)).decode()
        self._ask(path, [
            "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13",
            f"Sec-WebSocket-Key: {key}", *headers], "GET")

    def finish_upgrade(self):
        status, answered = self._answer()
        assert status == 101, status
        return answered

    def _receive(self):
        data = self._socket.recv(65536)
        if not data:
            raise ConnectionError("the server closed the connection")
        self._waiting += data

    def _take(self, count):
        while len(self._waiting) < count:
            self._receive()
        taken, self._waiting = self._waiting[:count], self._waiting[count:]
        return taken

    def read_frame(self):
        """Opcode and payload of the next frame."""
        first, second = self._take(2)
        assert not second & 0x80, "RFC 6455 5.1: a server does not mask"
        size = second & 0x7F
        if size == 126:
            size = struct.unpack("!H", self._take(2))[0]
        elif size == 127:
            size = struct.unpack("!Q", self._take(8))[0]
        return first & 0x0F, self._take(size)

    def read_until(self, opcode):
        while True:
            seen, payload = self.read_frame()
            if seen == opcode:
                return payload

    def close_code(self):
        """With which the server closes; skips what comes before. None: it ends without a word."""
        try:
            payload = self.read_until(CLOSE)
        except ConnectionError:
            return None
        return struct.unpack("!H", payload[:2])[0]

    def expect_end(self):
        """The server ends the TCP connection too."""
        try:
            while True:
                self._waiting = b""
                self._receive()
        except ConnectionError:
            return

    def close(self):
        self._socket.close()
