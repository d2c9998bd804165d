#pragma once

#include "core/base/id.h"
#include "core/base/time.h"
#include "core/domain/entity.h"
#include "core/domain/evidence.h"

#include <optional>
#include <string>
#include <vector>

namespace cordon {

/// How the recorded call ended.
enum class EventOutcome { Success, Failure, Unknown };
[[nodiscard]] std::string_view toString(EventOutcome outcome);

/// Something that an event acted on, and how. Relations (closed list, docs/formats/entities.md): created, deleted,
/// activated, deactivated, updated, attached, detached, granted, assumed, read, listed, shared, stopped, used, impersonated.
struct EventTarget
{
    EntityRef entity;
    std::string relation;

    bool operator==(const EventTarget&) const = default;
};

/// What is kept of one log record. Source: docs/formats/event.md
struct Event
{
    EventId id;
    Timestamp time;          ///< UTC
    std::string timeText;    ///< as the record had it
    std::string source;      ///< aws.cloudtrail, okta.system, …
    std::string tenant;      ///< account id, organisation…
    std::optional<EntityRef> actor;
    std::optional<EntityRef> via; ///< the credential it was done with
    std::string action;      ///< provider's own verb, such as iam:CreateAccessKey
    std::vector<EventTarget> targets;
    std::string address;     ///< source address as text; "" when none
    std::string userAgent;
    std::string region;
    EventOutcome outcome = EventOutcome::Unknown;
    std::string error;       ///< provider's error code; "" on success
    std::string externalId;  ///< provider's own id, for counting duplicates once; "" when none
    bool isIdentityChange = false; ///< changes who may do what: keys, policies, trust, factors, membership
    bool isReadOnly = false;
    bool isFinding = false; ///< another product's alert: nothing that anybody did, and no source about it
    Citation cite;
};

/// A record that could not be used. Kept, listed, never dropped.
struct RejectedRecord
{
    std::string file;
    std::uint64_t offset = 0; ///< in the decoded stream
    std::uint64_t length = 0; ///< 0 when unknown (whole file)
    std::string reason;       ///< English, names the place
};

} // namespace cordon
