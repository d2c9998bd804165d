#include "core/connectors/hide_credential.h"

#include "core/base/secret_shapes.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <vector>

namespace cordon::connectors {
namespace {

using Secrets = std::vector<std::string_view>; ///< into the credential's own bytes, which are wiped

constexpr std::size_t shortest = 8; // a shorter one may be part of a name that is meant
constexpr std::array<std::string_view, 7> names{"access_key_id", "client_id", "app_id", "installation_id", "role_id", "user", "bind_dn"};

/// The next text between quotes, from `at` on, which is moved behind it; nothing at the end.
std::optional<std::string_view> nextText(std::string_view json, std::size_t& at)
{
    const std::size_t begin = json.find('"', at);
    if (begin == std::string_view::npos)
        return std::nullopt;
    std::size_t end = begin + 1;
    while (end < json.size() && json[end] != '"')
        end += json[end] == '\\' ? 2 : 1;
    end = std::min(end, json.size());
    at = end + 1;
    return json.substr(begin + 1, end - begin - 1);
}

bool isMemberName(std::string_view json, std::size_t behind)
{
    const std::size_t next = json.find_first_not_of(" \t\r\n", behind);
    return next != std::string_view::npos && json[next] == ':';
}

/// Without copies: nothing of a secret is left behind where it is looked for.
Secrets secretsIn(std::string_view json)
{
    Secrets found;
    std::string_view member;
    std::size_t at = 0;
    while (const auto text = nextText(json, at)) {
        if (at <= json.size() && isMemberName(json, at)) {
            member = *text;
            continue;
        }
        if (std::find(names.begin(), names.end(), member) != names.end())
            continue;
        std::size_t begin = 0;
        while (begin < text->size()) {
            const std::size_t end = std::min(text->find('\\', begin), text->size());
            if (end - begin >= shortest)
                found.push_back(text->substr(begin, end - begin));
            begin = end + 2;
        }
    }
    // The longer first: one may hold another.
    std::sort(found.begin(), found.end(), [](std::string_view a, std::string_view b) { return a.size() > b.size(); });
    return found;
}

std::string cleaned(std::string text, const Secrets& secrets)
{
    for (const std::string_view secret : secrets) {
        for (std::size_t at = text.find(secret); at != std::string::npos; at = text.find(secret, at + hiddenSecret.size()))
            text.replace(at, secret.size(), hiddenSecret);
    }
    return text;
}

Value cleaned(const Value& value, const Secrets& secrets)
{
    if (value.isString())
        return cleaned(value.asString(), secrets);
    if (value.isArray()) {
        Value::Array items;
        for (const Value& item : value.asArray())
            items.push_back(cleaned(item, secrets));
        return items;
    }
    if (value.isObject()) {
        Value::Object members;
        for (const auto& [name, member] : value.asObject())
            members.emplace(name, cleaned(member, secrets));
        return members;
    }
    return value;
}

} // namespace

Result<Value> withoutCredential(Result<Value> answer, const crypto::SecretBytes& credential)
{
    const Secrets secrets = secretsIn(credential.text());
    if (secrets.empty())
        return answer;
    if (!answer)
        return fail(answer.error().code, cleaned(answer.error().detail, secrets));
    return cleaned(*answer, secrets);
}

} // namespace cordon::connectors
