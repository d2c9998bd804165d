#include "core/ingest/field_aliases.h"

#include <algorithm>

namespace cordon::ingest {

FieldAliases::FieldAliases(const FieldNames& names, FieldPlan& plan, std::size_t fieldCount)
{
    if (names.below.empty() && names.names.empty() && names.constants.empty())
        return;
    m_others.resize(fieldCount);
    m_isOrdered.resize(fieldCount);
    m_constants.resize(fieldCount);
    for (FieldIndex field = 0; field < fieldCount; ++field) {
        const std::string own = plan.paths()[field];
        if (const auto constant = names.constants.find(own); constant != names.constants.end())
            m_constants[field] = {FieldValue::Kind::String, constant->second, 0};
        const auto further = names.names.find(own);
        m_isOrdered[field] = further != names.names.end() &&
                             std::find(further->second.begin(), further->second.end(), own) != further->second.end();
        const auto add = [&](const std::string& path) {
            const FieldIndex index = plan.add(path);
            auto& others = m_others[field];
            if ((index != field || m_isOrdered[field]) &&
                std::find(others.begin(), others.end(), index) == others.end())
                others.push_back(index);
        };
        for (const std::string& below : names.below) {
            if (!m_isOrdered[field])
                add(below + '.' + own);
        }
        if (further == names.names.end())
            continue;
        for (const std::string& name : further->second) {
            add(name);
            for (const std::string& below : names.below)
                add(below + '.' + name);
        }
    }
}

} // namespace cordon::ingest
