#include "core/record/folder_audit.h"

#include "core/platform/packed_folder.h"
#include "core/record/checkpoint_text.h"
#include "core/record/ledger_format.h"

#include <algorithm>
#include <functional>

namespace cordon::record {
namespace {

using Belongs = std::function<bool(const std::string& name)>;

class Look
{
public:
    explicit Look(const platform::Path& caseFolder) : m_case(caseFolder) {}

    /// Everything in a folder of the case. @return the names of folders that belong
    std::vector<std::string> into(const std::string& folder, const Belongs& isFile, const Belongs& isFolder = {})
    {
        std::vector<std::string> folders;
        const platform::Path path = m_case / folder;
        if (isLink(path)) {
            m_found.push_back({folder, 0, -1, "a link in the place of a folder"});
            return folders;
        }
        const auto names = platform::listFolder(path);
        for (const std::string& name : names ? *names : std::vector<std::string>()) {
            if (name.starts_with('.'))
                continue;
            const platform::Path one = path / name;
            const bool isInside = platform::isFolder(one) || isLink(one);
            if (isFolder && isFolder(name) && isInside)
                folders.push_back(name);
            else if (!isFile(name) || !platform::isPlainFile(one)) // a pipe is no file either
                m_found.push_back({folder + "/" + name, 0, -1, "does not belong in a case"});
        }
        return folders;
    }
    [[nodiscard]] std::vector<LedgerPlace> take() { return std::move(m_found); }

private:
    static bool isLink(const platform::Path& path)
    {
        std::error_code error;
        return std::filesystem::is_symlink(path, error);
    }

    platform::Path m_case;
    std::vector<LedgerPlace> m_found;
};

bool isHex(const std::string& text, std::size_t size)
{
    return text.size() == size && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

/// A number of at least eight digits, written in one way.
bool isCounted(const std::string& name, std::string_view suffix)
{
    if (!name.ends_with(suffix))
        return false;
    const std::string digits = name.substr(0, name.size() - suffix.size());
    const bool isShort = digits.size() == static_cast<std::size_t>(format::numberDigits);
    return countFrom(digits).has_value() && (isShort || (digits.size() > static_cast<std::size_t>(format::numberDigits) && digits[0] != '0'));
}

bool isTorn(const std::string& name)
{
    constexpr std::string_view start = "torn-";
    if (!name.starts_with(start))
        return false;
    const std::string_view digits = std::string_view(name).substr(start.size());
    const auto dash = digits.find('-'); // before the number of another one from the same place
    return countFrom(digits.substr(0, dash)) && (dash == std::string_view::npos || countFrom(digits.substr(dash + 1)));
}

} // namespace

std::vector<LedgerPlace> strangersIn(const platform::Path& caseFolder)
{
    Look look(caseFolder);
    const std::string ledger(format::ledgerFolder);
    const std::string checkpoints(format::checkpointFolder);
    const std::string timestamps(format::timestampFolder);
    const auto below = look.into(
        ledger, [](const std::string& name) { return isCounted(name, format::segmentSuffix) || isTorn(name); },
        [&](const std::string& name) { return name == checkpoints || name == timestamps; });
    for (const std::string& folder : below) {
        const std::string_view suffix = folder == timestamps ? format::timestampSuffix : std::string_view();
        look.into(ledger + "/" + folder, [&](const std::string& name) { return isCounted(name, suffix); });
    }
    const auto none = [](const std::string&) { return false; };
    look.into("evidence", none, [](const std::string& name) { return name == "sha256" || name == "keys" || name == "incoming"; });
    look.into("kept", none, [](const std::string& name) { return name == "sha256" || name == "incoming"; });
    look.into("evidence/keys", [](const std::string& name) { return name.ends_with(".key") && isHex(name.substr(0, name.size() - 4), 64); });
    for (const std::string vault : {"evidence", "kept"}) {
        const std::string objects = vault + "/sha256";
        for (const std::string& shard : look.into(objects, none, [](const std::string& name) { return isHex(name, 2); }))
            look.into(objects + "/" + shard, [&](const std::string& name) { return isHex(name, 64) && name.starts_with(shard); });
    }
    return look.take();
}

std::string linkedFolder(const platform::Path& caseFolder)
{
    std::error_code none;
    for (const char* name : {"ledger", "ledger/checkpoints", "ledger/timestamps", "evidence", "evidence/sha256", "evidence/keys",
                             "evidence/incoming", "kept", "kept/sha256", "kept/incoming", "inbox", "exercise"}) {
        if (std::filesystem::is_symlink(std::filesystem::symlink_status(caseFolder / name, none)))
            return name;
    }
    return {};
}

} // namespace cordon::record
