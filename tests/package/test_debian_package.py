"""The Debian package that `make deb` leaves beside the binary: what is in it, what lintian says,
and that it installs, runs, upgrades and goes in a Debian of the test's own."""

import os
import re
import shutil
import subprocess

import pytest

from harness.patience import SLOWNESS, eventually
from harness.ports import free_port
from harness.server import BINARY, REPOSITORY, Server, temporary_folder

BUILT = os.path.dirname(BINARY)


def run(*words, **options):
    done = subprocess.run(words, capture_output=True, text=True, timeout=600 * SLOWNESS,
                          stdin=subprocess.DEVNULL, **options)
    assert done.returncode == 0, f"{' '.join(map(str, words))}\n{done.stdout}{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def package():
    with open(os.path.join(REPOSITORY, "CMakeLists.txt"), encoding="utf-8") as file:
        version = re.search(r"project\(hubbub VERSION ([\d.]+)", file.read())[1]
    architecture = run("dpkg", "--print-architecture").strip()
    return os.path.join(BUILT, f"hubbub_{version}_{architecture}.deb")


@pytest.fixture(scope="module")
def content(package):
    """mode and owner by path."""
    rows = [line.split(None, 5) for line in run("dpkg-deb", "--contents", package).splitlines()]
    return {path.split(" -> ")[0].rstrip("/"): (mode, owner) for mode, owner, *_, path in rows}


def test_it_holds_the_binary_the_unit_the_settings_and_the_documents(content):
    for path in ("usr/bin/hubbub", "lib/systemd/system/hubbub.service", "etc/hubbub/hubbub.toml",
                 "usr/share/doc/hubbub/copyright", "usr/share/doc/hubbub/changelog.gz",
                 "usr/share/doc/hubbub/docs/operations.md",
                 "usr/share/hubbub/caddy/Caddyfile.prod"):
        assert "./" + path in content
    assert {owner for _, owner in content.values()} == {"root/root"}
    assert content["./etc/hubbub/hubbub.env"][0] == "-rw-------"
    assert not [path for path, (mode, _) in content.items() if "w" in mode[4:]]


def test_its_dependencies_were_computed_and_its_settings_are_the_administrators(package):
    depends = run("dpkg-deb", "--field", package, "Depends")
    for name in ("libc6 (>=", "libssl3 (>=", "libsqlite3-0 (>=", "libsodium23 (>=", "adduser"):
        assert name in depends
    assert "-dev" not in depends
    with temporary_folder() as folder:
        run("dpkg-deb", "--control", package, folder)
        with open(os.path.join(folder, "conffiles"), encoding="utf-8") as file:
            assert file.read().split() == ["/etc/hubbub/hubbub.env", "/etc/hubbub/hubbub.toml"]


def test_lintian_finds_no_error(package):
    told = subprocess.run(["lintian", "--allow-root", "--fail-on", "none", package],
                          capture_output=True, text=True, timeout=300 * SLOWNESS)
    errors = [line for line in told.stdout.splitlines() if line.startswith("E:")]
    assert told.returncode == 0 and not errors, told.stdout + told.stderr


def test_it_runs_from_where_it_was_unpacked(package):
    """With the settings file of the package, as the unit starts it."""
    with temporary_folder() as folder:
        run("dpkg-deb", "--extract", package, folder)
        binary = os.path.join(folder, "usr/bin/hubbub")
        assert run(binary, "--version").startswith("hubbub ")
        server = Server(folder)
        server.command = [binary, "--config", os.path.join(folder, "etc/hubbub/hubbub.toml")]
        server.start()
        server.stop()


# --- in a Debian of its own ---

@pytest.fixture(scope="module")
def debian(package):
    """inside(words…) runs them in a fresh minimal Debian 12; the package is /hubbub.deb there."""
    with temporary_folder() as folder:
        root = os.path.join(folder, "root")
        run("debootstrap", "--variant=minbase", "--include=ca-certificates", "bookworm", root)
        shutil.copy(package, os.path.join(root, "hubbub.deb"))
        for file in ("resolv.conf", "hosts"):
            shutil.copy(f"/etc/{file}", os.path.join(root, "etc"))
        # Mounts of its own, which end with it. Every step replaces the one before, so that a signal
        # reaches what was started last.
        enter = ["unshare", "--mount", "sh", "-ec",
                 'mount -t proc proc "$0/proc"; mount --rbind /dev "$0/dev"; exec chroot "$@"',
                 root, root, "env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin",
                 "DEBIAN_FRONTEND=noninteractive"]

        def inside(*words):
            return run(*enter, *words)
        inside.enter = enter
        yield inside


def test_it_installs_runs_and_goes(debian):
    debian("apt-get", "install", "-y", "-q", "--no-install-recommends", "/hubbub.deb")
    assert debian("hubbub", "--version").startswith("hubbub ")
    assert debian("getent", "passwd", "hubbub").startswith("hubbub:x:")
    debian("test", "-L", "/etc/systemd/system/multi-user.target.wants/hubbub.service")
    with serving(debian, free_port()):
        pass
    # The administrator's settings stay over an upgrade, and what people wrote over a purge.
    debian("sh", "-c", "echo '# mine' >>/etc/hubbub/hubbub.toml")
    debian("dpkg", "--install", "/hubbub.deb")
    assert "# mine" in debian("cat", "/etc/hubbub/hubbub.toml")
    debian("dpkg", "--purge", "hubbub")
    assert debian("ls", "/var/lib/hubbub").split().count("hubbub.db") == 1
    debian("sh", "-c", "! test -e /etc/hubbub && ! test -e /usr/bin/hubbub && "
           "! test -e /etc/systemd/system/multi-user.target.wants/hubbub.service")


class serving:
    """The installed server, as the unit runs it: its user, its settings, its folder."""

    def __init__(self, debian, port):
        debian("install", "-d", "-o", "hubbub", "-g", "hubbub", "-m", "0700", "/var/lib/hubbub")
        self._debian, self._port = debian, port

    def __enter__(self):
        self._process = subprocess.Popen(
            [*self._debian.enter, f"HUBBUB_LISTEN=127.0.0.1:{self._port}", "setpriv",
             "--reuid=hubbub", "--regid=hubbub", "--clear-groups", "--no-new-privs",
             "hubbub", "serve", "--config", "/etc/hubbub/hubbub.toml"],
            stdin=subprocess.DEVNULL)

        def is_ready():
            assert self._process.poll() is None, "it ended"
            return subprocess.run([BINARY, "check", "--listen", f"127.0.0.1:{self._port}"],
                                  capture_output=True).returncode == 0
        eventually(is_ready, 20 * SLOWNESS)

    def __exit__(self, *_):
        self._process.terminate()
        self._process.wait(20)
