"""Every header of src/ compiles alone. Slow, so part of `make lint`: each costs a compiler run."""

import concurrent.futures
import json
import os
import shlex
import subprocess
import sys

import source

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def _flags(root):
    """What any file of src/ is compiled with, but for its own name and the precompiled header."""
    with open(os.path.join(root, "build/debug/compile_commands.json"), encoding="utf-8") as file:
        commands = json.load(file)
    words = next(shlex.split(entry["command"]) for entry in commands
                 if "/src/" in entry["file"] and "_test" not in entry["file"])
    return [word for word in words if word.startswith(("-I", "-D", "-std", "-W", "-isystem"))
            and word != "-Winvalid-pch"]


def compiles(root, path, flags):
    command = ["g++", *flags, "-fsyntax-only", "-x", "c++-header", path]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    return done.returncode == 0, done.stderr


def violations(root, flags=None):
    flags = _flags(root) if flags is None else flags
    paths = source.files(root, ["src"], (".h",))
    found = []
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for path, (is_ok, said) in zip(paths, pool.map(lambda p: compiles(root, p, flags), paths)):
            if not is_ok:
                found.append(f"{path}: does not compile alone\n{said}")
    return found


if __name__ == "__main__":
    problems = violations(ROOT)
    print("\n".join(problems) or "headers: ok")
    sys.exit(1 if problems else 0)
