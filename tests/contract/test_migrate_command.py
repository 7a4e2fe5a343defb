"""hubbub migrate on SQLite; on an old server's PostgreSQL: test_adoption.py."""

import os
import subprocess

import pytest

from harness.patience import SLOWNESS
from harness.server import BINARY, Server


@pytest.fixture
def server(tmp_path):
    server = Server(tmp_path, HUBBUB_DATABASE_URL=f"sqlite:{tmp_path}/chat.db")
    yield server
    server.close()


def migrate(server, *flags):
    return subprocess.run([BINARY, "migrate", *flags], cwd=server.folder, env=server.settings,
                          capture_output=True, text=True, timeout=20 * SLOWNESS, check=False)


def test_a_dry_run_makes_no_database(server):
    told = migrate(server, "--dry-run")
    assert told.returncode == 0, told.stderr
    assert "nothing was changed" in told.stdout and "Steps of the schema" in told.stdout
    assert not os.path.exists(f"{server.folder}/chat.db")


def test_it_brings_the_schema_up_to_date_once(server):
    first = migrate(server)
    assert first.returncode == 0, first.stderr
    assert "Steps of the schema" in first.stdout
    again = migrate(server)
    assert again.returncode == 0, again.stderr
    assert "The schema is up to date" in again.stdout
    server.start()


def test_it_refuses_while_a_server_runs(server):
    server.start()
    for flags in ((), ("--dry-run",)):
        refused = migrate(server, *flags)
        assert refused.returncode == 1 and not refused.stdout
        assert refused.stderr.startswith("hubbub migrate: "), refused.stderr
