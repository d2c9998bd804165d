"""What may be taken back, and by whom: people by their order, the agent when a lease has ended.
Source: docs/formats/ledger.md, "What the auditor asks of entries" """

from .exact import exact_time
from .values import obj, text

ARRANGEMENTS = ("incident.absorbed", "incident.restored")


class Undos:
    def __init__(self):
        self._allowed = {}  # digest: (actor, step)
        self._done = {}  # digest of what is in force: the steps that it was done in
        self._leases = {}  # by step: until when
        self._confirmed, self._is_arranged = set(), False  # incidents that people confirmed; no longer asked once incidents went into others

    def add(self, entry):
        """Leases and confirmations; what is wrong with an entry about a lease, None when nothing is."""
        data, kind = entry["data"], entry["type"]
        step = text(data.get("step"))
        if (kind.startswith("outcome.") and data.get("undo") is not True) or kind == "step.settled":
            until = exact_time(data.get("lease_until"))
            if until is None:
                self._leases.pop(step, None)
            else:
                self._leases[step] = until
        elif kind == "lease.overdue":
            self._leases.pop(step, None)  # it was kept
        elif kind == "lease.extended":
            before, until = self._leases.get(step), exact_time(data.get("until"))
            if entry["actor"]["kind"] != "person" and (before is None or until is None or until < before):
                return "a lease that was shortened, or given anew, by nobody"
            if until is not None:
                self._leases[step] = until
        elif kind == "step.done_elsewhere" and obj(data.get("outcome")).get("state") == "verified":
            self.confirm(entry["incident"])
        elif kind in ARRANGEMENTS:
            self._is_arranged = True
        return None

    def confirm(self, incident):
        self._confirmed.add(incident)

    def stands(self, digest, step):
        self._done.setdefault(digest, set()).add(step)

    def is_gone(self, digest, step):
        self._done.pop(digest, None)

    def is_standing(self, digest, step):
        return step in self._done.get(digest, ())

    def allow(self, entry, digest):
        """A decision that lets something be taken back; what is wrong with it, None when nothing is."""
        data = entry["data"]
        step, at = text(data.get("step")), exact_time(data.get("at"))
        self._allowed[digest] = entry["actor"]["id"], step
        if entry["actor"]["kind"] == "person":
            return None
        until = self._leases.get(step)
        if until is None or at is None or at < until:
            return "an undo by nobody's order, and no lease had ended"
        if entry["incident"] in self._confirmed and not self._is_arranged:
            return "an undo by nobody's order of what people had confirmed"
        return None

    def refuse(self, digest):
        self._allowed.pop(digest, None)

    def use(self, entry, digest):
        """Whether that actor may take just that back, in that step; once."""
        return self._allowed.pop(digest, None) == (entry["actor"]["id"], text(entry["data"].get("step")))
