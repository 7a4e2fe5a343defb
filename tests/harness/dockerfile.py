"""The Dockerfile as its instructions."""

import json
import os

from harness.server import REPOSITORY


def stages():
    """Of each stage, from FROM to the next: its instructions as (name, arguments), joined lines."""
    with open(os.path.join(REPOSITORY, "Dockerfile"), encoding="utf-8") as file:
        lines = [line for line in file.read().splitlines() if not line.startswith("#")]
    found = []
    for line in "\n".join(lines).replace("\\\n", " ").splitlines():
        name, _, arguments = line.partition(" ")
        if name == "FROM":
            found.append([])
        if name:
            found[-1].append((name, " ".join(arguments.split())))
    return found


def arguments_of(instructions, wanted):
    return [arguments for name, arguments in instructions if name == wanted]


def words_of(instructions, wanted):
    """Of the last one, which is in the form of a JSON array: ENTRYPOINT, CMD, HEALTHCHECK's CMD."""
    last = arguments_of(instructions, wanted)[-1]
    return json.loads(last[last.index("["):])
