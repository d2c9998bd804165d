#include "core/engine/case_reader.h"
#include "core/words/words.h"
#include "tests/core/engine/case_fixture.h"

using namespace cordon;
using namespace cordon::tests;

namespace {

std::string without(const std::string& text, const std::string& part)
{
    std::string out;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        if (line.find(part) == std::string::npos)
            out += line + '\n';
    }
    return out;
}

} // namespace

class TestPastDecisions : public QObject
{
    Q_OBJECT

private slots:
    void theSameMandateDecidesTheSameAgain()
    {
        CaseFixture fixture;
        (void)fixture.run();
        const auto reader = CaseFixture::must(engine::CaseReader::open(fixture.folder()));
        const auto trial = CaseFixture::must(reader->tryMandate(CaseFixture::must(reader->mandateText())));
        QVERIFY(trial.isWhole);
        QVERIFY(trial.decisions.size() >= 4);
        for (const engine::RejudgedRow& row : trial.decisions) {
            QVERIFY2(row.would.has_value(), (words::english(row.title) + ": " + row.why).c_str());
            QVERIFY(!row.isDifferent);
        }
    }

    void aPermitTakenOutShowsWhatWouldHaveBeenRefused()
    {
        CaseFixture fixture;
        (void)fixture.run();
        const auto reader = CaseFixture::must(engine::CaseReader::open(fixture.folder()));
        const std::string edited = without(CaseFixture::must(reader->mandateText()), "{id: C2,");
        const auto trial = CaseFixture::must(reader->tryMandate(edited));
        QVERIFY(trial.isWhole);
        int refused = 0;
        for (const engine::RejudgedRow& row : trial.decisions) {
            if (!row.isDifferent)
                continue;
            QVERIFY(std::find(row.was.clauses.begin(), row.was.clauses.end(), "C2") != row.was.clauses.end());
            QVERIFY(row.would->effect == Effect::Deny);
            ++refused;
        }
        QVERIFY(refused > 0);
    }

    void aBrokenTextNamesItsLinesAndJudgesNothing()
    {
        CaseFixture fixture;
        (void)fixture.run();
        const auto reader = CaseFixture::must(engine::CaseReader::open(fixture.folder()));
        std::string edited = CaseFixture::must(reader->mandateText());
        const auto place = edited.find("default: deny");
        edited.replace(place, 13, "default: allow");
        const auto trial = CaseFixture::must(reader->tryMandate(edited));
        QVERIFY(!trial.isWhole && trial.decisions.empty());
        const int line = static_cast<int>(std::count(edited.begin(), edited.begin() + static_cast<long>(place), '\n')) + 1;
        QCOMPARE(trial.problems.front().line, line);
    }

    void whatWasNotRecordedIsToldAndNotGuessed()
    {
        CaseFixture fixture;
        {
            const auto held = fixture.run();
            LedgerDraft draft;
            draft.type = "decision";
            draft.actor = {Actor::Kind::Agent, "nhi:test"};
            draft.data = Value::Object{{"decision", Value::Object{{"effect", "allow"}, {"tier", "T1"}}}};
            (void)CaseFixture::must(held->folder().record(std::move(draft)));
        }
        const auto reader = CaseFixture::must(engine::CaseReader::open(fixture.folder()));
        const auto trial = CaseFixture::must(reader->tryMandate(CaseFixture::must(reader->mandateText())));
        QCOMPARE(trial.decisions.front().why, std::string("not_recorded"));
        QVERIFY(!trial.decisions.front().would);
    }

    void aTestedDecisionIsTheGatesOwnAndLeavesNothing()
    {
        CaseFixture fixture;
        const auto held = fixture.run();
        const Step* off = CaseFixture::step(*held, "credential.deactivate", SmallAttack::newKey);
        const auto before = fixture.ledger().size();
        std::vector<engine::TestedDecision> told;
        const auto ask = [&](const std::string& verb, const EntityRef& target) {
            const engine::TestQuestion question{held->files().begin()->first, verb, {target}, Value::Object{}};
            const auto answer = [&told](const Result<engine::TestedDecision>& tested) {
                if (tested)
                    told.push_back(*tested);
            };
            QVERIFY(held->apply(engine::TestDecision{question, answer}, {}).has_value());
        };
        ask("credential.delete", off->action.targets.front());
        ask("credential.deactivate", EntityRef{EntityKind::Credential, "AKIANOBODYKNOWSTHIS1", "access_key", ""});
        QCOMPARE(told.size(), std::size_t(2));
        QVERIFY(told[0].decision.effect == Effect::Hold);
        QVERIFY(told[0].decision.tier == Tier::T3);
        QCOMPARE(told[0].decision.clauses.front(), std::string("C10"));
        QVERIFY(!told[0].decision.digest.empty() && told[0].decision.needs.approvers == 2);
        QVERIFY(told[1].decision.effect == Effect::Deny);
        QCOMPARE(fixture.ledger().size(), before);
    }

    void aRequestsHistoryAndTheControlsComeFromTheLedger()
    {
        CaseFixture fixture;
        (void)fixture.run();
        const auto reader = CaseFixture::must(engine::CaseReader::open(fixture.folder()));
        const auto rows = CaseFixture::must(reader->approvals());
        QVERIFY(!rows.empty());
        QCOMPARE(rows.front().acts.front().what, std::string("requested"));
        QCOMPARE(rows.front().digest.size(), std::size_t(64));
        QVERIFY(!rows.front().verb.empty());
        const auto record = CaseFixture::must(reader->agentRecord());
        QCOMPARE(record.sessions.size(), std::size_t(1));
        QVERIFY(record.sessions.front().actions > 0);
        int shown = 0;
        for (const engine::ControlRow& control : record.controls) {
            QVERIFY2(words::english(control.metBy) != control.metBy.code, control.metBy.code.c_str());
            QCOMPARE(control.newest >= 0, control.entries > 0);
            shown += control.entries > 0 ? 1 : 0;
            if (control.id == "ASI10")
                QCOMPARE(control.entries, 0); // nobody halted here
        }
        QVERIFY(shown > 5);
        QCOMPARE(CaseFixture::must(reader->agentRecord()).controls.front().entries, record.controls.front().entries);
    }
};

QTEST_GUILESS_MAIN(TestPastDecisions)
#include "tst_past_decisions.moc"
