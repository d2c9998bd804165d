#include "core/plan/playbook_library.h"

#include "core/plan/cacao_parser.h"

#include <algorithm>
#include <fstream>
#include <map>
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

using ById = std::map<std::string, const Playbook*>;

/// The steps of a playbook with those of the playbooks that it calls in their places. A called one keeps its own steps'
/// ids; what stood before the call stands before all of them.
Result<std::vector<PlaybookStep>> withCalled(const Playbook& playbook, const ById& all, int depth)
{
    constexpr int deepest = 4;
    std::vector<PlaybookStep> steps;
    for (const PlaybookStep& step : playbook.steps) {
        if (step.playbook.empty()) {
            steps.push_back(step);
            continue;
        }
        const auto called = all.find(step.playbook);
        if (called == all.end())
            return fail(ErrorCode::NotFound, playbook.file + ": " + step.id + ": no playbook " + step.playbook + " here");
        if (depth >= deepest)
            return fail(ErrorCode::Invalid, playbook.file + ": " + step.id + ": playbooks call one another more than 4 deep");
        CORDON_TRY(std::vector<PlaybookStep> inner, withCalled(*called->second, all, depth + 1));
        for (PlaybookStep& one : inner) {
            one.when.insert(one.when.begin(), step.when.begin(), step.when.end());
            one.after.insert(one.after.begin(), step.after.begin(), step.after.end());
            steps.push_back(std::move(one));
        }
    }
    return steps;
}

/// Puts called playbooks in place; one that cannot be put together is refused.
void putTogether(PlaybookLibrary& library)
{
    const std::vector<Playbook> apart = library.playbooks;
    ById all;
    for (const Playbook& playbook : apart)
        all.emplace(playbook.id, &playbook);
    library.playbooks.clear();
    for (const Playbook& playbook : apart) {
        auto steps = withCalled(playbook, all, 0);
        if (!steps) {
            library.refused.push_back(steps.error());
            continue;
        }
        Playbook whole = playbook;
        whole.steps = std::move(*steps);
        for (const PlaybookStep& step : playbook.steps) {
            if (const auto called = all.find(step.playbook); called != all.end())
                whole.variables.insert(called->second->variables.begin(), called->second->variables.end());
        }
        library.playbooks.push_back(std::move(whole));
    }
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
    putTogether(library);
    return library;
}

} // namespace cordon::plan
