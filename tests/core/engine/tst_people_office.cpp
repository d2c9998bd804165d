#include "core/engine/people_office.h"
#include "core/govern/enrolment.h"
#include "core/govern/person_vault.h"
#include "core/platform/file.h"
#include "core/record/ledger_reader.h"
#include "tests/core/govern/people_fixture.h"

#include <QTemporaryDir>
#include <QTest>

using namespace cordon;
using namespace cordon::engine;
using namespace cordon::govern;
using namespace cordon::govern::fixture;
using Kind = PeopleAct::Kind;
namespace fs = std::filesystem;

namespace {
const std::string ownerA = PeopleMaker::ownerA;
const std::string ownerB = PeopleMaker::ownerB;
const std::string ownerC = PeopleMaker::ownerC;
const std::string analyst = PeopleMaker::analyst;

std::string reasonOf(const Error& error)
{
    return error.detail.substr(0, error.detail.find(':'));
}
} // namespace

/// The installation's own ledger of people.
class TestPeopleOffice : public QObject
{
    Q_OBJECT

    MachineClock m_clock;
    PeopleMaker m_maker;
    std::unique_ptr<QTemporaryDir> m_home;

    fs::path home() const { return m_home->path().toStdString(); }
    PeopleOffice office()
    {
        auto opened = PeopleOffice::open(home(), m_clock);
        if (!opened)
            qFatal("%s", opened.error().detail.c_str());
        return std::move(*opened);
    }
    /// Hands an act in here and to the maker's own roll. "" when taken, "waiting", or the reason.
    std::string hand(PeopleAct act, const std::vector<std::string>& signers)
    {
        act.issued = m_clock.now();
        const std::string block = m_maker.signedBy(act, signers);
        PeopleOffice here = office();
        const auto answer = here.submit(block);
        if (!answer)
            return reasonOf(answer.error());
        if (!answer->isTaken)
            return "waiting";
        return m_maker.why(block);
    }
    void fill()
    {
        QCOMPARE(hand(m_maker.enrol(ownerA, {"owner"}), {ownerA}), std::string());
        QCOMPARE(hand(m_maker.enrol(ownerB, {"owner"}), {ownerB, ownerA}), std::string());
        QCOMPARE(hand(m_maker.enrol(ownerC, {"owner"}), {ownerC, ownerA, ownerB}), std::string());
        QCOMPARE(hand(m_maker.enrol(analyst, {"analyst"}), {analyst, ownerA}), std::string());
    }

private slots:
    void init()
    {
        m_maker = PeopleMaker();
        m_home = std::make_unique<QTemporaryDir>();
    }

    void whatCountsIsInTheLedgerAndAfterwardsInTheFile()
    {
        QVERIFY(office().roll().isEmpty());
        fill();
        const PeopleOffice again = office();
        QCOMPARE(again.roll().people().all().size(), std::size_t(4));
        QCOMPARE(again.roll().head(), m_maker.roll.head());
        const auto file = PeopleDirectory::load(PeopleOffice::folder(home()));
        QVERIFY(file);
        QVERIFY(file->toValue() == again.roll().people().toValue());
    }

    /// As many entries, other people.
    void anotherLedgerOfTheSameLengthIsNotBelieved()
    {
        fill();
        QVERIFY(PeopleOffice::roll(home())->people().find(analyst));
        const std::unique_ptr<QTemporaryDir> mine = std::exchange(m_home, std::make_unique<QTemporaryDir>());
        m_maker = PeopleMaker();
        fill();
        const fs::path theirs = PeopleOffice::folder(home());
        const fs::path here = PeopleOffice::folder(mine->path().toStdString());
        fs::remove_all(here);
        fs::copy(theirs, here, fs::copy_options::recursive);
        const auto roll = PeopleOffice::roll(mine->path().toStdString());
        QVERIFY(!roll && roll.error().code == ErrorCode::Untrusted);
        QVERIFY(!PeopleOffice::open(mine->path().toStdString(), m_clock));
        fs::remove_all(here);
        QVERIFY(PeopleOffice::roll(mine->path().toStdString()).error().code == ErrorCode::Untrusted);
    }

    /// Killed between the ledger's entry and what follows from it: the next look does the rest, and only that.
    void aCrashAfterTheEntryLeavesNobodyWithoutAKey()
    {
        const fs::path people = PeopleOffice::folder(home());
        PeopleAct wish = m_maker.act(Kind::Enrol, ownerA);
        wish.name = "A";
        wish.roles = {"owner"};
        wish.issued = m_clock.now();
        const auto pin = crypto::SecretBytes::copyOf("209841");
        const auto begun = Enrolment::begin(people, wish, pin, pin, {16, 1, 1});
        QVERIFY2(begun, begun ? "" : begun.error().detail.c_str());
        const auto block = begun->finish(crypto::totpCode(begun->secret(), m_clock.now().micros() / 30'000'000), m_clock.now());
        QVERIFY2(block, block ? "" : block.error().detail.c_str());
        const fs::path waiting = people / "pending" / (begun->act().nonce + ".json");
        const std::string kept = *platform::readFile(waiting);
        PersonVault vault(people, ownerA);
        {
            PeopleOffice here = office();
            const auto answer = here.submit(*block);
            QVERIFY2(answer && answer->isTaken, answer ? "" : answer.error().detail.c_str());
        }
        QVERIFY(vault.unlock(pin, std::nullopt, m_clock.now()));
        for (const fs::path& gone : {vault.vaultFile(), vault.stateFile(), people / "people.json"})
            QVERIFY(fs::remove(gone));
        QVERIFY(platform::writeFileAtomically(waiting, kept)); // as it was when the entry stood and nothing else did
        (void)office();
        QVERIFY(vault.unlock(pin, std::nullopt, m_clock.now()));
        QVERIFY(PeopleDirectory::load(people)->find(ownerA));
        QVERIFY(!fs::exists(waiting));
        // Killed before the last of it: the PIN that the person chose since is not taken back.
        const auto newPin = crypto::SecretBytes::copyOf("771304");
        QVERIFY(vault.changePin(pin, std::nullopt, newPin, m_clock.now(), {16, 1, 1}));
        QVERIFY(platform::writeFileAtomically(waiting, kept));
        (void)office();
        QVERIFY(vault.unlock(newPin, std::nullopt, m_clock.now()));
        QVERIFY(!vault.unlock(pin, std::nullopt, m_clock.now()));
        QVERIFY(!fs::exists(waiting));
    }

    void theNewestRevisionOfAMandateStaysTheNewest()
    {
        fill();
        PeopleOffice first = office();
        Mandate mandate;
        mandate.id = "m-1";
        for (const int revision : {2, 3}) {
            mandate.revision = revision;
            mandate.digest = std::string(64, static_cast<char>('0' + revision));
            const auto noted = first.noteMandate(mandate, {ownerA});
            QVERIFY2(noted, noted ? "" : noted.error().detail.c_str());
            QVERIFY(first.noteMandate(mandate, {ownerA})); // again is nothing new
        }
        mandate.revision = 2; // judged before the third came in force, written after it
        mandate.digest = std::string(64, 'a');
        const auto late = first.noteMandate(mandate, {ownerA});
        QVERIFY(!late && late.error().code == ErrorCode::Conflict);
        QCOMPARE(PeopleOffice::mandates(home())->at("m-1").revision, std::int64_t(3));
    }

    void anUnfinishedActChangesNothing()
    {
        fill();
        QCOMPARE(hand(m_maker.act(Kind::Free, analyst), {ownerA}), std::string("waiting"));
        QCOMPARE(hand(m_maker.enrol("user:x", {"owner"}), {"user:x", ownerA}), std::string("waiting"));
        QVERIFY(!office().roll().people().find("user:x"));
    }

    void onlySignaturesThatHoldAreWrittenDown()
    {
        fill();
        PeopleAct act = m_maker.act(Kind::Retire, analyst);
        act.issued = m_clock.now();
        crypto::SignedNote note = readPeopleAct(m_maker.signedBy(act, {ownerB}))->block.note;
        const crypto::SigningKey foreign = crypto::SigningKey::generate();
        note.sign("user:owner-c", foreign);
        note.sign("user:nobody", foreign);
        note.sign(ownerB, foreign);
        std::rotate(note.signatures.begin(), note.signatures.begin() + 1, note.signatures.end()); // foreign ones first
        PeopleOffice here = office();
        const auto answer = here.submit(note.toString());
        QVERIFY2(answer && answer->isTaken, answer ? "" : answer.error().detail.c_str());
        LedgerEntry last;
        QVERIFY(record::eachEntry(PeopleOffice::folder(home()), 0, [&](const LedgerEntry& entry) {
            last = entry;
            return true;
        }));
        QCOMPARE(last.actor.id, ownerB);
        QVERIFY(last.data["signers"] == Value(Value::Array{ownerB}));
        QCOMPARE(readPeopleAct(last.data["block"].asString())->block.note.signatures.size(), std::size_t(1));
    }

    void aWaitingActIsReplacedByNothingThatIsNotSigned()
    {
        fill();
        PeopleAct act = m_maker.act(Kind::Retire, ownerC);
        act.issued = m_clock.now();
        PeopleOffice here = office();
        QVERIFY(here.submit(m_maker.signedBy(act, {ownerA})));
        const fs::path file = PeopleOffice::pendingFile(home(), act.nonce);
        const std::string before = *platform::readFile(file);
        const auto unsignedOne = here.submit(m_maker.signedBy(act, {"user:nobody"}));
        QVERIFY(!unsignedOne);
        QCOMPARE(reasonOf(unsignedOne.error()), std::string("signature_missing"));
        PeopleAct other = act;
        other.person = ownerA;
        const auto second = here.submit(m_maker.signedBy(other, {ownerB}));
        QVERIFY(!second);
        QCOMPARE(reasonOf(second.error()), std::string("nonce_used"));
        QCOMPARE(*platform::readFile(file), before);
        const auto both = here.submit(m_maker.signedBy(act, {ownerB})); // without the first one's line
        QVERIFY(both && both->isTaken);
        QVERIFY(!fs::exists(file));
    }

    void anImportTakesNoActOfOneMachine()
    {
        fill();
        const QTemporaryDir second;
        auto other = PeopleOffice::open(second.path().toStdString(), m_clock);
        const std::string founder = m_maker.key(ownerA).publicKey().fingerprint();
        const std::string text = *office().exported();
        const std::string freed = m_maker.signedBy(m_maker.act(Kind::Free, analyst), {ownerA, ownerB});
        const auto taken = other->import(text + "\n" + freed, founder);
        QVERIFY(!taken);
        QCOMPARE(reasonOf(taken.error()), std::string("act_local"));
        QVERIFY(other->roll().isEmpty());
        QCOMPARE(*other->import(text, founder), 4);
    }

    void anOldSignatureIsNotKeptForLater()
    {
        fill();
        PeopleAct act = m_maker.enrol("user:x", {"analyst"});
        act.issued = m_clock.now() - std::chrono::hours(24 * 8);
        PeopleOffice here = office();
        const auto answer = here.submit(m_maker.signedBy(act, {"user:x", ownerA}));
        QVERIFY(!answer);
        QCOMPARE(reasonOf(answer.error()), std::string("too_old"));
    }

    void aPersonWrittenIntoTheFileIsNobody()
    {
        fill();
        PeopleDirectory edited = office().roll().people();
        QVERIFY(edited.add({"user:intruder", "I", {"owner", "commander"}, m_maker.key("user:intruder").publicKey(), {}, false}));
        QVERIFY(edited.save(PeopleOffice::folder(home())));
        QVERIFY(!office().roll().people().find("user:intruder"));
        QCOMPARE(hand(m_maker.enrol("user:x", {"analyst"}), {"user:x", "user:intruder"}), std::string("waiting"));
    }

    void aShortenedOrMissingLedgerBringsNobodyBack()
    {
        fill();
        const fs::path ledger = PeopleOffice::folder(home()) / "ledger";
        const fs::path before = home() / "before";
        fs::copy(ledger, before, fs::copy_options::recursive);
        QCOMPARE(hand(m_maker.act(Kind::Retire, analyst), {ownerA}), std::string());
        QVERIFY(office().roll().people().find(analyst)->isRevoked);
        fs::remove_all(ledger);
        fs::copy(before, ledger, fs::copy_options::recursive); // as it was before the retirement
        QVERIFY(PeopleOffice::roll(home()).error().code == ErrorCode::Untrusted);
        fs::remove_all(ledger);
        QVERIFY(PeopleOffice::roll(home()).error().code == ErrorCode::Untrusted); // no fresh start for a first owner
    }

    void aChangedLedgerIsNotBelieved()
    {
        fill();
        const fs::path segment = PeopleOffice::folder(home()) / "ledger" / "00000001.log";
        const std::string good = *platform::readFile(segment);
        int believed = 0;
        for (std::size_t i = 0; i < good.size(); i += 401) {
            std::string bad = good;
            bad[i] = static_cast<char>(bad[i] ^ 4);
            QVERIFY(platform::writeFileAtomically(segment, bad));
            believed += PeopleOffice::roll(home()) ? 1 : 0;
        }
        QCOMPARE(believed, 0);
    }

    void twoOwnersLetAPersonTryAgain()
    {
        fill();
        const fs::path folder = PeopleOffice::folder(home());
        const auto pin = crypto::SecretBytes::copyOf("209841");
        const auto made = makeVault(analyst, pin, crypto::SecretBytes::copyOf("12345678901234567890"), {16, 1, 1});
        const PersonVault place(folder, analyst);
        QVERIFY(platform::writeFileAtomically(place.vaultFile(), made->vaultText));
        QVERIFY(platform::writeFileAtomically(place.stateFile(), newFactorState()));
        const auto wrong = [&] {
            return PersonVault(folder, analyst).unlock(crypto::SecretBytes::copyOf("000000"), {}, m_clock.now()).error().reason;
        };
        for (int i = 0; i < 5; ++i)
            (void)wrong();
        QCOMPARE(wrong(), std::string("locked"));
        QCOMPARE(hand(m_maker.act(Kind::Free, analyst), {ownerA}), std::string("waiting"));
        QCOMPARE(wrong(), std::string("locked"));
        QCOMPARE(hand(m_maker.act(Kind::Free, analyst), {ownerA, ownerC}), std::string());
        QVERIFY(PersonVault(folder, analyst).unlock(pin, {}, m_clock.now()));
    }

    void anotherMachineTakesTheSamePeople()
    {
        fill();
        const std::string text = *office().exported();
        const QTemporaryDir second;
        const fs::path there = second.path().toStdString();
        auto other = PeopleOffice::open(there, m_clock);
        const std::string founder = m_maker.key(ownerA).publicKey().fingerprint();
        QCOMPARE(reasonOf(other->import(text, "SHA256:someone").error()), std::string("founder_other"));
        QCOMPARE(*other->import(text, founder), 4);
        QVERIFY(other->roll().people().toValue() == office().roll().people().toValue());
        QCOMPARE(*other->import(text, ""), 0); // again: nothing new, and the founder is known

        QCOMPARE(hand(m_maker.act(Kind::Retire, analyst), {ownerA}), std::string());
        QCOMPARE(*other->import(*office().exported(), ""), 1);
        QVERIFY(other->roll().people().find(analyst)->isRevoked);
        QCOMPARE(reasonOf(other->import(text, "").error()), std::string("roll_other")); // an older list takes nothing back

        PeopleMaker strangers;
        strangers.fill();
        std::string theirs;
        PeopleMaker fresh;
        theirs = fresh.signedBy(fresh.enrol(ownerA, {"owner"}), {ownerA});
        QVERIFY(!other->import(theirs, ""));
    }

    void aListWithAnActLeftOutIsNotTaken()
    {
        fill();
        std::string text = *office().exported();
        const std::size_t second = text.find("cordon.people-act.v1\n", 10);
        const std::size_t third = text.find("cordon.people-act.v1\n", second + 10);
        text.erase(second, third - second);
        const QTemporaryDir there;
        auto other = PeopleOffice::open(there.path().toStdString(), m_clock);
        const auto taken = other->import(text, m_maker.key(ownerA).publicKey().fingerprint());
        QVERIFY(!taken);
        QCOMPARE(reasonOf(taken.error()), std::string("act_stale"));
        QVERIFY(other->roll().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestPeopleOffice)
#include "tst_people_office.moc"
