"""The files of a tree as the checks see them."""

import os
import re

# Folders with what others wrote or what was built.
_SKIPPED = {"build", "node_modules", "dist", "corpus", "data", ".git", "__pycache__"}

CXX = (".h", ".cc")
WEB = (".ts", ".tsx", ".css")
SCRIPTS = (".py", ".sh")


def files(root, folders, endings):
    """Paths below root/folder with one of the endings, relative to root, sorted."""
    found = []
    for folder in folders:
        for at, inner, names in os.walk(os.path.join(root, folder)):
            inner[:] = [name for name in inner if name not in _SKIPPED]
            found += [os.path.relpath(os.path.join(at, name), root)
                      for name in names if name.endswith(endings)]
    return sorted(found)


def read(root, path):
    with open(os.path.join(root, path), encoding="utf-8") as file:
        return file.read()


def is_test(path):
    """Unit tests, suites that they share, and everything below tests/."""
    name = os.path.basename(path)
    return (path.startswith("tests/")
            or re.search(r"(_test|_suite|_suite_\w+|\.test)\.\w+$", name) is not None)


_LITERALS = re.compile(
    r"""//[^\n]*|/\*.*?\*/|R"(?P<mark>[^(\s]*)\(.*?\)(?P=mark)\""""
    r"""|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])'""", re.DOTALL)


def without_literals(text):
    """C++ with comments and literals blanked; lines stay where they are."""
    return _LITERALS.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)


def line_of(text, position):
    return text.count("\n", 0, position) + 1
