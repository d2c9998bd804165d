"""What entries owe each other. Source: docs/formats/ledger.md, "What the auditor asks of entries" """

import binascii
import hashlib

from . import canonical, custody, ed25519, notes

NEEDS_PEOPLE = ("T2", "T3", "T4")


def _text(value):
    return value if isinstance(value, str) else ""


def _object(value):
    return value if isinstance(value, dict) else {}


def _list(value):
    return value if isinstance(value, list) else []


def action_digest(action):
    """Digest of an action that is there as canonical text or as an object; None when there is none."""
    if isinstance(action, dict):
        raw = canonical.write(action)
    elif isinstance(action, str):
        raw = action.encode("utf-8", "surrogatepass")
    else:
        return None
    return hashlib.sha256(b"cordon.action.v1\n" + raw).hexdigest()


def _content(text):
    """The signed note of a text block and the object in it."""
    note = notes.Note(text.encode("utf-8", "surrogatepass"))
    encoded = "".join(note.text.split("\n")[1:])
    return note, canonical.parse(notes.base64_bytes(encoded))


def _is_join_signed_by(person, key, data):
    """Whether the order to join that an entry carries is that person's own."""
    try:
        note, order = _content(_text(data.get("block")))
    except (notes.Malformed, canonical.NotCanonical):
        return False
    order = _object(order)
    return (note.text.startswith("cordon.command.v1\n") and note.is_signed_by(person, key)
            and order.get("command") == "join" and order.get("person") == person
            and order.get("nonce") == _text(data.get("nonce")))


class Governance:
    def __init__(self):
        self.problems = []  # (seq, what)
        self.counts = dict.fromkeys(
            ("decisions", "auto", "approved", "held", "denied", "unexplained", "out_of_mandate", "approvals",
             "nonce_reuse", "intended", "verified", "failed", "unknown", "signatures"), 0)
        self.custody = custody.Custody()
        self.agent_key = None
        self.people, self.joined = {}, {}
        self.allowed, self.approved, self.nonces, self.permits = set(), set(), set(), set()
        self.requests = {}
        self.open = []

    def add(self, entry):
        data, kind = entry["data"], entry["type"]
        step = {
            "mandate.in_force": self._mandate, "person.joined": self._join, "person.left": self._leave, "decision": self._decision, "approval.requested": self._request,
            "approval.granted": self._approval, "approval.denied": self._approval, "action.intended": self._intend,
            "outcome.verified": self._outcome, "outcome.failed": self._outcome, "outcome.unknown": self._outcome,
        }.get(kind)
        if step:
            step(entry, data)
        try:
            self.custody.add(entry, self.people)
        except custody.Wrong as problem:
            self._problem(entry, str(problem))
        if isinstance(data.get("digest"), str):
            computed = action_digest(data.get("action"))
            if computed is not None and computed != data["digest"]:
                self._problem(entry, "the action does not have the digest that the entry gives it")

    def _problem(self, entry, what):
        self.problems.append((entry["seq"], what))

    def _mandate(self, entry, data):
        try:
            self.agent_key = notes.public_key(data.get("agent_key"))
        except notes.Malformed:
            pass
        self.people = dict(self.joined)
        for person in _list(_object(data.get("people")).get("people")):
            person = _object(person)
            try:
                key = notes.public_key(person.get("key"))
            except notes.Malformed:
                self._problem(entry, "a person's key cannot be read")
                continue
            if person.get("revoked") is not True:
                self.people[_text(person.get("id"))] = key
            else:
                self.people.pop(_text(person.get("id")), None)

    def _join(self, entry, data):
        person = entry["actor"]["id"]
        try:
            key = notes.public_key(data.get("key"))
        except notes.Malformed:
            self._problem(entry, "a person's key cannot be read")
            return
        if "block" in data:
            self.counts["signatures"] += 1
            if not _is_join_signed_by(person, key, data):
                self._problem(entry, "somebody joined without their own signature")
                return
        if person in self.people:
            self._problem(entry, "somebody joined who was among the people already")
            return
        self.people[person] = self.joined[person] = key

    def _leave(self, entry, data):
        person = _text(data.get("person"))
        if self.joined.pop(person, None) is None:
            self._problem(entry, "somebody left who had not joined")
            return
        self.people.pop(person, None)

    def _decision(self, entry, data):
        decision = _object(data.get("decision"))
        effect, digest = decision.get("effect"), _text(decision.get("digest"))
        self.counts["decisions"] += 1
        if effect == "allow":
            by_people = entry["actor"]["kind"] == "person" or digest in self.approved
            self.counts["approved" if by_people else "auto"] += 1
            self.allowed.add(digest)
        else:
            self.allowed.discard(digest)
            self.counts["held" if effect == "hold" else "denied"] += 1
        if not _list(decision.get("clauses")):
            self.counts["unexplained"] += 1

    def _request(self, entry, data):
        try:
            note, content = _content(_text(data.get("text")))
        except (notes.Malformed, canonical.NotCanonical):
            note, content = None, None
        content = _object(content)
        if note is None or content.get("request") != data.get("request"):
            self._problem(entry, "the request's text cannot be read")
            return
        if self.agent_key is not None:
            self.counts["signatures"] += 1
            if not note.is_signed_by(_text(content.get("agent")), self.agent_key):
                self._problem(entry, "the request is not signed by the agent")
        render = hashlib.sha256(_text(content.get("render")).encode("utf-8", "surrogatepass")).hexdigest()
        if render != content.get("render_digest"):
            self._problem(entry, "the text shown to approvers does not have the digest that they sign")
        if action_digest(content.get("action")) != content.get("action_digest"):
            self._problem(entry, "the action that approvers see does not have the digest that they sign")
        number = content.get("request")
        if number in self.requests:
            self._problem(entry, "a request number that was used before")
            return
        needed = _object(content.get("needs")).get("approvers")
        self.requests[number] = {
            "action": content.get("action_digest"), "render": render, "used": False, "approvers": set(),
            "needed": needed if isinstance(needed, int) else 0, "nonces": {_text(n) for n in _list(content.get("nonces"))},
        }

    def _check_signature(self, entry, data, approval):
        key = self.people.get(_text(approval.get("approver")))
        if key is None:
            if self.people:
                self._problem(entry, "an approval by somebody who is not among the people")
            return
        self.counts["signatures"] += 1
        try:
            signature = binascii.unhexlify(_text(data.get("signature")))
        except (binascii.Error, ValueError):
            signature = b""
        if not ed25519.verifies(key, b"cordon.approval.v1\n" + canonical.write(approval), signature):
            self._problem(entry, "the approval's signature does not verify")

    def _approval(self, entry, data):
        approval = _object(data.get("approval"))
        self.counts["approvals"] += 1
        self._check_signature(entry, data, approval)
        nonce, digest = _text(approval.get("nonce")), approval.get("action_digest")
        if nonce in self.nonces:
            self.counts["nonce_reuse"] += 1
            self._problem(entry, "an approval's nonce was given before")
            return
        self.nonces.add(nonce)
        request = self.requests.get(data.get("request"))
        if request is None:
            if "request" in data:
                self._problem(entry, "an approval without a request")
            return
        if digest != request["action"] or approval.get("render_digest") != request["render"] or nonce not in request["nonces"]:
            self._problem(entry, "an approval of something other than was asked")
            return
        if approval.get("decision") == "approve":
            request["approvers"].add(_text(approval.get("approver")))
            self.approved.add(digest)

    def _intend(self, entry, data):
        digest, permit = _text(data.get("digest")), _text(data.get("permit"))
        is_undo = data.get("undo") is True
        self.counts["intended"] += 1
        self.open.append((permit, digest, entry["seq"]))
        if digest not in self.allowed:
            self.counts["out_of_mandate"] += 1
            self._problem(entry, "an action without a decision that allows it")
        if is_undo:
            return
        if permit and permit in self.permits:
            self._problem(entry, "a permit that was used before")
        self.permits.add(permit)
        request = self.requests.get(_object(data.get("desk")).get("request"))
        if request is None:
            if data.get("tier") in NEEDS_PEOPLE:
                self._problem(entry, "an action of tier %s without approvals" % data.get("tier"))
            return
        if request["used"]:
            self._problem(entry, "approvals that were used before")
        request["used"] = True
        if request["action"] != digest:
            self._problem(entry, "approvals that were given for another action")
        if len(request["approvers"]) < request["needed"]:
            self._problem(entry, "an action with fewer approvers than were asked for")

    def _outcome(self, entry, data):
        permit, digest = _text(data.get("permit")), _text(data.get("digest"))
        for at, (own_permit, own_digest, _) in enumerate(self.open):
            if (permit and own_permit == permit) or (not permit and own_digest == digest):
                del self.open[at]
                self.counts[entry["type"].partition(".")[2]] += 1
                return
        self._problem(entry, "an outcome without an action")
