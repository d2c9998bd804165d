#include "core/act/connector_settings.h"

#include "core/value/json.h"
#include "core/value/yaml.h"

#include <algorithm>
#include <set>

namespace cordon::act {
namespace {

tl::unexpected<Error> bad(const Value& value, const std::string& what)
{
    return fail(ErrorCode::Invalid, (value.line() > 0 ? "line " + std::to_string(value.line()) + ": " : std::string()) + what);
}

bool isName(const std::string& text)
{
    return !text.empty() && text.size() <= 64 && text.front() != '-' &&
           std::all_of(text.begin(), text.end(),
                       [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

bool isPlainText(const std::string& text)
{
    return !text.empty() && text.size() <= 512 &&
           std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x20 && c != 0x7f; });
}

/// Words that name secrets: they belong into the vault, and a person who puts one here is told before it is used.
bool holdsSecret(const Value& options)
{
    static const std::set<std::string, std::less<>> secrets{"password", "secret", "secret_access_key", "token", "api_token", "client_secret", "private_key"};
    return std::any_of(options.asObject().begin(), options.asObject().end(),
                       [](const auto& member) { return secrets.contains(member.first) || holdsSecret(member.second); });
}

} // namespace

Value ConnectorSettings::toValue() const
{
    Value::Array beginnings(holds.begin(), holds.end());
    return Value::Object{{"name", name},           {"kind", kind},
                         {"tenant", tenant},       {"environment", environment},
                         {"holds", std::move(beginnings)}, {"options", options}};
}

Result<ConnectorSettings> ConnectorSettings::fromValue(const Value& value)
{
    static const std::set<std::string, std::less<>> known{"name", "kind", "tenant", "environment", "holds", "options"};
    if (!value.isObject())
        return bad(value, "a connected system is an object");
    for (const auto& [member, content] : value.asObject()) {
        if (!known.contains(member))
            return bad(content, "unknown member '" + member + "' of a connected system");
    }
    ConnectorSettings settings;
    settings.name = value["name"].asString();
    settings.kind = value["kind"].asString();
    settings.tenant = value["tenant"].asString();
    settings.environment = value["environment"].asString();
    if (!isName(settings.name) || !isName(settings.kind))
        return bad(value, "'name' and 'kind' are lower-case letters, digits and hyphens");
    if (!isPlainText(settings.tenant) || !isName(settings.environment))
        return bad(value, "system '" + settings.name + "' needs 'tenant' and 'environment'");
    if (settings.environment == "exercise")
        return bad(value, "system '" + settings.name + "': a real system is no exercise");
    for (const Value& beginning : value["holds"].asArray()) {
        if (!isPlainText(beginning.asString()))
            return bad(beginning, "system '" + settings.name + "': 'holds' is a list of beginnings of ids");
        settings.holds.push_back(beginning.asString());
    }
    if (value.has("options")) {
        settings.options = value["options"];
        if (!settings.options.isObject())
            return bad(settings.options, "system '" + settings.name + "': 'options' is an object");
        if (holdsSecret(settings.options))
            return bad(settings.options, "system '" + settings.name + "': secrets belong into the vault (cordonctl connect keep)");
    }
    return settings;
}

Result<std::vector<ConnectorSettings>> ConnectorSettings::parse(std::string_view text, const std::string& file)
{
    const auto first = text.find_first_not_of(" \t\r\n");
    const bool isJson = first != std::string_view::npos && text[first] == '{';
    auto document = isJson ? json::parse(text) : yaml::parse(text);
    if (!document)
        return fail(document.error().code, file + ": " + document.error().detail);
    if ((*document)["connectors"].asString() != "cordon/v1" || !(*document)["systems"].isArray() || document->asObject().size() != 2)
        return fail(ErrorCode::Invalid, file + ": no settings of connected systems: 'connectors: cordon/v1' and 'systems' are wanted");
    std::vector<ConnectorSettings> all;
    std::set<std::string> names;
    for (const Value& item : (*document)["systems"].asArray()) {
        auto settings = fromValue(item);
        if (!settings)
            return fail(settings.error().code, file + ": " + settings.error().detail);
        if (!names.insert(settings->name).second)
            return fail(ErrorCode::Invalid, file + ": two systems are named '" + settings->name + "'");
        all.push_back(std::move(*settings));
    }
    return all;
}

} // namespace cordon::act
