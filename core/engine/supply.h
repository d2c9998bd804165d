#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <string>
#include <vector>

namespace cordon::engine {

/// A file that decides what the program does, and the digest that it has.
struct SupplyItem
{
    std::string file;     ///< below the resources, such as playbooks/suspicious-account.json
    std::string expected; ///< hex SHA-256; "" for one that was never seen before
    std::string actual;   ///< hex SHA-256; "missing" for a shipped one that is gone
};

/// What a look at the resources found.
struct SupplyCheck
{
    std::vector<SupplyItem> refused; ///< other bytes than built in, accepted or seen before
    std::vector<SupplyItem> added;   ///< not shipped and never seen before: their digests are kept from now on
};

/// Compares playbooks, field maps, rules and mandate patterns with the digests that the program was built with. A file
/// that somebody added is pinned in `$CORDON_HOME/pins.json` when it is first seen; a person's word there (`accepted`)
/// stands beside the built-in digest. Writes that file when something was added.
/// ErrorCode::Invalid when pins.json is unreadable, Io when a resource is. Source: docs/formats/playbook.md, "Pins"
[[nodiscard]] Result<SupplyCheck> checkSupply(const std::filesystem::path& resources,
                                              const std::filesystem::path& home);
/// Takes a person's word that these files are to be believed as they are now.
/// @param files  below `resources`
[[nodiscard]] Result<void> acceptSupply(const std::filesystem::path& resources, const std::filesystem::path& home,
                                        const std::vector<std::string>& files);

} // namespace cordon::engine
