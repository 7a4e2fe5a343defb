"""A disk of a few MiB that can be filled up: a tmpfs, which only root may mount."""

import os
import subprocess


class SmallDisk:
    def __init__(self, folder, mebibytes):
        self.path = os.path.join(folder, "small")
        self._filler = os.path.join(self.path, "filler")
        os.mkdir(self.path)
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={mebibytes}M", "none", self.path],
                       check=True)

    def fill(self):
        """To the last byte."""
        chunk = b"x" * 2**16
        with open(self._filler, "ab", buffering=0) as file:
            while chunk:
                try:
                    file.write(chunk)
                except OSError:
                    chunk = chunk[:len(chunk) // 2]

    def free(self):
        os.remove(self._filler)

    def close(self):
        subprocess.run(["umount", "--lazy", self.path], check=True)
