"""Sealed cases, `.cordonz`: the one layout of the ZIP file, the list, the manifest. Source: docs/formats/sealed-case.md"""

import hashlib
import os
import re
import struct
import zlib

from . import canonical, files, notes

LIST, MANIFEST = "parts.sha256", "manifest.note"
NAME = re.compile(r"^[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*\Z")
MEMBERS = {"format", "holds", "incident", "case", "exercise", "origin", "entries", "root", "key", "parts", "bytes", "list",
           "sealed_at", "sealed_by", "program", "redactions"}
END = 98
BLOCK = 1 << 20


class Refused(ValueError):
    """The file is no sealed case: it is torn, or made in another way."""


def _local(name, size, crc):
    return struct.pack("<IHHHHHIIIHH", 0x04034B50, 45, 0, 0, 0, 0x21, crc, 0xFFFFFFFF, 0xFFFFFFFF, len(name), 20) + name + struct.pack(
        "<HHQQ", 1, 16, size, size)


def _row(name, size, crc, head):
    return struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, 0x032D, 45, 0, 0, 0, 0x21, crc, 0xFFFFFFFF, 0xFFFFFFFF, len(name), 28, 0, 0, 0,
                       0o100400 << 16, 0xFFFFFFFF) + name + struct.pack("<HHQQQ", 1, 24, size, size, head)


def _end(count, begin, size):
    return (struct.pack("<IQHHIIQQQQ", 0x06064B50, 44, 0x032D, 45, 0, 0, count, count, size, begin)
            + struct.pack("<IIQI", 0x07064B50, 0, begin + size, 1)
            + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0))


def _good_name(name):
    return len(name) <= 200 and NAME.match(name) and not {".", ".."} & set(name.split("/"))


class Sealed:
    """A sealed case whose directory, list and manifest agree; `examine` reads the rest."""

    def __init__(self, path):
        self.path, self.size = path, os.path.getsize(path)
        with open(path, "rb") as stream:
            self.parts = self._directory(stream)
            names = [name for name, _, _, _ in self.parts]
            if len(names) < 3 or names[-2:] != [LIST, MANIFEST] or self.parts[-1][2] > 262144 or self.parts[-2][2] > 256 << 20:
                raise Refused("it does not end with a list and a manifest")
            note, listed = (self._bytes(stream, part) for part in (self.parts[-1], self.parts[-2]))
        self.manifest = self._manifest(note)
        if hashlib.sha256(listed).hexdigest() != self.manifest["list"]:
            raise Refused("the list is not the one that was signed")
        lines = listed.decode("ascii", "replace").split("\n")
        rows = [line.split("  ") for line in lines[:-1]]
        if lines[-1] or [row[1:] for row in rows] != [[str(size), name] for name, _, size, _ in self.parts[:-2]]:
            raise Refused("the list does not name what is there")
        self.digests = [row[0] for row in rows]
        if self.manifest["parts"] != len(rows) or self.manifest["bytes"] != sum(part[2] for part in self.parts[:-2]):
            raise Refused("the manifest counts other parts")

    @staticmethod
    def _bytes(stream, part):
        stream.seek(part[1])
        return stream.read(part[2])

    def _directory(self, stream):
        """(name, first byte, size, check sum) of every part, in the order of the file."""
        if self.size < END:
            raise Refused("too short")
        stream.seek(self.size - END)
        end = stream.read(END)
        count, size, begin = struct.unpack_from("<Q", end, 24)[0], *struct.unpack_from("<QQ", end, 40)
        if count > 1 << 20 or size > 256 << 20 or begin + size + END != self.size or end != _end(count, begin, size):
            raise Refused("it does not end as a sealed case")
        stream.seek(begin)
        rows, at, next_head, parts = stream.read(size), 0, 0, []
        while at < size:
            length = struct.unpack_from("<H", rows, at + 28)[0] if at + 46 <= size else size
            if at + 74 + length > size:
                raise Refused("its directory is cut off")
            raw = rows[at + 46 : at + 46 + length]
            name, crc = raw.decode("latin-1"), struct.unpack_from("<I", rows, at + 16)[0]
            content, head = struct.unpack_from("<Q", rows, at + 50 + length)[0], struct.unpack_from("<Q", rows, at + 66 + length)[0]
            first = head + 50 + length
            if not _good_name(name) or head != next_head or first + content > begin:
                raise Refused("a part has a bad name or place")
            if rows[at : at + 74 + length] != _row(raw, content, crc, head):
                raise Refused("a row of the directory is not as Cordon writes it")
            parts.append((name, first, content, crc))
            next_head, at = first + content, at + 74 + length
        names = {part[0] for part in parts}
        if next_head != begin or len(parts) != count or len(names) != len(parts):
            raise Refused("its directory does not fit")
        if any("/".join(name.split("/")[:n]) in names for name in names for n in range(1, name.count("/") + 1)):
            raise Refused("a part lies in a part that is no folder")
        return parts

    @staticmethod
    def _manifest(raw):
        try:
            note = notes.Note(raw)
            manifest = canonical.parse(note.text[:-1].encode())
            key = notes.public_key(manifest.get("key"))
        except (notes.Malformed, canonical.NotCanonical) as problem:
            raise Refused("its manifest cannot be read: %s" % problem) from None
        if set(manifest) != MEMBERS or manifest["format"] != "cordon-sealed-case-v1" or len(note.signatures) != 1:
            raise Refused("its manifest has another form")
        told = [manifest[name] for name in ("case", "incident", "origin", "sealed_by", "program") if manifest[name] is not None]
        if any(not isinstance(text, str) or any(c < " " or c == "\x7f" for c in text) for text in told):
            raise Refused("control characters in a name of its manifest")
        if not note.is_signed_by(manifest["origin"], key):
            raise Refused("the signature of its manifest does not verify")
        return manifest

    def show(self):
        """From now on `files` reads the parts in place below the file's path."""
        files.show(self.path, {name: (first, size) for name, first, size, _ in self.parts[:-2]})

    def examine(self, found):
        """Reads every part; adds what is wrong. Returns how many are right."""
        good = 0
        with open(self.path, "rb") as stream:
            for number, (name, first, size, said) in enumerate(self.parts):
                head = first - 50 - len(name)
                stream.seek(head)
                header, crc, digest, rest = stream.read(first - head), 0, hashlib.sha256(), size
                while rest:
                    block = stream.read(min(rest, BLOCK))
                    if not block:
                        break
                    crc, rest = zlib.crc32(block, crc), rest - len(block)
                    digest.update(block)
                listed = number >= len(self.digests) or digest.hexdigest() == self.digests[number]
                if listed and crc == said and header == _local(name.encode(), size, said):
                    good += 1
                else:
                    found.problem(name, first, 0, "its bytes are not those that were sealed")
        return good

    def compare(self, found):
        """What the manifest says of the ledger, beside what the ledger is."""
        said = self.manifest
        if said["origin"] != found.origin or said["entries"] != found.entries or said["root"] != found.root():
            found.problem(MANIFEST, 0, 0, "sealed with another ledger than the one in it")
        if found.genesis_key is None or notes.public_key(said["key"]) != found.genesis_key:
            found.problem(MANIFEST, 0, 0, "signed by a key that is not the ledger's")
