"""Who is here: the old list, the search with pages, and one person's profile."""

import pytest

from harness.patience import eventually
from harness.problems import problem_of
from harness.tokens import sub_of


@pytest.fixture(scope="module")
def town(shared_chat):
    """Twelve people who were here once, and a moderator."""
    for number in range(1, 12):
        shared_chat.connect(f"Citizen {number:02}").close()
    shared_chat.connect("alice").close()
    shared_chat.connect("mona", roles=["moderator"]).close()
    def everyone_is_known():
        return len(people(shared_chat)) == 13
    eventually(everyone_is_known)
    return shared_chat


def ask(chat, query=""):
    answer = chat.http("GET", "/users" + query, by="moderator")
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert list(found) == ["type", "sender", "payload"]
    assert (found["type"], found["sender"]) == ("user_search_result", "server")
    return found["payload"]


def people(chat, query=""):
    return ask(chat, query)["users"]


def names(chat, query):
    return [one["username"] for one in people(chat, query)]


def test_the_old_list_is_everyone_by_id(town):
    everyone = people(town)
    assert list(ask(town)) == ["users"]
    assert list(everyone[0]) == ["id", "username", "is_banned"]
    assert [one["id"] for one in everyone] == sorted(one["id"] for one in everyone)
    assert {"id": sub_of("alice"), "username": "alice", "is_banned": False} in everyone


def test_the_old_search_is_by_the_exact_name(town):
    assert names(town, "?username=alice") == ["alice"]
    assert people(town, "?username=alic") == []
    assert people(town, "?username=nobody") == []


def test_the_search_finds_parts_without_regard_to_case(town):
    assert names(town, "?search=ZEN+0") == [f"Citizen {number:02}" for number in range(1, 10)]
    assert names(town, "?search=lic") == ["alice"]
    assert names(town, "?search=nobody") == []
    assert names(town, "?search=%25") == [] and names(town, "?search=_") == []


def test_an_empty_search_is_everyone_by_name_in_pages(town):
    first, second = ask(town, "?search=&limit=10"), ask(town, "?search=&limit=10&offset=10")
    assert list(first) == ["users", "has_more"]
    assert (first["has_more"], second["has_more"]) == (True, False)
    found = [one["username"] for one in first["users"] + second["users"]]
    assert found == ["alice", *[f"Citizen {number:02}" for number in range(1, 12)], "mona"]


def test_a_found_person_has_role_and_last_visit(town):
    mona = people(town, "?search=mona")[0]
    assert list(mona) == ["id", "username", "is_banned", "role", "last_seen"]
    assert mona["role"] == "moderator" and mona["last_seen"].endswith("Z")
    assert people(town, "?search=alice")[0]["role"] == "member"


@pytest.mark.parametrize("query, text", [
    ("?search=&limit=0", "Invalid 'limit' query parameter"),
    ("?search=&limit=x", "Invalid 'limit' query parameter"),
    ("?search=&offset=-1", "Invalid 'offset' query parameter")])
def test_a_bad_page_is_refused(shared_chat, query, text):
    answer = shared_chat.http("GET", "/users" + query, by="moderator")
    assert (answer.status_code, answer.text) == (400, text + "\n")


def test_every_method_lists_them_as_on_the_old_server(town):
    for method in ("POST", "PUT", "DELETE"):
        answer = town.http(method, "/users?username=alice", by="moderator")
        assert answer.json()["payload"]["users"][0]["username"] == "alice"


def profile(chat, who):
    answer = chat.http("GET", f"/users/profile?id={sub_of(who)}", by="moderator")
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_profile_tells_of_a_person(chat):
    alice, again = chat.connect("alice"), chat.connect("alice")
    said = [alice.send(text) for text in ("one", "two")]
    chat.http("DELETE", "/messages", by="moderator", json={"ids": [said[0]["message_id"]]})
    def both_are_counted():
        return profile(chat, "alice")["user"]["connections"] == 2
    eventually(both_are_counted)
    shown = profile(chat, "alice")
    assert list(shown) == ["user", "bans", "mutes", "account"]
    user = shown["user"]
    assert list(user) == ["id", "username", "role", "first_seen", "last_seen", "is_banned",
                          "is_online", "connections", "message_count"]
    assert (user["id"], user["username"], user["role"]) == (alice.sub, "alice", "member")
    assert (user["is_online"], user["is_banned"], user["message_count"]) == (True, False, 1)
    assert user["first_seen"] <= user["last_seen"]
    assert (shown["bans"], shown["mutes"], shown["account"]) == ([], [], None)
    again.close()
    def one_is_left():
        return profile(chat, "alice")["user"]["connections"] == 1
    eventually(one_is_left)


def test_a_profile_has_bans_and_mutes_the_newest_first(chat):
    chat.connect("bob").close()
    for reason in ("first", "second"):
        chat.http("POST", "/users/mute", by="admin",
                  json={"user_id": sub_of("bob"), "reason": reason})
        chat.http("POST", "/users/ban", by="admin",
                  json={"banished_id": sub_of("bob"), "reason": reason, "duration": 1})
    shown = profile(chat, "bob")
    assert [one["reason"] for one in shown["bans"]] == ["second", "first"]
    assert [one["reason"] for one in shown["mutes"]] == ["second", "first"]
    assert isinstance(shown["bans"][0]["id"], str) and isinstance(shown["mutes"][0]["id"], int)
    assert (shown["user"]["is_banned"], shown["user"]["is_online"]) == (True, False)


@pytest.mark.parametrize("query, status, text", [
    ("", 400, "Missing id parameter"), ("?id=", 400, "Missing id parameter"),
    ("?id=nobody", 404, "There is no such person.")])
def test_a_profile_of_nobody_is_refused(shared_chat, query, status, text):
    answer = shared_chat.http("GET", "/users/profile" + query, by="moderator")
    assert problem_of(answer) == (status, text)
