"""The Dockerfile, which cannot be built here: a linter, and everything that it names is there."""

import fnmatch
import os
import re
import subprocess
import sys

from harness import dockerfile
from harness.server import REPOSITORY


def arguments_of(wanted):
    """In both stages."""
    return dockerfile.arguments_of(sum(dockerfile.stages(), []), wanted)


def test_the_linter_finds_nothing():
    hadolint = os.path.join(os.path.dirname(sys.executable), "hadolint")
    told = subprocess.run([hadolint, "Dockerfile"], cwd=REPOSITORY, capture_output=True, text=True)
    assert (told.returncode, told.stdout) == (0, "")


def test_what_it_copies_is_in_the_repository_and_not_ignored():
    with open(os.path.join(REPOSITORY, ".dockerignore"), encoding="utf-8") as file:
        ignored = [line for line in file.read().splitlines() if line and line[0] != "#"]
    copied = [path for words in arguments_of("COPY") if not words.startswith("--from")
              for path in words.split()[:-1]]
    assert copied == ["setup/install.sh", "setup/packages.txt", "."]
    needed = subprocess.run(["git", "ls-files"], cwd=REPOSITORY, capture_output=True, text=True)
    needed = needed.stdout.split()
    assert set(copied[:-1]) <= set(needed)
    for pattern in ignored:
        assert not [path for path in needed if fnmatch.fnmatch(path, pattern)
                    or path.startswith(pattern + "/")], pattern


def test_the_make_targets_and_package_groups_that_it_names_exist():
    commands = " && ".join(arguments_of("RUN"))
    targets = re.findall(r"\bmake (\w+)$", commands, re.MULTILINE)
    targets += re.findall(r"\bmake (\w+) &&", commands)
    assert targets == ["deb"]
    done = subprocess.run(["make", "--dry-run", *targets], cwd=REPOSITORY, capture_output=True,
                          text=True)
    assert done.returncode == 0 and "cpack" in done.stdout, done.stderr
    (groups,) = re.findall(r"setup/install\.sh ([\w ]+?) &&|setup/install\.sh ([\w ]+)$", commands)
    with open(os.path.join(REPOSITORY, "setup/packages.txt"), encoding="utf-8") as file:
        known = {line.split()[0] for line in file if line.strip()}
    assert set("".join(groups).split()) <= known


def test_what_runs_is_not_root_and_keeps_its_data_in_a_volume():
    assert arguments_of("USER") == ["10001"]
    assert arguments_of("VOLUME") == ["/var/lib/hubbub"]
    assert "useradd --system --user-group --uid 10001" in " ".join(arguments_of("RUN"))


def test_its_health_check_is_a_command_of_the_binary():
    _, runtime = dockerfile.stages()
    assert dockerfile.words_of(runtime, "HEALTHCHECK") == ["hubbub", "check"]
    assert dockerfile.words_of(runtime, "ENTRYPOINT") == ["hubbub"]
