"""Bans: who is kept out, from when on, and for how long. docs/api.md, People."""

import time

import pytest
import websockets.exceptions

from harness.patience import eventually
from harness.tokens import sub_of


def ban(chat, who, by="admin", **members):
    """Returns the ban's id."""
    answer = chat.http("POST", "/users/ban", by=by, json={"banished_id": sub_of(who), **members})
    assert answer.status_code == 200, answer.text
    return answer.json()["ban_id"]


def bans(chat, query=""):
    answer = chat.http("GET", "/users/bans" + query, by="admin")
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert list(found) == ["type", "sender", "payload"]
    assert (found["type"], found["sender"]) == ("ban_records_result", "server")
    assert list(found["payload"]) == ["records", "has_more"]
    return found["payload"]["records"], found["payload"]["has_more"]


def is_let_in(chat, who):
    """By all three ways in."""
    rest = chat.http("GET", "/channels", by=who).status_code == 200
    first = chat.connect_raw(who)
    try:
        v1 = first.next()["type"] == "hello"
    except websockets.exceptions.ConnectionClosed:
        v1 = False
    try:
        chat.connect_old(who).greeting()
        old = True
    except websockets.exceptions.InvalidStatus:
        old = False
    assert rest == v1 == old, (rest, v1, old)
    return rest


@pytest.mark.parametrize("members, duration", [
    ({}, "Permanent"), ({"duration": None, "reason": None}, "Permanent"),
    ({"duration": 1}, "1 hours"), ({"duration": 30, "reason": "spam"}, "30 hours")])
def test_the_answer_is_made_of_texts(chat, members, duration):
    answer = chat.http("POST", "/users/ban", by="admin",
                       json={"banished_id": sub_of("bob"), **members})
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/json")
    said = answer.json()
    assert said == {"banished": sub_of("bob"), "duration": duration,
                    "message": "User banned successfully",
                    "reason": members.get("reason") or "", "ban_id": bans(chat)[0][0]["id"]}
    assert list(said) == ["banished", "duration", "message", "reason", "ban_id"]


def test_without_bans_the_list_is_empty_and_not_null(chat):
    assert bans(chat) == ([], False)


def test_a_permanent_ban_has_no_end(chat):
    chat.connect("bob").close()
    ban(chat, "bob")
    record = bans(chat)[0][0]
    assert list(record) == ["id", "owner_id", "owner_username", "banished_id", "banished_username",
                            "start", "pardoned"]
    assert isinstance(record["id"], str) and int(record["id"]) > 0
    assert (record["owner_id"], record["owner_username"]) == (sub_of("admin"), "admin")
    assert (record["banished_id"], record["banished_username"]) == (sub_of("bob"), "bob")
    assert record["pardoned"] is False


@pytest.mark.parametrize("hours, text", [(6, "06:00:00"), (24, "1 day"), (30, "1 day 06:00:00"),
                                         (876_000, "36500 days")])
def test_a_timed_ban_says_how_long_as_postgresql_does(chat, hours, text):
    ban(chat, "bob", duration=hours, reason="spam")
    record = bans(chat)[0][0]
    assert list(record) == ["id", "owner_id", "owner_username", "banished_id", "banished_username",
                            "reason", "start", "end", "duration", "pardoned"]
    assert (record["reason"], record["duration"]) == ("spam", text)
    assert record["start"] < record["end"] and record["end"].endswith("Z")


def test_someone_never_seen_can_be_banned_and_is_unknown(chat):
    ban(chat, "carol")
    assert bans(chat)[0][0]["banished_username"] == "[Unknown]"
    assert not is_let_in(chat, "carol")


def test_a_ban_ends_every_connection_at_once(chat):
    pages = [chat.connect("bob") for _ in range(3)]
    alice = chat.connect("alice")
    old = chat.connect_old("bob")
    old.greeting()
    ban(chat, "bob")
    banned_at = time.monotonic()
    assert pages[0].expect_close()[0] == 4403
    print(f"\nclosed {1000 * (time.monotonic() - banned_at):.1f} ms after the ban's answer")
    assert [page.expect_close()[0] for page in pages[1:]] == [4403, 4403]
    old.expect_close()
    alice.expect("user_status", changes=[{"id": sub_of("bob"), "username": "bob",
                                          "status": False}])
    alice.send("still here")


def test_who_is_banned_is_refused_everywhere_and_who_is_pardoned_let_in(chat):
    chat.connect("bob").close()
    number = ban(chat, "bob", duration=1)
    answer = chat.http("GET", "/channels", by="bob")
    assert (answer.status_code, answer.text) == (401, "User is banned.\n")
    assert chat.connect_raw("bob").expect_close()[0] == 4403
    with pytest.raises(websockets.exceptions.InvalidStatus) as refused:
        chat.connect_old("bob")
    assert refused.value.response.status_code == 401
    assert refused.value.response.body == b"User is banned.\n"

    answer = chat.http("DELETE", f"/users/ban?ban_id={number}", by="admin")
    assert (answer.status_code, answer.json()) == (
        200, {"ban_id": number, "message": "User pardoned successfully"})
    assert is_let_in(chat, "bob")
    assert bans(chat)[0][0]["pardoned"] is True


def test_a_second_pardon_changes_nothing(chat):
    number = ban(chat, "bob")
    for _ in range(2):
        assert chat.http("DELETE", f"/users/ban?ban_id={number}", by="admin").status_code == 200


def test_of_several_bans_each_keeps_out(chat):
    first, second = ban(chat, "bob", duration=1), ban(chat, "bob")
    chat.http("DELETE", f"/users/ban?ban_id={second}", by="admin")
    assert not is_let_in(chat, "bob")
    chat.http("DELETE", f"/users/ban?ban_id={first}", by="admin")
    assert is_let_in(chat, "bob")


def test_a_ban_is_still_there_after_a_restart(chat):
    chat.connect("bob").close()
    ban(chat, "bob")
    chat.server.restart()
    assert not is_let_in(chat, "bob")
    assert len(bans(chat)[0]) == 1


def test_the_newest_come_first_in_pages(chat):
    numbers = [ban(chat, f"user {number}") for number in range(5)]
    pages = [bans(chat, f"?limit=2&offset={offset}") for offset in (0, 2, 4)]
    assert [[one["id"] for one in page[0]] for page in pages] == [
        numbers[:2:-1], numbers[2:0:-1], numbers[:1]]
    assert [page[1] for page in pages] == [True, True, False]


def test_they_are_found_by_person_and_by_what_holds(chat):
    first, second = ban(chat, "bob", duration=1), ban(chat, "bob")
    ban(chat, "carol")
    chat.http("DELETE", f"/users/ban?ban_id={first}", by="admin")
    def found(query):
        return [one["id"] for one in bans(chat, query)[0]]
    assert found(f"?user_id={sub_of('bob')}") == [second, first]
    assert found(f"?user_id={sub_of('bob')}&active=1") == [second]
    assert len(found("?active=1")) == 2
    assert found("?user_id=nobody") == []


@pytest.mark.parametrize("body, text", [
    ("", "Invalid JSON body"), ("{", "Invalid JSON body"), ("[]", "Invalid JSON body"),
    ('{"banished_id":"x","duration":"1"}', "Invalid JSON body"),
    ('{"banished_id":"x","duration":1.5}', "Invalid JSON body"),
    ('{"banished_id":7}', "Invalid JSON body"),
    ('{"banished_id":"x","reason":7}', "Invalid JSON body"),
    ("{}", "Both owner_id and banished_id are required"),
    ('{"banished_id":""}', "Both owner_id and banished_id are required"),
    ('{"banished_id":"x","duration":0}', "duration must be 1 to 876000"),
    ('{"banished_id":"x","duration":-1}', "duration must be 1 to 876000"),
    ('{"banished_id":"x","duration":876001}', "duration must be 1 to 876000"),
    ('{"banished_id":"x","reason":"' + 257 * "r" + '"}',
     "A reason may have at most 256 characters"),
])
def test_a_bad_ban_is_refused(shared_chat, body, text):
    answer = shared_chat.http("POST", "/users/ban", by="admin", content=body)
    assert (answer.status_code, answer.text) == (400, text + "\n")
    assert bans(shared_chat) == ([], False)


@pytest.mark.parametrize("query, status, text", [
    ("", 400, "Missing ban_id parameter"), ("?ban_id=", 400, "Missing ban_id parameter"),
    ("?ban_id=x", 400, "Invalid ban_id"), ("?ban_id=1.5", 400, "Invalid ban_id"),
    ("?ban_id=987654", 404, None), ("?ban_id=-1", 404, None)])
def test_a_bad_pardon_is_refused(shared_chat, query, status, text):
    answer = shared_chat.http("DELETE", "/users/ban" + query, by="admin")
    assert answer.status_code == status
    assert answer.text == text + "\n" if text else "404 page not found" not in answer.text


@pytest.mark.parametrize("query, text", [
    ("?limit=0", "Invalid 'limit' query parameter"),
    ("?limit=x", "Invalid 'limit' query parameter"),
    ("?offset=-1", "Invalid 'offset' query parameter")])
def test_a_bad_page_is_refused(shared_chat, query, text):
    answer = shared_chat.http("GET", "/users/bans" + query, by="admin")
    assert (answer.status_code, answer.text) == (400, text + "\n")


def test_a_moderator_bans_only_who_is_below(chat):
    for name, roles in (("mona", ["moderator"]), ("root", ["admin"]), ("bob", [])):
        chat.connect(name, roles=roles).close()
    def status(by, who):
        return chat.http("POST", "/users/ban", by=by,
                         json={"banished_id": sub_of(who)}).status_code
    assert status("moderator", "bob") == 200
    assert status("moderator", "mona") == 403
    assert status("moderator", "root") == 403
    chat.connect("other admin", roles=["admin"]).close()
    assert status("admin", "mona") == 200
    assert status("admin", "root") == 200


@pytest.mark.parametrize("by", ["moderator", "admin"])
def test_nobody_bans_themselves(chat, by):
    answer = chat.http("POST", "/users/ban", by=by, json={"banished_id": sub_of(by)})
    assert answer.status_code == 409
    assert chat.http("GET", "/channels", by=by).status_code == 200


def test_the_last_administrator_is_not_banned(chat):
    chat.connect("root", roles=["admin"]).close()
    answer = chat.http("POST", "/users/ban", by="admin", json={"banished_id": sub_of("root")})
    assert answer.status_code == 409
    chat.connect("admin", roles=["admin"]).close()
    ban(chat, "root")


def test_problem_details_name_code_and_field(shared_chat):
    answer = shared_chat.http("POST", "/users/ban", by="admin", headers={
        "Accept": "application/json"}, json={"banished_id": "x", "duration": 0})
    assert answer.headers["content-type"] == "application/problem+json"
    said = answer.json()
    assert (said["status"], said["code"], said["field"]) == (400, "invalid", "duration")


def test_a_banned_person_reads_as_banned(chat):
    chat.connect("bob").close()
    def is_banned():
        users = chat.http("GET", "/users?username=bob", by="admin").json()["payload"]["users"]
        return [one["is_banned"] for one in users]
    eventually(is_banned)
    assert is_banned() == [False]
    number = ban(chat, "bob")
    assert is_banned() == [True]
    chat.http("DELETE", f"/users/ban?ban_id={number}", by="admin")
    assert is_banned() == [False]
