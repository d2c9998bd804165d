#include "core/ingest/log_format.h"

#include "core/ingest/readers/audit_record.h"
#include "core/ingest/readers/auditd_reader.h"
#include "core/ingest/readers/csv_reader.h"
#include "core/ingest/readers/evtx_source.h"
#include "core/ingest/readers/syslog_reader.h"
#include "core/ingest/readers/unknown_source.h"
#include "core/ingest/record_framer.h"

#include <algorithm>
#include <chrono>
#include <sys/stat.h>

namespace cordon::ingest {
namespace {

constexpr std::size_t enoughLines = 40;

std::size_t firstSolid(std::string_view text)
{
    return std::min(text.find_first_not_of(" \t\r\n"), text.size());
}

/// `{`, or `[` in front of an object or its own end: `[` alone begins many lines of text too.
bool looksLikeJson(std::string_view text)
{
    text.remove_prefix(firstSolid(text));
    if (text.empty() || text.front() == '{')
        return true; // nothing is no record of anything
    if (text.front() != '[')
        return false;
    text.remove_prefix(1);
    text.remove_prefix(firstSolid(text));
    return text.empty() || text.front() == '{' || text.front() == ']';
}

/// What the first lines are. A line that the start cuts off does not count.
struct Lines
{
    std::size_t all = 0;
    std::size_t audit = 0;
    std::size_t syslog = 0;
    std::size_t json = 0;

    explicit Lines(std::string_view start)
    {
        const bool isWhole = start.find('\n') == start.npos;
        while (!start.empty() && all < enoughLines) {
            const std::size_t end = start.find('\n');
            if (end == start.npos && !isWhole)
                break;
            take(start.substr(0, end));
            start.remove_prefix(end == start.npos ? start.size() : end + 1);
        }
    }

private:
    void take(std::string_view line)
    {
        if (!line.empty() && line.back() == '\r')
            line.remove_suffix(1);
        if (firstSolid(line) == line.size())
            return;
        ++all;
        const std::string_view counted = line.substr(std::min(line.find_first_not_of("0123456789"), line.size()));
        if (parseAuditHead(line))
            ++audit;
        else if (parseSyslogLine(line) || (counted.size() < line.size() && counted.substr(0, 2) == " <" &&
                                           parseSyslogLine(counted.substr(1))))
            ++syslog;
        else if (line[firstSolid(line)] == '{')
            ++json;
    }
};

std::string whyUnknown(std::string_view start)
{
    if (start.substr(0, 2) == "\xff\xfe" || start.substr(0, 2) == "\xfe\xff")
        return "not recognised: UTF-16 text; give it as UTF-8";
    if (start.find('\0') != start.npos)
        return "not recognised: binary data of no known format";
    const std::string_view first = start.substr(0, start.find('\n'));
    const std::string_view rest = start.substr(std::min(first.size() + 1, start.size()));
    const std::string_view second = rest.substr(0, rest.find('\n'));
    for (const char delimiter : {',', ';', '\t', '|'}) {
        const auto count = std::count(first.begin(), first.end(), delimiter);
        if (count >= 2 && count == std::count(second.begin(), second.end(), delimiter))
            return "not recognised: looks like a table of texts; say what its columns mean with a map (--map)";
    }
    return "not recognised: neither JSON, nor audit records, nor syslog; a table of texts needs a map (--map)";
}

} // namespace

Timestamp writtenAt(const platform::Path& path)
{
    struct stat status = {};
    if (::stat(path.c_str(), &status) != 0)
        return {};
    return Timestamp::fromMicros(std::int64_t{status.st_mtim.tv_sec} * 1'000'000 + status.st_mtim.tv_nsec / 1000);
}

std::unique_ptr<RecordSource> recordSourceFor(std::string_view start, const platform::Path& path,
                                              const FieldMaps& maps, const ImportOptions& options)
{
    constexpr std::string_view byteOrderMark = "\xef\xbb\xbf";
    if (EvtxSource::startsOne(start))
        return std::make_unique<EvtxSource>();
    const std::string_view text = start.substr(start.substr(0, 3) == byteOrderMark ? 3 : 0);
    const bool isDelivery = recordListOf(text, firstSolid(text)).at != nowhere;
    if (looksLikeJson(text))
        return std::make_unique<RecordFramer>(RecordFramer::longestRecord, isDelivery);
    const std::string_view head = text.substr(0, text.find('\n'));
    for (const auto& map : maps.maps()) {
        if (map->csv && (head.find(map->csv->delimiter) != head.npos || map->csv->columns.size() == 1))
            return std::make_unique<CsvReader>(*map->csv);
    }
    const Lines lines(text);
    if (lines.audit > 0 && lines.audit * 2 >= lines.all)
        return std::make_unique<AuditdReader>();
    if (lines.syslog > 0 && lines.syslog * 2 >= lines.all)
        return std::make_unique<SyslogReader>(
            SyslogYear{options.year, options.written == Timestamp() ? writtenAt(path) : options.written});
    if (lines.json > 0)
        return std::make_unique<RecordFramer>(RecordFramer::longestRecord, isDelivery);
    return std::make_unique<UnknownSource>(whyUnknown(text));
}

} // namespace cordon::ingest
