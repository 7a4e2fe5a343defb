"""GET /messages: search, pages and refusals. And /ratelimits."""

import pytest

from harness.tokens import sub_of


@pytest.fixture(scope="module")
def filled(shared_chat):
    shared_chat.create_channel("second")
    alice, bob = shared_chat.connect("alice"), shared_chat.connect("bob")
    for number in range(1, 61):
        alice.send(f"apple number {number}")
    bob.send("pear and apple")
    bob.send("pear alone", channel="second")
    return shared_chat


def search(chat, query=""):
    answer = chat.http("GET", "/messages" + query, by="alice")
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert list(found) == ["type", "sender", "payload"]
    assert (found["type"], found["sender"]) == ("message_search_result", "server")
    assert list(found["payload"]) == ["messages", "has_more"]
    return found["payload"]["messages"], found["payload"]["has_more"]


def texts(chat, query):
    return [one["message"] for one in search(chat, query)[0]]


def test_without_messages_the_list_is_empty_and_not_null(chat):
    assert search(chat) == ([], False)


def test_a_found_message_is_whole(filled):
    message = search(filled, "?channel=second")[0][0]
    assert list(message) == ["id", "owner_id", "username", "channel", "message", "authored_at"]
    assert isinstance(message["id"], int)
    assert (message["owner_id"], message["username"], message["channel"], message["message"]) == (
        sub_of("bob"), "bob", "second", "pear alone")


def test_the_newest_come_first_in_pages_of_50(filled):
    messages, has_more = search(filled)
    assert len(messages) == 50 and has_more
    assert [one["message"] for one in messages[:2]] == ["pear alone", "pear and apple"]
    assert [one["id"] for one in messages] == sorted((one["id"] for one in messages), reverse=True)


def test_pages_together_are_everything_once(filled):
    seen = []
    for offset in range(0, 80, 20):
        messages, has_more = search(filled, f"?limit=20&offset={offset}")
        seen += [one["id"] for one in messages]
        assert has_more == (offset < 60)
    assert len(seen) == len(set(seen)) == 62
    assert search(filled, "?limit=62")[1] is False
    assert search(filled, "?offset=62") == ([], False)


def test_the_next_page_begins_before_the_last_id(filled):
    seen, query = [], "?limit=25"
    while True:
        messages, has_more = search(filled, query)
        seen += [one["id"] for one in messages]
        if not has_more:
            break
        query = f"?limit=25&before_id={seen[-1]}"
    assert len(seen) == len(set(seen)) == 62
    assert seen == sorted(seen, reverse=True)


def test_a_page_has_500_messages_at_most(filled):
    assert len(search(filled, "?limit=100000")[0]) == 62


@pytest.mark.parametrize("query, count", [
    ("?channel=second", 1), ("?channel=general&limit=100", 61),
    ("?channel=general&channel=second&limit=100", 62), ("?channel=nowhere", 0),
    ("?keyword=pear", 2), ("?keyword=pear&channel=second", 1), ("?keyword=apple+pear", 1),
    ("?keyword=APPLE&limit=100", 61), ("?keyword=nothing", 0),
    (f"?user_id={sub_of('bob')}", 2), (f"?user_id={sub_of('bob')}&keyword=alone", 1),
    ("?user_id=nobody", 0), ("?keyword=&channel=&user_id=&limit=100", 62),
    ("?keyword=%22%27*%3A%28NOT", 0), ("?keyword=apple%20OR%20pear&limit=100", None),
])
def test_conditions_are_joined(filled, query, count):
    found = texts(filled, query)
    assert count is None or len(found) == count


@pytest.mark.parametrize("query, text", [
    ("?limit=0", "Invalid 'limit' query parameter"),
    ("?limit=-1", "Invalid 'limit' query parameter"),
    ("?limit=x", "Invalid 'limit' query parameter"),
    ("?limit=1.5", "Invalid 'limit' query parameter"),
    ("?offset=-1", "Invalid 'offset' query parameter"),
    ("?offset=x", "Invalid 'offset' query parameter"),
    ("?before_id=x", "Invalid 'before_id' query parameter"),
    ("?before_id=0", "Invalid 'before_id' query parameter"),
])
def test_a_bad_page_is_refused(shared_chat, query, text):
    answer = shared_chat.http("GET", "/messages" + query, by="alice")
    assert (answer.status_code, answer.text) == (400, text + "\n")


def test_private_messages_are_never_found(chat):
    alice = chat.connect("alice")
    alice.send_private("alice", "secret")
    assert search(chat) == ([], False)
    answer = chat.http("GET", "/messages?keyword=secret", by="admin").json()
    assert answer["payload"]["messages"] == []


def test_the_limits_are_shown_and_changed_at_once(chat):
    shown = chat.http("GET", "/ratelimits", by="alice").json()
    assert shown == {"rate_limiter": {"id": 1, "owner_id": "default", "message_limit": 100_000,
                                      "window_seconds": 10}}
    answer = chat.http("PATCH", "/ratelimits", by="admin",
                       json={"id": 1, "message_limit": 5, "window_seconds": 50})
    assert (answer.status_code, answer.json()) == (200, {"message": "Rate limit updated"})
    shown = chat.http("GET", "/ratelimits", by="alice").json()["rate_limiter"]
    assert (shown["message_limit"], shown["window_seconds"]) == (5, 50)


@pytest.mark.parametrize("body", ["", "{", "[]", '{"id":1,"message_limit":"5","window_seconds":1}',
                                  '{"id":1,"message_limit":1.5,"window_seconds":1}'])
def test_bad_limits_are_refused(shared_chat, body):
    answer = shared_chat.http("PATCH", "/ratelimits", by="admin", content=body)
    assert (answer.status_code, answer.text) == (400, "Invalid JSON payload\n")
