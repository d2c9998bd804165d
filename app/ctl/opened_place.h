#pragma once

#include "app/ctl/ctl.h"
#include "core/record/sealed_case.h"

#include <memory>
#include <string>

namespace cordon::ctl {

/// A sealed case is open, and can be read as a folder, while this is held; null for a folder.
[[nodiscard]] Result<std::shared_ptr<const record::SealedCase>> openedPlace(const std::string& place);

/// The same for what is read without being verified: whoever reads is told where nobody here knows the key, and nothing is
/// shown that another key signed than the one that is known.
/// @param key  that is trusted; none: the one that is pinned here
[[nodiscard]] Result<std::shared_ptr<const record::SealedCase>> openedToRead(const Context& context, const std::string& place,
                                                                             const std::optional<crypto::PublicKey>& key = {});

} // namespace cordon::ctl
