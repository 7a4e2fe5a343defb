"""The second stage of the Dockerfile, without a container engine: its own instructions, one by one,
in a Debian like the one that it starts from, and then what a container of it would run.

The first stage is `make deb`, which made the package that is copied in here.
"""

import glob
import os

import pytest

from conftest import as_user, end_well, until_ready
from harness.dockerfile import arguments_of, stages, words_of
from harness.ports import free_port


@pytest.fixture
def runtime():
    _, runtime = stages()
    assert runtime[0] == ("FROM", "debian:bookworm-slim")
    return runtime


def build(debian, runtime, package):
    """What `docker build` would do for the stage, as far as it is used there."""
    for name, arguments in runtime[1:]:
        if name == "COPY":
            source, pattern, to = arguments.split()
            assert source == "--from=build" and to == "/tmp/"
            # The one file that `make deb` leaves there, under the name that the stage expects.
            assert os.path.basename(package) in map(os.path.basename, glob.glob(os.path.join(
                os.path.dirname(package), os.path.basename(pattern))))
            debian.copy_in(package, to)
        elif name == "RUN":
            debian.run("sh", "-c", arguments)
        elif name == "ENV":
            debian.environment |= dict(word.split("=", 1) for word in arguments.split())
        else:
            assert name in ("USER", "WORKDIR", "VOLUME", "EXPOSE", "HEALTHCHECK", "ENTRYPOINT",
                            "CMD"), name


def test_it_serves_as_its_user_and_its_health_check_tells(debian, runtime, package):
    build(debian, runtime, package)
    (user,) = arguments_of(runtime, "USER")
    command = as_user(user, *words_of(runtime, "ENTRYPOINT"), *words_of(runtime, "CMD"))
    health = as_user(user, *words_of(runtime, "HEALTHCHECK"))
    # The port is its network's own in a container, and all of this machine's here.
    listen = debian.environment["HUBBUB_LISTEN"].replace(":8080", f":{free_port()}")
    debian.environment["HUBBUB_LISTEN"] = listen

    with pytest.raises(AssertionError, match="no answer"):
        debian.run(*health)
    server = debian.start(*command)
    until_ready(server, listen.rpartition(":")[2])
    assert "ready" in debian.run(*health)
    end_well(server)
    kept = debian.run("find", "/", "-xdev", "-user", user, "-type", "f").split()
    assert "/var/lib/hubbub/hubbub.db" in kept
    assert all(path.startswith("/var/lib/hubbub/") for path in kept), "its root may be read-only"
