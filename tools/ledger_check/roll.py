"""The people of an installation as their signed acts made them, one after the other. Source: docs/formats/people.md, "Acts" """

import hashlib
import re

from . import canonical, notes
from .values import listed, obj, text

KINDS = ("enrol", "rekey", "roles", "train", "retire", "free", "pin", "add-key", "remove-key")
ROLES = ("analyst", "commander", "owner", "reviewer")
PERSON = re.compile(r"^user:[a-z0-9][a-z0-9.-]{0,62}\Z", re.ASCII)
HEAD = "cordon.people-act.v1\n"
QUORUM = 2
MOST_KEYS = 8


class Refused(ValueError):
    pass


class Act:
    """An act and the note of its signatures, from the block that was signed. Raises Refused."""

    def __init__(self, block):
        try:
            self.note = notes.Note(block.encode("utf-8", "surrogatepass"))
            raw = notes.base64_bytes("".join(self.note.text.split("\n")[1:]))
            content = canonical.parse(raw)
        except (notes.Malformed, canonical.NotCanonical):
            raise Refused("act_unreadable") from None
        if not self.note.text.startswith(HEAD) or not isinstance(content, dict):
            raise Refused("act_unreadable")
        self.kind, self.person = text(content.get("act")), text(content.get("person"))
        self.basis, self.nonce = text(content.get("basis")), text(content.get("nonce"))
        self.roles, self.issued = list(map(text, listed(content.get("roles")))), text(content.get("issued"))
        self.digest = hashlib.sha256(HEAD.encode() + raw).hexdigest()
        self.token = obj(content.get("security_key"))
        self.credential = text(content.get("credential"))
        try:
            self.key = notes.public_key(content["key"]) if content.get("key") is not None else None
        except (notes.Malformed, KeyError):
            raise Refused("act_unreadable") from None
        is_new = self.kind == "enrol"
        if (content.get("v") != 1 or self.kind not in KINDS or not PERSON.match(self.person) or ".." in self.person
                or not re.match(r"^[0-9a-f]{32}\Z", self.nonce) or not re.match(r"^([0-9a-f]{64})?\Z", self.basis)
                or len(set(self.roles)) != len(self.roles) or not set(self.roles) <= set(ROLES)
                or (self.key is not None) != (is_new or self.kind == "rekey") or bool(self.roles) != (is_new or self.kind == "roles")
                or bool(self.token) != (self.kind == "add-key") or bool(self.credential) != (self.kind == "remove-key")):
            raise Refused("act_unreadable")

    def is_shared(self):
        return self.kind not in ("free", "pin")


class _Person:
    def __init__(self, key, roles):
        self.key, self.roles, self.is_revoked, self.tokens = key, roles, False, {}  # credential -> name

    def is_owner(self):
        return "owner" in self.roles and not self.is_revoked


class Roll:
    def __init__(self):
        self.people, self.installation, self.head = {}, "", ""
        self.heads, self.nonces, self.keys, self.tokens, self.losers = set(), set(), set(), set(), set()

    def apply(self, act):
        """Takes an act in that enough people signed. Raises Refused."""
        self._check_place(act)
        self._check_person(act)
        known = self.people.get(act.person)
        own_key = act.key or (known.key if known else None)
        has_own = own_key is not None and act.note.is_signed_among(act.person, own_key)
        owners = [name for name, one in self.people.items()
                  if name != act.person and one.is_owner() and act.note.is_signed_among(name, one.key)]
        needed = self._owners_needed(act)
        if act.kind in ("retire", "remove-key") and has_own:
            needed = 0
        if act.kind == "roles" and has_own and known.is_owner() and "owner" not in act.roles:
            needed = 1
        if len(owners) < needed or ((act.key or act.kind in ("pin", "add-key")) and not has_own):
            raise Refused("signature_missing")
        self._change(act)

    def _check_place(self, act):
        basis = self.head if act.is_shared() else self.installation
        is_late = act.kind == "enrol" and "owner" not in act.roles and act.basis in self.heads
        if act.basis != basis and not is_late:
            raise Refused("act_stale")
        if act.nonce in self.nonces:
            raise Refused("nonce_used")

    def _check_person(self, act):
        known = self.people.get(act.person)
        if act.key and act.key in self.keys:
            raise Refused("key_used")
        if act.kind == "enrol":
            if known:
                raise Refused("person_known")
            if not self.people and "owner" not in act.roles:
                raise Refused("first_is_owner")
            return
        if not known:
            raise Refused("person_unknown")
        if known.is_revoked:
            raise Refused("key_revoked")
        loses = act.kind == "retire" or (act.kind == "roles" and "owner" not in act.roles)
        if loses and known.is_owner() and not self._others(act.person):
            raise Refused("last_owner")
        if act.kind == "remove-key" and act.credential not in known.tokens:
            raise Refused("security_key_unknown")
        if act.kind == "add-key":
            name, credential, key = (text(act.token.get(member)) for member in ("name", "credential", "key"))
            if not credential or not key or {credential, key} & self.tokens:
                raise Refused("security_key_used")
            if name in known.tokens.values():
                raise Refused("security_key_named")
            if len(known.tokens) >= MOST_KEYS:
                raise Refused("security_key_limit")

    def _others(self, person):
        return sum(one.is_owner() for name, one in self.people.items() if name != person)

    def _owners_needed(self, act):
        most = min(QUORUM, self._others(act.person))
        known = self.people.get(act.person)
        is_owner, will_be = bool(known and known.is_owner()), "owner" in act.roles
        if act.kind == "enrol":
            return most if will_be else 1
        if act.kind == "roles":
            if is_owner and not will_be:
                return QUORUM
            return max(1, most) if is_owner or will_be else 1
        if act.kind == "retire":
            return QUORUM if is_owner else 1
        if act.kind == "add-key":
            return QUORUM if act.person in self.losers else min(1, self._others(act.person))
        return {"train": 1, "pin": 0}.get(act.kind, QUORUM)

    def _change(self, act):
        known = self.people.get(act.person)
        if act.kind == "enrol":
            self.people[act.person] = _Person(act.key, set(act.roles))
        elif act.kind == "add-key":
            known.tokens[text(act.token.get("credential"))] = text(act.token.get("name"))
            self.tokens |= {text(act.token.get("credential")), text(act.token.get("key"))}
        elif act.kind == "remove-key":
            del known.tokens[act.credential]
            self.losers.add(act.person)
        elif act.kind == "rekey":
            if known.tokens:
                self.losers.add(act.person)
            known.key, known.tokens = act.key, {}
        elif act.kind == "roles":
            known.roles = set(act.roles)
        elif act.kind == "retire":
            known.is_revoked = True
        self.nonces.add(act.nonce)
        if act.key:
            self.keys.add(act.key)
        if act.is_shared():
            later = hashlib.sha256((self.head + "\n" + act.digest).encode()).hexdigest()
            self.head = act.digest if act.basis == self.head else later
            self.heads.add(self.head)
        self.installation = self.installation or self.head
