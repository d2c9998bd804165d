"""That each act of a person follows an order of theirs. Source: docs/formats/ledger.md, "What the auditor asks of entries" """

import datetime
import json

from . import custody
from .office import time
from .values import Wrong, listed, number, obj, text

FRESH = datetime.timedelta(minutes=10)
STEADY = datetime.timedelta(seconds=2)  # of a clock that is set right little by little
LONGEST_WAIT = 24 * 3600 * 10**9  # ns of a machine's running time
COMMANDS = {
    "incident.note": "note", "incident.assigned": "assign", "agent.resumed": "resume", "incident.closed": "close", "incident.reopened": "reopen",
    "incident.merged": "merge", "incident.split": "split", "incident.moved": "move", "incident.arrangement_undone": "undo-arrangement",
    "session.continued": "continue", "step.skipped": "skip", "step.done_elsewhere": "done-elsewhere",
    "step.moved": "step-move", "step.added": "step-add", "step.changed": "step-edit", "step.restored": "step-restore", "sequence.accepted": "sequence-accept", "lease.extended": "keep",
    "approval.asked_again": "ask-again", "halt.drill": "halt", "decision": "undo", "source.added": "add-sources", "source.followed": "follow",
    "source.left": "stop-following"}
IMPORTS = {"inventory.imported": "inventory-import", "indicators.imported": "indicators-import"}
EACH = {"continue": "connector", "keep": "step", "add-sources": "source", "follow": "source", "stop-following": "source"}
ALONE = {"incident.note", "incident.assigned", "incident.merged", "incident.split", "incident.moved", "incident.arrangement_undone",
         "session.continued", "step.skipped", "step.moved", "step.added", "step.changed", "step.restored", "sequence.accepted", "step.done_elsewhere", "approval.asked_again", "inventory.imported", "indicators.imported"}


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
    if command == "halt":
        return args.get("drill") is True
    if command == "continue":
        return is_incidents
    if command == "keep":
        until = time(args.get("until"))
        return (until is not None and until == time(data.get("until"))
                and (is_steps or text(args.get("step")) == text(entry.get("incident"))))
    if command in ("add-sources", "follow", "stop-following"):
        return any(_is_shown(text(path), text(data.get("source"))) for path in listed(args.get("paths")))
    if command == "sequence-accept":
        return is_incidents and same("why", "proposal")
    if command.startswith("step-"):  # every word of the order, and none that is not in it
        whole = all(json.dumps(args.get(key), sort_keys=True) == json.dumps(data.get(key), sort_keys=True)
                    for key in ("why", "verb", "target", "params", "before", "after", "lease"))
        return whole and (is_steps if "step" in args else is_incidents) and _is_told_as_ordered(entry["type"], data)
    return is_steps and same(*{"skip": ["why"], "done-elsewhere": ["note"]}.get(command, [])) and (command != "undo" or data.get("undo") is True)


def _is_told_as_ordered(kind, data):
    """What an entry says beside the order follows from it: which of two steps comes first, and what is done to what."""
    if kind == "step.moved":
        is_before = text(data.get("before")) != ""
        return (text(data.get("first")) == text(data.get("step" if is_before else "after"))
                and text(data.get("second")) == text(data.get("before" if is_before else "step")))
    entity, title = obj(data.get("entity")), obj(data.get("title"))
    if data.get("target") is not None and text(entity.get("kind")) + ":" + text(entity.get("id")) != text(data["target"]):
        return False
    named = obj(title.get("args"))
    return kind != "step.added" or (
        text(title.get("code")) == "step.by_person" and named.get("verb") == data.get("verb")
        and text(named.get("target")) in (text(entity.get("name")), text(entity.get("id"))))


def _is_persons_alone(entry):
    """Acts that nobody but a person does, whatever name stands over them."""
    if entry["type"] == "incident.closed":
        return "verdict" in entry["data"]
    if entry["type"] == "incident.reopened":
        return "reason" in entry["data"]
    return entry["type"] in ALONE


def is_fresh(order, entry):
    """Between what the signer's clock says and when the holder took it lie ten minutes at most."""
    issued, at = time(order.get("issued")), time(entry["ts"])
    return issued is not None and at is not None and at - FRESH <= issued <= at + FRESH


class Times:
    """No entry lies before the one before it, unless the ledger said that a clock was set back."""

    def __init__(self):
        self.latest, self.running = None, {}

    def add(self, entry):
        if entry["type"].startswith("ledger."):
            return
        wall, boot, ran = time(entry["ts"]), entry["boot"], int(entry["mono_ns"])
        is_back = self.latest is not None and wall < self.latest - STEADY
        is_back = is_back or bool(boot.strip("0") and ran < self.running.get(boot, ran))
        if entry["type"] != "clock.set_back":
            if is_back:
                raise Wrong("an entry whose time lies before that of an entry before it")
            wall = max(wall, self.latest or wall)
        elif not is_back:
            raise Wrong("a clock that is said to be set back, and was not")
        self.latest, self.running[boot] = wall, ran


class _Taken:
    def __init__(self, entry, order):
        self.person, self.order = entry["actor"]["id"], text(entry["data"].get("order"))
        self.command, self.args, self.nonce = order["command"], obj(order.get("args")), text(order.get("nonce"))
        self.boot, self.mono, self.used = entry["boot"], int(entry["mono_ns"]), set()


class Orders:
    """Each act follows a command that was taken and says the same, one for each."""

    def __init__(self, people):
        self.people, self.taken, self.nonces, self.ended, self.present = people, [], set(), set(), set()
        self.signatures = self.unknown = 0

    def add(self, entry):
        kind, person = entry["type"], entry["actor"]["id"]
        boot, mono = entry["boot"], int(entry["mono_ns"])  # whoever took it carries it out before the machine starts anew, within a day
        self.taken = [one for one in self.taken if one.boot == boot and mono - one.mono <= LONGEST_WAIT]
        if kind == "command.taken":
            self._take(entry, entry["data"])
            return
        if kind in ("command.refused", "command.closed"):
            self._end(text(entry["data"].get("nonce")))
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
        elif kind.startswith("evidence.") and "order" in entry["data"]:
            self._handle(entry)
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
        if not is_fresh(order, entry):
            raise Wrong("a command that was signed at another time than it was taken")
        if sitting and sitting in self.ended:
            raise Wrong("a command by a sitting that had ended")
        if roles is not None and not roles & {"analyst", "commander"}:
            raise Wrong("a command by somebody who has not the role for it")
        if not sitting:
            self.present.add(person)
        if order["command"] == "halt" and obj(order.get("args")).get("drill") is not True:
            return
        if order["command"] in COMMANDS.values() or order["command"].endswith("-import") or order["command"] in custody.COMMANDS.values():
            self.taken.append(_Taken(entry, order))

    def _end(self, nonce):
        """Nothing more follows from a command that was refused, or is over."""
        self.taken = [one for one in self.taken if one.nonce != nonce]
        if nonce not in self.nonces:
            raise Wrong("the end of a command that was not taken")

    def _handle(self, entry):
        for at, one in enumerate(self.taken):
            if one.person == entry["actor"]["id"] and one.order == text(entry["data"]["order"]):
                del self.taken[at]
                return
        raise Wrong("evidence was handled by an order that was not taken, or was over")

    def _use(self, entry, command):
        for at, one in enumerate(self.taken):
            if one.person != entry["actor"]["id"] or one.command != command or not _is_same(entry, command, one.args):
                continue
            if command not in EACH:
                del self.taken[at]
                return True
            which = text(entry["data"].get(EACH[command]))
            if which not in one.used:
                one.used.add(which)
                return True
        return False

    def _import(self, entry, data):
        for at, one in enumerate(self.taken):
            if one.person == entry["actor"]["id"] and one.command == IMPORTS[entry["type"]] and one.order == data.get("order"):
                args = one.args
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
                       and (number(days) if isinstance(days, int) else 30) == number(data.get("valid_days"))
                       and (not told or (as_of is not None and as_of == time(data.get("as_of")))))
        if not is_same:
            raise Wrong("a list other than the person signed for")
