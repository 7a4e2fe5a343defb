"""hubbub.v1: whoever comes back with a position gets exactly what followed."""

import threading

import pytest


def numbers(frames):
    return [frame["payload"]["seq"] for frame in frames if frame["type"] == "chat_message"]


def position(channel, seq):
    return {"epoch": channel["epoch"], "seq": seq}


@pytest.fixture
def writer(chat):
    writer = chat.connect("writer")
    for number in range(10):
        writer.send(f"text {number}")
    return writer


def test_without_since_it_starts_at_the_end(chat, writer):
    bob = chat.connect("bob")
    channel = bob.channel()
    frames = bob.subscribe(channel["id"])
    assert numbers(frames) == []
    assert frames[-1]["payload"] == {"log": channel["id"], "epoch": channel["epoch"], "seq": 10,
                                     "replayed": 0}
    writer.send("live")
    assert bob.expect("chat_message")["seq"] == 11


@pytest.mark.parametrize("since, wanted", [(0, range(1, 11)), (4, range(5, 11)), (9, [10]),
                                           (10, [])])
def test_with_since_what_is_missing_comes_first(chat, writer, since, wanted):
    bob = chat.connect("bob")
    channel = bob.channel()
    frames = bob.subscribe(channel["id"], position(channel, since))
    assert numbers(frames) == list(wanted)
    assert (frames[-1]["payload"]["seq"], frames[-1]["payload"]["replayed"]) == (10, len(wanted))


def test_a_replayed_message_is_equal_to_the_live_one(chat):
    bob = chat.listen("bob")
    chat.connect("alice").send("hello")
    live = bob.expect("chat_message")
    later = chat.connect("carol")
    frames = later.subscribe(live["log"], {"epoch": live["epoch"], "seq": 0})
    assert [one["payload"] for one in frames if one["type"] == "chat_message"] == [live]


def test_between_replay_and_live_nothing_is_missing_or_doubled(chat):
    """Readers come back again and again while four people write as fast as they can."""
    people = [chat.connect(f"writer{number}") for number in range(4)]
    each, failures = 150, []

    def talk(person):
        for number in range(each):
            person.send(f"{person.username} {number}")

    def read_all():
        reader = chat.connect("reader")
        channel, at, visits = reader.channel(), 0, 0
        while at < each * len(people):
            reader.subscribe(channel["id"], position(channel, at))
            seen = numbers(reader.seen)
            while len(seen) < 40 and seen[-1:] != [each * len(people)]:
                seen.append(reader.expect("chat_message")["seq"])
            if seen != list(range(at + 1, at + 1 + len(seen))):
                failures.append((at, seen))
                return
            at, visits = seen[-1], visits + 1
            reader.vanish()
            reader = chat.connect("reader")
        reader.close()

    threads = [threading.Thread(target=talk, args=(one,)) for one in people]
    threads += [threading.Thread(target=read_all) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures


def test_a_position_of_another_epoch_is_answered_with_a_gap_and_the_rest(chat, writer):
    bob = chat.connect("bob")
    channel = bob.channel()
    frames = bob.subscribe(channel["id"], {"epoch": "of-another-history", "seq": 4})
    gaps = [frame["payload"] for frame in frames if frame["type"] == "gap"]
    assert gaps == [{"log": channel["id"], "from": 1, "to": 4, "reason": "epoch"}]
    # What the reader had is of another history: this one comes whole.
    assert numbers(frames) == list(range(1, 11))
    assert frames[-1]["payload"] == {"log": channel["id"], "epoch": channel["epoch"], "seq": 10,
                                     "replayed": 10}


def test_a_position_beyond_the_end_is_of_another_history(chat, writer):
    bob = chat.connect("bob")
    channel = bob.channel()
    frames = bob.subscribe(channel["id"], position(channel, 4711))
    assert "gap" in [frame["type"] for frame in frames]
    assert frames[-1]["payload"]["seq"] == 10


def test_the_inbox_is_replayed_too(chat):
    alice = chat.connect("alice")
    chat.connect("bob").close()
    for text in ("one", "two", "three"):
        alice.send_private("bob", text)
    bob = chat.connect("bob")
    frames = bob.subscribe("inbox", {"epoch": bob.hello["inbox"]["epoch"], "seq": 1})
    assert [frame["payload"]["message"] for frame in frames
            if frame["type"] == "private_chat_message"] == ["two", "three"]


def test_a_long_replay_is_whole(chat):
    writer = chat.connect("writer")
    count = 1500
    for start in range(0, count, 100):
        for number in range(start, start + 100):
            writer.say(type="chat_message", channel="general", message="x" * 200,
                       send_key=f"k{number}")
        for number in range(start, start + 100):
            writer.answer_to(f"k{number}")
    bob = chat.connect("bob")
    channel = bob.channel()
    assert numbers(bob.subscribe(channel["id"], position(channel, 0))) == list(range(1, count + 1))


def test_subscribing_again_starts_anew(chat, writer):
    bob = chat.connect("bob")
    channel = bob.channel()
    for since in (0, 8):
        frames = bob.subscribe(channel["id"], position(channel, since))
        assert numbers(frames) == list(range(since + 1, 11))
    writer.send("live")
    writer.send("end")
    assert numbers(bob.until("chat_message", message="end")) == [11, 12]


def test_after_unsubscribe_nothing_more_comes(chat, writer):
    second = chat.create_channel("second")
    bob = chat.listen("bob")
    bob.subscribe(second)
    bob.say(type="unsubscribe", log=bob.channel()["id"])
    assert bob.expect("unsubscribed") == {"log": bob.channel()["id"]}
    writer.send("unheard")
    writer.send("heard", channel="second")
    assert bob.until("chat_message")[-1]["payload"]["message"] == "heard"


def test_changes_of_channels_are_told_and_a_new_one_is_not_subscribed(chat):
    bob = chat.listen("bob")
    made = chat.create_channel("made", "new")
    told = bob.expect("channel_created")["channel"]
    assert list(told) == ["id", "name", "description", "sort_order", "epoch", "seq",
                          "read_only", "staff_only", "private", "slow_mode_seconds"]
    assert (told["id"], told["name"], told["description"]) == (made, "made", "new")
    writer = chat.connect("writer")
    writer.send("unheard", channel="made")

    chat.http("PATCH", "/channels", by="admin", json={"id": made, "name": "renamed"})
    seen = bob.until("channel_updated")
    assert seen[-1]["payload"]["channel"]["name"] == "renamed"
    assert numbers(seen) == []

    chat.http("DELETE", f"/channels?id={made}", by="admin")
    assert bob.expect("channel_removed") == {"channel": {"id": made, "name": "renamed"}}


def test_a_reordering_is_told_once_for_each_channel_that_moved(chat):
    second, third = chat.create_channel("second"), chat.create_channel("third")
    bob = chat.connect("bob")
    chat.http("PATCH", "/channels", by="admin", json={"id": third, "before_id": second})
    told = [bob.expect("channel_updated")["channel"] for _ in range(2)]
    assert {(one["name"], one["sort_order"]) for one in told} == {("third", 2), ("second", 3)}


def test_a_renamed_channel_is_the_same_log(chat, writer):
    bob = chat.connect("bob")
    channel = bob.channel()
    chat.http("PATCH", "/channels", by="admin", json={"id": channel["id"], "name": "lobby"})
    bob.expect("channel_updated")
    assert numbers(bob.subscribe(channel["id"], position(channel, 8))) == [9, 10]
    assert writer.send("x", channel="lobby")["seq"] == 11


def rule(chat, channel, **rules):
    answer = chat.http("PATCH", "/channels", by="admin", json={"id": channel, **rules})
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize("narrowed", ["private", "role"])
def test_a_long_replay_ends_where_its_reader_may_see_no_more(chat, narrowed):
    """A channel becomes private, or the reader's role is lost with a new token."""
    writer, count = chat.connect("writer", roles=["admin"]), 3000
    for start in range(0, count, 500):
        for number in range(start, start + 500):
            writer.say(type="chat_message", channel="general", message="x" * 2000,
                       send_key=f"k{number}")
        for number in range(start, start + 500):
            writer.answer_to(f"k{number}")
    channel = writer.channel()["id"]
    if narrowed == "role":
        rule(chat, channel, staff_only=True)
    bob = chat.connect("bob", roles=["moderator"])
    bob.say(type="subscribe", log=channel, since=position(bob.channel(), 0))
    bob.expect("chat_message", seq=200)
    if narrowed == "role":
        bob.say(type="refresh_token", token=chat.token("bob"))
    else:
        rule(chat, channel, private=True)
    bob.until("channel_removed")
    seen = numbers(bob.seen)
    assert seen == list(range(1, len(seen) + 1))
    assert len(seen) < count, "it was over before: nothing was proved"
    writer.send("a secret")
    told = bob.error_of(type="subscribe", log=channel)
    assert told["code"] == "unknown_log"
    assert "subscribed" not in {one["type"] for one in bob.seen}
    assert numbers(bob.seen) == seen
