#pragma once

#include "core/base/time.h"
#include "core/crypto/signing_key.h"

#include <functional>
#include <string>
#include <vector>

namespace cordon::record {

/// The people of the installation that looks. In a real case the ledger names the keys that signed, and only the
/// installation knows whose they were.
struct KnownPeople
{
    crypto::PublicKey root; ///< of this installation: says something of the cases alone that it began
    /// Whether that key was that person's at that time; empty where nobody is enrolled.
    std::function<bool(const std::string& person, const crypto::PublicKey& key, Timestamp at)> isTheirs;
    /// The keys that were that person's at that time; empty where nobody is enrolled.
    std::function<std::vector<crypto::PublicKey>(const std::string& person, Timestamp at)> keysOf = {};
    /// Whether the person had that role at that time; empty where nobody is enrolled.
    std::function<bool(const std::string& person, const std::string& role, Timestamp at)> hasRole = {};
};

} // namespace cordon::record
