"""Files, functions and lines stay small enough to be read."""

import os
import re
import statistics

import source

FILE_LINES_MEDIAN = 150
FILE_LINES_MAX = 500
TEST_FILE_LINES_MAX = 800
FUNCTION_LINES_MAX = 70
COLUMNS_MAX = 100

_CXX_FOLDERS = ["src", "bench", "fuzz", "tests/programs"]
_TEXT_FOLDERS = [*_CXX_FOLDERS, "tests", "setup"]

_MARK = re.compile(r"[;{}]")
_CONTROL = re.compile(r"\s*(else\s+)?(if|for|while|switch|catch)\b")
_AFTER_PARAMETERS = {"const", "noexcept", "override", "final", "mutable", "&", "&&", "try"}


def _opens_function(head):
    """Whether a brace after this text, all since the last statement, opens a function's body."""
    before, parenthesis, after = head.rpartition(")")
    if not parenthesis or _CONTROL.match(before):
        return False
    return set(after.partition("->")[0].split()) <= _AFTER_PARAMETERS


def _end_of_block(code, opening):
    depth = 0
    for found in re.compile(r"[{}]").finditer(code, opening):
        depth += 1 if found[0] == "{" else -1
        if depth == 0:
            return found.end()
    return len(code)


def _function_bodies(code):
    """Where each opens. One pass: a member's initial value, `queue_{}`, is stepped over."""
    head, at, has_initial_value = 0, 0, False
    while mark := _MARK.search(code, at):
        opening = mark.start()
        at = mark.end()
        if mark[0] == "{":
            text = code[head:opening]
            after_values = has_initial_value and not code[values_end:opening].strip()
            if after_values or _opens_function(text):
                yield opening
            elif ")" in text and re.search(r"[\w>]\s*$", text[-80:]):
                values_end = at = _end_of_block(code, opening)
                has_initial_value = True
                continue
        head, has_initial_value = at, False


def long_functions(text):
    """(line, number of lines) of each function body of C++ that is too long. Lambdas count too."""
    code = source.without_literals(text)
    found = []
    for opening in _function_bodies(code):
        lines = code.count("\n", opening, _end_of_block(code, opening)) + 1
        if lines > FUNCTION_LINES_MAX:
            found.append((source.line_of(code, opening), lines))
    return found


def _too_wide(path, text):
    return [f"{path}:{number}: {len(line)} columns, at most {COLUMNS_MAX}"
            for number, line in enumerate(text.splitlines(), 1)
            if len(line) > COLUMNS_MAX and "http" not in line and not line.startswith("#include")]


def _median_too_long(folder, sizes):
    if not sizes or statistics.median(sizes) < FILE_LINES_MEDIAN:
        return []
    return [f"{folder}: the median file has {statistics.median(sizes):.0f} lines, "
            f"less than {FILE_LINES_MEDIAN} wanted"]


def violations(root):
    found = []
    sizes = {}
    # The style sheet and TypeScript of the pages are held to the same size.
    paths = set(source.files(root, _TEXT_FOLDERS, source.CXX + source.SCRIPTS))
    paths.update(source.files(root, ["web/src"], source.WEB))
    for path in sorted(paths):
        text = source.read(root, path)
        lines = text.count("\n")
        most = TEST_FILE_LINES_MAX if source.is_test(path) else FILE_LINES_MAX
        if lines > most:
            found.append(f"{path}: {lines} lines, at most {most}")
        if not source.is_test(path):
            sizes.setdefault(path.split(os.sep)[0], []).append(lines)
        found += _too_wide(path, text)
        if path.endswith(source.CXX):
            found += [f"{path}:{line}: a function of {count} lines, at most {FUNCTION_LINES_MAX}"
                      for line, count in long_functions(text)]
    for folder in ("src", "web"):
        found += _median_too_long(folder, sizes.get(folder, []))
    return found
