#include "core/record/log_keys.h"

#include "core/base/log.h"
#include "core/crypto/random.h"
#include "core/record/head_anchor.h"

#include <algorithm>
#include <charconv>

namespace cordon::record {
namespace {

constexpr std::string_view keyPrefix = "cordon-log-key-v1 ";
constexpr std::size_t longestFile = 4096;
constexpr std::string_view epochSuffix = ".epoch";
constexpr std::string_view nextEpochSuffix = ".epoch-next";
constexpr std::string_view replacementSuffix = ".epoch-replacement";
constexpr std::string_view earlySuffix = ".key"; // cases from before there were epochs

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

/// A new file, mode 0600, durable. ErrorCode::Conflict when there is one.
Result<void> writeKey(const platform::Path& path, const crypto::SigningKey& key)
{
    const auto pending = platform::Path(path).concat(".new-" + crypto::randomHex(8));
    std::string text = std::string(keyPrefix) + toBase64(key.seed()) + "\n";
    auto write = [&]() -> Result<void> {
        CORDON_TRY(auto file, platform::File::createExclusively(pending));
        CORDON_CHECK(file.write(text));
        CORDON_CHECK(file.sync());
        CORDON_CHECK(platform::renameWithoutReplacing(pending, path));
        return platform::syncFolder(path.parent_path());
    };
    const auto written = write();
    crypto::wipe(text);
    if (!written) {
        std::error_code ignored;
        std::filesystem::remove(pending, ignored);
    }
    return written;
}

Result<crypto::SigningKey> readKey(const platform::Path& path)
{
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

} // namespace

platform::Path LogKeys::keyFile(const std::string& origin, std::string_view suffix) const
{
    const std::string caseId = origin.substr(origin.find_last_of('/') + 1);
    return m_home / "keys" / (fileNameOf(caseId) + std::string(suffix));
}

platform::Path LogKeys::pinFile(const std::string& origin, std::string_view suffix) const
{
    return m_home / "pinned" / (fileNameOf(origin) + std::string(suffix));
}

Result<void> LogKeys::make(const std::string& origin) const
{
    CORDON_CHECK(platform::makeFolders(m_home / "keys"));
    CORDON_TRY(const auto root, installationKey());
    CORDON_CHECK(pin(origin, root.publicKey()));
    return writeKey(keyFile(origin), crypto::SigningKey::generate());
}

Result<crypto::SigningKey> LogKeys::installationKey() const
{
    const auto path = m_home / "keys" / "installation.root";
    auto key = readKey(path);
    if (key || key.error().code != ErrorCode::NotFound)
        return key;
    // Several cases may be made at once: whoever comes first makes it.
    if (auto made = writeKey(path, crypto::SigningKey::generate()); !made && made.error().code != ErrorCode::Conflict)
        return fail(made.error());
    return readKey(path);
}

Result<std::optional<crypto::PublicKey>> LogKeys::installationRoot() const
{
    const auto key = readKey(m_home / "keys" / "installation.root");
    if (!key && key.error().code == ErrorCode::NotFound)
        return std::optional<crypto::PublicKey>();
    return key ? Result<std::optional<crypto::PublicKey>>(key->publicKey()) : fail(key.error());
}

Result<crypto::SigningKey> LogKeys::caseKey(const std::string& origin) const
{
    return readKey(keyFile(origin));
}

Result<crypto::SigningKey> LogKeys::rootKey(const std::string& origin) const
{
    CORDON_TRY(const auto genesis, pinned(origin));
    for (const auto& path : {m_home / "keys" / "installation.root", keyFile(origin)}) {
        auto key = readKey(path);
        if (!key && key.error().code != ErrorCode::NotFound)
            return fail(key.error());
        if (key && genesis && key->publicKey() == *genesis)
            return key;
    }
    return fail(ErrorCode::NotFound, "the genesis key of " + origin + " is not on this installation");
}

Result<crypto::SigningKey> LogKeys::epochKey(const std::string& origin, const crypto::PublicKey& inForce) const
{
    for (const std::string_view suffix : {epochSuffix, nextEpochSuffix, earlySuffix}) {
        auto key = readKey(keyFile(origin, suffix));
        // One that cannot be read is being erased: a crash or a failing disk came between.
        if (!key && key.error().code != ErrorCode::NotFound && key.error().code != ErrorCode::Corrupt)
            return fail(key.error());
        if (!key || key->publicKey() != inForce)
            continue;
        // A crash came between the entry that put the key in force and the erasure of the old one, or before both.
        if (suffix == nextEpochSuffix)
            CORDON_CHECK(finishEpoch(origin));
        else if (suffix == epochSuffix)
            CORDON_CHECK(dropNextEpoch(origin));
        return key;
    }
    return fail(ErrorCode::NotFound, "the log key in force of " + origin + " is not on this installation");
}

Result<void> LogKeys::keepNextEpoch(const std::string& origin, const crypto::SigningKey& key) const
{
    CORDON_CHECK(dropNextEpoch(origin));
    return writeKey(keyFile(origin, nextEpochSuffix), key);
}

Result<void> LogKeys::finishEpoch(const std::string& origin) const
{
    CORDON_CHECK(platform::eraseFile(keyFile(origin, epochSuffix)));
    return platform::renameWithoutReplacing(keyFile(origin, nextEpochSuffix), keyFile(origin, epochSuffix));
}

Result<void> LogKeys::dropNextEpoch(const std::string& origin) const
{
    return platform::eraseFile(keyFile(origin, nextEpochSuffix));
}

Result<void> LogKeys::keepReplacement(const std::string& origin, const crypto::SigningKey& key) const
{
    CORDON_CHECK(dropReplacement(origin));
    return writeKey(keyFile(origin, replacementSuffix), key);
}

Result<crypto::SigningKey> LogKeys::replacement(const std::string& origin) const
{
    return readKey(keyFile(origin, replacementSuffix));
}

Result<void> LogKeys::dropReplacement(const std::string& origin) const
{
    return platform::eraseFile(keyFile(origin, replacementSuffix));
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

std::vector<std::shared_ptr<HeadAnchor>> LogKeys::anchors() const
{
    auto anchors = anchorsOf(m_home);
    if (anchors)
        return std::move(*anchors);
    logWarning("ledger anchors: " + anchors.error().detail);
    return {};
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
