"""What is in the Debian package, what lintian says; that it installs, runs, upgrades and goes."""

import os
import subprocess

import pytest

from conftest import as_user, end_well, run, until_ready
from harness.patience import SLOWNESS
from harness.ports import free_port
from harness.server import Server, temporary_folder

UNIT = "/etc/systemd/system/multi-user.target.wants/hubbub.service"


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


def test_it_installs_runs_upgrades_and_goes(debian, package):
    debian.copy_in(package, "/hubbub.deb")
    debian.run("apt-get", "update", "-q")
    debian.run("apt-get", "install", "-y", "-q", "--no-install-recommends", "/hubbub.deb")
    assert debian.run("hubbub", "--version").startswith("hubbub ")
    debian.run("test", "-L", UNIT)

    # As the unit runs it: its folder, its user, its settings.
    debian.run("install", "-d", "-o", "hubbub", "-g", "hubbub", "-m", "0700", "/var/lib/hubbub")
    port = free_port()
    server = debian.start(
        *as_user("hubbub", "hubbub", "serve", "--config", "/etc/hubbub/hubbub.toml"),
        HUBBUB_LISTEN=f"127.0.0.1:{port}")
    until_ready(server, port)
    end_well(server)

    # The administrator's settings outlive an upgrade, and what people wrote a purge.
    debian.run("sh", "-c", "echo '# mine' >>/etc/hubbub/hubbub.toml")
    debian.run("dpkg", "--install", "/hubbub.deb")
    assert "# mine" in debian.run("cat", "/etc/hubbub/hubbub.toml")
    debian.run("dpkg", "--purge", "hubbub")
    assert "hubbub.db" in debian.run("ls", "/var/lib/hubbub").split()
    for path in ("/etc/hubbub", "/usr/bin/hubbub", UNIT):
        debian.run("sh", "-c", f"! test -e {path} && ! test -L {path}")
