"""hubbub.v1: no silent drop. Each refusal has a stable code, and the connection stays open."""

import pytest

GOOD = {"type": "chat_message", "send_key": "k", "channel": "general", "message": "text"}


def without(name):
    return {member: value for member, value in GOOD.items() if member != name}


@pytest.fixture
def alice(shared_chat):
    alice = shared_chat.connect("alice")
    yield alice
    assert "seq" in alice.send("still here")
    alice.close()


@pytest.mark.parametrize("command, code, field", [
    # malformed: a member is missing or of the wrong type
    ({"type": 7}, "malformed", "type"),
    ({}, "malformed", "type"),
    ({**GOOD, "message": 7}, "malformed", "message"),
    ({**GOOD, "message": None}, "malformed", "message"),
    ({**GOOD, "send_key": 7}, "malformed", "send_key"),
    ({**GOOD, "channel_id": "1"}, "malformed", "channel_id"),
    ({**GOOD, "channel_id": 1.5}, "malformed", "channel_id"),
    (without("send_key"), "malformed", "send_key"),
    (without("message"), "malformed", "message"),
    (without("channel"), "malformed", "channel_id"),
    ({"type": "private_chat_message", "send_key": "k", "message": "x"}, "malformed",
     "recipient_id"),
    ({"type": "subscribe"}, "malformed", "log"),
    ({"type": "subscribe", "log": "outbox"}, "malformed", "log"),
    ({"type": "subscribe", "log": "inbox", "since": 7}, "malformed", "since"),
    ({"type": "subscribe", "log": "inbox", "since": {"seq": 1}}, "malformed", "since.epoch"),
    ({"type": "subscribe", "log": "inbox", "since": {"epoch": "e"}}, "malformed", "since.seq"),
    ({"type": "subscribe", "log": "inbox", "since": {"epoch": "e", "seq": -1}}, "malformed",
     "since.seq"),
    ({"type": "history"}, "malformed", "log"),
    ({"type": "history", "log": "inbox", "limit": "9"}, "malformed", "limit"),
    ({"type": "unsubscribe"}, "malformed", "log"),
    ({"type": "refresh_token"}, "malformed", "token"),
    # unknown_command
    ({"type": "dance"}, "unknown_command", None),
    ({"type": ""}, "unknown_command", None),
    # invalid: out of bounds
    ({**GOOD, "message": ""}, "invalid", "message"),
    ({**GOOD, "message": "a" * 4001}, "invalid", "message"),
    ({**GOOD, "message": "a\0b"}, "invalid", "message"),
    ({**GOOD, "send_key": ""}, "invalid", "send_key"),
    ({**GOOD, "send_key": "k" * 65}, "invalid", "send_key"),
    ({"type": "history", "log": "inbox", "limit": 0}, "invalid", "limit"),
    ({"type": "history", "log": "inbox", "limit": 201}, "invalid", "limit"),
    ({"type": "history", "log": "inbox", "before": 1, "after": 1}, "invalid", "after"),
    ({"type": "subscribe", "log": "inbox", "since": {"epoch": "e", "seq": 2**53}}, "invalid",
     "since.seq"),
    # what is not there
    ({**GOOD, "channel": "nowhere"}, "unknown_channel", None),
    ({**without("channel"), "channel_id": 987654}, "unknown_channel", None),
    ({**without("channel"), "channel_id": -1}, "unknown_channel", None),
    ({"type": "private_chat_message", "send_key": "k", "recipient_id": "nobody", "message": "x"},
     "unknown_user", None),
    ({"type": "subscribe", "log": 987654}, "unknown_log", None),
    ({"type": "history", "log": 987654}, "unknown_log", None),
    # token_invalid
    ({"type": "refresh_token", "token": "nonsense"}, "token_invalid", None),
    ({"type": "refresh_token", "token": ""}, "token_invalid", None),
])
def test_a_refusal_has_its_code_and_names_the_field(alice, command, code, field):
    told = alice.error_of(**command)
    assert told["code"] == code and told["message"]
    assert field is None or told["field"] == field
    # What was refused can be found again: by its key, else by its type and log.
    key = command.get("send_key")
    if isinstance(key, str) and 0 < len(key) <= 64:
        assert told["send_key"] == key
    else:
        if isinstance(command.get("type"), str) and command["type"]:
            assert told["command"] == command["type"]
        if command.get("log") == "inbox" or isinstance(command.get("log"), int):
            assert told["log"] == command["log"]


@pytest.mark.parametrize("said", ["", "nonsense", "[]", "null", "7", '{"type":"history"', "{}{}",
                                  '{"type":"\\ud800"}', "[" * 5000])
def test_what_is_not_one_object_is_malformed(shared_chat, said):
    bob = shared_chat.connect("bob")
    bob.say_raw(said)
    assert bob.expect("error")["code"] == "malformed"
    assert "seq" in bob.send("still here")
    bob.close()


def test_a_channel_that_was_deleted_is_unknown(chat):
    alice = chat.connect("alice")
    gone = chat.create_channel("gone")
    chat.http("DELETE", f"/channels?id={gone}", by="admin")
    told = alice.command("chat_message", channel_id=gone, message="x")
    assert told["code"] == "unknown_channel"


def test_too_many_malformed_messages_close_the_connection(shared_chat):
    mallory = shared_chat.connect("mallory")
    for _ in range(50):
        try:
            mallory.say_raw("nonsense")
        except Exception:  # closed already
            break
    code, _ = mallory.expect_close()
    assert code == 4400
    errors = mallory.payloads("error")
    assert 10 <= len(errors) < 50 and {one["code"] for one in errors} == {"malformed"}


def test_refused_but_well_formed_commands_never_close_it(alice):
    for _ in range(60):
        assert alice.error_of(**{**GOOD, "channel": "nowhere"})["code"] == "unknown_channel"
