"""One run of `hubbub torture`, and what it said."""

import os
import re
import subprocess

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BINARY = os.path.join(ROOT, os.environ.get("HUBBUB_BINARY", "build/release/hubbub"))
BROKEN_SERVER = os.path.join(os.path.dirname(BINARY), "broken_server")
SUMMARY = re.compile(r"^killed ([\d,]+) times?, ([\d,]+) acknowledged, (.*)$", re.MULTILINE)


class Torture:
    """Started at once; `output` is there after wait()."""

    def __init__(self, folder, *flags):
        self.folder = str(folder)
        self.output = ""
        self.process = subprocess.Popen(
            [BINARY, "torture", "--folder", self.folder, *map(str, flags)], text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def lines_until(self, pattern):
        """Reads on until a line has the pattern in it."""
        for line in self.process.stdout:
            self.output += line
            if re.search(pattern, line):
                return
        raise AssertionError(f"it ended without {pattern}:\n{self.output}")

    def wait(self):
        """The exit status."""
        self.output += self.process.stdout.read()
        return self.process.wait()

    def findings(self):
        """What the last line counts, by its words: {"lost": 0, …}."""
        found = SUMMARY.search(self.output)
        assert found, self.output
        counts = re.findall(r"([\d,]+) ([a-z ]+?)(?:,|;|$)", found[3])
        return {words: int(count.replace(",", "")) for count, words in counts}

    def acknowledged(self):
        return int(SUMMARY.search(self.output)[2].replace(",", ""))

    def faults(self):
        """What was done, in order, without the times and what came of it."""
        return re.findall(r"^ +[\d.]+ s  ([^:,\n]*)", self.output, re.MULTILINE)

    def left_behind(self):
        return [name for name in os.listdir(self.folder) if name.startswith("hubbub-torture-")]


def broken_server(folder, breakage):
    """A program that is the server, broken in this way."""
    path = os.path.join(str(folder), f"server_with_{breakage}")
    with open(path, "w", encoding="utf-8") as script:
        script.write(f'#!/bin/sh\nHUBBUB_BREAKAGE={breakage} exec "{BROKEN_SERVER}" "$@"\n')
    os.chmod(path, 0o755)
    return path
