#pragma once

#include "core/plan/playbook.h"

#include <filesystem>

namespace cordon::plan {

/// The playbooks of a folder and what was refused.
struct PlaybookLibrary
{
    std::vector<Playbook> playbooks; ///< sorted by id
    std::vector<Error> refused;      ///< each names file and reason

    /// Reads every *.json in `folder`. An unreadable folder is one refusal, so that the caller can say so.
    [[nodiscard]] static PlaybookLibrary load(const std::filesystem::path& folder);
};

} // namespace cordon::plan
