#include "core/ingest/wrapped_record.h"

#include <algorithm>
#include <array>

namespace cordon::ingest {
namespace {

constexpr std::array<std::string_view, 19> carriers{
    "Records", "records", "Findings", "findings", "value",   "results", "result",    "resources", "hits", "alerts",
    "items",   "data",    "Events",   "detail",   "_source", "fields",  "logEvents", "entries",   "event"};

/// Walks valid JSON; a place past the end is the end.
class Scanner
{
public:
    explicit Scanner(std::string_view text)
        : m_text(text)
    {}

    [[nodiscard]] char at(std::size_t place) const { return place < m_text.size() ? m_text[place] : '\0'; }

    [[nodiscard]] std::size_t solidFrom(std::size_t place) const
    {
        return std::min(m_text.find_first_not_of(" \t\r\n,:", place), m_text.size());
    }

    /// Behind the string that starts at `place`.
    [[nodiscard]] std::size_t behindString(std::size_t place) const
    {
        for (++place; place < m_text.size() && m_text[place] != '"'; ++place)
            place += m_text[place] == '\\' ? 1 : 0;
        return std::min(place + 1, m_text.size());
    }

    /// Behind the value that starts at `place`.
    [[nodiscard]] std::size_t behindValue(std::size_t place) const
    {
        if (at(place) == '"')
            return behindString(place);
        if (at(place) != '{' && at(place) != '[')
            return std::min(m_text.find_first_of(",]} \t\r\n", place), m_text.size());
        std::size_t depth = 0;
        while (place < m_text.size()) {
            const char c = m_text[place];
            if (c == '"') {
                place = behindString(place);
                continue;
            }
            ++place;
            if (c == '{' || c == '[')
                ++depth;
            else if ((c == '}' || c == ']') && --depth == 0)
                break;
        }
        return place;
    }

private:
    std::string_view m_text;
};

std::vector<std::string_view> objectsOf(std::string_view text, const Scanner& scanner, std::size_t place)
{
    std::vector<std::string_view> objects;
    if (scanner.at(place) == '{')
        objects.push_back(text.substr(place, scanner.behindValue(place) - place));
    if (scanner.at(place) != '[')
        return objects;
    place = scanner.solidFrom(place + 1);
    while (place < text.size() && scanner.at(place) != ']') {
        const std::size_t end = scanner.behindValue(place);
        if (scanner.at(place) == '{')
            objects.push_back(text.substr(place, end - place));
        place = scanner.solidFrom(std::max(end, place + 1));
    }
    return objects;
}

} // namespace

std::vector<std::vector<std::string_view>> wrappedRecords(std::string_view record)
{
    std::vector<std::vector<std::string_view>> lists;
    const Scanner scanner(record);
    std::size_t place = scanner.solidFrom(0);
    if (scanner.at(place) != '{')
        return lists;
    place = scanner.solidFrom(place + 1);
    while (scanner.at(place) == '"') {
        const std::size_t keyEnd = scanner.behindString(place);
        const std::string_view key = record.substr(place + 1, keyEnd - place - 2);
        const std::size_t value = scanner.solidFrom(keyEnd);
        if (std::find(carriers.begin(), carriers.end(), key) != carriers.end()) {
            if (auto objects = objectsOf(record, scanner, value); !objects.empty())
                lists.push_back(std::move(objects));
        }
        place = scanner.solidFrom(std::max(scanner.behindValue(value), value + 1));
    }
    return lists;
}

} // namespace cordon::ingest
