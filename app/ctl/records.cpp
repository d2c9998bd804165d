// Commands about what is kept: report, why, verify.
#include "app/ctl/byte_progress.h"
#include "app/ctl/ctl.h"
#include "app/ctl/exports.h"
#include "app/ctl/holder.h"
#include "app/ctl/opened_place.h"
#include "core/base/display_escape.h"
#include "core/engine/audit_options.h"
#include "core/engine/case_report.h"
#include "core/engine/index_check.h"
#include "core/engine/ledger_words.h"
#include "core/exports/handing_over.h"
#include "core/record/ledger_reader.h"
#include "core/record/sealed_audit.h"
#include "core/value/json.h"
#include "core/words/words.h"

#include <iostream>

namespace cordon::ctl {
namespace {

struct RecordWish
{
    std::string folder;
    std::string incident;
    std::string format = "text";
    std::string key;
    std::string ocsfVersion;
    std::string zone;
    std::string out;
    bool skipsVerification = false;
    std::optional<std::int64_t> seq; ///< none: all are listed
    bool requiresAnchor = false;
};

/// An empty key, as of a variable that was not set, is not the same as none.
std::string saysSomething(const std::string& key)
{
    return key.empty() ? "an empty key trusts nobody: leave --key out, or give the one that you were told" : std::string();
}

std::vector<std::string> reportFormats()
{
    std::vector<std::string> all{"text", "md", "json"};
    all.insert(all.end(), exports::exportFormats().begin(), exports::exportFormats().end());
    return all;
}

/// The key that was given; none where none was.
Result<std::optional<crypto::PublicKey>> trustedKey(const RecordWish& wish)
{
    if (wish.key.empty())
        return std::optional<crypto::PublicKey>();
    CORDON_TRY(const crypto::PublicKey key, crypto::PublicKey::parse(wish.key));
    return std::optional(key);
}

int report(const Context& context, const RecordWish& wish)
{
    const auto key = trustedKey(wish);
    if (!key)
        return failed(key.error());
    const auto opened = openedToRead(context, wish.folder, *key);
    if (!opened)
        return failed(opened.error());
    if (auto mended = mendIndex(context, wish.folder); !mended)
        return failed(mended.error());
    const bool isJson = context.wantsJson || wish.format == "json";
    if (!isJson && wish.format != "md" && wish.format != "text")
        return writeExport(context, {wish.folder, wish.incident, wish.format, wish.ocsfVersion, wish.zone, wish.out, !wish.skipsVerification, wish.key});
    const auto format = isJson                ? engine::ReportFormat::Json
                        : wish.format == "md" ? engine::ReportFormat::Markdown
                                              : engine::ReportFormat::Text;
    if (const auto checked = engine::checkIndex(wish.folder, context.home); !checked)
        return failed(checked.error());
    const auto write = [&](std::ostream& out) -> Result<void> {
        CORDON_CHECK(engine::writeCaseReport(wish.folder, {format, wish.incident, context.home}, out));
        out << (isJson ? "\n" : "") << std::flush;
        return out ? Result<void>() : fail(ErrorCode::Io, "the report could not be written to its end");
    };
    const auto written = wish.out.empty() ? write(std::cout) : exports::writeWhole(wish.out, write);
    return written ? Done : failed(written.error());
}

/// A line for each entry, with the number that `why` takes.
int listEntries(const Context& context, const RecordWish& wish)
{
    bool isAny = false;
    const auto listed = record::eachEntry(wish.folder, 0, [&](const LedgerEntry& entry) {
        if (!wish.incident.empty() && entry.incident != wish.incident)
            return true;
        isAny = true;
        if (context.wantsJson) {
            printJson(engine::ledgerEntryValue(entry));
            return true;
        }
        const std::string& at = entry.data["at"].asString();
        std::string line = std::to_string(entry.seq) + "  " + (at.empty() ? entry.ts.toString() : at) + "  " + entry.actor.id + "  ";
        line += entry.incident.empty() ? "" : entry.incident + ": ";
        line += words::english(engine::ledgerSummary(entry.type, json::write(entry.data)));
        std::cout << escapedForDisplay(line) << '\n';
        return true;
    });
    if (listed && !isAny)
        return failed({ErrorCode::NotFound, "no entry of the ledger is about '" + wish.incident + "'; incidents are called INC-0001"});
    return listed ? Done : failed(listed.error());
}

int why(const Context& context, const RecordWish& wish)
{
    const auto opened = openedToRead(context, wish.folder);
    if (!opened)
        return failed(opened.error());
    if (!wish.seq)
        return listEntries(context, wish);
    auto explanation = engine::explainEntry(wish.folder, *wish.seq);
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
    auto key = trustedKey(wish);
    if (!key)
        return failed(key.error());
    options.key = *key;
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
    show->add_option("--format", wish->format, "text, md, json, html, pdf, timesketch, timesketch-csv, ocsf, stix, cacao or custody")
        ->check(CLI::IsMember(reportFormats()));
    show->add_option("--out", wish->out, "file, instead of standard output");
    show->add_option("--ocsf-version", wish->ocsfVersion, "1.1.0 to 1.6.0; 1.4.0 when not told");
    show->add_option("--zone", wish->zone, "html and pdf: times as clocks there show them, such as Europe/Berlin; UTC when not told");
    show->add_option("--key", wish->key, "the ledger's public key, ed25519:…; of a sealed case nothing is shown that another one signed")->check(saysSomething);
    show->add_flag("--no-verify", wish->skipsVerification, "html and pdf: say nothing about the record's verification");
    show->callback([&context, &status, wish] { status = report(context, *wish); });

    CLI::App* explain = app.add_subcommand("why", "ledger entries listed, or one explained from the ledger alone");
    explain->add_option("CASE", wish->folder)->required();
    explain->add_option("SEQ", wish->seq, "number of the entry; without it every entry is listed, oldest first");
    explain->add_option("--incident", wish->incident, "lists only the entries of this one, such as INC-0001");
    explain->callback([&context, &status, wish] { status = why(context, *wish); });

    CLI::App* check = app.add_subcommand("verify", "the offline verifier");
    check->add_option("CASE", wish->folder)->required();
    check->add_flag("--require-anchor", wish->requiresAnchor, "exit 3 unless something outside the case confirms its length");
    check->add_option("--key", wish->key, "the ledger's public key, ed25519:…")->check(saysSomething);
    check->callback([&context, &status, wish] { status = verify(context, *wish); });
}

} // namespace cordon::ctl
