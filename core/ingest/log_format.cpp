#include "core/ingest/log_format.h"

#include "core/ingest/readers/evtx_source.h"
#include "core/ingest/record_framer.h"

namespace cordon::ingest {

std::unique_ptr<RecordSource> recordSourceFor(std::string_view start, const platform::Path& /*path*/,
                                              const ImportOptions& /*options*/)
{
    if (EvtxSource::startsOne(start))
        return std::make_unique<EvtxSource>();
    return std::make_unique<RecordFramer>();
}

} // namespace cordon::ingest
