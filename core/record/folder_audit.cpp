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
            if (isFolder && isFolder(name) && (platform::isFolder(one) || isLink(one)))
                folders.push_back(name);
            else if (!isFile(name))
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

bool isCounted(const std::string& name, std::string_view suffix)
{
    return name.size() >= suffix.size() + static_cast<std::size_t>(format::numberDigits) && name.ends_with(suffix) &&
           countFrom(std::string_view(name).substr(0, name.size() - suffix.size())).has_value();
}

} // namespace

std::vector<LedgerPlace> strangersIn(const platform::Path& caseFolder)
{
    Look look(caseFolder);
    const std::string ledger(format::ledgerFolder);
    const std::string checkpoints(format::checkpointFolder);
    const std::string timestamps(format::timestampFolder);
    const auto below = look.into(
        ledger, [](const std::string& name) { return isCounted(name, format::segmentSuffix) || name.starts_with("torn-"); },
        [&](const std::string& name) { return name == checkpoints || name == timestamps; });
    for (const std::string& folder : below) {
        const std::string_view suffix = folder == timestamps ? format::timestampSuffix : std::string_view();
        look.into(ledger + "/" + folder, [&](const std::string& name) { return isCounted(name, suffix); });
    }
    const std::string objects = "evidence/sha256";
    look.into("evidence", [](const std::string&) { return true; }, [](const std::string&) { return true; });
    const auto none = [](const std::string&) { return false; };
    for (const std::string& shard : look.into(objects, none, [](const std::string& name) { return isHex(name, 2); }))
        look.into(objects + "/" + shard, [&](const std::string& name) { return isHex(name, 64) && name.starts_with(shard); });
    return look.take();
}

} // namespace cordon::record
