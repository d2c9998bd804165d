#pragma once

#include "core/plan/playbook.h"

namespace cordon::cacao {
struct Playbook;
}

namespace cordon::plan {

/// Cordon's CACAO extension: what a step does, to what, and when. Source: docs/formats/playbook.md
inline constexpr std::string_view cordonExtension = "extension-definition--7a1f6f0e-52b4-4c6e-9d0b-3f1c8a5e2d47";

/// Reads one CACAO 2.0 playbook with the one reader there is (cacao::load) and takes from it what Cordon runs.
/// ErrorCode::Invalid names file, line and place; Unsupported what CACAO has and Cordon does not run: an action without
/// Cordon's extension, a condition with a comparison that is not evaluated.
[[nodiscard]] Result<Playbook> parseCacao(std::string_view text, const std::string& file);
/// The same of one that was read.
[[nodiscard]] Result<Playbook> fromCacao(const cacao::Playbook& source);

} // namespace cordon::plan
