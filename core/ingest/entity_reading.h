#pragma once

#include "core/ingest/entity_names.h"
#include "core/ingest/recognition.h"

#include <algorithm>
#include <set>
#include <utility>

namespace cordon::ingest {

/// Finds what rules ask for in one record. Borrows all it is given.
class EntityReading
{
public:
    /// @param actor  whom `$actor` means, once that is known
    EntityReading(const FieldMap& map, const EventView& view, const std::optional<EntityRef>& actor)
        : names(map, view)
        , m_view(view)
        , m_actor(actor)
    {}

    EntityNames names;

    /// Calls `take` with each entity that the rule finds, until it returns false.
    template<class Take>
    void each(const EntityRule& rule, std::string_view owner, const Take& take) const
    {
        const bool applies = std::all_of(rule.when.begin(), rule.when.end(),
                                         [this](const FieldCondition& condition) { return holds(condition, m_view); });
        if (!applies)
            return;
        for (const FieldIndex field : rule.id) {
            const auto ids = m_view.values(field);
            bool isFound = false;
            std::size_t count = 0;
            for (std::size_t at = 0; at < std::min(ids.size(), mostValues); ++at) {
                std::string_view rest = isScalar(ids[at]) ? ids[at].text : std::string_view();
                for (bool isWhole = true; !rest.empty() && count < mostValues; isWhole = false) {
                    ++count;
                    const std::string_view text = rule.thing ? takeName(*rule.thing, rest) : std::exchange(rest, {});
                    auto entity = entityOf(rule, text, owner);
                    if (!entity)
                        continue;
                    isFound = true;
                    isWhole = isWhole && rest.empty();
                    if (const auto name = isWhole ? nameFor(rule, at, ids.size()) : std::string_view(); !name.empty())
                        entity->name = bounded(rule.thing ? unquoted(*rule.thing, name) : name);
                    if (!take(std::move(*entity)))
                        return;
                }
            }
            if (isFound)
                return;
        }
        if (rule.orActor && m_actor)
            take(EntityRef(*m_actor));
    }

    /// What the fields name whose things the rule leaves out.
    [[nodiscard]] std::set<EntityRef> exceptedBy(const TargetRule& rule, std::string_view owner) const
    {
        std::set<EntityRef> excepted;
        EntityRule there;
        there.thing = rule.entity.thing;
        there.isToldByName = rule.entity.isToldByName;
        for (const FieldIndex field : rule.notIn) {
            there.id = {field};
            each(there, owner, [&](EntityRef&& one) { return excepted.insert(std::move(one)), true; });
        }
        return excepted;
    }

    [[nodiscard]] std::string_view text(FieldIndex field) const
    {
        for (const FieldValue& value : m_view.values(field)) {
            if (isScalar(value) && !value.text.empty())
                return value.text;
        }
        return {};
    }

    [[nodiscard]] std::string_view first(const std::vector<FieldIndex>& fields) const
    {
        for (const FieldIndex field : fields) {
            if (const std::string_view found = text(field); !found.empty())
                return found;
        }
        return {};
    }

private:
    /// Most values of one field that are looked at for entities: a record can hold millions, each the same.
    static constexpr std::size_t mostValues = 1024;

    [[nodiscard]] std::optional<EntityRef> entityOf(const EntityRule& rule, std::string_view text,
                                                    std::string_view owner) const
    {
        if (rule.thing)
            return names.made(*rule.thing, text, owner);
        return rule.isToldByName ? names.byName(text) : names.byArn(text);
    }

    /// As many names as ids go one to one; otherwise a name can only be that of a single id.
    [[nodiscard]] std::string_view nameFor(const EntityRule& rule, std::size_t at, std::size_t count) const
    {
        for (const FieldIndex field : rule.name) {
            const auto found = m_view.values(field);
            if (found.size() == count && isScalar(found[at]) && !found[at].text.empty())
                return found[at].text;
            if (count == 1 && !text(field).empty())
                return text(field);
        }
        return {};
    }

    const EventView& m_view;
    const std::optional<EntityRef>& m_actor;
};

} // namespace cordon::ingest
