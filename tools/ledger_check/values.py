"""Members of entries as what they should be, or as nothing."""


class Wrong(ValueError):
    pass


def text(value):
    return value if isinstance(value, str) else ""


def obj(value):
    return value if isinstance(value, dict) else {}


def listed(value):
    return value if isinstance(value, list) else []


def number(value):
    return value if isinstance(value, int) and not isinstance(value, bool) else 0
