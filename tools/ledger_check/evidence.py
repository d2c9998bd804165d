"""Evidence objects, from their bytes. Source: docs/formats/evidence.md"""

import hashlib
import os
import re

try:
    from compression import zstd as _own  # Python 3.14 and later
except ImportError:
    _own = None

from . import files, zstd

CHUNK = 1 << 20
NAME = re.compile(r"^[0-9a-f]{64}\Z")


class Bad(ValueError):
    pass


def names(folder, vault="evidence"):
    """Digests of all objects that are there."""
    root = os.path.join(folder, vault, "sha256")
    if not files.isdir(root):
        return []
    return sorted(name for part in files.listdir(root) if files.isdir(os.path.join(root, part))
                  for name in files.listdir(os.path.join(root, part)) if NAME.match(name))


def path_of(digest, vault="evidence"):
    return os.path.join(vault, "sha256", digest[:2], digest)


def _unpack_by_library(packed, size):
    """Exactly one frame, and never more than it is said to hold: a few bytes can say that they are gigabytes."""
    stream = _own.ZstdDecompressor()
    plain = stream.decompress(packed, size + 1)
    if not stream.eof or stream.unused_data:
        raise Bad("no frame of that size alone")
    return plain


def _unpack(packed, size):
    try:
        zstd.check_header(packed, size)
        plain = _unpack_by_library(packed, size) if _own else zstd.decompress(packed, size)
    except Exception as problem:  # whatever a library makes of damaged bytes
        raise Bad("a chunk does not unpack: %s" % problem) from None
    if len(plain) != size:
        raise Bad("a chunk of another size")
    return plain


def has_key(folder, digest):
    """Whether the wrapped key of an encrypted object is there."""
    try:
        return files.is_plain(os.path.join(folder, "evidence", "keys", digest + ".key"))
    except FileNotFoundError:
        return False


def verify(folder, digest, container=None, vault="evidence"):
    """Reads one object to its end. Raises Bad with what is wrong, FileNotFoundError when it is missing.

    container: of an encrypted object, as the ledger names it; its stored bytes are told by it, what they say is not read.
    """
    path = os.path.join(folder, path_of(digest, vault))
    if not files.is_plain(path):
        raise Bad("not a plain file")
    if os.path.lexists(path) and os.lstat(path).st_nlink > 1:
        raise Bad("the file has a second name (hard link)")
    whole = files.getsize(path)
    with files.reading(path) as stream:
        header = stream.read(12)
        is_encrypted = header[:8] == b"CORDEVE1"
        if whole < 64 or header[8:] != CHUNK.to_bytes(4, "big") or header[:8] not in (b"CORDEVD1", b"CORDEVE1"):
            raise Bad("not an evidence object")
        stream.seek(whole - 52)
        footer = stream.read(52)
        size, count = int.from_bytes(footer[:8], "big"), int.from_bytes(footer[8:12], "big")
        if footer[44:] != b"CORDEVDZ" or count != -(-size // CHUNK) or 64 + 36 * count > whole:
            raise Bad("not an evidence object")
        stream.seek(whole - 52 - 36 * count)
        table = stream.read(36 * count)
        if hashlib.sha256(header + table + footer[:12]).digest() != footer[12:44]:
            raise Bad("the seek table does not verify")
        if container and (not is_encrypted or footer[12:44].hex() != container):
            raise Bad("not the object that was sealed: its container is another")
        rows = [(int.from_bytes(table[at : at + 4], "big"), table[at + 4 : at + 36]) for at in range(0, len(table), 36)]
        if 64 + 36 * count + sum(length for length, _ in rows) != whole:
            raise Bad("the chunks do not fill the file")
        stream.seek(12)
        plain = hashlib.sha256()
        for number, (length, said) in enumerate(rows):
            packed = stream.read(length)
            if hashlib.sha256(packed).digest() != said:
                raise Bad("chunk %d does not verify" % number)
            if not is_encrypted:
                plain.update(_unpack(packed, min(CHUNK, size - number * CHUNK)))
    if not is_encrypted and plain.hexdigest() != digest:
        raise Bad("the bytes do not have the digest that names them")
