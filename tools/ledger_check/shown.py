"""What an entry shows of a text that somebody else wrote. Source: docs/formats/ledger.md, "What the auditor asks of entries" """

HIDDEN = ((0, 0x1F), (0x7F, 0x9F), (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F),
          (0x200B, 0x200F), (0x2028, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0),
          (0xFFF9, 0xFFFB), (0xE0000, 0xE0FFF))


def _letter(letter):
    code = ord(letter)
    if 0xDC80 <= code <= 0xDCFF:
        return "\\x{%02x}" % (code - 0xDC00)  # a byte that is no UTF-8
    return "\\u{%x}" % code if any(first <= code <= last for first, last in HIDDEN) else letter


def shown(value, longest=None):
    """The text with what nobody sees spelled out; of its first `longest` bytes."""
    raw = value.encode("utf-8", "surrogatepass")
    return "".join(map(_letter, raw[:longest].decode("utf-8", "surrogateescape")))
