"""Who counts in a ledger, and that what people are said to have done is what they signed.
Source: docs/formats/ledger.md, "What the auditor asks of entries" """

import binascii
import datetime
import hashlib
import json

from . import canonical, custody, ed25519, notes
from .office import time

FRESH = datetime.timedelta(minutes=10)
COMMANDS = {
    "incident.note": "note", "incident.assigned": "assign", "agent.resumed": "resume", "incident.closed": "close", "incident.reopened": "reopen",
    "incident.merged": "merge", "incident.split": "split", "incident.moved": "move", "incident.arrangement_undone": "undo-arrangement",
    "session.continued": "continue", "step.skipped": "skip", "step.done_elsewhere": "done-elsewhere",
    "step.moved": "step-move", "step.added": "step-add", "step.changed": "step-edit", "step.restored": "step-restore", "lease.extended": "keep",
    "approval.asked_again": "ask-again", "decision": "undo", "source.added": "add-sources", "source.followed": "follow",
    "source.left": "stop-following"}
IMPORTS = {"inventory.imported": "inventory-import", "indicators.imported": "indicators-import"}
EACH = {"continue": "connector", "keep": "step", "add-sources": "source", "follow": "source", "stop-following": "source"}
ALONE = {"incident.note", "incident.assigned", "incident.merged", "incident.split", "incident.moved", "incident.arrangement_undone",
         "session.continued", "step.skipped", "step.moved", "step.added", "step.changed", "step.restored", "step.done_elsewhere", "approval.asked_again", "inventory.imported", "indicators.imported"}


class Wrong(ValueError):
    pass


def text(value):
    return value if isinstance(value, str) else ""


def obj(value):
    return value if isinstance(value, dict) else {}


def listed(value):
    return value if isinstance(value, list) else []


def _number(value):
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def content_of(block):
    """The signed note of a text block and the object in it."""
    note = notes.Note(block.encode("utf-8", "surrogatepass"))
    return note, canonical.parse(notes.base64_bytes("".join(note.text.split("\n")[1:])))


def _is_join_signed_by(person, key, data):
    """Whether the order to join that an entry carries is that person's own."""
    try:
        note, order = content_of(text(data.get("block")))
    except (notes.Malformed, canonical.NotCanonical):
        return False
    order = obj(order)
    return (note.text.startswith("cordon.command.v1\n") and note.is_signed_by(person, key)
            and order.get("command") == "join" and order.get("person") == person
            and order.get("nonce") == text(data.get("nonce")))


class People:
    """In an exercise those of its first mandate and who joined; in a real case those of the installation that began it."""

    def __init__(self, office):
        self.office, self.origin, self.is_exercise, self.is_from_here = office, "", True, False
        self.first, self.revision, self.newest = None, -1, {}
        self.people, self.joined, self.agent_key = {}, {}, None
        self.signatures = self.unknown = 0

    def add(self, entry):
        """Raises Wrong; what is wrong changes nobody."""
        kind, data = entry["type"], entry["data"]
        if kind == "ledger.genesis":
            self.origin, self.is_exercise = text(data.get("origin")), data.get("exercise") is True
            self.is_from_here = "epoch" in data and self.office.began(self.origin)
        elif kind == "mandate.in_force":
            self._mandate(entry, data)
        elif kind == "person.joined":
            self._join(entry["actor"]["id"], data)
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
        self.revision = _number(data.get("revision"))
        self.newest[text(data.get("id"))] = (self.revision, text(data.get("digest")))
        try:
            self.agent_key = notes.public_key(data.get("agent_key"))
        except notes.Malformed:
            pass

    def _check_successor(self, data):
        revision, lower = _number(data.get("revision")), "a mandate whose revision is not above the one that was in force"
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
        content = obj(data.get("content"))
        if hashlib.sha256(b"cordon.mandate.v1\n" + canonical.write(content)).hexdigest() != data.get("digest"):
            raise Wrong("a mandate that is not the one whose digest the entry gives")
        agent, owner = obj(content.get("agent")), obj(content.get("owner"))
        said = (content.get("id"), content.get("revision"), agent.get("id"), agent.get("key"), owner.get("accountable"), owner.get("deputy"))
        if said != tuple(data.get(name) for name in ("id", "revision", "agent", "agent_key", "accountable", "deputy")):
            raise Wrong("a mandate other than the entry says of it")

    def _check_signed(self, entry, data):
        self._check_whole(data)
        try:
            note = notes.Note(text(data.get("note")).encode("utf-8", "surrogatepass"))
        except notes.Malformed:
            raise Wrong("a mandate without its owners' signatures") from None
        if note.text != "cordon.mandate.v1\n%s\nrevision %d\n%s\n" % (text(data.get("id")), _number(data.get("revision")), text(data.get("digest"))):
            raise Wrong("a mandate without its owners' signatures")
        if not self.is_from_here:  # who was an owner, the installation knows alone that began the case
            self.unknown += 1
            return
        needed = max(1, _number(obj(obj(data.get("content")).get("owner")).get("signatures_to_load")))
        names, keys = set(), set()
        for name in {name for name, _, _ in note.signatures} - {text(data.get("agent"))}:
            for key, roles in self.office.of(name, time(entry["ts"])):
                if "owner" in roles and key != self._agents(data) and key not in keys and name not in names and note.is_signed_by(name, key):
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

    def _join(self, person, data):
        try:
            key = notes.public_key(data.get("key"))
        except notes.Malformed:
            raise Wrong("a person's key cannot be read") from None
        self.signatures += 1
        if not _is_join_signed_by(person, key, data):
            raise Wrong("somebody joined without their own signature")
        if person in self.people:
            raise Wrong("somebody joined who was among the people already")
        self.people[person] = self.joined[person] = (key, set(map(text, listed(data.get("roles")))))

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
        roles = [roles for known, roles in self.office.of(person, time(at)) if known == key]
        if not roles:
            raise Wrong("a key that was not that person's at the time")
        return key, set().union(*roles)

    def is_known(self, person, at):
        if self.is_exercise:
            return person in self.people
        return self.is_from_here and bool(self.office.of(person, time(at)))


def _is_plain(value):
    return all(" " <= letter <= "~" and letter != "\\" for letter in value)


def _is_shown(value, shown):
    """What an entry shows of a text is the text itself, unless it holds what is not shown as it is."""
    return not _is_plain(value) or value[:2000] == shown


def _is_same(entry, command, args):
    """What an act has in common with the order that it follows."""
    data = entry["data"]

    def same(*names):
        return all(text(args.get(name)) == text(data.get(name)) for name in names)

    is_incidents = text(args.get("incident")) == text(entry.get("incident"))
    is_steps = text(args.get("step")) != "" and same("step")
    if command == "note":
        return is_incidents and same("text")
    if command == "assign":
        return is_incidents and same("to")
    if command == "resume":
        return set(map(text, listed(data.get("by")))) == {entry["actor"]["id"]}
    if command in ("close", "reopen"):
        return is_incidents and same("reason") and (command == "reopen" or same("verdict"))
    if command in ("merge", "split", "move"):
        return (is_incidents and same("why") and listed(args.get("others")) == listed(data.get("others"))
                and listed(args.get("alerts")) == listed(data.get("alerts")))
    if command == "undo-arrangement":
        return same("order", "why")
    if command == "continue":
        return is_incidents
    if command == "keep":
        until = time(args.get("until"))
        return (until is not None and until == time(data.get("until"))
                and (is_steps or text(args.get("step")) == text(entry.get("incident"))))
    if command in ("add-sources", "follow", "stop-following"):
        return any(_is_shown(text(path), text(data.get("source"))) for path in listed(args.get("paths")))
    if command.startswith("step-"):  # every word of the order, and none that is not in it
        whole = all(json.dumps(args.get(key), sort_keys=True) == json.dumps(data.get(key), sort_keys=True)
                    for key in ("why", "verb", "target", "params", "before", "after", "lease"))
        return whole and (is_steps if "step" in args else is_incidents)
    return is_steps and same(*{"skip": ["why"], "done-elsewhere": ["note"]}.get(command, [])) and (command != "undo" or data.get("undo") is True)


def _is_persons_alone(entry):
    """Acts that nobody but a person does, whatever name stands over them."""
    if entry["type"] == "incident.closed":
        return "verdict" in entry["data"]
    if entry["type"] == "incident.reopened":
        return "reason" in entry["data"]
    return entry["type"] in ALONE


class Orders:
    """Each act follows a command that was taken and says the same, one for each."""

    def __init__(self, people):
        self.people, self.taken, self.nonces, self.ended, self.present = people, [], set(), set(), set()
        self.signatures = self.unknown = 0

    def add(self, entry):
        kind, person = entry["type"], entry["actor"]["id"]
        if kind == "command.taken":
            self._take(entry, entry["data"])
            return
        if kind == "person.signed_out":
            self.ended.add(text(entry["data"].get("sitting")))
        elif kind == "clock.distrusted":
            self.present.clear()
        elif kind == "clock.trusted":
            if entry["actor"]["kind"] != "person" or person not in self.present:
                raise Wrong("a clock that nobody vouched for under their signature")
        if entry["actor"]["kind"] != "person":
            if _is_persons_alone(entry):
                raise Wrong("what only a person does, in the name of somebody else")
        elif kind in IMPORTS:
            self._import(entry, entry["data"])
        elif kind in COMMANDS and not self._use(entry, COMMANDS[kind]):
            if kind.startswith("source.") and not self.people.is_known(person, entry["ts"]):
                return  # where nobody could sign, whoever runs the program brings logs
            raise Wrong("somebody is said to have done what no order of theirs asked for")

    def _take(self, entry, data):
        person, nonce = entry["actor"]["id"], text(data.get("nonce"))
        if nonce in self.nonces:
            raise Wrong("a command that was taken before")
        self.nonces.add(nonce)
        try:
            key, roles = self.people.find(person, data.get("key"), entry["ts"])
            order, sitting = custody.read_order(text(data.get("order")), person, key, self.people.origin)
        except custody.Wrong as problem:
            raise Wrong("a command was taken: " + str(problem)) from None
        self.signatures += 1
        self.unknown += roles is None
        if order.get("command") != data.get("command") or text(order.get("nonce")) != nonce or sitting != text(data.get("sitting")):
            raise Wrong("a command other than the person signed")
        issued, at = time(order.get("issued")), time(entry["ts"])
        if issued is None or at is None or not at - FRESH <= issued <= at + FRESH:
            raise Wrong("a command that was signed at another time than it was taken")
        if sitting and sitting in self.ended:
            raise Wrong("a command by a sitting that had ended")
        if roles is not None and not roles & {"analyst", "commander"}:
            raise Wrong("a command by somebody who has not the role for it")
        if not sitting:
            self.present.add(person)
        if order["command"] in COMMANDS.values() or order["command"] in IMPORTS.values():
            self.taken.append((person, order["command"], obj(order.get("args")), text(data.get("order")), set()))

    def _use(self, entry, command):
        for at, (person, ordered, args, _, used) in enumerate(self.taken):
            if person != entry["actor"]["id"] or ordered != command or not _is_same(entry, command, args):
                continue
            if command not in EACH:
                del self.taken[at]
                return True
            which = text(entry["data"].get(EACH[command]))
            if which not in used:
                used.add(which)
                return True
        return False

    def _import(self, entry, data):
        for at, (person, ordered, args, order, _) in enumerate(self.taken):
            if person == entry["actor"]["id"] and ordered == IMPORTS[entry["type"]] and order == data.get("order"):
                del self.taken[at]
                break
        else:
            raise Wrong("a list that no order of theirs asked for")
        told = text(args.get("as_of"))
        as_of = time(told + "T00:00:00Z" if len(told) == 10 else told)
        is_same = (args.get("digest") == data.get("digest") and _is_shown(text(args.get("source")), text(data.get("source")))
                   and (not text(args.get("name")) or args["name"] == data.get("name")))
        if entry["type"] == "inventory.imported":
            days = args.get("valid_days")
            is_same = (is_same and set(map(text, listed(args.get("authoritative_for")))) == set(map(text, listed(data.get("authoritative_for"))))
                       and (_number(days) if isinstance(days, int) else 30) == _number(data.get("valid_days"))
                       and (not told or (as_of is not None and as_of == time(data.get("as_of")))))
        if not is_same:
            raise Wrong("a list other than the person signed for")


class Acts:
    """All of it: people, orders, approvals' signatures, evidence."""

    def __init__(self, office):
        self.people = People(office)
        self.orders, self.custody = Orders(self.people), custody.Custody()
        self._signatures = self._unknown = 0

    def signatures(self):
        return self._signatures + self.people.signatures + self.orders.signatures

    def unknown(self):
        return self._unknown + self.people.unknown + self.orders.unknown

    def add(self, entry):
        """What is wrong with an entry, None when it holds or is no such act."""
        wrong = None
        for step in (self.people.add, self.orders.add, self._approval, self._handled):
            try:
                step(entry)
            except (Wrong, custody.Wrong) as problem:
                wrong = wrong or str(problem)
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

    def _handled(self, entry):
        keys = {name: known[0] for name, known in self.people.people.items()} if entry["type"].startswith("evidence.") else {}
        self.custody.add(entry, keys, self.people)
        if entry["type"] in ("evidence.released", "evidence.erased"):
            roles = self.people.find(entry["actor"]["id"], entry["data"].get("key"), entry["ts"])[1]
            if roles is not None and "commander" not in roles:
                raise Wrong("a legal hold was lifted, or evidence erased, by somebody who is no commander")
