#include "core/engine/correlation_recall.h"

#include "core/engine/log_reading.h"
#include "core/ingest/follow_bytes.h"

#include <algorithm>
#include <map>

namespace cordon::engine {
namespace {

constexpr std::uint64_t mostBytes = 64U << 20U;

Duration longestTimespan(const detect::RuleProgram& program)
{
    Duration longest{};
    for (const detect::Rule& rule : program.rules().rules()) {
        if (rule.correlation)
            longest = std::max(longest, rule.correlation->timespan);
    }
    return longest * 2; // one may stand on another
}

LogPace paceOf(const std::vector<record::StoredSource>& pieces, std::optional<Timestamp> now)
{
    LogPace pace;
    for (const record::StoredSource& piece : pieces) {
        pace.take(piece.first, now);
        if (piece.events > 1)
            pace.take(piece.last, now);
    }
    return pace;
}

/// Those that reach beyond `since`, as far as they fit, in the order in which they came.
std::vector<record::StoredSource> recentOf(std::vector<record::StoredSource> pieces, Timestamp since)
{
    std::erase_if(pieces, [since](const record::StoredSource& piece) { return piece.last < since; });
    std::uint64_t held = 0;
    auto first = pieces.end();
    while (first != pieces.begin() && held + std::prev(first)->bytes <= mostBytes)
        held += (--first)->bytes;
    pieces.erase(pieces.begin(), first);
    return pieces;
}

/// The first pieces of followed files.
using FirstPieces = std::map<FollowedFileId, record::StoredSource>;

FirstPieces firstOf(const std::vector<record::StoredSource>& sources)
{
    FirstPieces firsts;
    for (const record::StoredSource& source : sources) {
        if (source.followed.isSet() && source.begins == 0 && !source.digest.empty())
            firsts.emplace(source.followed, source);
    }
    return firsts;
}

/// First bytes of the log that a later piece belongs to, which may name its columns; "" when its first piece is not here.
Result<std::string> headOf(const record::StoredSource& piece, const FirstPieces& firsts, record::CaseFolder& folder)
{
    constexpr std::uint64_t enough = 64U << 10U;
    const auto first = firsts.find(piece.followed);
    if (piece.begins == 0 || first == firsts.end())
        return std::string();
    CORDON_TRY(const Digest digest, Digest::fromHex(first->second.digest));
    CORDON_TRY(auto object, folder.vault().open(digest));
    return object.read(0, static_cast<std::size_t>(std::min(enough, first->second.bytes)));
}

Result<void> recall(const record::StoredSource& piece, const FirstPieces& firsts, record::CaseFolder& folder,
                    const Detection& detection, std::optional<Timestamp> now)
{
    CORDON_TRY(const Digest digest, Digest::fromHex(piece.digest));
    CORDON_TRY(auto object, folder.vault().open(digest));
    ingest::ReadOptions options;
    options.import.zone = piece.zone;
    options.import.clockOffset = piece.clockOffset;
    CORDON_TRY(options.head, headOf(piece, firsts, folder));
    CORDON_TRY(std::string bytes, object.read(0, static_cast<std::size_t>(piece.bytes)));
    options.open = ingest::openBytes(std::move(bytes));
    CORDON_TRY(const auto ids, folder.store().queries().eventIdsOf(piece));
    LogReading reading({piece.file}, detection, folder.vault(), {}, std::move(options));
    while (auto batch = reading.next({})) {
        for (ReadEvent& read : batch->events) {
            const auto id = ids.find(read.event.cite.offset);
            for (detect::CorrelationInput& input : read.inputs) {
                if (id == ids.end())
                    continue; // a duplicate, or not in the case
                input.event.value = static_cast<std::uint64_t>(id->second.value);
                input.time = now ? std::min(input.time, *now) : input.time;
                detection.correlations->add(input);
            }
        }
    }
    return {};
}

} // namespace

Result<LogPace> recallCorrelations(record::CaseFolder& folder, const Detection& detection, std::optional<Timestamp> now)
{
    CORDON_TRY(std::vector<record::StoredSource> pieces, folder.store().queries().sources());
    const FirstPieces firsts = firstOf(pieces); // one without events may name the columns
    std::erase_if(pieces, [](const record::StoredSource& piece) { return !piece.followed.isSet() || piece.events == 0; });
    const LogPace pace = paceOf(pieces, now);
    const Duration longest = longestTimespan(*detection.program);
    if (longest == Duration())
        return pace;
    const Timestamp since = pace.reached() ? *pace.reached() - longest : Timestamp();
    for (const record::StoredSource& piece : recentOf(std::move(pieces), since))
        CORDON_CHECK(recall(piece, firsts, folder, detection, now));
    return pace;
}

} // namespace cordon::engine
