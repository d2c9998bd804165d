#include "core/record/log_keys.h"

#include <algorithm>
#include <charconv>

namespace cordon::record {
namespace {

constexpr std::string_view keyPrefix = "cordon-log-key-v1 ";
constexpr std::size_t longestFile = 4096;

/// Origins hold slashes; file names must not, nor lead anywhere else.
std::string fileNameOf(const std::string& origin)
{
    std::string name = origin;
    std::replace_if(
        name.begin(), name.end(),
        [](char c) {
            return !(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') && c != '-' &&
                   c != '.';
        },
        '_');
    return name;
}

std::string_view withoutLineBreak(std::string_view text)
{
    return text.ends_with('\n') ? text.substr(0, text.size() - 1) : text;
}

} // namespace

platform::Path LogKeys::keyFile(const std::string& origin) const
{
    const std::string caseId = origin.substr(origin.find_last_of('/') + 1);
    return m_home / "keys" / (fileNameOf(caseId) + ".key");
}

platform::Path LogKeys::pinFile(const std::string& origin, std::string_view suffix) const
{
    return m_home / "pinned" / (fileNameOf(origin) + std::string(suffix));
}

Result<crypto::SigningKey> LogKeys::make(const std::string& origin) const
{
    CORDON_CHECK(platform::makeFolders(m_home / "keys"));
    auto key = crypto::SigningKey::generate();
    CORDON_CHECK(pin(origin, key.publicKey()));
    CORDON_TRY(auto file, platform::File::createExclusively(keyFile(origin)));
    std::string text = std::string(keyPrefix) + toBase64(key.seed()) + "\n";
    const auto written = file.write(text);
    crypto::wipe(text);
    CORDON_CHECK(written);
    CORDON_CHECK(file.sync());
    CORDON_CHECK(platform::syncFolder(m_home / "keys"));
    return key;
}

Result<crypto::SigningKey> LogKeys::privateKey(const std::string& origin) const
{
    const auto path = keyFile(origin);
    CORDON_TRY(std::string text, platform::readFile(path, longestFile));
    const auto line = withoutLineBreak(text);
    if (!line.starts_with(keyPrefix)) {
        crypto::wipe(text);
        return fail(ErrorCode::Corrupt, path.string() + ": not a log key");
    }
    auto seed = fromBase64(line.substr(keyPrefix.size()));
    crypto::wipe(text);
    if (!seed)
        return fail(ErrorCode::Corrupt, path.string() + ": not a log key");
    auto key = crypto::SigningKey::fromSeed(bytesOf(*seed));
    crypto::wipe(*seed);
    return key;
}

Result<std::optional<crypto::PublicKey>> LogKeys::pinned(const std::string& origin) const
{
    const auto path = pinFile(origin, ".pub");
    auto text = platform::readFile(path, longestFile);
    if (!text && text.error().code == ErrorCode::NotFound)
        return std::nullopt;
    if (!text)
        return fail(text.error());
    const auto key = crypto::PublicKey::parse(withoutLineBreak(*text));
    if (!key || key->toString() + "\n" != *text)
        return fail(ErrorCode::Corrupt, path.string() + ": not a public key");
    return *key;
}

Result<void> LogKeys::pin(const std::string& origin, const crypto::PublicKey& key) const
{
    CORDON_TRY(const auto known, pinned(origin));
    if (known && *known != key)
        return fail(ErrorCode::Conflict, "another key is pinned for " + origin);
    if (known)
        return {};
    CORDON_CHECK(platform::makeFolders(m_home / "pinned"));
    return platform::writeFileAtomically(pinFile(origin, ".pub"), key.toString() + "\n");
}

Result<std::optional<HighWaterMark>> LogKeys::mark(const std::string& origin) const
{
    const auto path = pinFile(origin, ".mark");
    auto text = platform::readFile(path, longestFile);
    if (!text && text.error().code == ErrorCode::NotFound)
        return std::nullopt;
    if (!text)
        return fail(text.error());
    const auto corrupt = fail(ErrorCode::Corrupt, path.string() + ": not a high-water mark");
    const std::string_view line = withoutLineBreak(*text);
    HighWaterMark mark;
    const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), mark.size);
    const auto digits = static_cast<std::size_t>(end - line.data());
    if (error != std::errc() || mark.size < 0 || digits >= line.size() || line[digits] != ' ')
        return corrupt;
    const auto root = fromBase64(line.substr(digits + 1));
    if (!root || root->size() != mark.root.bytes.size())
        return corrupt;
    std::copy(root->begin(), root->end(), mark.root.bytes.begin());
    if (*text != std::to_string(mark.size) + " " + toBase64(ByteView(mark.root.bytes)) + "\n")
        return corrupt;
    return mark;
}

Result<void> LogKeys::setMark(const std::string& origin, const HighWaterMark& mark) const
{
    const std::string text = std::to_string(mark.size) + " " + toBase64(ByteView(mark.root.bytes)) + "\n";
    CORDON_CHECK(platform::makeFolders(m_home / "pinned"));
    return platform::writeFileAtomically(pinFile(origin, ".mark"), text);
}

} // namespace cordon::record
