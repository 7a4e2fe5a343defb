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

# A body opens after a parameter list; what may stand between the two.
_FUNCTION = re.compile(
    r"\)(?:\s|const\b|noexcept\b|override\b|final\b|&|->\s*[\w:<>,&*\s]+?"
    r"|:\s[^;{}]*(?:\{[^{};]*\}[^;{}]*)*)*\{")
_KEYWORD = re.compile(r"\b(if|for|while|switch|catch|else|do)\b[^;{}]*$")


def _end_of_block(text, opening):
    depth = 0
    for found in re.compile(r"[{}]").finditer(text, opening):
        depth += 1 if found[0] == "{" else -1
        if depth == 0:
            return found.end()
    return len(text)


def long_functions(text):
    """(line, number of lines) of each function body of C++ that is too long. Lambdas count too."""
    code = source.without_literals(text)
    found = []
    for opening in _FUNCTION.finditer(code):
        start = max(code.rfind(mark, 0, opening.start()) for mark in ";{}")
        if _KEYWORD.search(code, start + 1, opening.start() + 1):
            continue
        end = _end_of_block(code, opening.end() - 1)
        first, last = source.line_of(code, opening.start()), source.line_of(code, end - 1)
        if last - first + 1 > FUNCTION_LINES_MAX:
            found.append((first, last - first + 1))
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
