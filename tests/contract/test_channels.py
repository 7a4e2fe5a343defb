"""/channels: every method, and every refusal of the contract."""

import pytest


def channels(chat):
    return [(one["name"], one.get("sort_order")) for one in
            chat.http("GET", "/channels", by="alice").json()["channels"]]


def write(chat, method, body, path="/channels"):
    answer = chat.http(method, path, by="admin", json=body)
    return answer.status_code, answer


def test_a_channel_is_made_at_the_end(chat):
    status, answer = write(chat, "POST", {"name": "second", "description": "words"})
    assert status == 201
    assert answer.json() == {"message": "Channel created", "name": "second",
                             "id": chat.channel_id("second")}
    assert answer.headers["content-type"].startswith("application/json")
    assert channels(chat) == [("general", 1), ("second", 2)]


def test_what_was_written_is_read_at_once_on_the_same_connection(chat):
    for number in range(30):
        chat.http("POST", "/channels", by="admin", json={"name": f"made {number}"})
        assert chat.channel_id(f"made {number}"), number


@pytest.mark.parametrize("description", [None, "", "absent"])
def test_a_description_may_be_missing(chat, description):
    body = {"name": "second"} if description == "absent" else {"name": "second",
                                                              "description": description}
    assert write(chat, "POST", body)[0] == 201
    made = chat.http("GET", "/channels", by="alice").json()["channels"][1]
    assert made["description"] == ""
    assert list(made) == ["id", "name", "description", "sort_order"]


def test_an_existing_name_changes_nothing(chat):
    chat.create_channel("second", "words")
    assert write(chat, "POST", {"name": "second", "description": "others"})[0] in (201, 409)
    found = chat.http("GET", "/channels", by="alice").json()["channels"]
    assert [(one["name"], one["description"]) for one in found] == [("general", ""),
                                                                    ("second", "words")]


@pytest.mark.parametrize("body, text", [
    ('{"name":', "Invalid JSON request body"), ("[]", "Invalid JSON request body"),
    ('{"name":7}', "Invalid JSON request body"), ("", "Invalid JSON request body"),
    ("{}", "Channel name is required"), ('{"name":""}', "Channel name is required"),
])
def test_a_bad_new_channel_is_refused(shared_chat, body, text):
    answer = shared_chat.http("POST", "/channels", by="admin", content=body)
    assert (answer.status_code, answer.text) == (400, text + "\n")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_name_has_24_characters_at_most(chat):
    assert write(chat, "POST", {"name": "ü" * 24})[0] == 201
    assert write(chat, "POST", {"name": "a" * 25})[0] == 400
    assert write(chat, "PATCH", {"id": chat.channel_id("general"), "name": "a" * 25})[0] == 400


def test_a_channel_is_changed_in_part(chat):
    made = chat.create_channel("second", "words")
    status, answer = write(chat, "PATCH", {"id": made, "name": "renamed", "description": None})
    assert (status, answer.json()) == (200, {"message": "Channel updated"})
    write(chat, "PATCH", {"id": made, "name": None, "description": "other words"})
    found = chat.http("GET", "/channels", by="alice").json()["channels"][1]
    assert (found["name"], found["description"]) == ("renamed", "other words")


@pytest.mark.parametrize("body, status, text", [
    ('{"id":', 400, "Invalid JSON request body"),
    ('{"id":"1"}', 400, "Invalid JSON request body"),
    ("{}", 400, "A Channel ID is required"),
    ('{"name":"x"}', 400, "A Channel ID is required"),
    ('{"id":0,"name":"x"}', 400, "A Channel ID is required"),
    ('{"id":ID}', 400, "Nothing to update"),
    ('{"id":ID,"name":null,"description":null}', 400, "Nothing to update"),
])
def test_a_bad_change_is_refused(shared_chat, body, status, text):
    body = body.replace("ID", str(shared_chat.channel_id("general")), 1) if ":ID" in body else body
    answer = shared_chat.http("PATCH", "/channels", by="admin", content=body)
    assert (answer.status_code, answer.text) == (status, text + "\n")


def test_a_name_that_is_taken_is_refused(chat):
    made = chat.create_channel("second")
    assert write(chat, "PATCH", {"id": made, "name": "general"})[0] == 409
    assert channels(chat) == [("general", 1), ("second", 2)]


@pytest.mark.parametrize("moved, before, wanted", [
    ("c", "a", "cab"), ("a", "c", "bac"), ("a", "a", "abc"), ("a", None, "bca"),
])
def test_a_channel_is_moved_before_another(chat, moved, before, wanted):
    ids = {name: chat.create_channel(name) for name in "abc"}
    chat.http("DELETE", f"/channels?id={chat.channel_id('general')}", by="admin")
    status, answer = write(chat, "PATCH", {"id": ids[moved], "before_id": ids.get(before, 987654)})
    assert (status, answer.json()) == (200, {"message": "Channel reordered"})
    assert channels(chat) == [(name, at + 1) for at, name in enumerate(wanted)]


def test_a_move_wins_over_a_change(chat):
    second = chat.create_channel("second")
    write(chat, "PATCH", {"id": second, "before_id": chat.channel_id("general"), "name": "x"})
    assert channels(chat) == [("second", 1), ("general", 2)]


def test_a_deleted_channel_is_gone_and_the_rest_is_numbered_anew(chat):
    chat.create_channel("second")
    general = chat.channel_id("general")
    status, answer = write(chat, "DELETE", None, f"/channels?id={general}")
    assert (status, answer.json()) == (200, {"message": "Channel deleted"})
    assert channels(chat) == [("second", 1)]
    assert write(chat, "DELETE", None, f"/channels?id={general}")[0] == 404


@pytest.mark.parametrize("query, text", [
    ("", "Channel ID is required"), ("?id=", "Channel ID is required"),
    ("?id=x", "Invalid channel ID"), ("?id=1.5", "Invalid channel ID"),
    ("?id=99999999999999999999", "Invalid channel ID"),
])
def test_a_bad_deletion_is_refused(shared_chat, query, text):
    answer = shared_chat.http("DELETE", "/channels" + query, by="admin")
    assert (answer.status_code, answer.text) == (400, text + "\n")


def found_texts(chat):
    answer = chat.http("GET", "/messages", by="alice").json()
    return [one["message"] for one in answer["payload"]["messages"]]


@pytest.mark.parametrize("purge, wanted", [("0", ["kept?"]), ("1", []), ("true", [])])
def test_a_purge_deletes_the_messages_too(chat, purge, wanted):
    chat.connect("alice").send("kept?")
    chat.http("DELETE", f"/channels?id={chat.channel_id('general')}&purge={purge}", by="admin")
    assert found_texts(chat) == wanted


def test_a_new_channel_of_an_old_name_is_another_log(chat):
    alice = chat.connect("alice")
    old = alice.channel()
    alice.send("of the old one")
    chat.http("DELETE", f"/channels?id={old['id']}", by="admin")
    made = chat.create_channel("general")
    assert made != old["id"]
    ack = chat.connect("alice").send("first")
    assert (ack["log"], ack["seq"]) == (made, 1) and ack["epoch"] != old["epoch"]
    assert alice.history(made)["messages"][0]["message"] == "first"


def archived(chat):
    answer = chat.http("GET", "/channels?archived=1", by="admin")
    assert answer.status_code == 200, answer.text
    return answer.json()["channels"]


def test_deleted_channels_are_listed_for_administrators_the_newest_first(chat):
    assert archived(chat) == []
    chat.create_channel("second", "words")
    alice = chat.connect("alice")
    alice.send("one", channel="second")
    alice.send("two", channel="second")
    second, general = chat.channel_id("second"), chat.channel_id("general")
    for one in (second, general):
        chat.http("DELETE", f"/channels?id={one}", by="admin")
    first, last = archived(chat)
    assert list(last) == ["id", "name", "description", "archived_at", "message_count"]
    assert (first["id"], last["id"]) == (general, second)
    assert (last["name"], last["description"], last["message_count"]) == ("second", "words", 2)
    assert first["archived_at"] >= last["archived_at"]


def test_a_restored_channel_comes_back_at_the_end_with_its_log(chat):
    chat.create_channel("second")
    alice = chat.connect("alice")
    ack = alice.send("kept")
    general = chat.channel_id("general")
    chat.http("DELETE", f"/channels?id={general}", by="admin")
    status, answer = write(chat, "PATCH", {"id": general, "archived": False})
    assert (status, answer.json()) == (200, {"message": "Channel restored"})
    assert channels(chat) == [("second", 1), ("general", 2)]
    assert archived(chat) == []
    bob = chat.connect("bob")
    assert bob.channel()["epoch"] == ack["epoch"]
    assert bob.history(general)["messages"][0]["message"] == "kept"


def test_only_what_is_archived_is_restored_and_under_a_free_name(chat):
    general = chat.channel_id("general")
    assert write(chat, "PATCH", {"id": general, "archived": False})[0] == 404
    assert write(chat, "PATCH", {"id": 987654, "archived": False})[0] == 404
    assert write(chat, "PATCH", {"id": general, "archived": True})[0] == 400
    chat.http("DELETE", f"/channels?id={general}", by="admin")
    chat.create_channel("general")
    assert write(chat, "PATCH", {"id": general, "archived": False})[0] == 409


def test_an_archived_channel_can_be_purged(chat):
    chat.connect("alice").send("gone soon")
    general = chat.channel_id("general")
    chat.http("DELETE", f"/channels?id={general}", by="admin")
    assert found_texts(chat) == ["gone soon"]
    assert write(chat, "DELETE", None, f"/channels?id={general}&purge=1")[0] == 200
    assert found_texts(chat) == []
    assert archived(chat) == []
