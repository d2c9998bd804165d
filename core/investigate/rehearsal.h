#pragma once

#include "core/investigate/inquiry.h"

namespace cordon::investigate {

/// Whether a call was tried out only (`dryRun` of a Kubernetes request): it changed nothing, though it ended well.
/// Never where the server does not heed the word, so that nobody hides an act behind it.
enum class Rehearsal {
    No,
    Possible, ///< a deletion whose request was not kept (audit level Metadata), and might have said otherwise
    Certain,
};
[[nodiscard]] Rehearsal rehearsalOf(std::string_view record);
[[nodiscard]] Rehearsal rehearsalOf(const Inquiry& inquiry, const Event& event);

} // namespace cordon::investigate
