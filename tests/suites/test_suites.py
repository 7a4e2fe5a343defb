"""The runner of `make test` can fail, and counts what was run."""

import os
import sys

import pytest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import groups  # noqa: E402
import run  # noqa: E402
from totals import Total, read_total  # noqa: E402

PASSES, FAILS = ["true"], ["false"]


@pytest.fixture
def suite(monkeypatch, tmp_path, capfd):
    """suite(groups…) -> exit code and last line."""
    monkeypatch.setattr(run, "REPOSITORY", str(tmp_path))

    def run_suite(*wanted):
        monkeypatch.setitem(groups.SUITES, "trial", list(wanted))
        monkeypatch.setattr(sys, "argv", ["run.py", "trial"])
        status = run.main()
        return status, capfd.readouterr().out.splitlines()[-1]
    return run_suite


def test_what_passes_passes(suite):
    assert suite(groups.Group("a", [PASSES]), groups.Group("b", [PASSES])) == (
        0, "2 passed, 0 failed")


def test_a_group_that_fails_fails_the_whole_and_the_later_ones_still_run(suite, tmp_path):
    later = groups.Group("later", [["touch", str(tmp_path / "was-run")]])
    assert suite(groups.Group("a", [FAILS]), later) == (1, "1 passed, 1 failed")
    assert (tmp_path / "was-run").exists()


def test_within_a_group_nothing_runs_after_a_failure(suite, tmp_path):
    group = groups.Group("a", [FAILS, ["touch", str(tmp_path / "was-run")]])
    assert suite(group)[0] == 1
    assert not (tmp_path / "was-run").exists()


def test_a_program_that_is_missing_is_a_failure(suite):
    assert suite(groups.Group("a", [["no-such-program"]])) == (1, "0 passed, 1 failed")


def test_a_group_beside_others_is_waited_for_and_counts(suite, tmp_path):
    signal = tmp_path / "the later one has begun"
    beside = groups.Group("beside", [["sh", "-c", f"until [ -e '{signal}' ]; do sleep 0.01; done"]],
                          is_beside=True)
    later = groups.Group("later", [["touch", str(signal)]])
    assert suite(beside, later) == (0, "2 passed, 0 failed")


def test_what_a_group_beside_others_says_is_kept_and_its_failure_counts(suite, tmp_path):
    beside = groups.Group("beside", [["sh", "-c", "echo the reason; exit 3"]], is_beside=True)
    assert suite(beside, groups.Group("later", [PASSES])) == (1, "1 passed, 1 failed")
    said = tmp_path / "build/reports/trial/beside/output"
    assert "the reason" in said.read_text()


def test_services_are_started_once_for_all_groups_that_need_them(suite, tmp_path, monkeypatch):
    monkeypatch.delenv("HUBBUB_TEST_VALKEY", raising=False)
    seen = tmp_path / "seen"
    look = [["sh", "-c", f'echo "$HUBBUB_TEST_VALKEY" >> {seen}']]
    assert suite(groups.Group("a", look, services=("valkey",)),
                 groups.Group("b", look, services=("valkey",)))[0] == 0
    first, second = seen.read_text().split()
    assert first == second and first.startswith("redis://127.0.0.1:")


def test_nothing_run_is_a_failure(suite):
    assert suite()[0] == 1


@pytest.mark.parametrize("junit, wanted", [
    ("<testsuites><testsuite><testcase/><testcase><failure/></testcase>"
     "<testcase><error/></testcase><testcase><skipped/></testcase></testsuite></testsuites>",
     Total(1, 2)),
    ("<testsuites><testsuite><testcase/>", Total(0, 1)),
])
def test_reports_are_counted(tmp_path, junit, wanted):
    (tmp_path / "a.xml").write_text(junit)
    assert read_total(str(tmp_path)) == wanted
