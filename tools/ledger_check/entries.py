"""What one entry must look like. Source: docs/formats/ledger.md, "Entry" """

import datetime
import re

from . import canonical

MEMBERS = {"v", "seq", "ts", "boot", "mono_ns", "type", "actor", "session", "incident", "mandate", "data"}
TIME = re.compile(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z\Z", re.ASCII)
BOOT = re.compile(r"^[0-9a-f]{32}\Z")
NANOS = re.compile(r"^[1-9][0-9]{15,18}\Z", re.ASCII)


def _is_count(value):
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_time(value):
    if not isinstance(value, str) or not TIME.match(value):
        return False
    try:
        datetime.datetime.strptime(value, "%Y-%m-%dT%H:%M:%S.%fZ")
    except ValueError:
        return False
    return True


def problem_of(entry):
    """What is wrong with a parsed entry, or None."""
    if not isinstance(entry, dict) or set(entry) != MEMBERS:
        return "not the members of an entry"
    nanos = entry["mono_ns"]
    is_long = isinstance(nanos, str) and NANOS.match(nanos) and canonical.LARGEST < int(nanos) < 2**63
    actor = entry["actor"]
    if entry["v"] != 1 or isinstance(entry["v"], bool) or not _is_count(entry["seq"]):
        return "no version or number"
    if not _is_time(entry["ts"]):
        return "no time"
    if not isinstance(entry["boot"], str) or not BOOT.match(entry["boot"]) or not (_is_count(nanos) or is_long):
        return "no start of the machine"
    if not isinstance(entry["type"], str) or not entry["type"]:
        return "no type"
    if not isinstance(actor, dict) or set(actor) != {"id", "kind"} or not isinstance(actor["id"], str):
        return "no actor"
    if actor["kind"] not in ("agent", "person", "engine"):
        return "an actor of no known kind"
    for name in ("session", "incident", "mandate"):
        if entry[name] is not None and (not isinstance(entry[name], str) or not entry[name]):
            return "no " + name
    return None if isinstance(entry["data"], dict) else "no data"
