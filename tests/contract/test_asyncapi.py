"""/asyncapi.json: hubbub.v1 for programs. That real frames are as it says, every test of hubbub.v1
proves (harness/chat.py); that its commands and codes are the server's, asyncapi_test.cc."""

import copy

import pytest

from harness.described_protocol import check_frame, document, faults

MESSAGES = document()["components"]["messages"]
FRAMES = sorted(key for key in MESSAGES if key.endswith("_frame"))
OF_MESSAGES = ("removed", "send_key")
MAY_BE_MISSING = {"error_frame": ("command", "field", "log", "retry_after_ms", "send_key"),
                  "chat_message_frame": OF_MESSAGES, "private_chat_message_frame": OF_MESSAGES,
                  "history_frame": OF_MESSAGES}


def walk(value):
    """Every object and list in it, itself too."""
    yield value
    for one in value.values() if isinstance(value, dict) else value:
        if isinstance(one, (dict, list)):
            yield from walk(one)


def objects(value):
    return [one for one in walk(value) if isinstance(one, dict)]


def find(reference):
    assert reference.startswith("#/"), reference
    found = document()
    for name in reference[2:].split("/"):
        found = found[name]
    return found


def examples(key):
    return [copy.deepcopy(one["payload"]) for one in MESSAGES[key]["examples"]]


def test_it_is_served_to_everybody(shared_chat):
    answer = shared_chat.http("GET", "/asyncapi.json")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.json() == document()


def test_it_has_what_asyncapi_requires():
    described = document()
    assert described["asyncapi"] == "3.0.0"
    assert described["info"]["title"] and described["info"]["version"]
    for server in described["servers"].values():
        assert server["host"] and server["protocol"]
    for operation in described["operations"].values():
        assert operation["action"] in ("send", "receive")
        assert find(operation["channel"]["$ref"]) in described["channels"].values()
    assert set(described["channels"]["chat"]["messages"]) == set(MESSAGES)
    assert all(message["name"] and message["payload"] for message in MESSAGES.values())


def test_every_reference_leads_somewhere():
    references = [one["$ref"] for one in objects(document()) if "$ref" in one]
    assert references and all(find(one) for one in references)


def test_every_message_is_sent_or_received_by_an_operation():
    sent, received = set(), set()
    for operation in document()["operations"].values():
        into = sent if operation["action"] == "send" else received
        into.update(one["$ref"] for one in operation["messages"])
        sent.update(one["$ref"] for one in operation.get("reply", {}).get("messages", []))
    start = "#/channels/chat/messages/"
    assert sent == {start + key for key in FRAMES}
    assert received == {start + key for key in MESSAGES if key not in FRAMES}


@pytest.mark.parametrize("key", sorted(MESSAGES))
def test_every_example_is_as_described(key):
    for example in examples(key):
        assert not faults(f"/components/messages/{key}/payload", example)


@pytest.mark.parametrize("key", FRAMES)
def test_a_frame_with_a_member_too_many_is_not_as_described(key):
    for example in examples(key):
        for one in objects(example):
            one["surplus"] = 1
            with pytest.raises(AssertionError, match="surplus"):
                check_frame(example)
            del one["surplus"]
        check_frame(example)


@pytest.mark.parametrize("key", FRAMES)
def test_a_frame_with_a_member_of_another_type_is_not_as_described(key):
    for example in examples(key):
        for one in objects(example["payload"]):
            for name, value in list(one.items()):
                one[name] = None
                with pytest.raises(AssertionError, match="not as described"):
                    check_frame(example)
                one[name] = value


@pytest.mark.parametrize("key", FRAMES)
def test_a_frame_with_a_member_too_few_is_not_as_described(key):
    for example in examples(key):
        for one in objects(example):
            for name, value in list(one.items()):
                if name in MAY_BE_MISSING.get(key, ()):
                    continue
                del one[name]
                with pytest.raises(AssertionError, match="not as described|not described"):
                    check_frame(example)
                one[name] = value


def test_a_frame_of_a_type_that_is_not_described_is_refused():
    with pytest.raises(AssertionError, match="not described"):
        check_frame({"type": "dance", "sender": "Server", "payload": {}})
