"""Mutes take the right to send, in one channel or everywhere. docs/api.md, People."""

import pytest

from harness.problems import problem_of
from harness.tokens import sub_of

HOUR_MS = 3_600_000


def mute(chat, who, by="admin", **members):
    """Returns the mute's id."""
    answer = chat.http("POST", "/users/mute", by=by, json={"user_id": sub_of(who), **members})
    assert answer.status_code == 200, answer.text
    said = answer.json()
    assert said == {"message": "User muted successfully", "mute_id": said["mute_id"]}
    return said["mute_id"]


def mutes(chat, query=""):
    answer = chat.http("GET", "/users/mutes" + query, by="moderator")
    assert answer.status_code == 200, answer.text
    assert list(answer.json()) == ["mutes", "has_more"]
    return answer.json()["mutes"]


@pytest.fixture
def bob(chat):
    return chat.listen("bob")


def test_without_mutes_the_list_is_empty(chat):
    assert mutes(chat) == []


def test_a_mute_everywhere_stops_messages_of_both_kinds(chat, bob):
    mute(chat, "bob", duration_minutes=60)
    for refusal in (bob.send("hello"), bob.send_private("bob", "psst")):
        assert refusal["code"] == "muted"
        assert 0 < refusal["retry_after_ms"] <= HOUR_MS
    assert chat.http("GET", "/messages", by="bob").status_code == 200


def test_a_mute_in_one_channel_leaves_the_others(chat, bob):
    chat.create_channel("second")
    mute(chat, "bob", channel_id=chat.channel_id("second"), duration_minutes=60)
    assert bob.send("hello", channel="second")["code"] == "muted"
    assert "seq" in bob.send("hello")
    assert "seq" in bob.send_private("bob", "psst")


def test_a_muted_person_still_reads(chat, bob):
    mute(chat, "bob")
    chat.connect("alice").send("listen")
    bob.expect("chat_message", message="listen")


def test_the_old_protocol_is_muted_too(chat, bob):
    old = chat.connect_old("bob")
    old.greeting()
    mute(chat, "bob")
    old.send("muted")
    old.settle()
    chat.connect("alice").send("next")
    bob.expect("chat_message", message="next")
    assert [one["message"] for one in bob.payloads("chat_message")] == ["next"]


def test_a_lifted_mute_holds_no_more(chat, bob):
    number = mute(chat, "bob")
    answer = chat.http("DELETE", f"/users/mute?mute_id={number}", by="moderator")
    assert (answer.status_code, answer.json()) == (
        200, {"message": "User unmuted successfully", "mute_id": number})
    assert "seq" in bob.send("hello")
    assert mutes(chat)[0]["lifted"] is True
    assert mutes(chat, "?active=1") == []


def test_a_mute_is_listed_with_who_did_it(chat, bob):
    mute(chat, "bob", by="moderator")
    mute(chat, "bob", channel_id=chat.channel_id("general"), reason="loud", duration_minutes=10)
    second, first = mutes(chat, f"?user_id={bob.sub}")
    assert list(first) == ["id", "owner_id", "owner_username", "user_id", "username", "start",
                           "lifted"]
    assert (first["owner_id"], first["owner_username"]) == (sub_of("moderator"), "moderator")
    assert (first["user_id"], first["username"], first["lifted"]) == (bob.sub, "bob", False)
    assert list(second) == ["id", "owner_id", "owner_username", "user_id", "username",
                            "channel_id", "channel", "reason", "start", "end", "lifted"]
    assert (second["channel_id"], second["channel"], second["reason"]) == (
        chat.channel_id("general"), "general", "loud")
    assert isinstance(second["id"], int) and second["start"] < second["end"]
    assert mutes(chat, "?user_id=nobody") == []


def test_pages_say_whether_more_follows(chat, bob):
    numbers = [mute(chat, "bob") for _ in range(3)]
    answer = chat.http("GET", "/users/mutes?limit=2", by="moderator").json()
    assert ([one["id"] for one in answer["mutes"]], answer["has_more"]) == (numbers[:0:-1], True)
    answer = chat.http("GET", "/users/mutes?limit=2&offset=2", by="moderator").json()
    assert ([one["id"] for one in answer["mutes"]], answer["has_more"]) == (numbers[:1], False)


def test_a_mute_outlives_a_restart(chat, bob):
    mute(chat, "bob")
    chat.server.restart()
    assert chat.connect("bob").send("hello")["code"] == "muted"


@pytest.mark.parametrize("body, text", [
    ("", "Invalid JSON body"), ('{"user_id":7}', "Invalid JSON body"),
    ('{"user_id":"x","duration_minutes":"5"}', "Invalid JSON body"),
    ('{"user_id":"x","channel_id":"5"}', "Invalid JSON body"),
    ("{}", "user_id is required"),
    ('{"user_id":"x","duration_minutes":0}', "duration_minutes must be 1 to 525600"),
    ('{"user_id":"x","duration_minutes":525601}', "duration_minutes must be 1 to 525600"),
    ('{"user_id":"x","reason":"' + 257 * "r" + '"}', "A reason may have at most 256 characters"),
])
def test_a_bad_mute_is_refused(shared_chat, body, text):
    answer = shared_chat.http("POST", "/users/mute", by="admin", content=body)
    assert problem_of(answer) == (400, text)


@pytest.mark.parametrize("query, status", [
    ("", 400), ("?mute_id=", 400), ("?mute_id=x", 400), ("?mute_id=987654", 404)])
def test_a_bad_lift_is_refused(shared_chat, query, status):
    answer = shared_chat.http("DELETE", "/users/mute" + query, by="admin")
    assert answer.status_code == status and answer.text != "404 page not found\n"


def test_person_and_channel_must_be_there(chat, bob):
    def refusal(**body):
        answer = chat.http("POST", "/users/mute", by="admin", json=body,
                           headers={"Accept": "application/json"})
        assert answer.status_code == 404
        return answer.json()["code"], answer.json()["field"]
    assert refusal(user_id=sub_of("nobody")) == ("unknown_user", "user_id")
    assert refusal(user_id=bob.sub, channel_id=987654) == ("unknown_channel", "channel_id")
    assert refusal(user_id=bob.sub, channel_id=0) == ("unknown_channel", "channel_id")


def test_nobody_mutes_themselves_or_who_is_not_below(chat):
    chat.connect("mona", roles=["moderator"]).close()
    chat.connect("moderator", roles=["moderator"]).close()
    def status(who):
        return chat.http("POST", "/users/mute", by="moderator",
                         json={"user_id": sub_of(who)}).status_code
    assert status("moderator") == 409
    assert status("mona") == 403
