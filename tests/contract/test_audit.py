"""Every administrative act leaves a record: who, from where, what, before and after. GET /audit."""

import pytest

from harness.problems import problem_of
from harness.tokens import sub_of


def records(chat, query=""):
    answer = chat.http("GET", "/audit" + query, by="admin")
    assert answer.status_code == 200, answer.text
    assert list(answer.json()) == ["records", "has_more"]
    return answer.json()["records"]


def last(chat):
    return records(chat, "?limit=1")[0]


def test_a_record_says_who_did_what_from_where(chat):
    chat.create_channel("second", "words")
    record = last(chat)
    assert list(record) == ["id", "at", "actor_id", "actor_username", "address", "action",
                            "target", "before", "after"]
    assert (record["actor_id"], record["actor_username"]) == (sub_of("admin"), "admin")
    assert (record["address"], record["action"]) == ("127.0.0.1", "channel.create")
    assert (record["target"], record["before"]) == ("#second", None)
    assert (record["after"]["name"], record["after"]["description"]) == ("second", "words")


def test_behind_a_trusted_proxy_the_address_is_the_clients(chat):
    chat.http("POST", "/channels", by="admin", json={"name": "second"},
              headers={"X-Forwarded-For": "198.51.100.7"})
    assert last(chat)["address"] == "198.51.100.7"


def test_a_change_is_recorded_with_before_and_after(chat):
    general = chat.channel_id("general")
    chat.http("PATCH", "/channels", by="admin",
              json={"id": general, "name": "renamed", "read_only": True})
    record = last(chat)
    assert record["action"] == "channel.update"
    assert (record["before"]["name"], record["after"]["name"]) == ("general", "renamed")
    assert record["after"]["read_only"] is True
    assert not record["before"].get("read_only")


def test_each_act_has_its_name(chat):
    alice = chat.connect("alice")
    said = alice.send("remove me")
    general, second = chat.channel_id("general"), chat.create_channel("second")
    start = last(chat)["id"]

    def do(method, path, **body):
        answer = chat.http(method, path, by="admin", json=body or None)
        assert answer.status_code in (200, 204), answer.text
        return answer.json() if answer.content else {}

    do("PATCH", "/channels", id=second, before_id=general)
    do("PATCH", "/channels", id=second, description="words")
    do("DELETE", f"/channels?id={second}")
    do("PATCH", "/channels", id=second, archived=False)
    do("DELETE", f"/channels?id={second}&purge=1")
    do("PATCH", "/ratelimits", id=1, message_limit=5, window_seconds=50)
    do("DELETE", "/messages", ids=[said["message_id"]])
    mute = do("POST", "/users/mute", user_id=alice.sub)["mute_id"]
    do("DELETE", f"/users/mute?mute_id={mute}")
    ban = do("POST", "/users/ban", banished_id=alice.sub, reason="spam", duration=2)["ban_id"]
    do("DELETE", f"/users/ban?ban_id={ban}")

    since = [one for one in reversed(records(chat)) if one["id"] > start]
    assert [one["action"] for one in since] == [
        "channel.reorder", "channel.update", "channel.archive", "channel.restore", "channel.purge",
        "limits.update", "message.remove", "user.mute", "user.unmute", "user.ban", "user.pardon"]
    by_action = {one["action"]: one for one in since}
    assert by_action["limits.update"]["before"]["message_limit"] == 100_000
    assert by_action["limits.update"]["after"]["message_limit"] == 5
    assert by_action["user.ban"]["target"] == "alice"
    assert by_action["user.ban"]["after"]["reason"] == "spam"
    assert "remove me" not in str(since)


def test_what_was_refused_or_changed_nothing_leaves_no_record(chat):
    start = last(chat)["id"]
    chat.http("POST", "/channels", by="admin", json={"name": ""})
    chat.http("POST", "/channels", by="admin", json={"name": "general"})
    chat.http("POST", "/channels", by="alice", json={"name": "second"})
    chat.http("POST", "/users/ban", by="admin", json={"banished_id": sub_of("admin")})
    chat.connect("alice").send("hello")
    assert last(chat)["id"] == start


def test_the_newest_come_first_in_pages(chat):
    for number in range(5):
        chat.create_channel(f"channel {number}")
    everything = records(chat)
    assert [one["target"] for one in everything[:5]] == [f"#channel {n}" for n in (4, 3, 2, 1, 0)]
    first = chat.http("GET", "/audit?limit=3", by="admin").json()
    assert first["records"] == everything[:3] and first["has_more"] is True
    before = first["records"][-1]["id"]
    rest = chat.http("GET", f"/audit?before_id={before}", by="admin").json()
    assert rest["records"] == everything[3:] and rest["has_more"] is False


def test_records_are_found_by_actor_and_action(chat):
    chat.connect("alice").close()
    chat.create_channel("second")
    chat.http("POST", "/users/ban", by="moderator", json={"banished_id": sub_of("alice")})
    assert [one["action"] for one in records(chat, f"?actor_id={sub_of('moderator')}")] == [
        "user.ban"]
    assert records(chat, "?actor_id=nobody") == []
    assert {one["action"] for one in records(chat, "?action=channel.")} >= {"channel.create"}
    assert all(one["action"].startswith("channel.") for one in records(chat, "?action=channel."))
    assert len(records(chat, "?action=user.ban")) == 1
    assert records(chat, "?action=channel") == []


@pytest.mark.parametrize("query, text", [
    ("?limit=0", "Invalid 'limit' query parameter"),
    ("?limit=x", "Invalid 'limit' query parameter"),
    ("?before_id=0", "Invalid 'before_id' query parameter"),
    ("?before_id=x", "Invalid 'before_id' query parameter")])
def test_a_bad_page_is_refused(shared_chat, query, text):
    answer = shared_chat.http("GET", "/audit" + query, by="admin")
    assert problem_of(answer) == (400, text)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_nobody_writes_in_it(shared_chat, method):
    assert shared_chat.http(method, "/audit?id=1", by="admin").status_code == 405
