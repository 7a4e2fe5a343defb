"""deploy/compose, as far as that goes without a container engine: the file against the types of the
Compose specification, what it promises in its comments, and the secrets that it starts from."""

import os
import re
import shutil
import stat
import subprocess

import pytest
import yaml
from compose_spec import PyCompose

from harness.server import REPOSITORY

FOLDER = os.path.join(REPOSITORY, "deploy/compose")
VARIABLE = re.compile(r"\$\{(\w+)[^}]*\}")


def text():
    with open(os.path.join(FOLDER, "compose.yaml"), encoding="utf-8") as file:
        return file.read()


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load(text())


@pytest.fixture(scope="module")
def services(compose):
    return compose["services"]


def test_it_is_what_the_compose_specification_describes(compose):
    compose = {name: part for name, part in compose.items() if not name.startswith("x-")}
    parsed = PyCompose.from_yaml(yaml.safe_dump(compose))  # it knows no merged maps, YAML does
    parsed.validate()
    parsed.validate_networks()
    parsed.validate_volumes()


def test_a_part_waits_only_for_parts_that_tell_their_health(services):
    for name, service in services.items():
        for other, condition in service.get("depends_on", {}).items():
            assert condition == {"condition": "service_healthy"}, name
            assert "healthcheck" in services[other], f"{name} waits for {other}"


def test_only_caddy_is_reached_from_outside(compose, services):
    assert [name for name, service in services.items() if "ports" in service] == ["caddy"]
    inner = {name for name, network in compose["networks"].items()
             if (network or {}).get("internal")}
    for name, service in services.items():
        assert set(service["networks"]) - inner == ({"outside"} if name == "caddy" else set())
    users = {network: {name for name, service in services.items() if network in service["networks"]}
             for network in inner}
    assert users == {"front": {"hubbub", "keycloak", "caddy"}, "cache": {"hubbub", "valkey"},
                     "database": {"hubbub", "keycloak", "postgres"}}


def test_hubbub_believes_caddy_and_nobody_else(compose, services):
    address = services["caddy"]["networks"]["front"]["ipv4_address"]
    assert services["hubbub"]["environment"]["HUBBUB_TRUSTED_PROXIES"] == address
    assert services["keycloak"]["environment"]["KC_PROXY_TRUSTED_ADDRESSES"] == address
    (pool,) = compose["networks"]["front"]["ipam"]["config"]
    assert address.startswith("172.30.77.") and int(address.rpartition(".")[2]) < 128
    assert pool == {"subnet": "172.30.77.0/24", "ip_range": "172.30.77.128/25"}


def test_every_part_comes_back_by_itself_and_gains_no_rights(services):
    for name, service in services.items():
        assert service["restart"] == "unless-stopped", name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert "healthcheck" in service, name
        assert service.get("read_only") is (None if name == "keycloak" else True), name


def test_what_must_last_is_in_a_volume(compose, services):
    kept = {name: [volume for volume in service.get("volumes", []) if not volume.startswith(".")]
            for name, service in services.items()}
    assert kept["hubbub"] == ["hubbub-data:/var/lib/hubbub"]
    assert kept["postgres"] == ["postgres-data:/var/lib/postgresql/data"]
    assert "caddy-data:/data" in kept["caddy"]
    named = {volume.partition(":")[0] for volumes in kept.values() for volume in volumes}
    assert named == set(compose["volumes"])


def test_what_it_mounts_and_builds_from_is_there(services):
    context = services["hubbub"]["build"]["context"]
    assert os.path.isfile(os.path.join(FOLDER, context, "Dockerfile"))
    mounted = [volume.split(":")[0] for service in services.values()
               for volume in service.get("volumes", []) if volume.startswith(".")]
    assert len(mounted) == 3
    for path in mounted:
        assert os.listdir(os.path.join(FOLDER, path)), path


def test_no_password_stands_in_it(services):
    for name, service in services.items():
        for variable, value in service.get("environment", {}).items():
            if "PASSWORD" in variable:
                assert re.fullmatch(r"\$\{\w+:\?\}", value), f"{name}: {variable}"
    url = services["hubbub"]["environment"]["HUBBUB_DATABASE_URL"]
    assert "postgresql://hubbub:${HUBBUB_DB_PASSWORD:?}@postgres:5432/" in url


def test_hubbub_is_told_nothing_that_it_does_not_know(services):
    with open(os.path.join(REPOSITORY, "config/hubbub.toml"), encoding="utf-8") as file:
        known = file.read()
    for name in services["hubbub"]["environment"]:
        assert not name.startswith("HUBBUB_") or re.search(rf"\b{name}\b", known), name


def test_caddy_is_told_nothing_that_its_files_do_not_ask_for(services):
    asked = ""
    for file in ("Caddyfile.dev", "Caddyfile.prod", "log_without_tokens.conf"):
        with open(os.path.join(REPOSITORY, "deploy/caddy", file), encoding="utf-8") as text:
            asked += text.read()
    for name in services["caddy"]["environment"]:
        assert f"{{${name}" in asked, name


# --- init ---

@pytest.fixture
def init(tmp_path):
    """init(words…) in a copy of the folder -> (exit code, the folder's .env)."""
    folder = shutil.copytree(FOLDER, tmp_path / "compose", ignore=shutil.ignore_patterns(".env"))

    def run(*words):
        done = subprocess.run([folder / "init", *words], stdin=subprocess.DEVNULL, cwd="/",
                              capture_output=True, timeout=30)
        return done.returncode, folder / ".env"
    return run


def values(path):
    lines = [line for line in path.read_text().splitlines() if line and not line.startswith("#")]
    return dict(line.split("=", 1) for line in lines)


def test_init_gives_what_the_file_asks_for_and_each_secret_once(init):
    status, env = init()
    assert status == 0
    made = values(env)
    assert set(VARIABLE.findall(text())) == set(made)
    secrets = [value for name, value in made.items() if "PASSWORD" in name]
    assert len(secrets) == len(set(secrets)) == 4
    assert all(re.fullmatch("[0-9a-f]{48}", secret) for secret in secrets)
    assert stat.S_IMODE(env.stat().st_mode) == 0o600


def test_init_chooses_the_file_for_caddy_by_the_host(init):
    _, env = init("chat.example.org")
    made = values(env)
    assert (made["PUBLIC_HOSTNAME"], made["CADDYFILE"]) == ("chat.example.org", "Caddyfile.prod")
    env.unlink()
    assert values(init("demo.localhost")[1])["CADDYFILE"] == "Caddyfile.dev"


def test_init_leaves_what_is_there(init):
    _, env = init()
    before = env.read_text()
    assert init("chat.example.org")[0] == 0
    assert env.read_text() == before


@pytest.mark.parametrize("host", ["", "a b", "x;reboot", "-x", "A$B", "https://example.org"])
def test_init_refuses_what_is_no_host(init, host):
    status, env = init(host)
    assert status == 2 and not env.exists()


def test_two_installations_share_no_secret(init):
    _, env = init()
    first = values(env)
    env.unlink()
    init()
    second = values(env)
    assert not [name for name in first if "PASSWORD" in name and first[name] == second[name]]
