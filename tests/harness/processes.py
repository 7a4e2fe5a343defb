"""Processes of this machine, as /proc tells of them."""

import os


def _status(pid):
    """State and parent; None when there is no such process."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
            state, parent = file.read().rpartition(")")[2].split()[:2]
    except (FileNotFoundError, ProcessLookupError):
        return None
    return state, int(parent)


def descendants(pid):
    """Children and theirs. Process groups do not tell: PostgreSQL's children make their own."""
    parents = {}
    for name in os.listdir("/proc"):
        if name.isdigit() and (status := _status(name)):
            parents.setdefault(status[1], []).append(int(name))
    found, waiting = [], [pid]
    while waiting:
        children = parents.get(waiting.pop(), [])
        found += children
        waiting += children
    return found


def has_ended(pid):
    """Also where nobody has taken note of its end yet (a zombie)."""
    status = _status(pid)
    return status is None or status[0] in "ZX"
