// Commands about what is kept: report, why, verify.
#include "app/ctl/byte_progress.h"
#include "app/ctl/ctl.h"
#include "app/ctl/exports.h"
#include "app/ctl/holder.h"
#include "core/engine/audit_options.h"
#include "core/engine/case_report.h"
#include "core/engine/ledger_words.h"
#include "core/record/sealed_audit.h"

#include <fstream>
#include <iostream>
#include <memory>

namespace cordon::ctl {
namespace {

/// A sealed case is open, and can be read as a folder, while this is held; null for a folder.
Result<std::shared_ptr<const record::SealedCase>> openedPlace(const std::string& place)
{
    if (!record::isSealedCase(place))
        return std::shared_ptr<const record::SealedCase>();
    return record::SealedCase::open(place);
}

struct RecordWish
{
    std::string folder;
    std::string incident;
    std::string format = "text";
    std::string key;
    std::string ocsfVersion;
    std::string out;
    bool skipsVerification = false;
    std::int64_t seq = 0;
    bool requiresAnchor = false;
};

int report(const Context& context, const RecordWish& wish)
{
    const auto opened = openedPlace(wish.folder);
    if (!opened)
        return failed(opened.error());
    if (auto mended = mendIndex(context, wish.folder); !mended)
        return failed(mended.error());
    const bool isJson = context.wantsJson || wish.format == "json";
    if (!isJson && wish.format != "md" && wish.format != "text")
        return writeExport(context, {wish.folder, wish.incident, wish.format, wish.ocsfVersion, wish.out, !wish.skipsVerification, opened->get()});
    std::ofstream file;
    if (!wish.out.empty()) {
        file.open(wish.out, std::ios::binary | std::ios::trunc);
        if (!file)
            return failed({ErrorCode::Io, wish.out + ": cannot be written"});
    }
    std::ostream& out = wish.out.empty() ? std::cout : file;
    const auto format = isJson                ? engine::ReportFormat::Json
                        : wish.format == "md" ? engine::ReportFormat::Markdown
                                              : engine::ReportFormat::Text;
    if (auto written = engine::writeCaseReport(wish.folder, {format, wish.incident}, out); !written)
        return failed(written.error());
    out << (isJson ? "\n" : "") << std::flush;
    if (!out)
        return failed({ErrorCode::Io, "the report could not be written to its end"});
    return Done;
}

int why(const Context& context, const RecordWish& wish)
{
    const auto opened = openedPlace(wish.folder);
    if (!opened)
        return failed(opened.error());
    auto explanation = engine::explainEntry(wish.folder, wish.seq);
    if (!explanation)
        return failed(explanation.error());
    if (context.wantsJson)
        printJson(*explanation);
    else
        std::cout << engine::explanationText(*explanation);
    return Done;
}

int verify(const Context& context, const RecordWish& wish)
{
    record::AuditOptions options = engine::auditOptions(context.home);
    options.requiresAnchor = wish.requiresAnchor;
    if (!wish.key.empty()) {
        auto key = crypto::PublicKey::parse(wish.key);
        if (!key)
            return failed(key.error());
        options.key = *key;
    }
    const auto opened = openedPlace(wish.folder);
    if (!opened)
        return failed(opened.error());
    if (const auto& sealed = *opened) {
        ByteProgress progress("verified");
        const auto told = [&](const record::AuditProgress& at) {
            if (at.isSeal)
                progress.show(at.done, at.total);
        };
        const auto found = record::auditSealed(*sealed, std::move(options), told);
        progress.end();
        if (!found)
            return failed(found.error());
        if (context.wantsJson)
            printJson(found->toValue());
        else
            std::cout << found->toText();
        return found->exitStatus();
    }
    auto verdict = record::LedgerAuditor(std::move(options)).verify(wish.folder);
    if (!verdict)
        return failed(verdict.error());
    if (context.wantsJson)
        printJson(verdict->toValue());
    else
        std::cout << verdict->toText();
    return verdict->exitStatus();
}

} // namespace

void addRecordCommands(CLI::App& app, Context& context, int& status)
{
    auto wish = std::make_shared<RecordWish>();
    CLI::App* show = app.add_subcommand("report", "what a case holds");
    show->add_option("CASE", wish->folder)->required();
    show->add_option("--incident", wish->incident, "only this one, such as INC-0001");
    show->add_option("--format", wish->format, "text, md, json, html, pdf, timesketch, timesketch-csv, ocsf, stix, cacao or custody");
    show->add_option("--out", wish->out, "file, instead of standard output");
    show->add_option("--ocsf-version", wish->ocsfVersion, "1.1.0 to 1.6.0; 1.4.0 when not told");
    show->add_flag("--no-verify", wish->skipsVerification, "html and pdf: say nothing about the record's verification");
    show->callback([&context, &status, wish] { status = report(context, *wish); });

    CLI::App* explain = app.add_subcommand("why", "one ledger entry explained from the ledger alone");
    explain->add_option("CASE", wish->folder)->required();
    explain->add_option("SEQ", wish->seq)->required();
    explain->callback([&context, &status, wish] { status = why(context, *wish); });

    CLI::App* check = app.add_subcommand("verify", "the offline verifier");
    check->add_option("CASE", wish->folder)->required();
    check->add_flag("--require-anchor", wish->requiresAnchor, "exit 3 unless something outside the case confirms its length");
    check->add_option("--key", wish->key, "the ledger's public key, ed25519:…");
    check->callback([&context, &status, wish] { status = verify(context, *wish); });
}

} // namespace cordon::ctl
