"""File names that say nothing are refused."""

import os
import re

import source

_FORBIDDEN = re.compile(r"(^|[_\-.])(utils?|common|managers?|helpers?|impl\d*|misc)([_\-.]|$)")


def violations(root):
    found = []
    folders = ["src", "web/src", "tests", "bench", "fuzz", "setup"]
    for path in source.files(root, folders, source.CXX + source.WEB + source.SCRIPTS):
        for part in path.split(os.sep):
            if _FORBIDDEN.search(re.sub(r"(?<=[a-z])(?=[A-Z])", "-", part).lower()):
                found.append(f"{path}: '{part}' does not say what it is")
    return found
