#pragma once

#include "core/exports/export.h"
#include "core/exports/transfer_sheet.h"
#include "core/record/case_sealing.h"

namespace cordon::exports {

/// How far a piece of work is; a total of 0 where nobody knows.
using Told = std::function<void(std::uint64_t done, std::uint64_t total)>;

/// A case, or one incident of it, to be put into one file.
struct SealWish
{
    std::filesystem::path place;
    std::string incident;           ///< INC-0001; "" for the whole case
    std::filesystem::path out;      ///< X.cordonz
    std::filesystem::path sheet;    ///< transfer sheet, X.html or X.txt; "" for none
    record::SealOptions options;
};
/// What came of it.
struct SealOutcome
{
    SealedFile file;
    bool isNoted = false; ///< the ledger says that it was sealed
};
/// Seals and writes the sheet. ErrorCode as `record::sealCase`, Cancelled when stopped: then nothing is left under `out`.
[[nodiscard]] Result<SealOutcome> sealForHandover(const SealWish& wish, const MachineClock& clock);

/// A file that is there whole and durable or not at all; one of that name is replaced.
[[nodiscard]] Result<void> writeWhole(const std::filesystem::path& out,
                                      const std::function<Result<void>(std::ostream&)>& write);

/// A case to be written for others.
struct FileExport
{
    std::filesystem::path place; ///< a case folder or a sealed case
    std::filesystem::path home;  ///< where keys are pinned
    std::filesystem::path out;
    ExportWish wish;
    bool verifies = true; ///< html and pdf end with what the verifier says now
    Told told = {};       ///< may be empty
    bool isOpenHere = false; ///< this process holds the case
    std::string key = {};    ///< that is trusted; "" for the one that is pinned in `home`
};
/// As `writeWhole`. ErrorCode as `writeExport`.
[[nodiscard]] Result<void> exportToFile(FileExport wish, const MachineClock& clock);
/// What the verifier says now, for the last page of a report.
[[nodiscard]] Result<ReportVerdict> verdictNow(const std::filesystem::path& place, const std::filesystem::path& home,
                                               const Told& told, const std::stop_token& stop, bool isOpenHere = false,
                                               const std::string& key = {});

} // namespace cordon::exports
