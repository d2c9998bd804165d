#include "core/detect/rule_folder.h"

#include <algorithm>
#include <fstream>

namespace cordon::detect {
namespace fs = std::filesystem;
namespace {

constexpr std::uintmax_t longestFile = 1U << 20U;

bool isRuleFile(const fs::path& path)
{
    return path.extension() == ".yml" || path.extension() == ".yaml";
}

/// The text of the LICENSE files of one folder; `isThere` tells whether there are any.
std::string licenseText(const fs::path& folder, bool& isThere)
{
    std::string text;
    std::error_code error;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
        if (!entry.path().filename().string().starts_with("LICENSE") || !entry.is_regular_file(error))
            continue;
        isThere = true;
        if (const auto content = RuleFolder::read(entry.path()))
            text += *content;
    }
    return text;
}

} // namespace

Result<std::vector<fs::path>> RuleFolder::list(const fs::path& path)
{
    std::error_code error;
    if (!fs::is_directory(path, error)) {
        if (!fs::is_regular_file(path, error))
            return fail(ErrorCode::Io, "no such file or folder");
        return std::vector<fs::path>{path};
    }
    std::vector<fs::path> files;
    fs::recursive_directory_iterator entry(path, fs::directory_options::skip_permission_denied, error);
    for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
        std::error_code ignored;
        if (isRuleFile(entry->path()) && entry->is_regular_file(ignored))
            files.push_back(entry->path());
    }
    if (error)
        return fail(ErrorCode::Io, "cannot be listed: " + error.message());
    std::sort(files.begin(), files.end());
    return files;
}

Result<std::string> RuleFolder::read(const fs::path& path)
{
    std::error_code error;
    const auto size = fs::file_size(path, error);
    if (!error && size > longestFile)
        return fail(ErrorCode::Invalid, "longer than 1 MiB");
    std::ifstream file(path, std::ios::binary);
    std::string text(error ? 0 : size, '\0');
    if (error || !file.read(text.data(), static_cast<std::streamsize>(size)))
        return fail(ErrorCode::Io, "cannot be read");
    return text;
}

const std::string& RuleFolder::licenseOf(const fs::path& folder)
{
    const auto known = m_licenses.find(folder);
    if (known != m_licenses.end())
        return known->second;
    bool isThere = false;
    const std::string text = licenseText(folder.empty() ? fs::path(".") : folder, isThere);
    const bool isDrl = text.find("Detection Rule License") != std::string::npos &&
                       (text.find("DRL) 1.1") != std::string::npos || text.find("DRL 1.1") != std::string::npos ||
                        text.find("DRL-1.1") != std::string::npos);
    std::string license = isDrl ? "DRL 1.1" : "";
    const bool hasParent = folder.has_parent_path() && folder.parent_path() != folder;
    if (!isThere && hasParent)
        license = licenseOf(folder.parent_path());
    return m_licenses[folder] = std::move(license);
}

Result<Placeholders> loadPlaceholders(const fs::path& path)
{
    const auto text = RuleFolder::read(path);
    if (!text)
        return fail(text.error().code, path.string() + ": " + text.error().detail);
    return Placeholders::read(*text, path.string());
}

} // namespace cordon::detect
