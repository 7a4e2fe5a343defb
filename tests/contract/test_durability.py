"""Acknowledged means durable: through a stop and through kill -9."""

import threading

import pytest

from harness.server import Server


def restarted(chat, how):
    if how == "stop":
        chat.server.restart()
    else:
        chat.server.kill()
        chat.server.start()


@pytest.mark.parametrize("how", ["stop", "kill"])
def test_after_a_restart_everything_is_as_it_was(chat, how):
    alice = chat.connect("alice")
    acks = [alice.send(f"text {number}", send_key=f"k{number}") for number in range(20)]
    note = alice.send_private("alice", "a note")
    before = alice.hello
    restarted(chat, how)

    again = chat.connect("alice")
    assert again.hello["server_id"] == before["server_id"]
    assert again.channel() == {**alice.channel(), "seq": 20}
    assert again.hello["inbox"] == {**before["inbox"], "seq": 1}
    assert again.hello["limits"] == before["limits"]
    messages = again.history(again.channel()["id"])["messages"]
    assert [(one["seq"], one["message_id"], one["authored_at"]) for one in messages] == [
        (ack["seq"], ack["message_id"], ack["authored_at"]) for ack in acks]
    assert again.history("inbox")["messages"][0]["message_id"] == note["message_id"]
    # A key that was answered before is known still, and counting goes on.
    assert again.send("text 7", send_key="k7") == {**acks[7], "repeated": True}
    assert again.send("next")["seq"] == 21


def test_the_old_protocols_greeting_is_refilled_from_the_store(chat):
    alice = chat.connect_old("alice")
    alice.greeting()
    alice.send("hello")
    live = alice.expect("chat_message")
    chat.server.restart()
    assert chat.connect_old("alice").expect("bulk_chat_messages") == {"messages": [live]}


@pytest.mark.parametrize("attempt", range(3))
def test_what_was_acknowledged_before_a_kill_is_there_and_was_seen_by_no_one_otherwise(
        chat, attempt):
    """Killed in the midst of writing: what anyone was shown or told must have been on disk."""
    acked, shown, lock = {}, {}, threading.Lock()

    def talk(name):
        person = chat.connect(name)
        try:
            for number in range(10_000):
                ack = person.send(f"{name} {number}", send_key=f"k{number}")
                with lock:
                    acked[ack["seq"]] = f"{name} {number}"
        except Exception:
            return  # the server is gone

    def watch():
        person = chat.listen("watcher")
        try:
            while True:
                told = person.expect("chat_message")
                shown[told["seq"]] = told["message"]
        except Exception:
            return

    threads = [threading.Thread(target=talk, args=(f"writer{n}",)) for n in range(3)]
    threads.append(threading.Thread(target=watch))
    for thread in threads:
        thread.start()
    enough = threading.Event()
    while len(acked) < 100 * (attempt + 1) and not enough.wait(0.005):
        assert chat.server.is_running()
    chat.server.kill()
    for thread in threads:
        thread.join()

    chat.server.start()
    reader = chat.connect("reader")
    channel = reader.channel()
    frames = reader.subscribe(channel["id"], {"epoch": channel["epoch"], "seq": 0})
    stored = [frame["payload"] for frame in frames if frame["type"] == "chat_message"]
    assert [one["seq"] for one in stored] == list(range(1, len(stored) + 1))
    text_of = {one["seq"]: one["message"] for one in stored}
    assert len(text_of) == len(set(text_of.values()))
    for seen in (acked, shown):
        assert {seq: text_of.get(seq) for seq in seen} == seen


def test_a_second_server_on_the_same_folder_is_refused(chat):
    second = Server(chat.server.folder, HUBBUB_OIDC_ISSUER=chat.issuer.url)
    with pytest.raises(AssertionError, match="the server ended"):
        second.start()


def test_a_second_server_on_the_same_port_is_refused(chat, tmp_path):
    second = Server(tmp_path, HUBBUB_OIDC_ISSUER=chat.issuer.url,
                    HUBBUB_LISTEN=f"127.0.0.1:{chat.server.port}")
    with pytest.raises(AssertionError, match="the server ended"):
        second.start()
