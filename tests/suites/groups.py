"""What `make test` and `make soak` consist of, in order.

`{report}` in a command or a value is the group's report folder: JUnit files (*.xml) found there are
counted. A group's commands run until one fails.
"""

from dataclasses import dataclass, field

PYTEST = ["build/venv/bin/python", "-m", "pytest", "-q"]
JUNIT = "--junitxml={report}/pytest.xml"
CTEST_XML = {"GTEST_OUTPUT": "xml:{report}/"}
# Any report of a sanitizer ends the process with this, which every test of an exit code notices.
ASAN = {
    "ASAN_OPTIONS": "detect_stack_use_after_return=1:strict_string_checks=1:exitcode=99",
    "UBSAN_OPTIONS": "print_stacktrace=1",
    "HUBBUB_BINARY": "build/asan/hubbub",
    "HUBBUB_TEST_SLOWNESS": "4",
}
TSAN = {
    "TSAN_OPTIONS": "halt_on_error=1:exitcode=99:second_deadlock_stack=1",
    "HUBBUB_BINARY": "build/tsan/hubbub",
    "HUBBUB_REACTORS": "4",
    "HUBBUB_TEST_SLOWNESS": "8",
}
ALL_SERVICES = ("postgresql", "valkey")


@dataclass
class Group:
    name: str
    commands: list
    environment: dict = field(default_factory=dict)
    services: tuple = ()  # of tests/harness/services.py; each runs once for the whole suite
    # Mostly waits, and so runs while those that follow it do.
    is_beside: bool = False


def _build(preset, *targets):
    return ["setup/build.sh", preset, *targets]


def _unit(preset):
    return ["ctest", "--test-dir", f"build/{preset}", "-L", "^(unit|services)$",
            "--output-on-failure", "--no-tests=error", "-j2"]


def _contract(*more):
    return [*PYTEST, JUNIT, "-n4", *more, "tests/contract"]


# What says nothing of the store, or brings one of its own.
NOT_STORED = ["adoption", "backchannel_logout", "behind_caddy", "command_line", "connection_limits",
              "frames", "log_lines", "migrate_command", "open_admin", "postgresql_*", "restoring",
              "routes_by_role", "service_notices", "tokens", "v1_session", "valkey_*"]


def _without(*subjects):
    return [f"--ignore-glob=*/test_{subject}.py" for subject in subjects]


def _torture(seconds, *more):
    """Both stores at once, for so long."""
    run = ["build/venv/bin/python", "tests/torture/run.py", "--seconds", str(seconds), "--report",
           "{report}", "sqlite", "postgresql"]
    return Group("torture", [run, *more], {"HUBBUB_BINARY": "build/release/hubbub"},
                 is_beside=True)


TEST = [
    Group("checks", [["python3", "tests/checks/run.py"]]),
    Group("self tests", [[*PYTEST, JUNIT, "tests/checks", "tests/suites",
                           "tests/services"]]),
    Group("pages", [["make", "--no-print-directory", "pages"]]),
    Group("release build", [_build("release")]),
    Group("unit", [_unit("release")], CTEST_XML, ALL_SERVICES),
    _torture(60, [*PYTEST, JUNIT, "-n2", "tests/torture"]),
    Group("web unit", [["npm", "--prefix", "web", "test", "--", "--reporter=default",
                        "--reporter=junit", "--outputFile.junit={report}/vitest.xml"]]),
    Group("contract", [_contract()], {"HUBBUB_BINARY": "build/release/hubbub"}, ALL_SERVICES),
    # Once more with a database of its own for every server: all that is stored.
    Group("contract on postgresql", [_contract(*_without(*NOT_STORED))],
          {"HUBBUB_BINARY": "build/release/hubbub", "HUBBUB_TEST_STORE": "postgresql"},
          ALL_SERVICES),
    Group("api", [["build/venv/bin/python", "tests/api/run.py", "--report", "{report}"]],
          {"HUBBUB_BINARY": "build/release/hubbub"}),
    Group("conformance", [["build/venv/bin/python", "tests/conformance/run.py",
                           "--server", "build/release/echo_server"]]),
    Group("deploy", [[*PYTEST, JUNIT, "tests/deploy"]], {"HUBBUB_BINARY": "build/release/hubbub"}),
    Group("browser", [[*PYTEST, JUNIT, "-n2", "tests/browser"]],
          {"HUBBUB_BINARY": "build/release/hubbub"}),
]

SOAK = [
    Group("pages", [["make", "--no-print-directory", "pages"]]),
    Group("release build", [_build("release")]),
    _torture(600),
    Group("asan build", [_build("asan")]),
    Group("asan unit", [_unit("asan")], {**CTEST_XML, **ASAN}, ALL_SERVICES),
    Group("asan contract", [_contract()], ASAN, ALL_SERVICES),
    Group("fuzz corpora", [["python3", "tests/suites/corpora.py", "{report}"]], ASAN),
    Group("tsan build", [_build("tsan")]),
    Group("tsan unit", [_unit("tsan")], {**CTEST_XML, **TSAN}, ALL_SERVICES),
    Group("tsan contract", [_contract()], TSAN, ALL_SERVICES),
    Group("fuzz build", [_build("fuzz", "fuzz_targets")]),
    Group("package", [["make", "--no-print-directory", "deb"],
                      [*PYTEST, JUNIT, "--timeout", "900", "tests/package"]],
          {"HUBBUB_BINARY": "build/release/hubbub"}, is_beside=True),
    Group("fuzzing", [["python3", "tests/suites/explore.py", "{report}"]]),
    Group("caddy", [[*PYTEST, JUNIT, "-n2", "tests/caddy"]],
          {"HUBBUB_BINARY": "build/release/hubbub"}),
    Group("storm", [["bench/storm"], ["bench/reconnect", "--losses-only"]]),
    # The fetch apart, so that it is seen; a first start has to build Keycloak.
    Group("keycloak", [["build/venv/bin/python", "-m", "harness.keycloak"],
                       [*PYTEST, JUNIT, "--timeout=300", "--durations=5", "tests/keycloak"]],
          {"HUBBUB_BINARY": "build/release/hubbub", "PYTHONPATH": "tests"}),
]

SUITES = {"test": TEST, "soak": SOAK}
