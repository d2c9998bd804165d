#include "core/connectors/hide_credential.h"

#include "core/base/digest.h"
#include "core/base/secret_shapes.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <vector>

namespace cordon::connectors {
namespace {

using Secrets = std::vector<std::string_view>; ///< into the credential's own bytes, which are wiped

constexpr std::size_t shortest = 8; ///< a shorter one may be part of a word that is meant: it goes only where it stands alone
constexpr std::size_t tooShort = 4; ///< would take words out of every answer
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
            if (end - begin >= tooShort)
                found.push_back(text->substr(begin, end - begin));
            begin = end + 2;
        }
    }
    // The longer first: one may hold another.
    std::sort(found.begin(), found.end(), [](std::string_view a, std::string_view b) { return a.size() > b.size(); });
    return found;
}

bool isWordCharacter(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/// A short secret is one only where no word goes on before or behind it.
bool standsAlone(const std::string& text, std::size_t at, std::size_t size)
{
    return (at == 0 || !isWordCharacter(text[at - 1])) && (at + size == text.size() || !isWordCharacter(text[at + size]));
}

void hide(std::string& text, std::string_view form, bool isWhole)
{
    for (std::size_t at = text.find(form); at != std::string::npos; at = text.find(form, at)) {
        if (isWhole || standsAlone(text, at, form.size())) {
            text.replace(at, form.size(), hiddenSecret);
            at += hiddenSecret.size();
        } else {
            at += form.size();
        }
    }
}

/// What Base64 makes of the secret wherever in a longer text it stands, such as user:password of RFC 7617: the characters that depend
/// on nothing else, for each of three places.
std::array<std::string, 3> base64Forms(std::string_view secret)
{
    std::array<std::string, 3> forms;
    for (std::size_t before = 0; before < forms.size(); ++before) {
        std::string padded(before, '\0');
        padded += secret;
        std::string whole = toBase64(bytesOf(padded));
        const std::size_t from = (before * 8 + 5) / 6;
        forms[before] = whole.substr(from, padded.size() * 8 / 6 - from);
        crypto::wipe(whole);
        crypto::wipe(padded);
    }
    return forms;
}

/// Percent-encoded, by RFC 3986 or as forms are; empty when that changes nothing.
std::string percentForm(std::string_view secret, bool isUpper)
{
    constexpr std::string_view unreserved = "-._~";
    const std::string_view digits = isUpper ? "0123456789ABCDEF" : "0123456789abcdef";
    std::string form;
    bool isChanged = false;
    for (const char c : secret) {
        if (isWordCharacter(c) || unreserved.find(c) != std::string_view::npos) {
            form += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        form += '%';
        form += digits[byte >> 4U];
        form += digits[byte & 15U];
        isChanged = true;
    }
    return isChanged ? form : std::string();
}

/// Every form is made for one search and wiped.
void hideForm(std::string& text, std::string form, bool isWhole)
{
    if (form.size() >= tooShort)
        hide(text, form, isWhole);
    crypto::wipe(form);
}

std::string cleaned(std::string text, const Secrets& secrets)
{
    for (const std::string_view secret : secrets) {
        const bool isWhole = secret.size() >= shortest;
        hide(text, secret, isWhole);
        for (const bool isUpper : {true, false})
            hideForm(text, percentForm(secret, isUpper), isWhole);
        for (std::string& form : base64Forms(secret)) {
            std::string forAddresses = form;
            std::replace(forAddresses.begin(), forAddresses.end(), '+', '-');
            std::replace(forAddresses.begin(), forAddresses.end(), '/', '_');
            // Of a short secret few characters are sure: they go only where the whole is long enough to be no word.
            if (form.size() >= shortest) {
                hide(text, form, true);
                hide(text, forAddresses, true);
            }
            crypto::wipe(form);
            crypto::wipe(forAddresses);
        }
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
