#include "core/engine/case_reader.h"
#include "core/govern/person_vault.h"
#include "core/govern/signed_command.h"
#include "tests/core/engine/case_fixture.h"

#include <QFile>

#include <sys/stat.h>

using namespace cordon;
using namespace cordon::tests;

namespace {

constexpr const char* analyst = "user:analyst-a";

crypto::SigningKey keyOf(const CaseFixture& fixture, const std::string& person)
{
    const std::filesystem::path exercise = record::exercisePath(fixture.folder());
    for (const engine::PersonRow& row : CaseFixture::must(engine::ExerciseParties::banner(exercise))) {
        if (row.id != person)
            continue;
        govern::PersonVault vault(engine::ExerciseParties::peopleFolder(exercise), person);
        auto unlocked = vault.unlock(crypto::SecretBytes::copyOf(row.pin), std::nullopt, fixture.machine.now());
        if (unlocked)
            return std::move(unlocked->key);
    }
    qFatal("no key of %s", person.c_str());
}

/// A case with a leased step, the analyst's key, and a command that keeps the step contained.
struct Inbox
{
    CaseFixture fixture;
    CaseFixture::Held held = fixture.run();
    std::string step = CaseFixture::step(*held, "credential.deactivate", SmallAttack::newKey)->id;
    crypto::SigningKey key = keyOf(fixture, analyst);

    [[nodiscard]] govern::Command keep(char nonce) const
    {
        govern::Command command;
        command.command = "keep";
        command.args = Value::Object{{"step", step}, {"until", "2026-12-01T00:00:00Z"}};
        command.person = analyst;
        command.issued = fixture.machine.now();
        command.nonce = std::string(32, nonce);
        command.caseOrigin = held->folder().ledger().origin();
        return command;
    }
    void drop(const std::string& name, const std::string& text) const
    {
        const auto inbox = record::inboxPath(fixture.folder());
        std::ofstream(inbox / (name + ".part"), std::ios::binary) << text;
        std::filesystem::rename(inbox / (name + ".part"), inbox / (name + ".command"));
    }
    [[nodiscard]] std::optional<Timestamp> lease() const { return held->fileOfStep(step)->step(step)->leaseUntil; }
    [[nodiscard]] std::size_t extended() const { return fixture.ledger("lease.extended").size(); }
    [[nodiscard]] std::string lastRefusal() const
    {
        const auto refused = fixture.ledger("inbox.refused");
        return refused.empty() ? "" : refused.back().data["why"].asString();
    }
};

QByteArray bytesOfFile(const std::filesystem::path& path)
{
    QFile file(QString::fromStdString(path.string()));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

/// What other consoles send is obeyed once, from its signer, for this case, now; everything else is dropped and told.
class TestInboxAttacks : public QObject
{
    Q_OBJECT

private slots:
    /// Too long a name to be renamed, and not empty: neither can be done.
    void whatCanNeitherBeRenamedNorRemovedIsRefusedOnce()
    {
        Inbox inbox;
        const auto stuck = record::inboxPath(inbox.fixture.folder()) / (std::string(247, 'x') + ".command");
        std::filesystem::create_directories(stuck / "inside");
        for (int i = 0; i < 3; ++i)
            VERIFY_DONE(inbox.held->tick({}));
        QCOMPARE(inbox.fixture.ledger("inbox.refused").size(), std::size_t(1));
        QVERIFY(std::filesystem::exists(stuck));
    }

    void aPipeInTheInboxHoldsNothingUpAndALinkIsNotFollowed()
    {
        Inbox inbox;
        const auto folder = record::inboxPath(inbox.fixture.folder());
        QCOMPARE(::mkfifo((folder / "a.command").c_str(), 0600), 0);
        const auto outside = inbox.fixture.path("outside");
        std::ofstream(outside) << CaseFixture::must(govern::signCommand(inbox.keep('b'), inbox.key));
        std::filesystem::create_symlink(outside, folder / "b.command");
        VERIFY_DONE(inbox.held->tick({}));
        QCOMPARE(inbox.fixture.ledger("inbox.refused").size(), std::size_t(2));
        QCOMPARE(inbox.extended(), std::size_t(0));
    }

    /// Put in the inbox's place while the case is open; when it is opened a link is refused (core/record/tst_case_folder).
    void commandsOfAnotherCaseAreLeftAlone()
    {
        Inbox inbox;
        const auto folder = record::inboxPath(inbox.fixture.folder());
        const auto elsewhere = inbox.fixture.path("elsewhere");
        std::filesystem::rename(folder, elsewhere);
        std::filesystem::create_directory_symlink(elsewhere, folder);
        std::ofstream(elsewhere / "a.command") << "of another case";
        VERIFY_DONE(inbox.held->tick({}));
        QVERIFY(std::filesystem::exists(elsewhere / "a.command"));
        QCOMPARE(inbox.fixture.ledger("inbox.refused").size(), std::size_t(0));
        std::filesystem::remove(folder);
        std::filesystem::rename(elsewhere, folder);
        VERIFY_DONE(inbox.held->tick({}));
        QCOMPARE(inbox.fixture.ledger("inbox.refused").size(), std::size_t(1));
    }

    // GOV-ASI07, T12, T16
    void govAsi07WhatIsNotSignedForHereAndNowIsDroppedAndTold_data()
    {
        QTest::addColumn<QString>("attack");
        QTest::addColumn<QString>("reason");
        QTest::newRow("another key") << "key" << "signature_bad";
        QTest::newRow("another case") << "case" << "case_other";
        QTest::newRow("a case of that folder's name") << "folder" << "case_other";
        QTest::newRow("eleven minutes old") << "old" << "too_old";
        QTest::newRow("eleven minutes ahead") << "ahead" << "too_old";
        QTest::newRow("nobody of this case") << "person" << "person_unknown";
        QTest::newRow("one changed byte") << "byte" << "";
        QTest::newRow("another step than signed") << "step" << "NotFound";
    }

    void govAsi07WhatIsNotSignedForHereAndNowIsDroppedAndTold()
    {
        QFETCH(QString, attack);
        QFETCH(QString, reason);
        Inbox inbox;
        const auto before = inbox.lease();
        govern::Command command = inbox.keep('a');
        if (attack == "case")
            command.caseOrigin = "cordon.local/ledger/EXERCISE-0000000000000000";
        if (attack == "folder")
            command.caseOrigin = inbox.held->folder().name(); // every case can have that name
        if (attack == "old")
            command.issued = command.issued - std::chrono::minutes(11);
        if (attack == "ahead")
            command.issued = command.issued + std::chrono::minutes(11);
        if (attack == "person")
            command.person = "user:mallory";
        if (attack == "step")
            command.args = Value::Object{{"step", "INC-0099/S1"}, {"until", "2026-12-01T00:00:00Z"}};
        const crypto::SigningKey other = crypto::SigningKey::generate();
        std::string text = CaseFixture::must(govern::signCommand(command, attack == "key" ? other : inbox.key));
        if (attack == "byte") {
            const std::size_t place = text.find('\n') + 20;
            text[place] = text[place] == 'A' ? 'B' : 'A';
        }
        inbox.drop("1", text);
        VERIFY_DONE(inbox.held->tick({}));
        QCOMPARE(inbox.extended(), std::size_t(0));
        QVERIFY(inbox.lease() == before);
        QVERIFY(!inbox.lastRefusal().empty());
        if (reason != "NotFound")
            QVERIFY2(inbox.lastRefusal().find(reason.toStdString()) != std::string::npos, inbox.lastRefusal().c_str());
    }

    // GOV-ASI07: the ledger knows which commands were taken.
    void govAsi07ACommandIsTakenOnceAlsoAfterTheHolderRestarts()
    {
        Inbox inbox;
        const std::string text = CaseFixture::must(govern::signCommand(inbox.keep('b'), inbox.key));
        inbox.drop("1", text);
        VERIFY_DONE(inbox.held->tick({}));
        QCOMPARE(inbox.extended(), std::size_t(1));
        inbox.drop("2", text);
        VERIFY_DONE(inbox.held->tick({}));
        QCOMPARE(inbox.extended(), std::size_t(1));
        QVERIFY2(inbox.lastRefusal().find("nonce_used") != std::string::npos, inbox.lastRefusal().c_str());

        inbox.held.reset();
        inbox.fixture.machine.pass(std::chrono::minutes(2));
        inbox.held = inbox.fixture.wake();
        inbox.drop("3", text);
        VERIFY_DONE(inbox.held->tick({}));
        QCOMPARE(inbox.extended(), std::size_t(1));
        QVERIFY2(inbox.lastRefusal().find("nonce_used") != std::string::npos, inbox.lastRefusal().c_str());
    }

    // GOV-ASI09, T15
    void govAsi09LookingAThousandTimesAsksNothingOfTheConnectorAndChangesNothing()
    {
        Inbox inbox;
        const std::string request = CaseFixture::step(*inbox.held, "policy.detach")->request;
        const QByteArray tenant = bytesOfFile(record::tenantPath(inbox.fixture.folder()));
        const std::size_t entries = inbox.fixture.ledger().size();
        std::string first;
        for (int i = 0; i < 1000; ++i) {
            const std::string text = CaseFixture::must(inbox.held->requestText(request));
            const ApprovalRequest asked = CaseFixture::must(govern::readRequest(
                text, CaseFixture::must(engine::ExerciseParties::open(record::exercisePath(inbox.fixture.folder())))
                          .agentKey()
                          .publicKey()));
            first = first.empty() ? asked.actionDigest : first;
            QCOMPARE(asked.actionDigest, first);
        }
        QCOMPARE(inbox.fixture.ledger().size(), entries);
        QCOMPARE(bytesOfFile(record::tenantPath(inbox.fixture.folder())), tenant);
    }
};

QTEST_GUILESS_MAIN(TestInboxAttacks)
#include "tst_inbox_attacks.moc"
