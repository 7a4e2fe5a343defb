"""The checker of `hubbub torture` sees a server that breaks its promises, whatever it breaks.

tests/programs/broken_server is the server with one function replaced.
"""

import pytest

from torture import Torture, broken_server


@pytest.mark.parametrize("breakage, finding", [
    ("drop", "not shown"),
    ("double", "doubled"),
    ("reorder", "out of order"),
    ("early_ack", "lost"),
    ("forgotten_key", "doubled"),
    ("seam", "not shown"),
])
def test_it_is_found(tmp_path, breakage, finding):
    server = broken_server(tmp_path, breakage)
    run = Torture(tmp_path, "--seconds", 10, "--seed", 3, "--server", server)
    assert run.wait() == 1, run.output
    assert run.findings().get(finding, 0) > 0, run.output
    histories = run.left_behind()
    assert len(histories) == 1, "what was noted is kept"


def test_unbroken_the_same_program_is_clean(tmp_path):
    server = broken_server(tmp_path, "none")
    run = Torture(tmp_path, "--seconds", 10, "--seed", 3, "--server", server)
    assert run.wait() == 0, run.output
    assert set(run.findings().values()) == {0}
