"""What people did with evidence, beside what they signed. Source: docs/formats/ledger.md, "What the auditor asks of entries" """

from . import canonical, notes
from .exact import SECOND, exact_time

COMMANDS = {
    "evidence.sealed": "exhibit-add", "evidence.held": "evidence-hold", "evidence.released": "evidence-release",
    "evidence.transferred": "evidence-transfer", "evidence.received": "evidence-receive", "evidence.erased": "evidence-erase"}
FOR_SITTINGS = ("sign-in", "sign-out", "note", "assign", "skip", "ask-again", "add-sources", "follow", "stop-following", "exhibit-add", "evidence-hold",
                "merge", "split", "move", "undo-arrangement", "close", "reopen", "inventory-import", "indicators-import")
COMMAND, PRESENCE = "cordon.command.v1\n", "cordon.presence.v1\n"
LONGEST, TOLERANCE = 12 * 3600 * SECOND, 60 * SECOND


class Wrong(ValueError):
    pass


def _text(value):
    return value if isinstance(value, str) else ""


def _list(value):
    return value if isinstance(value, list) else []


def _block(text, head):
    """The note of a text block and the object in it."""
    try:
        note = notes.Note(text.encode("utf-8", "surrogatepass"))
        content = canonical.parse(notes.base64_bytes("".join(note.text.split("\n")[1:])))
    except (notes.Malformed, canonical.NotCanonical):
        raise Wrong("the order cannot be read") from None
    if not note.text.startswith(head) or not isinstance(content, dict):
        raise Wrong("the order cannot be read")
    return note, content


def signed_once(note, person, key):
    return [name for name, _, _ in note.signatures].count(person) == 1 and note.is_signed_by(person, key)


def _session_key(text, person, key, origin, order):
    note, leave = _block(text, PRESENCE)
    if not signed_once(note, person, key):
        raise Wrong("an order by a sitting that the person did not sign")
    begun, issued = exact_time(leave.get("issued")), exact_time(order.get("issued"))
    if leave.get("person") != person or leave.get("case") != origin or begun is None:
        raise Wrong("an order by a sitting of another person or case")
    if order.get("command") not in FOR_SITTINGS or issued is None or not begun - TOLERANCE <= issued <= begun + LONGEST:
        raise Wrong("an order that takes the person's own signature")
    try:
        return notes.public_key(leave.get("session_key")), _text(leave.get("nonce"))
    except notes.Malformed:
        raise Wrong("an order by a sitting of another person or case") from None


def read_order(text, person, key, origin):
    """The order of an entry and the sitting that signed it; raises Wrong."""
    command, seam, leave = text.partition("\n" + PRESENCE)
    note, order = _block(command + "\n" if seam else command, COMMAND)
    sitting = ""
    if seam:
        key, sitting = _session_key(PRESENCE + leave, person, key, origin, order)
    if not signed_once(note, person, key):
        raise Wrong("the order's signature does not verify")
    if order.get("person") != person or order.get("case") != origin:
        raise Wrong("an order of another person or for another case")
    return order, sitting


class Custody:
    def __init__(self):
        self.counts = {"signed": 0, "unknown_signers": 0, "transfers": 0, "received": 0}
        self.origin, self.exhibits = "", 0
        self.items, self.transfers = {}, {}
        self.nonces, self.ended = set(), set()

    def add(self, entry, people, known=None):
        """Raises Wrong with what is wrong with an entry.

        people: keys by name, of an exercise; known: who counts in a real case (acts.People)"""
        data, kind = entry["data"], entry["type"]
        if kind == "ledger.genesis":
            self.origin = _text(data.get("origin"))
        elif kind == "person.signed_out":
            self.ended.add(_text(data.get("sitting")))
        if kind not in COMMANDS:
            return
        if kind == "evidence.sealed" and data.get("kind") != "exhibit":
            for member in ("digest", "packed_digest"):
                self._item_of(_text(data.get(member)))
            return
        order, sitting = read_order(_text(data.get("order")), entry["actor"]["id"], self._key(entry, people, known), self.origin)
        if order.get("command") != COMMANDS[kind]:
            raise Wrong("an order for something else")
        nonce = _text(order.get("nonce"))
        if nonce in self.nonces:
            raise Wrong("an order that was used before")
        self.nonces.add(nonce)
        if sitting in self.ended:
            raise Wrong("an order by a sitting that had ended")
        self.counts["signed"] += 1
        args = order.get("args") if isinstance(order.get("args"), dict) else {}
        {"evidence.sealed": self._exhibit, "evidence.transferred": self._transfer,
         "evidence.received": self._receipt}.get(kind, self._item)(entry, data, args, people)

    def _key(self, entry, people, known):
        person = entry["actor"]["id"]
        if entry["actor"]["kind"] != "person":
            raise Wrong("evidence was handled by nobody")
        if people:
            if person not in people:
                raise Wrong("evidence was handled by somebody who is not among the people")
            return people[person]
        try:
            key = notes.public_key(entry["data"].get("key"))
        except notes.Malformed:
            raise Wrong("an order without the key that signed it") from None
        try:
            is_told = known is None or known.is_exercise or known.find(person, entry["data"]["key"], entry["ts"])[1] is None
        except ValueError:
            raise Wrong("an order under a key that was not that person's at the time") from None
        self.counts["unknown_signers"] += is_told  # whose key it was, the installation knows that began the case
        return key

    def _exhibit(self, entry, data, args, people):
        name = _text(args.get("name"))
        is_plain = all(" " <= letter <= "~" for letter in name)
        if (args.get("digest") != data.get("digest") or args.get("note") != data.get("note")
                or (args.get("hold") is True) != (data.get("hold") is True) or (is_plain and name != _text(data.get("name")))):
            raise Wrong("an exhibit other than the person signed for")
        item = self._item_of(_text(data.get("digest")))
        self.exhibits += 1
        if data.get("exhibit") != "EX-%04d" % self.exhibits or item["number"]:
            raise Wrong("an exhibit out of its order")
        item["number"] = data["exhibit"]
        item["held"] = item["held"] or data.get("hold") is True
        item["holder"] = entry["actor"]["id"]

    def _item(self, entry, data, args, people):
        digest = _text(data.get("digest"))
        if args.get("purpose") != data.get("purpose") or not self._is_named(digest, args.get("item")):
            raise Wrong("another item or purpose than the person signed for")
        if entry["type"] == "evidence.erased":
            if self.items[digest]["held"]:
                raise Wrong("erased while under legal hold")
            return
        self.items[digest]["held"] = entry["type"] == "evidence.held"

    def _transfer(self, entry, data, args, people):
        named, digests = _list(args.get("items")), _list(data.get("digests"))
        if (args.get("to") != data.get("to") or args.get("purpose") != data.get("purpose") or not named
                or len(named) != len(digests) or not all(map(self._is_named, digests, named))):
            raise Wrong("a transfer of other items, to somebody else or for another purpose than the giver signed")
        giver, to = entry["actor"]["id"], _text(data.get("to"))
        if to == giver or (people and to not in people):
            raise Wrong("a transfer to somebody who cannot receive it")
        if data.get("transfer") != "TR-%04d" % (len(self.transfers) + 1):
            raise Wrong("a transfer out of its order")
        self.transfers[data["transfer"]] = {"from": giver, "to": to, "digests": [], "received": False}
        for digest in digests:
            self._check_givable(self.items[digest], giver, people)
            self.items[digest]["way"] = data["transfer"]
            self.transfers[data["transfer"]]["digests"].append(digest)
        self.counts["transfers"] += 1

    def _item_of(self, digest):
        return self.items.setdefault(digest, {"number": "", "held": False, "holder": "", "way": ""})

    def _check_givable(self, item, giver, people):
        """Only who has it hands it over, and not twice at a time, as far as those concerned still count. Who counts in a real
        case the installation knows alone, so there this is not looked at."""
        if item["holder"] not in ("", giver) and item["holder"] in people:
            raise Wrong("handed over by somebody who has not got it")
        if item["way"] and self.transfers[item["way"]]["to"] in people:
            raise Wrong("handed over while it was on its way")

    def _receipt(self, entry, data, args, people):
        if args.get("transfer") != data.get("transfer") or args.get("condition") != data.get("condition"):
            raise Wrong("another transfer or condition than the receiver signed")
        handed = self.transfers.get(_text(data.get("transfer")))
        if handed is None:
            raise Wrong("a transfer was received that nobody handed over")
        if handed["to"] != entry["actor"]["id"] or handed["from"] != data.get("from") or len(handed["digests"]) != data.get("verified"):
            raise Wrong("received by, or from, somebody else than the transfer names, or not all of it")
        if handed["received"]:
            raise Wrong("a transfer that was received before")
        handed["received"] = True
        for digest in handed["digests"]:
            self.items[digest].update(holder=entry["actor"]["id"], way="")
        self.counts["received"] += 1

    def _is_named(self, digest, name):
        """Whether a person could have meant that object by that name."""
        item, name = self.items.get(_text(digest)), _text(name)
        return item is not None and name != "" and (item["number"] == name or (len(name) >= 8 and digest.startswith(name)))
