#pragma once

#include "core/investigate/impaired_logging.h"

#include <optional>

namespace cordon::investigate {

/// Kinds of acts that have sentences of their own.
enum class Kind {
    KeyMade,
    KeyMadeForSelf,
    PasswordSet,
    AccountMade,
    RightsGiven,
    TrustChanged,
    SessionMinted,
    SecretsRead,
    LoggingImpaired,
    Shared,
    Deleted,
    RoleMade,
    SignInRefused,
    RuleMatched,
    RuleMatchedNobody, ///< the record names nobody who called
    ProductReported,
    FindingMatched, ///< a rule took offence at what another product reported
};

/// What one event is told as.
struct Telling
{
    Kind kind = Kind::RuleMatched;
    const EventTarget* object = nullptr;
    std::string apart;               ///< tells apart beats that must not be counted together: a key's id, a rule's
    const Alert* reported = nullptr; ///< for ProductReported: what the product said
};

/// What an event is told as; nothing when no rule took offence at it and it has no sentence of its own.
[[nodiscard]] std::optional<Telling> tell(const Event& event, const std::vector<const Alert*>& alerts,
                                          LoggingWatch& logging);

} // namespace cordon::investigate
