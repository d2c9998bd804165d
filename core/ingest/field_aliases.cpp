#include "core/ingest/field_aliases.h"

#include <algorithm>

namespace cordon::ingest {

FieldAliases::FieldAliases(const FieldNames& names, FieldPlan& plan, std::size_t fieldCount)
{
    if (names.below.empty() && names.names.empty())
        return;
    m_others.resize(fieldCount);
    for (FieldIndex field = 0; field < fieldCount; ++field) {
        const std::string own = plan.paths()[field];
        const auto add = [&](const std::string& path) {
            const FieldIndex index = plan.add(path);
            auto& others = m_others[field];
            if (index != field && std::find(others.begin(), others.end(), index) == others.end())
                others.push_back(index);
        };
        for (const std::string& below : names.below)
            add(below + '.' + own);
        const auto further = names.names.find(own);
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
