#include "core/crypto/random.h"
#include "core/engine/case_reader.h"
#include "core/engine/evidence_copies.h"
#include "core/govern/text_block.h"
#include "core/record/custody.h"
#include "tests/core/engine/case_fixture.h"
#include "tests/core/engine/signed_orders.h"

using namespace cordon;
using namespace cordon::tests;

/// What people do with evidence ends in the ledger under their own signature, or not at all.
class TestEvidenceOffice : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<CaseFixture> m_fixture;
    CaseFixture::Held m_held;

    void begin(bool encrypts)
    {
        m_held.reset();
        m_fixture = std::make_unique<CaseFixture>();
        engine::EngineOptions options = m_fixture->options();
        options.encryptsEvidence = encrypts;
        m_held = m_fixture->run(options);
    }

    Result<void> give(const std::string& person, const std::string& what, Value args)
    {
        return tests::give(*m_held, *m_fixture, person, what, std::move(args));
    }

    Digest seal(const std::string& bytes)
    {
        std::ofstream(m_fixture->path("brought.bin"), std::ios::binary) << bytes;
        return CaseFixture::must(engine::sealFile(
            CaseFixture::must(engine::vaultOf(m_fixture->folder(), m_fixture->home())), m_fixture->path("brought.bin")));
    }

    Result<void> addExhibit(const std::string& bytes, bool isHeld = false)
    {
        return give("user:analyst-a", "exhibit-add",
                    Value::Object{{"digest", seal(bytes).hex()},
                                  {"name", "brought.bin"},
                                  {"source", "a stick"},
                                  {"note", "from the desk"},
                                  {"hold", isHeld}});
    }

    [[nodiscard]] record::Custody custody() const
    {
        return CaseFixture::must(record::readCustody(m_fixture->folder()));
    }
    static QByteArray reason(const Result<void>& done)
    {
        return done ? QByteArray() : QByteArray::fromStdString(done.error().detail);
    }

private slots:
    void exhibitsAreNumberedAndTakenOnce()
    {
        begin(false);
        VERIFY_DONE(addExhibit("one"));
        VERIFY_DONE(addExhibit("two"));
        QVERIFY(reason(addExhibit("one")).contains("EX-0001"));
        const auto all = custody();
        QVERIFY(all.find("EX-0002"));
        QCOMPARE(all.find("EX-0002")->digest, crypto::sha256("two").hex());
        QCOMPARE(all.find("EX-0002")->acts.front().purpose, std::string("from the desk"));
        QVERIFY(!all.find("EX-0003"));
        VERIFY_DONE(m_held->finish());
        QCOMPARE(m_fixture->verdict().exitStatus(), 0);
    }

    void bytesThatAreNotInTheVaultAreNoExhibit()
    {
        begin(false);
        QVERIFY(!give("user:analyst-a", "exhibit-add",
                      Value::Object{{"digest", crypto::sha256("never sealed").hex()},
                                    {"name", "x"},
                                    {"source", "x"},
                                    {"note", "x"},
                                    {"hold", false}}));
        QVERIFY(custody().find("EX-0001") == nullptr);
    }

    void aTransferTakesBothSignatures()
    {
        begin(false);
        VERIFY_DONE(addExhibit("the disk"));
        const Value order = Value::Object{
            {"items", Value::Array{Value("EX-0001")}}, {"to", "user:commander-b"}, {"purpose", "examination"}};
        QVERIFY(!give("user:analyst-a", "evidence-transfer",
                      Value::Object{{"items", Value::Array{Value("EX-0001")}}, {"to", "user:nobody"}, {"purpose", "x"}}));
        QVERIFY(reason(give("user:commander-a", "evidence-transfer", order)).contains("EX-0001 is with user:analyst-a"));
        VERIFY_DONE(give("user:analyst-a", "evidence-transfer", order));
        QVERIFY(reason(give("user:analyst-a", "evidence-transfer", order)).contains("on its way by TR-0001"));
        QCOMPARE(custody().find("EX-0001")->holder, std::string("user:analyst-a")); // until it is received
        const Value receipt = Value::Object{{"transfer", "TR-0001"}, {"condition", "whole"}};
        QVERIFY(!give("user:commander-a", "evidence-receive", receipt)); // it is for another
        VERIFY_DONE(give("user:commander-b", "evidence-receive", receipt));
        QVERIFY(!give("user:commander-b", "evidence-receive", receipt)); // once
        const auto all = custody();
        QCOMPARE(all.find("EX-0001")->holder, std::string("user:commander-b"));
        QCOMPARE(all.find("EX-0001")->acts.size(), std::size_t(3));
        // Each side's entry has that side's signature over the order.
        const auto handed = m_fixture->ledger("evidence.transferred");
        const auto taken = m_fixture->ledger("evidence.received");
        QCOMPARE(handed.size(), std::size_t(1));
        QCOMPARE(taken.size(), std::size_t(1));
        for (const auto& [entry, person] : {std::pair(handed.front(), std::string("user:analyst-a")),
                                            std::pair(taken.front(), std::string("user:commander-b"))}) {
            const auto block = govern::readTextBlock("cordon.command.v1", entry.data["order"].asString());
            QVERIFY(block);
            QVERIFY(block->note.isSignedBy(person, keyOf(m_fixture->folder(), person, m_fixture->machine.now()).publicKey()));
            QCOMPARE(entry.actor.id, person);
        }
    }

    void whatDoesNotVerifyIsNotReceived()
    {
        begin(false);
        VERIFY_DONE(addExhibit("the disk"));
        VERIFY_DONE(give("user:analyst-a", "evidence-transfer",
                         Value::Object{{"items", Value::Array{Value("EX-0001")}}, {"to", "user:commander-b"}, {"purpose", "x"}}));
        const auto path = m_held->folder().vault().pathOf(crypto::sha256("the disk"));
        std::filesystem::permissions(path, std::filesystem::perms::owner_all);
        std::filesystem::resize_file(path, 30);
        QVERIFY(!give("user:commander-b", "evidence-receive", Value::Object{{"transfer", "TR-0001"}, {"condition", "whole"}}));
        QVERIFY(!custody().transfer("TR-0001")->isReceived);
    }

    void legalHoldForbidsErasingAndACommanderLiftsIt()
    {
        begin(true);
        VERIFY_DONE(addExhibit("personal data", true));
        const Value item = Value::Object{{"item", "EX-0001"}, {"purpose", "order of the court"}};
        QVERIFY(reason(give("user:commander-a", "evidence-erase", item)).contains("legal hold"));
        QVERIFY(reason(give("user:analyst-a", "evidence-release", item)).contains("role_missing"));
        VERIFY_DONE(give("user:commander-a", "evidence-release", item));
        QVERIFY(reason(give("user:analyst-a", "evidence-erase", item)).contains("role_missing"));
        VERIFY_DONE(give("user:commander-a", "evidence-erase", item));
        QVERIFY(!give("user:commander-a", "evidence-erase", item)); // once
        VERIFY_DONE(m_held->finish());
        const auto erased = m_fixture->ledger("evidence.erased");
        QCOMPARE(erased.size(), std::size_t(1));
        // The ledger verifies as before, and the verifier says why the contents are gone.
        const auto verdict = m_fixture->verdict();
        QVERIFY2(verdict.exitStatus() == 0, verdict.toText().c_str());
        const std::string told = "erased lawfully 1 (entry " + std::to_string(erased.front().seq) + ")";
        QVERIFY2(verdict.toText().find(told) != std::string::npos, verdict.toText().c_str());
        QVERIFY(m_held->folder().vault().open(crypto::sha256("personal data")).error().code == ErrorCode::NotFound);
    }

    /// Whoever can write in the folder can change the index; what decides is what the ledger says.
    void aForgedIndexNeitherLiftsAHoldNorNamesAnotherReceiver()
    {
        begin(true);
        VERIFY_DONE(addExhibit("personal data", true));
        VERIFY_DONE(give("user:analyst-a", "evidence-transfer",
                         Value::Object{{"items", Value::Array{Value("EX-0001")}}, {"to", "user:commander-b"}, {"purpose", "x"}}));
        store::Database& index = m_held->folder().database();
        VERIFY_DONE(index.execute("UPDATE ledger_index SET data = replace(data, '\"hold\":true', '\"hold\":false')"));
        QVERIFY(index.changes() > 0);
        VERIFY_DONE(index.execute("UPDATE ledger_index SET data = replace(data, 'user:commander-b', 'user:commander-a') "
                                  "WHERE type = 'evidence.transferred'"));
        QCOMPARE(index.changes(), std::int64_t(1));
        QVERIFY(reason(give("user:commander-a", "evidence-erase", Value::Object{{"item", "EX-0001"}, {"purpose", "x"}}))
                    .contains("legal hold"));
        QVERIFY(reason(give("user:commander-a", "evidence-receive",
                            Value::Object{{"transfer", "TR-0001"}, {"condition", "whole"}}))
                    .contains("user:commander-b"));
        QCOMPARE(custody().transfer("TR-0001")->to, std::string("user:commander-b"));
    }

    void anErasureThatLeftTheKeyIsTold()
    {
        begin(true);
        VERIFY_DONE(addExhibit("personal data"));
        const Digest digest = crypto::sha256("personal data");
        const auto key = record::evidencePath(m_fixture->folder()) / "keys" / (digest.hex() + ".key");
        const std::string wrapped = CaseFixture::must(platform::readFile(key));
        VERIFY_DONE(give("user:commander-a", "evidence-erase", Value::Object{{"item", "EX-0001"}, {"purpose", "x"}}));
        VERIFY_DONE(m_held->finish());
        VERIFY_DONE(platform::writeFileAtomically(key, wrapped));
        const auto verdict = m_fixture->verdict();
        QCOMPARE(verdict.exitStatus(), 2);
        QVERIFY(verdict.toText().find("its key is still there") != std::string::npos);
        // Whoever opens the case next finishes what was cut short.
        m_held.reset();
        m_held = m_fixture->wake();
        QVERIFY(!std::filesystem::exists(key));
        VERIFY_DONE(m_held->finish());
        QCOMPARE(m_fixture->verdict().exitStatus(), 0);
    }

    void nothingIsAddedInPlainWhereTheKeyIsNotHere()
    {
        begin(true);
        std::ofstream(m_fixture->path("brought.bin"), std::ios::binary) << "personal data";
        const auto keyless = CaseFixture::must(engine::vaultOf(m_fixture->folder(), {})); // another home
        const auto refused = engine::sealFile(keyless, m_fixture->path("brought.bin"));
        QVERIFY(!refused && refused.error().code == ErrorCode::Denied);
        qputenv("CORDON_HOME", m_fixture->home().c_str());
        const auto reader = CaseFixture::must(engine::CaseReader::open(m_fixture->folder()));
        const Digest digest = CaseFixture::must(Digest::fromHex(CaseFixture::must(reader->sealFile(m_fixture->path("brought.bin")))));
        QVERIFY(CaseFixture::must(m_held->folder().vault().containerOf(digest)));
    }

    void plainEvidenceAndLogsAreNotErased()
    {
        begin(false);
        VERIFY_DONE(addExhibit("plain"));
        QVERIFY(!give("user:commander-a", "evidence-erase", Value::Object{{"item", "EX-0001"}, {"purpose", "x"}}));
        for (const record::EvidenceItem& item : custody().items) {
            if (item.kind == "log")
                QVERIFY(!give("user:commander-a", "evidence-erase", Value::Object{{"item", item.digest}, {"purpose", "x"}}));
        }
        QCOMPARE(m_fixture->ledger("evidence.erased").size(), std::size_t(0));
    }

    void unsignedOrdersAreNotTaken()
    {
        begin(false);
        QVERIFY(engine::needsSignature(engine::HandleEvidence{"evidence-erase", {}, "user:commander-a", {}}));
    }
};

QTEST_GUILESS_MAIN(TestEvidenceOffice)
#include "tst_evidence_office.moc"
