"""What entries owe each other. Source: docs/formats/ledger.md, "What the auditor asks of entries" """

import hashlib

from . import acts, canonical, custody, notes, office, undos
from .acts import content_of as _content, listed as _list, obj as _object, text as _text
from .exact import SECOND, exact_time as _time

# docs/formats/verbs.md: the least tier of each verb; what is not here counts as T3
FLOORS = dict.fromkeys(("evidence.collect", "evidence.snapshot", "inventory.read", "activity.watch", "change.open", "change.note"), "T0")
FLOORS.update(dict.fromkeys(("credential.deactivate", "session.revoke", "account.suspend", "workload.isolate", "address.block"), "T1"))
FLOORS.update(dict.fromkeys((
    "policy.detach", "grant.remove", "consent.revoke", "trust.restore", "credential.replace", "secret.add_version", "dependent.update",
    "secret.retire_version", "credential.activate", "account.resume", "workload.release", "address.unblock"), "T2"))
LEAST_APPROVERS = {"T2": 1, "T3": 2, "T4": 2}
TIERS = ("T0", "T1", "T2", "T3", "T4")
TOLERANCE = 5 * 60 * SECOND  # of the approver's clock


def action_digest(action):
    """Digest of an action that is there as canonical text or as an object; None when there is none."""
    if isinstance(action, dict):
        raw = canonical.write(action)
    elif isinstance(action, str):
        raw = action.encode("utf-8", "surrogatepass")
    else:
        return None
    return hashlib.sha256(b"cordon.action.v1\n" + raw).hexdigest()


def _floor(action):
    """The least that an act of that verb needs; an unknown verb, or none, is held to be the gravest."""
    if isinstance(action, str):
        try:
            action = canonical.parse(action.encode("utf-8", "surrogatepass"))
        except canonical.NotCanonical:
            action = None
    return FLOORS.get(_text(_object(action).get("type")), "T3")


class Governance:
    def __init__(self, home=None):
        self.problems = []  # (seq, what)
        self.counts = dict.fromkeys(
            ("decisions", "auto", "approved", "held", "denied", "unexplained", "out_of_mandate", "approvals", "denials",
             "nonce_reuse", "intended", "verified", "failed", "unknown", "signatures", "unknown_signers"), 0)
        self.acts, self.requests_signed = acts.Acts(office.Office(home)), 0
        self.custody = self.acts.custody
        self.allowed, self.undos = {}, undos.Undos()
        self.approved, self.nonces, self.permits = set(), set(), set()
        self.requests, self._holds = {}, True
        self.open, self.open_by = {}, {}  # of acts without an outcome: what they are, by number; numbers by permit and by digest

    def add(self, entry, grown=None):
        """grown: the tree up to this entry; None where the entries before it are not there."""
        data, kind = entry["data"], entry["type"]
        step = {
            "decision": self._decision, "approval.requested": self._request,
            "approval.granted": self._approval, "approval.denied": self._approval, "action.intended": self._intend,
            "approval.ended": self._ended, "approval.void": self._ended, "step.settled": self._settled,
            "outcome.verified": self._outcome, "outcome.failed": self._outcome, "outcome.unknown": self._outcome,
        }.get(kind)
        wrong = self.acts.add(entry, grown)
        self._holds = not wrong
        if wrong:
            self._problem(entry, wrong)
        wrong = self.undos.add(entry)
        if wrong:
            self._problem(entry, wrong)
        self.counts["signatures"] = self.requests_signed + self.acts.signatures()
        self.counts["unknown_signers"] = self.acts.unknown()
        if step:
            step(entry, data)
        if kind != "approval.requested" and _object(data.get("desk")).get("event") == "asked":
            self._problem(entry, "only the agent's signed request asks for approvals")
        owner = self.acts.people.accountable.get(entry["mandate"])
        if owner and "accountable" in data and data["accountable"] != owner:
            self._problem(entry, "somebody is said to be accountable whom the mandate does not name")
        if isinstance(data.get("digest"), str):
            computed = action_digest(data.get("action"))
            if computed is not None and computed != data["digest"]:
                self._problem(entry, "the action does not have the digest that the entry gives it")

    def _problem(self, entry, what):
        self.problems.append((entry["seq"], what))

    def _ended(self, entry, data):
        request = self.requests.get(_text(_object(data.get("desk")).get("request")))
        if request is not None:
            request["ended"] = True

    def _settled(self, entry, data):
        if _object(data.get("outcome")).get("state") == "verified":
            self.undos.stands(action_digest(data.get("action")), _text(data.get("step")))

    def _decision(self, entry, data):
        decision = _object(data.get("decision"))
        effect, digest = decision.get("effect"), _text(decision.get("digest"))
        self.counts["decisions"] += 1
        if effect == "allow":
            by_people = entry["actor"]["kind"] == "person" or digest in self.approved
            self.counts["approved" if by_people else "auto"] += 1
            if data.get("undo") is True:
                wrong = self.undos.allow(entry, digest)
                if wrong:
                    self._problem(entry, wrong)
            else:
                self.allowed[digest] = _text(decision.get("tier"))
        else:
            if data.get("undo") is True:
                self.undos.refuse(digest)
            else:
                self.allowed.pop(digest, None)
            self.counts["held" if effect == "hold" else "denied"] += 1
        if not _list(decision.get("clauses")):
            self.counts["unexplained"] += 1

    def _request(self, entry, data):
        try:
            note, content = _content(_text(data.get("text")))
        except (notes.Malformed, canonical.NotCanonical):
            note, content = None, None
        content = _object(content)
        if note is None or not _text(content.get("request")) or content["request"] != data.get("request"):
            self._problem(entry, "the request's text cannot be read")
            return
        agent_key = self.acts.people.agent_key
        if agent_key is not None:
            self.requests_signed += 1
            if not custody.signed_once(note, _text(content.get("agent")), agent_key):
                self._problem(entry, "the request is not signed by the agent")
        if data.get("desk") is not None:
            desk = _object(data["desk"])
            told = dict(_object(desk.get("request")), agent=content.get("agent"))
            if desk.get("event") != "asked" or told != content:
                self._problem(entry, "the request is not the one that the agent signed")
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
            "incident": _text(content.get("incident")), "action": content.get("action_digest"), "render": render, "used": False, "ended": False, "approvers": set(),
            "commander": _object(content.get("needs")).get("commander") is True, "has_commander": False,
            "requester": _text(content.get("requester")), "tier": _text(content.get("tier")),
            "issued": _time(content.get("issued")), "approve_by": _time(content.get("approve_by")),
            "needed": needed if isinstance(needed, int) else 0, "nonces": {_text(n) for n in _list(content.get("nonces"))},
        }

    def _approval(self, entry, data):
        approval = _object(data.get("approval"))
        self.counts["approvals"] += approval.get("decision") == "approve"
        nonce, digest = _text(approval.get("nonce")), approval.get("action_digest")
        if nonce in self.nonces:
            self.counts["nonce_reuse"] += 1
            self._problem(entry, "an approval's nonce was given before")
            return
        self.nonces.add(nonce)
        is_approval = approval.get("decision") == "approve"
        if is_approval != (entry["type"] == "approval.granted") or _text(entry["actor"].get("id")) != _text(approval.get("approver")):
            self._problem(entry, "an approval or denial that the entry calls another, or another person's")
            return
        request = self.requests.get(_text(data.get("request")))
        if request is None:
            if "request" in data:
                self._problem(entry, "an approval without a request")
            return
        if nonce not in request["nonces"]:
            self._problem(entry, "an approval of something other than was asked: nonce")
            return
        if not self._holds:
            return
        if approval.get("decision") != "approve":
            self.counts["denials"] += 1
            request["ended"] = True
            return
        self._count(entry, data, approval, request)
        self.approved.add(digest)

    def _count(self, entry, data, approval, request):
        approver, issued = _text(approval.get("approver")), _time(approval.get("issued"))
        if request["ended"] or request["used"]:
            self._problem(entry, "an approval of a request that had ended")
        if request["requester"] and request["requester"] == approver:
            self._problem(entry, "an approval by the person who asked for it")
        if (issued is None or request["issued"] is None or request["approve_by"] is None
                or issued < request["issued"] - TOLERANCE or issued >= request["approve_by"]):
            self._problem(entry, "an approval that was not signed in the request's time")
        try:
            key, roles = self.acts.people.find(approver, _object(data.get("desk")).get("key"), entry["ts"])
        except acts.Wrong:
            key, roles = approver, set()
        request["approvers"].add(key)  # one key under two names is one approver
        request["has_commander"] |= roles is None or "commander" in roles

    def _intend(self, entry, data):
        digest, permit = _text(data.get("digest")), _text(data.get("permit"))
        is_undo = data.get("undo") is True
        self.counts["intended"] += 1
        self.open[entry["seq"]] = permit, digest, is_undo, _text(data.get("step")), entry["actor"]
        for key in (("permit", permit), ("digest", digest)):
            self.open_by.setdefault(key, {})[entry["seq"]] = None
        if action_digest(data.get("action")) is None:
            self._problem(entry, "an action that the entry does not show")
        if is_undo:
            self._undo(entry, digest)
            return
        said = _text(data.get("tier"))
        is_allowed, decided = digest in self.allowed, self.allowed.pop(digest, said)  # one leave, one act
        if not is_allowed:
            self.counts["out_of_mandate"] += 1
            self._problem(entry, "an action without a decision that allows it")
        if permit and permit in self.permits:
            self._problem(entry, "a permit that was used before")
        self.permits.add(permit)
        if said != decided:
            self._problem(entry, "an action of another tier than was decided")
        tier = max(said if said in TIERS else "T3", decided if decided in TIERS else "T3", _floor(data.get("action")))
        self._use(entry, self.requests.get(_text(_object(data.get("desk")).get("request"))), digest, tier)

    def _undo(self, entry, digest):
        if not self.undos.use(entry, digest):
            self.counts["out_of_mandate"] += 1
            self._problem(entry, "an undo without a decision that allows it")
        if not self.undos.is_standing(digest, _text(entry["data"].get("step"))):
            self._problem(entry, "an undo of something that was not done")

    def _use(self, entry, request, digest, tier):
        least = LEAST_APPROVERS.get(tier, 0)
        if request is None:
            if least:
                self._problem(entry, "an action of tier %s without approvals" % tier)
            return
        if request["used"]:
            self._problem(entry, "approvals that were used before")
        elif request["ended"]:
            self._problem(entry, "approvals of a request that had ended")
        request["used"] = True
        self.undos.confirm(request["incident"])
        if request["action"] != digest:
            self._problem(entry, "approvals that were given for another action")
        if request["tier"] < tier:
            self._problem(entry, "approvals that were asked for as another tier")
        if len(request["approvers"]) < max(request["needed"], least):
            self._problem(entry, "an action with fewer approvers than were asked for")
        elif request["commander"] and self.acts.people.is_anybody() and not request["has_commander"]:
            self._problem(entry, "an action that no commander approved")

    def _outcome(self, entry, data):
        permit, digest = _text(data.get("permit")), _text(data.get("digest"))
        numbers = self.open_by.get(("permit", permit) if permit else ("digest", digest))
        if not numbers:
            self._problem(entry, "an outcome without an action")
            return
        number = next(iter(numbers))
        own_permit, own_digest, is_undo, step, actor = self.open.pop(number)
        for key in (("permit", own_permit), ("digest", own_digest)):
            del self.open_by[key][number]
            if not self.open_by[key]:
                del self.open_by[key]
        if entry["actor"]["kind"] == "person" and entry["actor"] != actor:
            self._problem(entry, "an outcome in the name of somebody else than who began it")
        if not is_undo and isinstance(_object(data.get("outcome")).get("undo_record"), dict):
            self.undos.stands(digest, step)  # in part, or perhaps: what is there can be taken back
        if entry["type"] == "outcome.verified":
            (self.undos.is_gone if is_undo else self.undos.stands)(digest, step)
        self.counts[entry["type"].partition(".")[2]] += 1
