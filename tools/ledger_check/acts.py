"""Who counts in a ledger, and that what people are said to have done is what they signed.
Source: docs/formats/ledger.md, "What the auditor asks of entries" """

import binascii
import hashlib

from . import approvals, canonical, custody, ed25519, mandate_text, notes, tree
from .exact import SECOND, exact_time as time
from .orders import Orders, Times
from .values import Wrong, listed, number, obj, text


def content_of(block):
    """The signed note of a text block and the object in it."""
    note = notes.Note(block.encode("utf-8", "surrogatepass"))
    return note, canonical.parse(notes.base64_bytes("".join(note.text.split("\n")[1:])))


FRESH = 10 * 60 * SECOND  # between what the signer's clock says and when the holder took it


def _is_join_signed_by(person, key, entry, people):
    """Whether the order to join that an entry carries is that person's own."""
    data = entry["data"]
    try:
        note, order = content_of(text(data.get("block")))
    except (notes.Malformed, canonical.NotCanonical):
        return False
    order = obj(order)
    return (note.text.startswith("cordon.command.v1\n") and custody.signed_once(note, person, key)
            and order.get("command") == "join" and order.get("person") == person
            and order.get("nonce") == text(data.get("nonce")) and order.get("case") == people.origin
            and people.is_fresh(order, entry))


def _why_not_witnessed(entry, origin, grown):
    """A request names this ledger and a head that it had shortly before, so that whoever approves witnesses that head."""
    try:
        content = obj(content_of(text(entry["data"].get("text")))[1])
    except (notes.Malformed, canonical.NotCanonical):
        return None  # that it cannot be read is said elsewhere
    size, seq = number(content.get("ledger_size")), entry["seq"]
    if "ledger_origin" in content and content["ledger_origin"] != origin:
        return "a request for approvals in another ledger"
    if size < 1 or size > seq or seq - size > tree.REACH:
        return "a request for approvals that names no head of shortly before it"
    root = grown.at(size)
    if root is None or root.hex() != content.get("ledger_root"):
        return "a request for approvals that names another head than the ledger had"
    return None


class People:
    """In an exercise those of its first mandate and who joined; in a real case those of the installation that began it."""

    def __init__(self, office):
        self.office, self.origin, self.is_exercise, self.is_from_here = office, "", True, False
        self.first, self.revision, self.newest = None, -1, {}
        self.people, self.joined, self.agent_key = {}, {}, None
        self.signatures = self.unknown = 0
        self.accountable = {}  # by digest of a mandate
        self.nonces = set()  # of orders to join
        self.latest = 0  # of any entry so far, since a person last vouched for a clock that was set back

    def add(self, entry):
        """Raises Wrong; what is wrong changes nobody."""
        if not entry["type"].startswith("ledger."):
            self.latest = max(time(entry["ts"]), self.latest)
        kind, data = entry["type"], entry["data"]
        if kind == "ledger.genesis":
            self.origin, self.is_exercise = text(data.get("origin")), data.get("exercise") is True
            self.is_from_here = "epoch" in data and self.office.began(self.origin)
        elif kind == "mandate.in_force":
            self._mandate(entry, data)
        elif kind == "person.joined":
            self._join(entry, entry["actor"]["id"], data)
        elif kind == "person.left":
            person = text(data.get("person"))
            if self.joined.pop(person, None) is None:
                raise Wrong("somebody left who had not joined")
            self.people.pop(person, None)

    def _mandate(self, entry, data):
        is_first = self.first is None
        if not is_first:
            self._check_successor(data)
        if not (is_first and self.is_exercise):
            self._check_signed(entry, data)
        elif "content" in data:
            self._check_whole(data)
        if is_first and self.is_exercise:
            self.people = self._read_people(data)
        if is_first:
            self.first = data
        self.revision = number(data.get("revision"))
        self.accountable[text(data.get("digest"))] = text(data.get("accountable"))
        self.newest[text(data.get("id"))] = (self.revision, text(data.get("digest")))
        try:
            self.agent_key = notes.public_key(data.get("agent_key"))
        except notes.Malformed:
            pass

    def _check_successor(self, data):
        revision, lower = number(data.get("revision")), "a mandate whose revision is not above the one that was in force"
        if not self.is_exercise:  # its owners' signatures say which may take over; the same one stands again where people change
            known = self.newest.get(text(data.get("id")))
            if known and revision <= known[0] and (revision, text(data.get("digest"))) != known:
                raise Wrong(lower)
            return
        if revision <= self.revision:
            raise Wrong(lower)
        if data.get("agent") != self.first.get("agent") or data.get("agent_key") != self.first.get("agent_key"):
            raise Wrong("a mandate of another agent")
        if data.get("people") != self.first.get("people"):
            raise Wrong("a mandate that comes with other people or keys")

    def _check_whole(self, data):
        try:
            content = mandate_text.read(text(data.get("text")))
            raw = canonical.write(content)
        except (mandate_text.Unreadable, canonical.NotCanonical):
            raise Wrong("a mandate that is not the one whose digest the entry gives") from None
        content = obj(content)
        if hashlib.sha256(b"cordon.mandate.v1\n" + raw).hexdigest() != data.get("digest"):
            raise Wrong("a mandate that is not the one whose digest the entry gives")
        if "content" in data and canonical.write(data["content"]) != raw:
            raise Wrong("a mandate that says one thing as text and another as content")
        agent, owner = obj(content.get("agent")), obj(content.get("owner"))
        said = (content.get("id"), content.get("revision"), agent.get("id"), agent.get("key"), owner.get("accountable"), owner.get("deputy"))
        if said != tuple(data.get(name) for name in ("id", "revision", "agent", "agent_key", "accountable", "deputy")):
            raise Wrong("a mandate other than the entry says of it")
        return content

    def _check_signed(self, entry, data):
        content = self._check_whole(data)
        try:
            note = notes.Note(text(data.get("note")).encode("utf-8", "surrogatepass"))
        except notes.Malformed:
            raise Wrong("a mandate without its owners' signatures") from None
        if note.text != "cordon.mandate.v1\n%s\nrevision %d\n%s\n" % (text(data.get("id")), number(data.get("revision")), text(data.get("digest"))):
            raise Wrong("a mandate without its owners' signatures")
        if not self.is_from_here:  # who was an owner, the installation knows alone that began the case
            self.unknown += 1
            return
        needed = max(1, number(obj(content.get("owner")).get("signatures_to_load")))
        names, keys = set(), set()
        for name in {name for name, _, _ in note.signatures} - {text(data.get("agent"))}:
            for key, roles in self.office.of(name, self.latest):
                if "owner" in roles and key != self._agents(data) and key not in keys and name not in names and note.is_signed_among(name, key):
                    names.add(name)
                    keys.add(key)
        if len(names) < needed:
            raise Wrong("a mandate that %d of %d owners signed" % (len(names), needed))
        self.signatures += len(names)

    @staticmethod
    def _agents(data):
        try:
            return notes.public_key(data.get("agent_key"))
        except notes.Malformed:
            return None

    def _read_people(self, data):
        people = dict(self.joined)
        for person in map(obj, listed(obj(data.get("people")).get("people"))):
            try:
                key = notes.public_key(person.get("key"))
            except notes.Malformed:
                raise Wrong("a person's key cannot be read") from None
            if person.get("revoked") is not True:
                people[text(person.get("id"))] = (key, set(map(text, listed(person.get("roles")))))
        return people

    def _join(self, entry, person, data):
        try:
            key = notes.public_key(data.get("key"))
        except notes.Malformed:
            raise Wrong("a person's key cannot be read") from None
        self.signatures += 1
        if entry["actor"]["kind"] != "person" or not _is_join_signed_by(person, key, entry, self):
            raise Wrong("somebody joined without their own signature")
        if text(data.get("nonce")) in self.nonces:
            raise Wrong("an order to join that was used before")
        self.nonces.add(text(data.get("nonce")))
        roles = set(map(text, listed(data.get("roles"))))
        if self.is_from_here:  # a key alone is nobody
            known = [their for own, their in self.office.of(person, self.latest) if own == key]
            if not known:
                raise Wrong("somebody joined whom the installation does not know by that key")
            if roles - set().union(*known):
                raise Wrong("somebody joined with a role that they had not")
        else:
            self.unknown += 1
            roles = None
        if person in self.people:
            raise Wrong("somebody joined who was among the people already")
        self.people[person] = self.joined[person] = (key, roles)

    def is_fresh(self, order, entry):
        """Signed within ten minutes of when it was taken, and not for a time before one that the ledger had reached, unless the order
        itself names that time: nobody can have known it before."""
        issued, at = time(order.get("issued")), time(entry["ts"])
        return (issued is not None and at - FRESH <= issued <= at + FRESH
                and (issued >= self.latest - FRESH or self._is_reached(obj(order.get("args")).get("clock"))))

    def _is_reached(self, clock):
        return isinstance(clock, str) and len(clock) == 27 and time(clock) == self.latest

    def trust(self, entry):
        """Somebody vouched for a clock that was set back, naming the time that the ledger had reached."""
        if self._is_reached(entry["data"].get("clock")):
            self.latest = time(entry["ts"])

    def is_anybody(self):
        return not self.is_exercise or bool(self.people)

    def find(self, person, named, at):
        """(key, roles) under which something was signed; roles are None where only the entry says who it is. Raises Wrong."""
        if self.is_exercise:
            if person not in self.people:
                raise Wrong("somebody who is not among the people")
            return self.people[person]
        try:
            key = notes.public_key(named)
        except notes.Malformed:
            raise Wrong("somebody whose key is not named") from None
        if not self.is_from_here:
            return key, None
        roles = [roles for known, roles in self.office.of(person, max(time(at), self.latest)) if known == key]
        if not roles:
            raise Wrong("a key that was not that person's at the time")
        return key, set().union(*roles)

    def is_known(self, person, at):
        if self.is_exercise:
            return person in self.people
        return self.is_from_here and bool(self.office.of(person, max(time(at), self.latest)))


class Acts:
    """All of it: people, orders, approvals' signatures, evidence."""

    def __init__(self, office):
        self.people = People(office)
        self.times, self.orders, self.custody = Times(), Orders(self.people), custody.Custody()
        self._signatures = self._unknown = 0
        self._asked = {}  # by request

    def signatures(self):
        return self._signatures + self.people.signatures + self.orders.signatures

    def unknown(self):
        return self._unknown + self.people.unknown + self.orders.unknown

    def add(self, entry, grown=None):
        """What is wrong with an entry, None when it holds or is no such act."""
        try:
            self.times.add(entry)
        except Wrong as problem:
            return str(problem)  # nothing follows from what was dated back
        wrong = None
        for step in (self.people.add, self._handled, self.orders.add, self._approval):
            try:
                step(entry)
            except (Wrong, custody.Wrong) as problem:
                wrong = wrong or str(problem)
        if entry["type"] == "clock.trusted" and not wrong:
            self.people.trust(entry)
        if entry["type"] == "approval.requested":
            self._ask(entry)
        if entry["type"] == "approval.requested" and grown:
            wrong = wrong or _why_not_witnessed(entry, self.people.origin, grown)
        return wrong

    def _approval(self, entry):
        data = entry["data"]
        if entry["type"] not in ("approval.granted", "approval.denied") or not self.people.is_anybody():
            return
        approval = obj(data.get("approval"))
        try:
            key, roles = self.people.find(text(approval.get("approver")), obj(data.get("desk")).get("key"), entry["ts"])
        except Wrong as problem:
            raise Wrong("an approval by " + str(problem)) from None
        self._signatures += 1
        self._unknown += roles is None
        try:
            signature = binascii.unhexlify(text(data.get("signature")))
        except (binascii.Error, ValueError):
            signature = b""
        if not ed25519.verifies(key, b"cordon.approval.v1\n" + canonical.write(approval), signature):
            raise Wrong("the approval's signature does not verify")
        match = self._asked.get(text(data.get("request")))
        wrong = match and (match.why_not_as_asked(approval) or match.why_not_as_signed(entry, data, (key, roles)))
        if wrong:
            raise Wrong(wrong)

    def _ask(self, entry):
        try:
            content = content_of(text(entry["data"].get("text")))[1]
        except (notes.Malformed, canonical.NotCanonical):
            return
        if isinstance(content, dict) and isinstance(entry["data"].get("request"), str):
            self._asked.setdefault(entry["data"]["request"], approvals.Match(content))

    def _handled(self, entry):
        keys = {name: known[0] for name, known in self.people.people.items()} if entry["type"].startswith("evidence.") else {}
        self.custody.add(entry, keys, self.people)
        if entry["type"] in ("evidence.released", "evidence.erased"):
            roles = self.people.find(entry["actor"]["id"], entry["data"].get("key"), entry["ts"])[1]
            if roles is not None and "commander" not in roles:
                raise Wrong("a legal hold was lifted, or evidence erased, by somebody who is no commander")
