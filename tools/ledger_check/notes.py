"""Signed notes and checkpoints (C2SP signed-note, tlog-checkpoint, tlog-cosignature). Source: docs/formats/ledger.md"""

import base64
import binascii
import hashlib
import re

from . import ed25519

PREFIX = "\u2014 "
LONGEST, MOST_SIGNATURES = 1 << 20, 100
SPACES = re.compile("[+ \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
CONTROLS = re.compile("[\x00-\x09\x0b-\x1f]")


class Malformed(ValueError):
    pass


def base64_bytes(text):
    """Strict base64: padding as it must be, nothing else in it."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise Malformed("no base64") from None
    if base64.b64encode(raw).decode() != text:
        raise Malformed("no canonical base64")
    return raw


def public_key(text):
    """The 32 bytes of `ed25519:` and base64."""
    if not isinstance(text, str) or not text.startswith("ed25519:"):
        raise Malformed("no Ed25519 key")
    raw = base64_bytes(text[len("ed25519:"):])
    if len(raw) != 32:
        raise Malformed("no Ed25519 key")
    return raw


def count(text):
    """A number below 2^63 as it has to be written, or None."""
    is_digits = text.isascii() and text.isdigit() and len(text) < 20
    return int(text) if is_digits and str(int(text)) == text and int(text) < 2**63 else None


def key_id(name, key, kind=1):
    return hashlib.sha256(name.encode() + b"\n" + bytes([kind]) + key).digest()[:4]


class Note:
    """A text and the signatures below it: (name, key id, the rest)."""

    def __init__(self, raw):
        try:
            whole = raw.decode("utf-8")
        except UnicodeDecodeError:
            raise Malformed("no UTF-8") from None
        cut = whole.rfind("\n\n")
        if cut < 0 or not whole.endswith("\n") or len(raw) > LONGEST or CONTROLS.search(whole):
            raise Malformed("not a signed note")
        self.text = whole[: cut + 1]
        self.signatures = []
        for line in whole[cut + 2 : -1].split("\n"):
            name, blank, encoded = line[len(PREFIX):].partition(" ")
            if not line.startswith(PREFIX) or not name or not blank or SPACES.search(name) or len(self.signatures) == MOST_SIGNATURES:
                raise Malformed("not a signature line")
            rest = base64_bytes(encoded)
            if len(rest) < 5:
                raise Malformed("a short signature")
            self.signatures.append((name, rest[:4], rest[4:]))

    def is_signed_by(self, name, key):
        """Whether there is a signature by that name, and every one of them is by that key."""
        own = [(ident, rest) for who, ident, rest in self.signatures if who == name]
        return bool(own) and all(
            ident == key_id(name, key) and ed25519.verifies(key, self.text.encode(), rest) for ident, rest in own
        )

    def is_signed_among(self, name, key):
        """Whether one of the signatures by that name is by that key: somebody may have signed again since they have another."""
        return any(who == name and ident == key_id(name, key) and ed25519.verifies(key, self.text.encode(), rest)
                   for who, ident, rest in self.signatures)

    def is_cosignature(self, name, ident, rest, key):
        """Whether one line is a tlog-cosignature by that name under that key."""
        if ident != key_id(name, key, 4) or len(rest) != 72 or rest[0] > 127:
            return False
        message = "cosignature/v1\ntime %d\n%s" % (int.from_bytes(rest[:8], "big"), self.text)
        return ed25519.verifies(key, message.encode(), rest[8:])


class Checkpoint:
    """Origin, number of entries and root of a tree, under signatures."""

    def __init__(self, raw):
        self.note = Note(raw)
        lines = self.note.text.split("\n")
        if len(lines) != 4 or lines[3]:
            raise Malformed("not a checkpoint")
        self.origin, self.size, self.root = lines[0], count(lines[1]), base64_bytes(lines[2])
        if self.size is None or len(self.root) != 32:
            raise Malformed("not a checkpoint")
