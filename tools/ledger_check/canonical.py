"""Strict JSON and its canonical form. Source: docs/formats/canonical.md"""

import json

LARGEST = 2**53 - 1
DEEPEST = 32
_ESCAPES = {8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r", 34: '\\"', 92: "\\\\"}


class NotCanonical(ValueError):
    pass


def _object(pairs):
    members = dict(pairs)
    if len(members) != len(pairs):
        raise NotCanonical("a key stands twice")
    return members


def _refuse(text):
    raise NotCanonical("no canonical number: " + text[:40])


def parse(raw):
    """The value of canonical JSON bytes. NotCanonical for anything that is not written in exactly that form."""
    try:
        value = json.loads(raw.decode("utf-8"), object_pairs_hook=_object, parse_float=_refuse, parse_constant=_refuse)
    except NotCanonical:
        raise
    except (ValueError, RecursionError) as problem:
        raise NotCanonical("no JSON: " + str(problem)) from None
    if write(value) != raw:
        raise NotCanonical("not in canonical form")
    return value


def _text(value):
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        raise NotCanonical("a lone surrogate") from None
    return '"' + "".join(_ESCAPES.get(ord(c)) or ("\\u%04x" % ord(c) if c < " " else c) for c in value) + '"'


def _write(value, depth):
    if value is None or value is True or value is False:
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        if abs(value) > LARGEST:
            raise NotCanonical("an integer beyond 2^53-1")
        return str(value)
    if isinstance(value, str):
        return _text(value)
    if depth >= DEEPEST:
        raise NotCanonical("too deep")
    if isinstance(value, list):
        return "[" + ",".join(_write(item, depth + 1) for item in value) + "]"
    keys = sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
    return "{" + ",".join(_text(key) + ":" + _write(value[key], depth + 1) for key in keys) + "}"


def write(value):
    """The canonical bytes of a value. NotCanonical where it has none."""
    return _write(value, 0).encode("utf-8")
