#include "app/ctl/exports.h"

#include "core/base/clock.h"
#include "core/engine/audit_options.h"
#include "core/exports/export.h"
#include "core/record/sealed_audit.h"

#include <fstream>
#include <iostream>
#include <unistd.h>

namespace cordon::ctl {
namespace {

/// What the verifier says now, as the last page of a report.
Result<exports::ReportVerdict> verdictOf(const Context& context, const ExportOptions& options)
{
    const record::AuditOptions audit = engine::auditOptions(context.home);
    const auto told = [](const record::VerifyReport& report, std::string text) {
        exports::ReportVerdict verdict;
        for (const char letter : record::toString(report.verdict))
            verdict.result += static_cast<char>(letter - 'a' + 'A');
        verdict.text = std::move(text);
        return verdict;
    };
    if (options.sealed) {
        CORDON_TRY(const record::SealedReport report, record::auditSealed(*options.sealed, audit, {}));
        return told(report.report, report.toText());
    }
    CORDON_TRY(const record::VerifyReport report, record::LedgerAuditor(audit).verify(options.folder));
    return told(report, report.toText());
}

Result<void> write(const ExportOptions& options, const exports::ExportWish& wish)
{
    if (options.out.empty())
        return exports::writeExport(options.folder, wish, std::cout);
    // Beside the name until it is whole: half an export must not be taken for one.
    const std::string part = options.out + ".part";
    std::ofstream file(part, std::ios::binary | std::ios::trunc);
    if (!file)
        return fail(ErrorCode::Io, part + ": cannot be written");
    auto written = exports::writeExport(options.folder, wish, file);
    file.close();
    if (written && !file)
        written = fail(ErrorCode::Io, part + ": could not be written to its end");
    if (written && std::rename(part.c_str(), options.out.c_str()) != 0)
        written = fail(ErrorCode::Io, options.out + ": cannot be written");
    if (!written)
        ::unlink(part.c_str());
    return written;
}

} // namespace

int writeExport(const Context& context, const ExportOptions& options)
{
    if (options.out.empty() && options.format == "pdf" && ::isatty(STDOUT_FILENO) == 1)
        return failed({ErrorCode::Invalid, "a PDF is not for a terminal: name a file with --out"});
    exports::ExportWish wish{options.format, options.incident, options.ocsfVersion, {}, MachineClock().now().toString()};
    if (options.verifies && (options.format == "html" || options.format == "pdf")) {
        auto verdict = verdictOf(context, options);
        if (!verdict)
            return failed(verdict.error());
        wish.verdict = std::move(*verdict);
    }
    if (const auto written = write(options, wish); !written)
        return failed(written.error());
    return Done;
}

} // namespace cordon::ctl
