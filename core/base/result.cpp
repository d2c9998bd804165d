#include "core/base/result.h"

namespace cordon {

std::string_view toString(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Invalid: return "invalid";
    case ErrorCode::NotFound: return "not_found";
    case ErrorCode::Denied: return "denied";
    case ErrorCode::Io: return "io";
    case ErrorCode::DiskFull: return "disk_full";
    case ErrorCode::Corrupt: return "corrupt";
    case ErrorCode::Incomplete: return "incomplete";
    case ErrorCode::Unsupported: return "unsupported";
    case ErrorCode::Conflict: return "conflict";
    case ErrorCode::Cancelled: return "cancelled";
    case ErrorCode::TimedOut: return "timed_out";
    case ErrorCode::Untrusted: return "untrusted";
    case ErrorCode::Internal: return "internal";
    }
    return "internal";
}

} // namespace cordon
