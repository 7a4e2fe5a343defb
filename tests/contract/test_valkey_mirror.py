"""What the server leaves in Valkey for others to read: the old server's forms, nothing else."""

import json

import pytest

from harness.patience import SLOWNESS, eventually
from harness.tokens import sub_of

RECENT = "recent_messages"
AWKWARD = 'a/b \\ "quoted" <b>&amp;</b> ü 😀 \u2028 line\nend'


def entries(valkey, key=RECENT):
    return [json.loads(text) for text in valkey.ask("LRANGE", key, 0, -1)]


def texts(valkey, key=RECENT):
    return [entry["data"]["message"] for entry in entries(valkey, key)]


def private_key(username):
    return f"recent_private_messages:{sub_of(username)}"


def await_texts(valkey, expected, key=RECENT):
    def are_there():
        return texts(valkey, key) == expected
    eventually(are_there)


def await_counter(valkey, key, least):
    def is_raised():
        return int(valkey.ask("GET", key) or 0) >= least
    eventually(is_raised)


def presence(valkey):
    """By key, what its hash says."""
    everyone = {}
    for key in valkey.ask("KEYS", "presence:*"):
        flat = valkey.ask("HGETALL", key)
        everyone[key] = {sub: json.loads(value) for sub, value in zip(flat[::2], flat[1::2])}
    return everyone


def await_presence(valkey, **connections):
    def is_so():
        people = [person for node in presence(valkey).values() for person in node.values()]
        return {one["username"]: one["connections"] for one in people} == connections
    eventually(is_so)


@pytest.fixture
def chat(make_chat, valkey):
    return make_chat(HUBBUB_VALKEY_URL=valkey.url,
                     HUBBUB_VALKEY_TIMEOUT=f"{500 * SLOWNESS:.0f}ms")


def test_a_message_stands_there_as_the_old_server_wrote_it(chat, valkey):
    alice, old = chat.connect("alice"), chat.connect_old("bob")
    old.greeting()
    ack = alice.send(AWKWARD)
    live = old.expect("chat_message")
    await_texts(valkey, [AWKWARD])
    assert entries(valkey) == [{"cache_id": ack["message_id"], "data": {
        "owner_id": sub_of("alice"), "username": "alice", "channel": "general",
        "message": AWKWARD, "authored_at": live["authored_at"]}}]
    assert valkey.ask("GET", "cache_message_id") == str(ack["message_id"])


def test_the_newest_500_in_order(chat, valkey):
    alice = chat.connect("alice")
    for number in range(530):
        alice.say(type="chat_message", channel="general", message=f"{number}",
                  send_key=f"n{number}")
    alice.answer_to("n529")
    await_texts(valkey, [f"{number}" for number in range(30, 530)])
    chat.server.restart()
    await_texts(valkey, [f"{number}" for number in range(30, 530)])


def test_a_removed_message_is_taken_out(chat, valkey):
    alice = chat.connect("alice")
    ids = [alice.send(text)["message_id"] for text in ("one", "two", "three")]
    await_texts(valkey, ["one", "two", "three"])
    chat.http("DELETE", "/messages", by="admin", json={"ids": [ids[1]]})
    await_texts(valkey, ["one", "three"])


def test_what_was_removed_while_valkey_was_away_does_not_come_back(chat, valkey):
    alice = chat.connect("alice")
    ids = [alice.send(text)["message_id"] for text in ("one", "two")]
    await_texts(valkey, ["one", "two"])
    valkey.freeze()
    chat.http("DELETE", "/messages", by="admin", json={"ids": [ids[0]]})
    alice.send("three")
    valkey.thaw()
    await_texts(valkey, ["two", "three"])


def change(chat, channel, **changes):
    answer = chat.http("PATCH", "/channels", by="admin",
                       json={"id": chat.channel_id(channel), **changes})
    assert answer.status_code == 200, answer.text


def test_a_staff_only_channel_is_never_there(chat, valkey):
    chat.create_channel("backstage")
    mona = chat.connect("mona", roles=["moderator"])
    mona.send("still open", channel="backstage")
    mona.send("for all")
    await_texts(valkey, ["still open", "for all"])
    change(chat, "backstage", staff_only=True)
    await_texts(valkey, ["for all"])
    secret = mona.send("secret", channel="backstage")
    await_counter(valkey, "cache_message_id", secret["message_id"])
    assert texts(valkey) == ["for all"]
    valkey.restart_empty()
    await_texts(valkey, ["for all"])
    await_counter(valkey, "cache_message_id", secret["message_id"])
    change(chat, "backstage", staff_only=False)
    await_texts(valkey, ["still open", "for all", "secret"])


def test_a_renamed_channel_is_renamed_and_a_removed_one_is_gone(chat, valkey):
    chat.create_channel("second")
    chat.connect("alice").send("hello", channel="second")
    change(chat, "second", name="renamed")
    def is_renamed():
        return [entry["data"]["channel"] for entry in entries(valkey)] == ["renamed"]
    eventually(is_renamed)
    chat.http("DELETE", f"/channels?id={chat.channel_id('renamed')}", by="admin")
    await_texts(valkey, [])


def test_private_messages_stand_in_both_lists_and_one_to_oneself_once(chat, valkey):
    alice, bob = chat.connect("alice"), chat.connect("bob")
    first = alice.send_private("bob", "psst")
    bob.send_private("alice", "what?")
    last = alice.send_private("alice", "note")
    await_texts(valkey, ["psst", "what?", "note"], private_key("alice"))
    await_texts(valkey, ["psst", "what?"], private_key("bob"))
    assert entries(valkey, private_key("bob"))[0] == {"cache_id": first["message_id"], "data": {
        "owner_id": sub_of("alice"), "username": "alice", "recipient_id": sub_of("bob"),
        "recipient": "bob", "message": "psst", "authored_at": first["authored_at"]}}
    assert valkey.ask("GET", "cache_private_message_id") == str(last["message_id"])
    assert entries(valkey, private_key("alice"))[0] == entries(valkey, private_key("bob"))[0]


def test_private_lists_that_were_lost_are_written_whole(chat, valkey):
    alice, _ = chat.connect("alice"), chat.connect("bob")
    alice.send_private("bob", "one")
    await_texts(valkey, ["one"], private_key("bob"))
    valkey.kill()
    alice.send_private("bob", "two")
    valkey.start()
    for name in ("alice", "bob"):
        await_texts(valkey, ["one", "two"], private_key(name))
    chat.server.kill()
    chat.server.start()
    valkey.ask("DEL", private_key("alice"))
    chat.connect("alice").send_private("bob", "three")
    for name in ("alice", "bob"):
        await_texts(valkey, ["one", "two", "three"], private_key(name))


def test_the_counters_are_never_lowered(chat, valkey):
    alice, _ = chat.connect("alice"), chat.connect("bob")
    for key in ("cache_message_id", "cache_private_message_id"):
        valkey.ask("SET", key, 1_000_000)
    alice.send("hello")
    alice.send_private("bob", "hello")
    await_texts(valkey, ["hello"])
    await_texts(valkey, ["hello"], private_key("bob"))
    chat.server.restart()
    chat.connect("alice").send("again")
    await_texts(valkey, ["hello", "again"])
    for key in ("cache_message_id", "cache_private_message_id"):
        assert valkey.ask("GET", key) == "1000000"


def test_presence_counts_connections_and_leaves_dashboards_out(chat, valkey):
    alice = chat.connect("alice")
    _second, bob, _board = (chat.connect("alice"), chat.connect_old("bob"),
                            chat.connect("admin", azp="WebClient"))
    await_presence(valkey, alice=2, bob=1)
    (node, people), = presence(valkey).items()
    assert people[sub_of("alice")] == {"username": "alice", "connections": 2}
    assert 0 < valkey.ask("TTL", node) <= 30
    alice.close()
    bob.close()
    await_presence(valkey, alice=1)
    valkey.restart_empty()
    await_presence(valkey, alice=1)
    assert 0 < valkey.ask("TTL", node) <= 30
    chat.server.stop()
    assert presence(valkey) == {}
    chat.server.start()


def test_a_server_that_died_is_gone_from_presence_by_itself(chat, valkey):
    chat.connect("alice")
    await_presence(valkey, alice=1)
    chat.server.kill()
    (node,) = presence(valkey)
    assert 0 < valkey.ask("TTL", node) <= 30
    chat.server.start()
    chat.connect("bob")
    def are_two_nodes():
        return len(presence(valkey)) == 2
    eventually(are_two_nodes)


def test_nothing_else_is_written_and_what_waits_for_adoption_is_left_alone(chat, valkey):
    waiting = ['{"cache_id":1,"data":{}}', "no JSON"]
    for key in ("flush_messages", "flush_private_messages"):
        valkey.ask("RPUSH", key, *waiting)
    alice, bob = chat.connect("alice"), chat.connect("bob")
    removed = alice.send("hello")["message_id"]
    alice.send_private("bob", "hello")
    bob.send("hello")
    chat.http("DELETE", "/messages", by="admin", json={"ids": [removed]})
    await_texts(valkey, ["hello"])
    await_presence(valkey, alice=1, bob=1)
    await_texts(valkey, ["hello"], private_key("bob"))
    assert valkey.keys() == sorted([
        RECENT, "cache_message_id", "cache_private_message_id", private_key("alice"),
        private_key("bob"), "flush_messages", "flush_private_messages",
        *(f"ratelimit:{sub_of(name)}" for name in ("alice", "bob")), *presence(valkey)])
    for key in ("flush_messages", "flush_private_messages"):
        assert valkey.ask("LRANGE", key, 0, -1) == waiting


def test_greetings_come_from_the_store_whatever_valkey_says(chat, valkey):
    chat.connect("alice").send("true")
    await_texts(valkey, ["true"])
    valkey.ask("RPUSH", RECENT, '{"cache_id":9,"data":{"message":"false"}}')
    valkey.freeze()
    chat.server.restart()
    greeting = chat.connect_old("bob").greeting()
    (bulk,) = [frame for frame in greeting if frame["type"] == "bulk_chat_messages"]
    assert [one["message"] for one in bulk["payload"]["messages"]] == ["true"]
    valkey.thaw()
    await_texts(valkey, ["true"])
