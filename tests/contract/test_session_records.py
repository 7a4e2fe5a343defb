"""Who was here, and when: a row for every connection, through a stop and through kill -9."""

import time

from harness.databases import sessions
from harness.patience import eventually
from harness.tokens import sub_of


def until_recorded(chat, count):
    def recorded():
        rows = sessions(chat.server)
        return rows if len(rows) >= count else None
    return eventually(recorded)


def now():
    return time.time_ns() // 1000


def test_a_session_of_a_killed_server_ends_with_its_last_record(chat):
    before = now()
    chat.connect("alice")
    ((owner, start, end),) = until_recorded(chat, 1)
    assert owner == sub_of("alice")
    assert before <= start <= now()
    assert end is None
    chat.server.kill()
    killed_at = now()
    chat.server.start()
    ((owner, again, end),) = sessions(chat.server)
    assert (owner, again) == (sub_of("alice"), start)
    assert start <= end <= killed_at


def test_a_stop_ends_every_session(chat):
    before = now()
    chat.connect("alice")
    chat.connect_old("olaf")
    chat.connect("root", azp="WebClient", roles=["admin"])
    chat.server.stop()
    stopped_at = now()
    rows = sessions(chat.server)
    chat.server.start()
    assert sorted(row[0] for row in rows) == sorted(map(sub_of, ("alice", "olaf", "root")))
    for _, start, end in rows:
        assert before <= start <= end <= stopped_at
    assert sessions(chat.server) == rows


def test_numbers_start_anew_with_the_server_and_sessions_do_not(chat):
    chat.connect("alice")
    until_recorded(chat, 1)
    chat.server.restart()
    chat.connect("bob")
    first, second = until_recorded(chat, 2)
    assert first[0] == sub_of("alice") and first[2] is not None
    assert second[0] == sub_of("bob") and second[2] is None
