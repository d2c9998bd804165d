#include "core/ingest/field_aliases.h"

#include <algorithm>

namespace cordon::ingest {

FieldAliases::FieldAliases(const FieldNames& names, FieldPlan& plan, std::size_t fieldCount,
                           const std::vector<std::string>& first)
{
    if (names.below.empty() && names.names.empty() && names.constants.empty())
        return;
    m_others.resize(fieldCount);
    // What no field of the source has stays empty: absent fields are asked for with every record.
    if (!first.empty() || std::any_of(names.names.begin(), names.names.end(), [](const auto& name) {
            return std::find(name.second.begin(), name.second.end(), name.first) != name.second.end();
        }))
        m_isOrdered.resize(fieldCount);
    if (!names.constants.empty())
        m_constants.resize(fieldCount);
    for (FieldIndex field = 0; field < fieldCount; ++field) {
        const std::string own = plan.paths()[field];
        if (const auto constant = names.constants.find(own); constant != names.constants.end())
            m_constants[field] = {FieldValue::Kind::String, constant->second, 0};
        const auto further = names.names.find(own);
        const bool isOrdered = further != names.names.end() &&
                               std::find(further->second.begin(), further->second.end(), own) != further->second.end();
        if (isOrdered)
            m_isOrdered[field] = true;
        const auto add = [&](const std::string& path) {
            const FieldIndex index = plan.add(path);
            auto& others = m_others[field];
            if ((index != field || isOrdered) && std::find(others.begin(), others.end(), index) == others.end())
                others.push_back(index);
        };
        for (const std::string& below : names.below) {
            if (!isOrdered)
                add(below + '.' + own);
        }
        if (further != names.names.end()) {
            for (const std::string& name : further->second) {
                add(name);
                for (const std::string& below : names.below)
                    add(below + '.' + name);
            }
        }
        if (!first.empty())
            putFirst(plan, field, first);
    }
}

void FieldAliases::putFirst(const FieldPlan& plan, FieldIndex field, const std::vector<std::string>& first)
{
    std::vector<FieldIndex>& others = m_others[field];
    if (!m_isOrdered[field])
        others.insert(others.begin(), field);
    m_isOrdered[field] = true;
    std::stable_partition(others.begin(), others.end(), [&](FieldIndex place) {
        const std::string& path = plan.paths()[place];
        return std::any_of(first.begin(), first.end(), [&](const std::string& start) {
            return path.size() > start.size() && path.starts_with(start) && path[start.size()] == '.';
        });
    });
}

} // namespace cordon::ingest
