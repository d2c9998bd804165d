#pragma once

#include "core/ingest/finding_map.h"
#include "core/value/value.h"

#include <functional>
#include <string>

namespace cordon::ingest {

/// At most so many bytes of a text, cut where no UTF-8 sequence is split.
[[nodiscard]] std::string bounded(std::string_view text, std::size_t most);

/// Fills a finding map's text rules from one record, or from one element of a list in it.
class FindingTexts
{
public:
    /// @param map, record  outlive this
    FindingTexts(const FindingMap& map, const Value& record)
        : m_map(&map)
        , m_record(&record)
        , m_place(&record)
    {}
    /// The same record, with paths looked for below `element` first.
    [[nodiscard]] FindingTexts below(const Value& element) const;

    /// The first text that a rule gives; "" when none does.
    [[nodiscard]] std::string first(const TextRule& rule) const;
    /// Every text of every alternative, empty ones left out.
    void each(const TextRule& rule, const std::function<void(const std::string&)>& take) const;
    /// Every text of the first alternative that gives any.
    [[nodiscard]] std::vector<std::string> all(const TextRule& rule) const;
    /// A template with `{text}` for `text`; "" when a place in it stays empty.
    [[nodiscard]] std::string filled(const TextTemplate& made, const std::string& text) const;
    /// Whether one of the texts at the condition's path fits.
    [[nodiscard]] bool holds(const TextCondition& condition) const;
    /// Elements of the list at a path, or in the JSON text that stands there.
    void eachElement(const std::string& path, const std::function<void(const Value&)>& take) const;

private:
    [[nodiscard]] std::vector<std::string> textsOf(const TextTemplate& made) const;
    [[nodiscard]] std::vector<std::string> at(const std::string& path) const;
    [[nodiscard]] const TextRule* nameRule(const std::string& place) const;
    [[nodiscard]] std::string placeText(const std::string& place) const;

    const FindingMap* m_map;
    const Value* m_record;
    const Value* m_place; ///< where paths are looked for first
    bool m_usesNames = true; ///< false within a name's own rule
};

} // namespace cordon::ingest
