#pragma once

#include "core/connectors/planned_provider.h"

namespace cordon::connectors::github {

/// A GitHub organisation: its installations, fine-grained tokens, deploy keys, and tokens that leaked. Source: docs/formats/connectors.md, "github"
/// @param pause  waits between two looks; none: really
/// ErrorCode::Invalid names the option that does not fit.
[[nodiscard]] Result<std::unique_ptr<act::Provider>> makeGithubProvider(const act::ConnectorSettings& settings, Asker::Pause pause = {});

} // namespace cordon::connectors::github
