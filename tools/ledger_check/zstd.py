"""A zstd frame back to its bytes (RFC 8878), for machines whose Python has no zstd of its own. Dictionaries are not read;
a frame's own checksum is passed over, since whoever asks hashes what comes out; evidence has neither (`check_header`)."""

LL_DEFAULT = [4, 3] + [2] * 11 + [1] * 3 + [2] * 9 + [3, 2] + [1] * 5 + [-1] * 4
ML_DEFAULT = [1, 4, 3] + [2] * 6 + [1] * 37 + [-1] * 7
OF_DEFAULT = [1] * 6 + [2] * 3 + [1] * 15 + [-1] * 5
LL_EXTRA = [0] * 16 + [1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]
ML_EXTRA = [0] * 32 + [1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]


LARGEST_BLOCK = 128 << 10


class Damaged(ValueError):
    pass


def _bases(extra, first):
    bases, at = [], first
    for bits in extra:
        bases.append(at)
        at += 1 << bits
    return bases


LL_BASE = _bases(LL_EXTRA, 0)
ML_BASE = _bases(ML_EXTRA, 3)


class Backward:
    """Bits read from the end of a stream towards its begin; past the begin there are zeros and `left` is negative."""

    def __init__(self, data):
        if not data or not data[-1]:
            raise Damaged("a bit stream without its end mark")
        self._data = data
        self._at = len(data) - 1
        self._have = data[-1].bit_length() - 1
        self._bits = data[-1] & ((1 << self._have) - 1)
        self.left = 8 * self._at + self._have

    def peek(self, count):
        while self._have < count and self._at:
            take = min(32, self._at)
            self._bits = self._bits << 8 * take | int.from_bytes(self._data[self._at - take : self._at], "little")
            self._have += 8 * take
            self._at -= take
        if self._have >= count:
            return self._bits >> (self._have - count)
        return self._bits << (count - self._have)

    def skip(self, count):
        self.left -= count
        self._have = max(0, self._have - count)
        self._bits &= (1 << self._have) - 1

    def read(self, count):
        value = self.peek(count)
        self.skip(count)
        return value


def _distribution(data, most_log):
    """The probabilities at the begin of `data`, their accuracy log, and how many bytes they took."""
    bits, at = int.from_bytes(data[:512], "little"), 0
    log = (bits & 15) + 5
    at = 4
    if log > most_log:
        raise Damaged("an accuracy that is too high")
    remaining, probabilities = 1 << log, []
    while remaining > 0 and len(probabilities) < 256:
        width = (remaining + 1).bit_length()
        value = bits >> at & ((1 << width) - 1)
        low = value & ((1 << (width - 1)) - 1)
        threshold = (1 << width) - 2 - remaining
        if low < threshold:
            value, width = low, width - 1
        elif value >= 1 << (width - 1):
            value -= threshold
        at += width
        probabilities.append(value - 1)
        remaining -= abs(value - 1)
        while value == 1:
            more = bits >> at & 3
            at += 2
            probabilities += [0] * more
            if more != 3:
                break
    if remaining or at > 8 * min(len(data), 512):
        raise Damaged("probabilities that do not add up")
    return probabilities, log, (at + 7) // 8


def _fse_table(probabilities, log):
    """For each state: symbol, bits to read, base of the next state."""
    size = 1 << log
    symbols, following, high = [0] * size, {}, size
    for symbol, weight in enumerate(probabilities):
        if weight == -1:
            high -= 1
            symbols[high], following[symbol] = symbol, 1
    step, position = (size >> 1) + (size >> 3) + 3, 0
    for symbol, weight in enumerate(probabilities):
        if weight <= 0:
            continue
        following[symbol] = weight
        for _ in range(weight):
            symbols[position] = symbol
            position = (position + step) & (size - 1)
            while position >= high:
                position = (position + step) & (size - 1)
    table = []
    for symbol in symbols:
        number = following[symbol]
        following[symbol] += 1
        width = log - number.bit_length() + 1
        table.append((symbol, width, (number << width) - size))
    return table, log


def _weights(data):
    """Huffman weights as written, and how many bytes they took."""
    if not data:
        raise Damaged("no Huffman tree")
    first = data[0]
    if first >= 128:
        count = first - 127
        packed = data[1 : 1 + (count + 1) // 2]
        return [nibble for byte in packed for nibble in (byte >> 4, byte & 15)][:count], 1 + (count + 1) // 2
    probabilities, log, used = _distribution(data[1 : 1 + first], 6)
    table, log = _fse_table(probabilities, log)
    stream = Backward(data[1 + used : 1 + first])
    states, weights, turn = [stream.read(log), stream.read(log)], [], 0
    while len(weights) < 256:
        symbol, width, base = table[states[turn]]
        weights.append(symbol)
        states[turn] = base + stream.read(width)
        turn ^= 1
        if stream.left < 0:
            weights.append(table[states[turn]][0])
            break
    return weights, 1 + first


def _huffman_table(data):
    weights, used = _weights(data)
    total = sum(1 << (weight - 1) for weight in weights if weight)
    longest = total.bit_length()
    rest = (1 << longest) - total
    if not total or longest > 11 or rest & (rest - 1):
        raise Damaged("a Huffman tree that does not close")
    weights = weights + [rest.bit_length()]
    table = []
    for weight in range(1, longest + 1):
        for symbol, own in enumerate(weights):
            if own == weight:
                table += [(symbol, longest + 1 - weight)] * (1 << (weight - 1))
    if len(table) != 1 << longest:
        raise Damaged("a Huffman tree that does not close")
    return (table, longest), used


def _huffman(stream, count, tree):
    table, longest = tree
    reader, out = Backward(stream), bytearray()
    for _ in range(count):
        symbol, width = table[reader.peek(longest)]
        reader.skip(width)
        out.append(symbol)
    if reader.left:
        raise Damaged("a literal stream of another length")
    return bytes(out)


class _Frame:
    def __init__(self, limit):
        self.limit = limit
        self.out = bytearray()
        self.tree = None
        self.tables = {}
        self.repeats = [1, 4, 8]

    def literals(self, block):
        """The literals of a block, and how many bytes they took."""
        kind, form = block[0] & 3, block[0] >> 2 & 3
        if kind < 2:
            size = 1 if form in (0, 2) else 2 if form == 1 else 3
            count = int.from_bytes(block[:size], "little") >> (3 if size == 1 else 4)
            if kind == 1:
                return bytes(block[size : size + 1]) * count, size + 1
            return bytes(block[size : size + count]), size + count
        size, width = ((3, 10), (3, 10), (4, 14), (5, 18))[form]
        header = int.from_bytes(block[:size], "little") >> 4
        count, packed = header & ((1 << width) - 1), header >> width
        data = block[size : size + packed]
        if len(data) != packed:
            raise Damaged("literals that end early")
        if kind == 2:
            self.tree, used = _huffman_table(data)
            data = data[used:]
        if self.tree is None:
            raise Damaged("no Huffman tree")
        if form == 0:
            return _huffman(data, count, self.tree), size + packed
        ends = [int.from_bytes(data[at : at + 2], "little") for at in (0, 2, 4)]
        each, at, parts = (count + 3) // 4, 6, []
        for part in ends:
            parts.append(_huffman(data[at : at + part], each, self.tree))
            at += part
        parts.append(_huffman(data[at:], count - 3 * each, self.tree))
        return b"".join(parts), size + packed

    def table(self, name, mode, data, default, log, most_log):
        if mode == 0:
            self.tables[name] = _fse_table(default, log)
            return data
        if mode == 1:
            self.tables[name] = ([(data[0], 0, 0)], 0)
            return data[1:]
        if mode == 2:
            probabilities, own_log, used = _distribution(data, most_log)
            self.tables[name] = _fse_table(probabilities, own_log)
            return data[used:]
        if name not in self.tables:
            raise Damaged("no table to repeat")
        return data

    def compressed(self, block):
        literals, used = self.literals(block)
        data = block[used:]
        count, used = data[0], 1
        if count >= 255:
            count, used = data[1] + (data[2] << 8) + 0x7F00, 3
        elif count >= 128:
            count, used = ((count - 128) << 8) + data[1], 2
        if not count:
            self.out += literals
            return
        modes, data = data[used], data[used + 1 :]
        data = self.table("ll", modes >> 6, data, LL_DEFAULT, 6, 9)
        data = self.table("of", modes >> 4 & 3, data, OF_DEFAULT, 5, 8)
        data = self.table("ml", modes >> 2 & 3, data, ML_DEFAULT, 6, 9)
        self.sequences(Backward(data), count, literals)

    def sequences(self, bits, count, literals):
        (ll_table, ll_log), (of_table, of_log), (ml_table, ml_log) = (self.tables[name] for name in ("ll", "of", "ml"))
        ll_state, of_state, ml_state = bits.read(ll_log), bits.read(of_log), bits.read(ml_log)
        at, out = 0, self.out
        for number in range(count):
            ll_code, ll_width, ll_next = ll_table[ll_state]
            of_code, of_width, of_next = of_table[of_state]
            ml_code, ml_width, ml_next = ml_table[ml_state]
            offset = (1 << of_code) + bits.read(of_code)
            length = ML_BASE[ml_code] + bits.read(ML_EXTRA[ml_code])
            run = LL_BASE[ll_code] + bits.read(LL_EXTRA[ll_code])
            if number + 1 < count:
                ll_state = ll_next + bits.read(ll_width)
                ml_state = ml_next + bits.read(ml_width)
                of_state = of_next + bits.read(of_width)
            out += literals[at : at + run]
            at += run
            self.copy(self.offset(offset, run), length)
        if bits.left or at > len(literals):
            raise Damaged("sequences of another length")
        out += literals[at:]

    def offset(self, value, run):
        repeats = self.repeats
        if value > 3:
            self.repeats = [value - 3, repeats[0], repeats[1]]
            return value - 3
        which = value - 1 + (run == 0)
        if which == 0:
            return repeats[0]
        found = repeats[which] if which < 3 else repeats[0] - 1
        self.repeats = [found, repeats[0], repeats[1] if which > 1 else repeats[2]]
        return found

    def copy(self, offset, length):
        out = self.out
        begin = len(out) - offset
        if offset < 1 or begin < 0:
            raise Damaged("a match before the begin")
        if len(out) + length > self.limit:
            raise Damaged("more than was said")
        if offset >= length:
            out += out[begin : begin + length]
        else:
            pattern = bytes(out[begin:])
            out += (pattern * (length // offset + 1))[:length]


def check_header(data, size):
    """Of a frame as Cordon makes it, of that plain size: no dictionary, no check sum of its own, the size told. Damaged for any other."""
    if data[:4] != b"\x28\xb5\x2f\xfd" or len(data) < 6 or data[4] & 0x0F:
        raise Damaged("not a frame as it is written")
    is_single, form = data[4] >> 5 & 1, data[4] >> 6
    width, at = (is_single, 2, 4, 8)[form], 5 if is_single else 6
    told = int.from_bytes(data[at : at + width], "little") + (256 if form == 1 else 0)
    if not width or len(data) < at + width or told != size:
        raise Damaged("a frame that tells another size, or none")


def decompress(data, limit):
    """The bytes of exactly one frame. Damaged for anything else, or when there are more than `limit`."""
    try:
        return _decompress(data, limit)
    except (IndexError, KeyError):
        raise Damaged("the frame ends early") from None


def _decompress(data, limit):
    if data[:4] != b"\x28\xb5\x2f\xfd":
        raise Damaged("no zstd frame")
    descriptor = data[4]
    is_single, has_checksum = descriptor >> 5 & 1, descriptor >> 2 & 1
    if descriptor & 0x0B:
        raise Damaged("a dictionary or a reserved bit")
    at = 5 if is_single else 6
    at += (is_single, 2, 4, 8)[descriptor >> 6]
    frame, is_last = _Frame(limit), False
    while not is_last:
        if at + 3 > len(data):
            raise Damaged("the frame ends early")
        header = int.from_bytes(data[at : at + 3], "little")
        is_last, kind, size = header & 1, header >> 1 & 3, header >> 3
        if size > LARGEST_BLOCK:
            raise Damaged("a block that is too large")
        body = data[at + 3 : at + 3 + (1 if kind == 1 else size)]
        at += 3 + len(body)
        if kind == 0 and len(body) == size:
            frame.out += body
        elif kind == 1 and body and len(frame.out) + size <= limit:
            frame.out += body * size
        elif kind == 2 and len(body) == size:
            frame.compressed(body)
        else:
            raise Damaged("a block that ends early")
        if len(frame.out) > limit:
            raise Damaged("more than was said")
    if at + 4 * has_checksum != len(data):
        raise Damaged("bytes behind the frame")
    return bytes(frame.out)
