"""What lies below `ledger/` and `evidence/sha256/` and does not belong there: links, and names that the format does not know.
Source: docs/formats/ledger.md, "Verification" """

import os
import re

from . import files

HEX2, HEX64 = re.compile(r"^[0-9a-f]{2}$"), re.compile(r"^[0-9a-f]{64}$")


def _is_counted(name, suffix):
    digits = name[: len(name) - len(suffix)]
    return name.endswith(suffix) and len(digits) >= 8 and digits.isascii() and digits.isdigit() and int(digits) < 2**63


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
            if is_folder(name) and (files.isdir(one) or os.path.islink(one)):
                folders.append(name)
            elif not is_file(name):
                found.append((folder + "/" + name, "does not belong in a case"))
        return folders

    for name in look("ledger", lambda name: _is_counted(name, ".log") or name.startswith("torn-"),
                     lambda name: name in ("checkpoints", "timestamps")):
        look("ledger/" + name, lambda one: _is_counted(one, ".tsr" if name == "timestamps" else ""))
    look("evidence", lambda name: True, lambda name: True)
    for shard in look("evidence/sha256", lambda name: False, HEX2.match):
        look("evidence/sha256/" + shard, lambda name: HEX64.match(name) and name.startswith(shard))
    return found
