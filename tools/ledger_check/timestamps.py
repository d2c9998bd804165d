"""RFC 3161 tokens beside signed heads: whether each is granted and over its head. Who signed them is not checked here: that
takes X.509, which plain Python does not have. Source: docs/formats/ledger.md, "Anchors"; RFC 3161 sections 2.4.1, 2.4.2 """

import hashlib
import os

from . import files, notes

LONGEST = 1 << 20
SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
TST_INFO = bytes.fromhex("2a864886f70d0109100104")
SHA256 = bytes.fromhex("608648016503040201")
INTEGER, OCTETS, OID, SEQUENCE, EXPLICIT = 0x02, 0x04, 0x06, 0x30, 0xA0


class Bad(ValueError):
    pass


def _element(raw, at, tag):
    """Content of the DER element of that tag at a place, and where the next begins."""
    if at + 2 > len(raw) or raw[at] != tag:
        raise Bad("not a time-stamp reply")
    length, at = raw[at + 1], at + 2
    if length >= 0x80:
        count = length - 0x80
        if not 1 <= count <= 4 or at + count > len(raw):
            raise Bad("not a time-stamp reply")
        length, at = int.from_bytes(raw[at : at + count], "big"), at + count
    if at + length > len(raw):
        raise Bad("not a time-stamp reply")
    return raw[at : at + length], at + length


def _only(raw, tag):
    content, end = _element(raw, 0, tag)
    if end != len(raw):
        raise Bad("not a time-stamp reply")
    return content


def imprint(reply):
    """The digest that a granted reply is over; raises Bad."""
    whole = _only(reply, SEQUENCE)
    status, at = _element(whole, 0, SEQUENCE)
    granted, _ = _element(status, 0, INTEGER)
    if granted not in (b"\x00", b"\x01") or at == len(whole):
        raise Bad("the authority gave no time-stamp")
    token = _only(whole[at:], SEQUENCE)
    kind, at = _element(token, 0, OID)
    signed = _only(_element(token, at, EXPLICIT)[0], SEQUENCE)
    _, at = _element(signed, 0, INTEGER)
    _, at = _element(signed, at, 0x31)  # digest algorithms
    wrapped, _ = _element(signed, at, SEQUENCE)
    inner, at = _element(wrapped, 0, OID)
    if kind != SIGNED_DATA or inner != TST_INFO:
        raise Bad("not a time-stamp reply")
    info = _only(_only(_element(wrapped, at, EXPLICIT)[0], OCTETS), SEQUENCE)
    _, at = _element(info, 0, INTEGER)
    _, at = _element(info, at, OID)
    said, _ = _element(info, at, SEQUENCE)
    algorithm, at = _element(said, 0, SEQUENCE)
    if _element(algorithm, 0, OID)[0] != SHA256:
        raise Bad("the time-stamp is not over SHA-256")
    return _only(said[at:], OCTETS)


def examine(case, found):
    """Counts the tokens of a case; one that is no reply, or over something else than its head, is a problem."""
    folder = os.path.join(case, "ledger", "timestamps")
    for name in sorted(files.listdir(folder)) if files.isdir(folder) else []:
        size = notes.count(name[:-4].lstrip("0") or "0") if name.endswith(".tsr") and name[:-4].isdigit() else None
        if size is None:
            continue
        found.timestamps += 1
        try:
            with files.reading(os.path.join(case, "ledger", "checkpoints", "%08d" % size)) as stream:
                head = notes.Checkpoint(stream.read(65536)).note.text
        except (OSError, KeyError, notes.Malformed):
            continue  # earlier heads may go; without its head a token says nothing
        place = "ledger/timestamps/" + name
        try:
            if not files.is_plain(os.path.join(folder, name)):
                raise Bad("not a plain file")
            with files.reading(os.path.join(folder, name)) as stream:
                reply = stream.read(LONGEST + 1)
            if len(reply) > LONGEST or imprint(reply) != hashlib.sha256(head.encode()).digest():
                raise Bad("the time-stamp is not over this head")
        except Bad as problem:
            found.problem(place, 0, size, str(problem))
