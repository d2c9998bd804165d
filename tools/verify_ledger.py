#!/usr/bin/env python3
"""Checks a Cordon case from its bytes, on any machine with Python 3.8 or later and nothing else.

A second program beside `cordonctl verify`, written from docs/formats/ledger.md and evidence.md. Copy this file and the
folder `ledger_check` beside it.

    verify_ledger.py CASE|FILE.cordonz [--home DIR | --key ed25519:...] [--require-anchor] [--no-evidence] [--json]
    verify_ledger.py --proof FILE --key ed25519:...

Exit: 0 ok, 1 tampered (first bad entry and byte named), 2 incomplete, 3 unverifiable, 64 usage."""

import argparse
import json
import os
import sys

from ledger_check import evidence, index, notes, part, proof
from ledger_check.ledger import Examination
from ledger_check.sealed import Refused, Sealed

VERDICTS = ("OK", "TAMPERED", "INCOMPLETE", "UNVERIFIABLE")


def _plain(text):
    """Of text that whoever made the case wrote: nothing that a terminal obeys."""
    return "".join(c if c.isprintable() else "\\x%02x" % ord(c) for c in str(text))


def _evidence(folder, named, found, progress):
    """Objects that entries name and objects that are there."""
    counts = {"named": len(named), "good": 0, "missing": 0, "unlisted": 0, "erased": 0}
    everything = sorted(set(named) | set(evidence.names(folder)))
    for number, digest in enumerate(everything, 1):
        progress("evidence %d of %d" % (number, len(everything)))
        try:
            evidence.verify(folder, digest, found.containers.get(digest))
            counts[_judged(folder, digest, named, found)] += 1
        except FileNotFoundError:
            counts["missing"] += 1
            found.gaps.append("missing evidence object " + evidence.path_of(digest))
        except evidence.Bad as problem:
            found.problem(evidence.path_of(digest), 0, named.get(digest, -1), str(problem))
    return counts


def _judged(folder, digest, named, found):
    """What a sound object counts as."""
    if digest not in found.containers:
        return "good" if digest in named else "unlisted"
    has_key = evidence.has_key(folder, digest)
    if digest in found.erased:
        if has_key:
            found.gaps.append("erased by entry %d, but its key is still there: %s" % (found.erased[digest],
                                                                                   evidence.path_of(digest)))
        return "erased"
    if not has_key:
        found.gaps.append("the key of encrypted evidence is missing and no entry says that it was erased: "
                          + evidence.path_of(digest))
        return "missing"
    return "good"


def _kept(folder, found, objects):
    """The object that an index is made anew from, and what else lies beside it under such a name, which has to be one too.
    A sealed case has the index itself."""
    newest = found.index.kept()
    for digest in sorted(set(evidence.names(folder, "kept")) | ({newest} if newest else set())):
        place = evidence.path_of(digest, "kept")
        try:
            evidence.verify(folder, digest, None, "kept")
            if digest not in found.index.kept_ever:
                objects["unlisted"] += 1
        except FileNotFoundError:
            if digest == newest:
                found.gaps.append("what entry %d says is kept of the index is missing: %s" % (found.index.named_by, place))
        except evidence.Bad as problem:
            found.problem(place, 0, found.index.named_by if digest == newest else -1, str(problem))


def _progress(text):
    if sys.stderr.isatty():
        sys.stderr.write("\r" + text.ljust(40) + ("\n" if not text else ""))


def verify(options, sealed=None):
    found = Examination(options.case, options.home, options.key)
    if sealed:
        found.sealed_at = sealed.manifest["entries"]
        sealed.show()
        sealed.examine(found)
    is_part = bool(sealed) and sealed.manifest["holds"] == "incident"
    if not options.no_evidence:
        found.index = index.Index(options.case, not is_part)
    if is_part:
        part.examine(found, sealed)
    else:
        found.run()
        if sealed:
            sealed.compare(found)
    objects = _evidence(options.case, found.named, found, _progress) if not options.no_evidence else None
    if found.index:
        problems, gaps = found.index.finish(is_part or found.is_read_whole)
        for entry, what in problems:
            found.problem("case.db", 0, entry, what)
        found.gaps += gaps
        if not sealed:
            _kept(options.case, found, objects)
    if options.require_anchor and not found.has_anchor():
        found.doubts.append("no anchor outside the case was available")
    status = 1 if found.problems else 3 if found.doubts else 2 if found.gaps else 0
    return found, objects, status


def _print_ledger(found):
    """What can be said of a whole ledger."""
    count = found.governance.counts
    print("origin      %s   genesis key pinned: %s" % (_plain(found.origin or "unknown"), "yes" if found.is_pinned else "no"))
    print("entries     %d   segments %d   bytes %d" % (found.entries, found.segments, found.bytes))
    print("tree root   %s   checkpoints %d/%d OK" % (found.root(), found.good_checkpoints, found.checkpoints))
    print("keys        %d epochs, %d rotations OK, %d revoked" % (
        len(found.keys.in_force), found.keys.rotations, found.keys.revoked))
    seen = (["high-water mark size %d" % found.mark[0]] if found.mark else []) + [
        "%s size %d %s" % (_plain(one.where), one.size, "MATCH" if one.holds() else "DIFFERS") for one in found.anchors or []]
    print("witnesses   %d approver cosignatures OK; %s" % (found.cosignatures, "; ".join(seen) or "no anchor: ROLLBACK: UNPROVEN"))
    if found.timestamps:
        print("            %d RFC 3161 tokens; the signatures of tokens are not checked here" % found.timestamps)
    print("decisions   %d (auto %d, approved %d, held %d, denied %d)  unexplained %d  out-of-mandate %d" % tuple(
        count[name] for name in ("decisions", "auto", "approved", "held", "denied", "unexplained", "out_of_mandate")))
    print("approvals   %d, denied by people %d   nonce reuse %d   signatures checked %d, whose key it was is not known here %d" % (
        count["approvals"], count["denials"], count["nonce_reuse"], count["signatures"], count["unknown_signers"]))
    print("outcomes    verified %d, failed %d, unknown %d, open %d" % (
        count["verified"], count["failed"], count["unknown"], len(found.governance.open)))
    acts = found.governance.custody.counts
    print("custody     %(signed)d acts of people signed OK, transfers received %(received)d/%(transfers)d, "
          "whose key it was is not known here %(unknown_signers)d" % acts)


def _print(found, objects, status, sealed):
    if sealed and sealed.manifest["holds"] == "incident":
        said = sealed.manifest
        print("incident    %s of case %s, ledger %s   genesis key pinned: %s" % (
            _plain(said["incident"]), _plain(said["case"]), _plain(found.origin or "unknown"), "yes" if found.is_pinned else "no"))
        print("entries     %d of %d, each with its proof; what decisions led to, only the whole case can show" % (
            found.entries, said["entries"]))
    else:
        _print_ledger(found)
    if objects:
        print("evidence    %(good)d/%(named)d objects OK, missing %(missing)d, unlisted %(unlisted)d" % objects)
    if found.index:
        one = found.index
        said = ("none" if not one.is_there else "%d/%d entries as in the ledger, pages and events %s" % (
            one.good, one.entries, "rest on the seal" if not one.is_whole else
            "NOT PROVEN" if one.gaps or one.problems else
            "as entry %d names them" % one.named_by if one.named_by >= 0 else "none"))
        print("index       " + said)
    for line in [str(p) for p in found.problems[:50]] + found.doubts + found.gaps:
        print("            " + _plain(line))
    print("RESULT      %s   (exit %d)" % (VERDICTS[status], status))


def _verify_proof(options):
    """One entry under a trusted key, without the case."""
    try:
        genesis = notes.public_key(options.key)
    except notes.Malformed:
        sys.stderr.write("a proof needs --key, the ledger's genesis key\n")
        return 3
    with open(options.proof, "rb") as stream:
        raw = stream.read(1 << 20)
    try:
        index, entry, head = proof.verify(raw, genesis)
    except proof.Bad as problem:
        print("RESULT      TAMPERED   %s" % _plain(problem))
        return 1
    print("origin      %s\nentry       %d of %d under a signed head\n%s\nRESULT      OK" % (_plain(head.origin), index, head.size, _plain(entry)))
    return 0


def main():
    parser = argparse.ArgumentParser(description="Checks a Cordon case from its bytes.")
    parser.error = lambda message: (sys.stderr.write("verify_ledger.py: %s\n" % _plain(message)), sys.exit(64))
    parser.add_argument("case", nargs="?")
    parser.add_argument("--proof", help="a .tlog-proof of one entry instead of a case; needs --key")
    parser.add_argument("--home", default=os.environ.get("CORDON_HOME"), help="where keys and marks are pinned")
    parser.add_argument("--key", help="the log key that is trusted, ed25519:...")
    parser.add_argument("--require-anchor", action="store_true")
    parser.add_argument("--no-evidence", action="store_true", help="the ledger alone")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if options.key == "":  # as of a variable that was not set
        parser.error("an empty key trusts nobody: leave --key out, or give the one that you were told")
    if options.proof:
        return _verify_proof(options)
    if not options.case:
        parser.error("name a case or a proof")
    options.case = os.path.abspath(options.case)
    sealed = None
    if os.path.isfile(options.case):
        try:
            sealed = Sealed(options.case)
        except Refused as problem:
            sys.stderr.write("%s: not a sealed case: %s\n" % (_plain(options.case), _plain(problem)))
            return 1
    elif not os.path.isdir(os.path.join(options.case, "ledger")):
        sys.stderr.write("%s: no case: it has no folder `ledger`\n" % _plain(options.case))
        return 64
    found, objects, status = verify(options, sealed)
    _progress("")
    if options.json:
        first = found.problems[0] if found.problems else None
        print(json.dumps({
            "verdict": VERDICTS[status].lower(), "entries": found.entries, "root": found.root(),
            "checkpoints": found.checkpoints, "timestamps": found.timestamps, "evidence": objects, "counts": found.governance.counts, "custody": found.governance.custody.counts,
            "problems": [{"file": p.file, "offset": p.offset, "seq": p.seq, "what": p.what} for p in found.problems],
            "first_bad": first.seq if first else None, "gaps": found.gaps, "doubts": found.doubts}, sort_keys=True))
    else:
        _print(found, objects, status, sealed)
    return status


if __name__ == "__main__":
    sys.exit(main())
