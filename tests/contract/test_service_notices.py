"""What a service manager (systemd) is told, and what `hubbub check` says to one of containers."""

import contextlib
import os
import socket
import subprocess

import pytest

from harness.patience import SOON
from harness.ports import free_port
from harness.server import BINARY, Server


@pytest.fixture(params=["path", "abstract"])
def manager(request, tmp_path):
    """Its socket, and the name of it."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        name = f"@hubbub-{tmp_path}" if request.param == "abstract" else str(tmp_path / "notify")
        manager.bind(name.replace("@", "\0"))
        manager.settimeout(SOON)
        yield manager, name


@pytest.fixture
def server(tmp_path):
    server = Server(tmp_path)
    yield server
    server.close()


def test_it_is_told_when_the_server_listens_and_when_it_stops(manager, server):
    told, name = manager
    server.settings["NOTIFY_SOCKET"] = name
    server.start()
    assert told.recv(100) == b"READY=1"
    with contextlib.closing(socket.create_connection(("127.0.0.1", server.port), SOON)):
        pass
    server.stop()
    assert told.recv(100) == b"STOPPING=1"
    told.setblocking(False)
    with pytest.raises(BlockingIOError):
        told.recv(100)  # nobody asked for signs of life


def test_it_is_told_that_the_server_lives_as_often_as_it_asks(manager, server):
    told, name = manager
    server.settings |= {"NOTIFY_SOCKET": name, "WATCHDOG_USEC": "200000"}
    server.start()
    assert [told.recv(100) for _ in range(4)] == [b"READY=1"] + 3 * [b"WATCHDOG=1"]


def test_the_signs_of_life_of_another_process_are_not_ours(manager, server):
    told, name = manager
    server.settings |= {"NOTIFY_SOCKET": name, "WATCHDOG_USEC": "1000", "WATCHDOG_PID": "1"}
    server.start()
    server.stop()
    assert [told.recv(100) for _ in range(2)] == [b"READY=1", b"STOPPING=1"]


def test_a_manager_that_is_gone_stops_nothing(server, tmp_path):
    server.settings["NOTIFY_SOCKET"] = str(tmp_path / "nobody")
    server.start()
    server.wait_for("service_manager_unreachable")


def check(server):
    return subprocess.run([BINARY, "check"], cwd=server.folder, capture_output=True, text=True,
                          env={"PATH": os.environ["PATH"], **server.settings},
                          stdin=subprocess.DEVNULL, timeout=4 * SOON)


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0", "localhost", "[::]"])
def test_check_asks_the_server_of_the_same_settings(server, host):
    server.settings["HUBBUB_LISTEN"] = f"{host}:{server.port}"
    server.start()
    told = check(server)
    assert (told.returncode, told.stderr) == (0, "") and "ready" in told.stdout


def test_check_fails_where_nobody_answers(server):
    told = check(server)
    assert told.returncode == 1 and f"127.0.0.1:{server.port}" in told.stderr


def test_check_fails_while_the_server_is_not_ready(server):
    """Something else stands in that says so."""
    with socket.create_server(("127.0.0.1", server.port)) as listening:
        with subprocess.Popen([BINARY, "check"], cwd=server.folder, stderr=subprocess.PIPE,
                              env={"PATH": os.environ["PATH"], **server.settings}) as process:
            connection, _ = listening.accept()
            with connection:
                assert connection.recv(1000).startswith(b"GET /readyz HTTP/1.1\r\n")
                connection.sendall(b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 16\r\n\r\n"
                                   b'{"store":"down"}')
            assert b'503 {"store":"down"}' in process.stderr.read()
        assert process.returncode == 1


def test_check_fails_for_what_is_no_address(server):
    server.settings["HUBBUB_LISTEN"] = f"nowhere at all:{free_port()}"
    assert check(server).returncode == 1
