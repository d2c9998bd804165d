// How much of a plain file is read next.
#include "core/ingest/evtx_growth.h"
#include "core/ingest/follow_bytes.h"
#include "core/ingest/follower.h"
#include "core/ingest/readers/csv_row_scan.h"
#include "core/ingest/readers/evtx_source.h"
#include "core/ingest/whole_records.h"

#include <algorithm>

namespace cordon::ingest {
namespace {

constexpr std::size_t startLength = 64U << 10U; ///< enough for `layoutOf`
constexpr std::size_t formatLength = 4096;      ///< enough for `recordSourceFor`
constexpr auto openRowPatience = std::chrono::hours(24); ///< a change of the file ends it
constexpr std::string_view windowsLogMark("ElfFile\0", 8); ///< all that stays of such a log's header

bool isTable(const platform::Path& path)
{
    const std::string name = path.filename().string();
    return name.find(".csv") != std::string::npos || name.find(".CSV") != std::string::npos;
}

/// The end of the first whole document behind `from`, however long it is; 0 when it has none yet.
Result<std::uint64_t> firstEndBehind(const platform::File& file, std::uint64_t from, std::uint64_t size)
{
    constexpr std::size_t block = 1U << 20U;
    WholeRecords records(RecordLayout::Documents);
    for (std::uint64_t at = from; at < size && records.end() == 0; at += block) {
        CORDON_TRY(const std::string bytes,
                   bytesAt(file, at, static_cast<std::size_t>(std::min<std::uint64_t>(block, size - at))));
        records.add(bytes);
    }
    return records.end() == 0 ? 0 : from + records.end();
}

/// Goes on behind a piece that is full of one row of a table. @return the row's own end; 0 and whether it is open at the
/// log's end when it has none yet
Result<TableRows> firstRowBehind(const platform::File& file, std::uint64_t from, std::uint64_t size)
{
    constexpr std::size_t block = 1U << 20U;
    CsvRowScan scan(anyDelimiter);
    for (std::uint64_t at = from; at < size; at += block) {
        CORDON_TRY(const std::string bytes,
                   bytesAt(file, at, static_cast<std::size_t>(std::min<std::uint64_t>(block, size - at))));
        if (const std::size_t end = scan.endIn(bytes); end != std::string::npos)
            return TableRows{at + end + 1, false};
    }
    return TableRows{0, scan.isQuoted()};
}

/// What a later piece needs of the log's start: enough to tell the format, and the whole first line, which may name columns.
std::string headOf(const std::string& start)
{
    const std::size_t line = start.find('\n', std::min(formatLength, start.size()));
    return start.substr(0, line == std::string::npos ? start.size() : line + 1);
}

/// Takes the marks from the file. ErrorCode::NotFound when it has become shorter: the next look tells what it is.
Result<void> markFrom(FollowedFile& mine, const platform::File& file)
{
    const auto length = static_cast<std::size_t>(std::min<std::uint64_t>(markLength, mine.position));
    CORDON_TRY(mine.head, bytesAt(file, 0, length));
    CORDON_TRY(mine.tail, bytesAt(file, mine.position - length, length));
    if (mine.head.size() < length || mine.tail.size() < length)
        return fail(ErrorCode::NotFound, mine.path + ": was cut short while it was looked at");
    return {};
}

/// Moves the marks on over the bytes that were read, whatever stands in the file by now.
void mark(FollowedFile& mine, std::uint64_t begins, std::string_view bytes)
{
    if (begins == 0) {
        mine.head.clear();
        mine.tail.clear();
    }
    if (mine.head.size() == begins || begins == 0) // a start that is not known is not made up of later bytes
        mine.head += bytes.substr(0, markLength - mine.head.size());
    mine.tail += bytes;
    mine.tail.erase(0, mine.tail.size() - std::min(mine.tail.size(), markLength));
}

} // namespace

Result<Follower::MaybeStep> Follower::plainPiece(FollowedFile mine, const SeenFile& seen, const platform::File& file,
                                                 Timestamp now)
{
    CORDON_TRY(const std::string start, bytesAt(file, 0, startLength));
    if (start.substr(0, markLength).find('\0') != std::string::npos)
        return binaryPiece(std::move(mine), seen, file, start, now); // which may grow within its size
    if (mine.position >= seen.size)
        return stateStep(std::move(mine), seen);

    const std::uint64_t begins = mine.position;
    const auto most = static_cast<std::size_t>(std::min<std::uint64_t>(seen.size - begins, longestPiece));
    CORDON_TRY(std::string bytes, bytesAt(file, begins, most));
    if (bytes.size() < most || bytes.find_first_not_of(" \t\r\n") == std::string::npos)
        return stateStep(std::move(mine), seen); // shorter than a moment ago, or nothing but line ends
    const RecordLayout layout = layoutOf(start);
    WholeRecords records(layout);
    records.add(bytes);
    const bool isAll = begins + bytes.size() == seen.size;
    std::size_t end = static_cast<std::size_t>(records.end());
    std::uint64_t longEnd = 0;
    TableRows rows;
    const bool hasRows = isTable(seen.path);
    if (hasRows) {
        rows = tableRows(bytes);
        end = static_cast<std::size_t>(rows.end);
        if (end == 0 && !isAll) {
            CORDON_TRY(rows, firstRowBehind(file, begins, seen.size));
            longEnd = rows.end;
        }
    }
    Timestamp until = seen.leftAlone + patience;
    if (layout == RecordLayout::Lines && (!isAll || now - seen.leftAlone < shortPatience)) {
        const std::size_t audit = lastAuditRecord(std::string_view(bytes).substr(0, end));
        until = audit < end ? seen.leftAlone + shortPatience : until;
        if (isAll || audit > 0) // a piece full of one record is cut all the same
            end = std::min(end, audit);
    }
    // What stands in a cell is a stranger's text: a row that ends in quotes is waited for, not read as it stands.
    const bool isLeftAlone = now >= until && !rows.isOpen;
    until = rows.isOpen ? now + openRowPatience : until;
    if (isAll && isLeftAlone)
        end = bytes.size();
    if (hasRows && end == 0 && !isAll) {
        longEnd = longEnd == 0 && isLeftAlone ? seen.size : longEnd;
    } else if (end == 0 && !isAll && layout == RecordLayout::Lines) {
        end = bytes.size(); // longer than any record may be
    } else if (end == 0 && !isAll) {
        CORDON_TRY(longEnd, firstEndBehind(file, begins, seen.size));
        if (longEnd == 0 && isLeftAlone)
            longEnd = seen.size;
    }
    if (isAll && end < bytes.size())
        wait(mine, until);
    if (end == 0 && longEnd == 0) {
        wait(mine, until);
        return stateStep(std::move(mine), seen);
    }
    mine.position = longEnd > 0 ? longEnd : begins + end;
    if (longEnd > 0) {
        CORDON_CHECK(markFrom(mine, file));
    } else {
        bytes.resize(end);
        mark(mine, begins, bytes);
    }
    CORDON_TRY(const bool isSame, isStill(mine, file, seen.size));
    if (!isSame) { // cut while it was looked at: what was read may be of two logs
        wait(mine, now);
        return MaybeStep();
    }
    auto step = stateStep(std::move(mine), seen);
    step->begins = begins;
    step->head = begins > 0 ? headOf(start) : std::string();
    step->open = longEnd > 0 ? openRange(begins, longEnd) : openBytes(std::move(bytes));
    return step;
}

/// Source: docs/formats/following.md, "Windows event logs"
Result<Follower::MaybeStep> Follower::binaryPiece(FollowedFile mine, const SeenFile& seen, const platform::File& file,
                                                  std::string_view start, Timestamp now)
{
    if (!EvtxSource::startsOne(start)) {
        mine.state = FollowState::Skipped;
        mine.reason = "skipped: no log that is known, and no text";
        return stateStep(std::move(mine), seen);
    }
    const bool isLeftAlone = now - seen.leftAlone >= shortPatience;
    if (!isLeftAlone) // it may be a copy that is being made, whose chunks come in any order
        wait(mine, seen.leftAlone + shortPatience);
    if (!isLeftAlone && !EvtxSource::isInUse(bytesOf(start)))
        return stateStep(std::move(mine), seen);
    CORDON_TRY(const std::uint64_t lastRecord, evtxRecordBefore(file, mine.position));
    CORDON_TRY(EvtxGrowth growth, evtxGrowth(file, seen.size, lastRecord, mine.position, isLeftAlone));
    const bool isFirst = mine.position == 0;
    if (growth.bytes.empty() && (!isFirst || !isLeftAlone))
        return stateStep(std::move(mine), seen);
    if (growth.bytes.empty()) { // nothing but a header, or damage, which is told once
        const std::uint64_t end = std::min<std::uint64_t>(seen.size, EvtxSource::usualHeaderSize);
        mine.position = end;
        CORDON_TRY(growth.bytes, bytesAt(file, 0, static_cast<std::size_t>(end)));
    } else {
        CORDON_TRY(const std::string tail, bytesAt(file, growth.position - growth.tail.size(), growth.tail.size()));
        if (tail != growth.tail) { // written anew while it was looked at
            wait(mine, now);
            return MaybeStep();
        }
        mine.position = growth.position;
    }
    mine.head = start.substr(0, std::min<std::size_t>(windowsLogMark.size(), start.size()));
    mine.tail = std::move(growth.tail);
    auto step = stateStep(std::move(mine), seen);
    step->begins = growth.begins;
    step->lastRecord = lastRecord;
    step->open = openBytes(std::move(growth.bytes));
    return step;
}

} // namespace cordon::ingest
