"""A disk that is full, fails or is slow, a database that somebody else locks or takes away.

What was acknowledged is there once, readers keep their connections and see everyone's messages in
the same order, senders are told to try again meanwhile, and all is well again by itself.
"""

import contextlib
import os
import resource
import shutil
import sqlite3

import pytest

from harness.failing_disk import FailingDisk
from harness.outages import LONG, Writer, check, run_through, stored
from harness.patience import SLOWNESS, SOON, eventually
from harness.server import temporary_folder
from harness.small_disk import SmallDisk

IN_THE_FOLDER = "sqlite:hubbub.db"


@pytest.fixture
def chat(make_chat):
    return make_chat(HUBBUB_DATABASE_URL=IN_THE_FOLDER)


@pytest.fixture
def disk(tmp_path):
    return FailingDisk(tmp_path)


@pytest.fixture
def weak_chat(make_chat, disk):
    return make_chat(HUBBUB_DATABASE_URL=IN_THE_FOLDER, **disk.settings)


def database_of(chat):
    return os.path.join(chat.server.folder, "hubbub.db")


def is_ready(chat):
    answer = chat.http("GET", "/readyz")
    return answer.status_code == 200


@contextlib.contextmanager
def locked(chat):
    """As somebody at `sqlite3 hubbub.db` who forgot to commit."""
    connection = sqlite3.connect(database_of(chat), isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        connection.close()


@pytest.mark.parametrize("fault", ["write ENOSPC", "write EIO", "write EROFS", "sync EIO"])
def test_a_disk_that_fails_and_is_well_again(weak_chat, disk, fault):
    run_through(weak_chat, lambda: disk.fail(fault), disk.mend)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a small disk; the test above "
                    "and that of the limit below are of the same failure")
def test_a_full_disk_that_is_given_room(make_chat):
    with temporary_folder() as folder:
        disk = SmallDisk(folder, 8)
        try:
            chat = make_chat(HUBBUB_DATABASE_URL=f"sqlite:{disk.path}/hubbub.db")
            run_through(chat, disk.fill, disk.free)
            chat.server.restart()
            assert "seq" in chat.connect("alice").send("still here")
            chat.server.stop()
            chat.server.start()
        finally:
            disk.close()


def test_files_that_may_grow_no_further(chat):
    pid, kind = chat.server.pid, resource.RLIMIT_FSIZE
    before = resource.prlimit(pid, kind)
    run_through(chat, lambda: resource.prlimit(pid, kind, (4096, before[1])),
                lambda: resource.prlimit(pid, kind, before))


def test_a_database_that_somebody_else_locks(chat):
    with contextlib.ExitStack() as lock:
        run_through(chat, lambda: lock.enter_context(locked(chat)), lock.close)


def test_a_database_that_is_moved_away_and_back(chat):
    """SQLite itself would go on in the file without a name, and all of it would be lost."""
    path = database_of(chat)
    run_through(chat, lambda: os.rename(path, path + ".away"),
                lambda: os.rename(path + ".away", path))


def test_a_database_that_was_replaced_beneath_the_server_takes_nothing(chat):
    path = database_of(chat)
    alice = chat.connect("alice")
    assert "seq" in alice.send("before")
    shutil.copy(path, path + ".copy")
    os.rename(path + ".copy", path)
    assert alice.send("into nowhere")["code"] == "unavailable"
    assert not is_ready(chat)
    assert alice.send("still")["code"] == "unavailable"


def test_a_slow_disk_costs_time_and_nothing_else(weak_chat, disk):
    chat = weak_chat
    listener = chat.listen("listener")
    writers = [Writer(chat, f"writer{n}") for n in range(3)]
    disk.fail("late 700")
    for writer in writers:
        writer.start()

    def under_way():
        return all(len(writer.acked) >= 2 for writer in writers)
    eventually(under_way, LONG)
    # Readers do not wait for the disk: this is read while a commit is on its way.
    assert chat.connect("listener").history(listener.channel()["id"])["messages"]
    assert is_ready(chat)
    disk.mend()
    for writer in writers:
        writer.finish()
        assert not writer.refused
    check(chat, writers, listener)


def test_behind_a_slow_disk_one_has_a_bounded_number_unanswered(weak_chat, disk):
    alice, bob = weak_chat.connect("alice"), weak_chat.connect("bob")
    disk.fail("late 2000")
    count = 1500
    for number in range(count):
        alice.say(type="chat_message", channel="general", message="x" * 4000, send_key=f"k{number}")
    refused = alice.expect("error", LONG)
    assert refused["code"] == "overloaded" and refused["retry_after_ms"] > 0
    bob.say(type="chat_message", channel="general", message="not held up", send_key="b")
    assert "seq" in bob.answer_to("b", LONG)
    disk.mend()
    answers = [refused]
    while len(answers) < count:
        frame = alice.next(LONG)
        if frame["type"] in ("ack", "error"):
            answers.append(frame["payload"])
    assert {answer.get("code") for answer in answers} == {None, "overloaded"}
    acked = {answer["seq"] for answer in answers if "seq" in answer}
    assert len(acked) >= 1000
    assert acked <= {seq for seq, _ in stored(weak_chat)}


def test_what_an_administrator_asks_for_is_done_or_refused(weak_chat, disk):
    alice = weak_chat.listen("alice")
    disk.fail("write EIO")
    answer = weak_chat.http("POST", "/channels", by="admin", json={"name": "made"})
    assert answer.status_code == 503
    assert weak_chat.channel_id("made") is None
    disk.mend()

    def made():
        return weak_chat.http("POST", "/channels", by="admin",
                              json={"name": "made"}).status_code == 201
    eventually(made, LONG)
    assert alice.expect("channel_created")["channel"]["name"] == "made"
    assert weak_chat.connect("alice").send("first", channel="made")["seq"] == 1


def test_who_is_known_is_let_in_and_reads_meanwhile_and_newcomers_are_told_to_come_back(
        weak_chat, disk):
    chat = weak_chat
    alice = chat.connect("alice")
    alice.send("before")
    disk.fail("write ENOSPC")
    assert alice.send("lost", send_key="k")["code"] == "unavailable"
    again = chat.connect("alice")
    assert [text for _, text in stored(chat, "alice")] == ["before"]
    assert chat.connect_raw("newcomer").expect_close()[0] == 1013
    assert again.send("lost", send_key="k")["code"] == "unavailable"
    assert chat.metric("hubbub_store_available") == 0
    assert chat.metric("hubbub_log_failed_total") >= 2
    disk.mend()

    def is_back():
        return chat.metric("hubbub_store_available") == 1
    eventually(is_back)
    assert again.send("lost", send_key="k")["seq"] == 2
    assert chat.connect("newcomer").hello


def test_old_clients_are_counted_and_stay(weak_chat, disk):
    old, bob = weak_chat.connect_old("olaf"), weak_chat.listen("bob")
    old.greeting()
    disk.fail("write EIO")
    old.send("lost")

    def counted():
        return weak_chat.metric("hubbub_old_protocol_refused_total") == 1
    eventually(counted)
    disk.mend()

    def is_back():
        return is_ready(weak_chat)
    eventually(is_back)
    old.send("heard")
    assert bob.expect("chat_message")["message"] == "heard"


@pytest.mark.parametrize("fault", ["sync EIO", "write EIO", "late 300"])
def test_killed_while_the_disk_fails(weak_chat, disk, fault):
    """What nobody was told of may be there or not, but once, and under its key."""
    chat = weak_chat
    alice = chat.connect("alice")
    acked = [alice.send(f"text {n}", send_key=f"k{n}") for n in range(20)]
    disk.fail(fault)
    for n in range(20, 25):
        alice.say(type="chat_message", channel="general", message=f"text {n}", send_key=f"k{n}")
    if fault == "late 300":
        acked += [alice.answer_to(f"k{n}", LONG) for n in range(20, 21)]
    else:
        assert alice.answer_to("k24", SOON)["code"] == "unavailable"
    chat.server.kill()
    disk.mend()
    chat.server.start()
    alice = chat.connect("alice")
    for ack in acked:
        n = ack["send_key"][1:]
        assert alice.send(f"text {n}", send_key=f"k{n}") == {**ack, "repeated": True}
    for n in range(len(acked), 25):
        assert "seq" in alice.send(f"text {n}", send_key=f"k{n}")
    log = stored(chat)
    assert [seq for seq, _ in log] == list(range(1, 26))
    assert sorted(text for _, text in log) == sorted(f"text {n}" for n in range(25))


def test_a_stop_ends_in_time_whatever_the_disk_does(weak_chat, disk):
    alice = weak_chat.connect("alice")
    disk.fail("late 60000" if SLOWNESS == 1 else "late 200000")
    alice.say(type="chat_message", channel="general", message="never told", send_key="k")
    with pytest.raises(AssertionError, match="exit code 1 after SIGTERM"):
        weak_chat.server.stop()
    assert "stop_forced" in weak_chat.server.output
    assert alice.expect_close()[0] == 1001
    disk.mend()
    weak_chat.server.start()
    assert weak_chat.connect("alice").send("never told", send_key="k")["seq"] == 1
