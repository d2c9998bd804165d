#include "core/connectors/new_values.h"

#include "core/value/json.h"

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

crypto::SecretBytes withMadeValues(crypto::SecretBytes credential)
{
    const auto value = json::parse(credential.text());
    if (!value || !(*value)["made_values"].isObject())
        return credential;
    Value::Object members = value->asObject();
    Value::Object values = members["new_values"].asObject();
    for (const auto& [id, made] : members["made_values"].asObject())
        values.try_emplace(id, made);
    members.erase("made_values");
    members["new_values"] = std::move(values);
    std::string text = json::write(members);
    auto whole = crypto::SecretBytes::copyOf(text);
    crypto::wipe(text);
    return whole;
}

} // namespace cordon::connectors
