"""PostgreSQL killed, stopped, frozen, or cut off in the midst of a commit.

What was acknowledged is there once, readers keep their connections and see everyone's messages in
the same order, and senders are told to try again meanwhile.
"""

import pytest

from harness.outages import LONG, Writer, check, run_through, stored
from harness.patience import SOON, eventually
from harness.postgresql import Postgresql
from harness.server import temporary_folder
from harness.tcp_proxy import TcpProxy


@pytest.fixture
def cluster():
    with temporary_folder() as folder:
        cluster = Postgresql(folder).start()
        cluster.make_database("hubbub")
        yield cluster
        cluster.close()


@pytest.fixture
def chat(make_chat, cluster):
    return make_chat(HUBBUB_DATABASE_URL=cluster.url("hubbub"))


@pytest.fixture
def proxy(cluster):
    proxy = TcpProxy(cluster.port)
    yield proxy
    proxy.close()


@pytest.fixture
def cut_chat(make_chat, cluster, proxy):
    url = cluster.url("hubbub").replace(str(cluster.port), str(proxy.port))
    return make_chat(HUBBUB_DATABASE_URL=url)


def test_killed_and_started_again(chat, cluster):
    run_through(chat, cluster.kill, cluster.start)


def test_stopped_and_started_again(chat, cluster):
    run_through(chat, cluster.stop, cluster.start)


def test_frozen_and_thawed(chat, cluster):
    run_through(chat, cluster.pause, cluster.resume)


def test_cut_off_and_connected_again(cut_chat, proxy):
    run_through(cut_chat, proxy.cut, proxy.mend)


def test_killed_many_times(chat, cluster):
    writers = [Writer(chat, f"writer{n}") for n in range(3)]
    listener = chat.listen("listener")
    for writer in writers:
        writer.start()
    for _ in range(4):
        before = sum(len(writer.acked) for writer in writers)

        def progressed():
            return sum(len(writer.acked) for writer in writers) >= before + 30
        eventually(progressed, LONG)
        cluster.kill()
        cluster.start()
    for writer in writers:
        writer.finish()
    check(chat, writers, listener)


@pytest.mark.parametrize("protocol", ["v1", "old"])
def test_a_commit_whose_answer_got_lost_is_published_and_found_by_its_key(cut_chat, proxy,
                                                                          protocol):
    listener = cut_chat.listen("listener")
    alice = cut_chat.connect("alice") if protocol == "v1" else cut_chat.connect_old("alice")
    if protocol == "old":
        alice.greeting()
    proxy.swallow_answer_to("once")
    if protocol == "old":
        alice.send("once")
    else:
        refused = alice.send("once", send_key="key")
        assert refused["code"] == "unavailable"
        assert refused["retry_after_ms"] > 0
    assert proxy.swallowed.wait(SOON)
    proxy.mend()
    # It was stored: whoever listens is shown it, though nobody says anything more.
    seq = listener.expect("chat_message", seconds=LONG, message="once")["seq"]
    if protocol == "v1":
        again = alice.send("once", send_key="key")
        assert (again["seq"], again["repeated"]) == (seq, True)
    assert cut_chat.connect("bob").send("next")["seq"] == seq + 1
    assert listener.expect("chat_message")["message"] == "next"
    assert [text for _, text in stored(cut_chat)].count("once") == 1


def test_what_an_administrator_changed_counts_though_the_answer_got_lost(cut_chat, proxy):
    alice = cut_chat.listen("alice")
    proxy.swallow_answer_to("made")
    answer = cut_chat.http("POST", "/channels", by="admin", json={"name": "made"})
    assert answer.status_code in (201, 503)
    assert proxy.swallowed.wait(SOON)
    proxy.mend()

    def settled():
        made = cut_chat.http("POST", "/channels", by="admin", json={"name": "made"})
        return made.status_code == 201
    eventually(settled, LONG)
    alice.expect("channel_created", seconds=LONG)


def test_a_second_server_on_the_same_database_is_refused(chat, make_chat, cluster):
    with pytest.raises(AssertionError, match="another Hubbub server writes to this database"):
        make_chat(HUBBUB_DATABASE_URL=cluster.url("hubbub"))
    assert "seq" in chat.connect("alice").send("still here")


def test_a_killed_servers_successor_starts_at_once(chat):
    ack = chat.connect("alice").send("before")
    chat.server.kill()
    chat.server.start()
    assert chat.connect("alice").send("after")["seq"] == ack["seq"] + 1


def test_a_restart_while_nobody_talks_costs_nobody_a_message(chat, cluster):
    old, bob = chat.connect_old("olaf"), chat.listen("bob")
    old.greeting()

    def recorded():  # who came; the next record is 10 s away
        return cluster.execute("SELECT 1 FROM chatserver.chat_sessions OFFSET 1", "hubbub")
    eventually(recorded, LONG)
    cluster.restart()
    old.send("the first after it")
    assert bob.expect("chat_message")["message"] == "the first after it"


def test_readiness_is_told_soon_though_the_database_is_frozen(chat, cluster):
    assert chat.http("GET", "/readyz").json()["store"] == "up"
    cluster.pause()
    answer = chat.http("GET", "/readyz")  # within SOON
    assert (answer.status_code, answer.json()["store"]) == (503, "down")
    cluster.resume()

    def ready():
        return chat.http("GET", "/readyz").status_code == 200
    eventually(ready, LONG)
