#include "core/plan/playbook_library.h"

#include "core/plan/cacao_parser.h"

#include <algorithm>
#include <fstream>
#include <sstream>

namespace cordon::plan {
namespace {

Result<Playbook> readPlaybook(const std::filesystem::path& path)
{
    constexpr std::uintmax_t most = 4U << 20U;
    std::error_code error;
    if (std::filesystem::file_size(path, error) > most || error)
        return fail(ErrorCode::Invalid, path.string() + ": cannot be read or is longer than 4 MiB");
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    if (!file)
        return fail(ErrorCode::Io, path.string() + ": cannot be read");
    return parseCacao(text.str(), path.string());
}

} // namespace

PlaybookLibrary PlaybookLibrary::load(const std::filesystem::path& folder)
{
    PlaybookLibrary library;
    std::error_code error;
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
        if (entry.path().extension() == ".json")
            files.push_back(entry.path());
    }
    if (error)
        library.refused.push_back({ErrorCode::NotFound, folder.string() + ": " + error.message()});
    std::sort(files.begin(), files.end());
    for (const auto& path : files) {
        auto playbook = readPlaybook(path);
        if (playbook)
            library.playbooks.push_back(std::move(*playbook));
        else
            library.refused.push_back(playbook.error());
    }
    std::sort(library.playbooks.begin(), library.playbooks.end(),
              [](const Playbook& a, const Playbook& b) { return a.id < b.id; });
    return library;
}

} // namespace cordon::plan
