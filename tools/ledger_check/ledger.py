"""A whole ledger: entries, chain, tree, checkpoints, keys, mark. Source: docs/formats/ledger.md"""

import base64
import os
import re

from . import anchors, canonical, entries, files, folders, keys, notes, timestamps, tree
from .frames import Frames, Place, Torn
from .governance import Governance

DIGEST = re.compile(r"^[0-9a-f]{64}\Z")


class _Signed:
    """A checkpoint file: what it says, or why it cannot be read, and the tree's root at its size."""

    def __init__(self, folder, name):
        self.file = "ledger/checkpoints/" + name
        named = self.size = int(name) if name.isascii() and name.isdigit() and len(name) < 19 else 0
        self.checkpoint, self.problem, self.computed = None, None, None
        try:
            if not files.is_plain(os.path.join(folder, name)):
                raise OSError("not a plain file")
            with files.reading(os.path.join(folder, name)) as stream:
                self.checkpoint = notes.Checkpoint(stream.read(65536))
            self.size = self.checkpoint.size  # what is signed counts, not the name
            if self.size != named:
                self.problem = "the name says another size"
        except notes.Malformed as problem:
            self.problem = str(problem)
        except OSError:
            self.problem = "the checkpoint cannot be read"


class Examination:
    """Everything that can be said of the ledger of one case; `problems`, `gaps` and `doubts` decide the verdict."""

    def __init__(self, case, home=None, key=None):
        self.case, self.home, self.given = case, home, key
        self.problems, self.gaps, self.doubts = [], [], []
        self.governance, self.tree, self.keys = Governance(home), tree.Tree(), keys.Keys()
        self.sealed_at = None  # a sealed copy's size: a mark beyond it says nothing against the copy
        self.named = {}  # digest of evidence -> first entry that names it
        self.genesis_key, self.mark, self.anchors, self.origin = None, None, None, ""
        self.containers = {}  # digest of encrypted evidence -> what tells its stored bytes
        self.index, self.is_read_whole = None, False  # the index beside it, where it is compared
        self._heads = {}  # size of a signed head that an entry rests on -> that entry
        self._good_sizes = set()
        self.erased = {}  # digest of encrypted evidence -> entry that took its key away
        self.is_pinned, self._mark_holds, self._tear, self._unreadable = False, False, None, []
        self.entries = self.segments = self.bytes = self.checkpoints = self.good_checkpoints = self.signed = self.cosignatures = self.timestamps = 0

    def problem(self, file, offset, seq, what):
        self.problems.append(Place(file, offset, seq, what))

    def root(self):
        return base64.b64encode(self.tree.root()).decode()

    def run(self):
        frames = Frames(os.path.join(self.case, "ledger"))
        folder = os.path.join(self.case, "ledger", "checkpoints")
        names = sorted(name for name in (files.listdir(folder) if files.isdir(folder) else []) if name[0] != ".")
        signed = sorted((_Signed(folder, name) for name in names), key=lambda one: (one.size, one.file))
        self._read(frames, signed)
        self.origin, self.segments, self.bytes = frames.origin, frames.segments, frames.bytes
        for one in signed:
            self._judge(one)
        if self.mark and not self._mark_holds:
            self._judge_mark(frames)
        for anchor in self.anchors or []:
            if not anchor.holds():
                what = "another history than" if anchor.computed else "shorter than"
                self.problem(frames.file, 0, min(anchor.size, self.entries), "%s %s" % (what, anchor.where))
        if self._tear and self.problems:
            self.problems.insert(0, self._tear)
        self.problems[:0] = self._unreadable
        self.problems += [Place("ledger", 0, seq, what) for seq, what in self.governance.problems]
        timestamps.examine(self.case, self)
        self.problems += [Place(place, 0, -1, what) for place, what in folders.strangers(self.case)]
        self._judge_key()
        self._judge_tail()

    def _read(self, frames, signed):
        waiting = list(signed)
        self._reached(frames, waiting)
        try:
            for offset, raw in frames:
                self._take(frames, offset, raw)
                self._reached(frames, waiting)
            self.is_read_whole = True
        except Torn as tear:
            self._tear = tear
        except Place as place:
            self.problems.append(place)
        self._reached(frames, waiting)  # a ledger without entries has its mark too

    def _take(self, frames, offset, raw):
        seq = frames.seq  # of this entry: the reader counts it once we ask for the next
        try:
            entry = canonical.parse(raw)
        except canonical.NotCanonical as problem:
            raise Place(frames.file, offset, seq, str(problem)) from None
        wrong = entries.problem_of(entry)
        if not wrong and entry["seq"] != seq:
            wrong = "the entry says that it is number %d" % entry["seq"]
        wrong = wrong or self._keys(entry, frames.origin)
        if wrong:
            raise Place(frames.file, offset, seq, wrong)
        self.tree.append(tree.leaf(raw))
        self.entries = self.tree.size
        self._name_head(entry)
        self.governance.add(entry, self.tree)
        self.note_evidence(entry)
        if self.index:
            self.index.add(entry)

    def _keys(self, entry, origin):
        if entry["seq"] == 0 and entry["data"].get("origin") != origin:
            return "the first entry is not the genesis of " + origin
        try:
            self.keys.take(entry, self.tree.root)
        except keys.Wrong as problem:
            return str(problem)
        self.genesis_key = self.keys.genesis
        return None

    def _name_head(self, entry):
        """Whoever asked approvers to cosign a head had signed it, and a key that gives way has signed all before."""
        size = entry["seq"] if entry["type"] == "ledger.epoch" else 0
        if entry["type"] == "approval.requested":
            desk = entry["data"].get("desk")
            request = desk.get("request") if isinstance(desk, dict) else None
            size = request.get("ledger_size") if isinstance(request, dict) else 0
        if isinstance(size, int) and 0 < size <= entry["seq"]:
            self._heads.setdefault(size, entry["seq"])

    def note_evidence(self, entry):
        """Keeps what an entry says of evidence objects."""
        if entry["type"] == "evidence.sealed":
            self._sealed(entry)
        elif entry["type"] == "evidence.erased" and entry["data"].get("digest") in self.named:
            self.erased[entry["data"]["digest"]] = entry["seq"]

    def _sealed(self, entry):
        for member in ("digest", "packed_digest"):
            digest = entry["data"].get(member)
            if isinstance(digest, str) and DIGEST.match(digest):
                container = entry["data"].get("container" if member == "digest" else "packed_container")
                if digest not in self.named and isinstance(container, str) and DIGEST.match(container):
                    self.containers[digest] = container
                self.named.setdefault(digest, entry["seq"])
            elif member in entry["data"]:
                self.problem("ledger", 0, entry["seq"], "an evidence digest that is none")

    def _reached(self, frames, waiting):
        """Keeps the tree's root where a checkpoint or the mark asks for it."""
        while waiting and waiting[0].size <= self.tree.size:
            waiting.pop(0).computed = self.tree.root()
        if self.anchors is None and frames.origin and self.home:
            self._read_mark(frames.origin)
            self._read_anchors(frames.origin)
        for anchor in self.anchors or []:
            if anchor.size == self.tree.size:
                anchor.computed = self.tree.root()
        if self.mark and self.mark[0] == self.tree.size:
            self._mark_holds = self.mark[1] == self.tree.root()

    def _pinned(self, origin, ending):
        """The text of a pinned file, or None when there is none."""
        try:
            with open(os.path.join(self.home, "pinned", origin.replace("/", "_") + ending), encoding="utf-8") as stream:
                return stream.read(4096).strip()
        except FileNotFoundError:
            return None

    def _read_mark(self, origin):
        text = self._pinned(origin, ".mark")
        if text is None:
            return
        size, _, root = text.partition(" ")
        try:
            mark = (notes.count(size), notes.base64_bytes(root))
        except notes.Malformed:
            mark = (None, b"")
        if mark[0] is None or len(mark[1]) != 32:
            self._unreadable.append(Place("pinned high-water mark", 0, 0, "it cannot be read"))
        elif self.sealed_at is None or mark[0] <= self.sealed_at:
            self.mark = mark

    def _read_anchors(self, origin):
        try:
            self.anchors = anchors.copies(self.home, origin)
        except anchors.Unreadable as place:
            self.anchors = []
            self._unreadable.append(Place(str(place), 0, 0, "it cannot be read"))

    def has_anchor(self):
        return bool(self.mark or self.anchors)

    def _judge(self, one):
        self.checkpoints += 1
        problem = one.problem or self._problem_of(one)
        if problem:
            self.problem(one.file, 0, one.size, problem)
            return
        self.good_checkpoints += 1
        self._good_sizes.add(one.checkpoint.size)
        self.cosignatures += len({name for name, _, _ in one.checkpoint.note.signatures}) - 1  # doubled lines are one witness
        self.signed = max(self.signed, one.checkpoint.size)

    def _problem_of(self, one):
        checkpoint = one.checkpoint
        if self.genesis_key is None or checkpoint.origin != self.origin:
            return "the checkpoint is not of this ledger"
        key = self.keys.at(checkpoint.size)
        if key is None:
            return "no key signs heads of that size"
        own = [line for line in checkpoint.note.signatures if line[0] == self.origin]
        others = [line for line in checkpoint.note.signatures if line[0] != self.origin]
        for name, ident, rest in others:
            if not any(checkpoint.note.is_cosignature(name, ident, rest, known) for known in self.keys.witnesses.get(name, [])):
                return "a cosignature does not verify"
        if len(own) != 1 or not checkpoint.note.is_signed_by(self.origin, key):
            return "the signature does not verify"
        if checkpoint.size > self.entries:
            return "signed for %d entries, the ledger has %d good ones" % (checkpoint.size, self.entries)
        return None if one.computed == checkpoint.root else "signed for another tree root"

    def _judge_mark(self, frames):
        size = self.mark[0]
        if size > self.entries:
            self.problem(frames.file, 0, self.entries, "shorter than the high-water mark of %d entries" % size)
        else:
            self.problem(frames.file, 0, size, "another history than the high-water mark's")

    def _judge_key(self):
        if self.genesis_key is None:
            if not self.problems:
                self.gaps.append("there is no genesis entry")
            return
        text = self.given or (self._pinned(self.origin, ".pub") if self.home else None)
        if text is None:
            self.doubts.append("no key is pinned for " + self.origin + " and none was given")
            return
        try:
            trusted = notes.public_key(text)
        except notes.Malformed:
            self.doubts.append("the trusted key cannot be read")
            return
        self.is_pinned = trusted == self.genesis_key
        if not self.is_pinned:
            self.judge_other_key()

    def judge_other_key(self):
        """A key that was given may be wrong, or this another case. One that is pinned for this very ledger is its own."""
        if self.given:
            self.doubts.append("the key is another: either this is not the case you think or the key is wrong")
        else:
            self.problem("ledger", 0, 0, "the genesis key is not the one that is pinned for this ledger")

    def _judge_tail(self):
        if self._tear:
            self.gaps.append("torn tail: " + str(self._tear))
        self.gaps += ["the signed head of %d entries, which entry %d rests on, is missing" % (size, self._heads[size])
                      for size in sorted(self._heads) if size not in self._good_sizes]
        if self.entries > self.signed:
            self.gaps.append("%d entries at the end are not under a signed checkpoint" % (self.entries - self.signed))
