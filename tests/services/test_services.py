"""The services that tests start run, can be struck, and are gone afterwards."""

import os
import select
import signal
import subprocess
import sys

import psycopg
import pytest

from harness.certificates import make_certificate
from harness.patience import SLOWNESS, eventually
from harness.postgresql import Postgresql, execute
from harness.processes import descendants, has_ended
from harness.server import temporary_folder

RUN = [sys.executable, os.path.join(os.path.dirname(os.path.abspath(__file__)), "run.py")]
TELL = 'echo "at $HUBBUB_TEST_POSTGRESQL $$"; '
UNSET = {name: value for name, value in os.environ.items() if not name.startswith("HUBBUB_TEST_")}


def start(command, *services, **environment):
    """A run of services whose command is one of the shell."""
    return subprocess.Popen([*RUN, *services, "--", "sh", "-c", command], text=True,
                            env={**UNSET, **environment}, stdout=subprocess.PIPE)


def told_in(output):
    """Where the service is, and the process id of the command."""
    line = next(line for line in output if line.startswith("at "))
    return line.split()[1:]


def is_gone(url):
    try:
        execute(url, "SELECT 1")
    except psycopg.OperationalError as error:
        return "refused" in str(error)
    return False


def test_the_command_finds_what_it_needs_and_its_status_is_the_answer():
    query = ("import os, psycopg; psycopg.connect(os.environ['HUBBUB_TEST_POSTGRESQL'])"
             ".execute('CREATE ROLE someone')")
    run = start(f'"{sys.executable}" -c "{query}" && {TELL} exit 7', "postgresql")
    url, _ = told_in(run.stdout)
    assert run.wait(30 * SLOWNESS) == 7
    assert is_gone(url)


@pytest.mark.parametrize("number, status", [(signal.SIGTERM, 143), (signal.SIGKILL, -9)])
def test_with_the_run_the_services_end(number, status):
    run = start(TELL + "exec sleep 100", "postgresql")
    url, command = told_in(run.stdout)
    assert execute(url, "SELECT 1") == [(1,)]
    children = descendants(run.pid)
    run.send_signal(number)
    assert run.wait(30 * SLOWNESS) == status
    if number == signal.SIGTERM:
        assert all(has_ended(child) for child in children)
    else:
        os.kill(int(command), signal.SIGKILL)  # nobody is left to end it
        eventually(lambda: is_gone(url))


def test_a_service_that_runs_already_is_used_as_it_is():
    run = start(TELL, "postgresql", HUBBUB_TEST_POSTGRESQL="postgresql://elsewhere/postgres")
    assert told_in(run.stdout)[0] == "postgresql://elsewhere/postgres"
    assert run.wait(30 * SLOWNESS) == 0


@pytest.mark.parametrize("words", [["oracle", "--", "true"], ["postgresql"], ["postgresql", "--"]])
def test_what_cannot_be_run_is_refused(words):
    assert subprocess.run([*RUN, *words], check=False, capture_output=True).returncode == 2


@pytest.fixture(scope="module")
def certificate():
    return make_certificate()


@pytest.fixture(scope="module")
def cluster(certificate):
    with temporary_folder() as folder:
        cluster = Postgresql(folder, certificate=certificate)
        cluster.start()
        yield cluster
        cluster.close()


def test_postgresql_killed_starts_again_with_what_was_committed(cluster):
    url = cluster.make_database("killed")
    execute(url, "CREATE TABLE kept (number int)")
    execute(url, "INSERT INTO kept VALUES (1)")
    with psycopg.connect(url) as connection:
        connection.execute("INSERT INTO kept VALUES (2)")
        cluster.kill()
        with pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT 1")
        assert is_gone(url)
    cluster.start()
    assert execute(url, "SELECT number FROM kept") == [(1,)]
    cluster.restart()
    assert execute(url, "SELECT number FROM kept") == [(1,)]


def test_postgresql_paused_answers_nothing_until_it_goes_on(cluster):
    with psycopg.connect(cluster.url(), autocommit=True) as connection:
        cluster.pause()
        with pytest.raises(psycopg.errors.ConnectionTimeout):
            psycopg.connect(cluster.url(), connect_timeout=2)
        connection.pgconn.send_query(b"SELECT 41 + 1")
        assert select.select([connection.pgconn.socket], [], [], 0.3) == ([], [], [])
        cluster.resume()
        answered = connection.pgconn.get_result()
        assert answered.get_value(0, 0) == b"42"
        assert connection.pgconn.get_result() is None


def test_postgresql_speaks_tls_with_the_certificate_of_the_test(cluster, certificate, tmp_path):
    (tmp_path / "trusted.pem").write_bytes(certificate[0])
    (tmp_path / "other.pem").write_bytes(make_certificate()[0])
    options = "?sslmode=verify-full&sslrootcert="
    in_use = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
    assert execute(f"{cluster.url()}{options}{tmp_path}/trusted.pem", in_use) == [(True,)]
    with pytest.raises(psycopg.OperationalError, match="certificate verify failed"):
        execute(f"{cluster.url()}{options}{tmp_path}/other.pem", in_use)
    assert execute(f"{cluster.url()}?sslmode=disable", in_use) == [(False,)]
