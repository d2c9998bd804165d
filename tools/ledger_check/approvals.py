"""What an approval has in common with the request that it answers, and the entry with both.
Source: docs/formats/ledger.md, "What the auditor asks of entries" """

import base64

from . import canonical, notes
from .custody import signed_once
from .exact import exact_time as time
from .values import listed, obj, text

HEAD = "cordon.approval-reply.v1\n"
TAKEN_OVER = ("v", "action_digest", "render_digest", "tier", "requester", "session", "approve_by", "boot_id", "mono_issued", "ledger_size", "ledger_root")
OWN = ("decision", "approver", "factors", "nonce", "issued")


class Match:
    def __init__(self, request):
        self._asked = {name: request.get(name) for name in TAKEN_OVER}
        self._factors = listed(obj(request.get("needs")).get("factors"))
        self._excluded = obj(request.get("facts")).get("excluded")  # early requests have none
        self._step, self._issued, self._approve_by = text(request.get("step")), time(request.get("issued")), time(request.get("approve_by"))

    def why_not_as_asked(self, approval):
        """How what the person signed differs from what they were asked; None when it does not."""
        if len(approval) != len(TAKEN_OVER) + len(OWN) or any(name not in approval for name in OWN):
            return "an approval that has not the members of one"
        for name in TAKEN_OVER:
            if name not in approval or not _is_equal(approval[name], self._asked[name]):
                return "an approval of something other than was asked: " + name
        if approval["approver"] in listed(self._excluded):
            return "an approval by somebody who had a part in what was asked"
        given = listed(approval["factors"])
        is_strong = all(factor in given or (factor == "totp" and "security_key" in given) for factor in self._factors)
        return None if is_strong or approval["decision"] != "approve" else "an approval without a factor that was asked for"

    def why_not_as_signed(self, entry, data, person):
        """How the entry differs from what was signed; None when it does not. person: (key, roles)."""
        desk = obj(data.get("desk"))
        reply = obj(desk.get("reply"))
        if desk.get("event") != "given" or any(not _is_equal(reply.get(name), data.get(name)) for name in ("approval", "signature", "reason", "request")):
            return "an approval that the entry gives in two ways"
        if "step" in data and text(data["step"]) != self._step:
            return "an approval of another step than was asked about"
        at, noted = time(desk.get("at")), time(data.get("at"))
        if (at is None or self._issued is None or self._approve_by is None or not self._issued <= at < self._approve_by
                or (noted is not None and at > noted)):
            return "an approval that came in at another time than the request's"
        key, roles = person
        if desk.get("key") != "ed25519:" + base64.b64encode(key).decode():
            return "an approval under another key than the entry gives"
        if roles is not None and any(text(role) not in roles for role in listed(desk.get("roles"))):
            return "an approval with a role that its person had not"
        return None if self._excluded is None else _why_not_its_reply(entry, data, reply, key)


def _is_equal(one, other):
    """By value and kind: 1 is not true."""
    return canonical.write(one) == canonical.write(other)


def _why_not_its_reply(entry, data, reply, key):
    """The reason, and what stands beside the approval, is under the person's signature over the whole reply."""
    approver = text(obj(data.get("approval")).get("approver"))
    try:
        note = notes.Note(text(data.get("block")).encode("utf-8", "surrogatepass"))
        said = canonical.parse(notes.base64_bytes("".join(note.text.split("\n")[1:])))
    except (notes.Malformed, canonical.NotCanonical):
        return "an approval without the reply that its person signed"
    if not note.text.startswith(HEAD) or len(note.signatures) != 1 or not signed_once(note, approver, key):
        return "an approval without the reply that its person signed"
    return None if _is_equal(said, reply) else "an approval that says something else than its person signed"
