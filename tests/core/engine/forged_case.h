#pragma once

#include "core/engine/audit_options.h"
#include "core/platform/process_runner.h"
#include "tests/core/engine/signed_orders.h"

namespace cordon::tests {

constexpr const char* analyst = "user:analyst-a";
constexpr const char* commander = "user:commander-b";

/// A case that nobody changed, copied for each attack, and what somebody can write into it who has the log key in force and
/// nobody's own key.
class ForgedCase
{
protected:
    std::unique_ptr<CaseFixture> m_whole;

    void makeWhole()
    {
        m_whole = std::make_unique<CaseFixture>();
        const auto held = m_whole->run();
        CaseFixture::must(held->finish());
    }
    /// The same case again, in a folder of its own.
    std::unique_ptr<CaseFixture> copy() const
    {
        auto fixture = std::make_unique<CaseFixture>();
        for (const auto& [from, to] : {std::pair{m_whole->folder(), fixture->folder()}, std::pair{m_whole->home(), fixture->home()}})
            std::filesystem::copy(from, to, std::filesystem::copy_options::recursive);
        return fixture;
    }
    static void forge(const CaseFixture& fixture, const std::string& type, const std::string& person, Value data,
                      const std::string& incident = "INC-0001", Actor::Kind kind = Actor::Kind::Person)
    {
        record::Ledger ledger = CaseFixture::must(
            record::Ledger::open(fixture.folder(), record::LogKeys(fixture.home()), fixture.machine));
        LedgerDraft draft;
        draft.type = type;
        draft.actor = {kind, person};
        draft.incident = incident;
        draft.data = std::move(data);
        draft.at = CaseFixture::must(Timestamp::parse(fixture.ledger().back().data["at"].asString()));
        (void)CaseFixture::must(ledger.append(std::move(draft)));
        (void)CaseFixture::must(ledger.checkpoint());
    }
    /// Both verifiers say that the entry is wrong, in these words.
    static void compareVerdicts(const CaseFixture& fixture, int status, const std::string& words = "RESULT")
    {
        const auto report = CaseFixture::must(record::LedgerAuditor(engine::auditOptions(fixture.home())).verify(fixture.folder()));
        QVERIFY2(report.exitStatus() == status && report.toText().find(words) != std::string::npos, report.toText().c_str());
        const auto other = CaseFixture::must(platform::runProcess(
            {"/usr/bin/python3",
             {std::string(CORDON_SOURCE_DIR) + "/tools/verify_ledger.py", fixture.folder().string(), "--home", fixture.home().string()},
             {}, {}, false, std::chrono::seconds(60)}));
        QVERIFY2(other.exitStatus == status && other.output.find(words) != std::string::npos, other.output.c_str());
    }
};

} // namespace cordon::tests
