#include "core/engine/people_office.h"
#include "core/govern/mandate_note.h"
#include "core/govern/mandate_rules.h"
#include "core/platform/file.h"
#include "core/value/yaml.h"
#include "tests/core/engine/forged_case.h"
#include "tests/core/govern/people_fixture.h"

using namespace cordon;
using namespace cordon::tests;

/// Whoever has the log key in force writes that another mandate was put in force.
class TestForgedMandates : public QObject, private ForgedCase
{
    Q_OBJECT

private:
    /// A mandate that says another revision, and is allowed a little more.
    static Value widerMandate(const Value& first)
    {
        std::string text = first["text"].asString();
        text.replace(text.find("revision: 1"), 11, "revision: 2");
        Value data = first;
        data.set("text", text).set("revision", 2).set("digest", CaseFixture::must(govern::parseMandate(text, "wider")).digest);
        data.set("content", CaseFixture::must(yaml::parse(text)));
        return data;
    }

private slots:
    void initTestCase() { makeWhole(); }

    /// A mandate that enrolled owners signed is one for both verifiers, and one that a single owner signed is not.
    void aMandateThatOwnersSignedIsWholeForBoth()
    {
        CaseFixture fixture;
        govern::fixture::PeopleMaker people;
        const auto hand = [&](govern::PeopleAct act, const std::vector<std::string>& signers) {
            act.issued = fixture.machine.now();
            const std::string block = people.signedBy(act, signers);
            auto office = CaseFixture::must(engine::PeopleOffice::open(fixture.home(), fixture.machine));
            QVERIFY(CaseFixture::must(office.submit(block)).isTaken && people.why(block).empty());
        };
        hand(people.enrol(people.ownerA, {"owner"}), {people.ownerA});
        hand(people.enrol(people.ownerB, {"owner"}), {people.ownerB, people.ownerA});
        {
            const auto held = fixture.run();
            VERIFY_DONE(held->finish());
        }
        const Value first = fixture.ledger("mandate.in_force").front().data;
        const auto noteBy = [&](const Value& data, const std::vector<std::string>& owners) {
            std::string note;
            const Mandate mandate = CaseFixture::must(govern::parseMandate(data["text"].asString(), "m"));
            for (const std::string& owner : owners)
                note = CaseFixture::must(govern::signMandate(mandate, note, owner, people.key(owner)));
            return note;
        };
        const Value second = widerMandate(first);
        const std::filesystem::path file = fixture.path("m.mandate.yaml");
        CaseFixture::must(platform::writeFileAtomically(file, second["text"].asString()));
        CaseFixture::must(platform::writeFileAtomically(govern::mandateNoteFile(file), noteBy(second, {people.ownerA, people.ownerB})));
        {
            engine::EngineOptions options = fixture.options("");
            options.logs.clear();
            options.replay = engine::ReplayMode::None;
            options.mandate = file;
            const auto held = fixture.open(options);
            VERIFY_DONE(held->wake());
            VERIFY_DONE(held->finish());
        }
        QCOMPARE(fixture.ledger("mandate.in_force").size(), std::size_t(2));
        compareVerdicts(fixture, 0);
        Value third = widerMandate(first);
        std::string text = third["text"].asString();
        text.replace(text.find("revision: 2"), 11, "revision: 3");
        third.set("text", text).set("revision", 3).set("content", CaseFixture::must(yaml::parse(text)));
        third.set("digest", CaseFixture::must(govern::parseMandate(text, "m")).digest);
        third.set("note", noteBy(third, {people.ownerB}));
        forge(fixture, "mandate.in_force", "cordon", third, "", Actor::Kind::Engine);
        compareVerdicts(fixture, 1, "a mandate that 1 of 2 owners signed");
    }

    // GOV-ASI04, T13, MAESTRO L6
    void aMandateThatNoOwnerSignedIsSeenByBothVerifiers_data()
    {
        QTest::addColumn<QByteArray>("what");
        QTest::addColumn<QByteArray>("words");
        QTest::newRow("unsigned") << QByteArray("unsigned") << QByteArray("without its owners' signatures");
        QTest::newRow("signed by owners whom nobody enrolled") << QByteArray("strangers") << QByteArray("0 of 2 owners signed");
        QTest::newRow("with other keys for its people") << QByteArray("keys") << QByteArray("other people or keys");
        QTest::newRow("of the same revision") << QByteArray("same") << QByteArray("is not above the one that was in force");
        QTest::newRow("of another agent") << QByteArray("agent") << QByteArray("of another agent");
        QTest::newRow("with another text beside its content") << QByteArray("text") << QByteArray("whose digest the entry gives");
        QTest::newRow("with a digest of something else") << QByteArray("digest") << QByteArray("whose digest the entry gives");
    }

    void aMandateThatNoOwnerSignedIsSeenByBothVerifiers()
    {
        QFETCH(QByteArray, what);
        QFETCH(QByteArray, words);
        const auto made = copy();
        CaseFixture& fixture = *made;
        const Value first = fixture.ledger("mandate.in_force").front().data;
        Value data = what == "same" ? first : widerMandate(first);
        if (what == "strangers") {
            const Mandate wider = CaseFixture::must(govern::parseMandate(data["text"].asString(), "wider"));
            std::string note;
            for (const char* owner : {"user:owner-a", "user:owner-b"})
                note = CaseFixture::must(govern::signMandate(wider, note, owner, crypto::SigningKey::generate()));
            data.set("note", note);
        } else if (what == "keys") {
            Value people = first["people"];
            Value person = people["people"].asArray().front();
            person.set("key", crypto::SigningKey::generate().publicKey().toString());
            people.set("people", Value::Array{person});
            data.set("people", people);
        } else if (what == "agent") {
            data.set("agent_key", crypto::SigningKey::generate().publicKey().toString());
        } else if (what == "text") {
            std::string text = data["text"].asString();
            data.set("text", text.replace(text.find("max_actions: 200"), 16, "max_actions: 201"));
        } else if (what == "digest") {
            data.set("digest", std::string(64, '0'));
        }
        forge(fixture, "mandate.in_force", "cordon", data, "", Actor::Kind::Engine);
        compareVerdicts(fixture, 1, words.toStdString());
    }
};

QTEST_GUILESS_MAIN(TestForgedMandates)
#include "tst_forged_mandates.moc"
