"""Which key signs a ledger's heads from which size on. Source: docs/formats/ledger.md, "Keys" """

from . import notes

TITLE = "cordon.ledger-epoch.v1"
ORDER = "cordon.ledger-revocation.v1\n%s\nrevoked %s\nkey %s\n"
LABELS = ("epoch ", "key ", "previous ", "size ", "root ", "why ")


class Wrong(ValueError):
    """What does not fit in an entry about keys."""


def _count(text):
    number = notes.count(text)
    if number is None:
        raise Wrong("the epoch certificate cannot be read")
    return number


def _signed_once(note, name, key):
    return sum(1 for who, _, _ in note.signatures if who == name) == 1 and note.is_signed_by(name, key)


class Certificate:
    """What puts a log key in force; nothing of it is verified. Raises Wrong when it cannot be read."""

    def __init__(self, raw):
        try:
            self.note = notes.Note(raw.encode("utf-8", "surrogatepass"))
            lines = self.note.text.split("\n")
            if len(lines) != 9 or lines[8] or lines[0] != TITLE or any(
                    not line.startswith(label) for line, label in zip(lines[2:8], LABELS)):
                raise Wrong("the epoch certificate cannot be read")
            self.origin = lines[1]
            epoch, self.key_text, self.previous_text, size, root, self.why = (
                line[len(label):] for line, label in zip(lines[2:8], LABELS))
            self.key = notes.public_key(self.key_text)
            self.previous = None if self.previous_text == "-" else notes.public_key(self.previous_text)
            self.root = notes.base64_bytes(root)
        except notes.Malformed:
            raise Wrong("the epoch certificate cannot be read") from None
        self.epoch, self.size = _count(epoch), _count(size)
        if self.epoch < 1 or len(self.root) != 32 or self.why not in ("first", "age", "asked", "revoked"):
            raise Wrong("the epoch certificate cannot be read")


def check_signers(one, genesis):
    """Exactly those who have to signed a certificate. Raises Wrong."""
    signers = [("root", genesis), ("next", one.key)]
    if one.previous is not None and one.why != "revoked":
        signers.append(("previous", one.previous))
    if len(one.note.signatures) != len(signers) or not all(_signed_once(one.note, *who) for who in signers):
        raise Wrong("the epoch certificate is not signed by who has to")


def _owners_in(lines):
    """Owners of the installation that an order names below its own lines; none when they are written in another way."""
    owners = {}
    for line in lines[:-1].split("\n"):
        word, _, rest = line.partition(" ")
        person, _, key = rest.partition(" ")
        try:
            if word != "owner" or (owners and person <= max(owners)) or not person:
                return {}
            owners[person] = notes.public_key(key)
        except notes.Malformed:
            return {}
    return owners


class Keys:
    def __init__(self):
        self.origin, self.genesis, self.epoch = "", None, 0
        self.in_force = []  # (smallest size that it signs, key)
        self.owners, self.witnesses = {}, {}
        self.rotations = self.revoked = 0

    def at(self, size):
        """The key under which a head of that many entries has to be signed, or None."""
        found = None
        for begin, key in self.in_force:
            if begin <= size:
                found = key
        return found

    def take(self, entry, root):
        """Takes the next entry; `root` gives the tree's root over those before it. Raises Wrong."""
        data, kind = entry["data"], entry["type"]
        if entry["seq"] == 0:
            self._genesis(entry, root)
        elif kind == "mandate.in_force":
            self._people(data)
        elif kind == "person.joined":
            self._witness(entry["actor"]["id"], data.get("key"))
        elif kind in ("ledger.epoch", "ledger.key_revoked"):
            self._certificate(entry, data.get("certificate"), root)

    def _genesis(self, entry, root):
        data = entry["data"]
        try:
            self.genesis = notes.public_key(data.get("public_key"))
        except notes.Malformed:
            raise Wrong("the genesis names no key") from None
        if entry["type"] != "ledger.genesis":
            raise Wrong("the first entry is not a genesis")
        self.origin = data.get("origin")
        if "epoch" in data:
            self._certificate(entry, data["epoch"], root)
        else:
            self.in_force.append((1, self.genesis))

    def _certificate(self, entry, raw, root):
        one = Certificate(raw if isinstance(raw, str) else "")
        before = self.in_force[-1][1] if self.in_force else None
        if (one.origin != self.origin or one.epoch != self.epoch + 1 or one.size != entry["seq"] or one.root != root()
                or (one.why == "first") != (entry["seq"] == 0) or one.previous != before
                or (one.why == "revoked") != (entry["type"] == "ledger.key_revoked")):
            raise Wrong("the epoch certificate does not belong here")
        if one.key == self.genesis or any(key == one.key for _, key in self.in_force):
            raise Wrong("the epoch certificate brings back an old key")
        check_signers(one, self.genesis)
        if one.why == "revoked":
            self._check_order(one, entry["data"].get("order"))
            self.revoked += 1
        elif one.why != "first":
            self.rotations += 1
        self.in_force.append((entry["seq"] + 1, one.key))
        self.epoch = one.epoch

    def _check_order(self, one, raw):
        try:
            note = notes.Note(raw.encode("utf-8", "surrogatepass") if isinstance(raw, str) else b"")
        except notes.Malformed:
            raise Wrong("the revocation is not signed by enough owners") from None
        head = ORDER % (self.origin, one.previous_text, one.key_text)
        named = note.text[len(head):]
        owners = _owners_in(named) if named else self.owners
        signed = sum(1 for name, key in owners.items() if _signed_once(note, name, key))
        if not note.text.startswith(head) or signed < max(1, min(2, len(owners))):
            raise Wrong("the revocation is not signed by enough owners")

    def _witness(self, person, text):
        """Every key that a person was known by counts for the heads that they cosigned."""
        try:
            key = notes.public_key(text)
        except notes.Malformed:
            return None
        name = person[len("user:"):] if person.startswith("user:") else person
        self.witnesses.setdefault("cordon.local/approver/" + name, []).append(key)
        return key

    def _people(self, data):
        self.owners = {}
        people = data.get("people") if isinstance(data.get("people"), dict) else {}
        for person in people.get("people") if isinstance(people.get("people"), list) else []:
            person = person if isinstance(person, dict) else {}
            roles = person.get("roles") if isinstance(person.get("roles"), list) else []
            if person.get("revoked") is True or not isinstance(person.get("id"), str):
                continue
            key = self._witness(person["id"], person.get("key"))
            if key is not None and "owner" in roles:
                self.owners[person["id"]] = key
