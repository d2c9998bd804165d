#pragma once

#include "core/exports/sheet_report.h"

#include <ostream>
#include <stop_token>

namespace cordon::exports {

/// How a case is written for others. Source: docs/formats/exports.md
struct ExportWish
{
    std::string format;              ///< one of `exportFormats`
    std::string incident;            ///< INC-0001; "" for all
    std::string ocsfVersion;         ///< "" for the default
    ReportVerdict verdict;           ///< for html and pdf
    std::string madeAt;              ///< machine clock, for html and pdf
    std::string zone = {};           ///< of times in html and pdf; "" for UTC, which other formats always have
    std::stop_token stop = {};
};

/// `html`, `pdf`, `timesketch` (JSON lines), `timesketch-csv`, `ocsf`, `stix`, `cacao`, `custody`.
[[nodiscard]] const std::vector<std::string>& exportFormats();

/// Writes a case piece by piece. ErrorCode::Unsupported for another format; NotFound for no such case or incident;
/// Cancelled when stopped.
/// @param folder  a case folder, or the path of an opened sealed case
[[nodiscard]] Result<void> writeExport(const std::filesystem::path& folder, const ExportWish& wish, std::ostream& out);

} // namespace cordon::exports
