"""Segments and frames of a ledger, as bytes. Source: docs/formats/ledger.md"""

import hashlib
import os
import re

from . import files

HEADER = 256
LONGEST_ENTRY = 65536
SEGMENT = re.compile(r"^[0-9]{8}\.log\Z")


class Place(Exception):
    """Something that does not fit: which file, byte and entry."""

    def __init__(self, file, offset, seq, what):
        super().__init__(what)
        self.file, self.offset, self.seq, self.what = file, offset, seq, what

    def __str__(self):
        return "%s, byte %d, entry %d: %s" % (self.file, self.offset, self.seq, self.what)


class Torn(Place):
    """The last frame of the last segment ends early: a crash can do that."""


class Frames:
    """The entries of a ledger, one after another, each with where its frame begins."""

    def __init__(self, folder):
        self.folder = folder
        self.origin = ""
        self.seq = 0
        self.chain = bytes(32)
        self.bytes = 0
        self.segments = 0
        self.names = sorted(name for name in files.listdir(folder) if SEGMENT.match(name))
        self.file = "ledger/00000001.log"

    def _header(self, stream, number):
        header = stream.read(HEADER)
        if len(header) < HEADER:
            raise Place(self.file, 0, self.seq, "the segment header is cut off")
        length = int.from_bytes(header[48:50], "big")
        if (
            header[:8] != b"CORDLOG1"
            or not 1 <= length <= 174
            or any(header[50 + length : 224])
            or hashlib.sha256(header[:224]).digest() != header[224:]
        ):
            raise Place(self.file, 0, self.seq, "the segment header does not verify")
        if not all(0x20 < byte < 0x7F for byte in header[50 : 50 + length]):
            raise Place(self.file, 0, self.seq, "the origin is no name")
        origin = header[50 : 50 + length].decode()
        if number > 1 and origin != self.origin:
            raise Place(self.file, 0, self.seq, "the segment is of another ledger")
        self.origin = origin
        if int.from_bytes(header[8:16], "big") != self.seq or header[16:48] != self.chain:
            raise Place(self.file, 0, self.seq, "the segment does not go on where the one before ends")

    def __iter__(self):
        """Yields (offset of the frame, entry bytes). Raises Torn or Place where it ends otherwise than well."""
        if not self.names:
            raise Place(self.file, 0, 0, "the ledger has no segment")
        for number, name in enumerate(self.names, 1):
            self.file = "ledger/" + ("%08d.log" % number)
            if name != "%08d.log" % number:
                raise Place(self.file, 0, self.seq, "the segment is missing")
            path = os.path.join(self.folder, name)
            if not files.is_plain(path):
                raise Place(self.file, 0, self.seq, "not a plain file")
            with files.reading(path) as stream:
                self._header(stream, number)
                self.segments = number
                self.bytes += HEADER
                yield from self._frames(stream, number == len(self.names))

    def _frames(self, stream, is_last):
        cut = Torn if is_last else Place
        offset = HEADER
        while True:
            prefix = stream.read(4)
            if not prefix:
                return
            if len(prefix) < 4:
                raise cut(self.file, offset, self.seq, "the frame ends early")
            length = int.from_bytes(prefix, "big")
            if length == 0:
                raise cut(self.file, offset, self.seq, "the frame was not written to its end")
            if length > LONGEST_ENTRY:
                raise Place(self.file, offset, self.seq, "impossible frame length %d" % length)
            body = stream.read(length + 32)
            if len(body) < length + 32:
                raise cut(self.file, offset, self.seq, "the frame ends early")
            entry = body[:length]
            chain = hashlib.sha256(b"\x02" + self.chain + entry).digest()
            if chain != body[length:]:
                # A power loss leaves parts of what was not synced as zero bytes.
                if ((0 in prefix[2:] and entry[-1:] != b"}") or b"\0" in entry
                        or all(own in (right, 0) for own, right in zip(body[length:], chain))):
                    raise cut(self.file, offset, self.seq, "the frame was not written to its end")
                raise Place(self.file, offset, self.seq, "the chain hash does not fit")
            self.chain = chain
            yield offset, entry
            offset += 4 + length + 32
            self.bytes += 4 + length + 32
            self.seq += 1
