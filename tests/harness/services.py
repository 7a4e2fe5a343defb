"""The services that tests share: started once for a run, and told to it by the environment."""

import contextlib
import os
import re
import time

from harness.postgresql import Postgresql
from harness.server import temporary_folder
from harness.valkey import Valkey


@contextlib.contextmanager
def _postgresql(folder):
    # Nothing here cuts the power: what the system has taken outlives every kill -9.
    cluster = Postgresql(folder, fsync="off")
    try:
        cluster.start()
        yield cluster.url(), f"postgresql {cluster.version}", cluster.port
    finally:
        cluster.close()


@contextlib.contextmanager
def _valkey(folder):
    server = Valkey(folder)
    try:
        version = re.search(r"valkey_version:(\S+)", server.ask("INFO", "server"))[1]
        yield server.url, f"valkey {version}", server.port
    finally:
        server.close()


# What starts each, and the variable that names it. A variable that is set stands for a service that
# runs already: it is used as it is.
_SERVICES = {
    "postgresql": (_postgresql, "HUBBUB_TEST_POSTGRESQL"),
    "valkey": (_valkey, "HUBBUB_TEST_VALKEY"),
}
NAMES = tuple(_SERVICES)


@contextlib.contextmanager
def running(names):
    """While it lasts they run; yields the variables that tell where."""
    with contextlib.ExitStack() as stack:
        environment = {}
        for name in names:
            start, variable = _SERVICES[name]
            if variable in os.environ:
                print(f"{name} is at {os.environ[variable]} ({variable})", flush=True)
                continue
            began = time.monotonic()
            folder = stack.enter_context(temporary_folder())
            environment[variable], what, port = stack.enter_context(start(folder))
            print(f"{what} ready on 127.0.0.1:{port} in {time.monotonic() - began:.1f} s",
                  flush=True)
        yield environment
