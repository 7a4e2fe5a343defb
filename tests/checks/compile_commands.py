"""How files of src/ are compiled, without what only the build folder and g++ understand."""

import json
import os
import shlex

# The precompiled header is g++'s own; clang-tidy knows no option of g++ alone.
_PRECOMPILED = ("-Winvalid-pch", "-fpch-preprocess")
_GXX_ONLY = ("-Wno-maybe-uninitialized", "-Wno-restrict", "-Wno-tsan")


def _without_precompiled(words):
    kept, rest = [], iter(words)
    for word in rest:
        if word == "-include":
            next(rest)
        elif word not in _PRECOMPILED:
            kept.append(word)
    return kept


def _entries(root):
    with open(os.path.join(root, "build/debug/compile_commands.json"), encoding="utf-8") as file:
        entries = json.load(file)
    return [entry for entry in entries
            if "/src/" in entry["file"] and entry["file"].endswith(".cc")
            and not entry["file"].endswith("_test.cc")]


def flags(root):
    """With which any header of src/ compiles: those of all rooms together."""
    found = {}
    for entry in _entries(root):
        words = iter(_without_precompiled(shlex.split(entry["command"])[1:]))
        for word in words:
            if word == "-isystem":
                found[word + next(words)] = True
            elif word.startswith(("-I", "-D", "-std", "-W")):
                found[word] = True
    return list(found)


def write_for_clang(root, folder):
    """A compilation database in a folder; the files that it names."""
    entries = _entries(root)
    for entry in entries:
        words = _without_precompiled(shlex.split(entry.pop("command")))
        entry["arguments"] = [word for word in words if word not in _GXX_ONLY]
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "compile_commands.json"), "w", encoding="utf-8") as file:
        json.dump(entries, file)
    return sorted({entry["file"] for entry in entries})
