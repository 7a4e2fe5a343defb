"""Holds the source against its rules: layers, sizes, names, co_await; and the page of the old
server against the tests that it names. Takes a second."""

import os
import sys

import awaits
import compatibility
import layers
import names
import sizes

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def main():
    is_ok = True
    for check in (layers, sizes, names, awaits, compatibility):
        found = check.violations(ROOT)
        print(f"{check.__name__}: {'ok' if not found else f'{len(found)} violations'}")
        for line in found:
            print("  " + line)
        is_ok = is_ok and not found
    return 0 if is_ok else 1


if __name__ == "__main__":
    sys.exit(main())
