#include "core/indicators/feed_parser.h"

#include "core/base/display_escape.h"
#include "core/indicators/feed_draft.h"
#include "core/value/json.h"

namespace cordon::indicators {
namespace {

constexpr std::size_t mostRejected = 10'000;
constexpr std::size_t longestId = 200;

} // namespace

void FeedDraft::reject(std::uint64_t line, const std::string& id, const std::string& why, std::uint64_t offset,
                       std::uint64_t length)
{
    if (m_list.rejected.size() >= mostRejected) {
        ++m_unlisted;
        return;
    }
    m_list.rejected.push_back(
        {m_file, offset, length,
         "line " + std::to_string(line) + (id.empty() ? "" : ", " + escapedForDisplay(id.substr(0, 80))) + ": " + why});
}

void FeedDraft::take(Indicator indicator)
{
    indicator.id = indicator.id.substr(0, longestId);
    if (indicator.id.empty() && !indicator.alternatives.empty())
        indicator.id = std::string(toString(indicator.alternatives.front().front().kind)) + ":" +
                       indicator.alternatives.front().front().value.substr(0, longestId);
    if (escapedForDisplay(indicator.id) != indicator.id)
        return reject(indicator.line, indicator.id, "its id holds characters that cannot be seen");
    if (!m_ids.insert(indicator.id).second)
        return reject(indicator.line, indicator.id, "the same indicator came before");
    if (m_list.indicators.size() == mostIndicators)
        return reject(indicator.line, indicator.id, "more than " + std::to_string(mostIndicators) + " indicators");
    indicator.name = indicator.name.substr(0, longestId);
    m_list.indicators.push_back(std::move(indicator));
}

IndicatorList FeedDraft::finished()
{
    if (m_unlisted > 0)
        m_list.rejected.push_back({m_file, 0, 0, "and " + std::to_string(m_unlisted) + " more"});
    return std::move(m_list);
}

std::optional<Timestamp> timeIn(const std::string& text)
{
    const auto time = Timestamp::parse(text.size() == 10 ? text + "T00:00:00Z" : text);
    return time ? std::optional(*time) : std::nullopt;
}

Result<IndicatorList> parseFeed(std::string_view text, const std::string& file)
{
    if (text.size() > mostFeedBytes)
        return fail(ErrorCode::Invalid, file + ": longer than " + std::to_string(mostFeedBytes >> 20U) + " MiB");
    FeedDraft draft(file);
    const std::size_t begin = text.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    if (begin == std::string_view::npos || (text[begin] != '{' && text[begin] != '[')) {
        if (auto read = readTable(text, draft); !read)
            return fail(read.error().code, file + ": " + read.error().detail);
        return draft.finished();
    }
    const auto document = json::parse(text.substr(begin), {32, mostFeedBytes});
    if (!document)
        return fail(document.error().code, file + ": " + document.error().detail);
    const Value& first = document->isArray() && !document->asArray().empty() ? document->asArray().front() : *document;
    if ((*document)["objects"].isArray())
        readStix((*document)["objects"], draft);
    else if (first["type"].isString() && first["id"].isString() && document->isArray())
        readStix(*document, draft);
    else if (first.has("Event") || document->has("response") || first.has("Attribute"))
        readMisp(*document, draft);
    else
        return fail(ErrorCode::Invalid,
                    file + ": neither a STIX bundle ('objects') nor MISP ('Event', 'response', 'Attribute')");
    return draft.finished();
}

} // namespace cordon::indicators
