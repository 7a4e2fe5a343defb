"""A small vocabulary for tests: people connect, say something, and expect something."""

import contextlib
import itertools
import json
import socket
import time

import httpx
import websockets.exceptions
from websockets.sync.client import connect as open_websocket

from harness.described_protocol import check_close, check_frame
from harness.patience import SOON, eventually
from harness.tokens import sub_of

_keys = itertools.count(1)


def is_like(payload, wanted):
    return all(payload.get(name) == value for name, value in wanted.items())


class Person:
    """One connection of one person. Frames are dicts; `raw` keeps their text as it came."""

    def __init__(self, websocket, username):
        self._socket = websocket
        self.username = username
        self.sub = sub_of(username)
        self.raw = []
        self.seen = []

    # --- what came ---

    def next(self, seconds=SOON):
        """The next frame, whatever it is."""
        text = self._socket.recv(timeout=seconds)
        assert isinstance(text, str), "the server sends text frames only"
        self.raw.append(text)
        self.seen.append(json.loads(text))
        return self.seen[-1]

    def expect(self, kind, seconds=SOON, **wanted):
        """The payload of the next frame of that type and with these members; skips others."""
        end = time.monotonic() + seconds
        skipped = []
        while True:
            try:
                frame = self.next(max(0, end - time.monotonic()))
            except TimeoutError:
                raise AssertionError(
                    f"{self.username} got no {kind} {wanted}; but {skipped}") from None
            if frame["type"] == kind and is_like(frame["payload"], wanted):
                return frame["payload"]
            skipped.append(frame)

    def until(self, kind, seconds=SOON, **wanted):
        """All frames up to and including the next of that type."""
        start = len(self.seen)
        self.expect(kind, seconds, **wanted)
        return self.seen[start:]

    def payloads(self, kind):
        """Of every frame of that type seen so far."""
        return [frame["payload"] for frame in self.seen if frame["type"] == kind]

    def expect_close(self, seconds=SOON):
        """The code with which the server closes, and its reason."""
        end = time.monotonic() + seconds
        with contextlib.suppress(websockets.exceptions.ConnectionClosed):
            while True:
                self.next(max(0, end - time.monotonic()))
        self._socket.close()  # waits for the end of TCP
        return self._socket.close_code, self._socket.close_reason

    @property
    def close_code(self):
        """None before the server has closed."""
        return self._socket.close_code

    # --- what is said ---

    def say_raw(self, data):
        self._socket.send(data)

    def say(self, **command):
        self._socket.send(json.dumps(command))

    def close(self):
        self._socket.close()

    def vanish(self):
        """The connection is gone, without a close frame."""
        with contextlib.suppress(OSError):
            self._socket.socket.shutdown(socket.SHUT_RDWR)

    def settle(self):
        """Comes back once the server has taken what was said before."""
        assert self._socket.ping().wait(SOON), "no pong"


class OldClient(Person):
    """Speaks the old protocol."""

    def send(self, text, channel="general"):
        self.say(type="chat_message", channel=channel, message=text)

    def send_private(self, to, text):
        self.say(type="private_chat_message", recipient_id=sub_of(to), message=text)

    def greeting(self):
        """The frames of the hello: all up to `connected_users`."""
        return self.until("connected_users")


class V1Client(Person):
    """Speaks hubbub.v1, and takes no frame that is not as described."""

    hello = None

    def next(self, seconds=SOON):
        frame = super().next(seconds)
        check_frame(frame)
        return frame

    def expect_close(self, seconds=SOON):
        code, reason = super().expect_close(seconds)
        check_close(code, reason)
        return code, reason

    def channel(self, name="general"):
        return next(one for one in self.hello["channels"] if one["name"] == name)

    def command(self, kind, **members):
        """Says it and returns the payload of its ack, or of the error."""
        key = members.setdefault("send_key", f"key-{next(_keys)}")
        self.say(type=kind, **members)
        return self.answer_to(key)

    def answer_to(self, key, seconds=SOON):
        end = time.monotonic() + seconds
        while True:
            frame = self.next(max(0, end - time.monotonic()))
            if frame["type"] in ("ack", "error") and frame["payload"].get("send_key") == key:
                return frame["payload"]

    def send(self, text, channel="general", **members):
        return self.command("chat_message", channel=channel, message=text, **members)

    def send_private(self, to, text, **members):
        members.setdefault("recipient_id", sub_of(to))
        return self.command("private_chat_message", message=text, **members)

    def subscribe(self, log, since=None):
        """All frames up to and including `subscribed`."""
        self.say(type="subscribe", log=log, **({"since": since} if since else {}))
        return self.until("subscribed", log=log)

    def history(self, log, **bounds):
        self.say(type="history", log=log, **bounds)
        return self.expect("history", log=log)

    def error_of(self, **command):
        """The error that answers a command without a send key."""
        self.say(**command)
        return self.expect("error")


class Chat:
    """A server with an issuer, and the people who talk there."""

    def __init__(self, server, issuer):
        self.server = server
        self.issuer = issuer
        self._people = []
        self._http = httpx.Client(base_url=server.url, timeout=SOON, trust_env=False)

    def token(self, username, **claims):
        return self.issuer.token(username, **claims)

    def open(self, path="/ws", **options):
        options = {"max_queue": None, "compression": None, "proxy": None, "open_timeout": SOON,
                   "close_timeout": SOON, "max_size": None, **options}
        return open_websocket(f"ws://127.0.0.1:{self.server.port}{path}", **options)

    def connect_old(self, username, **claims):
        token = self.token(username, **claims)
        return self._keep(OldClient(self.open(f"/ws?token={token}"), username))

    def connect_raw(self, username, token=None, **claims):
        """Speaks hubbub.v1, nothing read yet."""
        token = token or self.token(username, **claims)
        websocket = self.open(subprotocols=["hubbub.v1", f"bearer.{token}"])
        assert websocket.subprotocol == "hubbub.v1"
        return self._keep(V1Client(websocket, username))

    def connect(self, username, **claims):
        person = self.connect_raw(username, **claims)
        first = person.next()
        assert first["type"] == "hello", first
        person.hello = first["payload"]
        return person

    def listen(self, username, channel="general", **claims):
        """Connected, and subscribed from the end of a channel's log."""
        person = self.connect(username, **claims)
        person.subscribe(person.channel(channel)["id"])
        return person

    def _keep(self, person):
        self._people.append(person)
        return person

    def http(self, method, path, by=None, json=None, headers=None, **options):
        """A request by a person, by an administrator (`admin`), or by nobody."""
        headers = dict(headers or {})
        if by:
            roles = [by] if by in ("admin", "moderator") else []
            headers["Authorization"] = "Bearer " + self.token(by, roles=roles)
        if json is not None:
            options["json"] = json
        return self._http.request(method, path, headers=headers, **options)

    def metric(self, name, labels=""):
        """Its value; the sum over all labels unless some are given."""
        lines = [line.rsplit(" ", 1) for line in
                 self.http("GET", "/metrics", by="admin").text.splitlines()]
        wanted = f"{name}{{{labels}}}" if labels else name
        return sum(int(value) for key, value in lines
                   if key == wanted or not labels and key.startswith(name + "{"))

    def start_empty(self):
        """One channel `general`, in which nothing was ever said, not even the welcome."""
        for one in self.http("GET", "/channels", by="admin").json()["channels"]:
            self.http("DELETE", f"/channels?id={one['id']}&purge=1", by="admin")
        self.create_channel("general")

    def create_channel(self, name, description=""):
        answer = self.http("POST", "/channels", by="admin",
                           json={"name": name, "description": description})
        assert answer.status_code == 201, answer.text
        def is_listed():
            return self.channel_id(name)
        return eventually(is_listed)

    def channel_id(self, name):
        """None when there is no such channel."""
        channels = self.http("GET", "/channels", by="admin").json()["channels"]
        return next((one["id"] for one in channels if one["name"] == name), None)

    def limit_messages(self, count, seconds):
        answer = self.http("PATCH", "/ratelimits", by="admin",
                           json={"id": 1, "message_limit": count, "window_seconds": seconds})
        assert answer.status_code == 200, answer.text

    def close(self):
        self._http.close()
        for person in self._people:
            with contextlib.suppress(Exception):
                person.vanish()
