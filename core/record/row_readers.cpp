#include "core/record/row_readers.h"

#include <algorithm>

namespace cordon::record {
namespace {

Severity severityOf(std::int64_t number)
{
    return static_cast<Severity>(std::clamp<std::int64_t>(number, 0, 4));
}

} // namespace

StoredSource sourceOf(const store::Statement& row)
{
    StoredSource source;
    source.id.value = row.integer(0);
    source.file = row.text(1);
    source.kind = row.text(2);
    source.digest = row.text(3);
    source.packedDigest = row.text(4);
    source.bytes = static_cast<std::uint64_t>(row.integer(5));
    source.packedBytes = static_cast<std::uint64_t>(row.integer(6));
    source.events = row.integer(7);
    source.duplicates = row.integer(8);
    source.rejected = row.integer(9);
    source.isWhole = row.integer(10) != 0;
    source.first = Timestamp::fromMicros(row.integer(11));
    source.last = Timestamp::fromMicros(row.integer(12));
    source.followed.value = row.integer(13);
    source.begins = static_cast<std::uint64_t>(row.integer(14));
    source.zone = row.text(15);
    source.clockOffset = Duration(row.integer(16));
    source.year = static_cast<int>(row.integer(17));
    source.written = Timestamp::fromMicros(row.integer(18));
    source.lastRecord = static_cast<std::uint64_t>(row.integer(19));
    source.readBefore = static_cast<std::uint64_t>(row.integer(20));
    return source;
}

FollowedFile followedOf(const store::Statement& row)
{
    FollowedFile file;
    file.id.value = row.integer(0);
    file.root = row.text(1);
    file.path = row.text(2);
    file.device = static_cast<std::uint64_t>(row.integer(3));
    file.inode = static_cast<std::uint64_t>(row.integer(4));
    file.head = row.text(5);
    file.tail = row.text(6);
    file.position = static_cast<std::uint64_t>(row.integer(7));
    file.size = static_cast<std::uint64_t>(row.integer(8));
    file.changed = Timestamp::fromMicros(row.integer(9));
    file.state = static_cast<FollowState>(std::clamp<std::int64_t>(row.integer(10), 0, 4));
    file.reason = row.text(11);
    file.sameAs.value = row.integer(12);
    file.arrived = Timestamp::fromMicros(row.integer(13));
    return file;
}

FollowedSum followedSumOf(const store::Statement& row)
{
    FollowedSum sum;
    sum.root = row.text(0);
    sum.kind = row.text(1);
    sum.files = row.integer(2);
    sum.events = row.integer(3);
    sum.duplicates = row.integer(4);
    sum.rejected = row.integer(5);
    sum.bytes = static_cast<std::uint64_t>(row.integer(6));
    sum.first = Timestamp::fromMicros(row.integer(7));
    sum.last = Timestamp::fromMicros(row.integer(8));
    sum.arrived = Timestamp::fromMicros(row.integer(9));
    return sum;
}

StoredAlert alertOf(const store::Statement& row)
{
    StoredAlert alert;
    alert.id.value = row.integer(0);
    alert.rule = row.text(1);
    alert.title = row.text(2);
    alert.severity = severityOf(row.integer(3));
    alert.first = Timestamp::fromMicros(row.integer(4));
    alert.last = Timestamp::fromMicros(row.integer(5));
    alert.incident.value = row.integer(6);
    alert.body = row.text(7);
    return alert;
}

StoredIncident incidentOf(const store::Statement& row)
{
    StoredIncident incident;
    incident.id.value = row.integer(0);
    incident.title = row.text(1);
    incident.risk = static_cast<int>(row.integer(2));
    incident.severity = severityOf(row.integer(3));
    incident.status = static_cast<IncidentStatus>(std::clamp<std::int64_t>(row.integer(4), 0, 2));
    incident.firstSeen = Timestamp::fromMicros(row.integer(5));
    incident.lastSeen = Timestamp::fromMicros(row.integer(6));
    incident.assignee = row.text(7);
    incident.body = row.text(8);
    return incident;
}

StoredEntry entryOf(const store::Statement& row)
{
    StoredEntry entry;
    entry.seq = row.integer(0);
    entry.ts = Timestamp::fromMicros(row.integer(1));
    entry.at = Timestamp::fromMicros(row.integer(2));
    entry.type = row.text(3);
    entry.actorKind = row.text(4);
    entry.actor = row.text(5);
    entry.session = row.text(6);
    entry.incident = row.text(7);
    entry.mandate = row.text(8);
    entry.data = row.text(9);
    return entry;
}

} // namespace cordon::record
