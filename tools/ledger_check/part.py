"""A sealed incident: entries, each with a C2SP tlog-proof that it stands in the whole ledger. Source: docs/formats/sealed-case.md"""

import os

from . import canonical, entries, evidence, files, keys, notes, proof
from .frames import Place


class Unproven(ValueError):
    pass


def manifest_key(said):
    try:
        return notes.public_key(said["key"])
    except notes.Malformed:
        return None


def examine(found, sealed):
    """Entry by entry, against the manifest; fills in what an examination of a ledger would."""
    said = sealed.manifest
    found.origin = said["origin"]
    folder = os.path.join(sealed.path, "entries")
    present = set(evidence.names(sealed.path))
    for name in sorted(name for name in files.listdir(folder) if name.endswith(".json")):
        with files.reading(os.path.join(folder, name)) as stream:
            raw = stream.read()
        try:
            entry = canonical.parse(raw)
            wrong = entries.problem_of(entry)
            if wrong:
                raise Unproven(wrong)
            with files.reading(os.path.join(folder, name[:-5] + ".tlog-proof")) as stream:
                seq, proven, head = proof.verify(stream.read(), notes.public_key(said["key"]))
            if seq != entry["seq"] or proven.encode() != raw or head.origin != found.origin or head.size > said["entries"]:
                raise Unproven("the proof is for another place or another ledger")
            if seq == 0:
                found.genesis_key = notes.public_key(entry["data"].get("public_key"))
            found.note_evidence(entry)
            if found.index:
                found.index.add(entry)
            found.entries += 1
        except (Unproven, proof.Bad, KeyError, canonical.NotCanonical, notes.Malformed, keys.Wrong, OSError) as problem:
            found.problems.append(Place("entries/" + name, 0, -1, str(problem)))
    for digest in set(found.named) - present:  # of logs only records are here
        del found.named[digest]
    records = os.path.join(sealed.path, "evidence", "records")
    for log in files.listdir(records) if files.isdir(records) else []:
        encrypted = any(name.endswith(".encrypted") for name in files.listdir(os.path.join(records, log)))
        if encrypted and not evidence.has_key(sealed.path, log):
            found.gaps.append("the key of encrypted records is missing: evidence/records/" + log)
    # The proofs hold under the manifest's key: that has to be the ledger's own, and the ledger's the one that is trusted.
    if found.genesis_key is None:
        found.problems.append(Place("entries", 0, 0, "the genesis entry is not here"))
    elif found.genesis_key != manifest_key(said):
        found.problems.append(Place("manifest.note", 0, 0, "signed by a key that is not the ledger's"))
    found._judge_key()  # pylint: disable=protected-access
