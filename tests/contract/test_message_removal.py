"""A removed message leaves every open page at once, and every later replay. DELETE /messages."""

import json

import pytest


def remove(chat, *ids, by="moderator"):
    return chat.http("DELETE", "/messages", by=by, json={"ids": list(ids)})


@pytest.fixture
def talk(chat):
    """Alice, who said three things, each in an ack."""
    alice = chat.listen("alice")
    alice.said = [alice.send(text) for text in ("first", "second", "third")]
    return alice


def test_nothing_is_answered_but_that_it_is_done(chat, talk):
    answer = remove(chat, talk.said[0]["message_id"])
    assert (answer.status_code, answer.content) == (204, b"")


def test_open_pages_learn_of_it_at_once(chat, talk):
    bob = chat.listen("bob")
    remove(chat, talk.said[1]["message_id"])
    for page in (talk, bob):
        removal = page.expect("message_removed")
        assert removal["removed_seq"] == talk.said[1]["seq"]
        assert removal["message_id"] == talk.said[1]["message_id"]
        assert removal["seq"] == talk.said[2]["seq"] + 1


def test_later_replays_and_histories_have_it_blank(chat, talk):
    remove(chat, talk.said[1]["message_id"])
    bob = chat.connect("bob")
    log = bob.channel()["id"]
    replay = bob.subscribe(log, {"epoch": bob.channel()["epoch"], "seq": 0})
    messages = [frame["payload"] for frame in replay if frame["type"] == "chat_message"]
    assert [one["message"] for one in messages] == ["first", "", "third"]
    assert messages[1]["removed"] is True and "removed" not in messages[0]
    assert [frame["type"] for frame in replay][-2:] == ["message_removed", "subscribed"]
    history = bob.history(log)["messages"]
    assert "second" not in json.dumps(history)


def test_neither_search_nor_old_greetings_have_it(chat, talk):
    remove(chat, talk.said[1]["message_id"], talk.said[2]["message_id"])
    found = chat.http("GET", "/messages", by="admin").json()["payload"]["messages"]
    assert [one["message"] for one in found] == ["first"]
    assert chat.http("GET", "/messages?keyword=second",
                     by="admin").json()["payload"]["messages"] == []
    bulk = chat.connect_old("carol").greeting()[0]["payload"]["messages"]
    assert [one["message"] for one in bulk] == ["first"]


def test_what_is_known_is_removed_and_the_rest_passed_over(chat, talk):
    assert remove(chat, 987654, talk.said[0]["message_id"]).status_code == 204
    assert remove(chat, talk.said[0]["message_id"], talk.said[1]["message_id"]).status_code == 204
    talk.expect("message_removed", removed_seq=talk.said[1]["seq"])
    assert len(talk.payloads("message_removed")) == 2


def test_none_of_them_there_is_404(chat, talk):
    assert remove(chat, 987654).status_code == 404
    remove(chat, talk.said[0]["message_id"])
    answer = remove(chat, talk.said[0]["message_id"])
    assert answer.status_code == 404 and answer.text != "404 page not found\n"


def test_it_stays_removed_over_a_restart(chat, talk):
    remove(chat, talk.said[0]["message_id"])
    chat.server.restart()
    bob = chat.connect("bob")
    assert [one["message"] for one in bob.history(bob.channel()["id"])["messages"]][0] == ""


@pytest.mark.parametrize("body, text", [
    ("", "Invalid JSON body"), ("[1]", "Invalid JSON body"), ('{"ids":1}', "Invalid JSON body"),
    ('{"ids":["1"]}', "Invalid JSON body"), ('{"ids":[1.5]}', "Invalid JSON body"),
    ("{}", "No IDs provided"), ('{"ids":null}', "No IDs provided"),
    ('{"ids":[]}', "No IDs provided"),
    (json.dumps({"ids": list(range(1, 502))}), "At most 500 messages are removed at once")])
def test_a_bad_removal_is_refused(shared_chat, body, text):
    answer = shared_chat.http("DELETE", "/messages", by="moderator", content=body)
    assert (answer.status_code, answer.text) == (400, text + "\n")


def test_members_remove_nothing_not_even_their_own(chat, talk):
    assert remove(chat, talk.said[0]["message_id"], by="alice").status_code == 403
