#include "core/engine/sealed_look.h"

#include "core/engine/audit_options.h"
#include "core/record/sealed_audit.h"

#include <algorithm>

namespace cordon::engine {
namespace {

CaseVerdict verdictOf(const record::VerifyReport& report, std::string text)
{
    CaseVerdict verdict;
    for (const char letter : record::toString(report.verdict))
        verdict.result += static_cast<char>(letter - 'a' + 'A');
    verdict.text = std::move(text);
    verdict.exitStatus = report.exitStatus();
    verdict.isOtherKey = std::find(report.doubts.begin(), report.doubts.end(), record::otherKeyWords) != report.doubts.end();
    return verdict;
}

} // namespace

Result<Notice> sealedNotice(CaseReader& reader)
{
    Notice notice;
    notice.phase = Phase::Live;
    notice.revision = 1;
    CORDON_TRY(const CaseSummary summary, reader.summary());
    CORDON_TRY(notice.changed, reader.incidentIds());
    CORDON_TRY(notice.ledgerEntries, reader.countLedger());
    notice.events = summary.events;
    notice.rejected = summary.rejected;
    notice.alerts = summary.alerts;
    notice.logReaches = summary.last;
    notice.incidents = static_cast<std::int64_t>(notice.changed.size());
    constexpr int fewEntries = 100; // the newest ones: that a case was sealed has no case clock
    CORDON_TRY(const auto newest, reader.ledger(0, fewEntries));
    for (const LedgerRow& row : newest)
        notice.caseNow = std::max(notice.caseNow, row.at);
    notice.caseNow = std::max(notice.caseNow, notice.logReaches);
    return notice;
}

Result<CaseVerdict> verifyCase(const std::filesystem::path& place, const std::filesystem::path& home,
                               const VerdictProgress& progress, const std::stop_token& stop, bool isOpenHere,
                               const std::string& key)
{
    record::AuditOptions options = auditOptions(home);
    if (!key.empty()) {
        CORDON_TRY(options.key, crypto::PublicKey::parse(key));
    }
    options.stop = stop;
    options.isIndexInUse = isOpenHere;
    if (record::isSealedCase(place)) {
        CORDON_TRY(const auto sealed, record::SealedCase::open(place));
        CORDON_TRY(const record::SealedReport found, record::auditSealed(*sealed, options, [&](const record::AuditProgress& at) {
                       progress(at.done, at.total);
                   }));
        return verdictOf(found.report, found.toText());
    }
    options.onObject = [&](int done, int total) {
        progress(static_cast<std::uint64_t>(done), static_cast<std::uint64_t>(total));
    };
    CORDON_TRY(const record::VerifyReport report, record::LedgerAuditor(options).verify(place));
    return verdictOf(report, report.toText());
}

Result<std::string> keyFingerprint(const std::string& key)
{
    CORDON_TRY(const crypto::PublicKey read, crypto::PublicKey::parse(key));
    return read.fingerprint();
}

} // namespace cordon::engine
