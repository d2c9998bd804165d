"""One entry's proof (C2SP tlog-proof) under a trusted genesis key. Source: docs/formats/ledger.md, "Proof of one entry" """

import hashlib

from . import canonical, keys, notes, tree

TITLE = "c2sp.org/tlog-proof@v1"


class Bad(ValueError):
    pass


def _root(leaf, index, size, hashes):
    """The root that a path leads to, or None. Source: RFC 9162 section 2.1.3.2"""
    if index >= size:
        return None
    node, last, root = index, size - 1, leaf
    for sibling in hashes:
        if last == 0:
            return None
        if node & 1 or node == last:
            root = hashlib.sha256(b"\x01" + sibling + root).digest()
            while not node & 1 and node:
                node >>= 1
                last >>= 1
        else:
            root = hashlib.sha256(b"\x01" + root + sibling).digest()
        node >>= 1
        last >>= 1
    return root if last == 0 else None


def _log_key(extra, head, genesis):
    if "epoch" not in extra:
        return genesis
    try:
        one = keys.Certificate(extra["epoch"] if isinstance(extra["epoch"], str) else "")
        if one.origin != head.origin or one.size >= head.size:
            raise Bad("the certificate of the log key is of another ledger or time")
        keys.check_signers(one, genesis)
    except keys.Wrong as problem:
        raise Bad(str(problem)) from None
    return one.key


def verify(raw, genesis):
    """(index, entry, head) of a proof that holds under the genesis key (32 bytes). Raises Bad."""
    try:
        top, blank, note = raw.decode("utf-8").partition("\n\n")
        lines = top.split("\n")
        if not blank or lines[0] != TITLE or not lines[1].startswith("extra ") or not lines[2].startswith("index "):
            raise Bad("no tlog-proof of a Cordon ledger")
        extra = canonical.parse(notes.base64_bytes(lines[1][6:]))
        index, hashes = notes.count(lines[2][6:]), [notes.base64_bytes(line) for line in lines[3:]]
        head = notes.Checkpoint(note.encode())
        entry = extra["entry"].encode() if isinstance(extra, dict) and isinstance(extra.get("entry"), str) else None
    except (notes.Malformed, canonical.NotCanonical, UnicodeDecodeError, IndexError) as problem:
        raise Bad("no tlog-proof of a Cordon ledger: %s" % problem) from None
    if index is None or entry is None or any(len(one) != 32 for one in hashes):
        raise Bad("no tlog-proof of a Cordon ledger")
    own = [line for line in head.note.signatures if line[0] == head.origin]
    if len(own) != 1 or not head.note.is_signed_by(head.origin, _log_key(extra, head, genesis)):
        raise Bad("the head is not signed by the log key of its epoch")
    if _root(tree.leaf(entry), index, head.size, hashes) != head.root:
        raise Bad("the entry is not in the tree under that head")
    return index, entry.decode(), head
