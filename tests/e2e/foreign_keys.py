"""Makes a sealed incident again under keys of its own, as somebody without any key of the ledger's owner can: entries are changed
at will, every proof, head, list and manifest fits, and the genesis entry still names the owner's key."""
import hashlib
import json
import os
import zlib

from ledger_check import canonical, ed25519, notes, proof, sealed, tree
from ledger_check.notes import key_id

import base64


def _b64(raw):
    return base64.b64encode(raw).decode()


class Key:
    """An Ed25519 key (RFC 8032 section 5.1.5 and 5.1.6)."""

    def __init__(self, seed=None):
        digest = hashlib.sha512(seed or os.urandom(32)).digest()
        self._scalar = int.from_bytes(digest[:32], "little") & ((1 << 254) - 8) | 1 << 254
        self._prefix = digest[32:]
        self.public = self._times(self._scalar)

    @staticmethod
    def _times(factor):
        x, y, z, _ = ed25519._multiply(factor, ed25519._BASE)
        inverse = pow(z, ed25519.P - 2, ed25519.P)
        x, y = x * inverse % ed25519.P, y * inverse % ed25519.P
        return (y | (x & 1) << 255).to_bytes(32, "little")

    def sign(self, message):
        nonce = int.from_bytes(hashlib.sha512(self._prefix + message).digest(), "little") % ed25519.L
        point = self._times(nonce)
        challenge = int.from_bytes(hashlib.sha512(point + self.public + message).digest(), "little") % ed25519.L
        return point + ((nonce + challenge * self._scalar) % ed25519.L).to_bytes(32, "little")

    def note(self, name, text):
        return "%s\n\u2014 %s %s\n" % (text, name, _b64(key_id(name, self.public) + self.sign(text.encode())))


def _proof(key, origin, index, size, entry):
    """A proof with invented neighbours, under a head of its own."""
    hashes = next([bytes(32)] * count for count in range(64) if proof._root(tree.leaf(entry), index, size, [bytes(32)] * count))
    root = proof._root(tree.leaf(entry), index, size, hashes)
    head = key.note(origin, "%s\n%d\n%s\n" % (origin, size, _b64(root)))
    extra = _b64(canonical.write({"entry": entry.decode()}))
    return "".join(["c2sp.org/tlog-proof@v1\nextra %s\nindex %d\n" % (extra, index)]
                   + [_b64(one) + "\n" for one in hashes] + ["\n", head]).encode()


def forge(source, target, replaced, by):
    """Writes the sealed incident `source` as `target`, with one text replaced by another of its length in all entries but the first."""
    whole, key, parts = sealed.Sealed(source), Key(), {}
    with open(source, "rb") as stream:
        for part in whole.parts[:-2]:
            parts[part[0]] = whole._bytes(stream, part)
    said = dict(whole.manifest)
    for name in [name for name in parts if name.startswith("entries/") and name.endswith(".json")]:
        entry = json.loads(parts[name])
        if entry["seq"]:
            parts[name] = parts[name].replace(replaced, by)
        parts[name[:-5] + ".tlog-proof"] = _proof(key, said["origin"], entry["seq"], said["entries"], parts[name])
    listed = "".join("%s  %d  %s\n" % (hashlib.sha256(raw).hexdigest(), len(raw), name) for name, raw in parts.items()).encode()
    said.update(key="ed25519:" + _b64(key.public), list=hashlib.sha256(listed).hexdigest(), bytes=sum(map(len, parts.values())))
    parts[sealed.LIST] = listed
    parts[sealed.MANIFEST] = key.note(said["origin"], canonical.write(said).decode() + "\n").encode()
    content, rows = b"", b""
    for name, raw in parts.items():
        rows += sealed._row(name.encode(), len(raw), zlib.crc32(raw), len(content))
        content += sealed._local(name.encode(), len(raw), zlib.crc32(raw)) + raw
    with open(target, "wb") as stream:
        stream.write(content + rows + sealed._end(len(parts), len(content), len(rows)))
