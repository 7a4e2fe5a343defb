"""Every header of src/ compiles alone. Slow, so part of `make lint`: each costs a compiler run."""

import concurrent.futures
import os
import subprocess
import sys

import compile_commands
import source

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def compiles(root, path, flags):
    command = ["g++", *flags, "-fsyntax-only", "-x", "c++", "-"]
    done = subprocess.run(command, cwd=root, input=f'#include "{os.path.join(root, path)}"\n',
                          capture_output=True, text=True, check=False)
    return done.returncode == 0, done.stderr


def violations(root, flags=None):
    flags = compile_commands.flags(root) if flags is None else flags
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
