"""What lies below `ledger/`, `evidence/` and `kept/` and does not belong there: links, and names that the format does not know.
Source: docs/formats/ledger.md, "Verification" """

import os
import re

from . import files

HEX2, HEX64 = re.compile(r"^[0-9a-f]{2}\Z"), re.compile(r"^[0-9a-f]{64}\Z")


def _is_number(digits):
    return digits.isascii() and digits.isdigit() and int(digits) < 2**63


def _is_counted(name, suffix):
    """A number of at least eight digits, written in one way."""
    digits = name[: len(name) - len(suffix)]
    return name.endswith(suffix) and _is_number(digits) and (len(digits) == 8 or (len(digits) > 8 and digits[0] != "0"))


def _is_torn(name):
    parts = name[len("torn-"):].split("-")
    return name.startswith("torn-") and len(parts) <= 2 and all(_is_number(part) for part in parts)


def _is_key(name):
    return name.endswith(".key") and bool(HEX64.match(name[:-4])) and not name.endswith("\n")


def strangers(case):
    """(place, what) of each."""
    found = []

    def look(folder, is_file, is_folder=lambda name: False):
        """Everything in a folder of the case; the names of folders that belong."""
        path, folders = os.path.join(case, folder), []
        if os.path.islink(path):
            found.append((folder, "a link in the place of a folder"))
            return folders
        for name in sorted(files.listdir(path)) if files.isdir(path) else []:
            one = os.path.join(path, name)
            if name.startswith("."):
                continue
            is_inside = files.isdir(one) or os.path.islink(one)
            if is_folder(name) and is_inside:
                folders.append(name)
            elif not is_file(name) or not files.is_plain(one):  # a pipe is no file either
                found.append((folder + "/" + name, "does not belong in a case"))
        return folders

    for name in look("ledger", lambda name: _is_counted(name, ".log") or _is_torn(name),
                     lambda name: name in ("checkpoints", "timestamps")):
        look("ledger/" + name, lambda one: _is_counted(one, ".tsr" if name == "timestamps" else ""))
    look("evidence", lambda name: False, lambda name: name in ("sha256", "keys", "incoming"))
    look("kept", lambda name: False, lambda name: name in ("sha256", "incoming"))
    look("evidence/keys", _is_key)
    for vault in ("evidence", "kept"):
        for shard in look(vault + "/sha256", lambda name: False, HEX2.match):
            look(vault + "/sha256/" + shard, lambda name: HEX64.match(name) and name.startswith(shard))
    return found
