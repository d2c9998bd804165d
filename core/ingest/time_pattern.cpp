#include "core/ingest/time_pattern.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

namespace cordon::ingest {
namespace {

constexpr std::array<std::string_view, 12> months{"jan", "feb", "mar", "apr", "may", "jun",
                                                  "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::array<std::string_view, 7> weekdays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
constexpr std::string_view letters = "YymdebaHIpMSfzFT%";

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

class Reading
{
public:
    explicit Reading(std::string_view text)
        : m_text(text)
    {}

    bool match(std::string_view pattern)
    {
        for (std::size_t at = 0; at < pattern.size(); ++at) {
            const char c = pattern[at];
            if (c == ' ') {
                takeBlanks();
            } else if (c != '%') {
                if (!take(c))
                    return false;
            } else if (!matchLetter(pattern[++at])) {
                return false;
            }
        }
        return true;
    }

    Result<RecordTime> result()
    {
        if (m_isAfternoon)
            m_hour = m_hour % 12 + (*m_isAfternoon ? 12 : 0);
        const auto two = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
        const auto whole = std::to_string(m_year) + '-' + two(m_month) + '-' + two(m_day) + 'T' + two(m_hour) + ':' +
                           two(m_minute) + ':' + two(m_second) + (m_fraction.empty() ? "" : "." + m_fraction) + m_zone;
        CORDON_TRY(const Timestamp moment, Timestamp::parse(whole));
        return RecordTime{moment, !m_zone.empty()};
    }
    [[nodiscard]] bool isAtEnd() const { return m_text.empty(); }

private:
    bool matchLetter(char letter)
    {
        switch (letter) {
        case 'Y': return takeNumber(m_year, 4, 4);
        case 'y':
            if (!takeNumber(m_year, 2, 2))
                return false;
            m_year += m_year < 70 ? 2000 : 1900;
            return true;
        case 'm': return takeNumber(m_month, 1, 2);
        case 'd': return takeNumber(m_day, 1, 2);
        case 'e': takeBlanks(); return takeNumber(m_day, 1, 2);
        case 'b': return takeName(months, m_month);
        case 'a': return takeName(weekdays, m_weekday);
        case 'H': return takeNumber(m_hour, 1, 2);
        case 'I': return takeNumber(m_hour, 1, 2) && m_hour >= 1 && m_hour <= 12;
        case 'p': return takeHalf();
        case 'M': return takeNumber(m_minute, 1, 2);
        case 'S': return takeNumber(m_second, 1, 2);
        case 'f': return takeFraction();
        case 'z': return takeZone();
        case 'F': return match("%Y-%m-%d");
        case 'T': return match("%H:%M:%S");
        case '%': return take('%');
        default: return false;
        }
    }

    bool take(char wanted)
    {
        if (m_text.empty() || m_text.front() != wanted)
            return false;
        m_text.remove_prefix(1);
        return true;
    }

    void takeBlanks()
    {
        while (!m_text.empty() && (m_text.front() == ' ' || m_text.front() == '\t'))
            m_text.remove_prefix(1);
    }

    bool takeNumber(int& number, std::size_t least, std::size_t most)
    {
        std::size_t digits = 0;
        number = 0;
        while (digits < m_text.size() && digits < most && isDigit(m_text[digits]))
            number = number * 10 + (m_text[digits++] - '0');
        m_text.remove_prefix(digits);
        return digits >= least;
    }

    template<std::size_t Count>
    bool takeName(const std::array<std::string_view, Count>& names, int& number)
    {
        for (std::size_t i = 0; i < Count; ++i) {
            if (m_text.size() >= 3 && std::equal(names[i].begin(), names[i].end(), m_text.begin(),
                                                 [](char wanted, char c) { return wanted == (c | 0x20); })) {
                number = static_cast<int>(i) + 1;
                m_text.remove_prefix(3);
                return true;
            }
        }
        return false;
    }

    bool takeHalf()
    {
        if (m_text.size() < 2 || (m_text[1] | 0x20) != 'm')
            return false;
        const int first = m_text.front() | 0x20;
        m_isAfternoon = first == 'p';
        m_text.remove_prefix(2);
        return first == 'p' || first == 'a';
    }

    bool takeFraction()
    {
        while (!m_text.empty() && isDigit(m_text.front())) {
            if (m_fraction.size() < 9)
                m_fraction += m_text.front();
            m_text.remove_prefix(1);
        }
        return !m_fraction.empty();
    }

    bool takeZone()
    {
        if (take('Z')) {
            m_zone = "Z";
            return true;
        }
        if (m_text.size() < 5 || (m_text.front() != '+' && m_text.front() != '-'))
            return false;
        m_zone = m_text.front();
        m_text.remove_prefix(1);
        int hours = 0;
        int minutes = 0;
        const std::string_view digits = m_text;
        if (!takeNumber(hours, 2, 2))
            return false;
        const bool hasColon = take(':');
        if (!takeNumber(minutes, 2, 2))
            return false;
        m_zone.append(digits.substr(0, 2)).append(1, ':').append(digits.substr(hasColon ? 3 : 2, 2));
        return true;
    }

    std::string_view m_text;
    int m_year = 0;
    int m_month = 0;
    int m_day = 0;
    int m_weekday = 0;
    int m_hour = 0;
    int m_minute = 0;
    int m_second = 0;
    std::optional<bool> m_isAfternoon;
    std::string m_fraction;
    std::string m_zone;
};

} // namespace

Result<RecordTime> parseByPattern(std::string_view text, std::string_view pattern)
{
    Reading reading(text);
    if (!reading.match(pattern) || !reading.isAtEnd())
        return fail(ErrorCode::Invalid, "the time '" + std::string(text.substr(0, 64)) + "' is not written as '" +
                                            std::string(pattern) + "'");
    return reading.result();
}

Result<void> checkTimePattern(std::string_view pattern)
{
    std::string found;
    for (std::size_t at = pattern.find('%'); at != pattern.npos; at = pattern.find('%', at + 2)) {
        if (at + 1 == pattern.size() || letters.find(pattern[at + 1]) == letters.npos)
            return fail(ErrorCode::Invalid, "unknown letter in the time's form '" + std::string(pattern) + "' (known: %" +
                                                std::string(letters) + ")");
        found += pattern[at + 1];
    }
    const auto has = [&found](std::string_view any) { return found.find_first_of(any) != std::string::npos; };
    if (!has("F") && !(has("Yy") && has("mb") && has("de")))
        return fail(ErrorCode::Invalid, "the time's form '" + std::string(pattern) + "' tells no year, month and day");
    return {};
}

} // namespace cordon::ingest
