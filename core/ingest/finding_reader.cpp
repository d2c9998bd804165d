#include "core/ingest/finding_reader.h"

#include "core/domain/plain_name.h"
#include "core/ingest/finding_entities.h"
#include "core/ingest/finding_texts.h"
#include "core/ingest/finding_words.h"
#include "core/ingest/text_pattern.h"
#include "core/value/json.h"

#include <algorithm>
#include <charconv>

namespace cordon::ingest {
namespace {

constexpr std::size_t longestTitle = 300;
constexpr std::size_t longestDescription = 4000;
constexpr std::size_t longestWord = 80;
constexpr std::size_t longestId = 512;
constexpr std::string_view reported = "reported";

std::optional<double> numberOf(const std::string& text)
{
    // Enough for a product's scale: whole numbers with a fraction.
    const std::size_t dot = std::min(text.find('.'), text.size());
    std::int64_t whole = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + dot, whole);
    if (error != std::errc() || end != text.data() + dot)
        return std::nullopt;
    double number = static_cast<double>(whole);
    double unit = whole < 0 ? -0.1 : 0.1;
    for (std::size_t at = dot + 1; at < text.size(); ++at) {
        if (text[at] < '0' || text[at] > '9')
            return std::nullopt;
        number += unit * (text[at] - '0');
        unit /= 10;
    }
    return number;
}

template<class Meaning>
std::optional<Meaning> meaningOf(const ScaleRule<Meaning>& rule, const std::string& text)
{
    for (const auto& [word, meaning] : rule.words) {
        if (fitsPattern(text, word))
            return meaning;
    }
    const auto number = rule.atLeast.empty() ? std::nullopt : numberOf(text);
    if (!number)
        return std::nullopt;
    for (const auto& [bound, meaning] : rule.atLeast) {
        if (*number >= bound)
            return meaning;
    }
    return std::nullopt;
}

/// One record on its way to a finding.
class Reading
{
public:
    Reading(const FindingMap& map, std::string_view source, const Value& record, const SourceClock& clock)
        : m_map(map)
        , m_source(source)
        , m_clock(clock)
        , m_texts(map, record)
    {}

    Result<ReadFinding> read()
    {
        CORDON_CHECK(readTimes());
        readProduct();
        readWords();
        readRule();
        readDrawnFrom();
        m_finding.alert.entities = findingEntities(m_map, m_texts);
        fillEvent();
        return std::move(m_finding);
    }

private:
    Result<void> readTimes()
    {
        std::string text = m_texts.first(m_map.updated);
        const auto first = timeIn(m_texts.first(m_map.first));
        const auto last = timeIn(m_texts.first(m_map.last));
        auto updated = timeIn(text);
        if (!text.empty() && !updated)
            return fail(ErrorCode::Invalid, "the finding's time cannot be read");
        if (!updated) {
            updated = last ? last : first;
            text = m_texts.first(last ? m_map.last : m_map.first);
        }
        if (!updated)
            return fail(ErrorCode::Invalid, "the finding has no time");
        Alert& alert = m_finding.alert;
        alert.last = last ? *last : first ? *first : *updated;
        alert.first = first ? std::min(*first, alert.last) : alert.last;
        m_finding.event.time = *updated;
        m_finding.event.timeText = bounded(text, longestWord);
        alert.external.emplace().updated = *updated;
        return {};
    }

    [[nodiscard]] std::optional<Timestamp> timeIn(const std::string& text) const
    {
        const auto time = findingTime(text);
        return time ? std::optional(m_clock.ofFinding(*time)) : std::nullopt;
    }

    void readProduct()
    {
        ExternalOrigin& origin = *m_finding.alert.external;
        origin.product = m_map.product.id;
        origin.productName = m_map.product.name;
        const std::string from = m_texts.first(m_map.productFrom);
        for (const auto& [pattern, product] : m_map.knownProducts) {
            if (from.empty() || !fitsPattern(from, pattern))
                continue;
            origin.product = product.id;
            origin.productName = product.name;
            return;
        }
        if (const std::string name = m_texts.first(m_map.productNameFrom); !name.empty())
            origin.productName += " (" + plainText(name, longestWord) + ")";
    }

    void readWords()
    {
        ExternalOrigin& origin = *m_finding.alert.external;
        origin.id = bounded(m_texts.first(m_map.id), longestId);
        origin.link = safeLink(m_texts.first(m_map.link));
        origin.severity = plainText(m_texts.first(m_map.severity.from), longestWord);
        origin.status = plainText(m_texts.first(m_map.status.from), longestWord);
        origin.state = meaningOf(m_map.status, m_texts.first(m_map.status.from)).value_or(m_map.status.otherwise);
        if (!m_map.verdict)
            return;
        const std::string verdict = m_texts.first(m_map.verdict->from);
        if (const auto state = meaningOf(*m_map.verdict, verdict)) {
            origin.state = *state;
            origin.status = origin.status.empty() ? plainText(verdict, longestWord)
                                                  : origin.status + ", " + plainText(verdict, longestWord);
        }
    }

    void readRule()
    {
        const ExternalOrigin& origin = *m_finding.alert.external;
        RuleInfo& rule = m_finding.alert.rule;
        const std::string type = m_texts.first(m_map.type);
        rule.title = plainText(m_texts.first(m_map.title), longestTitle);
        if (rule.title.empty())
            rule.title = type.empty() ? "Alert of " + origin.productName : plainText(type, longestTitle);
        rule.description = plainText(m_texts.first(m_map.description), longestDescription);
        rule.author = origin.productName;
        const std::string slug = slugOf(type.empty() ? rule.title : type);
        rule.id = std::string(externalRule) + origin.product + ":" + (slug.empty() ? "alert" : slug);
        rule.level = readLevel(origin.state);
        m_texts.each(m_map.techniques, [&rule](const std::string& text) { addTechniques(text, rule.techniques); });
        m_texts.each(m_map.tactics,
                     [this, &rule](const std::string& text) { addTactics(text, m_map.tacticWords, rule.tactics); });
        m_finding.alert.action = origin.product + ":" + slug;
    }

    /// The first of the places whose text has a meaning. What the product itself calls harmless is only kept.
    Severity readLevel(FindingState state) const
    {
        if (state == FindingState::Dismissed)
            return Severity::Informational;
        std::optional<Severity> level;
        m_texts.each(m_map.severity.from, [&](const std::string& text) {
            if (!level)
                level = meaningOf(m_map.severity, text);
        });
        return level.value_or(m_map.severity.otherwise);
    }

    void readDrawnFrom()
    {
        std::vector<std::string>& sources = m_finding.alert.external->drawnFrom;
        const auto add = [&sources](const std::vector<std::string>& names) {
            for (const std::string& name : names) {
                if (std::find(sources.begin(), sources.end(), name) == sources.end())
                    sources.push_back(name);
            }
        };
        for (const DrawnFromRule& rule : m_map.drawnFrom) {
            bool isKnown = false;
            m_texts.each(rule.from, [&](const std::string& text) {
                for (const auto& [word, names] : rule.words) {
                    if (!fitsPattern(text, word))
                        continue;
                    add(names);
                    isKnown = true;
                }
            });
            if (!isKnown)
                add(rule.otherwise);
        }
    }

    void fillEvent()
    {
        const Alert& alert = m_finding.alert;
        const ExternalOrigin& origin = *alert.external;
        Event& event = m_finding.event;
        event.isFinding = true;
        event.source = m_source;
        event.tenant = bounded(m_texts.first(m_map.tenant), longestId);
        event.region = bounded(m_texts.first(m_map.region), longestWord);
        event.action = alert.action;
        // Another version of the same finding is another record; the same version twice is one.
        if (!origin.id.empty())
            event.externalId =
                origin.id + "@" + origin.updated.toString() + "/" + origin.status + "/" + origin.severity;
        for (const AlertEntity& entity : alert.entities) {
            if (entity.part == "address" && event.address.empty())
                event.address = entity.entity.id;
            else
                event.targets.push_back({entity.entity, std::string(reported)});
        }
    }

    const FindingMap& m_map;
    std::string_view m_source;
    const SourceClock& m_clock;
    FindingTexts m_texts;
    ReadFinding m_finding;
};

} // namespace

Result<ReadFinding> readFinding(const FindingMap& map, std::string_view source, const Value& record,
                                const SourceClock& clock)
{
    return Reading(map, source, record, clock).read();
}

Result<ReadFinding> readFindingText(const FindingMap& map, std::string_view source, std::string_view record, const SourceClock& clock)
{
    if (record.size() > longestFinding)
        return fail(ErrorCode::Invalid, "the finding is longer than " + std::to_string(longestFinding) + " bytes");
    const auto value = json::parse(record);
    if (!value)
        return fail(ErrorCode::Invalid, "the finding cannot be read: " + value.error().detail);
    return readFinding(map, source, *value, clock);
}

} // namespace cordon::ingest
