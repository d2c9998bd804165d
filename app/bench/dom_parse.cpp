#include "app/bench/runs.h"
#include "core/ingest/record_framer.h"

#include <algorithm>
#include <simdjson.h>
#include <utility>

namespace cordon::bench {
namespace {

Result<simdjson::padded_string> load(const Path& file)
{
    simdjson::padded_string text;
    const auto error = simdjson::padded_string::load(file.string()).get(text);
    if (error)
        return fail(ErrorCode::Io, file.string() + ": " + simdjson::error_message(error));
    return text;
}

using Places = std::vector<std::pair<std::uint64_t, std::uint64_t>>;

Places recordsOf(std::string_view text)
{
    constexpr std::size_t piece = 1U << 20U;
    Places places;
    ingest::RecordFramer framer;
    const auto take = [&] {
        while (const auto frame = framer.next()) {
            if (frame->isRecord)
                places.emplace_back(frame->offset, frame->length);
        }
    };
    while (!text.empty()) {
        const std::size_t count = std::min(piece, text.size());
        std::copy_n(text.data(), count, framer.space(count));
        framer.written(count);
        text.remove_prefix(count);
        take();
    }
    framer.finish();
    take();
    return places;
}

} // namespace

std::string domParserKind()
{
    return simdjson::get_active_implementation()->name();
}

Result<Measure> domParse(const Path& file)
{
    CORDON_TRY(const simdjson::padded_string text, load(file));
    const Places places = recordsOf(std::string_view(text.data(), text.size()));
    Measure measure;
    measure.name = "simdjson DOM parse, record by record";
    measure.bytes = text.size();
    simdjson::dom::parser parser;
    const Stopwatch watch;
    for (const auto& [offset, length] : places)
        measure.events += parser.parse(text.data() + offset, length, false).error() == simdjson::SUCCESS ? 1 : 0;
    watch.tell(measure);
    return measure;
}

Result<Measure> domParseWhole(const Path& file)
{
    CORDON_TRY(const simdjson::padded_string text, load(file));
    Measure measure;
    measure.name = "simdjson DOM parse, whole file at once";
    measure.bytes = text.size();
    const std::string_view start(text.data(), std::min<std::size_t>(text.size(), 64));
    simdjson::dom::parser parser;
    const Stopwatch watch;
    if (start.find("\"Records\"") == std::string_view::npos) {
        simdjson::dom::document_stream documents;
        if (const auto error = parser.parse_many(text).get(documents))
            return fail(ErrorCode::Invalid, simdjson::error_message(error));
        for (const auto document : documents)
            measure.events += document.error() == simdjson::SUCCESS ? 1 : 0;
    } else {
        simdjson::dom::array records;
        if (const auto error = parser.parse(text)["Records"].get(records))
            return fail(ErrorCode::Invalid, simdjson::error_message(error));
        measure.events = static_cast<std::uint64_t>(std::distance(records.begin(), records.end()));
    }
    watch.tell(measure);
    return measure;
}

} // namespace cordon::bench
