"""With Valkey beside the server: limits that outlive it, and what happens without its answers."""

import subprocess
import time

import pytest

from harness.patience import SLOWNESS, eventually
from harness.server import BINARY
from harness.tokens import sub_of

WINDOW = 600
# Longer than the default, so that a busy machine makes no outage where there is none.
TIMEOUT = f"{500 * SLOWNESS:.0f}ms"


def key(username):
    return f"ratelimit:{sub_of(username)}"


def metric(chat, name):
    lines = chat.http("GET", "/metrics").text.splitlines()
    return next(float(line.split()[1]) for line in lines if line.startswith(name + " "))


def readiness(chat):
    answer = chat.http("GET", "/readyz")
    assert answer.status_code == 200 and answer.json()["store"] == "up", answer.text
    return answer.json()["valkey"]


def await_valkey(chat, state):
    def has_that_state():
        return readiness(chat) == state
    eventually(has_that_state)


def lines(chat, event):
    return chat.server.output.count(f" {event} ")


@pytest.fixture
def chat(make_chat, valkey):
    chat = make_chat(HUBBUB_VALKEY_URL=valkey.url, HUBBUB_VALKEY_TIMEOUT=TIMEOUT)
    chat.limit_messages(3, WINDOW)
    return chat


def outcomes(person, count):
    return ["sent" if "seq" in answer else answer["code"]
            for answer in (person.send(f"message {number}") for number in range(count))]


def test_the_counter_stands_where_the_old_server_kept_it(chat, valkey):
    assert outcomes(chat.connect("alice"), 5) == ["sent"] * 3 + ["rate_limited"] * 2
    assert valkey.ask("GET", key("alice")) == "5"
    assert WINDOW - 60 < valkey.ask("TTL", key("alice")) <= WINDOW


def test_the_limit_holds_over_a_restart_of_the_server(chat):
    assert outcomes(chat.connect("alice"), 3) == ["sent"] * 3
    chat.server.restart()
    refusal = chat.connect("alice").send("one more")
    assert refusal["code"] == "rate_limited"
    assert (WINDOW - 60) * 1000 < refusal["retry_after_ms"] <= WINDOW * 1000
    assert metric(chat, "hubbub_valkey_fallbacks_total") == 0


def test_what_the_old_server_counted_is_honoured(chat, valkey):
    valkey.ask("SET", key("alice"), 2, "EX", 30)
    alice = chat.connect("alice")
    assert "seq" in alice.send("the third")
    refusal = alice.send("the fourth")
    assert refusal["code"] == "rate_limited" and refusal["retry_after_ms"] <= 30_000
    assert valkey.ask("GET", key("alice")) == "4"
    valkey.ask("DEL", key("alice"))
    assert "seq" in alice.send("an operator let me off")


@pytest.mark.parametrize("left_behind", [
    ("SET", "99"), ("SET", "99", "EX", 2 * WINDOW), ("SET", "no number", "EX", 9), ("RPUSH", "1")])
def test_a_counter_that_cannot_be_meant_starts_anew(chat, valkey, left_behind):
    verb, *rest = left_behind
    valkey.ask(verb, key("alice"), *rest)
    assert outcomes(chat.connect("alice"), 4) == ["sent"] * 3 + ["rate_limited"]
    assert 0 < valkey.ask("TTL", key("alice")) <= WINDOW
    assert metric(chat, "hubbub_valkey_errors_total") == 0


def test_a_script_that_the_server_forgot_is_loaded_again(chat, valkey):
    alice = chat.connect("alice")
    alice.send("first")
    valkey.ask("SCRIPT", "FLUSH")
    assert outcomes(alice, 3) == ["sent", "sent", "rate_limited"]
    assert metric(chat, "hubbub_valkey_fallbacks_total") == 0


def test_a_restart_between_two_messages_costs_no_verdict(chat, valkey):
    alice = chat.connect("alice")
    alice.send("counted")
    valkey.restart_empty()
    def is_back():
        return lines(chat, "valkey_up") == 2
    eventually(is_back)
    alice.send("counted too")
    assert valkey.ask("GET", key("alice")) == "1"
    assert metric(chat, "hubbub_valkey_fallbacks_total") == 0


def kill(valkey):
    valkey.kill()


def freeze(valkey):
    valkey.freeze()


def fill(valkey):
    valkey.fill()


def come_back(valkey, how):
    {kill: valkey.start, freeze: valkey.thaw, fill: valkey.make_room}[how]()


@pytest.mark.parametrize("trouble", [kill, freeze, fill])
def test_without_valkey_the_limit_goes_on_from_what_is_known(chat, valkey, trouble):
    alice = chat.connect("alice")
    assert outcomes(alice, 2) == ["sent"] * 2
    trouble(valkey)
    assert outcomes(alice, 2) == ["sent", "rate_limited"]
    await_valkey(chat, "down")
    assert metric(chat, "hubbub_valkey_up") == 0
    assert metric(chat, "hubbub_valkey_fallbacks_total") >= 1
    assert metric(chat, "hubbub_valkey_errors_total") >= 1
    come_back(valkey, trouble)
    await_valkey(chat, "up")
    assert metric(chat, "hubbub_valkey_up") == 1
    valkey.ask("SET", key("bob"), 3, "EX", 60)
    assert outcomes(chat.connect("bob"), 1) == ["rate_limited"]


@pytest.mark.parametrize("trouble", [kill, freeze, fill])
def test_messages_flow_on_and_one_line_tells(chat, valkey, trouble):
    chat.limit_messages(100_000, 10)
    alice, bob = chat.connect("alice"), chat.listen("bob")
    trouble(valkey)
    start = time.monotonic()
    assert outcomes(alice, 100) == ["sent"] * 100
    # Each for its own timeout, it would be fifty seconds.
    assert time.monotonic() - start < 5 * SLOWNESS
    bob.expect("chat_message", message="message 99")
    await_valkey(chat, "down")
    come_back(valkey, trouble)
    await_valkey(chat, "up")
    assert outcomes(alice, 1) == ["sent"]
    assert (lines(chat, "valkey_down"), lines(chat, "valkey_up")) == (1, 2)


def test_valkey_may_be_missing_when_the_server_starts(make_chat, valkey):
    valkey.kill()
    chat = make_chat(HUBBUB_VALKEY_URL=valkey.url)
    assert readiness(chat) == "down"
    assert outcomes(chat.connect("alice"), 1) == ["sent"]
    valkey.start()
    await_valkey(chat, "up")
    chat.connect("alice").send("counted")
    assert valkey.ask("GET", key("alice")) == "1"


def test_a_server_without_valkey_does_not_mention_it(make_chat):
    chat = make_chat()
    assert chat.http("GET", "/readyz").json() == {"status": "ready", "store": "up"}
    assert "valkey" not in chat.http("GET", "/metrics").text


def test_it_signs_in_with_a_password_that_no_log_shows(make_chat, make_valkey):
    valkey = make_valkey(requirepass="se:s@me")
    chat = make_chat(HUBBUB_VALKEY_URL=f"redis://:se%3As%40me@127.0.0.1:{valkey.port}/3")
    assert readiness(chat) == "up"
    assert f"valkey_up address=127.0.0.1:{valkey.port}/3" in chat.server.output
    wrong = make_chat(HUBBUB_VALKEY_URL=f"redis://:other@127.0.0.1:{valkey.port}")
    assert readiness(wrong) == "down"
    assert "WRONGPASS" in wrong.server.output
    assert not any(word in one.server.output for one in (chat, wrong) for word in ("s@me", "other"))


COMMANDS = ("select multi exec eval evalsha script|load setrange incr pttl get set del exists "
            "expire rpush ltrim lrange lrem hset hdel")
KEYS = ("ratelimit:*", "recent_messages", "recent_private_messages:*", "presence:*",
        "cache_message_id", "cache_private_message_id")


def test_a_user_of_its_own_needs_what_the_documentation_says(make_chat, valkey):
    valkey.ask("ACL", "SETUSER", "hubbub", "on", ">sesame", *(f"~{key}" for key in KEYS),
               *(f"+{command}" for command in COMMANDS.split()))
    chat = make_chat(HUBBUB_VALKEY_URL=f"redis://hubbub:sesame@127.0.0.1:{valkey.port}",
                     HUBBUB_VALKEY_TIMEOUT=TIMEOUT)
    alice, bob = chat.connect("alice"), chat.connect("bob")
    removed = alice.send("hello")["message_id"]
    alice.send_private("bob", "hello")
    bob.close()
    chat.http("DELETE", "/messages", by="admin", json={"ids": [removed]})

    def is_carried_out():
        return (valkey.ask("LLEN", "recent_messages") == 0
                and valkey.ask("LLEN", f"recent_private_messages:{sub_of('bob')}") == 1
                and [valkey.ask("HLEN", node) for node in valkey.ask("KEYS", "presence:*")] == [1])
    eventually(is_carried_out)
    chat.server.restart()
    assert readiness(chat) == "up"
    assert metric(chat, "hubbub_valkey_errors_total") == 0


@pytest.mark.parametrize("url, complaint", [
    ("valkey:6379", "must be of the form redis://[user:password@]host:port[/database]"),
    ("rediss://:sesame@valkey:6379", "asks for TLS (rediss), which is not supported"),
    ("redis://:sesame@valkey", "must name a port after the host"),
])
def test_a_url_that_cannot_be_meant_is_refused_at_start(tmp_path, url, complaint):
    done = subprocess.run([BINARY, "serve"], cwd=tmp_path, env={"HUBBUB_VALKEY_URL": url},
                          stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
    assert done.returncode != 0
    assert "HUBBUB_VALKEY_URL " + complaint in done.stderr
    assert "sesame" not in done.stdout + done.stderr
