#include "core/record/head_anchor.h"

#include "core/keyring/secret_service.h"
#include "core/record/checkpoint_text.h"
#include "core/record/ledger_format.h"
#include "core/value/json.h"

#include <algorithm>

namespace cordon::record {
namespace {

constexpr std::size_t longestNote = 64U << 10U;

/// Origins hold slashes; names of folders must not, nor lead anywhere else.
std::string folderNameOf(const std::string& origin)
{
    std::string name = origin;
    std::replace_if(
        name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) == 0 && c != '-' && c != '.'; }, '_');
    return name;
}

std::string labelOf(const std::string& origin)
{
    return "head of " + origin;
}

platform::Path settingsFile(const platform::Path& home)
{
    return home / "anchors.json";
}

} // namespace

Result<std::optional<HighWaterMark>> CheckpointCopies::newest(const std::string& origin) const
{
    const auto folder = m_folder / folderNameOf(origin);
    std::string last;
    std::error_code error;
    for (std::filesystem::directory_iterator next(folder, error), end; !error && next != end; next.increment(error)) {
        const std::string name = next->path().filename().string();
        // Longer numbers are larger ones: eight digits and up.
        if (!name.starts_with('.') && (name.size() != last.size() ? name.size() > last.size() : name > last))
            last = name;
    }
    if (last.empty())
        return std::nullopt;
    CORDON_TRY(const std::string note, platform::readFile(folder / last, longestNote));
    const auto head = parseCheckpoint(note);
    if (!head || head->origin != origin)
        return fail(ErrorCode::Corrupt, (folder / last).string() + ": not a checkpoint of " + origin);
    return HighWaterMark{head->size, head->root};
}

Result<void> CheckpointCopies::keep(const std::string& origin, const Checkpoint& head)
{
    // A disk that is not there must not be made up for by a folder of the same name on this one.
    std::error_code error;
    if (!std::filesystem::is_directory(m_folder, error))
        return fail(ErrorCode::NotFound, m_folder.string() + ": not there");
    const auto folder = m_folder / folderNameOf(origin);
    CORDON_CHECK(platform::makeFolders(folder));
    return platform::writeFileAtomically(folder / checkpointName(head.size), head.note);
}

Result<std::optional<HighWaterMark>> KeyringHeads::newest(const std::string& origin) const
{
    if (!m_store || !m_store->isUnlocked())
        return std::nullopt;
    const auto note = m_store->find(labelOf(origin));
    if (!note && note.error().code == ErrorCode::NotFound)
        return std::nullopt;
    if (!note)
        return fail(note.error());
    const auto head = parseCheckpoint(std::string(note->text()));
    if (!head || head->origin != origin)
        return fail(ErrorCode::Corrupt, "keyring: not a checkpoint of " + origin);
    return HighWaterMark{head->size, head->root};
}

Result<void> KeyringHeads::keep(const std::string& origin, const Checkpoint& head)
{
    if (!m_store)
        return fail(ErrorCode::NotFound, "this session has no keyring");
    if (!m_store->isUnlocked())
        return fail(ErrorCode::Denied, "the keyring is locked");
    return m_store->keep(labelOf(origin), crypto::SecretBytes::copyOf(head.note));
}

Result<AnchorSettings> anchorSettings(const platform::Path& home)
{
    AnchorSettings settings;
    const auto text = platform::readFile(settingsFile(home), longestNote);
    if (!text && text.error().code == ErrorCode::NotFound)
        return settings;
    if (!text)
        return fail(text.error());
    const auto kept = json::parse(*text);
    if (!kept || (*kept)["v"].asInt() != 1)
        return fail(ErrorCode::Corrupt, settingsFile(home).string() + ": not version 1 of the anchors");
    for (const Value& folder : (*kept)["copies"].asArray())
        settings.copies.emplace_back(folder.asString());
    settings.usesKeyring = (*kept)["keyring"].asBool();
    return settings;
}

Result<void> setAnchorSettings(const platform::Path& home, const AnchorSettings& settings)
{
    Value::Array names;
    for (const auto& folder : settings.copies)
        names.emplace_back(folder.string());
    CORDON_CHECK(platform::makeFolders(home));
    return platform::writeFileAtomically(
        settingsFile(home),
        json::write(Value::Object{{"v", 1}, {"copies", std::move(names)}, {"keyring", settings.usesKeyring}}) + "\n");
}

Result<std::vector<std::shared_ptr<HeadAnchor>>> anchorsOf(const platform::Path& home)
{
    std::vector<std::shared_ptr<HeadAnchor>> anchors;
    CORDON_TRY(const AnchorSettings settings, anchorSettings(home));
    for (const auto& folder : settings.copies)
        anchors.push_back(std::make_shared<CheckpointCopies>(folder));
    if (settings.usesKeyring)
        anchors.push_back(std::make_shared<KeyringHeads>(keyring::secretService()));
    return anchors;
}

} // namespace cordon::record
