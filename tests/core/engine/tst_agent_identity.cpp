#include "core/engine/agent_identity.h"
#include "core/engine/agent_vault.h"
#include "tests/core/engine/case_fixture.h"

using namespace cordon;
using namespace cordon::tests;
using engine::AgentIdentity;

namespace {

constexpr crypto::ScryptCost cheap{1U << 10U, 8, 1};

crypto::SecretBytes secret(const std::string& text)
{
    return crypto::SecretBytes::copyOf(text);
}

/// A keyring in memory.
class Drawer : public crypto::SecretStore
{
public:
    std::map<std::string, std::string> kept;
    ErrorCode problem = ErrorCode::NotFound; ///< of every call, unless it is NotFound

    Result<crypto::SecretBytes> find(const std::string& label) override
    {
        if (problem != ErrorCode::NotFound || kept.count(label) == 0)
            return fail(problem, "nothing for " + label);
        return secret(kept.at(label));
    }
    Result<void> keep(const std::string& label, const crypto::SecretBytes& value) override
    {
        if (problem != ErrorCode::NotFound)
            return fail(problem, "cannot keep");
        kept[label] = std::string(value.text());
        return {};
    }
    bool isUnlocked() override { return true; }
    Result<void> forget(const std::string& label) override
    {
        kept.erase(label);
        return {};
    }
};

std::string reasonOf(const Result<void>& result)
{
    return result ? std::string() : result.error().detail.substr(0, result.error().detail.find(':'));
}

const std::string good = "correct horse battery";

} // namespace

/// The agent's key at the start of a program: made once, opened later, and what happens while it is closed.
class TestAgentIdentity : public QObject
{
    Q_OBJECT

private slots:
    void theFirstStartMakesAKeyAndEveryOtherOpensIt()
    {
        const QTemporaryDir dir;
        const std::filesystem::path home = dir.path().toStdString();
        AgentIdentity first(home, nullptr, cheap);
        QVERIFY(first.isFirst() && !first.key() && first.problem().empty());
        QCOMPARE(reasonOf(first.open(secret(good), secret("correct horse batterz"))), std::string("passphrase_differs"));
        QCOMPARE(reasonOf(first.open(secret("short"), secret("short"))), std::string("passphrase_short"));
        QVERIFY(first.isFirst() && !first.key() && !first.problem().empty());
        VERIFY_DONE(first.open(secret(good), secret(good)));
        QVERIFY(first.key() && first.problem().empty());

        AgentIdentity second(home, nullptr, cheap);
        QVERIFY(!second.isFirst());
        QCOMPARE(reasonOf(second.open(secret("another passphrase"), {})), std::string("passphrase_wrong"));
        QVERIFY(!second.key() && second.problem().rfind("passphrase_wrong", 0) == 0);
        VERIFY_DONE(second.open(secret(good), {}));
        QVERIFY(second.key()->publicKey() == first.key()->publicKey());
        QVERIFY(!second.open(secret("another passphrase"), {}) && second.key() && second.problem().empty());
    }

    void aDamagedVaultOpensNothing()
    {
        const QTemporaryDir dir;
        const std::filesystem::path home = dir.path().toStdString();
        VERIFY_DONE(AgentIdentity(home, nullptr, cheap).open(secret(good), secret(good)));
        VERIFY_DONE(platform::writeFileAtomically(engine::AgentVault(home).file(), "{}"));
        AgentIdentity identity(home, nullptr, cheap);
        QCOMPARE(reasonOf(identity.open(secret(good), secret(good))), std::string("vault_unreadable"));
        QVERIFY(!identity.key() && !identity.isFirst()); // and none is made in its place
    }

    void theKeyringKeepsWhatAPersonLeavesThere()
    {
        const QTemporaryDir dir;
        const std::filesystem::path home = dir.path().toStdString();
        const auto shared = std::make_shared<Drawer>();
        Drawer& drawer = *shared;
        AgentIdentity identity(home, shared, cheap);
        QVERIFY(!identity.keep(secret(good))); // nothing is kept for a key that is not open
        VERIFY_DONE(identity.open(secret(good), secret(good)));
        QVERIFY(drawer.kept.empty()); // unless a person chooses so
        QVERIFY(AgentIdentity(home, shared, cheap).openFromStore().error().code == ErrorCode::NotFound);
        VERIFY_DONE(identity.keep(secret(good)));
        AgentIdentity later(home, shared, cheap);
        VERIFY_DONE(later.openFromStore());
        QVERIFY(later.key()->publicKey() == identity.key()->publicKey());

        drawer.kept.begin()->second = "of another installation";
        AgentIdentity wrong(home, shared, cheap);
        QCOMPARE(reasonOf(wrong.openFromStore()), std::string("passphrase_wrong"));
        QVERIFY(drawer.kept.empty() && !wrong.key()); // not tried at every start
        drawer.problem = ErrorCode::Cancelled; // the person did not unlock it
        QVERIFY(wrong.openFromStore().error().code == ErrorCode::Cancelled);
        QVERIFY(AgentIdentity(home).openFromStore().error().code == ErrorCode::Unsupported);
    }

    void aRealCaseOpensWithoutTheKeyAndSaysSo()
    {
        CaseFixture fixture;
        const auto identity = std::make_shared<AgentIdentity>(fixture.home(), nullptr, cheap);
        engine::EngineOptions options = fixture.options("");
        options.replay = engine::ReplayMode::None;
        options.identity = identity;
        QVERIFY(!identity->open(secret(good), secret("x")));
        std::vector<Text> said;
        {
            const auto held = CaseFixture::must(engine::Pipeline::open(
                options, fixture.machine, [&](const engine::Notice& notice) {
                    if (notice.message)
                        said.push_back(*notice.message);
                }));
            VERIFY_DONE(held->run({}));
            QCOMPARE(held->files().size(), std::size_t(1)); // it reads and thinks
            VERIFY_DONE(held->tick({}));
            QCOMPARE(fixture.ledger("agent.key_closed").size(), std::size_t(1));
            QVERIFY(fixture.ledger("action.").empty() && fixture.ledger("approval.").empty());
            const auto isClosed = [](const Text& text) { return text.code == "engine.agent_closed"; };
            QCOMPARE(std::count_if(said.begin(), said.end(), isClosed), 1);
            VERIFY_DONE(identity->open(secret(good), secret(good))); // while the case is open
            VERIFY_DONE(held->tick({}));
            VERIFY_DONE(held->tick({}));
        }
        const auto present = fixture.ledger("agent.present");
        QCOMPARE(present.size(), std::size_t(1));
        QCOMPARE(present.front().data["key"].asString(), identity->key()->publicKey().fingerprint());
        QVERIFY(fixture.ledger("action.").empty());
    }

    void anExerciseKeepsAKeyOfItsOwn()
    {
        CaseFixture fixture;
        const auto identity = std::make_shared<AgentIdentity>(fixture.home(), nullptr, cheap);
        VERIFY_DONE(identity->open(secret(good), secret(good)));
        engine::EngineOptions options = fixture.options();
        options.identity = identity;
        fixture.run(options).reset();
        QVERIFY(fixture.ledger("agent.present").empty());
        const auto parties = CaseFixture::must(engine::ExerciseParties::open(record::exercisePath(fixture.folder())));
        QVERIFY(parties.agentKey().publicKey() != identity->key()->publicKey());
    }
};

QTEST_GUILESS_MAIN(TestAgentIdentity)
#include "tst_agent_identity.moc"
