"""What g++ 12.2 makes wrong code of: a lambda or a braced aggregate inside a co_await expression,
which it destroys twice, and a negated co_await as a condition, which resumes where it must not."""

import re

import source

_CONDITION = re.compile(r"\b(?:if|while)\s*\(\s*!\s*co_await\b")
_AWAIT = re.compile(r"\bco_await\b([^;]*)")


def violations(root):
    found = []
    for path in source.files(root, ["src", "bench", "fuzz", "tests"], source.CXX):
        code = source.without_literals(source.read(root, path))
        for condition in _CONDITION.finditer(code):
            line = source.line_of(code, condition.start())
            found.append(f"{path}:{line}: a condition that is !co_await: "
                         "name the value on the line above")
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
