"""A mandate's text as the value that owners sign: the YAML that docs/formats/mandate.md allows, and nothing beside it."""

import re

INTEGER = re.compile(r"^(0|-?[1-9][0-9]*)\Z", re.ASCII)
ESCAPES = {"0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b",
           " ": " ", '"': '"', "/": "/", "\\": "\\", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029"}
DEEPEST = 64


class Unreadable(ValueError):
    pass


def _bare(line):
    """A line without its comment: `#` at its start or after a space, outside quotes."""
    quote, before = "", ""
    for at, letter in enumerate(line):
        if quote:
            if letter == quote and not (quote == '"' and _is_escaped(line, at)):
                quote = ""
        elif letter in "\"'" and (before.rstrip() == "" or before.rstrip()[-1] in ":,[{-"):
            quote = letter
        elif letter == "#" and (at == 0 or line[at - 1] in " \t"):
            return before.rstrip()
        before += letter
    return before.rstrip()


def _is_escaped(line, at):
    count = 0
    while at and line[at - 1] == "\\":
        count, at = count + 1, at - 1
    return count % 2 == 1


def _plain(text):
    if text in ("true", "false"):
        return text == "true"
    if text == "" or text[0] in "&*!|>%@`?\"'{}[],":
        raise Unreadable(text)
    return int(text) if INTEGER.match(text) else text


class _Flow:
    """One value in braces, brackets or quotes, or a plain one among them."""

    def __init__(self, text):
        self.text, self.at = text, 0

    def whole(self):
        value = self.value(0)
        self.skip()
        if self.at != len(self.text):
            raise Unreadable(self.text)
        return value

    def skip(self):
        while self.at < len(self.text) and self.text[self.at] == " ":
            self.at += 1

    def peek(self):
        self.skip()
        return self.text[self.at] if self.at < len(self.text) else ""

    def value(self, depth):
        first = self.peek()
        if depth > DEEPEST or first == "":
            raise Unreadable(self.text)
        if first == "{":
            return self.mapping(depth)
        if first == "[":
            return self.sequence(depth)
        return self.quoted() if first in "\"'" else _plain(self.word())

    def mapping(self, depth):
        self.at, found = self.at + 1, {}
        while self.peek() != "}":
            key = self.quoted() if self.peek() in ("'", '"') else self.word()
            if self.peek() != ":" or key in found:
                raise Unreadable(self.text)
            self.at += 1
            found[key] = self.value(depth + 1)
            self.comma("}")
        self.at += 1
        return found

    def sequence(self, depth):
        self.at, found = self.at + 1, []
        while self.peek() != "]":
            found.append(self.value(depth + 1))
            self.comma("]")
        self.at += 1
        return found

    def comma(self, end):
        if self.peek() == ",":
            self.at += 1
        elif self.peek() != end:
            raise Unreadable(self.text)

    def word(self):
        start = self.at
        while self.at < len(self.text) and self.text[self.at] not in ",[]{}":
            if self.text[self.at] == ":" and self.text[self.at + 1:self.at + 2] in ("", " ", ",", "]", "}"):
                break
            self.at += 1
        return self.text[start:self.at].strip()

    def quoted(self):
        self.skip()
        quote, out, self.at = self.text[self.at], "", self.at + 1
        while self.at < len(self.text):
            letter = self.text[self.at]
            self.at += 1
            if letter == quote and quote == "'" and self.text[self.at:self.at + 1] == "'":
                self.at += 1
                out += "'"
            elif letter == quote:
                return out
            elif letter == "\\" and quote == '"':
                out += self.escape()
            else:
                out += letter
        raise Unreadable(self.text)

    def escape(self):
        letter = self.text[self.at:self.at + 1]
        self.at += 1
        length = {"x": 2, "u": 4, "U": 8}.get(letter, 0)
        if not length:
            if letter not in ESCAPES or letter == "":
                raise Unreadable(self.text)
            return ESCAPES[letter]
        digits = self.text[self.at:self.at + length]
        self.at += length
        try:
            return chr(int(digits, 16)) if len(digits) == length else ""
        except (ValueError, OverflowError):
            raise Unreadable(self.text) from None


def _is_closed(text):
    """Whether every brace, bracket and quote that a flow value opens is closed."""
    try:
        _Flow(text).whole()
        return True
    except Unreadable:
        return False


class _Lines:
    def __init__(self, text):
        self.raw = text.replace("\r\n", "\n").split("\n")
        self.lines = []  # (indent, words, number)
        for number, line in enumerate(self.raw):
            bare = _bare(line)
            if bare.strip() and not (bare == "---" and not self.lines):
                self.lines.append((len(bare) - len(bare.lstrip(" ")), bare.strip(" "), number))
        self.at = 0

    def block(self, indent, depth=0):
        if depth > DEEPEST or self.at >= len(self.lines):
            raise Unreadable("")
        is_list = self.lines[self.at][1] == "-" or self.lines[self.at][1].startswith("- ")
        found = [] if is_list else {}
        while self.at < len(self.lines) and self.lines[self.at][0] == indent:
            own, words, number = self.lines[self.at]
            if is_list != (words == "-" or words.startswith("- ")):
                break
            if is_list:
                found.append(self.item(own, words, number, depth))
                continue
            key, rest = self.key(words)
            if key in found:
                raise Unreadable(words)
            self.at += 1
            found[key] = self.after(rest, indent, depth, True)
        if self.at < len(self.lines) and self.lines[self.at][0] > indent:
            raise Unreadable(self.lines[self.at][1])
        return found

    def item(self, own, words, number, depth):
        rest = words[1:].lstrip(" ")
        place = own + len(words) - len(rest)
        if rest and (rest.startswith("- ") or self.is_key(rest)):
            self.lines[self.at] = (place, rest, number)
            return self.block(place, depth + 1)
        self.at += 1
        return self.after(rest, own, depth, False)

    def is_key(self, words):
        try:
            self.key(words)
            return True
        except Unreadable:
            return False

    def key(self, words):
        flow = _Flow(words)
        if words[0] in "\"'":
            key = flow.quoted()
        elif words[0] in "{[":
            raise Unreadable(words)
        else:
            end = words.find(": ") if ": " in words else len(words) - 1 if words.endswith(":") else -1
            if end < 1:
                raise Unreadable(words)
            key, flow.at = words[:end], end
        if words[flow.at:flow.at + 1] != ":" or words[flow.at + 1:flow.at + 2] not in ("", " "):
            raise Unreadable(words)
        return key, words[flow.at + 1:].strip(" ")

    def after(self, rest, indent, depth, may_be_flat):
        """What stands behind a key or a dash: there, or on the lines below."""
        if rest and rest[0] in "|>":
            return self.scalar(rest, indent)
        if rest and rest[0] in "{[\"'":
            while not _is_closed(rest) and self.at < len(self.lines) and self.lines[self.at][0] > indent:
                rest += " " + self.lines[self.at][1]
                self.at += 1
            return _Flow(rest).whole()
        if rest:
            while self.at < len(self.lines) and self.lines[self.at][0] > indent:
                rest += " " + self.lines[self.at][1]
                self.at += 1
            if ": " in rest or rest.endswith(":"):
                raise Unreadable(rest)
            return _plain(rest)
        if self.at >= len(self.lines):
            raise Unreadable("empty")
        below, words, _ = self.lines[self.at]
        is_flat = may_be_flat and below == indent and (words == "-" or words.startswith("- "))
        if below <= indent and not is_flat:
            raise Unreadable("empty")
        if not (words == "-" or words.startswith("- ") or self.is_key(words)):
            self.at += 1
            return self.after(words, indent, depth, False)
        return self.block(below, depth + 1)

    def scalar(self, head, indent):
        """Text as it stands (`|`), or folded into lines (`>`)."""
        if head not in ("|", ">", "|-", ">-", "|+", ">+"):
            raise Unreadable(head)
        number, kept = (self.lines[self.at - 1][2] + 1), []
        while number < len(self.raw):
            line = self.raw[number].rstrip("\r")
            if line.strip(" ") and len(line) - len(line.lstrip(" ")) <= indent:
                break
            kept.append(line)
            number += 1
        while self.at < len(self.lines) and self.lines[self.at][2] < number:
            self.at += 1
        margin = min((len(line) - len(line.lstrip(" ")) for line in kept if line.strip(" ")), default=0)
        lines = [line[margin:] for line in kept]
        body, tail = lines[:], 0
        while body and not body[-1].strip(" "):
            body.pop()
            tail += 1
        if head[0] == ">" and any(not line or line[0] == " " for line in body):
            raise Unreadable(head)  # where folding has more rules than this reader
        text = (" " if head[0] == ">" else "\n").join(body)
        if not text or head.endswith("-"):
            return text
        return text + "\n" * (1 + (tail if head.endswith("+") else 0))


def read(text):
    """The value of a mandate's text. Raises Unreadable."""
    lines = _Lines(text)
    if not lines.lines:
        raise Unreadable("empty")
    value = lines.block(lines.lines[0][0])
    if lines.at != len(lines.lines):
        raise Unreadable(lines.lines[lines.at][1])
    return value
