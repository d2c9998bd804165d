#include "core/ingest/record_outline.h"

#include "core/ingest/structure_scan.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <simdjson.h>

namespace cordon::ingest {
namespace {

constexpr std::size_t blockSize = 64;
/// Blocks whose masks are filled at once: few enough to stay in the nearest cache until they are used.
constexpr std::size_t batch = 64;

/// Adds with carry; `carry` is 0 or 1. Not by the processor's intrinsic: GCC 12 passes its result through memory.
inline std::uint64_t sum(std::uint64_t a, std::uint64_t b, std::uint64_t& carry)
{
    const std::uint64_t once = a + b;
    const std::uint64_t result = once + carry;
    carry = static_cast<std::uint64_t>(once < a) | static_cast<std::uint64_t>(result < once);
    return result;
}

/// The places of the tokens right behind `tokens`: an addition carries each mark over the white space behind it.
/// @param carry  in and out: the next block's first token comes behind one
inline std::uint64_t behind(std::uint64_t tokens, std::uint64_t spaces, std::uint64_t& carry)
{
    const std::uint64_t start = tokens << 1U | carry;
    carry = tokens >> 63U;
    if (spaces == 0)
        return start;
    std::uint64_t passed = 0;
    const std::uint64_t moved = sum(start, spaces, passed);
    carry |= passed;
    return moved & ~spaces;
}

/// The closing quotes of the strings that begin at `openers`, in the same way.
inline std::uint64_t closing(std::uint64_t openers, std::uint64_t inString, std::uint64_t& carry)
{
    return sum(openers, inString, carry) & ~inString;
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isHex(char c)
{
    return isDigit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

bool endsScalar(char c)
{
    return c == ',' || c == '}' || c == ']' || c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

const char* skipDigits(const char* text)
{
    while (isDigit(*text))
        ++text;
    return text;
}

/// Behind the number; null when it is none. Source: RFC 8259 section 6
const char* skipNumber(const char* text)
{
    if (*text == '-')
        ++text;
    if (!isDigit(*text))
        return nullptr;
    text = *text == '0' ? text + 1 : skipDigits(text);
    if (*text == '.') {
        if (!isDigit(*++text))
            return nullptr;
        text = skipDigits(text);
    }
    if ((*text | 0x20) == 'e') {
        ++text;
        if (*text == '+' || *text == '-')
            ++text;
        if (!isDigit(*text))
            return nullptr;
        text = skipDigits(text);
    }
    return text;
}

/// @param text  stands before the record's last bracket, at which every loop stops
bool isScalar(const char* text)
{
    switch (*text) {
    case 't':
        return std::memcmp(text, "true", 4) == 0 && endsScalar(text[4]);
    case 'f':
        return std::memcmp(text, "false", 5) == 0 && endsScalar(text[5]);
    case 'n':
        return std::memcmp(text, "null", 4) == 0 && endsScalar(text[4]);
    default: {
        const char* end = skipNumber(text);
        return end && endsScalar(*end);
    }
    }
}

/// @param text  behind a backslash, and none of `bfnrt/`
bool isEscape(const char* text)
{
    return *text == 'u' && std::all_of(text + 1, text + 5, isHex);
}

std::size_t bitAfter(const std::vector<std::uint64_t>& bits, std::size_t at)
{
    std::size_t block = at / blockSize;
    std::uint64_t found = bits[block] & ~std::uint64_t{1} << at % blockSize;
    while (found == 0)
        found = bits[++block];
    return block * blockSize + static_cast<std::size_t>(std::countr_zero(found));
}

} // namespace

inline const JsonMasks& RecordOutline::masksOf(std::size_t block, std::size_t size)
{
    if (block >= m_masked || block < m_maskedFrom) {
        m_masks.resize(batch);
        m_maskedFrom = block;
        m_masked = std::min(block + batch, (size + blockSize - 1) / blockSize);
        m_kernel.fill(m_text + block * blockSize, m_masked - block, m_masks.data());
    }
    return m_masks[block - m_maskedFrom];
}

/// Those of one letter are judged at once; the others when all of their digits are known to be there.
inline void RecordOutline::noteEscapes(std::uint64_t escaped, std::size_t block)
{
    for (; escaped != 0; escaped &= escaped - 1) {
        const std::size_t at = block * blockSize + static_cast<std::size_t>(std::countr_zero(escaped));
        const char c = m_text[at];
        if (c != 'n' && c != 't' && c != 'r' && c != '/' && c != 'b' && c != 'f')
            m_escapes.push_back(static_cast<std::uint32_t>(at));
    }
}

/// Tells from the tokens before each token whether it may stand there, for all 64 bytes at once. What depends on the
/// container that is open (names or none behind commas) is left to the segments between brackets.
inline RecordOutline::Shape RecordOutline::shapeOf(const JsonMasks& masks, std::uint64_t held, std::uint64_t first,
                                                   std::size_t block, Flow& flow)
{
    std::uint64_t quotes = masks.quotes & held;
    const std::uint64_t backslashes = masks.backslashes & held;
    if (backslashes != 0 || flow.isNextEscaped) {
        const std::uint64_t escaped = escapedBytes(backslashes, flow.isNextEscaped);
        flow.isNextEscaped = (backslashes & ~escaped) >> 63U != 0;
        m_hasBackslash = true;
        noteEscapes(escaped & held & ~quotes & ~backslashes, block);
        quotes &= ~escaped;
    }
    const std::uint64_t inString = prefixXor(quotes) ^ flow.inString;
    flow.inString = std::uint64_t{0} - (inString >> 63U);
    m_hasBeyondAscii = m_hasBeyondAscii || (masks.beyondAscii & held) != 0;

    const std::uint64_t outside = ~inString & held;
    const std::uint64_t spaces = masks.spaces & outside;
    const std::uint64_t commas = masks.commas & outside;
    const std::uint64_t colons = masks.colons & outside;
    const std::uint64_t objects = masks.objectOpeners & outside;
    const std::uint64_t arrays = masks.arrayOpeners & outside;
    const std::uint64_t closers = masks.closers & outside;
    const std::uint64_t strings = quotes & inString;
    const std::uint64_t scalars = outside & ~(quotes | spaces | commas | colons | objects | arrays | closers);
    const std::uint64_t scalarStarts = scalars & ~(scalars << 1U | flow.scalar);
    flow.scalar = scalars >> 63U;
    for (std::uint64_t rest = scalarStarts; rest != 0; rest &= rest - 1)
        m_scalars.push_back(
            static_cast<std::uint32_t>(block * blockSize + static_cast<std::size_t>(std::countr_zero(rest))));

    const std::uint64_t behindComma = behind(commas, spaces, flow.comma);
    const std::uint64_t behindColon = behind(colons, spaces, flow.colon) | first;
    const std::uint64_t behindObject = objects == 0 && flow.object == 0 ? 0 : behind(objects, spaces, flow.object);
    const std::uint64_t behindArray = arrays == 0 && flow.array == 0 ? 0 : behind(arrays, spaces, flow.array);
    const std::uint64_t wantsValue = behindComma | behindColon | behindObject | behindArray;
    const std::uint64_t others = scalarStarts | objects | arrays;
    const std::uint64_t commaKeys = closing(strings & behindComma, inString, flow.inCommaKey);
    const std::uint64_t objectKeys = closing(strings & behindObject, inString, flow.inObjectKey);
    const std::uint64_t behindCommaKey = behind(commaKeys, spaces, flow.commaKey);
    const std::uint64_t behindObjectKey = behind(objectKeys, spaces, flow.objectKey);

    m_quotes[block] = quotes;
    m_backslashes[block] = masks.backslashes;
    m_brackets[block] = objects | arrays | closers;
    Shape shape;
    shape.keys = strings & (behindComma | behindObject);
    shape.brackets = m_brackets[block];
    shape.colons = colons;
    shape.misplaced = ((strings | others) & ~wantsValue) | ((commas | colons) & wantsValue) |
                      (closers & (behindComma | behindColon)) | (behindObject & others) |
                      (colons & ~(behindCommaKey | behindObjectKey)) | (behindObjectKey & ~colons & held) |
                      (masks.controls & inString & held);
    shape.wrongInObject = (behindComma & others) | (behindCommaKey & ~colons & held);
    shape.wrongInArray = colons;
    return shape;
}

/// Notes names and colons of the object itself.
inline void RecordOutline::takeSegment(const Shape& shape, std::uint64_t part, std::size_t block)
{
    if (m_colons.size() < std::max(m_keyCount, m_memberCount) + blockSize) {
        m_keys.resize(2 * m_keys.size() + 4 * blockSize);
        m_colons.resize(m_keys.size());
    }
    const auto start = static_cast<std::uint32_t>(block * blockSize);
    // A name and its colon may stand in two blocks, so that each is counted by itself.
    for (std::uint64_t keys = shape.keys & part; keys != 0; keys &= keys - 1)
        m_keys[m_keyCount++] = start + static_cast<std::uint32_t>(std::countr_zero(keys));
    for (std::uint64_t colons = shape.colons & part; colons != 0; colons &= colons - 1)
        m_colons[m_memberCount++] = start + static_cast<std::uint32_t>(std::countr_zero(colons));
}

inline bool RecordOutline::takeBracket(std::size_t at)
{
    const char bracket = m_text[at];
    if (bracket == '{' || bracket == '[') {
        if (m_depth == deepest) {
            breakAt(at, "it is nested too deep");
            return false;
        }
        if (m_depth == 1 && bracket == '[')
            m_arrays.push_back(static_cast<std::uint32_t>(at));
        m_isArray[++m_depth] = bracket == '[';
        return true;
    }
    if (m_isArray[m_depth] != (bracket == ']')) {
        breakAt(at, "a bracket does not match");
        return false;
    }
    if (--m_depth > 0)
        return true;
    m_end = at + 1;
    m_isDone = true;
    return false;
}

inline bool RecordOutline::takeBrackets(const Shape& shape, std::size_t block)
{
    std::uint64_t from = ~std::uint64_t{0}; // of the segment that is open: behind the last bracket
    const std::size_t start = block * blockSize;
    const auto wrong = [&](std::uint64_t part) {
        return part & (shape.misplaced | (m_depth > 0 && m_isArray[m_depth] ? shape.wrongInArray : shape.wrongInObject));
    };
    for (std::uint64_t rest = shape.brackets; rest != 0; rest &= rest - 1) {
        const std::uint64_t upTo = rest ^ (rest - 1); // the bracket and all below it
        if (const std::uint64_t found = wrong(from & upTo); found != 0) {
            breakAt(start + static_cast<std::size_t>(std::countr_zero(found)), "something is missing or misplaced");
            return false;
        }
        if (m_depth == 1)
            takeSegment(shape, from & upTo, block);
        if (!takeBracket(start + static_cast<std::size_t>(std::countr_zero(rest))))
            return false;
        from = ~upTo;
    }
    if (const std::uint64_t found = wrong(from); found != 0) {
        breakAt(start + static_cast<std::size_t>(std::countr_zero(found)), "something is missing or misplaced");
        return false;
    }
    if (m_depth == 1)
        takeSegment(shape, from, block);
    return true;
}

RecordOutline::State RecordOutline::read(const char* text, std::size_t size, std::size_t from)
{
    m_text = text;
    m_begin = from;
    m_end = from;
    m_depth = 0;
    m_hasBackslash = false;
    m_hasBeyondAscii = false;
    m_isDone = false;
    m_keyCount = 0;
    m_memberCount = 0;
    m_scalars.clear();
    m_escapes.clear();
    m_arrays.clear();
    if (from >= size)
        return State::Short;
    if (text[from] != '{' && text[from] != '[')
        return breakAt(from, "it begins with no bracket");
    const std::size_t blocks = (size + blockSize - 1) / blockSize;
    if (m_quotes.size() < blocks) {
        m_quotes.resize(blocks);
        m_backslashes.resize(blocks);
        m_brackets.resize(blocks);
    }
    Flow flow;
    std::uint64_t first = std::uint64_t{1} << from % blockSize;
    std::uint64_t held = ~(first - 1);
    for (std::size_t block = from / blockSize; block < blocks; ++block) {
        if (block + 1 == blocks && size % blockSize != 0)
            held &= (std::uint64_t{1} << size % blockSize) - 1;
        const Shape shape = shapeOf(masksOf(block, size), held, first, block, flow);
        if (!takeBrackets(shape, block))
            return m_isDone ? finish() : State::Broken;
        first = 0;
        held = ~std::uint64_t{0};
    }
    m_problem = "it ends too early";
    m_end = size;
    return State::Short;
}

/// What needs a look at the bytes themselves.
RecordOutline::State RecordOutline::finish()
{
    for (const std::uint32_t at : m_scalars) {
        if (at < m_end && !isScalar(m_text + at))
            return breakAt(at, "no number and none of true, false, null");
    }
    for (const std::uint32_t at : m_escapes) {
        if (at < m_end && !isEscape(m_text + at))
            return breakAt(at, "an escape that JSON does not know");
    }
    if (m_hasBeyondAscii && !simdjson::validate_utf8(m_text + m_begin, m_end - m_begin))
        return breakAt(m_begin, "its text is not UTF-8");
    return State::Whole;
}

RecordOutline::State RecordOutline::breakAt(std::size_t at, std::string_view problem)
{
    m_end = at;
    m_problem = problem;
    return State::Broken;
}

bool RecordOutline::hasEscapes(std::size_t from, std::size_t to) const
{
    if (!m_hasBackslash || from >= to)
        return false;
    const std::size_t last = (to - 1) / blockSize;
    std::uint64_t wanted = ~std::uint64_t{0} << from % blockSize;
    for (std::size_t block = from / blockSize; block < last; ++block) {
        if ((m_backslashes[block] & wanted) != 0)
            return true;
        wanted = ~std::uint64_t{0};
    }
    wanted &= ~std::uint64_t{0} >> (blockSize - 1 - (to - 1) % blockSize);
    return (m_backslashes[last] & wanted) != 0;
}

std::size_t RecordOutline::closingQuote(std::size_t opener) const
{
    return bitAfter(m_quotes, opener);
}

std::size_t RecordOutline::closingBracket(std::size_t opener) const
{
    std::size_t depth = 1;
    for (std::size_t at = opener;;) {
        at = bitAfter(m_brackets, at);
        depth = m_text[at] == '{' || m_text[at] == '[' ? depth + 1 : depth - 1;
        if (depth == 0)
            return at;
    }
}

} // namespace cordon::ingest
