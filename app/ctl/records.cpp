// Commands about what is kept: report, why, verify, seal, export.
#include "app/ctl/ctl.h"
#include "core/engine/case_report.h"
#include "core/engine/ledger_words.h"
#include "core/govern/approval_render.h"
#include "core/record/ledger_auditor.h"

#include <iostream>
#include <memory>

namespace cordon::ctl {
namespace {

struct RecordWish
{
    std::string folder;
    std::string incident;
    std::string format = "text";
    std::string key;
    std::int64_t seq = 0;
    bool requiresAnchor = false;
};

int report(const Context& context, const RecordWish& wish)
{
    const bool isJson = context.wantsJson || wish.format == "json";
    if (!isJson && wish.format != "md" && wish.format != "text")
        return failed({ErrorCode::Unsupported, "format '" + wish.format + "' is not in this version; json, md and text are"});
    const auto format = isJson                ? engine::ReportFormat::Json
                        : wish.format == "md" ? engine::ReportFormat::Markdown
                                              : engine::ReportFormat::Text;
    if (auto written = engine::writeCaseReport(wish.folder, {format, wish.incident}, std::cout); !written)
        return failed(written.error());
    std::cout << (isJson ? "\n" : "");
    return Done;
}

int why(const Context& context, const RecordWish& wish)
{
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
    record::AuditOptions options;
    options.home = context.home;
    options.requiresAnchor = wish.requiresAnchor;
    options.renderAgain = [](const Value& content) -> Result<std::string> {
        CORDON_TRY(const ApprovalRequest request, ApprovalRequest::fromValue(content));
        return govern::renderRequest(request);
    };
    if (!wish.key.empty()) {
        auto key = crypto::PublicKey::parse(wish.key);
        if (!key)
            return failed(key.error());
        options.key = *key;
    }
    if (wish.folder.size() > 8 && wish.folder.rfind(".cordonz") == wish.folder.size() - 8)
        return failed({ErrorCode::Unsupported, "sealed cases are not in this version"});
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
    show->add_option("--format", wish->format, "text, md or json");
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

    for (const char* name : {"seal", "export"}) {
        CLI::App* later = app.add_subcommand(name, "not in this version");
        later->allow_extras();
        later->callback([&status, name] {
            status = failed({ErrorCode::Unsupported, std::string(name) + " is not in this version; see docs/status.md"});
        });
    }
}

} // namespace cordon::ctl
