"""A real Keycloak in development mode, on the loopback address and with a folder of its own.

The distribution comes from Maven Central once and stays below build/keycloak; the first start there
builds it (some 20 s), later ones take a third of the time. Needs Debian's `soak` packages.
"""

import contextlib
import fcntl
import os
import secrets
import shutil
import signal
import subprocess
import zipfile

import httpx

from harness.keycloak_admin import Admin
from harness.patience import SLOWNESS, SOON, eventually
from harness.ports import free_port
from harness.server import REPOSITORY

VERSION = "26.7.3"  # runs on Java 17, as on 21 and 25
REALM = "Chatserver"
REALM_FILE = os.path.join(REPOSITORY, f"deploy/keycloak/{REALM}-realm.json")
CACHE = os.path.join(REPOSITORY, "build/keycloak")
HOME = os.path.join(CACHE, f"keycloak-{VERSION}")
_COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy"
# With an augmentation (the first start, or after a change of build options) on a busy machine.
_START_MAX = 240


@contextlib.contextmanager
def _one_at_a_time():
    os.makedirs(CACHE, exist_ok=True)
    with open(os.path.join(CACHE, "lock"), "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def fetch():
    """Into the cache, unless it is there."""
    with _one_at_a_time():
        if not os.path.isdir(HOME):
            _fetch()


def _fetch():
    print(f"keycloak: fetching {VERSION} from Maven Central", flush=True)
    subprocess.run(
        ["mvn", "-q", "-B", "-ntp", _COPY, f"-Dmaven.repo.local={CACHE}/maven",
         f"-Dartifact=org.keycloak:keycloak-quarkus-dist:{VERSION}:zip",
         f"-DoutputDirectory={CACHE}/download"], cwd=CACHE, stdin=subprocess.DEVNULL, check=True)
    unpacked = os.path.join(CACHE, "unpacked")
    shutil.rmtree(unpacked, ignore_errors=True)
    with zipfile.ZipFile(f"{CACHE}/download/keycloak-quarkus-dist-{VERSION}.zip") as archive:
        archive.extractall(unpacked)
    os.chmod(f"{unpacked}/keycloak-{VERSION}/bin/kc.sh", 0o755)
    os.rename(f"{unpacked}/keycloak-{VERSION}", HOME)


class Keycloak:
    """`environment` fills the placeholders of the realm file."""

    def __init__(self, folder, **environment):
        self.folder = str(folder)
        self.port = free_port()
        self._management_port = free_port()
        self._password = secrets.token_urlsafe()
        self._environment = {
            "PATH": os.environ["PATH"], "HOME": self.folder, "KC_HEALTH_ENABLED": "true",
            "KC_BOOTSTRAP_ADMIN_USERNAME": "root", "KC_BOOTSTRAP_ADMIN_PASSWORD": self._password,
            **environment}
        # What a token names as its issuer follows the URL by which Keycloak was asked for it.
        self.url = f"http://localhost:{self.port}"
        self.issuer = f"{self.url}/realms/{REALM}"
        self.log_path = os.path.join(self.folder, "keycloak.log")
        self._process = None
        fetch()
        for part in ("lib", "conf", "providers", "themes"):
            os.symlink(os.path.join(HOME, part), os.path.join(self.folder, part))
        imports = os.path.join(self.folder, "data/import")
        os.makedirs(imports)
        shutil.copy(REALM_FILE, imports)
        self.admin = Admin(self.url, REALM, "root", self._password)

    def start(self):
        """Comes back once it is ready."""
        assert self._process is None, "it runs already"
        with _one_at_a_time(), open(self.log_path, "a", encoding="utf-8") as log:
            self._process = subprocess.Popen(
                [f"{HOME}/bin/kc.sh", "start-dev", f"-Dkc.home.dir={self.folder}",
                 "--import-realm", "--http-host=127.0.0.1", f"--http-port={self.port}",
                 "--http-management-host=127.0.0.1",
                 f"--http-management-port={self._management_port}"],
                cwd=self.folder, env=self._environment, stdin=subprocess.DEVNULL, stdout=log,
                stderr=log, start_new_session=True)
            eventually(self._is_ready, _START_MAX * SLOWNESS, every=0.1)
        return self

    def _is_ready(self):
        assert self._process.poll() is None, f"Keycloak ended:\n{self.log()}"
        with contextlib.suppress(httpx.TransportError):
            health = httpx.get(f"http://127.0.0.1:{self._management_port}/health/ready",
                               timeout=SOON, trust_env=False)
            return health.status_code == 200
        return False

    def log(self):
        with open(self.log_path, encoding="utf-8", errors="replace") as file:
            return file.read()[-6000:]

    def stop(self):
        assert self._process is not None, "it does not run"
        os.killpg(self._process.pid, signal.SIGTERM)
        self._process.wait(30 * SLOWNESS)
        self._process = None

    def close(self):
        self.admin.close()
        if self._process is not None:
            self.stop()


if __name__ == "__main__":
    fetch()
