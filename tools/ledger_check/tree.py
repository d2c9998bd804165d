"""The Merkle tree of RFC 9162 section 2.1.1, grown leaf by leaf: it keeps one hash per level, of now and of a short while ago."""

import collections
import hashlib

REACH = 1024  # entries between a head and the request that names it, at most


def leaf(entry):
    return hashlib.sha256(b"\x00" + entry).digest()


def _root(peaks):
    if not peaks:
        return hashlib.sha256(b"").digest()
    root = peaks[-1]
    for peak in reversed(peaks[:-1]):
        root = hashlib.sha256(b"\x01" + peak + root).digest()
    return root


class Tree:
    def __init__(self):
        self.size = 0
        self._peaks = []  # roots of the full subtrees, largest first
        self._past = collections.deque([()], REACH + 1)  # the same after each of the newest leaves

    def append(self, leaf_hash):
        self._peaks.append(leaf_hash)
        self.size += 1
        size = self.size
        while size % 2 == 0:
            right = self._peaks.pop()
            self._peaks[-1] = hashlib.sha256(b"\x01" + self._peaks[-1] + right).digest()
            size //= 2
        self._past.append(tuple(self._peaks))

    def root(self):
        return _root(self._peaks)

    def at(self, size):
        """The root over the first `size` leaves; None when they were never that many, or it is longer ago."""
        ago = self.size - size
        return _root(self._past[-1 - ago]) if 0 <= ago < len(self._past) else None
