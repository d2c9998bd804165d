"""The files of a case: in a folder, or read in place out of a sealed file that was shown."""

import os
import stat

_shown = {}  # path of a sealed file -> name of a part -> (first byte, size)


class _Part:
    """Bytes of a larger file, read as a file of their own."""

    def __init__(self, path, at, size):
        self._stream, self._at, self._size, self._position = open(path, "rb"), at, size, 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._stream.close()

    def seek(self, position):
        self._position = position

    def read(self, size=-1):
        rest = max(0, self._size - self._position)
        self._stream.seek(self._at + self._position)
        found = self._stream.read(rest if size < 0 else min(size, rest))
        self._position += len(found)
        return found


def show(path, parts):
    _shown[path] = parts


def _find(path):
    """The parts of the sealed file above a path, and the name below it."""
    for above, parts in _shown.items():
        if path.startswith(above + os.sep):
            return parts, path[len(above) + 1 :].replace(os.sep, "/")
    return None, None


def _above(path):
    return next(above for above in _shown if path.startswith(above + os.sep))


def listdir(path):
    parts, name = _find(path)
    if parts is None:
        return os.listdir(path)
    return sorted({part[len(name) + 1 :].split("/")[0] for part in parts if part.startswith(name + "/")})


def isdir(path):
    parts, name = _find(path)
    return os.path.isdir(path) if parts is None else any(part.startswith(name + "/") for part in parts)


def is_plain(path):
    """Whether a plain file is there, and no link. Raises FileNotFoundError when nothing is."""
    parts, name = _find(path)
    if parts is None:
        return stat.S_ISREG(os.lstat(path).st_mode)
    if name not in parts:
        raise FileNotFoundError(path)
    return True


def getsize(path):
    parts, name = _find(path)
    return os.path.getsize(path) if parts is None else parts[name][1]


def reading(path):
    parts, name = _find(path)
    return open(path, "rb") if parts is None else _Part(_above(path), *parts[name])
