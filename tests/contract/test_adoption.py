"""An old installation under the real server: taken over whole, and left usable by the old one."""

import contextlib
import re
import subprocess

import pytest

from harness import postgresql
from harness.chat import Chat
from harness.old_server import OldServer, queues
from harness.patience import SLOWNESS, eventually
from harness.server import BINARY, Server, temporary_folder
from harness.tokens import sub_of

# What the old server wrote, by table.
OLD_COLUMNS = {
    "server_instances": "id, server_id, server_name, created_at",
    "rate_limiter": "id, owner_id, message_limit, window_seconds",
    "channels": "id, name, description, is_private, owner_id, sort_order, created_at",
    "chat_messages": "id, cache_id, owner_id, channel, message, authored_at",
    "private_messages": "id, cache_id, owner_id, username, recipient_id, recipient, message,"
                        " authored_at",
    "chat_sessions": "id, owner_id, start_time, end_time, duration",
    "bans": "id, owner_id, banished_id, start_time, reason, end_time, duration",
}
SERVER_ID = "5f0c3c1e-6d0a-4a8e-9d57-0c4f3f0f9a11"
LISTS = ("flush_messages", "flush_private_messages")
BOOK = ("A whole book in one message. " * 3000)[:65535] + "."
# The channel `general`, in the order of its log.
GENERAL = ["The first of all", "Running late, 🚲 Grüße", "Order goes by id, not by time", "", BOOK,
           "Waiting in the list", "And the last"]


class House:
    """The old installation, and Hubbub on it."""

    def __init__(self, folder, issuer, valkey, **settings):
        self.old = OldServer(valkey)
        self.valkey = valkey
        if valkey:
            settings = {"HUBBUB_VALKEY_URL": valkey.url, **settings}
        self.server = Server(folder, HUBBUB_OIDC_ISSUER=issuer.url,
                             HUBBUB_DATABASE_URL=self.old.url, **settings)
        self.chat = Chat(self.server, issuer)

    def start(self):
        self.server.start()
        return self.chat

    def migrate(self, *flags):
        return subprocess.run([BINARY, "migrate", *flags], cwd=self.server.folder,
                              env=self.server.settings, capture_output=True, text=True,
                              timeout=60 * SLOWNESS, check=False)

    def rows(self):
        return {table: self.old.table(table, columns) for table, columns in OLD_COLUMNS.items()}

    def everything(self):
        """All rows of all tables, and the next number of each sequence."""
        tables = self.old.run("SELECT table_name FROM information_schema.tables WHERE"
                              " table_schema = 'chatserver' AND table_type = 'BASE TABLE'"
                              " ORDER BY 1")
        content = {name: self.old.run(f"SELECT t::text FROM {name} t ORDER BY 1")
                   for name, in tables if name not in ("server_runs",)}
        sequences = self.old.run(
            "SELECT sequencename FROM pg_sequences WHERE schemaname = 'chatserver'"
            " AND sequencename NOT IN ('server_runs_id_seq', 'set_aside_entries_id_seq')")
        for name, in sequences:
            content[name] = self.old.run(f"SELECT last_value + is_called::int FROM {name}")
        return content

    def backends(self, condition=""):
        """Who else is at work in the database."""
        return self.old.run("SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND"
                            " datname = current_database() AND backend_type = 'client backend' "
                            + condition)

    def in_valkey(self):
        lists = {name: self.valkey.ask("LRANGE", name, 0, -1) for name in LISTS}
        counters = [int(self.valkey.ask("GET", name)) for name in queues()[1]]
        return lists, counters

    def close(self):
        self.chat.close()
        try:
            self.server.close()
        finally:
            self.old.drop()


@pytest.fixture
def make_house_of(issuer):
    with contextlib.ExitStack() as stack:
        def make(valkey, **settings):
            folder = stack.enter_context(temporary_folder())
            house = House(folder, issuer, valkey, **settings)
            stack.callback(house.close)
            return house
        yield make


@pytest.fixture
def house(make_house_of, make_valkey):
    return make_house_of(make_valkey())


@pytest.fixture
def chat(house):
    return house.start()


def names_of(frames, kind, member):
    return [one[member] for frame in frames if frame["type"] == kind
            for one in frame["payload"]["channels" if kind == "active_channels" else "messages"]]


def texts(chat, by="admin", **query):
    found = chat.http("GET", "/messages", by=by, params={"limit": 100, **query})
    return [one["message"] for one in found.json()["payload"]["messages"]]


def log_texts(person, log):
    frames = person.subscribe(log, {"epoch": epoch_of(person, log), "seq": 0})
    entries = [frame["payload"] for frame in frames if frame["type"].endswith("chat_message")]
    assert [one["seq"] for one in entries] == list(range(1, len(entries) + 1))
    return [one["message"] for one in entries]


def epoch_of(person, log):
    if log == "inbox":
        return person.hello["inbox"]["epoch"]
    return next(one for one in person.hello["channels"] if one["id"] == log)["epoch"]


# --- what is there after the start ---


def test_every_row_keeps_its_ids_and_what_it_held(house):
    before = house.rows()
    house.start()
    after = house.rows()
    for table, rows in before.items():
        assert set(rows) <= set(after[table]), table
    grown = {table for table in before if len(after[table]) > len(before[table])}
    assert grown == {"chat_messages", "private_messages"}  # from the lists


def test_the_web_api_shows_it_all(chat):
    channels = chat.http("GET", "/channels", by="admin").json()["channels"]
    assert [(one["id"], one["name"]) for one in channels] == [
        (9, "caffè ☕ und 🏔"), (1, "general"), (2, "General"), (4, "exactly-24-characters-ok"),
        (7, "board")]
    assert texts(chat, channel="general") == GENERAL[::-1]
    assert texts(chat, channel="General") == ["Nobody knows my name"]
    assert texts(chat, channel="lounge") == ["a/b ☺", "And yet it speaks", "The lounge is gone"]
    assert texts(chat, channel="GENERAL") == ["Shouting"]
    assert texts(chat, keyword="without a name") == ["In a channel without a name"]
    assert texts(chat, keyword="RUN gruße") == ["Running late, 🚲 Grüße"]
    assert len(texts(chat)) == 16
    assert chat.http("GET", "/discovery").json()["server_id"] == SERVER_ID


def test_names_come_from_keycloak_private_messages_and_the_lists(chat):
    found = chat.http("GET", "/users", by="admin").json()["payload"]["users"]
    names = {one["id"]: one["username"] for one in found}
    assert names == {sub_of("ada"): "ada", sub_of("ben"): "ben", sub_of("eve"): "Évé",
                     sub_of("cleo"): "cleo", sub_of("dora"): "dora",
                     sub_of("service-account-reports"): "service-account-reports",
                     **{one: names[one] for one in names if names[one] == "admin"}}
    message = chat.http("GET", "/messages", by="admin", params={"channel": "General"}).json()
    assert message["payload"]["messages"][0]["username"] == "[Unknown]"


def test_who_was_unknown_is_named_by_a_token(chat):
    chat.connect("ghost").close()

    def is_named():
        found = chat.http("GET", "/messages", by="admin", params={"channel": "General"}).json()
        return found["payload"]["messages"][0]["username"] == "ghost"
    eventually(is_named)


def test_the_old_greeting_shows_it(chat):
    greeting = chat.connect_old("ada").greeting()
    assert names_of(greeting, "active_channels", "name") == [
        "caffè ☕ und 🏔", "general", "General", "exactly-24-characters-ok"]
    assert names_of(greeting, "bulk_chat_messages", "message") == [
        *GENERAL[:4], "Nobody knows my name", "In a channel with a long name", "Über den Wolken",
        BOOK, "Waiting in the list", "And the last"]
    assert names_of(greeting, "bulk_private_messages", "message") == [
        "Between us", "Of course", "To myself: milk", "I am leaving", "Farewell", "Not stored yet"]


def test_logs_replay_in_the_order_of_ids(chat):
    ada = chat.connect("ada")
    assert log_texts(ada, 1) == GENERAL
    assert log_texts(ada, "inbox") == ["Between us", "Of course", "To myself: milk", "I am leaving",
                                       "Farewell", "Not stored yet"]
    assert log_texts(chat.connect("ben"), "inbox") == ["Between us", "Of course", "Not stored yet",
                                                       "To myself too"]
    ack = ada.send("And on it goes")
    assert (ack["seq"], ack["message_id"]) == (8, 234)  # beyond the counter and the list's three


def test_an_adopted_installation_keeps_ten_messages_in_sixty_seconds(chat):
    limits = chat.http("GET", "/ratelimits", by="admin").json()["rate_limiter"]
    assert (limits["message_limit"], limits["window_seconds"]) == (10, 60)
    ada = chat.connect("ada")
    answers = [ada.send(f"message {number}") for number in range(11)]
    assert ["code" in one for one in answers] == [False] * 10 + [True]


def test_a_private_channel_is_for_administrators(chat):
    for username, roles, sees in (("ada", [], False), ("mod", ["moderator"], False),
                                  ("admin", ["admin"], True)):
        person = chat.connect(username, roles=roles)
        assert ("board" in [one["name"] for one in person.hello["channels"]]) == sees, username
    assert texts(chat, by="moderator", keyword="salaries") == []
    assert texts(chat, by="admin", keyword="salaries") == ["Salaries, among ourselves"]


def test_bans_and_sessions_are_there(chat):
    records = chat.http("GET", "/users/bans", by="admin").json()["payload"]["records"]
    assert [(one["id"], one["banished_username"], one.get("reason"), one["pardoned"])
            for one in records] == [
        ("6", "[Unknown]", None, False), ("3", "ada", "A mistake", True),
        ("2", "ben", "Cool down", False), ("1", "Évé", "Spam 🥫", False)]
    assert "end" not in records[3]
    token = chat.token("eve")
    assert chat.http("GET", f"/ws?token={token}").text == "User is banned.\n"
    for username in ("ada", "ben"):
        chat.connect(username).close()
    days = chat.http("GET", "/activity/sessions", by="admin", params={"user_id": sub_of("ben")})
    assert days.json()["payload"]["session_activity"][0]["total_duration"] == "01:00:00"


# --- the lists ---


def test_what_cannot_be_stored_is_set_aside_and_reported(house):
    house.start()
    kept = house.old.run("SELECT list, entry, reason FROM set_aside_entries ORDER BY id")
    lists, _ = queues()
    wanted = [(name, entry, outcome) for name in LISTS for entry, outcome in lists[name]
              if outcome not in ("taken", "known")]
    assert sorted(kept) == sorted(wanted)
    for name, _, reason in wanted:
        line = f' old_entry_set_aside list={name} reason="{reason}'
        assert house.server.wait_for(re.escape(line))
    in_valkey, counters = house.in_valkey()
    assert in_valkey == {name: [] for name in LISTS}
    for table, counter in zip(("chat_messages", "private_messages"), counters):
        assert counter >= house.old.run(f"SELECT max(cache_id) FROM {table}")[0][0]
    assert counters[0] >= 230 and counters[1] >= 57


def test_a_crash_before_the_lists_are_emptied_stores_nothing_twice(house):
    lists, _ = queues()
    house.start()
    house.server.stop()
    before = house.everything()
    for name, entries in lists.items():
        house.valkey.ask("RPUSH", name, *(entry for entry, _ in entries))
    house.start()
    house.server.stop()
    assert house.everything() == before
    assert house.in_valkey()[0] == {name: [] for name in LISTS}


def test_without_valkey_the_log_says_that_the_lists_were_not_looked_at(make_house_of):
    house = make_house_of(None)
    house.start()
    assert house.server.wait_for(" old_lists_not_looked_at .*HUBBUB_VALKEY_URL is not set")
    seen = len(house.server.output)
    house.server.restart()
    assert "old_lists" not in house.server.output[seen:]


def test_a_valkey_that_does_not_answer_stops_the_adoption(house):
    house.valkey.kill()
    before = house.everything()
    done = house.migrate()
    assert done.returncode == 1
    assert "cannot be read from Valkey" in done.stderr
    assert house.everything() == before


# --- once, whole, and told ---


def test_the_second_start_changes_nothing(house):
    house.start()
    house.server.stop()
    before = house.everything()
    seen = len(house.server.output)
    house.server.start()
    house.server.stop()
    assert house.everything() == before
    assert "adopted" not in house.server.output[seen:]


def test_a_dry_run_tells_all_and_changes_nothing(house):
    before = house.everything(), house.in_valkey()
    told = house.migrate("--dry-run")
    assert told.returncode == 0, told.stderr
    assert "nothing was changed" in told.stdout
    assert (house.everything(), house.in_valkey()) == before
    done = house.migrate()
    assert done.returncode == 0, done.stderr
    report = told.stdout.split("\n\n", 1)[1]
    assert done.stdout.split("\n\nNext")[0] == report.split("\n\nNext")[0]
    for line in ("messages 16", "private messages 7", "of these, from its lists in Valkey 5",
                 "entries of the lists set aside 7", "lounge", "GENERAL", "(without a name)"):
        assert line in " ".join(done.stdout.split()), line


def test_a_server_that_runs_is_not_disturbed(house):
    house.start()
    for flags in ((), ("--dry-run",)):
        done = house.migrate(*flags)
        assert done.returncode == 1
        assert "stop it" in done.stderr or "another" in done.stderr


def test_a_crash_in_the_middle_leaves_the_old_state_whole(house):
    house.old.run(
        "INSERT INTO chatserver.chat_messages(cache_id, owner_id, channel, message, authored_at)"
        " SELECT 1000 + i, %s, 'general', 'number ' || i, now() FROM generate_series(1, 60000) i",
        sub_of("ada"))
    before = house.everything()
    process = subprocess.Popen([BINARY, "migrate"], cwd=house.server.folder,
                               env=house.server.settings, stdout=subprocess.DEVNULL)

    def is_at_work():
        assert process.poll() is None, "it was faster"
        return house.backends("AND query LIKE '%INSERT INTO log_entries%'")
    eventually(is_at_work)
    process.kill()
    process.wait()

    def is_rolled_back():
        return not house.backends()
    eventually(is_rolled_back)
    assert house.everything() == before
    assert house.in_valkey()[0]["flush_messages"]
    chat = house.start()
    assert len(house.old.run("SELECT 1 FROM log_entries WHERE log_id ="
                             " (SELECT log_id FROM channels WHERE name = 'general')")) == 60_007
    assert texts(chat, keyword="number 59999")[0] == "number 59999"


# --- the way back, and forth again ---


def test_the_old_server_runs_again_and_what_it_did_is_taken_over(house):
    chat, old = house.start(), house.old
    ada = chat.connect("ada")
    first = ada.send("Written with Hubbub")
    assert ada.send_private("ben", "Private with Hubbub")["seq"] == 7
    chat.create_channel("new")
    ada = chat.connect("ada")
    ada.send("In a new channel", channel="new")
    house.server.stop()

    old.start()
    assert old.search("Hubbub") == ["Written with Hubbub"]
    with_old = [old.take_message("ben", "general", "Back on the old one"),
                old.take_message("ben", "attic", "In no channel")]
    assert with_old[0] > first["message_id"]
    old.take_private_message("ben", "ada", "Old and private")
    old.flush()
    old.delete_messages(3, first["message_id"])
    old.create_channel("theirs")
    old.take_message("ada", "theirs", "In theirs")
    old.flush()
    old.delete_channel("General", purge=False)
    old.delete_channel("new", purge=True)
    old.delete_channel("board", purge=False)
    old.pardon("eve")
    old.ban("dora")
    assert old.is_banned("dora") and not old.is_banned("eve")
    old.record_session("ben")
    assert sum(count for _, count, _ in old.session_activity()) >= 2
    waiting = old.take_message("ada", "general", "Left in the list")

    seen = len(house.server.output)
    chat = house.start()
    assert house.server.wait_for(" old_installation_adopted .*messages=4", seen)
    names = [one["name"] for one in chat.http("GET", "/channels", by="admin").json()["channels"]]
    assert names == ["caffè ☕ und 🏔", "general", "exactly-24-characters-ok", "theirs"]
    assert texts(chat, channel="theirs") == ["In theirs"]
    assert texts(chat, channel="attic") == ["In no channel"]
    assert texts(chat, channel="General") == ["Nobody knows my name"]  # archived, not lost
    assert texts(chat, by="moderator", keyword="salaries") == []  # archived, and still private
    assert texts(chat, keyword="salaries") == ["Salaries, among ourselves"]
    assert texts(chat, channel="new") == []
    ada = chat.connect("ada")
    # Deleted rows are blank, and every seq is there.
    assert log_texts(ada, 1) == ["", *GENERAL[1:], "", "Back on the old one", "Left in the list"]
    assert log_texts(ada, "inbox")[-1] == "Old and private"
    assert chat.http("GET", f"/ws?token={chat.token('dora')}").text == "User is banned.\n"
    chat.connect("eve").close()
    assert ada.send("Once more")["message_id"] > waiting
    assert house.in_valkey()[0] == {name: [] for name in LISTS}


def test_the_old_server_runs_on_a_database_that_began_with_hubbub(issuer, make_valkey, tmp_path):
    valkey = make_valkey()
    old = OldServer(valkey)
    try:
        old.run("DROP SCHEMA chatserver CASCADE")
        for name in LISTS:
            valkey.ask("DEL", name)
        server = Server(tmp_path, HUBBUB_OIDC_ISSUER=issuer.url, HUBBUB_DATABASE_URL=old.url,
                        HUBBUB_VALKEY_URL=valkey.url).start()
        chat = Chat(server, issuer)
        chat.connect("ada").send("Hello")
        server.stop()
        old.start()
        old.take_message("ben", "general", "From the other side")
        old.flush()
        server.start()
        assert texts(chat, channel="general")[:2] == ["From the other side", "Hello"]
        chat.close()
        server.stop()
    finally:
        old.drop()
