"""clang-tidy over every file of src/ but tests (.clang-tidy says what it looks for).

Slow, so part of `make lint`. Files or folders may be named: tidy.py src/hub
"""

import concurrent.futures
import os
import subprocess
import sys

import compile_commands

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def _said(folder, path):
    done = subprocess.run(["clang-tidy-14", "-p", folder, "--quiet", path], cwd=ROOT,
                          stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    return done.stdout, done.returncode == 0


def main(wanted):
    folder = os.path.join(ROOT, "build/lint")
    paths = [os.path.relpath(path, ROOT)
             for path in compile_commands.write_for_clang(ROOT, folder)]
    if wanted:
        paths = [path for path in paths if path.startswith(tuple(wanted))]
    are_ok = bool(paths)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for said, is_ok in pool.map(lambda path: _said(folder, path), paths):
            are_ok = are_ok and is_ok
            if said:
                print(said, flush=True)
    print(f"clang-tidy: {len(paths)} files, {'ok' if are_ok else 'FAILED'}")
    return 0 if are_ok else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
