#include "core/ingest/log_format.h"

#include "core/ingest/record_framer.h"

namespace cordon::ingest {

std::unique_ptr<RecordSource> recordSourceFor(std::string_view /*start*/, const platform::Path& /*path*/,
                                              const ImportOptions& /*options*/)
{
    return std::make_unique<RecordFramer>();
}

} // namespace cordon::ingest
