#pragma once

#include "core/base/time.h"
#include "core/domain/event.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cordon::indicators {

/// What an indicator looks for.
enum class TermKind : std::uint8_t {
    Address, ///< an IP address
    Network, ///< addresses in CIDR form
    Domain,  ///< exactly that host name
    Url,     ///< an address of the web, anywhere in a record
    Hash,    ///< of a file or certificate: MD5, SHA-1, SHA-256, SHA-512
    Email,
    Account,    ///< id or name of an account, role or application
    Credential, ///< id of a key, token or session
    UserAgent,
};
[[nodiscard]] std::string_view toString(TermKind kind);
[[nodiscard]] std::optional<TermKind> termKindFrom(std::string_view text);

struct Term
{
    TermKind kind = TermKind::Address;
    std::string value; ///< in the form that `normalTerm` gives

    bool operator==(const Term&) const = default;
};

/// Traffic light protocol 2.0: with whom an indicator may be shared. Not told counts as amber.
enum class Tlp : std::uint8_t { Clear, Green, Amber, AmberStrict, Red };
[[nodiscard]] std::string_view toString(Tlp tlp); ///< "clear", "green", "amber", "amber+strict", "red"
/// Reads `TLP:AMBER`, `tlp:white` (clear) and the like.
[[nodiscard]] std::optional<Tlp> tlpFrom(std::string_view text);

/// One thing that somebody says is bad. Any of `alternatives` will do; all terms of one have to stand in the same
/// record.
struct Indicator
{
    std::string id;   ///< the feed's own, else made of what it looks for
    std::string name; ///< for people
    std::string text; ///< as it stands in the feed: a pattern, or KIND VALUE
    std::vector<std::vector<Term>> alternatives;
    Tlp tlp = Tlp::Amber;
    std::optional<Timestamp> validFrom;
    std::optional<Timestamp> validUntil; ///< what happened later is no hit
    std::uint64_t line = 0;
};

/// An imported list of indicators.
struct IndicatorList
{
    std::string name; ///< a later list of the same name replaces this
    std::vector<Indicator> indicators;
    std::vector<RejectedRecord> rejected; ///< what cannot be matched, with its place: kept and listed

    std::string digest = {}; ///< of the file in the vault
    std::string by = {};
    std::int64_t seq = 0;
};

/// The value as it is matched: letters small where cases do not tell apart, `[.]` and `hxxp` made whole.
/// ErrorCode::Invalid says why it cannot be matched, also when it would hit everything.
[[nodiscard]] Result<Term> normalTerm(TermKind kind, std::string_view value);

} // namespace cordon::indicators
