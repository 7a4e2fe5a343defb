"""No lambda and no braced aggregate inside a co_await expression: g++ 12.2 destroys them twice."""

import re

import source

_AWAIT = re.compile(r"\bco_await\b([^;]*)")


def violations(root):
    found = []
    for path in source.files(root, ["src", "bench", "fuzz", "tests"], source.CXX):
        code = source.without_literals(source.read(root, path))
        for await_ in _AWAIT.finditer(code):
            # The expression ends where a parenthesis that it did not open closes: if (co_await x) {
            depth = 0
            for at, mark in enumerate(await_[1]):
                depth += {"(": 1, ")": -1}.get(mark, 0)
                if depth < 0:
                    break
                if mark in "[{":
                    line = source.line_of(code, await_.start(1) + at)
                    found.append(f"{path}:{line}: '{mark}' in a co_await expression: "
                                 "name the object on the line above")
                    break
    return found
