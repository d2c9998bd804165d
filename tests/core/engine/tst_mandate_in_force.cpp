#include "core/engine/mandate_change.h"
#include "core/engine/people_office.h"
#include "core/govern/mandate_rules.h"
#include "core/govern/mandate_shelf.h"
#include "core/platform/file.h"
#include "tests/core/engine/case_fixture.h"
#include "tests/core/govern/govern_fixture.h"
#include "tests/core/govern/people_fixture.h"

using namespace cordon;
using namespace cordon::tests;
namespace fixture = cordon::govern::fixture;

namespace {

std::string replaced(std::string text, const std::string& from, const std::string& to)
{
    return text.replace(text.find(from), from.size(), to);
}

} // namespace

/// What a case that acts on real systems works under.
class TestMandateInForce : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_dir;
    StillMachine m_machine;
    fixture::PeopleMaker m_people;
    const Mandate::Agent m_agent{"nhi:cordon-exercise", fixture::keyOf(7).publicKey().toString()};

    [[nodiscard]] std::filesystem::path home() const { return m_dir.filePath("home").toStdString(); }
    void hand(govern::PeopleAct act, const std::vector<std::string>& signers)
    {
        act.issued = m_machine.now();
        const std::string block = m_people.signedBy(act, signers);
        auto office = CaseFixture::must(engine::PeopleOffice::open(home(), m_machine));
        if (!CaseFixture::must(office.submit(block)).isTaken || !m_people.why(block).empty())
            qFatal("an act was not taken");
    }
    std::filesystem::path write(const std::string& id, const std::vector<std::string>& signers, const std::string& environment = "prod")
    {
        std::string text = replaced(fixture::exerciseYaml(), "environment: exercise", "environment: " + environment);
        text = replaced(text, "source: \"*\"", "source: github.audit");
        text = replaced(text, "id: m-exercise", "id: " + id);
        const std::filesystem::path file = m_dir.filePath("m.mandate.yaml").toStdString();
        CaseFixture::must(platform::writeFileAtomically(file, text));
        const Mandate mandate = CaseFixture::must(govern::parseMandate(text, "m"));
        std::string note;
        for (const std::string& signer : signers)
            note = CaseFixture::must(govern::signMandate(mandate, note, signer, m_people.key(signer)));
        CaseFixture::must(platform::writeFileAtomically(govern::mandateNoteFile(file), note));
        return file;
    }
    void put(const std::filesystem::path& file)
    {
        const govern::PeopleRoll roll = CaseFixture::must(engine::PeopleOffice::roll(home()));
        auto office = CaseFixture::must(engine::PeopleOffice::open(home(), m_machine));
        const auto tell = [&](const Mandate& mandate) { return office.noteMandate(mandate, {m_people.ownerA, m_people.ownerB}); };
        const auto done = govern::MandateShelf(home() / "mandates").put(file, govern::ownersAmong(roll.people()), tell);
        QVERIFY2(done, done ? "" : done.error().detail.c_str());
    }
    [[nodiscard]] Result<engine::SignedMandate> found(const std::string& environment = "prod") const
    {
        return engine::mandateInForce(home(), m_agent, environment, fixture::noon());
    }

private slots:
    // MAESTRO L6, NHI8, GOV-EMPTY
    void onlyWhatItsOwnersSignedIsInForceForItsAgentAndEnvironment()
    {
        hand(m_people.enrol(m_people.ownerA, {"owner"}), {m_people.ownerA});
        hand(m_people.enrol(m_people.ownerB, {"owner"}), {m_people.ownerB, m_people.ownerA});
        QVERIFY(found().error().code == ErrorCode::NotFound);
        put(write("m-prod", {m_people.ownerA, m_people.ownerB}));
        const auto mandate = found();
        VERIFY_DONE(mandate);
        QCOMPARE(mandate->mandate->id, std::string("m-prod"));
        QCOMPARE(mandate->signers.size(), std::size_t(2));
        QVERIFY(mandate->isSigned() && !mandate->note.empty() && !mandate->text.empty());

        QVERIFY(found("staging").error().code == ErrorCode::NotFound);
        const auto other = engine::mandateInForce(home(), {m_agent.id, fixture::keyOf(8).publicKey().toString()}, "prod", fixture::noon());
        QVERIFY(other.error().code == ErrorCode::NotFound);
        const auto late = engine::mandateInForce(home(), m_agent, "prod", fixture::noon() + std::chrono::hours(24 * 31));
        QVERIFY(late.error().code == ErrorCode::NotFound);
    }

    void whatWasChangedWhereItLiesIsNotInForce()
    {
        const std::filesystem::path file = home() / "mandates" / "m-prod" / "revision-1.mandate.yaml";
        const std::string text = CaseFixture::must(platform::readFile(file));
        CaseFixture::must(platform::writeFileAtomically(file, replaced(text, "signatures_to_load: 2", "signatures_to_load: 1")));
        QVERIFY(!found());
        CaseFixture::must(platform::writeFileAtomically(file, text));
        VERIFY_DONE(found());
        const std::filesystem::path note = govern::mandateNoteFile(file);
        const std::string signatures = CaseFixture::must(platform::readFile(note));
        CaseFixture::must(platform::writeFileAtomically(note, ""));
        QVERIFY(!found());
        CaseFixture::must(platform::writeFileAtomically(note, signatures));
        VERIFY_DONE(found());

        put(write("m-staging", {m_people.ownerA, m_people.ownerB}, "staging"));
        VERIFY_DONE(found("staging"));
        const std::filesystem::path other = home() / "mandates" / "m-staging" / "revision-1.mandate.yaml";
        CaseFixture::must(platform::writeFileAtomically(govern::mandateNoteFile(other), ""));
        QVERIFY(!found("staging"));
        VERIFY_DONE(found()); // what does not hold for another environment keeps nobody here from working
        const std::string elsewhere = CaseFixture::must(platform::readFile(other));
        CaseFixture::must(platform::writeFileAtomically(other, "not a mandate"));
        QVERIFY(!found()); // that could be this one's
        CaseFixture::must(platform::writeFileAtomically(other, elsewhere));
        VERIFY_DONE(found());

        put(write("m-prod-too", {m_people.ownerA, m_people.ownerB}));
        QVERIFY(found().error().code == ErrorCode::Conflict); // which of the two is for people to say
    }
};

QTEST_GUILESS_MAIN(TestMandateInForce)
#include "tst_mandate_in_force.moc"
