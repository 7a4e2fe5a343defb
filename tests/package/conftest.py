"""The Debian package that `make deb` leaves beside the binary, and Debians to install it in."""

import os
import re
import shutil
import subprocess

import pytest

from harness.patience import SLOWNESS, SOON, eventually
from harness.server import BINARY, REPOSITORY, temporary_folder


def run(*words, **options):
    done = subprocess.run(words, capture_output=True, text=True, timeout=600 * SLOWNESS,
                          stdin=subprocess.DEVNULL, **options)
    assert done.returncode == 0, f"{' '.join(map(str, words))}\n{done.stdout}{done.stderr}"
    return done.stdout


class Debian:
    """A minimal Debian 12 below one folder; commands run in it as root."""

    # Mounts of its own, which end with the last process. Every step replaces the one before, so
    # that a signal reaches what was started last.
    _ENTER = ["unshare", "--mount", "sh", "-ec",
              'mount -t proc proc "$0/proc"; mount --rbind /dev "$0/dev"; exec chroot "$@"']

    def __init__(self, root):
        self.root = root
        self.environment = {"PATH": "/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                            "DEBIAN_FRONTEND": "noninteractive"}

    def _words(self, words, environment):
        variables = [f"{name}={value}"
                     for name, value in {**self.environment, **environment}.items()]
        return [*self._ENTER, self.root, self.root, "env", "-i", *variables, *words]

    def run(self, *words, **environment):
        return run(*self._words(words, environment))

    def start(self, *words, **environment):
        return subprocess.Popen(self._words(words, environment), stdin=subprocess.DEVNULL)

    def copy_in(self, path, to):
        shutil.copy(path, os.path.join(self.root, to.lstrip("/")))


def as_user(user, *words):
    return ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups", "--no-new-privs",
            *words]


def until_ready(process, port):
    def is_ready():
        assert process.poll() is None, "the server ended"
        return subprocess.run([BINARY, "check", "--listen", f"127.0.0.1:{port}"],
                              capture_output=True, timeout=SOON).returncode == 0
    eventually(is_ready, 20 * SLOWNESS)


def end_well(process):
    process.terminate()
    assert process.wait(20 * SLOWNESS) == 0


@pytest.fixture(scope="session")
def package():
    with open(os.path.join(REPOSITORY, "CMakeLists.txt"), encoding="utf-8") as file:
        version = re.search(r"project\(hubbub VERSION ([\d.]+)", file.read())[1]
    architecture = run("dpkg", "--print-architecture").strip()
    return os.path.join(os.path.dirname(BINARY), f"hubbub_{version}_{architecture}.deb")


@pytest.fixture(scope="session")
def fresh_debian():
    with temporary_folder() as folder:
        root = os.path.join(folder, "root")
        run("debootstrap", "--variant=minbase", "bookworm", root)
        for file in ("resolv.conf", "hosts"):
            shutil.copy(f"/etc/{file}", os.path.join(root, "etc"))
        yield root


@pytest.fixture
def debian(fresh_debian):
    with temporary_folder() as folder:
        root = os.path.join(folder, "root")
        run("cp", "--archive", fresh_debian, root)
        yield Debian(root)
