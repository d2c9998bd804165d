#include "core/engine/audit_options.h"
#include "core/engine/evidence_copies.h"
#include "core/engine/people_office.h"
#include "core/govern/person_vault.h"
#include "core/govern/signed_command.h"
#include "core/platform/process_runner.h"
#include "core/record/custody.h"
#include "tests/core/engine/case_fixture.h"
#include "tests/core/govern/people_fixture.h"

using namespace cordon;
using namespace cordon::tests;

namespace {

constexpr const char* analyst = "user:analyst-a";
constexpr const char* other = "user:analyst-b";
constexpr const char* commander = "user:commander-b";

} // namespace

/// Somebody with the log key writes what nobody signed; both verifiers see it.
class TestCustodySignatures : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<CaseFixture> m_fixture;
    CaseFixture::Held m_held;
    govern::fixture::PeopleMaker m_people;

    void begin(const char* exercise)
    {
        m_held.reset();
        if (!m_fixture)
            m_fixture = std::make_unique<CaseFixture>();
        m_held = m_fixture->run(m_fixture->options(exercise));
    }
    void hand(govern::PeopleAct act, const std::vector<std::string>& signers)
    {
        act.issued = m_fixture->machine.now();
        const std::string block = m_people.signedBy(act, signers);
        auto office = CaseFixture::must(engine::PeopleOffice::open(m_fixture->home(), m_fixture->machine));
        if (!CaseFixture::must(office.submit(block)).isTaken || !m_people.why(block).empty())
            qFatal("an act was not taken");
    }

    [[nodiscard]] crypto::SigningKey keyOf(const std::string& person) const
    {
        const auto exercise = record::exercisePath(m_fixture->folder());
        for (const engine::PersonRow& row : CaseFixture::must(engine::ExerciseParties::banner(exercise))) {
            if (row.id != person)
                continue;
            auto unlocked = govern::PersonVault(engine::ExerciseParties::peopleFolder(exercise), person)
                                .unlock(crypto::SecretBytes::copyOf(row.pin), std::nullopt, m_fixture->machine.now());
            if (unlocked)
                return std::move(unlocked->key);
        }
        qFatal("no key of %s", person.c_str());
    }
    std::string order(const std::string& person, const std::string& what, Value args, const crypto::SigningKey& key)
    {
        govern::Command command;
        command.command = what;
        command.args = std::move(args);
        command.person = person;
        command.issued = m_fixture->machine.now();
        command.nonce = crypto::randomHex(16);
        command.caseOrigin = m_held->folder().ledger().origin();
        return CaseFixture::must(govern::signCommand(command, key));
    }
    Result<void> give(const std::string& person, const std::string& what, Value args, const crypto::SigningKey& key)
    {
        return m_held->applySigned(order(person, what, std::move(args), key), {});
    }
    Value exhibit()
    {
        std::ofstream(m_fixture->path("brought.bin"), std::ios::binary) << "the disk";
        const Digest digest = CaseFixture::must(engine::sealFile(
            CaseFixture::must(engine::vaultOf(m_fixture->folder(), m_fixture->home())), m_fixture->path("brought.bin")));
        return Value::Object{{"digest", digest.hex()}, {"name", "brought.bin"}, {"source", "a stick"}, {"note", "n"}, {"hold", false}};
    }
    static Value handOver(const std::string& to)
    {
        return Value::Object{{"items", Value::Array{Value("EX-0001")}}, {"to", to}, {"purpose", "examination"}};
    }
    /// As the log key alone can write it.
    void forge(const std::string& type, const std::string& person, const Value& data)
    {
        LedgerDraft draft;
        draft.type = type;
        draft.actor = {Actor::Kind::Person, person};
        draft.data = data;
        CaseFixture::must(m_held->folder().record(std::move(draft)));
    }

    [[nodiscard]] record::VerifyReport verdict() const
    {
        return CaseFixture::must(record::LedgerAuditor(engine::auditOptions(m_fixture->home())).verify(m_fixture->folder()));
    }
    /// The verifier in Python: its exit status, and what it printed.
    [[nodiscard]] std::pair<int, std::string> otherVerdict() const
    {
        const platform::ProcessRequest request{"/usr/bin/python3",
                                               {std::string(CORDON_SOURCE_DIR) + "/tools/verify_ledger.py",
                                                m_fixture->folder().string(), "--home", m_fixture->home().string()},
                                               {}, {}, false, std::chrono::seconds(60)};
        const auto reply = CaseFixture::must(platform::runProcess(request));
        return {reply.exitStatus, reply.output};
    }
    void compareVerdicts(int status, const std::vector<std::string>& told)
    {
        VERIFY_DONE(m_held->finish());
        const auto report = verdict();
        const auto [second, text] = otherVerdict();
        QVERIFY2(report.exitStatus() == status, report.toText().c_str());
        QVERIFY2(second == status, text.c_str());
        for (const std::string& words : told) {
            QVERIFY2(report.toText().find(words) != std::string::npos, report.toText().c_str());
            QVERIFY2(text.find(words) != std::string::npos, text.c_str());
        }
    }

private slots:
    void init() { m_fixture.reset(), m_people = {}; }
    void cleanup() { m_held.reset(); }

    /// Three forgeries in one case: a receiver, a purpose, and a person who is not enrolled.
    void whatTheGiverAndTheReceiverDidNotSignIsSeen()
    {
        begin("from-log");
        VERIFY_DONE(give(analyst, "exhibit-add", exhibit(), keyOf(analyst)));
        VERIFY_DONE(give(analyst, "evidence-transfer", handOver(commander), keyOf(analyst)));
        const Value receipt = Value::Object{{"transfer", "TR-0001"}, {"condition", "whole"}};
        VERIFY_DONE(give(commander, "evidence-receive", receipt, keyOf(commander)));
        compareVerdicts(0, {"3 acts of people signed OK, transfers received 1/1"});

        VERIFY_DONE(give(commander, "evidence-transfer", handOver(analyst), keyOf(commander)));
        const Value second = Value::Object{{"transfer", "TR-0002"}, {"condition", "whole"}};
        forge("evidence.received", analyst,
              Value::Object{{"transfer", "TR-0002"}, {"from", commander}, {"condition", "whole"}, {"verified", 1},
                            {"order", order(analyst, "evidence-receive", second, keyOf(commander))}});
        const auto transfer = [](const char* purpose) {
            return Value::Object{{"transfer", "TR-0003"}, {"to", commander}, {"purpose", purpose},
                                 {"digests", Value::Array{crypto::sha256("the disk").hex()}}};
        };
        Value altered = transfer("destruction");
        altered.set("order", order(analyst, "evidence-transfer", handOver(commander), keyOf(analyst)));
        forge("evidence.transferred", analyst, altered);
        const auto key = crypto::SigningKey::generate();
        Value foreign = transfer("examination");
        foreign.set("key", key.publicKey().toString());
        foreign.set("order", order("user:stranger", "evidence-transfer", handOver(commander), key));
        forge("evidence.transferred", "user:stranger", foreign);
        compareVerdicts(1, {"the order's signature does not verify", "for another purpose than the giver signed",
                            "who is not among the people"});
    }

    /// Nobody's key is in the ledger of a real case before they sign; the installation knows whose it was, and until when.
    void inARealCaseARetiredPersonsSignatureIsSeen()
    {
        m_fixture = std::make_unique<CaseFixture>();
        hand(m_people.enrol(m_people.ownerA, {"owner"}), {m_people.ownerA});
        for (const char* person : {analyst, other})
            hand(m_people.enrol(person, {"analyst"}), {person, m_people.ownerA});
        begin("");
        VERIFY_DONE(give(analyst, "exhibit-add", exhibit(), m_people.key(analyst)));
        VERIFY_DONE(give(analyst, "evidence-transfer", handOver(other), m_people.key(analyst)));
        VERIFY_DONE(m_held->finish());
        QVERIFY2(verdict().exitStatus() == 0, verdict().toText().c_str());
        QCOMPARE(verdict().governance.custody.unknown, 0);
        const auto [status, text] = otherVerdict();
        QVERIFY2(status == 0 && text.find("received 0/1, whose key it was is not known here 0") != std::string::npos, text.c_str());

        m_fixture->machine.pass(std::chrono::hours(1));
        hand(m_people.act(govern::PeopleAct::Kind::Retire, other), {m_people.ownerA});
        QCOMPARE(verdict().exitStatus(), 0); // what was signed before stays signed
        m_fixture->machine.pass(std::chrono::hours(1));
        const Value receipt = Value::Object{{"transfer", "TR-0001"}, {"condition", "whole"}};
        forge("evidence.received", other,
              Value::Object{{"transfer", "TR-0001"}, {"from", analyst}, {"condition", "whole"}, {"verified", 1},
                            {"key", m_people.key(other).publicKey().toString()},
                            {"order", order(other, "evidence-receive", receipt, m_people.key(other))}});
        VERIFY_DONE(m_held->finish());
        const auto report = verdict();
        QCOMPARE(report.exitStatus(), 1);
        QVERIFY2(report.toText().find("not that person's at the time: user:analyst-b") != std::string::npos, report.toText().c_str());
        const auto [exitStatus, said] = otherVerdict();
        QVERIFY2(exitStatus == 1 && said.find("not that person's at the time") != std::string::npos, said.c_str());
    }
};

QTEST_GUILESS_MAIN(TestCustodySignatures)
#include "tst_custody_signatures.moc"
