// Any bytes, in any pieces, through framing, parsing and normalising: nothing may crash, and every record must be the
// very bytes that its offset names, in order.

#include "core/ingest/finding_reader.h"
#include "core/ingest/json_event_view.h"
#include "core/ingest/normaliser.h"
#include "core/ingest/record_framer.h"
#include "core/ingest/wrapped_record.h"

#include <algorithm>
#include <cstdlib>

using namespace cordon;
using namespace cordon::ingest;

namespace {

struct Maps
{
    FieldPlan plan;
    Result<FieldMaps> maps = FieldMaps::load(CORDON_SOURCE_DIR "/resources/field_maps", plan);
};

void check(bool holds)
{
    if (!holds)
        std::abort();
}

void use(const Frame& frame, std::string_view stream, const Maps& loaded, JsonEventView& view)
{
    check(frame.bytes == stream.substr(frame.offset, frame.length));
    if (!view.read(frame.bytes))
        return;
    std::size_t seen = 0;
    view.eachScalar([&seen](std::string_view text) {
        seen += text.size();
        return true;
    });
    for (const std::string_view inner : wrappedRecords(frame.bytes).records)
        check(inner.data() >= frame.bytes.data() &&
              inner.data() + inner.size() <= frame.bytes.data() + frame.bytes.size());
    for (const auto& map : loaded.maps->maps()) { // whatever map: a record may lie about what it is
        if (!map->finding)
            continue;
        const auto finding = readFindingText(*map->finding, map->source, frame.bytes);
        check(!finding || (finding->alert.entities.size() <= 64 && finding->alert.rule.title.size() <= 310));
    }
    if (const FieldMap* map = recognise(*loaded.maps, view).map; map && !map->finding) {
        const auto event = normalise(*map, view);
        check(!event || event->userAgent.size() <= 2048);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const Maps loaded;
    check(loaded.maps.has_value());
    static JsonEventView view(loaded.plan);
    const std::size_t piece = size == 0 ? 1 : std::size_t{data[0]} + 1;
    const std::string_view stream(reinterpret_cast<const char*>(data), size);
    RecordFramer framer(4096);
    std::uint64_t reached = 0;
    const auto take = [&] {
        while (const auto frame = framer.next()) {
            check(frame->offset + frame->length <= size);
            if (!frame->isRecord)
                continue;
            check(frame->offset >= reached);
            reached = frame->offset + frame->length;
            use(*frame, stream, loaded, view);
        }
    };
    for (std::size_t at = 0; at < size; at += piece) {
        const std::size_t count = std::min(piece, size - at);
        std::copy_n(stream.data() + at, count, framer.space(count));
        framer.written(count);
        take();
    }
    framer.finish();
    take();
    return 0;
}
