#include "core/record/sealing_moment.h"

#include "core/crypto/random.h"
#include "core/platform/beneath.h"
#include "core/record/case_folder.h"
#include "core/record/ledger_format.h"
#include "core/record/ledger_reader.h"

#include <algorithm>
#include <charconv>
#include <thread>

namespace cordon::record {
namespace {

/// The case's time at `now`: a replayed or practised case has its own, which goes on. None where no entry has any.
Result<Timestamp> caseTime(const platform::Path& caseFolder, std::int64_t entries, Timestamp now)
{
    constexpr std::int64_t few = 100; // what is told of the ledger itself has no case time
    Timestamp time;
    CORDON_CHECK(eachEntry(caseFolder, std::max<std::int64_t>(1, entries - few), [&](const LedgerEntry& entry) {
        if (const auto at = Timestamp::parse(entry.data["at"].asString()))
            time = *at + (now - entry.ts);
        return true;
    }));
    return time;
}

/// The index as it stands now, and the newest signed head.
Result<SealingMoment> lookNow(const platform::Path& caseFolder, bool isNoted)
{
    CORDON_TRY(auto index, store::Database::open(databasePath(caseFolder), store::Database::Mode::ReadOnly));
    CORDON_CHECK(index.refuseStrange());
    CORDON_CHECK(index.execute("BEGIN; SELECT 1 FROM sqlite_master LIMIT 1;")); // what it sees from now on
    CORDON_TRY(const std::int64_t entries, newestCheckpoint(caseFolder));
    return SealingMoment{isNoted, entries, std::move(index)};
}

/// Leaves the request in the inbox of who holds the case, and waits until it stands still.
Result<SealingMoment> askHolder(const platform::Path& caseFolder, const SealOptions& options, const SealingNote& note)
{
    constexpr auto beat = std::chrono::milliseconds(20);
    const std::string inbox = inboxPath(caseFolder).filename().string();
    if (!platform::listBeneath(caseFolder, inbox)) // a link, say
        return lookNow(caseFolder, false);
    const std::string name = crypto::randomHex(16) + std::string(sealingRequestEnding);
    const platform::Path file = caseFolder / inbox / name;
    if (options.holderPatience.count() == 0 || !platform::writeFileAtomically(file, sealingRequest(note)))
        return lookNow(caseFolder, false); // read-only media, say
    for (auto waited = beat; waited < options.holderPatience && !options.stop.stop_requested(); waited += beat) {
        std::this_thread::sleep_for(beat);
        CORDON_TRY(const auto names, platform::listBeneath(caseFolder, inbox));
        const auto has = [&](std::string_view ending) {
            return std::find(names.begin(), names.end(), name + std::string(ending)) != names.end();
        };
        if (has(holderStandsEnding) || has(".taken")) {
            auto moment = lookNow(caseFolder, true);
            if (has(holderStandsEnding))
                CORDON_CHECK(platform::writeFileAtomically(file.string() + std::string(sealerSawEnding), "seen\n"));
            return moment;
        }
        if (!has(""))
            return lookNow(caseFolder, false); // refused
    }
    std::error_code ignored;
    std::filesystem::remove(file, ignored);
    return options.stop.stop_requested() ? fail(ErrorCode::Cancelled, "sealing was stopped") : lookNow(caseFolder, false);
}

} // namespace

Result<std::int64_t> newestCheckpoint(const platform::Path& caseFolder)
{
    std::int64_t newest = 0;
    CORDON_TRY(const auto names, platform::listBeneath(caseFolder, std::string(format::ledgerFolder) + "/" +
                                                                       std::string(format::checkpointFolder)));
    for (const std::string& name : names) {
        std::int64_t number = 0;
        const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
        if (error == std::errc() && end == name.data() + name.size())
            newest = std::max(newest, number);
    }
    return newest;
}

Result<SealingMoment> beginSealing(const platform::Path& caseFolder, const SealOptions& options, const SealingNote& note,
                                   const MachineClock& clock)
{
    CORDON_TRY([[maybe_unused]] const SealingNote readable, readSealingRequest(sealingRequest(note)));
    const auto index = platform::openBeneath(caseFolder, "case.db");
    if (!index && index.error().code == ErrorCode::NotFound)
        return fail(ErrorCode::Incomplete, caseFolder.string() + ": case.db is missing; open the case once, so that it is made again");
    if (!index)
        return fail(index.error());
    CaseOptions open;
    open.home = options.home;
    open.evidencePassphrase = options.evidencePassphrase;
    auto opened = CaseFolder::open(caseFolder, open, clock);
    if (!opened && opened.error().code == ErrorCode::Conflict)
        return askHolder(caseFolder, options, note);
    if (!opened)
        return fail(opened.error());
    if ((*opened)->indexState().isNew)
        return fail(ErrorCode::Incomplete, "case.db is not what the ledger says (" + (*opened)->indexState().why +
                                               "): open the case once, so that it is made again");
    LedgerDraft draft = sealingDraft(note);
    CORDON_TRY(draft.at, caseTime(caseFolder, (*opened)->ledger().size(), clock.now()));
    CORDON_TRY([[maybe_unused]] const LedgerEntry entry, (*opened)->record(std::move(draft)));
    CORDON_CHECK((*opened)->close());
    return lookNow(caseFolder, true);
}

} // namespace cordon::record
