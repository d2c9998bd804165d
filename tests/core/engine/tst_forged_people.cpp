#include "core/engine/people_office.h"
#include "tests/core/engine/forged_case.h"
#include "tests/core/govern/people_fixture.h"

using namespace cordon;
using namespace cordon::tests;

/// Whoever has the log key in force writes that somebody came in.
class TestForgedPeople : public QObject, private ForgedCase
{
    Q_OBJECT

private slots:
    void initTestCase() { makeWhole(); }

    // MAESTRO L5
    void nobodyJoinsWhomTheInstallationDoesNotKnow()
    {
        const auto made = copy();
        CaseFixture& fixture = *made;
        const std::string stranger = "user:mal";
        const auto key = crypto::SigningKey::generate();
        govern::Command command;
        {
            const auto held = fixture.wake();
            command.command = "join";
            command.person = stranger;
            command.issued = fixture.machine.now();
            command.nonce = crypto::randomHex(16);
            command.caseOrigin = held->folder().ledger().origin();
            VERIFY_DONE(held->finish());
        }
        forge(fixture, "person.joined", stranger,
              Value::Object{{"key", key.publicKey().toString()}, {"name", "Mal"}, {"roles", Value::Array{"analyst", "commander"}},
                            {"nonce", command.nonce}, {"block", CaseFixture::must(govern::signCommand(command, key))}}, "");
        const auto held = fixture.wake();
        QVERIFY(!give(*held, fixture, stranger, key, "note", Value::Object{{"incident", "INC-0001"}, {"text", "x"}}));
        QCOMPARE(CaseFixture::must(engine::findUnprovenActs(fixture.folder(), fixture.home())).size(), std::size_t(1));
        VERIFY_DONE(held->finish());
        compareVerdicts(fixture, 1, "somebody joined whom the installation does not know by that key");
    }

    /// With the people's log key, too: who is enrolled, owners sign for, and both verifiers ask.
    void anEnrolmentThatNoOwnerSignedMakesNobody()
    {
        const auto made = copy();
        CaseFixture& fixture = *made;
        govern::fixture::PeopleMaker people;
        const std::string stranger = "user:mal";
        const auto enrolled = [&](const std::string& person, std::vector<std::string> roles) {
            govern::PeopleAct act = people.enrol(person, std::move(roles));
            act.issued = fixture.machine.now();
            return std::pair(act.toValue(), people.signedBy(act, {person}));
        };
        const std::string first = enrolled(people.ownerA, {"owner"}).second;
        QVERIFY(CaseFixture::must(CaseFixture::must(engine::PeopleOffice::open(fixture.home(), fixture.machine)).submit(first)).isTaken);
        QVERIFY(people.why(first).empty());
        compareVerdicts(fixture, 0);
        const auto [act, block] = enrolled(stranger, {"analyst", "commander"});
        {
            record::Ledger ledger = CaseFixture::must(record::Ledger::open(engine::PeopleOffice::folder(fixture.home()),
                                                                           record::LogKeys(fixture.home()), fixture.machine));
            LedgerDraft draft;
            draft.type = "people.enrol";
            draft.actor = {Actor::Kind::Person, stranger};
            draft.data = Value::Object{{"act", act}, {"signers", Value::Array{stranger}}, {"block", block}};
            (void)CaseFixture::must(ledger.append(std::move(draft)));
            (void)CaseFixture::must(ledger.checkpoint());
        }
        govern::Command command;
        command.command = "join";
        command.person = stranger;
        command.issued = fixture.machine.now();
        command.nonce = crypto::randomHex(16);
        command.caseOrigin = CaseFixture::must(record::caseOrigin(fixture.folder()));
        forge(fixture, "person.joined", stranger,
              Value::Object{{"key", people.key(stranger).publicKey().toString()}, {"name", "Mal"}, {"roles", Value::Array{"analyst", "commander"}},
                            {"nonce", command.nonce}, {"block", CaseFixture::must(govern::signCommand(command, people.key(stranger)))}}, "");
        compareVerdicts(fixture, 1, "somebody joined whom the installation does not know by that key");
    }

    void whoIsEnrolledJoinsWithTheRolesThatTheyHave()
    {
        CaseFixture fixture;
        govern::fixture::PeopleMaker people;
        const auto hand = [&](govern::PeopleAct act, const std::vector<std::string>& signers) {
            act.issued = fixture.machine.now();
            const std::string block = people.signedBy(act, signers);
            auto office = CaseFixture::must(engine::PeopleOffice::open(fixture.home(), fixture.machine));
            QVERIFY(CaseFixture::must(office.submit(block)).isTaken && people.why(block).empty());
        };
        const std::string ann = "user:ann";
        hand(people.enrol(people.ownerA, {"owner"}), {people.ownerA});
        hand(people.enrol(ann, {"analyst"}), {ann, people.ownerA});
        {
            const auto held = fixture.run();
            VERIFY_DONE(give(*held, fixture, ann, people.key(ann), "join", Value::Object{}));
            VERIFY_DONE(give(*held, fixture, ann, people.key(ann), "note", Value::Object{{"incident", "INC-0001"}, {"text", "here"}}));
            VERIFY_DONE(held->finish());
        }
        compareVerdicts(fixture, 0);
        Value wider = fixture.ledger("person.joined").front().data;
        wider.set("roles", Value::Array{"analyst", "commander"});
        forge(fixture, "person.left", "cordon", Value::Object{{"person", ann}, {"why", "key_revoked"}}, "", Actor::Kind::Engine);
        forge(fixture, "person.joined", ann, wider, "");
        compareVerdicts(fixture, 1, "an order to join that was used before");
    }
};

QTEST_GUILESS_MAIN(TestForgedPeople)
#include "tst_forged_people.moc"
