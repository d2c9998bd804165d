#include "core/exports/handing_over.h"

#include "core/crypto/random.h"
#include "core/engine/index_check.h"
#include "core/engine/sealed_look.h"
#include "core/record/incident_sealing.h"
#include "core/record/sealed_case.h"

#include <fstream>

namespace cordon::exports {
namespace {

Result<void> writePart(const std::filesystem::path& part, const std::function<Result<void>(std::ostream&)>& write)
{
    CORDON_TRY(platform::File held, platform::File::createExclusively(part));
    std::ofstream file(part, std::ios::binary);
    if (!file)
        return fail(ErrorCode::Io, part.string() + ": cannot be written");
    CORDON_CHECK(write(file));
    file.close();
    if (!file)
        return fail(ErrorCode::Io, part.string() + ": could not be written to its end");
    return held.sync();
}

} // namespace

Result<SealOutcome> sealForHandover(const SealWish& wish, const MachineClock& clock)
{
    CORDON_CHECK(engine::checkIndex(wish.place, wish.options.home, wish.options.stop));
    CORDON_TRY(const record::SealResult made,
               wish.incident.empty() ? record::sealCase(wish.place, wish.out, wish.options, clock)
                                     : record::sealIncident(wish.place, wish.incident, wish.out, wish.options, clock));
    SealOutcome outcome;
    outcome.isNoted = made.isNoted;
    std::error_code error;
    outcome.file = {wish.out.filename().string(), std::filesystem::file_size(wish.out, error), made.file, made.manifest};
    if (wish.sheet.empty())
        return outcome;
    const bool isHtml = wish.sheet.extension() == ".html";
    CORDON_TRY(const std::string text, isHtml ? transferSheetHtml(outcome.file) : transferSheetText(outcome.file));
    CORDON_CHECK(platform::writeFileAtomically(wish.sheet, text));
    return outcome;
}

Result<void> writeWhole(const std::filesystem::path& out, const std::function<Result<void>(std::ostream&)>& write)
{
    // Beside the name until it is whole: half an export must not be taken for one.
    const std::filesystem::path part = out.string() + ".part-" + crypto::randomHex(4);
    const auto written = writePart(part, write);
    std::error_code error;
    if (written)
        std::filesystem::rename(part, out, error);
    if (written && !error)
        return platform::syncFolder(out.has_parent_path() ? out.parent_path() : std::filesystem::path("."));
    std::error_code ignored;
    std::filesystem::remove(part, ignored);
    return written ? fail(ErrorCode::Io, out.string() + ": " + error.message()) : written;
}

Result<ReportVerdict> verdictNow(const std::filesystem::path& place, const std::filesystem::path& home, const Told& told,
                                 const std::stop_token& stop, bool isOpenHere, const std::string& key)
{
    const engine::VerdictProgress progress = told ? told : [](std::uint64_t, std::uint64_t) {};
    CORDON_TRY(engine::CaseVerdict verdict, engine::verifyCase(place, home, progress, stop, isOpenHere, key));
    return ReportVerdict{verdict.result, std::move(verdict.text)};
}

Result<void> exportToFile(FileExport wish, const MachineClock& clock)
{
    std::shared_ptr<const record::SealedCase> sealed; // held while it is read as a folder
    if (record::isSealedCase(wish.place)) {
        CORDON_TRY(sealed, record::SealedCase::open(wish.place));
    }
    CORDON_CHECK(engine::checkIndex(wish.place, wish.home, wish.wish.stop));
    wish.wish.madeAt = clock.now().toString();
    if (wish.verifies && (wish.wish.format == "html" || wish.wish.format == "pdf")) {
        CORDON_TRY(wish.wish.verdict, verdictNow(wish.place, wish.home, wish.told, wish.wish.stop, wish.isOpenHere, wish.key));
    }
    if (wish.told)
        wish.told(0, 0);
    return writeWhole(wish.out, [&](std::ostream& out) { return writeExport(wish.place, wish.wish, out); });
}

} // namespace cordon::exports
