"""Every test that docs/compatibility.md names exists."""

import os
import re

import source

_PAGE = "docs/compatibility.md"
_NAMED = re.compile(r"`([\w.]+)::(\w*)`")


def _tests(root):
    """Names of tests by file name."""
    found = {}
    for path in source.files(root, ["src", "tests"], (".py", "_test.cc")):
        text = source.read(root, path)
        names = re.findall(r"^(?:def (test_\w+)|TEST(?:_\w+)?\(\w+,\s*(\w+)\))", text, re.MULTILINE)
        found.setdefault(os.path.basename(path), set()).update(one or two for one, two in names)
    return found


def violations(root):
    if not os.path.exists(os.path.join(root, _PAGE)):
        return []
    tests = _tests(root)
    text = source.read(root, _PAGE)
    missing = [named for named in _NAMED.finditer(text)
               if named[2] not in tests.get(named[1], ())]
    return [f"{_PAGE}:{source.line_of(text, named.start())}: there is no test {named[0]}"
            for named in missing]
