"""The files of deploy/caddy are what Caddy understands, and formatted as it wants them."""

import os
import subprocess

import pytest

from harness.server import REPOSITORY

FOLDER = os.path.join(REPOSITORY, "deploy/caddy")


def caddy(*words, **environment):
    return subprocess.run(["caddy", *words], cwd=FOLDER, capture_output=True, text=True, timeout=60,
                          env={"PATH": os.environ["PATH"], "HOME": "/nonexistent", **environment})


@pytest.mark.parametrize("file", ["Caddyfile.dev", "Caddyfile.prod"])
def test_a_file_is_valid_with_no_more_than_a_host_name(file):
    told = caddy("validate", "--adapter", "caddyfile", "--config", file,
                 PUBLIC_HOSTNAME="chat.example.org")
    assert told.returncode == 0, told.stderr
    assert '"level":"warn"' not in told.stderr


@pytest.mark.parametrize("file", sorted(os.listdir(FOLDER)))
def test_a_file_is_formatted(file):
    with open(os.path.join(FOLDER, file), encoding="utf-8") as text:
        assert caddy("fmt", file).stdout == text.read()
