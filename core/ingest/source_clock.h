#pragma once

#include "core/ingest/field_map.h"
#include "core/ingest/import_options.h"
#include "core/ingest/record_time.h"
#include "core/ingest/time_zone.h"

namespace cordon::ingest {

/// What the times of one source mean: by its map, and by what a person said at its import.
class SourceClock
{
public:
    SourceClock() = default;
    /// ErrorCode::Invalid or NotFound when the zone is none.
    [[nodiscard]] static Result<SourceClock> from(const ImportOptions& options);

    /// UTC of a record's time text. ErrorCode::Invalid when it cannot be read, ErrorCode::Incomplete when it names no
    /// zone and neither map nor import tell one.
    [[nodiscard]] Result<Timestamp> read(std::string_view text, const FieldMap& map) const;

    /// UTC of another product's time. One that names no zone is in the zone told at the import, else UTC: products write
    /// their alerts' times in UTC.
    [[nodiscard]] Timestamp ofFinding(const RecordTime& time) const;

private:
    std::optional<TimeZone> m_zone;
    Duration m_offset{};
};

} // namespace cordon::ingest
