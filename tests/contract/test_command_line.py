"""What an operator types, and what a wrong setting says."""

import os
import subprocess

import pytest

from harness.patience import SOON
from harness.ports import free_port
from harness.server import BINARY, Server


def run(*words, cwd="/", **settings):
    return subprocess.run([BINARY, *words], cwd=cwd, env={"PATH": os.environ["PATH"], **settings},
                          stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          timeout=4 * SOON, check=False)


def test_version_and_help_are_told():
    version = run("--version")
    assert version.returncode == 0 and "0.1" in version.stdout
    told = run("--help")
    assert told.returncode == 0
    assert "serve" in told.stdout and "user" in told.stdout
    settings = run("serve", "--help").stdout
    assert "HUBBUB_LISTEN" in settings and "HUBBUB_OIDC_ISSUER" in settings


@pytest.mark.parametrize("words", [["dance"], ["serve", "--dance"], ["--listen"]])
def test_an_unknown_word_is_refused(words, tmp_path):
    told = run(*words, cwd=tmp_path)
    assert told.returncode not in (0, -6, -11) and told.stderr


@pytest.mark.parametrize("name, value", [
    ("HUBBUB_LISTEN", "nonsense"), ("HUBBUB_LISTEN", "127.0.0.1:99999"),
    ("HUBBUB_REACTORS", "x"), ("HUBBUB_DATABASE_URL", "oracle://x"),
    ("HUBBUB_SIGN_UP", "maybe"), ("HUBBUB_OIDC_ISSUER", "http://keycloak.example/realms/x"),
    ("HUBBUB_DATABASE_URL", "sqlite:/nowhere/at/all/hubbub.db"),
])
def test_a_wrong_setting_stops_the_start_and_its_subject_is_named(name, value, tmp_path):
    told = run("serve", cwd=tmp_path, **{
        "HUBBUB_DATA_DIR": str(tmp_path), "HUBBUB_LISTEN": f"127.0.0.1:{free_port()}", name: value})
    assert told.returncode not in (0, -6, -11)
    subject = name.removeprefix("HUBBUB_").split("_")[-2 if name.endswith("_URL") else -1]
    assert subject.lower() in told.stderr.lower()


def test_the_shipped_configuration_starts_the_server(tmp_path):
    """config/hubbub.toml holds every setting with its default."""
    shipped = os.path.join(os.path.dirname(__file__), "../../config/hubbub.toml")
    with open(shipped, encoding="utf-8") as file:
        (tmp_path / "hubbub.toml").write_text(file.read())
    server = Server(tmp_path)
    del server.settings["HUBBUB_DATABASE_URL"]
    server.start()
    server.stop()
    assert (tmp_path / "hubbub.db").exists()


def test_a_stopped_server_leaves_its_port_at_once(tmp_path):
    server = Server(tmp_path)
    for _ in range(3):
        server.start()
        server.stop()
