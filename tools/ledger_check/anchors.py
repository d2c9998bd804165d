"""Heads of a ledger that are kept outside the case. Source: docs/formats/ledger.md, "Anchors" """

import json
import os
import re

from . import notes

LONGEST = 65536


class Unreadable(ValueError):
    pass


class Anchor:
    """What one place remembers; `computed` is the tree's root at that size once the ledger was read that far."""

    def __init__(self, where, size, root):
        self.where, self.size, self.root, self.computed = where, size, root, None

    def holds(self):
        return self.computed == self.root


def _newest(folder, origin):
    place = os.path.join(folder, re.sub(r"[^0-9A-Za-z.-]", "_", origin))
    names = [name for name in (os.listdir(place) if os.path.isdir(place) else []) if name[0] != "."]
    if not names:
        return None
    with open(os.path.join(place, max(names, key=lambda name: (len(name), name))), "rb") as stream:
        return notes.Checkpoint(stream.read(LONGEST))


def copies(home, origin):
    """The newest head in each folder that the installation copies heads to. Raises Unreadable."""
    try:
        with open(os.path.join(home, "anchors.json"), encoding="utf-8") as stream:
            folders = json.load(stream)["copies"]
    except FileNotFoundError:
        return []
    except (ValueError, KeyError, TypeError):
        return []
    found = []
    for folder in folders:
        try:
            head = _newest(folder, origin)
        except (notes.Malformed, OSError):
            raise Unreadable("copies in " + folder) from None
        if head is not None and head.origin != origin:
            raise Unreadable("copies in " + folder)
        if head is not None:
            found.append(Anchor("copies in " + folder, head.size, head.root))
    return found
