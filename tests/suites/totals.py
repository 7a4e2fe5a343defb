"""How many tests passed and failed: read from JUnit reports, kept as a line in a file `total`."""

import glob
import os
import re
import sys
import xml.etree.ElementTree
from dataclasses import dataclass

_LINE = re.compile(r"^(\d+) passed, (\d+) failed$", re.MULTILINE)


@dataclass
class Total:
    passed: int = 0
    failed: int = 0

    def add(self, other):
        self.passed += other.passed
        self.failed += other.failed


def _of_junit(path):
    total = Total()
    try:
        cases = list(xml.etree.ElementTree.parse(path).iter("testcase"))
    except xml.etree.ElementTree.ParseError:
        return Total(failed=1)  # cut short: the runner died
    for case in cases:
        if case.find("failure") is not None or case.find("error") is not None:
            total.failed += 1
        elif case.find("skipped") is None:
            total.passed += 1
    return total


def read_total(report):
    """The sum of all reports below a folder: *.xml by JUnit, and `total` files."""
    total = Total()
    for path in glob.glob(os.path.join(report, "**/*.xml"), recursive=True):
        total.add(_of_junit(path))
    for path in glob.glob(os.path.join(report, "total")):
        with open(path, encoding="utf-8") as file:
            found = _LINE.search(file.read())
        total.add(Total(int(found[1]), int(found[2])))
    return total


def write_total(report, total):
    os.makedirs(report, exist_ok=True)
    with open(os.path.join(report, "total"), "w", encoding="utf-8") as file:
        file.write(f"{total.passed} passed, {total.failed} failed\n")


def main():
    """Prints the sum of the `total` files in the folders given; fails when one is missing."""
    total = Total()
    for report in sys.argv[1:]:
        if not os.path.exists(os.path.join(report, "total")):
            total.failed += 1
            continue
        with open(os.path.join(report, "total"), encoding="utf-8") as file:
            found = _LINE.search(file.read())
        total.add(Total(int(found[1]), int(found[2])))
    print(f"{total.passed} passed, {total.failed} failed")
    return 1 if total.failed else 0


if __name__ == "__main__":
    sys.exit(main())
