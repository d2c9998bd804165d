"""Who the people of an installation were, and when, as its own ledger of people says. Source: docs/formats/people.md, "Acts" """

import datetime
import os

from . import files, notes


class _Acts:
    """Takes the place of what is asked of a case's entries: here acts of owners about people."""

    problems = ()

    def __init__(self):
        self.tenures = []  # [person, key, roles, from, until or None]

    def add(self, entry):
        act = entry["data"].get("act")
        if not entry["type"].startswith("people.") or not isinstance(act, dict):
            return
        kind, person, at = act.get("act"), act.get("person"), time(entry["ts"])
        if kind not in ("enrol", "rekey", "roles", "retire") or at is None:
            return
        before = [one for one in self.tenures if one[0] == person and one[4] is None]
        for one in before:
            one[4] = at
        roles = act.get("roles") if kind in ("enrol", "roles") else before[-1][2] if before else []
        key = before[-1][1] if kind == "roles" and before else None
        if kind in ("enrol", "rekey"):
            try:
                key = notes.public_key(act.get("key"))
            except notes.Malformed:
                return
        if key is not None and isinstance(roles, list):
            self.tenures.append([person, key, set(map(str, roles)), min(at, time(act.get("issued")) or at) if kind != "roles" else at, None])


def time(value):
    """A time as entries write it, or None."""
    for form in ("%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%dT%H:%M:%S.%fZ"):
        try:
            return datetime.datetime.strptime(value if isinstance(value, str) else "", form)
        except ValueError:
            pass
    return None


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
