#include "core/engine/agent_key_lock.h"
#include "core/engine/agent_vault.h"
#include "tests/core/engine/case_fixture.h"

#include <sys/wait.h>
#include <unistd.h>

using namespace cordon;
using namespace cordon::tests;
using engine::AgentKeyLock;

namespace {

constexpr crypto::ScryptCost cheap{1U << 10U, 8, 1};

AgentKeyLock::Holder someone(const std::string& host)
{
    return {host, std::string(32, 'b'), 4711};
}

} // namespace

/// The agent's own key: where it lies, and that one process uses it.
class TestAgentKey : public QObject
{
    Q_OBJECT

private slots:
    void theKeyOfAnInstallationLiesUnderAPassphrase()
    {
        const QTemporaryDir dir;
        const engine::AgentVault vault(dir.path().toStdString());
        const auto good = crypto::SecretBytes::copyOf("correct horse battery");
        QVERIFY(vault.open(good).error().code == ErrorCode::NotFound);
        QVERIFY(vault.make(crypto::SecretBytes::copyOf("short"), cheap).error().code == ErrorCode::Invalid);
        const auto made = CaseFixture::must(vault.make(good, cheap));
        QVERIFY(vault.make(good, cheap).error().code == ErrorCode::Conflict);
        QVERIFY(vault.open(crypto::SecretBytes::copyOf("correct horse batterz")).error().code == ErrorCode::Denied);
        const auto key = CaseFixture::must(vault.open(good));
        QVERIFY(key.publicKey() == made && CaseFixture::must(vault.publicKey()) == made);
        const std::string text = CaseFixture::must(platform::readFile(vault.file()));
        const std::string seed(reinterpret_cast<const char*>(key.seed().data()), key.seed().size());
        QVERIFY(text.find(seed) == std::string::npos && text.find(toHex(key.seed())) == std::string::npos);
        QVERIFY((std::filesystem::status(vault.file()).permissions() & std::filesystem::perms::all) ==
                (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
    }

    void aVaultUnderAnotherPublicKeyDoesNotOpen()
    {
        const QTemporaryDir dir;
        const engine::AgentVault vault(dir.path().toStdString());
        const auto good = crypto::SecretBytes::copyOf("correct horse battery");
        const auto made = CaseFixture::must(vault.make(good, cheap));
        std::string text = CaseFixture::must(platform::readFile(vault.file()));
        text.replace(text.find(made.toString()), made.toString().size(),
                     crypto::SigningKey::generate().publicKey().toString());
        VERIFY_DONE(platform::writeFileAtomically(vault.file(), text));
        QVERIFY(!vault.open(good));
    }

    // NHI9
    void nhi9ASecondProcessIsRefusedTheSameKey()
    {
        const QTemporaryDir dir;
        const std::filesystem::path folder = dir.path().toStdString();
        const auto key = crypto::SigningKey::generate().publicKey();
        auto lock = std::make_optional(CaseFixture::must(AgentKeyLock::take(folder, key, someone("here"), Timestamp())));
        const auto inAnotherProcess = [&] {
            const pid_t child = ::fork();
            if (child == 0) {
                const auto taken = AgentKeyLock::take(folder, key, someone("here"), Timestamp());
                ::_exit(taken ? 0 : taken.error().code == ErrorCode::Conflict ? 1 : 2);
            }
            int status = 0;
            ::waitpid(child, &status, 0);
            return WEXITSTATUS(status);
        };
        QCOMPARE(inAnotherProcess(), 1);
        QVERIFY(AgentKeyLock::take(folder, crypto::SigningKey::generate().publicKey(), someone("here"), Timestamp()));
        lock.reset();
        QCOMPARE(inAnotherProcess(), 0); // and dies with it: the lock is free, its record of this host is stale
        QVERIFY(AgentKeyLock::take(folder, key, someone("here"), Timestamp()));
    }

    // NHI9
    void nhi9ALockThatAnotherHostNeverGaveBackIsRefused()
    {
        const QTemporaryDir dir;
        const std::filesystem::path folder = dir.path().toStdString();
        const auto key = crypto::SigningKey::generate().publicKey();
        const pid_t child = ::fork();
        if (child == 0) {
            const auto taken = AgentKeyLock::take(folder, key, someone("elsewhere"), Timestamp());
            ::_exit(taken ? 0 : 1); // dies holding it
        }
        ::waitpid(child, nullptr, 0);
        const auto refused = AgentKeyLock::take(folder, key, someone("here"), Timestamp());
        QVERIFY(!refused && refused.error().code == ErrorCode::Conflict);
        QVERIFY2(refused.error().detail.find("elsewhere") != std::string::npos, refused.error().detail.c_str());
        std::filesystem::remove(AgentKeyLock::fileOf(folder, key)); // a person made sure
        QVERIFY(AgentKeyLock::take(folder, key, someone("here"), Timestamp()));
    }

    // NHI9
    void nhi9ACaseWhoseAgentLivesElsewhereOnlyObserves()
    {
        CaseFixture fixture;
        const auto key = [&] {
            const auto held = fixture.run();
            return CaseFixture::must(engine::ExerciseParties::open(record::exercisePath(fixture.folder())))
                .agentKey()
                .publicKey();
        }();
        const std::size_t intended = fixture.ledger("action.intended").size();
        const auto lock = CaseFixture::must(
            AgentKeyLock::take(fixture.home() / "agent", key, AgentKeyLock::Holder::self(fixture.machine), Timestamp()));
        {
            const auto held = fixture.open(fixture.options());
            VERIFY_DONE(held->run({})); // reads and thinks
            const auto woken = held->wake();
            QVERIFY(!woken && woken.error().code == ErrorCode::Conflict);
            Step* detach = CaseFixture::step(*held, "policy.detach");
            QVERIFY(!held->apply(engine::UndoStep{detach->id, "user:analyst-a", false}, {}));
        }
        QCOMPARE(fixture.ledger("action.intended").size(), intended);
        QCOMPARE(fixture.ledger("agent.key_refused").size(), std::size_t(1));
    }
};

QTEST_GUILESS_MAIN(TestAgentKey)
#include "tst_agent_key.moc"
