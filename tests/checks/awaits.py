"""What g++ 12.2 makes wrong code of: a lambda or a braced aggregate inside a co_await expression,
which it destroys twice, and a condition with a co_await in it, after which the stack is damaged."""

import re

import source

_CONDITION = re.compile(r"\b(?:if|while|switch)\s*\(")
_AWAIT = re.compile(r"\bco_await\b([^;]*)")


def _within_parentheses(code, start):
    """From behind an opening parenthesis to the one that closes it."""
    depth = 1
    for at in range(start, len(code)):
        depth += {"(": 1, ")": -1}.get(code[at], 0)
        if depth == 0:
            return code[start:at]
    return code[start:]


def violations(root):
    found = []
    for path in source.files(root, ["src", "bench", "fuzz", "tests"], source.CXX):
        code = source.without_literals(source.read(root, path))
        for condition in _CONDITION.finditer(code):
            if "co_await" in _within_parentheses(code, condition.end()):
                line = source.line_of(code, condition.start())
                found.append(f"{path}:{line}: a condition with co_await: "
                             "name the value on the line above")
        for await_ in _AWAIT.finditer(code):
            # The expression ends where a parenthesis that it did not open closes: go(co_await x) {
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
