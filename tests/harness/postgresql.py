"""A real PostgreSQL of the test's own: one cluster, below one folder, on one port of loopback."""

import contextlib
import glob
import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile

import psycopg
from psycopg import sql

from harness.patience import SOON, SLOWNESS, eventually
from harness.ports import free_port
from harness.processes import descendants, has_ended

_START_SECONDS = 30 * SLOWNESS
SUPERUSER = "hubbub"


def _program(name):
    """Debian keeps the server's programs off the PATH, by version."""
    found = glob.glob(f"/usr/lib/postgresql/*/bin/{name}")
    if found:
        return max(found, key=lambda path: int(path.split("/")[4]))
    return shutil.which(name) or name


def _other_user():
    """Whom to run as, since PostgreSQL refuses root. None: as who we are."""
    return pwd.getpwnam("postgres") if os.getuid() == 0 else None


def _is_reachable(folder):
    """Whether another user may pass through every folder on the way."""
    while folder != "/":
        if not os.stat(folder).st_mode & 0o001:
            return False
        folder = os.path.dirname(folder)
    return True


def _signal(processes, number):
    for pid in processes:
        with contextlib.suppress(ProcessLookupError):  # one that ended by itself meanwhile
            os.kill(pid, number)


class Postgresql:
    """Anyone on loopback is let in, as the superuser `hubbub` too.

    `certificate`: of a certificate and its private key, both PEM; then TLS is offered beside plain
    connections. `settings` are those of postgresql.conf. Its output is in the file `log`.
    """

    def __init__(self, folder, certificate=None, **settings):
        folder = os.path.realpath(folder)
        self._user = _other_user()
        self.port = free_port()
        self.log = os.path.join(folder, "postgresql.log")
        self._process = None
        if self._user:
            os.chmod(folder, os.stat(folder).st_mode | 0o011)
            if not _is_reachable(folder):  # a home, say, that is closed to others
                folder = None
        self._data = tempfile.mkdtemp(dir=folder or "/var/tmp", prefix="postgresql-")
        self._own(self._data)
        self._run("initdb", "--pgdata", self._data, "--username", SUPERUSER, "--auth", "trust",
                  "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync")
        settings = {"listen_addresses": "127.0.0.1", "port": self.port,
                    "unix_socket_directories": "", "max_connections": 300, **settings}
        if certificate:
            self._write("server.crt", certificate[0])
            self._write("server.key", certificate[1])
            settings["ssl"] = "on"
        lines = [f"{name} = '{value}'\n" for name, value in settings.items()]
        self._write("postgresql.auto.conf", "".join(lines).encode())

    def _own(self, path):
        if self._user:
            os.chown(path, self._user.pw_uid, self._user.pw_gid)

    def _write(self, name, content):
        path = os.path.join(self._data, name)
        with open(path, "wb", opener=lambda *a: os.open(*a, mode=0o600)) as file:
            file.write(content)
        self._own(path)

    def _command(self, name, *words):
        """With the end of this process it ends too, however that came about."""
        as_user = ["--reuid", str(self._user.pw_uid), "--regid", str(self._user.pw_gid),
                   "--clear-groups"] if self._user else []
        return ["setpriv", "--pdeathsig", "QUIT", *as_user, _program(name), *words]

    def _run(self, name, *words):
        done = subprocess.run(self._command(name, *words), cwd="/", stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=_START_SECONDS, check=False)
        assert done.returncode == 0, f"{name}: {done.stdout}{done.stderr}"
        return done.stdout

    @property
    def version(self):
        return re.search(r"\d+(\.\d+)*", self._run("postgres", "--version"))[0]

    def start(self):
        """Comes back once it answers; on the same port and data as before."""
        assert self._process is None, "it runs already"
        with open(self.log, "ab") as log:
            # A session of its own: Ctrl-C on the terminal is for the tests, who stop it then.
            self._process = subprocess.Popen(
                self._command("postgres", "-D", self._data), cwd="/", stdin=subprocess.DEVNULL,
                stdout=log, stderr=log, start_new_session=True)

        def answers():
            assert self._process.poll() is None, f"PostgreSQL ended:\n{self._last_lines()}"
            try:
                return self.execute("SELECT 1")
            except psycopg.OperationalError:
                return None
        eventually(answers, _START_SECONDS)
        return self

    def _last_lines(self):
        with open(self.log, encoding="utf-8", errors="replace") as file:
            return "".join(file.readlines()[-20:])

    def is_running(self):
        return self._process is not None and self._process.poll() is None

    def stop(self):
        """Its fast shutdown: connections are ended, everything is written."""
        if self._process is None:
            return
        self.resume()
        self._process.send_signal(signal.SIGINT)
        try:
            self._process.wait(SOON)
            self._process = None
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self):
        """As a power cut stops it: kill -9 of every one of its processes."""
        processes = self.pause()
        _signal(processes, signal.SIGKILL)
        self._process.wait(SOON)
        self._process = None

        def gone():  # the last one frees the shared memory, without which the next start fails
            return all(has_ended(pid) for pid in processes)
        eventually(gone)

    def restart(self):
        self.stop()
        return self.start()

    def pause(self):
        """Everything of it stands still: connections stay open, and nothing is answered."""
        _signal([self._process.pid], signal.SIGSTOP)  # first, so that it makes no new process
        children = descendants(self._process.pid)
        _signal(children, signal.SIGSTOP)
        return [self._process.pid, *children]

    def resume(self):
        _signal([*descendants(self._process.pid), self._process.pid], signal.SIGCONT)

    def close(self):
        """Stopped, and nothing left of it but its log."""
        self.stop()
        shutil.rmtree(self._data, ignore_errors=True)

    # --- what is in it ---

    def url(self, database="postgres"):
        return f"postgresql://{SUPERUSER}@127.0.0.1:{self.port}/{database}"

    def execute(self, statement, database="postgres"):
        """The rows, where the statement has any."""
        return execute(self.url(database), statement)

    def make_database(self, name):
        make_database(self.url(), name)
        return self.url(name)


def execute(url, statement):
    with psycopg.connect(url, autocommit=True, connect_timeout=10) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else None


def make_database(url, name):
    execute(url, sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


def drop_database(url, name):
    """Ends the connections that are left."""
    execute(url, sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
