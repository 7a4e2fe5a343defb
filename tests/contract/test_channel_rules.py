"""Read-only, staff-only, private, slow channels: who sees them, who writes there, how often."""

import pytest

from harness.tokens import sub_of

ROLES = ("alice", "moderator", "admin")
RULES = ("read_only", "staff_only", "private", "slow_mode_seconds")


def change(chat, name="general", by="admin", **rules):
    answer = chat.http("PATCH", "/channels", by=by, json={"id": chat.channel_id(name), **rules})
    assert answer.status_code == 200, answer.text
    assert answer.json() == {"message": "Channel updated"}


def listed(chat, by, name="general"):
    channels = chat.http("GET", "/channels", by=by).json()["channels"]
    return next((one for one in channels if one["name"] == name), None)


def staff(chat):
    return chat.connect("mona", roles=["moderator"])


def make_private(chat, name="board"):
    chat.create_channel(name)
    change(chat, name, private=True)


def administrator(chat):
    return chat.connect("root", roles=["admin"])


def found(chat, by, query=""):
    payload = chat.http("GET", "/messages" + query, by=by).json()["payload"]
    return [one["message"] for one in payload["messages"]]


def test_a_rule_is_shown_where_it_differs(chat):
    assert not any(rule in listed(chat, "alice") for rule in RULES)
    change(chat, read_only=True, slow_mode_seconds=30)
    shown = listed(chat, "alice")
    assert (shown["read_only"], shown["slow_mode_seconds"]) == (True, 30)
    assert "staff_only" not in shown
    change(chat, read_only=False, slow_mode_seconds=0)
    assert not any(rule in listed(chat, "alice") for rule in RULES)


def test_one_rule_leaves_the_others_and_the_name(chat):
    change(chat, read_only=True)
    change(chat, slow_mode_seconds=5)
    change(chat, description="words")
    shown = listed(chat, "alice")
    assert (shown["read_only"], shown["slow_mode_seconds"], shown["description"]) == (
        True, 5, "words")


def test_in_a_read_only_channel_only_staff_writes(chat):
    change(chat, read_only=True)
    alice = chat.listen("alice")
    assert alice.send("may I?")["code"] == "read_only"
    assert "seq" in staff(chat).send("announcement")
    alice.expect("chat_message", message="announcement")
    change(chat, read_only=False)
    assert "seq" in alice.send("now I may")


def test_slow_mode_makes_members_wait_and_says_how_long(chat):
    change(chat, slow_mode_seconds=60)
    alice, again = chat.connect("alice"), chat.connect("alice")
    assert "seq" in alice.send("one")
    for connection in (alice, again):
        refusal = connection.send("two")
        assert refusal["code"] == "slow_mode" and 0 < refusal["retry_after_ms"] <= 60_000
    assert "seq" in chat.connect("bob").send("mine")
    mona = staff(chat)
    assert all("seq" in mona.send(text) for text in ("one", "two"))
    change(chat, slow_mode_seconds=0)
    assert "seq" in alice.send("three")


def test_a_staff_only_channel_is_not_there_for_members(chat):
    chat.create_channel("backstage")
    change(chat, "backstage", staff_only=True)
    mona, alice = staff(chat), chat.connect("alice")
    secret = mona.channel("backstage")
    mona.send("secret plan", channel="backstage")
    assert secret["staff_only"] is True
    assert [one["name"] for one in alice.hello["channels"]] == ["general"]
    assert listed(chat, "alice", "backstage") is None
    assert listed(chat, "moderator", "backstage")["staff_only"] is True
    for by, count in (("alice", 0), ("moderator", 1)):
        for query in ("?keyword=secret", "?channel=backstage", ""):
            found = chat.http("GET", "/messages" + query, by=by).json()["payload"]["messages"]
            assert len(found) == count, (by, query)
    assert alice.error_of(type="subscribe", log=secret["id"])["code"] == "unknown_log"
    assert alice.error_of(type="history", log=secret["id"])["code"] == "unknown_log"
    assert alice.command("chat_message", channel_id=secret["id"],
                         message="x")["code"] == "unknown_channel"
    assert alice.send("x", channel="backstage")["code"] == "unknown_channel"


def test_the_old_greeting_of_a_member_has_nothing_of_it(chat):
    chat.create_channel("backstage")
    change(chat, "backstage", staff_only=True)
    staff(chat).send("secret plan", channel="backstage")
    assert "secret" not in str(chat.connect_old("alice").greeting())
    assert "backstage" not in str(chat.connect_old("alice").greeting())
    old = chat.connect_old("mona", roles=["moderator"])
    assert "secret plan" in str(old.greeting())


def test_a_channel_that_closes_to_members_is_removed_for_them(chat):
    chat.create_channel("second")
    alice, mona = chat.connect("alice"), staff(chat)
    second = alice.channel("second")["id"]
    alice.subscribe(second)
    change(chat, "second", staff_only=True)
    assert alice.expect("channel_removed")["channel"]["id"] == second
    assert mona.expect("channel_updated")["channel"]["staff_only"] is True
    mona.send("among ourselves", channel="second")
    change(chat, "second", staff_only=False)
    assert alice.expect("channel_created")["channel"]["id"] == second
    assert "among ourselves" not in str(alice.seen)


@pytest.mark.parametrize("body, text", [
    ('"slow_mode_seconds":-1', "slow_mode_seconds must be 0 to 21600"),
    ('"slow_mode_seconds":21601', "slow_mode_seconds must be 0 to 21600"),
    ('"slow_mode_seconds":"5"', "Invalid JSON request body"),
    ('"slow_mode_seconds":1.5', "Invalid JSON request body"),
    ('"read_only":1', "Invalid JSON request body"),
    ('"staff_only":"true"', "Invalid JSON request body"),
    ('"read_only":null', "Nothing to update"),
])
def test_a_bad_rule_is_refused(shared_chat, body, text):
    general = shared_chat.channel_id("general")
    answer = shared_chat.http("PATCH", "/channels", by="admin",
                              content=f'{{"id":{general},{body}}}')
    assert (answer.status_code, answer.text) == (400, text + "\n")


def test_a_private_channel_is_there_for_administrators_alone(chat):
    make_private(chat)
    root, mona, alice = administrator(chat), staff(chat), chat.connect("alice")
    board = root.channel("board")
    assert board["private"] is True and board["staff_only"] is False
    assert "seq" in root.send("secret plan", channel="board")
    assert listed(chat, "admin", "board")["private"] is True
    for query in ("?keyword=secret", "?channel=board", ""):
        assert [found(chat, by, query) for by in ROLES] == [[], [], ["secret plan"]]
    for by, person in (("alice", alice), ("moderator", mona)):
        assert [one["name"] for one in person.hello["channels"]] == ["general"]
        assert listed(chat, by, "board") is None
        for command in ("subscribe", "history"):
            assert person.error_of(type=command, log=board["id"])["code"] == "unknown_log"
        assert person.send("x", channel="board")["code"] == "unknown_channel"
        assert person.command("chat_message", channel_id=board["id"],
                              message="x")["code"] == "unknown_channel"
        assert "board" not in str(person.seen) and "secret" not in str(person.seen)


def test_the_old_greeting_of_a_moderator_has_nothing_of_a_private_channel(chat):
    make_private(chat)
    administrator(chat).send("secret plan", channel="board")
    greeting = str(chat.connect_old("mona", roles=["moderator"]).greeting())
    assert "secret" not in greeting and "board" not in greeting
    assert "secret plan" in str(chat.connect_old("root", roles=["admin"]).greeting())


def test_a_moderator_keeps_no_order_in_a_private_channel(chat):
    make_private(chat)
    chat.connect("bob")
    said = administrator(chat).send("secret plan", channel="board")
    board = chat.channel_id("board")

    def remove(by):
        return chat.http("DELETE", "/messages", by=by, json={"ids": [said["message_id"]]})

    def mute(by):
        return chat.http("POST", "/users/mute", by=by, json={
            "user_id": sub_of("bob"), "channel_id": board, "duration_minutes": 5})

    def counted(by):
        payload = chat.http("GET", "/activity/channels", by=by).json()["payload"]
        return {one["channel"]: one["message_count"] for one in payload["channels"]}

    assert "board" not in counted("moderator") and counted("admin")["board"] == 1
    assert (remove("moderator").status_code, mute("moderator").status_code) == (404, 404)
    assert found(chat, "admin") == ["secret plan"]
    assert mute("admin").status_code == 200
    for path in ("/users/mutes", f"/users/profile?id={sub_of('bob')}"):
        for by, name in (("moderator", ""), ("admin", "board")):
            assert chat.http("GET", path, by=by).json()["mutes"][0]["channel"] == name, (path, by)
    assert remove("admin").status_code == 204
    change_by_moderator = {"id": board, "private": False}
    assert chat.http("PATCH", "/channels", by="moderator",
                     json=change_by_moderator).status_code == 403


def test_a_channel_that_becomes_private_is_removed_for_moderators_until_it_opens(chat):
    chat.create_channel("second")
    change(chat, "second", staff_only=True)
    mona, root = staff(chat), administrator(chat)
    second = mona.channel("second")["id"]
    mona.subscribe(second)
    change(chat, "second", private=True)
    assert mona.expect("channel_removed")["channel"]["id"] == second
    assert root.expect("channel_updated")["channel"]["private"] is True
    root.send("among ourselves", channel="second")
    change(chat, "second", private=False)
    opened = mona.expect("channel_created")["channel"]
    assert (opened["id"], opened["staff_only"], opened["private"]) == (second, True, False)
    assert "among ourselves" not in str(mona.seen)
    assert listed(chat, "alice", "second") is None
