#!/usr/bin/env python3
"""How long a large sealed case takes to open. Makes one and takes it away again.

    sealed_bench.py BIN_FOLDER RESOURCES [--folder DIR] [--events N] [--gigabytes G] [--keep]

Prints what was made; then how long the file takes to open as in the window, while it is verified; seconds until `why`, `evidence list` and `report` of
one incident print their first line and their last, and what `verify` takes for every byte. The file is dropped from the cache before each."""
import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time


def run(environment, *arguments, **more):
    return subprocess.run(arguments, check=True, env=environment, stdout=subprocess.DEVNULL, **more)


def forget(path):
    """Asks the kernel to drop the file from its cache."""
    with open(path, "rb") as stream:
        os.fsync(stream.fileno())
        os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def first_line(environment, *arguments):
    """Seconds to the first line, and to the end."""
    start = time.monotonic()
    with subprocess.Popen(arguments, env=environment, stdout=subprocess.PIPE) as child:
        child.stdout.readline()
        first = time.monotonic() - start
        child.stdout.read()
    if child.returncode not in (0, 3):
        sys.exit("%s ended with %d" % (" ".join(arguments), child.returncode))
    return first, time.monotonic() - start


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("bin")
    parser.add_argument("resources")
    parser.add_argument("--folder", default=None)
    parser.add_argument("--events", type=int, default=1000000)
    parser.add_argument("--gigabytes", type=float, default=5.0)
    parser.add_argument("--keep", action="store_true")
    options = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="cordon-sealed-", dir=options.folder)
    try:
        measure(options, folder)
    finally:
        if options.keep:
            print("kept:    " + folder)
        else:
            shutil.rmtree(folder)


def measure(options, folder):
    programs = {name: os.path.join(options.bin, name) for name in ("cordonctl", "cordon_generate", "cordon_bench_sealed")}
    case, log, sealed = (os.path.join(folder, name) for name in ("large.cordon", "log.json", "large.cordonz"))
    environment = dict(os.environ, CORDON_HOME=os.path.join(folder, "home"), CORDON_RESOURCES=options.resources)
    with open(log, "wb") as out:
        subprocess.run([programs["cordon_generate"], "cloudtrail", "--events", str(options.events)], check=True, stdout=out)
    run(environment, programs["cordonctl"], "run", "--case", case, "--replay", "--exercise", "from-log", log, stderr=subprocess.DEVNULL)
    os.remove(log)
    held = sum(os.path.getsize(os.path.join(where, name)) for where, _, names in os.walk(case) for name in names)
    fill = max(0, int(options.gigabytes * 1000 - held / 1e6))
    run(environment, programs["cordon_bench_sealed"], case, environment["CORDON_HOME"], str(int(fill * 1e6 / (1 << 20))))
    start = time.monotonic()
    run(environment, programs["cordonctl"], "seal", case, sealed)
    print("sealed:  %.2f GB (%d events, index %.0f MB, the rest evidence that does not compress) in %.1f s" % (
        os.path.getsize(sealed) / 1e9, options.events, os.path.getsize(os.path.join(case, "case.db")) / 1e6, time.monotonic() - start))
    forget(sealed)
    print(subprocess.run([programs["cordon_bench_sealed"], "--open", sealed, environment["CORDON_HOME"]], check=True, env=environment,
                         capture_output=True, text=True).stdout, end="")
    for words in (("why", sealed, "1"), ("evidence", "list", sealed), ("report", sealed, "--incident", "INC-0001")):
        forget(sealed)
        first, end = first_line(environment, programs["cordonctl"], *words)
        print("%-8s %.2f s to the first line, %.2f s to the last" % (words[0] + ":", first, end))
    forget(sealed)
    _, end = first_line(environment, programs["cordonctl"], "verify", sealed)
    print("verify:  %.1f s, %.0f MB/s" % (end, os.path.getsize(sealed) / 1e6 / end))


if __name__ == "__main__":
    main()
