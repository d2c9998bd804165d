#pragma once

#include "core/base/result.h"
#include "core/value/value.h"

#include <optional>
#include <string>
#include <vector>

namespace cordon::connectors::nftables {

/// An address or a network: `10.0.0.7`, `10.0.0.0/24`, `2001:db8::/32`, as `inet_ntop` spells it.
struct Network
{
    std::string address;
    int length = 0;
    bool isV6 = false;

    /// ErrorCode::Invalid for what is neither; bits behind the length must be zero.
    [[nodiscard]] static Result<Network> parse(const std::string& text);
    [[nodiscard]] bool isSingle() const { return length == (isV6 ? 128 : 32); }
    [[nodiscard]] std::string text() const;
    [[nodiscard]] bool holds(const Network& other) const;
};

/// What one of Cordon's tables is for. Each cut is a table of its own, so that it comes and goes in one transaction and
/// every other table stays as it is.
struct Cut
{
    enum class Kind { Machine, Workload, Address };
    Kind kind = Kind::Machine;
    std::optional<Network> of; ///< the workload behind this machine, or the address

    /// `cordon_isolate`, `cordon_isolate_` or `cordon_block_` with the address in letters, digits and underscores.
    [[nodiscard]] std::string table() const;
    /// `isolate`, `isolate 10.0.0.7`, `block 10.0.0.7`: how undo records and people name it.
    [[nodiscard]] std::string name() const;
    [[nodiscard]] static Result<Cut> named(const std::string& name);
};

/// Who may still reach what is isolated: forensics, and this connector.
struct Forensics
{
    std::vector<Network> from;
    int sshPort = 22; ///< on this machine, as the connection that is there tells
};

/// How a cut stands in a machine's ruleset.
enum class Presence { Absent, Whole, Changed };

/// The transaction for `nft -j -f -` that makes the table anew, whatever was there under its name. Drops before connections are tracked, so that
/// established ones end, too.
[[nodiscard]] Value makingOf(const Cut& cut, const Forensics& forensics);
/// The one that removes it, also when it is not there.
[[nodiscard]] Value removalOf(const Cut& cut);
/// @param ruleset  what `nft -j list ruleset` said
[[nodiscard]] Presence presenceOf(const Cut& cut, const Forensics& forensics, const Value& ruleset);
/// Whether forwarded packets may go past the rules in this ruleset.
[[nodiscard]] bool hasFlowtable(const Value& ruleset);

} // namespace cordon::connectors::nftables
