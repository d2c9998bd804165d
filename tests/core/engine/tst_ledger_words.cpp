#include "core/engine/ledger_words.h"
#include "core/words/words.h"
#include "tests/core/engine/signed_orders.h"

#include <set>

using namespace cordon;
using namespace cordon::tests;

class TestLedgerWords : public QObject
{
    Q_OBJECT

private slots:
    void everyTypeThatTheEngineWritesHasASentence()
    {
        CaseFixture fixture;
        {
            const auto held = fixture.run();
            const Step* off = CaseFixture::step(*held, "credential.deactivate", SmallAttack::newKey);
            (void)obey(*held, fixture, engine::UndoStep{off->id, "user:analyst-a", false});
            (void)obey(*held, fixture, engine::AddNote{held->files().begin()->first, "x", "user:analyst-a"});
            (void)held->apply(engine::Halt{"user:analyst-a", "stop"}, {});
        }
        std::set<std::string> unnamed;
        for (const LedgerEntry& entry : fixture.ledger()) {
            const Text line = engine::ledgerSummary(entry.type, json::write(entry.data));
            if (line.code == "ledger.other")
                unnamed.insert(entry.type);
            QVERIFY(!words::english(line).empty());
        }
        for (const std::string& type : unnamed)
            qWarning("no sentence for %s", type.c_str());
        QVERIFY(unnamed.empty());
    }

    void everyTypeOfTheFormatHasASentence()
    {
        QFile page(QStringLiteral(CORDON_SOURCE_DIR "/docs/formats/ledger.md"));
        QVERIFY(page.open(QIODevice::ReadOnly));
        QStringList unnamed;
        int types = 0;
        for (const QString& line : QString::fromUtf8(page.readAll()).split('\n')) {
            const QString first = line.section('|', 1, 1);
            for (const QString& item : first.split(',')) {
                const QString type = item.trimmed().remove('`');
                if (!line.startsWith("| `") || !type.contains('.') || type.contains('/') || type.startsWith('.') || type.endsWith(".json") || type.endsWith(".pem") || type.startsWith("people."))
                    continue;
                ++types;
                if (words::catalogue().find("ledger." + type.toStdString()) == words::catalogue().end())
                    unnamed += type;
            }
        }
        QVERIFY(types > 50);
        QVERIFY2(unnamed.isEmpty(), qPrintable(unnamed.join(' ')));
    }

    void whatASentenceNamesIsFilledIn()
    {
        const Text line = engine::ledgerSummary("approval.fatigue", "{\"person\":\"user:a\",\"decided\":20,\"approved\":19}");
        QCOMPARE(words::english(line), std::string("user:a approved 19 of 20: the owner was told"));
    }

    void aTypeFromElsewhereAndBrokenDataAreStillALine()
    {
        QCOMPARE(engine::ledgerSummary("future.thing", "{}").code, std::string("ledger.other"));
        QVERIFY(!words::english(engine::ledgerSummary("decision", "{broken")).empty());
    }

    // GOV-ACCT, T8
    void govAcctEveryExecutedActionIsExplainedWholeWithoutTheIndex()
    {
        CaseFixture fixture;
        {
            const auto held = fixture.run();
            const Step* asked = CaseFixture::step(*held, "policy.detach");
            const auto reply = fixture.answer(*held, asked->request, "user:commander-a");
            QVERIFY2(!reply.reply.empty(), reply.detail.c_str());
            VERIFY_DONE(held->apply(engine::SubmitReply{reply.reply}, {}));
            const Step* off = CaseFixture::step(*held, "credential.deactivate", SmallAttack::newKey);
            VERIFY_DONE(obey(*held, fixture, engine::UndoStep{off->id, "user:analyst-a", false}));
        }
        for (const char* name : {"case.db", "case.db-wal", "case.db-shm"})
            std::filesystem::remove(fixture.folder() / name);
        QVERIFY(!std::filesystem::exists(fixture.folder() / "case.db"));
        int executed = 0;
        std::set<std::string> tiers;
        std::set<std::string> rollbacks;
        for (const LedgerEntry& entry : fixture.ledger("action.intended")) {
            if (entry.data["undo"].asBool())
                continue;
            ++executed;
            const Value told = CaseFixture::must(engine::explainEntry(fixture.folder().string(), entry.seq));
            tiers.insert(told["tier"].asString());
            rollbacks.insert(told["rollback"]["state"].asString());
            for (const char* field : {"agent", "owner", "accountable", "mandate_id", "mandate_digest", "permit",
                                      "action_digest", "effect", "tier", "playbook_digest"})
                QVERIFY2(!told[field].asString().empty(), field);
            QVERIFY(!told["clauses"].asArray().empty() && !told["see"].asArray().empty());
            QVERIFY(!told["scope_refs"].asArray().empty());
            for (const Value& target : told["scope_refs"].asArray())
                QVERIFY2(!target["cites"].asArray().empty(), target["entity"].asString().c_str());
            QVERIFY(!told["prechecks"].asObject().empty());
            QVERIFY(!told["outcome"]["state"].asString().empty());
            QVERIFY(!told["rollback"]["text"].asString().empty());
            const std::string text = engine::explanationText(told);
            for (const char* label : {"agent ", "owner ", "mandate ", "decision ", "read under ", "target ", "approvers ",
                                      "pre-checks ", "permit ", "outcome ", "rollback "})
                QVERIFY2(text.find(std::string("\n") + label) != std::string::npos, (text + label).c_str());
            if (told["tier"].asString() == "T2")
                QVERIFY(text.find("user:commander-a approve") != std::string::npos);
        }
        QVERIFY(executed >= 4);
        QVERIFY(tiers.contains("T0") && tiers.contains("T1") && tiers.contains("T2"));
        QVERIFY(rollbacks.contains("reverted") && rollbacks.contains("none"));
    }

    // GOV-ACCT: roles are told with every decision.
    void everyDecisionNamesWhoAnswersForIt()
    {
        CaseFixture fixture;
        fixture.run().reset();
        const auto decisions = fixture.ledger("decision");
        QVERIFY(!decisions.empty());
        for (const LedgerEntry& entry : decisions)
            QVERIFY2(!entry.data["accountable"].asString().empty(), std::to_string(entry.seq).c_str());
    }

    void anActionIsExplainedFromTheLedgerAlone()
    {
        CaseFixture fixture;
        std::string step;
        {
            const auto held = fixture.run();
            step = CaseFixture::step(*held, "credential.deactivate", SmallAttack::newKey)->id;
        }
        std::int64_t seq = -1;
        for (const LedgerEntry& entry : fixture.ledger("action.intended"))
            seq = entry.data["step"].asString() == step ? entry.seq : seq;
        const Value told = CaseFixture::must(engine::explainEntry(fixture.folder().string(), seq));
        QCOMPARE(told["effect"].asString(), std::string("allow"));
        QCOMPARE(told["tier"].asString(), std::string("T1"));
        QCOMPARE(told["clauses"].asArray().at(0).asString(), std::string("C2"));
        QCOMPARE(told["mandate_id"].asString(), std::string("m-exercise"));
        QCOMPARE(told["outcome"]["state"].asString(), std::string("verified"));
        QVERIFY(!told["owner"].asString().empty() && !told["permit"].asString().empty());
        QVERIFY(!told["playbook_digest"].asString().empty() && !told["scope"].asArray().empty());
        const std::string text = engine::explanationText(told);
        for (const char* word : {"mandate", "decision", "permit", "outcome", "C2"})
            QVERIFY2(text.find(word) != std::string::npos, word);
    }

    void anEntryThatIsNotThereIsAnError()
    {
        CaseFixture fixture;
        fixture.run(fixture.options("")).reset();
        for (const std::int64_t seq : {std::int64_t(-1), std::int64_t(999'999)}) {
            const auto told = engine::explainEntry(fixture.folder().string(), seq);
            QVERIFY(!told && told.error().code == ErrorCode::NotFound);
        }
    }

    void theExplanationEscapesWhatCameFromOutside()
    {
        const Value told = Value::Object{{"seq", 1}, {"type", "incident.note"}, {"title", "a\x1b[2Jb\nc"}};
        const std::string text = engine::explanationText(told);
        QVERIFY(text.find('\x1b') == std::string::npos);
        QVERIFY(text.find("b\nc") == std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestLedgerWords)
#include "tst_ledger_words.moc"
