"""hubbub torture as somebody meets it who runs it for the first time."""

import os
import signal
import subprocess

import pytest

from torture import BINARY, Torture


def test_it_ends_with_one_line_that_says_what_came_of_it_and_leaves_nothing_behind(tmp_path):
    run = Torture(tmp_path, "--seconds", 4)
    assert run.wait() == 0, run.output
    assert run.output.startswith("seed "), run.output
    assert run.acknowledged() > 0
    assert run.findings() == {"lost": 0, "doubled": 0, "out of order": 0}
    assert run.output.splitlines()[-1].startswith("killed ")
    assert run.left_behind() == []


def test_the_same_seed_does_the_same(tmp_path):
    runs = [Torture(tmp_path, "--seconds", 10, "--seed", 42) for _ in range(2)]
    for run in runs:
        assert run.wait() == 0, run.output
    one, other = (run.faults() for run in runs)
    shared = min(len(one), len(other))
    assert shared >= 2
    assert one[:shared] == other[:shared]


def test_what_is_interrupted_is_judged_all_the_same(tmp_path):
    run = Torture(tmp_path, "--seconds", 600)
    run.lines_until(r"^ +[\d.]+ s  ")
    run.process.send_signal(signal.SIGINT)
    assert run.wait() == 0, run.output
    assert run.acknowledged() > 0


def test_a_folder_is_kept_when_asked_for(tmp_path):
    run = Torture(tmp_path, "--seconds", 1, "--keep")
    assert run.wait() == 0, run.output
    kept, = run.left_behind()
    assert os.path.exists(os.path.join(tmp_path, kept, "server.log"))
    assert "hubbub.db" in {name for _, _, names in os.walk(tmp_path / kept) for name in names}


@pytest.mark.parametrize("flags, words", [
    (["--seconds", "0"], "--seconds"),
    (["--store", "oracle"], "--store"),
    (["--server", "/nowhere"], "--server"),
])
def test_a_wrong_flag_is_named(flags, words):
    done = subprocess.run([BINARY, "torture", *flags], capture_output=True, text=True, timeout=10)
    assert done.returncode == 2
    assert words in done.stderr


def test_a_server_that_does_not_start_is_told_from_a_broken_promise(tmp_path):
    run = Torture(tmp_path, "--server", "/bin/false")
    assert run.wait() == 2
    assert "does not start" in run.output


def test_a_server_that_dies_by_itself_is_a_broken_promise_and_its_database_is_kept(tmp_path):
    server = tmp_path / "mortal"
    server.write_text(f'#!/bin/sh\n(sleep 2; kill -KILL $$) &\nexec "{BINARY}" "$@"\n')
    server.chmod(0o755)
    run = Torture(tmp_path, "--seconds", 30, "--server", server)
    assert run.wait() == 1, run.output
    assert "the server ended by itself" in run.output
    kept, = run.left_behind()
    assert "hubbub.db" in {name for _, _, names in os.walk(tmp_path / kept) for name in names}
