#!/usr/bin/python3
"""Two verifiers, one verdict: damages copies of a case at random and asks `cordonctl verify` and tools/verify_ledger.py, which
share no code. They must agree on the exit status and on the first bad entry, and neither may call a damaged case whole.

    second_verifier.py BIN_FOLDER [--rounds N] [--seed N]

Exit status 0 when they always agreed, 1 with the first case where they did not (kept, and named)."""
import argparse
import base64
import hashlib
import json
import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tools"))
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import foreign_keys  # noqa: E402
from ledger_check import canonical, ed25519, notes, sealed, tree  # noqa: E402
from verify_ledger import verify  # noqa: E402

HEADER = 256


def segment(case):
    return os.path.join(case, "ledger", "00000001.log")


def read(path):
    with open(path, "rb") as stream:
        return bytearray(stream.read())


def write(path, raw):
    if os.path.exists(path):
        os.chmod(path, 0o600)
    with open(path, "wb") as stream:
        stream.write(raw)


def frames(case):
    raw, at, found = read(segment(case)), HEADER, []
    while at < len(raw):
        end = at + 36 + int.from_bytes(raw[at : at + 4], "big")
        found.append(bytes(raw[at + 4 : end - 32]))
        at = end
    return found


def put(case, entries):
    """Writes entries with a chain made anew, as somebody without the key can."""
    raw, chain = read(segment(case))[:HEADER], bytes(32)
    for entry in entries:
        chain = hashlib.sha256(b"\x02" + chain + entry).digest()
        raw += len(entry).to_bytes(4, "big") + entry + chain
    write(segment(case), raw)


def files(case, *parts):
    folder = os.path.join(case, *parts)
    return sorted(os.path.join(where, name) for where, _, names in os.walk(folder) for name in names)


def flip(path, dice):
    raw = read(path)
    raw[dice.randrange(len(raw))] ^= 1 << dice.randrange(8)
    write(path, raw)


def flip_ledger(case, home, dice):
    flip(segment(case), dice)


def cut_ledger(case, home, dice):
    raw = read(segment(case))
    write(segment(case), raw[: dice.randrange(len(raw))])


def append_bytes(case, home, dice):
    write(segment(case), read(segment(case)) + bytes(dice.randrange(256) for _ in range(dice.randrange(1, 60))))


def delete_entry(case, home, dice):
    entries = frames(case)
    del entries[dice.randrange(len(entries))]
    put(case, entries)


def swap_entries(case, home, dice):
    entries = frames(case)
    one, other = dice.sample(range(len(entries)), 2)
    entries[one], entries[other] = entries[other], entries[one]
    put(case, entries)


def double_entry(case, home, dice):
    entries = frames(case)
    at = dice.randrange(len(entries))
    entries.insert(at, entries[at])
    put(case, entries)


def edit_entry(case, home, dice):
    entries = frames(case)
    at = dice.randrange(1, len(entries))
    old = b'"engine"' if b'"engine"' in entries[at] else b'"agent"'
    entries[at] = entries[at].replace(old, b'"person"', 1)
    put(case, entries)


def lose_canonical_form(case, home, dice):
    entries = frames(case)
    at = dice.randrange(len(entries))
    entries[at] = dice.choice([entries[at] + b" ", entries[at].replace(b":", b": ", 1), b"{}", b"[" * 40 + b"]" * 40])
    put(case, entries)


def flip_checkpoint(case, home, dice):
    flip(dice.choice(files(case, "ledger", "checkpoints")), dice)


def drop_checkpoints(case, home, dice):
    for path in files(case, "ledger", "checkpoints")[-dice.randrange(1, 4) :]:
        os.remove(path)


def rename_checkpoint(case, home, dice):
    path = dice.choice(files(case, "ledger", "checkpoints"))
    os.rename(path, os.path.join(os.path.dirname(path), "%08d" % dice.randrange(1000)))


def flip_evidence(case, home, dice):
    flip(dice.choice(files(case, "evidence", "sha256")), dice)


def lose_evidence(case, home, dice):
    os.remove(dice.choice(files(case, "evidence", "sha256")))


def swap_evidence(case, home, dice):
    one, other = dice.sample(files(case, "evidence", "sha256"), 2)
    raw = read(one)
    write(one, read(other))
    write(other, raw)


def move_mark(case, home, dice):
    path = next(name for name in files(home, "pinned") if name.endswith(".mark"))
    size, _, root = read(path).decode().strip().partition(" ")
    write(path, ("%d %s\n" % (max(1, int(size) + dice.randrange(-3, 4)), root)).encode())


def other_key(case, home, dice):
    path = next(name for name in files(home, "pinned") if name.endswith(".pub"))
    write(path, b"ed25519:" + b"ABEiM0RVZneImaq7zN3u/wARIjNEVWZ3iJmqu8zd7v8=" + b"\n")


def no_key(case, home, dice):
    shutil.rmtree(os.path.join(home, "pinned"))


def lose_segment(case, home, dice):
    os.rename(segment(case), segment(case).replace("00000001", "00000002"))


def link_segment(case, home, dice):
    os.rename(segment(case), segment(case) + ".moved")
    os.symlink(segment(case) + ".moved", segment(case))


def index(case, *statements):
    base = sqlite3.connect(os.path.join(case, "case.db"))
    for statement in statements:
        base.execute(statement)
    base.commit()
    base.close()
    with open(os.path.join(case, "case.db.sum"), "w", encoding="ascii") as stream:  # whoever forges one forges the other
        stream.write(hashlib.sha256(read(os.path.join(case, "case.db"))).hexdigest() + "\n")


def forge_row(case, home, dice):
    index(case, "UPDATE ledger_index SET actor = 'user:innocent' WHERE seq = %d" % dice.randrange(5, 40))


def add_row(case, home, dice):
    index(case, "INSERT INTO ledger_index SELECT seq + 1000, ts, at, type, actor_kind, actor, session, incident, mandate, data "
          "FROM ledger_index WHERE seq = %d" % dice.randrange(40))


def lose_row(case, home, dice):
    index(case, "DELETE FROM ledger_index WHERE seq = %d" % dice.randrange(40))


def forge_page(case, home, dice):
    index(case, dice.choice(["UPDATE alerts SET title = 'FORGED'", "UPDATE incidents SET risk = 1", "DELETE FROM alert_events",
                             "UPDATE incidents SET body = '{}' WHERE id = 1", "DELETE FROM documents", "UPDATE sources SET file = 'x'"]))


def forge_event(case, home, dice):
    index(case, dice.choice(["UPDATE events SET time = time + 1 WHERE id = 3", "UPDATE words SET text = text || 'x' WHERE id = 2",
                             "UPDATE entities SET name = 'innocent' WHERE id = 1", "DELETE FROM event_entities WHERE event = 2",
                             "UPDATE events SET offset = x'31' WHERE id = 2", "UPDATE events SET targets = '1:1 ' WHERE id = 2",
                             "UPDATE events SET action = 99999 WHERE id = 2"]))


def add_trigger(case, home, dice):
    index(case, "CREATE TRIGGER t AFTER INSERT ON ledger_index BEGIN UPDATE ledger_index SET actor = 'x'; END")


def add_table(case, home, dice):
    index(case, dice.choice(["CREATE TABLE told (text TEXT)", "CREATE INDEX told ON events (length)", "CREATE TABLE sources2 AS SELECT * FROM sources"]))


def drop_index(case, home, dice):
    index(case, dice.choice(["DROP INDEX ledger_by_type", "DROP INDEX events_by_time", "DROP INDEX sources_not_noted"]))


def add_statistics(case, home, dice):
    """A table under a name of SQLite's own, which steers how the index is read."""
    index(case, "ANALYZE")


def add_column(case, home, dice):
    index(case, dice.choice(["ALTER TABLE words ADD COLUMN told", "ALTER TABLE events ADD COLUMN told DEFAULT 'x'",
                             "ALTER TABLE entities ADD COLUMN told GENERATED ALWAYS AS (key || 'x')"]))


def add_spare_name(case, home, dice):
    index(case, dice.choice(["INSERT INTO words (text) VALUES ('nobody said this')",
                             "INSERT INTO entities (key, type, name) VALUES ('identity:nobody', 'iam_user', 'nobody')"]))


def other_version(case, home, dice):
    index(case, "PRAGMA user_version = %d" % dice.choice([99, 5, 0, -1]))


def junk_in_kept(case, home, dice):
    """Under a name that an object may have."""
    name = "%064x" % dice.randrange(16**64)
    path = os.path.join(case, "kept", "sha256", name[:2], name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    write(path, dice.choice([b"", b"junk", read(dice.choice(files(case, "evidence", "sha256")))]))


def lose_kept(case, home, dice):
    shutil.rmtree(os.path.join(case, "kept"))


def flip_kept(case, home, dice):
    path = files(case, "kept", "sha256")[0]
    os.chmod(path, 0o600)
    flip(path, dice)


def add_name(case, home, dice):
    place = dice.choice(["ledger/checkpoints/000000006", "ledger/checkpoints/6", "ledger/checkpoints/00000006.txt", "ledger/torn-x",
                         "evidence/notes.txt", "evidence/keys/none.key", "kept/index.db", "kept/sha256/x", "ledger/00000009.log/x",
                         "ledger/checkpoints/00000999/x", "evidence/other/x"])
    path = os.path.join(case, place)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    heads = files(case, "ledger", "checkpoints")
    write(path, read(heads[0]) if "checkpoints/0" in place and "999" not in place else b"x")


def lose_named_head(case, home, dice):
    """One that approvers were asked to cosign."""
    raw = bytes(read(segment(case)))
    sizes = sorted({int(one) for one in re.findall(rb'"ledger_size":(\d+)', raw)})
    os.remove(os.path.join(case, "ledger", "checkpoints", "%08d" % dice.choice(sizes)))


def rename_origin(case, home, dice):
    """A name that a terminal would obey, under a header that verifies."""
    raw, name = read(segment(case)), dice.choice([b"x\x1b[2J", b"x\nRESULT      OK   (exit 0)", b"\xe2\x80\xaex", b"a b"])
    raw[48:224] = len(name).to_bytes(2, "big") + name.ljust(174, b"\0")
    raw[224:256] = hashlib.sha256(raw[:224]).digest()
    write(segment(case), raw)


DAMAGES = [flip_ledger, cut_ledger, append_bytes, delete_entry, swap_entries, double_entry, edit_entry, lose_canonical_form,
           flip_checkpoint, drop_checkpoints, rename_checkpoint, flip_evidence, lose_evidence, swap_evidence, move_mark,
           other_key, no_key, lose_segment, link_segment, forge_row, add_row, lose_row, forge_page, forge_event,
           add_trigger, add_table, drop_index, add_statistics, add_column, add_spare_name, other_version, junk_in_kept, lose_kept, flip_kept, add_name, lose_named_head, rename_origin]
MAY_STAY_OK = {"drop_checkpoints", "rename_checkpoint", "move_mark"}  # earlier heads may go, a name or mark may be the same


class Options:
    key, require_anchor, no_evidence = None, False, False

    def __init__(self, case, home):
        self.case, self.home = case, home


def ask_both(program, case, home):
    """(status, first bad entry, its byte) as each of the two sees it."""
    run = subprocess.run([program, "verify", case, "--json"], capture_output=True, env=dict(os.environ, CORDON_HOME=home))
    said = json.loads(run.stdout) if run.stdout else {}
    problems = [(one["seq"], one["offset"], one["file"]) for one in said.get("problems", [])]
    found, _, status = verify(Options(case, home))
    own = [(one.seq, one.offset, one.file) for one in found.problems]
    return (run.returncode, problems[0][0] if problems else None), (status, own[0][0] if own else None), problems[:3], own[:3]


def ask_both_of_sealed(program, path, home):
    """(exit of one, exit of the other, exit of the other by the ledger's entries alone)."""
    run = subprocess.run([program, "verify", path], capture_output=True, env=dict(os.environ, CORDON_HOME=home))
    options = Options(path, home)
    whole = verify(options, sealed.Sealed(path))[2]
    options.no_evidence = True
    return run.returncode, whole, verify(options, sealed.Sealed(path))[2]


def judge_other_key(program, case, home):
    """Another key than the case's is no damage: both programs say so in the same words. "" when they do."""
    other = "ed25519:ABEiM0RVZneImaq7zN3u/wARIjNEVWZ3iJmqu8zd7v8="
    run = subprocess.run([program, "verify", case, "--key", other, "--json"], capture_output=True, env=dict(os.environ, CORDON_HOME=home))
    said = json.loads(run.stdout)
    options = Options(case, home)
    options.key = other
    found, _, status = verify(options)
    words = ["the key is another: either this is not the case you think or the key is wrong"]
    alike = (run.returncode, said["doubts"], said["problems"]) == (3, words, []) and (status, found.doubts, found.problems) == (3, words, [])
    return "" if alike else "another key: cordonctl %s %s, verify_ledger.py %s %s" % (run.returncode, said["doubts"], status, found.doubts)


def judge_forged_incident(program, case, home, folder):
    """A sealed incident, and the same made again under keys that are not the ledger's. "" when both programs know them apart."""
    genuine, forged = os.path.join(folder, "genuine.cordonz"), os.path.join(folder, "forged.cordonz")
    subprocess.run([program, "seal", case, genuine, "--incident", "INC-0001"], check=True, capture_output=True,
                   env=dict(os.environ, CORDON_HOME=home))
    foreign_keys.forge(genuine, forged, b'"engine"', b'"person"')
    said = ask_both_of_sealed(program, genuine, home), ask_both_of_sealed(program, forged, home)
    return "" if said == ((0, 0, 0), (1, 1, 1)) else "a forged incident is not known from a genuine one: %s" % (said,)


def epoch_key(home, origin):
    with open(os.path.join(home, "keys", origin.rpartition("/")[2] + ".epoch"), encoding="ascii") as stream:
        return foreign_keys.Key(base64.b64decode(stream.read().split()[1]))


def rewrite(case, home, change):
    """The whole epoch anew under the log key in force, with all its heads, where no high-water mark tells: `change` gets and may
    edit each parsed entry."""
    entries = [json.loads(raw) for raw in frames(case)]
    change(entries)
    origin, whole, roots = entries[0]["data"]["origin"], tree.Tree(), {}
    written = [canonical.write(entry) for entry in entries]
    put(case, written)
    key = epoch_key(home, origin)
    for raw in written:
        whole.append(tree.leaf(raw))
        roots[whole.size] = whole.root()
    for path in files(case, "ledger", "checkpoints"):
        size = int(os.path.basename(path))
        write(path, key.note(origin, "%s\n%d\n%s\n" % (origin, size, base64.b64encode(roots[size]).decode())).encode())
    os.remove(next(name for name in files(home, "pinned") if name.endswith(".mark")))


def ask_of_ledger(program, case, home):
    """(number, what is wrong) of the entries of the ledger that each of the two programs names."""
    run = subprocess.run([program, "verify", case, "--json"], capture_output=True, env=dict(os.environ, CORDON_HOME=home))
    one = [(problem["seq"], problem["what"]) for problem in json.loads(run.stdout)["problems"] if problem["file"] == "ledger"]
    return one, [(problem.seq, problem.what) for problem in verify(Options(case, home))[0].problems if problem.file == "ledger"]


def judge_rewritten_epoch(program, case, home, folder):
    """Entries that were written anew under genuine approvals: what people signed names another head. "" when both programs say so."""
    hurt, own_home = os.path.join(folder, "rewritten"), os.path.join(folder, "rewritten_home")
    shutil.copytree(case, hurt)
    shutil.copytree(home, own_home)
    asked = []

    def change(entries):
        asked.extend(entry["seq"] for entry in entries if entry["type"] == "approval.requested")
        view = next(entry for entry in entries if entry["type"] == "agent.view")
        view["data"]["unseen"] = view["data"].get("unseen", 0) + 1

    rewrite(hurt, own_home, change)
    said = ask_of_ledger(program, hurt, own_home)
    shutil.rmtree(hurt)
    shutil.rmtree(own_home)
    wanted = [(seq, "a request for approvals that names another head than the ledger had") for seq in asked]
    return "" if asked and said[0] == said[1] == wanted else "an epoch that was written anew: %s" % (said,)


def append(case, home, new):
    """Entries behind the others under the log key in force, with a signed head: as whoever stole that key can."""
    entries = frames(case)
    first, last = json.loads(entries[0]), json.loads(entries[-1])
    for kind, actor, data, *told in new:
        last = dict(last, seq=last["seq"] + 1, type=kind, actor={"id": actor, "kind": "person" if actor.startswith("user:") else "engine"},
                    data=dict(data, at=last["data"].get("at")), incident="INC-0001", session=None)
        entries.append(canonical.write(dict(last, **(told[0] if told else {}))))
    put(case, entries)
    whole = tree.Tree()
    for entry in entries:
        whole.append(tree.leaf(entry))
    origin = first["data"]["origin"]
    head = epoch_key(home, origin).note(origin, "%s\n%d\n%s\n" % (origin, len(entries), base64.b64encode(whole.root()).decode()))
    write(os.path.join(case, "ledger", "checkpoints", "%08d" % len(entries)), head.encode())


def forged_acts(case):
    """Acts of people that no person signed, and mandates that no owner did: (type, actor, data)."""
    entries = [json.loads(entry) for entry in frames(case)]
    mandate = next(entry["data"] for entry in entries if entry["type"] == "mandate.in_force")
    origin, at = entries[0]["data"]["origin"], entries[-1]["ts"]
    who, stranger = "user:commander-b", foreign_keys.Key()
    order = {"v": 1, "command": "note", "args": {"incident": "INC-0001", "text": "x"}, "person": who, "issued": at, "nonce": "0" * 32, "case": origin}
    block = stranger.note(who, "cordon.command.v1\n%s\n" % base64.b64encode(canonical.write(order)).decode())
    join = dict(order, command="join", person="user:mal", nonce="1" * 32)
    joining = stranger.note("user:mal", "cordon.command.v1\n%s\n" % base64.b64encode(canonical.write(join)).decode())
    other = json.loads(json.dumps(mandate))
    other["people"]["people"][0]["key"] = "ed25519:" + base64.b64encode(stranger.public).decode()
    return [
        ("incident.merged", who, {"order": "ORD-0001", "why": "w", "others": ["INC-0002"], "alerts": [], "lists": []}),
        ("incident.split", who, {"order": "ORD-0002", "why": "w", "others": [], "alerts": ["A-0001"], "lists": []}),
        ("incident.moved", "cordon", {"order": "ORD-0003", "why": "w", "others": ["INC-0002"], "alerts": ["A-0001"], "lists": []}),
        ("incident.arrangement_undone", who, {"order": "ORD-0001", "why": ""}),
        ("incident.closed", who, {"verdict": "benign", "reason": "r", "alerts": 1, "leases": []}),
        ("incident.closed", "cordon", {"verdict": "benign", "reason": "r", "alerts": 1, "leases": []}),
        ("incident.reopened", who, {"reason": "r"}),
        ("incident.note", who, {"text": "x"}),
        ("incident.assigned", who, {"to": who}),
        ("agent.resumed", who, {"by": [who], "state": "running"}),
        ("session.continued", who, {"connector": "c"}),
        ("step.skipped", who, {"step": "INC-0001/S1", "why": "w"}),
        ("step.done_elsewhere", who, {"step": "INC-0001/S1", "note": "n"}),
        ("lease.extended", who, {"step": "INC-0001/S1", "until": "2027-01-01T00:00:00Z"}),
        ("approval.asked_again", who, {"step": "INC-0001/S1", "request": "AR-0001"}),
        ("decision", who, {"step": "INC-0001/S1", "undo": True, "decision": {"effect": "allow", "clauses": ["C1"], "tier": "T1", "digest": "0" * 64}}),
        ("source.added", who, {"source": "/x"}),
        ("inventory.imported", who, {"name": "n", "digest": "0" * 64, "source": "s", "order": block, "valid_days": 30, "authoritative_for": []}),
        ("indicators.imported", who, {"name": "n", "digest": "0" * 64, "source": "s", "order": block}),
        ("clock.trusted", who, {}),
        ("command.taken", who, {"command": "note", "order": block, "nonce": "0" * 32, "sitting": "", "key": "ed25519:" + base64.b64encode(stranger.public).decode()}),
        ("person.joined", "user:mal", {"key": "ed25519:" + base64.b64encode(stranger.public).decode(), "roles": ["analyst", "commander"], "nonce": "1" * 32, "block": joining}),
        ("command.refused", "cordon", {"command": "note", "nonce": "2" * 32}),
        ("halt.drill", who, {"state": "halted"}),
        ("person.signed_in", who, {"sitting": "s", "nonce": "3" * 32, "why": ""}),
        ("person.signed_out", who, {"sitting": "s", "nonce": "4" * 32, "order": block}),
        ("step.settled", who, {"step": "INC-0001/S1"}),
        ("scope.verified", who, {"verified": []}),
        ("approval.void", who, {}),
        ("approval.refused", who, {"request": "AR-0001"}),
        ("approval.escalated", who, {"request": "AR-0001"}),
        ("case.sealed", who, {"holds": "case"}),
        ("factor.failures", who, {"person": who, "failures": 1}),
        ("source.added", who, {"source": "/\u00e4"}),
        ("decision", "cordon", {"step": "INC-0001/S1", "undo": True, "decision": {"effect": "allow", "clauses": ["C1"], "tier": "T1", "digest": "0" * 64}}),
        ("lease.extended", "cordon", {"step": "INC-0001/S99", "until": "2020-01-01T00:00:00.000000Z"}),
        ("clock.set_back", "cordon", {"from": at, "to": "2020-01-01T00:00:00.000000Z"}),
        ("clock.set_back", "cordon", {"from": "2030-01-01T00:00:00.000000Z", "to": "2020-01-01T00:00:00.000000Z"}, {"ts": "2020-01-01T00:00:00.000000Z"}),
        ("note", "cordon", {}, {"ts": "2020-01-01T00:00:00.000000Z"}),
        ("note", "cordon", {}, {"ts": at, "mono_ns": 0}),
        ("evidence.released", who, {"digest": "0" * 64, "purpose": "p", "order": block}),
        ("approval.denied", who, {"approval": {"approver": who, "decision": "deny", "nonce": "n"}, "signature": "00" * 64}),
        ("mandate.in_force", "cordon", mandate),
        ("mandate.in_force", "cordon", dict(mandate, revision=mandate["revision"] + 1)),
        ("mandate.in_force", "cordon", dict(other, revision=mandate["revision"] + 1)),
    ]


def judge_forged_acts(program, case, home, folder):
    """Both programs name every forged act, and nothing else. "" when they do."""
    hurt = os.path.join(folder, "forged_acts")
    shutil.copytree(case, hurt)
    acts = forged_acts(hurt)
    append(hurt, home, acts)
    size = len(frames(hurt))
    run = subprocess.run([program, "verify", hurt, "--json"], capture_output=True, env=dict(os.environ, CORDON_HOME=home))
    one = [problem["seq"] for problem in json.loads(run.stdout)["problems"] if problem["file"] == "ledger"]
    other = [problem.seq for problem in verify(Options(hurt, home))[0].problems if problem.file == "ledger"]
    wanted = list(range(size - len(acts), size))
    shutil.rmtree(hurt)
    if one == other == wanted:
        return ""
    missed = [acts[seq - wanted[0]][0] for seq in wanted if seq not in one or seq not in other]
    return "forged acts %s: cordonctl names %s, verify_ledger.py %s of %s" % (missed, one, other, wanted)


def repacked(path, how):
    """An object of evidence whose first chunk is packed in another way, with table and footer made to fit: the bytes stay the same."""
    raw = bytes(read(path))
    size, count = int.from_bytes(raw[-52:-44], "big"), int.from_bytes(raw[-44:-40], "big")
    table_at = len(raw) - 52 - 36 * count
    rows = [raw[table_at + 36 * n : table_at + 36 * n + 36] for n in range(count)]
    length = int.from_bytes(rows[0][:4], "big")
    chunk, rest = how(raw[12 : 12 + length], min(size, 1 << 20)), raw[12 + length : table_at]
    table = len(chunk).to_bytes(4, "big") + hashlib.sha256(chunk).digest() + b"".join(rows[1:])
    told = raw[-52:-40]
    write(path, raw[:12] + chunk + rest + table + told + hashlib.sha256(raw[:12] + table + told).digest() + raw[-8:])


def _frame(descriptor, told, blocks):
    return b"\x28\xb5\x2f\xfd" + bytes([descriptor]) + told + blocks


def _run(letter, count, is_last):
    return (count << 3 | 2 | is_last).to_bytes(3, "little") + letter


PACKINGS = {
    "the same": lambda chunk, size: chunk,
    "a frame of nothing behind": lambda chunk, size: chunk + b"\x50\x2a\x4d\x18" + bytes(4),
    "a frame of nothing before": lambda chunk, size: b"\x50\x2a\x4d\x18" + bytes(4) + chunk,
    "an empty frame behind": lambda chunk, size: chunk + _frame(0x20, b"\x00", b"\x01\x00\x00"),
    "said to have a check sum": lambda chunk, size: chunk[:4] + bytes([chunk[4] | 4]) + chunk[5:] + bytes(4),
    "said to need a dictionary": lambda chunk, size: chunk[:4] + bytes([chunk[4] | 1]) + b"\x07" + chunk[5:],
    "a reserved bit": lambda chunk, size: chunk[:4] + bytes([chunk[4] | 8]) + chunk[5:],
    "a byte behind": lambda chunk, size: chunk + b"x",
    "no size told": lambda chunk, size: _frame(0x00, b"\x50", _run(b"a", size, 1)),
    "another size told": lambda chunk, size: _frame(0xA0, (size - 1).to_bytes(4, "little"), _run(b"a", size, 1)),
    "a block too large": lambda chunk, size: _frame(0xA0, size.to_bytes(4, "little"), _run(b"a", 129 << 10, 1)),
    "a bomb": lambda chunk, size: _frame(0xA0, size.to_bytes(4, "little"), _run(b"a", 128 << 10, 0) * 4000 + _run(b"a", 1, 1)),
    "a bomb that says so": lambda chunk, size: _frame(0xA0, (4000 * (128 << 10)).to_bytes(4, "little"), _run(b"a", 128 << 10, 0) * 3999 + _run(b"a", 128 << 10, 1)),
    "nothing": lambda chunk, size: b"",
}


def judge_packings(program, case, home, folder):
    """Evidence that was packed otherwise: both programs judge it alike. "" when they do."""
    for what, how in PACKINGS.items():
        hurt = os.path.join(folder, "repacked")
        shutil.copytree(case, hurt)
        repacked(files(hurt, "evidence", "sha256")[0], how)
        one, other = ask_both(program, hurt, home)[:2]
        shutil.rmtree(hurt)
        if one != other or (one[0] == 0) != (what == "the same"):
            return "evidence packed otherwise, %s: cordonctl %s, verify_ledger.py %s" % (what, one, other)
    return ""


def judge_odd_files(program, case, home, folder):
    """A pipe, a link to what never ends, or a folder under the name of a case's file holds up neither program, and neither calls it whole."""
    names = [segment(case), files(case, "ledger", "checkpoints")[-1], files(case, "evidence", "sha256")[0], os.path.join(case, "case.db"),
             os.path.join(case, "ledger", "timestamps", "00000007.tsr"), os.path.join(case, "evidence", "keys", "0" * 64 + ".key")]
    kinds = {"pipe": os.mkfifo, "link": lambda path: os.symlink("/dev/zero", path), "folder": os.mkdir}
    for name in (os.path.relpath(name, case) for name in names):
        for kind, make in kinds.items():
            hurt = os.path.join(folder, "odd")
            shutil.copytree(case, hurt)
            path = os.path.join(hurt, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            if os.path.exists(path):
                os.remove(path)
            make(path)
            environment = dict(os.environ, CORDON_HOME=home)
            told = []
            for line in ([program, "verify", hurt], [sys.executable, os.path.join(ROOT, "tools", "verify_ledger.py"), hurt, "--home", home]):
                try:
                    told.append(subprocess.run(line, capture_output=True, env=environment, timeout=60).returncode)
                except subprocess.TimeoutExpired:
                    told.append("never")
            shutil.rmtree(hurt)
            if told[0] != told[1] or told[0] in (0, "never"):
                return "a %s at %s: cordonctl ended with %s, verify_ledger.py with %s" % (kind, name, *told)
    return ""


def odd_signatures(key, message):
    """What whoever has a key can make of a signature, so that some programs take it and others do not."""
    good = key.sign(message)

    def with_point(point):
        challenge = int.from_bytes(hashlib.sha512(point + key.public + message).digest(), "little") % ed25519.L
        return point + (challenge * key._scalar % ed25519.L).to_bytes(32, "little")

    s = int.from_bytes(good[32:], "little")
    order_2 = (ed25519.P - 1).to_bytes(32, "little")
    return {"a nonce of nothing": with_point((1).to_bytes(32, "little")), "a point of order 2": with_point(order_2),
            "a point of order 4": with_point(bytes(32)), "a point in another spelling": with_point((ed25519.P + 1).to_bytes(32, "little")),
            "a number beyond the order": good[:32] + (s + ed25519.L).to_bytes(32, "little"), "shorter": good[:-1], "longer": good + b"\0"}


def judge_signatures(program, case, home, folder):
    """The newest head under an odd signature of the right key: neither program takes it. "" when that is so."""
    name = os.path.relpath(files(case, "ledger", "checkpoints")[-1], case)
    text = read(os.path.join(case, name)).decode().rpartition("\n\n")[0] + "\n"
    origin = text.partition("\n")[0]
    key = epoch_key(home, origin)
    for what, signature in odd_signatures(key, text.encode()).items():
        hurt = os.path.join(folder, "signed")
        shutil.copytree(case, hurt)
        line = base64.b64encode(notes.key_id(origin, key.public) + signature).decode()
        write(os.path.join(hurt, name), ("%s\n\u2014 %s %s\n" % (text, origin, line)).encode())
        one, other = ask_both(program, hurt, home)[:2]
        shutil.rmtree(hurt)
        if one != other or one[0] == 0:
            return "a head signed with %s: cordonctl %s, verify_ledger.py %s" % (what, one, other)
    return ""


def spellings(last):
    """An entry spelled in ways that one program could take for the usual one and another not."""
    ts, boot = last["ts"], last["boot"]
    times = [ts + "\n", ts + " ", ts.lower(), ts[:-1] + "+00:00", ts[:-1], ts[:19] + "Z", ts[:-1] + "0Z", ts[:-4] + "Z", ts.replace("T", " "), ts[:-1] + "z",
             ts[:11] + "24:00:00.000000Z", ts[:11] + "23:59:60.000000Z", "2026-02-30" + ts[10:], "0000-01-01" + ts[10:], "+" + ts, "\u0662" + ts[1:], ts + "\u0000", ""]
    return ([{"ts": one} for one in times]
            + [{"boot": one} for one in (boot + "\n", boot.upper() + "A" * (32 - len(boot)), "A" * 32, boot[:-1], "", "\u0661" * 32, 0, None)]
            + [{"mono_ns": one} for one in ("9007199254740993\n", "9007199254740991", "09007199254740993", "+9007199254740993", "9223372036854775808",
                                            " 9007199254740993", "9007199254740993.0", "1e16", -1, True, None, "\u0669007199254740993", "9_007_199_254_740_993")]
            + [{"type": one} for one in ("", None, 1, {"a": 1})]
            + [{"incident": one} for one in ("", 0, False, [])]
            + [{"session": ""}, {"mandate": 0}, {"v": True}, {"v": 2}, {"v": "1"}, {"seq": str(last["seq"])}, {"seq": True}, {"data": None}, {"data": []}, {"more": 1}]
            + [{"actor": one} for one in (None, {}, {"id": "cordon"}, {"id": "cordon", "kind": "Engine"}, {"id": "cordon", "kind": "engine", "x": 1},
                                          {"id": 1, "kind": "engine"}, {"id": "", "kind": "engine"}, {"id": "user:a", "kind": "person\n"})])


def judge_spellings(program, case, home, folder):
    """Whoever stole the log key signs an entry in an unusual spelling: both programs judge it alike. "" when they do."""
    told = json.loads(frames(case)[-1])
    taken = 0
    for spelled in spellings(dict(told, seq=told["seq"] + 1)):
        hurt = os.path.join(folder, "spelled")
        shutil.copytree(case, hurt)
        append(hurt, home, [("note", "cordon", {}, spelled)])
        one, other = ask_both(program, hurt, home)[:2]
        shutil.rmtree(hurt)
        taken += one[0] == 0
        if one != other:
            return "an entry with %r: cordonctl %s, verify_ledger.py %s" % (spelled, one, other)
    return "" if taken < 2 else "%d of the spellings were taken" % taken


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("bin")
    parser.add_argument("--rounds", type=int, default=2 * len(DAMAGES))
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    program, dice = os.path.join(options.bin, "cordonctl"), random.Random(options.seed)
    counts = {}
    with tempfile.TemporaryDirectory(prefix="second_verifier") as folder:
        case, home = os.path.join(folder, "case"), os.path.join(folder, "home")
        subprocess.run([program, "run", "--replay", "--exercise", "scenario-1", "--case", case], check=True,
                       capture_output=True, env=dict(os.environ, CORDON_HOME=home))
        both = ask_both(program, case, home)
        if both[0] != (0, None) or both[1] != (0, None):
            print("the case is not whole to begin with:", both)
            return 1
        wrong = judge_other_key(program, case, home) or judge_forged_incident(program, case, home, folder)
        wrong = wrong or judge_forged_acts(program, case, home, folder) or judge_rewritten_epoch(program, case, home, folder)
        wrong = wrong or judge_spellings(program, case, home, folder) or judge_packings(program, case, home, folder)
        wrong = wrong or judge_odd_files(program, case, home, folder) or judge_signatures(program, case, home, folder)
        if wrong:
            print(wrong)
            return 1
        for number in range(options.rounds):
            damage = DAMAGES[number % len(DAMAGES)]
            hurt, own_home = os.path.join(folder, "hurt"), os.path.join(folder, "own_home")
            shutil.copytree(case, hurt)
            shutil.copytree(home, own_home)
            damage(hurt, own_home, dice)
            one, other, problems, own = ask_both(program, hurt, own_home)
            missed = one[0] == 0 and damage.__name__ not in MAY_STAY_OK
            if one != other or missed:
                kept = tempfile.mkdtemp(prefix="second_verifier_kept")
                shutil.move(hurt, os.path.join(kept, "case"))
                shutil.move(own_home, os.path.join(kept, "home"))
                print("round %d, %s: cordonctl %s %s, verify_ledger.py %s %s; kept in %s" % (
                    number, damage.__name__, one, problems, other, own, kept))
                return 1
            counts[one[0]] = counts.get(one[0], 0) + 1
            shutil.rmtree(hurt)
            shutil.rmtree(own_home)
    print("%d damaged cases, seed %d: the two agreed on all; by exit status %s" % (options.rounds, options.seed, counts))
    return 0


if __name__ == "__main__":
    sys.exit(main())
