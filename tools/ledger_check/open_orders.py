"""The orders that were taken and from which something may still follow, found by what they ask for.
Source: docs/formats/ledger.md, "What the auditor asks of entries" """

import bisect
import hashlib

LONGEST_WAIT = 24 * 3600 * 10**9  # ns of a machine's running time


def _key(kind, person, words):
    return hashlib.sha256(("%s\n%s\n%s" % (kind, person, words)).encode("utf-8", "surrogatepass")).digest()


class _Claimed:
    """Numbers of orders, ascending: what is taken out of the middle leaves its place until it comes to the front."""

    def __init__(self):
        self.numbers, self.gone, self.open, self.next = [], 0, 0, {}


class OpenOrders:
    def __init__(self):
        self._boot, self._mono, self._ran, self._count, self._oldest = "", 0, 0, 0, 0
        self._orders, self._claims, self._words, self._nonces = {}, {}, {}, {}

    def pass_to(self, boot, mono):
        """Whoever took an order carries it out before the machine starts anew, and within a day of its running time."""
        if boot != self._boot:
            self._orders, self._claims, self._words, self._nonces = {}, {}, {}, {}
            self._oldest = self._count
        elif mono > self._mono:  # a clock that is said to run backwards gives nobody more time
            self._ran += mono - self._mono
        self._boot, self._mono = boot, mono
        while self._oldest < self._count:
            held = self._orders.get(self._oldest)
            if held and self._ran - held[0] <= LONGEST_WAIT:
                break
            if held:
                self._remove(self._oldest)
            self._oldest += 1

    def add(self, person, command, nonce, order, args, claims):
        number, words = self._count, _key("", person, order)
        self._count += 1
        keys = [_key(command, person, claim) for claim in claims]
        self._orders[number] = (self._ran, command, nonce, words, keys, args)
        self._words.setdefault(words, {})[number] = None
        self._nonces[nonce] = number
        for key in keys:
            claimed = self._claims.setdefault(key, _Claimed())
            claimed.numbers.append(number)
            claimed.open += 1

    def use(self, person, command, claims, each):
        """Whether an order for one of these claims was open; it is used up, or for this one of several acts."""
        found = None
        for claim in claims:
            claimed = self._claims.get(_key(command, person, claim))
            number = self._first(claimed, each) if claimed else None
            if number is not None and (found is None or number < found[0]):
                found = number, claimed
        if found is None:
            return False
        if each is None:
            self._remove(found[0])
        else:
            found[1].next[each] = found[0] + 1
        return True

    def _first(self, claimed, each):
        """The oldest open order of a claim that this act was not done by yet."""
        numbers = claimed.numbers
        at = claimed.gone if each is None else max(claimed.gone, bisect.bisect_left(numbers, claimed.next.get(each, 0)))
        while at < len(numbers) and numbers[at] not in self._orders:
            at += 1
            if each is None:
                claimed.gone = at
        if each is not None and at > claimed.gone and at < len(numbers):
            claimed.next[each] = numbers[at]
        return numbers[at] if at < len(numbers) else None

    def contains(self, person, command, claim):
        return _key(command, person, claim) in self._claims

    def take(self, person, order):
        """(command, args) of the order of that person in these very words, taken out; None when none is open."""
        numbers = self._words.get(_key("", person, order))
        if not numbers:
            return None
        number = next(iter(numbers))
        _, command, _, _, _, args = self._orders[number]
        self._remove(number)
        return command, args

    def end(self, nonce):
        if nonce in self._nonces:
            self._remove(self._nonces[nonce])

    def _remove(self, number):
        _, _, nonce, words, keys, _ = self._orders.pop(number)
        del self._nonces[nonce]
        del self._words[words][number]
        if not self._words[words]:
            del self._words[words]
        for key in keys:
            claimed = self._claims[key]
            claimed.open -= 1
            if not claimed.open:
                del self._claims[key]
