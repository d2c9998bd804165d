"""What an order asks for and what an act says that it was asked for, in words that are equal when both are the same thing.
Source: docs/formats/ledger.md, "What the auditor asks of entries" """

import json

from .exact import exact_time
from .shown import shown
from .values import listed, obj, text

CHANGES = ("why", "verb", "target", "params", "before", "after", "lease")


def _words(*members):
    return json.dumps(members, sort_keys=True)


def _of_incident(*names):
    return (lambda args: [_words(text(args.get("incident")), *(text(args.get(name)) for name in names))],
            lambda entry: [_words(text(entry["incident"]), *(text(entry["data"].get(name)) for name in names))])


def _of_step(*names):
    def asked(args):
        return [_words(text(args["step"]), *(text(args.get(name)) for name in names))] if text(args.get("step")) else []
    return asked, lambda entry: asked(entry["data"])


def _arrangement(incident, data):
    return [_words(text(incident), text(data.get("why")), listed(data.get("others")), listed(data.get("alerts")))]


def _keeping(what, until):
    end = exact_time(until)
    return [_words(one, end) for one in what if one and end is not None]


def _change(kind, of, data):
    return _words(kind, of, *(data.get(name) for name in CHANGES))


def _asked_change(args):
    kind = "step" if "step" in args else "incident"
    return [_change(kind, text(args[kind]), args)] if text(args.get(kind)) else []


def _done_change(entry):
    data = entry["data"]
    if not _is_told_as_ordered(entry["type"], data):
        return []
    return [_change("step", text(data.get("step")), data), _change("incident", text(entry["incident"]), data)]


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


def _proposal(incident, data):
    return [_words(text(incident), text(data.get("why")), data["proposal"])] if isinstance(data.get("proposal"), str) else []


def _done_resuming(entry):
    by = listed(entry["data"].get("by"))
    return [""] if by and all(text(one) == entry["actor"]["id"] for one in by) else []


def _paths(args):
    return {shown(text(path)) for path in listed(args.get("paths"))}


_ARRANGEMENT = (lambda args: _arrangement(args.get("incident"), args), lambda entry: _arrangement(entry["incident"], entry["data"]))
_CHANGE = (_asked_change, _done_change)
_PATHS = (_paths, lambda entry: [text(entry["data"].get("source"))])
_STEP = _of_step()

# type of the entry: the command, what it asks for, what the act says, and what tells the acts of one order apart
RULES = {
    "incident.note": ("note", *_of_incident("text"), None),
    "incident.assigned": ("assign", *_of_incident("to"), None),
    "incident.closed": ("close", *_of_incident("verdict", "reason"), None),
    "incident.reopened": ("reopen", *_of_incident("reason"), None),
    "incident.merged": ("merge", *_ARRANGEMENT, None),
    "incident.split": ("split", *_ARRANGEMENT, None),
    "incident.moved": ("move", *_ARRANGEMENT, None),
    "incident.arrangement_undone": ("undo-arrangement", lambda args: [_words(text(args.get("order")), text(args.get("why")))],
                                    lambda entry: [_words(text(entry["data"].get("order")), text(entry["data"].get("why")))], None),
    "session.continued": ("continue", *_of_incident(), "connector"),
    "step.skipped": ("skip", *_of_step("why"), None),
    "step.done_elsewhere": ("done-elsewhere", *_of_step("note"), None),
    "step.moved": ("step-move", *_CHANGE, None),
    "step.added": ("step-add", *_CHANGE, None),
    "step.changed": ("step-edit", *_CHANGE, None),
    "step.restored": ("step-restore", *_CHANGE, None),
    "sequence.accepted": ("sequence-accept", lambda args: _proposal(args.get("incident"), args),
                          lambda entry: _proposal(entry["incident"], entry["data"]), None),
    "lease.extended": ("keep", lambda args: _keeping([text(args.get("step"))], args.get("until")),
                       lambda entry: _keeping([text(entry["data"].get("step")), text(entry["incident"])], entry["data"].get("until")), "step"),
    "approval.asked_again": ("ask-again", *_STEP, None),
    "agent.resumed": ("resume", lambda args: [""], _done_resuming, None),
    "halt.drill": ("halt", lambda args: [""] if args.get("drill") is True else [], lambda entry: [""], None),
    "decision": ("undo", _STEP[0], lambda entry: _STEP[1](entry) if entry["data"].get("undo") is True else [], None),
    "source.added": ("add-sources", *_PATHS, "source"),
    "source.followed": ("follow", *_PATHS, "source"),
    "source.left": ("stop-following", *_PATHS, "source"),
}
OF_COMMAND = {rule[0]: rule for rule in RULES.values()}
ALONE = {"incident.note", "incident.assigned", "incident.merged", "incident.split", "incident.moved", "incident.arrangement_undone",
         "session.continued", "step.skipped", "step.moved", "step.added", "step.changed", "step.restored", "sequence.accepted",
         "step.done_elsewhere", "approval.asked_again", "inventory.imported", "indicators.imported"}


def is_persons_alone(entry):
    """Acts that nobody but a person does, whatever name stands over them."""
    if entry["type"] == "incident.closed":
        return "verdict" in entry["data"]
    if entry["type"] == "incident.reopened":
        return "reason" in entry["data"]
    return entry["type"] in ALONE
