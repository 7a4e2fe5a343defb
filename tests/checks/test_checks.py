"""Each check can fail: it is shown a small tree with the mistake, and the same without."""

import os
import sys

import pytest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import awaits  # noqa: E402
import compatibility  # noqa: E402
import headers  # noqa: E402
import layers  # noqa: E402
import names  # noqa: E402
import sizes  # noqa: E402


@pytest.fixture
def tree(tmp_path):
    def write(**files):
        for path, text in files.items():
            at = tmp_path / path.replace("__", "/").replace("_dot_", ".")
            at.parent.mkdir(parents=True, exist_ok=True)
            at.write_text(text)
        return str(tmp_path)
    return write


@pytest.mark.parametrize("room, included", [
    ("base", "wire"), ("wire", "store"), ("store", "state"), ("state", "store"), ("auth", "log"),
    ("hub", "log"), ("log", "hub"), ("session", "rest"), ("session", "net"), ("rest", "net"),
])
def test_an_include_against_the_layers_is_found(tree, room, included):
    root = tree(**{f"src__{room}__a_dot_h": f'#pragma once\n#include "{included}/b.h"\n'})
    assert layers.violations(root) == [f"src/{room}/a.h:2: {room} may not include {included}"]


@pytest.mark.parametrize("room, included", [
    ("wire", "base"), ("auth", "store"), ("auth", "state"), ("hub", "auth"), ("command", "log"),
    ("session", "hub"), ("rest", "session"), ("net", "session"), ("net", "rest"), ("app", "net"),
])
def test_an_include_along_the_layers_passes(tree, room, included):
    root = tree(**{f"src__{room}__a_dot_h": f'#include "{included}/b.h"\n'})
    assert layers.violations(root) == []


def test_a_folder_that_is_no_room_is_found(tree):
    assert "no room" in layers.violations(tree(src__attic__a_dot_h="\n"))[0]


def test_a_file_that_is_too_long_is_found(tree):
    root = tree(src__hub__a_dot_cc="int a;\n" * 501, src__hub__b_dot_cc="\n",
                src__hub__c_dot_cc="\n")
    assert sizes.violations(root) == ["src/hub/a.cc: 501 lines, at most 500"]


def test_a_test_may_be_longer(tree):
    root = tree(src__hub__a_test_dot_cc="int a;\n" * 799)
    assert sizes.violations(root) == []


def test_a_median_that_is_too_long_is_found(tree):
    assert "median" in sizes.violations(tree(src__hub__a_dot_cc="int a;\n" * 150))[0]
    assert "median" in sizes.violations(tree(web__src__a_dot_tsx="let a;\n" * 150))[0]


def test_a_line_that_is_too_wide_is_found(tree):
    assert "101 columns" in sizes.violations(tree(src__hub__a_dot_cc="a" * 101 + "\n"))[0]


def long_body(lines):
    return "{\n" + "  step();\n" * (lines - 2) + "}\n"


@pytest.mark.parametrize("signature", [
    "void run() ", "int Outbox::push(Shared<Frame> frame) const ", "auto f = [this](int a) -> int ",
    "Outbox::Outbox(std::size_t n) : bytes_max_(n), queue_{} ", "void a() const noexcept override ",
])
def test_a_function_that_is_too_long_is_found(signature):
    assert [lines for _, lines in sizes.long_functions(signature + long_body(71))] == [71]
    assert sizes.long_functions(signature + long_body(70)) == []


def test_a_class_or_a_namespace_is_no_function():
    assert sizes.long_functions("void f();\nclass A " + long_body(90)) == []
    assert sizes.long_functions("void f();\nnamespace hubbub " + long_body(90)) == []


def test_a_brace_in_a_literal_does_not_count():
    assert sizes.long_functions('void f() { g("{"); }\n' + "int a;\n" * 90) == []


@pytest.mark.parametrize("expression", [
    "co_await run([] { return 1; });", "auto x = co_await send(Frame{1});",
    "co_await\n    call(a,\n         {b});", "while (a) { if (!co_await read()) co_return; }",
    "if (a && co_await ready()) go();",
])
def test_an_object_made_inside_co_await_is_found(tree, expression):
    assert len(awaits.violations(tree(src__net__a_dot_cc=expression + "\n"))) == 1


@pytest.mark.parametrize("expression", [
    "co_await run(named);", "const bool is_ready = co_await ready(); if (is_ready) { go(); }",
    "if (a) { co_await ready(); }", "// co_await [ {\n",
    'co_await say("{");',
])
def test_a_plain_co_await_passes(tree, expression):
    assert awaits.violations(tree(src__net__a_dot_cc=expression + "\n")) == []


@pytest.mark.parametrize("name", ["util_dot_h", "string_utils_dot_cc", "common__a_dot_h",
                                  "log_manager_dot_h", "helpers_dot_h", "impl2_dot_cc"])
def test_a_name_that_says_nothing_is_found(tree, name):
    assert len(names.violations(tree(**{f"src__base__{name}": "\n"}))) == 1


def test_a_name_that_only_resembles_one_passes(tree):
    assert names.violations(tree(src__base__commonplace_dot_h="\n")) == []


def test_a_header_that_needs_another_is_found(tree):
    root = tree(src__base__a_dot_h="#pragma once\nstd::size_t bytes();\n",
                src__base__b_dot_h="#pragma once\n#include <cstddef>\nstd::size_t bytes();\n")
    found = headers.violations(root, ["-std=c++20"])
    assert [line.split(":")[0] for line in found] == ["src/base/a.h"]


@pytest.mark.parametrize("named, is_there", [
    ("test_a.py::test_it_works", True), ("a_test.cc::ItWorks", True), ("a_test.cc::ItFlies", False),
    ("test_a.py::test_it", False), ("test_b.py::test_it_works", False), ("test_a.py::", False),
])
def test_a_named_test_that_is_not_there_is_found(tree, named, is_there):
    root = tree(docs__compatibility_dot_md=f"| kept | `{named}` |\n",
                tests__contract__test_a_dot_py="def test_it_works(chat):\n",
                src__hub__a_test_dot_cc="TEST_F(ATest, ItWorks) {\n")
    assert (compatibility.violations(root) == []) == is_there
