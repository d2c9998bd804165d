"""That each act of a person follows an order of theirs. Source: docs/formats/ledger.md, "What the auditor asks of entries" """

from . import custody
from .exact import SECOND, exact_time as time
from .open_orders import OpenOrders
from .order_claims import OF_COMMAND, RULES, is_persons_alone
from .shown import shown
from .values import Wrong, listed, number, obj, text

STEADY = 2 * SECOND  # of a clock that is set right little by little
LONGEST_SOURCE = 2000
IMPORTS = {"inventory.imported": "inventory-import", "indicators.imported": "indicators-import"}
SIGNED_ELSEWHERE = ("person.joined", "approval.granted", "approval.denied", "agent.halted")


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
        elif not is_back or time(entry["data"].get("from")) != self.latest or abs((time(entry["data"].get("to")) or 0) - wall) > STEADY:
            raise Wrong("a clock that is said to be set back, and was not")
        self.latest, self.running[boot] = wall, ran


class Orders:
    """Each act follows a command that was taken and says the same, one for each."""

    def __init__(self, people):
        self.people, self.open, self.nonces, self.begun, self.ended, self.present = people, OpenOrders(), set(), set(), set(), {}
        self.signatures = self.unknown = 0

    def add(self, entry):
        kind = entry["type"]
        self.open.pass_to(entry["boot"], int(entry["mono_ns"]))
        if kind == "command.taken":
            self._take(entry)
        elif kind in ("command.refused", "command.closed"):
            self._end(text(entry["data"].get("nonce")))
        elif kind in ("person.signed_in", "person.signed_out"):
            self._sitting(entry, kind == "person.signed_in")
        elif kind == "clock.trusted":
            self._trust(entry)
        elif entry["actor"]["kind"] == "person":
            self._judge(entry, entry["actor"]["id"], entry["data"])
        else:
            if kind == "clock.distrusted":
                self.present.clear()
            if is_persons_alone(entry):
                raise Wrong("what only a person does, in the name of somebody else")

    def _judge(self, entry, person, data):
        """An act in a person's name follows an order of theirs, or is signed in a way of its own; nothing else is theirs."""
        kind = entry["type"]
        if kind in IMPORTS:
            self._import(entry, data)
        elif kind.startswith("evidence.") and "order" in data:
            if not self.open.take(person, text(data["order"])):
                raise Wrong("evidence was handled by an order that was not taken, or was over")
        elif kind == "evidence.sealed" and text(data.get("kind")) != "exhibit":
            if not any(self.open.contains(person, command, "object " + text(data.get("digest"))) for command in IMPORTS.values()):
                raise Wrong("evidence that no order of theirs asked for")
        elif kind in RULES:
            self._use(entry, person, RULES[kind])
        elif not self._is_signed_elsewhere(kind, data):
            raise Wrong("an entry that no signature of theirs stands behind")

    def _is_signed_elsewhere(self, kind, data):
        return (kind in SIGNED_ELSEWHERE or kind.startswith("evidence.")
                or ((kind == "action.intended" or kind.startswith("outcome.")) and data.get("undo") is True)
                or (self.people.origin == "cordon.local/people" and kind.startswith("people.")))

    def _use(self, entry, person, rule):
        command, _, done, each = rule
        if self.open.use(person, command, done(entry), None if each is None else text(entry["data"].get(each))):
            return
        if entry["type"].startswith("source.") and not self.people.is_known(person, entry["ts"]):
            return  # where nobody could sign, whoever runs the program brings logs
        raise Wrong("somebody is said to have done what no order of theirs asked for")

    def _read(self, entry, command):
        """The order of an entry: that person's own, for now, given once. Raises Wrong."""
        person, data = entry["actor"]["id"], entry["data"]
        nonce = text(data.get("nonce"))
        if nonce in self.nonces:
            raise Wrong("a command that was taken before")
        self.nonces.add(nonce)
        if entry["actor"]["kind"] != "person":
            raise Wrong("a command by nobody")
        try:
            key, roles = self.people.find(person, data.get("key"), entry["ts"])
            order, sitting = custody.read_order(text(data.get("order")), person, key, self.people.origin)
        except custody.Wrong as problem:
            raise Wrong("a command was taken: " + str(problem)) from None
        self.signatures += 1
        self.unknown += roles is None
        if text(order.get("command")) != command or text(order.get("nonce")) != nonce or sitting != text(data.get("sitting")):
            raise Wrong("a command other than the person signed")
        if not self.people.is_fresh(order, entry):
            raise Wrong("a command that was signed at another time than it was taken")
        if sitting and sitting in self.ended:
            raise Wrong("a command by a sitting that had ended")
        if command not in ("sign-in", "sign-out") and roles is not None and not roles & {"analyst", "commander"}:
            raise Wrong("a command by somebody who has not the role for it")
        return order, sitting

    def _take(self, entry):
        command = text(entry["data"].get("command"))
        order, sitting = self._read(entry, command)
        person, args = entry["actor"]["id"], obj(order.get("args"))
        if not sitting:
            self.present[person] = text(args.get("clock"))
        brings = command.endswith("-import")
        claims = OF_COMMAND[command][1](args) if command in OF_COMMAND else ["object " + text(args.get("digest"))] if brings else []
        if claims or command in custody.COMMANDS.values():
            self.open.add(person, command, text(order.get("nonce")), text(entry["data"].get("order")), args if brings else None, claims)

    def _sitting(self, entry, is_in):
        """Somebody sat down or got up by their signature; a sitting begins once and ends for good."""
        _, sitting = self._read(entry, "sign-in" if is_in else "sign-out")
        if not is_in:
            self.ended.add(sitting)
        elif sitting:
            if sitting in self.begun:
                raise Wrong("a sitting that had begun before")
            self.begun.add(sitting)

    def _end(self, nonce):
        """Nothing more follows from a command that was refused, or is over."""
        self.open.end(nonce)
        if nonce not in self.nonces:
            raise Wrong("the end of a command that was not taken")

    def _trust(self, entry):
        """Who vouches for machine and clock signed something themselves since they were doubted; for which clock, that says too."""
        person = entry["actor"]["id"]
        is_theirs = entry["actor"]["kind"] == "person" and person in self.present
        if not is_theirs or ("clock" in entry["data"] and text(entry["data"]["clock"]) != self.present[person]):
            raise Wrong("a clock that nobody vouched for under their signature")

    def _import(self, entry, data):
        taken = self.open.take(entry["actor"]["id"], text(data.get("order")))
        if not taken or taken[0] != IMPORTS[entry["type"]]:
            raise Wrong("a list that no order of theirs asked for")
        args = taken[1]
        told = text(args.get("as_of"))
        as_of = time(told + "T00:00:00Z" if len(told) == 10 else told)
        is_same = (args.get("digest") == data.get("digest") and shown(text(args.get("source")), LONGEST_SOURCE) == text(data.get("source"))
                   and (not text(args.get("name")) or args["name"] == data.get("name")))
        if entry["type"] == "inventory.imported":
            days = args.get("valid_days")
            is_same = (is_same and set(map(text, listed(args.get("authoritative_for")))) == set(map(text, listed(data.get("authoritative_for"))))
                       and (days if isinstance(days, int) and not isinstance(days, bool) else 30) == number(data.get("valid_days"))
                       and (not told or (as_of is not None and as_of == time(data.get("as_of")))))
        if not is_same:
            raise Wrong("a list other than the person signed for")
