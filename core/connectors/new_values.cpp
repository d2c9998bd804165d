#include "core/connectors/new_values.h"

namespace cordon::connectors {

NewValues::NewValues(const Value& object)
{
    for (const auto& [id, value] : object.asObject()) {
        if (!value.asString().empty())
            m_values.emplace(id, crypto::SecretBytes::copyOf(value.asString()));
    }
}

const crypto::SecretBytes* NewValues::find(const std::string& id) const
{
    const auto found = m_values.find(id);
    return found == m_values.end() ? nullptr : &found->second;
}

} // namespace cordon::connectors
