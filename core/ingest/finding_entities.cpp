#include "core/ingest/finding_entities.h"

#include "core/ingest/arn.h"
#include "core/ingest/arn_entity.h"
#include "core/ingest/text_pattern.h"

#include <algorithm>
#include <optional>

namespace cordon::ingest {
namespace {

constexpr std::size_t mostEntities = 64;
constexpr std::size_t longestId = 512;

using Form = FindingEntityRule::Form;

class Gathering
{
public:
    void take(const FindingEntityRule& rule, const FindingTexts& texts)
    {
        const bool applies = std::all_of(rule.when.begin(), rule.when.end(),
                                         [&texts](const TextCondition& condition) { return texts.holds(condition); });
        if (!applies)
            return;
        for (const std::string& text : texts.all(rule.from))
            add(rule, texts, bounded(text, longestId));
    }

    std::vector<AlertEntity> gathered() { return std::move(m_entities); }

private:
    void add(const FindingEntityRule& rule, const FindingTexts& texts, const std::string& text)
    {
        std::string part = rule.part;
        std::optional<EntityRef> entity;
        if (rule.form == Form::Arn || rule.form == Form::OrArn)
            entity = entityOfArn(text);
        if (rule.form == Form::Endpoint) {
            if (isIpAddress(text))
                part = "address";
            else
                entity = EntityRef{EntityKind::Host, text, {}, text};
        }
        if (part == "address") {
            if (!isIpAddress(text))
                return;
            entity = EntityRef{EntityKind::Address, text, "ip", text};
        } else if (!entity) {
            if (rule.form == Form::Arn)
                return;
            entity = plain(rule, texts, text);
        }
        if (entity->id.empty() || m_entities.size() >= mostEntities)
            return;
        const bool isThere = std::any_of(m_entities.begin(), m_entities.end(), [&](const AlertEntity& other) {
            return other.entity == *entity && other.part == part;
        });
        if (!isThere)
            m_entities.push_back({std::move(*entity), part, part == "target" ? "reported" : ""});
    }

    static EntityRef plain(const FindingEntityRule& rule, const FindingTexts& texts, const std::string& text)
    {
        const std::string spelled = rule.isFolded ? folded(text) : text;
        EntityRef entity{rule.kind, rule.id.pieces.empty() ? spelled : texts.filled(rule.id, spelled), rule.type, {}};
        entity.id = bounded(entity.id, longestId);
        const std::string name = texts.first(rule.name);
        entity.name = bounded(name.empty() ? text : name, longestId);
        return entity;
    }

    std::vector<AlertEntity> m_entities;
};

} // namespace

std::vector<AlertEntity> findingEntities(const FindingMap& map, const FindingTexts& record)
{
    Gathering gathering;
    for (const FindingEntityRule& rule : map.entities) {
        if (rule.each.empty())
            gathering.take(rule, record);
        else
            record.eachElement(rule.each,
                               [&](const Value& element) { gathering.take(rule, record.below(element)); });
    }
    return gathering.gathered();
}

} // namespace cordon::ingest
