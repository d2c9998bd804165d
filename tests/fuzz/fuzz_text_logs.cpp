// Any bytes, in any pieces, through each reader of text logs: nothing may crash, every record is one JSON object with
// padding behind it, and every place lies in the stream. The first byte chooses the reader, the second the pieces.

#include "core/ingest/json_event_view.h"
#include "core/ingest/readers/auditd_reader.h"
#include "core/ingest/readers/csv_reader.h"
#include "core/ingest/readers/syslog_reader.h"
#include "core/ingest/time_pattern.h"
#include "core/ingest/time_zone.h"
#include "tests/fuzz/must.h"

#include <algorithm>
#include <memory>

using namespace cordon;
using namespace cordon::ingest;

namespace {

std::unique_ptr<RecordSource> readerFor(unsigned char choice)
{
    constexpr Timestamp someDay = Timestamp::fromMicros(1'709'600'000'000'000);
    switch (choice % 4) {
    case 0: return std::make_unique<AuditdReader>();
    case 1: return std::make_unique<SyslogReader>(SyslogYear{0, someDay});
    case 2: return std::make_unique<SyslogReader>(SyslogYear{2020, {}});
    default: return std::make_unique<CsvReader>(CsvShape{});
    }
}

void tryTimes(std::string_view text)
{
    if (const auto zone = TimeZone::fromFile(text))
        (void)zone->utcOf(Timestamp::fromMicros(1'700'000'000'000'000));
    const std::string_view pattern = text.substr(0, text.find('\n'));
    if (checkTimePattern(pattern))
        (void)parseByPattern(text.substr(std::min(pattern.size() + 1, text.size())), pattern);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size < 2)
        return 0;
    const std::string_view stream = fuzz::textOf(data + 2, size - 2);
    const std::size_t piece = std::size_t{data[1]} + 1;
    tryTimes(stream);
    const auto reader = readerFor(data[0]);
    static const FieldPlan plan;
    static JsonEventView view(plan);
    const auto take = [&] {
        while (const auto frame = reader->next()) {
            fuzz::must(frame->offset + frame->length <= stream.size());
            if (!frame->isRecord)
                continue;
            fuzz::must(view.read(frame->bytes, frame->raw).has_value());
            fuzz::must(view.raw().size() <= frame->length + 1);
        }
    };
    for (std::size_t at = 0; at < stream.size(); at += piece) {
        const std::size_t count = std::min(piece, stream.size() - at);
        std::copy_n(stream.data() + at, count, reader->space(count));
        reader->written(count);
        take();
    }
    reader->finish();
    take();
    return 0;
}
