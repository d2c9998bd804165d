// Any bytes as a Windows event log, in pieces of two sizes: nothing may crash or hang, frames lie within the log, records are
// JSON objects that a view can read, and the pieces make no difference. Bytes that start no log are taken as a chunk of one.

#include "app/generate/evtx_writer.h"
#include "core/ingest/json_event_view.h"
#include "core/ingest/readers/evtx_source.h"

#include <algorithm>
#include <cstdlib>

using namespace cordon;
using namespace cordon::ingest;

namespace {

void check(bool holds)
{
    if (!holds)
        std::abort();
}

std::size_t readAll(std::string_view log, std::size_t piece)
{
    static const FieldPlan plan = [] {
        FieldPlan made;
        made.add("Event.System.EventID");
        made.add("Event.EventData.Image");
        return made;
    }();
    EvtxSource source;
    JsonEventView view(plan);
    std::size_t seen = 0;
    const std::size_t size = log.size();
    const auto take = [&] {
        while (const auto frame = source.next()) {
            check(frame->offset <= size && frame->length <= size - frame->offset);
            check(frame->isRecord || !frame->reason.empty());
            check(!frame->isRecord || view.read(frame->bytes, frame->raw));
            seen = seen * 31 + frame->bytes.size() + frame->reason.size() + frame->offset;
        }
    };
    while (!log.empty()) {
        const std::size_t count = std::min(piece, log.size());
        std::copy_n(log.data(), count, source.space(count));
        source.written(count);
        log.remove_prefix(count);
        take();
    }
    source.finish();
    take();
    return seen;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    std::string log(reinterpret_cast<const char*>(data), size);
    if (!EvtxSource::startsOne(log))
        log.insert(0, generate::EvtxWriter().header());
    check(readAll(log, 1000) == readAll(log, 1U << 20U));
    return 0;
}
