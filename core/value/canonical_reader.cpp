#include "core/value/canonical_reader.h"

#include "core/base/utf8.h"

namespace cordon::json {
namespace {

constexpr int deepest = 32;
constexpr std::int64_t largest = (std::int64_t{1} << 53U) - 1;

/// True when `left` comes before `right` by UTF-16 code units: the order of the UTF-8 bytes, but that characters beyond
/// U+FFFF (which begin with F0 or more) come before U+E000 to U+FFFF (EE and EF).
bool comesBefore(std::string_view left, std::string_view right)
{
    std::size_t at = 0;
    while (at < left.size() && at < right.size() && left[at] == right[at])
        ++at;
    if (at == left.size() || at == right.size())
        return left.size() < right.size();
    const auto one = static_cast<unsigned char>(left[at]);
    const auto other = static_cast<unsigned char>(right[at]);
    if (one >= 0xEE && other >= 0xEE && (one >= 0xF0) != (other >= 0xF0))
        return one >= 0xF0;
    return one < other;
}

/// The character that a short escape stands for; 0 for none.
char shortEscape(char letter)
{
    switch (letter) {
    case 'b':
        return '\b';
    case 't':
        return '\t';
    case 'n':
        return '\n';
    case 'f':
        return '\f';
    case 'r':
        return '\r';
    case '"':
    case '\\':
        return letter;
    default:
        return 0;
    }
}

int hexDigit(char letter)
{
    if (letter >= '0' && letter <= '9')
        return letter - '0';
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

/// Every function says false where the text is not canonical; `m_at` is then where.
class Reader
{
public:
    explicit Reader(std::string_view text)
        : m_text(text)
    {}

    bool document(Value& into) { return value(into, 0) && m_at == m_text.size(); }
    [[nodiscard]] std::size_t at() const { return m_at; }

private:
    [[nodiscard]] char next() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }
    bool take(char letter)
    {
        if (next() != letter || m_at == m_text.size())
            return false;
        ++m_at;
        return true;
    }
    bool word(std::string_view expected)
    {
        if (!m_text.substr(m_at).starts_with(expected))
            return false;
        m_at += expected.size();
        return true;
    }

    bool value(Value& into, int depth)
    {
        switch (next()) {
        case '{':
            return depth < deepest && object(into, depth + 1);
        case '[':
            return depth < deepest && array(into, depth + 1);
        case '"': {
            std::string text;
            if (!string(text))
                return false;
            into = Value(std::move(text));
            return true;
        }
        case 't':
            into = Value(true);
            return word("true");
        case 'f':
            into = Value(false);
            return word("false");
        case 'n':
            into = Value();
            return word("null");
        default:
            return number(into);
        }
    }

    bool number(Value& into)
    {
        const bool isNegative = take('-');
        const std::size_t begin = m_at;
        std::int64_t digits = 0;
        while (next() >= '0' && next() <= '9' && m_at - begin < 17)
            digits = digits * 10 + (m_text[m_at++] - '0');
        const std::size_t count = m_at - begin;
        if (count == 0 || digits > largest || (m_text[begin] == '0' && (count > 1 || isNegative)))
            return false;
        into = Value(isNegative ? -digits : digits);
        return true;
    }

    bool string(std::string& into)
    {
        if (!take('"'))
            return false;
        for (;;) {
            const std::size_t begin = m_at;
            while (m_at < m_text.size() && isPlain(m_text[m_at]))
                ++m_at;
            into.append(m_text, begin, m_at - begin);
            if (m_at == m_text.size())
                return false;
            const char letter = m_text[m_at];
            if (letter == '"') {
                ++m_at;
                return true;
            }
            if (letter == '\\' ? !escape(into) : !sequence(into))
                return false;
        }
    }

    static bool isPlain(char letter)
    {
        const auto byte = static_cast<unsigned char>(letter);
        return byte >= 0x20 && byte < 0x80 && letter != '"' && letter != '\\';
    }

    bool sequence(std::string& into)
    {
        const std::size_t size = static_cast<unsigned char>(m_text[m_at]) < 0x80 ? 0 : utf8SequenceLength(m_text.substr(m_at));
        into.append(m_text, m_at, size);
        m_at += size;
        return size > 0;
    }

    bool escape(std::string& into)
    {
        const std::string_view rest = m_text.substr(m_at);
        if (rest.size() < 2)
            return false;
        if (const char letter = shortEscape(rest[1])) {
            into += letter;
            m_at += 2;
            return true;
        }
        if (rest.size() < 6 || !rest.starts_with("\\u00"))
            return false;
        const int high = hexDigit(rest[4]);
        const int low = hexDigit(rest[5]);
        const char letter = static_cast<char>(high * 16 + low);
        if (high < 0 || high > 1 || low < 0 || letter == '\b' || letter == '\t' || letter == '\n' || letter == '\f' ||
            letter == '\r')
            return false;
        into += letter;
        m_at += 6;
        return true;
    }

    bool array(Value& into, int depth)
    {
        Value::Array items;
        ++m_at;
        if (!take(']')) {
            do {
                if (!value(items.emplace_back(), depth))
                    return false;
            } while (take(','));
            if (!take(']'))
                return false;
        }
        into = Value(std::move(items));
        return true;
    }

    bool object(Value& into, int depth)
    {
        Value::Object members;
        std::string last;
        bool isFirst = true;
        ++m_at;
        if (!take('}')) {
            do {
                std::string key;
                if (!string(key) || (!isFirst && !comesBefore(last, key)) || !take(':'))
                    return false;
                isFirst = false;
                last = key;
                // In their order but for what UTF-16 puts elsewhere: the end is nearly always the place.
                if (!value(members.emplace_hint(members.end(), std::move(key), Value())->second, depth))
                    return false;
            } while (take(','));
            if (!take('}'))
                return false;
        }
        into = Value(std::move(members));
        return true;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
};

} // namespace

Result<Value> readCanonical(std::string_view text)
{
    Reader reader(text);
    Value value;
    if (!reader.document(value))
        return fail(ErrorCode::Invalid, "not in canonical form at byte " + std::to_string(reader.at()));
    return value;
}

} // namespace cordon::json
