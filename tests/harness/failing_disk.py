"""A disk beneath the server's database that fails when told (tests/programs/failing_disk.cc)."""

import os

from harness.server import BINARY


class FailingDisk:
    """`settings` are the server's."""

    def __init__(self, folder):
        self._fault = os.path.join(folder, "fault")
        self.mend()
        sanitizer = os.environ.get("ASAN_OPTIONS", "")
        self.settings = {
            "LD_PRELOAD": os.path.join(os.path.dirname(BINARY), "libfailing_disk.so"),
            "HUBBUB_FAILING_DISK": self._fault,
            # It is not the sanitizer's library that comes first.
            "ASAN_OPTIONS": f"{sanitizer}:verify_asan_link_order=0".lstrip(":"),
        }

    def fail(self, fault):
        """`fault`: "write ENOSPC", "sync EIO", "late 1500" …"""
        changed = self._fault + ".new"
        with open(changed, "w", encoding="utf-8") as file:
            file.write(fault)
        os.rename(changed, self._fault)

    def mend(self):
        self.fail("")
