#pragma once

#include "core/investigate/inquiry.h"

namespace cordon::investigate {

/// True when the record says that the call was tried out only (`dryRun` of a Kubernetes request): it changed nothing,
/// though it ended well. Never where the server does not heed the word, so that nobody hides an act behind it.
[[nodiscard]] bool wasRehearsed(std::string_view record);
[[nodiscard]] bool wasRehearsed(const Inquiry& inquiry, const Event& event);

} // namespace cordon::investigate
