"""The Merkle tree of RFC 9162 section 2.1.1, grown leaf by leaf: it keeps one hash per level."""

import hashlib


def leaf(entry):
    return hashlib.sha256(b"\x00" + entry).digest()


class Tree:
    def __init__(self):
        self.size = 0
        self._peaks = []  # roots of the full subtrees, largest first

    def append(self, leaf_hash):
        self._peaks.append(leaf_hash)
        self.size += 1
        size = self.size
        while size % 2 == 0:
            right = self._peaks.pop()
            self._peaks[-1] = hashlib.sha256(b"\x01" + self._peaks[-1] + right).digest()
            size //= 2

    def root(self):
        if not self._peaks:
            return hashlib.sha256(b"").digest()
        root = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            root = hashlib.sha256(b"\x01" + peak + root).digest()
        return root
