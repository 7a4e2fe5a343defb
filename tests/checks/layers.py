"""Includes between the rooms of src/ point one way only."""

import os
import re

import source

_INCLUDE = re.compile(r'^\s*#\s*include\s+"(\w+)/[^"]*"', re.MULTILINE)

# What each room may include besides itself.
# app > net > rest > session > command > hub, log > auth > store, state > wire > base
_BASE = {"base"}
_WIRE = _BASE | {"wire"}
_STORED = _WIRE | {"store", "state"}
_AUTH = _STORED | {"auth"}
_COMMAND = _AUTH | {"hub", "log"}
_SESSION = _COMMAND | {"command"}
_REST = _SESSION | {"session"}
_NET = _REST | {"rest"}
ALLOWED = {
    "base": set(), "wire": _BASE, "store": _WIRE, "state": _WIRE, "auth": _STORED,
    "log": _AUTH, "hub": _AUTH, "command": _COMMAND, "session": _SESSION, "rest": _REST,
    "net": _NET, "app": _NET | {"net", "torture"},
    # What judges the server has nothing in common with it.
    "torture": set(),
}


def violations(root):
    found = []
    for path in source.files(root, ["src"], source.CXX):
        room = path.split(os.sep)[1]
        if room not in ALLOWED:
            found.append(f"{path}: src/{room} is no room (tests/checks/layers.py lists them)")
            continue
        text = source.read(root, path)
        for include in _INCLUDE.finditer(text):
            target = include[1]
            if target != room and target in ALLOWED and target not in ALLOWED[room]:
                line = source.line_of(text, include.start(1))
                found.append(f"{path}:{line}: {room} may not include {target}")
    return found
