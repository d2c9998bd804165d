"""Times in the one spelling that entries and signed texts have them in. Source: docs/formats/ledger.md, "Entry" """

import datetime
import re

SECOND = 10**6
TIME = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{6}))?Z\Z", re.ASCII)


def exact_time(value):
    """Microseconds since 1970 of a time in the one spelling that signed texts have it in, with six digits of a second or none; None
    for any other. A whole number: what is added to the first or last of times is one too."""
    match = TIME.match(value) if isinstance(value, str) else None
    if not match:
        return None
    try:
        day = datetime.datetime(*map(int, match.groups()[:6]))
    except ValueError:
        return None
    since = day - datetime.datetime(1970, 1, 1)
    return (since.days * 86400 + since.seconds) * SECOND + int(match[7] or 0)
