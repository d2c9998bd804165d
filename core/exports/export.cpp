#include "core/exports/export.h"

#include "core/exports/cacao.h"
#include "core/exports/custody.h"
#include "core/exports/html_sheet.h"
#include "core/exports/ocsf.h"
#include "core/exports/pdf_sheet.h"
#include "core/exports/stix.h"
#include "core/exports/timesketch.h"

#include <algorithm>

namespace cordon::exports {
namespace {

Result<void> writeReport(CaseContents& contents, const ExportWish& wish, Sheet& sheet)
{
    CORDON_TRY(const ReportClock clock, ReportClock::in(wish.zone));
    return writeSheetReport(contents, wish.incident, wish.verdict, wish.madeAt, clock, sheet);
}

Result<void> writeFormat(CaseContents& contents, const ExportWish& wish, std::ostream& out)
{
    if (wish.format == "html") {
        HtmlSheet sheet(out);
        return writeReport(contents, wish, sheet);
    }
    if (wish.format == "pdf") {
        PdfSheet sheet(out);
        return writeReport(contents, wish, sheet);
    }
    if (wish.format == "timesketch")
        return writeTimesketchLines(contents, wish.incident, out);
    if (wish.format == "timesketch-csv")
        return writeTimesketchCsv(contents, wish.incident, out);
    if (wish.format == "ocsf")
        return writeOcsf(contents, wish.incident, wish.ocsfVersion.empty() ? ocsfVersions().front() : wish.ocsfVersion, out);
    if (wish.format == "stix")
        return writeStix(contents, wish.incident, out);
    if (wish.format == "cacao")
        return writeCacao(contents, wish.incident, out);
    return writeCustody(contents, out);
}

} // namespace

const std::vector<std::string>& exportFormats()
{
    static const std::vector<std::string> formats{"html", "pdf",  "timesketch", "timesketch-csv",
                                                  "ocsf", "stix", "cacao",      "custody"};
    return formats;
}

Result<void> writeExport(const std::filesystem::path& folder, const ExportWish& wish, std::ostream& out)
{
    const auto& known = exportFormats();
    if (std::find(known.begin(), known.end(), wish.format) == known.end())
        return fail(ErrorCode::Unsupported, "format '" + wish.format + "' is not known");
    CORDON_TRY(const auto contents, CaseContents::open(folder));
    contents->setStop(wish.stop);
    if (!wish.incident.empty()) // before anything is written
        CORDON_CHECK(contents->eachAlert(wish.incident, [](const Value&) -> Result<void> { return {}; }));
    CORDON_CHECK(writeFormat(*contents, wish, out));
    if (!out.flush())
        return fail(ErrorCode::Io, "the export could not be written");
    return {};
}

} // namespace cordon::exports
