#!/usr/bin/env python3
"""Takes out one defence after the other (removals.py) in a tree that is built, and sees its test fail.

usage: see_red.py TREE BUILD [--only ID,ID] [--check] [--jobs N]
  TREE   a copy of the sources that may be changed; every file is put back
  BUILD  its build folder
  --check  only see that each text is there exactly once
  --table  only print the rows of docs/threat-model.md

Exit 1 when a text is not there, a test does not fail, or it fails with everything in place.
"""

import argparse
import pathlib
import subprocess
import sys

from removals import REMOVALS


def build(folder, targets, jobs):
    done = subprocess.run(["ninja", "-C", folder, "-j", str(jobs), *targets], capture_output=True, text=True)
    return "" if done.returncode == 0 else "not built: " + done.stdout[-2000:]


def outcome(folder, target, function):
    """What Qt Test says of that function alone: passed, failed, or that it did not come to an end."""
    program = pathlib.Path(folder) / "tests" / target.split("+")[0]
    try:
        done = subprocess.run([program.resolve(), function], cwd=folder, capture_output=True, text=True, errors="replace",
                              timeout=300, env=environment())
    except subprocess.TimeoutExpired:
        return "did not end"
    lines = [line for line in done.stdout.splitlines() if line.startswith(("FAIL!", "   Loc"))]
    if done.returncode == 0:
        return "passed" if f"::{function}" in done.stdout else "no such function"
    if done.returncode < 0:
        return f"ended by signal {-done.returncode}"
    return "failed: " + " ".join(lines)[:200]


def environment():
    import os
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen"}


def main():
    options = argparse.ArgumentParser()
    options.add_argument("tree", type=pathlib.Path)
    options.add_argument("build")
    options.add_argument("--only", default="")
    options.add_argument("--check", action="store_true")
    options.add_argument("--table", action="store_true")
    options.add_argument("--jobs", type=int, default=2)
    given = options.parse_args()
    only = set(given.only.split(",")) - {""}
    rows = [row for row in REMOVALS if not only or only & set(row[0].split())]
    wrong = 0
    seen = 0
    for ids, _, file, text, *_ in rows:
        count = (given.tree / file).read_text().count(text)
        if count != 1:
            print(f"{ids}: the text stands {count} times in {file}", flush=True)
            wrong += 1
    if given.table:
        for ids, what, file, _, _, target, function in rows:
            place = target.split("+")[0].replace("_tst_", "/tst_").replace("core_", "core/", 1).replace("ui_", "ui/", 1).replace("architecture_tst", "architecture/tst")
            print(f"| {ids.replace(' ', ', ').replace('MAESTRO-', 'MAESTRO ').replace('GOVERN-', 'GOVERN ').replace('MANAGE-', 'MANAGE ')} "
                  f"| {what} | `{file}` | `{place}` {function} |")
        return 0
    if given.check or wrong:
        print(f"{wrong} wrong")
        return 1 if wrong else 0
    # With everything in place first: a test that fails anyway shows nothing.
    if problem := build(given.build, sorted({part for row in rows for part in row[5].split("+")}), given.jobs):
        sys.exit(problem)
    before = {key: outcome(given.build, *key) for key in {row[5:] for row in rows}}
    for ids, what, file, text, instead, target, function in rows:
        path = given.tree / file
        whole = path.read_text()
        path.write_text(whole.replace(text, instead))
        try:
            said = build(given.build, target.split("+"), given.jobs) or outcome(given.build, target, function)
        finally:
            path.write_text(whole)
        in_place = before[(target, function)]
        is_red = in_place == "passed" and said.startswith(("failed", "ended by signal", "did not end"))
        seen += is_red
        wrong += not is_red
        print(f"{'red  ' if is_red else 'WRONG'} {ids:28} {what} | {target} {function} | in place: {in_place} | without: {said}",
              flush=True)
    print(f"{len(rows)} defences taken out, {seen} tests failed without theirs, {wrong} did not")
    return 1 if wrong else 0


sys.exit(main())
