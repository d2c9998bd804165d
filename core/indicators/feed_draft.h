#pragma once

#include "core/indicators/indicator.h"
#include "core/value/value.h"

#include <set>
#include <string>
#include <string_view>

namespace cordon::indicators {

/// A list in the making. Indicators of the same id, and more than may be kept, are told and left out.
class FeedDraft
{
public:
    explicit FeedDraft(const std::string& file)
        : m_file(file)
    {}

    void reject(std::uint64_t line, const std::string& id, const std::string& why, std::uint64_t offset = 0,
                std::uint64_t length = 0);
    void take(Indicator indicator);
    [[nodiscard]] IndicatorList finished();

private:
    const std::string& m_file;
    IndicatorList m_list;
    std::set<std::string> m_ids;
    std::size_t m_unlisted = 0;
};

/// STIX objects of a bundle or a list: indicators, and the markings that say with whom they may be shared.
void readStix(const Value& objects, FeedDraft& draft);
/// MISP: `{"Event": …}`, `{"response": […]}`, or a list of either.
void readMisp(const Value& document, FeedDraft& draft);
/// A table with the columns `type` and `value`. ErrorCode::Invalid without them.
[[nodiscard]] Result<void> readTable(std::string_view text, FeedDraft& draft);

/// Days and RFC 3339 times; nothing for others.
[[nodiscard]] std::optional<Timestamp> timeIn(const std::string& text);

} // namespace cordon::indicators
