"""Who the people of an installation were, and when, as its own ledger of people says. Source: docs/formats/people.md, "Acts" """

import os

from . import files, roll
from .exact import exact_time as time


class _Acts:
    """Takes the place of what is asked of a case's entries: here acts about people, under the signatures that they need."""

    def __init__(self):
        self.problems = []  # (seq, what)
        self.tenures = []  # [person, key, roles, from, until or None]
        self._roll = roll.Roll()

    def add(self, entry, _tree):
        at = time(entry["ts"])
        if not entry["type"].startswith("people.") or self.problems:
            return
        block = entry["data"].get("block")
        try:
            act = roll.Act(block if isinstance(block, str) else "")
            self._roll.apply(act)
        except roll.Refused as problem:
            self.problems.append((entry["seq"], "people: " + str(problem)))
            return
        if act.kind not in ("enrol", "rekey", "roles", "retire"):
            return
        before = [one for one in self.tenures if one[0] == act.person and one[4] is None]
        for one in before:
            one[4] = at
        roles = set(act.roles) if act.kind in ("enrol", "roles") else before[-1][2] if before else set()
        key = before[-1][1] if act.kind == "roles" and before else act.key
        if key is not None:
            self.tenures.append([act.person, key, roles, at if act.kind == "roles" else min(at, time(act.issued) or at), None])


class Office:
    """The people of the installation in `home`; of another's cases it knows nothing."""

    def __init__(self, home):
        self._home, self._tenures = home, None

    def began(self, origin):
        """Whether this installation began that ledger: it then has the key that signs the pages of its index."""
        name = origin.rpartition("/")[2]
        return bool(self._home and name) and os.path.isfile(os.path.join(self._home, "keys", name + ".key"))

    def _all(self):
        if self._tenures is None:
            folder = os.path.join(self._home or "", "people")
            self._tenures = []
            if self._home and files.isdir(os.path.join(folder, "ledger")):
                from .ledger import Examination  # which asks us

                found = Examination(folder, self._home)
                found.governance = _Acts()
                found.run()
                if not found.problems and not found.doubts:  # else nobody can be trusted
                    self._tenures = found.governance.tenures
        return self._tenures

    def of(self, person, at):
        """(key, roles) that were that person's at that time."""
        return [(key, roles) for who, key, roles, begun, end in self._all()
                if who == person and at is not None and begun <= at and (end is None or at <= end)]
