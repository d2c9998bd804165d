"""The index of a case beside its ledger. Source: docs/formats/case.md, "What the ledger says of the index" """

import hashlib
import json
import os
import re
import struct
import tempfile
import urllib.parse

try:
    import sqlite3
except ImportError:  # a Python that was built without it
    sqlite3 = None

import datetime

from . import evidence, files

TIME = re.compile(r"^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?Z\Z", re.ASCII)
KEPT = ("meta", "documents", "sources", "followed", "rejected", "alerts", "alert_events", "incidents")
PAGES = ("documents", "sources", "followed", "rejected", "alerts", "alert_events", "incidents", "events",
         "incident_entities", "event_entities", "words", "entities")
MEMBERS = ("SELECT i.incident, e.key, e.type, e.name FROM incident_entities i JOIN entities e ON e.id = i.entity "
           "ORDER BY i.incident, e.key")
EVENTS = ("SELECT id, time, source, offset, length, identity, outcome, flags, external_id, time_text, "
          "origin, tenant, action, address, user_agent, region, error, actor, via, targets FROM events ORDER BY id")
POSTINGS = ("SELECT e.id, p.time, p.event, p.roles FROM entities e CROSS JOIN event_entities p ON p.entity = e.id "
            "ORDER BY e.key, p.time, p.event")
NOBODYS = ("SELECT (SELECT count(*) FROM event_entities WHERE entity NOT IN (SELECT id FROM entities)), "
           "(SELECT count(*) FROM incident_entities WHERE entity NOT IN (SELECT id FROM entities))")
VERSION = 4  # whose tables and indexes are these
INDEXES = {1: "events_once events_by_time alerts_by_incident ledger_by_incident ledger_by_type", 2: "sources_not_noted"}
COLUMNS = {  # by the version that brought them
    1: {"meta": "key value", "documents": "kind key body",
        "sources": "id file kind digest packed_digest bytes packed_bytes events duplicates rejected is_whole first last",
        "words": "id text", "entities": "id key type name",
        "events": "id time source offset length identity origin tenant actor via action targets address user_agent region "
                  "outcome error external_id flags time_text",
        "event_entities": "entity time event roles", "rejected": "id source file offset length reason",
        "alerts": "id rule title severity first last incident body", "alert_events": "alert event",
        "incidents": "id title risk severity status first last assignee body", "incident_entities": "incident entity",
        "ledger_index": "seq ts at type actor_kind actor session incident mandate data"},
    2: {"followed": "id root path device inode head tail position size changed state reason same_as arrived",
        "sources": "followed begins is_noted"},
    3: {"sources": "zone clock_offset"},
    4: {"sources": "year written last_record read_before"},
}
TARGETS = re.compile(rb"^\d+:\d+( \d+:\d+)*\Z")
NONE = bytes(32)
MOST = 20  # problems that are told


class _Text(bytes):
    """A text of the database, as its bytes: told from a blob by its class."""


class _Unproven(ValueError):
    pass


class _Damaged(ValueError):
    pass


def _micros(text):
    """Microseconds since 1970 of a time as entries write it, or None."""
    match = TIME.match(text) if isinstance(text, str) else None
    if not match:
        return None
    try:
        day = datetime.datetime(*(int(part) for part in match.groups()[:6]))
    except ValueError:
        return None
    seconds = (day - datetime.datetime(1970, 1, 1)) // datetime.timedelta(seconds=1)
    return seconds * 1000000 + int((match.group(7) or "0").ljust(6, "0")[:6])


def _put_text(text):
    return struct.pack(">I", len(text)) + text


def _put(value):
    if value is None:
        return b"n"
    if isinstance(value, int):
        return b"i" + struct.pack(">q", value)
    if isinstance(value, float):
        return b"r" + struct.pack(">d", value)
    return (b"t" if isinstance(value, _Text) else b"b") + _put_text(value)


def _row_of(entry):
    """The row of `ledger_index` that repeats an entry."""
    data = json.dumps(entry["data"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    texts = (entry["type"], entry["actor"]["kind"], entry["actor"]["id"], entry.get("session") or "",
             entry.get("incident") or "", entry.get("mandate") or "", data)
    return ((_micros(entry["ts"]), _micros(entry["data"].get("at")))
            + tuple(_Text(text.encode("utf-8", "surrogatepass")) for text in texts))


class Index:
    def __init__(self, case, is_whole=True):
        self.problems, self.gaps = [], []  # (entry, what), what
        self.good = self.entries = self.missing = 0
        self.named_by, self.is_whole, self._pages, self._events = -1, is_whole, "", ""
        self._spare, self.kept_ever = None, set()  # what the newest entry says of spare names; digests of all entries
        self._copy = self._base = self._rows = self._row = None
        path = os.path.join(case, "case.db")
        self.is_there = False
        try:
            is_plain = files.is_plain(path)
        except OSError:
            return
        self.is_there = True
        if is_plain:
            self._open(path)
        else:
            self.problems.append((-1, "the index is no plain file"))

    def _open(self, path):
        if sqlite3 is None:
            self.gaps.append("the index cannot be read: this Python has no sqlite3")
            return
        try:
            if not os.path.lexists(path):  # a part of a sealed file
                self._copy = tempfile.NamedTemporaryFile(suffix=".db")
                with files.reading(path) as stream:
                    for block in iter(lambda: stream.read(1 << 20), b""):
                        self._copy.write(block)
                self._copy.flush()
                path = self._copy.name
            elif os.path.lexists(path + "-journal"):  # whoever opens the index to write would play it in
                self.problems.append((-1, "another program left a journal beside the index"))
                return
            in_use = os.path.exists(path + "-wal")
            self._base = sqlite3.connect("file:%s?%s" % (urllib.parse.quote(path), "mode=ro" if in_use else "mode=ro&immutable=1"),
                                         uri=True)
            self._base.text_factory = _Text
            strange = self._base.execute("SELECT count(*) FROM sqlite_master WHERE type NOT IN ('table', 'index') "
                                         "OR (type = 'table' AND sql LIKE '%VIRTUAL%')").fetchone()[0]
            if strange:
                self._base = None
                self.problems.append((-1, "the index holds more than tables and indexes"))
                return
            wrong = self._shape()
            if wrong:
                self._base = None
                self.problems.append((-1, "the index is of another shape: " + wrong))
                return
            self._base.execute("BEGIN")
            self._rows = self._base.execute("SELECT seq, ts, at, type, actor_kind, actor, session, incident, mandate, data "
                                            "FROM ledger_index ORDER BY seq")
            self._next()
        except (sqlite3.Error, OSError, _Damaged) as problem:
            self._base = None
            self.gaps.append("the index cannot be read: %s" % problem)

    def _shape(self):
        """What it has too much or too little of the tables, columns and indexes of its version, "" for nothing."""
        version = self._base.execute("PRAGMA user_version").fetchone()[0]
        if not 1 <= version <= VERSION:
            raise _Damaged("it is of version %d, which is not known here" % version)
        own, wanted = set(), set()
        for row in self._base.execute("SELECT type, name, tbl_name FROM sqlite_master").fetchall():
            kind, name, table = (one.decode("utf-8", "replace") for one in row)
            if kind == "index" and name.startswith("sqlite_autoindex_%s_" % table):
                continue  # SQLite's own, of a table that is judged itself
            own.add(name)
            if kind == "table":
                columns = self._base.execute("SELECT name FROM pragma_table_xinfo(?)", (name,))
                own |= {name + "." + column[0].decode("utf-8", "replace") for column in columns}
        for one in range(1, version + 1):
            wanted |= set(INDEXES.get(one, "").split())
            for table, columns in COLUMNS[one].items():
                wanted |= {table} | {table + "." + column for column in columns.split()}
        for name in sorted(own - wanted):
            return "it has a table, column or index that is none of its own: " + name
        for name in sorted(wanted - own):
            return "it lacks a table, column or index: " + name
        return ""

    def _next(self):
        try:
            self._row = self._rows.fetchone()
        except sqlite3.Error as problem:
            self._row = None
            self.gaps.append("the index cannot be read: %s" % problem)

    def _problem(self, entry, what):
        if len(self.problems) < MOST:
            self.problems.append((entry, what))

    def add(self, entry):
        if entry["type"] == "index.kept":
            self.named_by = entry["seq"]
            self._pages, self._events = entry["data"].get("digest"), entry["data"].get("events_digest")
            self._spare = entry["data"].get("spare_names")
            self.kept_ever.add(str(self._pages))
        if not self.is_there:
            return
        self.entries += 1
        if self._base is None:
            return
        while self._row and self._row[0] < entry["seq"]:
            self._problem(self._row[0], "the index has an entry that is not in the ledger")
            self._next()
        if not self._row or self._row[0] != entry["seq"]:
            self.missing += 1
            return
        own, said = _row_of(entry), tuple(self._row[1:])
        if own == said and [type(value) for value in own] == [type(value) for value in said]:
            self.good += 1
        else:
            self._problem(entry["seq"], "the index says something else of an entry than the ledger")
        self._next()

    def kept(self):
        """Digest of the object in `kept/` that the newest entry names, or None."""
        return self._pages if isinstance(self._pages, str) and evidence.NAME.match(self._pages) else None

    def finish(self, is_ledger_whole):
        """Problems as (entry, what), and gaps."""
        if self._base is not None:
            while self._row and is_ledger_whole:
                self._problem(self._row[0], "the index has an entry that is not in the ledger")
                self._next()
            if self.is_whole:
                try:
                    self._compare()
                except _Unproven as problem:
                    self.gaps.append(str(problem))
                except (sqlite3.Error, _Damaged, OverflowError) as problem:
                    self.gaps.append("the index cannot be read: %s" % problem)
            self._base.close()
        if self.missing and self._base is not None:
            self.gaps.append("the index lacks %d entries of the ledger" % self.missing)
        return self.problems, self.gaps

    def _compare(self):
        if self._base.execute("PRAGMA integrity_check(1)").fetchone()[0] != b"ok":
            raise _Unproven("the index is damaged")
        if self.named_by < 0:
            if any(self._base.execute("SELECT 1 FROM %s LIMIT 1" % table).fetchone() for table in PAGES):
                raise _Unproven("no entry of the ledger names the pages of the index")
            return
        changed = "are not those that entry %d names: they were changed since" % self.named_by
        if self._pages_digest() != self._pages:
            raise _Unproven("the pages of the index " + changed)
        if not self._events:
            raise _Unproven("entry %d does not name the events of the index" % self.named_by)
        digest, spare = self._sum_of_events()
        if digest != self._events:
            raise _Unproven("the events of the index " + changed)
        if spare and self._spare == 0 and not isinstance(self._spare, bool):
            raise _Unproven("the index has %d words or entities that no event and no incident names" % spare)

    def _table(self, hashed, table, columns, query):
        hashed.update(b"T" + _put_text(table.encode()) + struct.pack(">I", len(columns)))
        for column in columns:
            hashed.update(_put_text(column))
        for row in self._base.execute(query):
            hashed.update(b"R" + b"".join(_put(value) for value in row))

    def _pages_digest(self):
        head = json.dumps({"first_events": self._first_events(), "v": 1}, sort_keys=True, separators=(",", ":")).encode()
        hashed = hashlib.sha256(b"CORDIDX1" + _put_text(head))
        for table in KEPT:
            columns = [bytes(row[1]) for row in self._base.execute("PRAGMA table_info(%s)" % table)]
            names = ", ".join('"%s"' % column.decode() for column in columns)
            self._table(hashed, table, columns, "SELECT %s FROM %s ORDER BY 1, 2" % (names, table))
        self._table(hashed, "incident_members", [b"incident", b"key", b"type", b"name"], MEMBERS)
        hashed.update(b"E")
        return hashed.hexdigest()

    def _first_events(self):
        """Where the numbers of a source's events begin, for sources that do not go on where the one before ended."""
        firsts, following = {}, 1
        for source, count in self._base.execute("SELECT id, events FROM sources WHERE events > 0 ORDER BY id").fetchall():
            of = [self._base.execute("SELECT source FROM events WHERE id = ?", (number,)).fetchone()
                  for number in (following, following + count - 1)]
            if of != [(source,), (source,)]:
                following = self._base.execute("SELECT min(id) FROM events WHERE source = ?", (source,)).fetchone()[0] or 0
                firsts[str(source)] = following
            following += count
        return firsts

    def _sum_of_events(self):
        """The digest, and how many words and entities stand there for nothing."""
        words = {number: hashlib.sha256(text).digest() for number, text in self._base.execute("SELECT id, text FROM words")}
        entities = {row[0]: hashlib.sha256(b"\0".join(row[1:])).digest()
                    for row in self._base.execute("SELECT id, key, type, name FROM entities")}

        def name(names, number):
            if number is None:
                return NONE
            if not isinstance(number, int):
                raise _Damaged("the index has a number that is none")
            if number not in names:
                raise _Damaged("the index names a word or an entity that it does not have")
            used[id(names)].add(number)
            return names[number]

        used = {id(words): set(), id(entities): set()}
        hashed = hashlib.sha256(b"CORDEVT1")
        for row in self._base.execute(EVENTS):
            targets = row[19] or b""
            if targets and not TARGETS.match(targets):
                raise _Damaged("the index has a target list that cannot be read")
            pairs = [pair.split(b":") for pair in targets.split(b" ")] if targets else []
            hashed.update(b"e" + b"".join(_put(value) for value in row[:10])
                          + b"".join(name(words, number) for number in row[10:17])
                          + b"".join(name(entities, number) for number in row[17:19]) + struct.pack(">I", len(pairs)))
            for entity, relation in pairs:
                hashed.update(name(entities, int(entity)) + (name(words, int(relation)) if int(relation) else NONE))
        for row in self._base.execute(POSTINGS):
            hashed.update(b"p" + name(entities, row[0]) + b"".join(_put(value) for value in row[1:]))
        hashed.update(b"z" + b"".join(_put(value) for value in self._base.execute(NOBODYS).fetchone()))
        members = {row[0] for row in self._base.execute("SELECT DISTINCT entity FROM incident_entities")}
        spare = len(words.keys() - used[id(words)]) + len(entities.keys() - used[id(entities)] - members)
        return hashed.hexdigest(), spare
