#!/usr/bin/python3
"""TL-15: asks tools/verify_ledger.py about the mutated cases that `soak_record --folder` wrote, and compares with what the C++
verifier said of each: same exit status, same first bad entry.

    compare_verifiers.py SOAK_RECORD [--runs N] [--seed N]

Exit status 0 when they always agreed, 1 with the first cases where they did not."""
import argparse
import functools
import os
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
sys.path.insert(0, os.path.join(ROOT, "tools"))
from ledger_check import ed25519  # noqa: E402

# Most signatures of a mutated case are those of the honest one.
ed25519.verifies = functools.lru_cache(maxsize=65536)(ed25519.verifies)
from ledger_check import notes, proof  # noqa: E402
from verify_ledger import verify  # noqa: E402


class Options:
    key, require_anchor, no_evidence = None, False, True

    def __init__(self, folder):
        self.case, self.home = os.path.join(folder, "case"), os.path.join(folder, "home")


def check_proof(folder):
    """The proof of one entry holds, and no changed byte of it does. Says what is wrong, or nothing."""
    with open(os.path.join(folder, "entry.tlog-proof"), "rb") as stream:
        raw = stream.read()
    with open(os.path.join(folder, "genesis.key"), encoding="utf-8") as stream:
        genesis = notes.public_key(stream.read())
    if proof.verify(raw, genesis)[0] != 7:
        return "another entry"
    for at in range(0, len(raw), 7):
        try:
            proof.verify(raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1:], genesis)
        except proof.Bad:
            continue
        return "byte %d counts for nothing" % at
    return None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--runs", type=int, default=10000)
    parser.add_argument("--seed", type=int, default=20261123)
    options = parser.parse_args()
    memory = "/dev/shm" if os.path.isdir("/dev/shm") else None
    differences = 0
    with tempfile.TemporaryDirectory(prefix="cordon-mutants-", dir=memory) as folder:
        subprocess.run([options.program, "--folder", folder, "--runs", str(options.runs), "--seed", str(options.seed)], check=True)
        broken = check_proof(folder)
        if broken:
            print("tlog-proof: " + broken)
            return 1
        counts = {}
        with open(os.path.join(folder, "verdicts.txt"), encoding="utf-8", errors="replace") as stream:
            for line in stream:
                run, status, first, rest = line.rstrip("\n").split(" ", 3)
                found, _, own = verify(Options(os.path.join(folder, run)))
                own_first = str(found.problems[0].seq) if found.problems else "-"
                counts[own] = counts.get(own, 0) + 1
                if (own, own_first) != (int(status), first):
                    differences += 1
                    if differences <= 20:
                        print("run %s: C++ %s at %s (%s), Python %d at %s (%s)" % (
                            run, status, first, rest, own, own_first, found.problems[0].what if found.problems else ""))
        total = sum(counts.values())
    print("two verifiers, TL-15: %d mutated cases, seed %d, by exit status %s: %d differences" % (
        total, options.seed, dict(sorted(counts.items())), differences))
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
