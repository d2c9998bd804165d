#pragma once

#include "core/base/id.h"
#include "core/domain/alert.h"
#include "core/domain/event.h"
#include "core/domain/followed_file.h"
#include "core/domain/incident.h"

#include <optional>
#include <string>
#include <vector>

namespace cordon::record {

using SourceId = Id<struct SourceTag>; ///< row of a log file in the case's index

/// A log file that was read into the case.
struct StoredSource
{
    SourceId id;
    std::string file;
    std::string kind;
    std::string digest;       ///< hex, of the decoded stream; "" until sealed
    std::string packedDigest; ///< hex, of the file as found
    std::uint64_t bytes = 0;
    std::uint64_t packedBytes = 0;
    std::int64_t events = 0;
    std::int64_t duplicates = 0;
    std::int64_t rejected = 0;
    bool isWhole = true;
    Timestamp first;
    Timestamp last;
    FollowedFileId followed;  ///< set for a piece of a followed file
    std::uint64_t begins = 0; ///< where the piece begins in that file, unpacked
    std::string zone;         ///< said at the import of times that name none; "" when not told
    Duration clockOffset{};   ///< was added to every time
    int year = 0;             ///< said of its first syslog time without one; 0: not told
    Timestamp written;        ///< when the file was written last before it was read; default: not known
    std::uint64_t lastRecord = 0; ///< of a piece of a Windows log: records up to this number were in the case
    std::uint64_t readBefore = 0; ///< of a Windows log given anew: records before this place were in the case
};

/// What came out of the followed files of one root and one kind.
struct FollowedSum
{
    std::string root;
    std::string kind; ///< as of the pieces; "" where none was recognised
    std::int64_t files = 0;
    std::int64_t events = 0;
    std::int64_t duplicates = 0;
    std::int64_t rejected = 0;
    std::uint64_t bytes = 0;
    Timestamp first;
    Timestamp last;
    Timestamp arrived; ///< machine time at which the last record was taken in
};

/// How many followed files of a root are in a state.
struct FollowedCount
{
    std::string root;
    FollowState state = FollowState::Following;
    std::int64_t files = 0;
    std::string reason; ///< of one of them
};

/// What the index knows of an alert; `body` is the caller's own JSON.
struct StoredAlert
{
    AlertId id;
    std::string rule;
    std::string title;
    Severity severity = Severity::Medium;
    Timestamp first;
    Timestamp last;
    IncidentId incident;         ///< unset when it belongs to none
    std::vector<EventId> events; ///< written; left empty when read
    std::string body;
};

/// What the index knows of an incident; `body` is the caller's own JSON.
struct StoredIncident
{
    IncidentId id;
    std::string title;
    int risk = 0;
    Severity severity = Severity::Low;
    IncidentStatus status = IncidentStatus::Open;
    Timestamp firstSeen;
    Timestamp lastSeen;
    std::string assignee;
    std::vector<EntityRef> members; ///< written; left empty when read
    std::vector<AlertId> alerts;    ///< written: these alerts now belong here; left empty when read
    std::string body;
};

/// A ledger entry as the index has it, for lists. The ledger itself is the authority.
struct StoredEntry
{
    std::int64_t seq = 0;
    Timestamp ts;
    Timestamp at; ///< case clock; default when the entry has none
    std::string type;
    std::string actorKind;
    std::string actor;
    std::string session;
    std::string incident;
    std::string mandate;
    std::string data; ///< JSON
};

/// Which events are meant. Members that are unset do not narrow.
struct EventQuery
{
    std::optional<Timestamp> from;      ///< included
    std::optional<Timestamp> to;        ///< not included
    std::optional<IncidentId> incident; ///< events of its alerts, and of its members during its span
    std::string entity;                 ///< EntityRef::key()
    std::string text;                   ///< part of action, actor or address, any case
    bool onlyFailures = false;
    bool onlyIdentityChanges = false;
};

} // namespace cordon::record
