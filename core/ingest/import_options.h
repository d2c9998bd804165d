#pragma once

#include "core/base/time.h"

#include <chrono>
#include <string>

namespace cordon::ingest {

/// What a person says about a log at its import, because the log does not.
struct ImportOptions
{
    /// Zone of times that name none: IANA name or `+hh:mm`; "" when not told.
    std::string zone;
    /// Added to every time of the source: how far its clock was behind.
    std::chrono::microseconds clockOffset{0};
    /// Year of a syslog's first time without year; 0: told by when the file was written last.
    int year = 0;
    /// When the log was written last; default: as its file tells.
    Timestamp written{};

    bool operator==(const ImportOptions&) const = default;
};

} // namespace cordon::ingest
