#include "tests/core/engine/signed_orders.h"
#include "tests/core/engine/three_attacks.h"

#include <sys/wait.h>
#include <unistd.h>

using namespace cordon;
using namespace cordon::tests;

namespace {

using std::chrono::minutes;

constexpr const char* analyst = "user:analyst-a";
constexpr int died = 9;

/// Does not get ready so many times: a process that cannot be started.
class Unready final : public WatchedConnector
{
public:
    Unready(std::unique_ptr<act::Connector> real, std::atomic<int>& times)
        : WatchedConnector(std::move(real), [](const std::string&, const Action*) {}), m_times(times)
    {
    }
    [[nodiscard]] Result<void> prepare(const std::stop_token&) override
    {
        if (m_times > 0 && m_times-- > 0)
            return fail(ErrorCode::TimedOut, "its process did not start");
        return {};
    }

private:
    std::atomic<int>& m_times;
};

/// Three incidents, whose things are behind connectors of their own.
struct Split : CaseFixture
{
    Split() { ThreeAttacks::write(path("three.json")); }

    [[nodiscard]] engine::EngineOptions options() const
    {
        engine::EngineOptions options = CaseFixture::options();
        options.logs = {path("three.json")};
        return options;
    }
    void makeTenant() const
    {
        const CaseClock clock(machine);
        (void)must(tenant::Tenant::create(record::tenantPath(folder()), ThreeAttacks::tenant({}), clock));
    }
    /// The same case in another process, which dies when connector "b" is to switch the intruder's key off.
    [[nodiscard]] bool dieWithAnActOfB() const
    {
        const pid_t child = ::fork();
        if (child == 0) {
            engine::EngineOptions dying = options();
            dying.watchConnector = [](std::unique_ptr<act::Connector> real) -> std::unique_ptr<act::Connector> {
                const bool isB = real->name() == "b";
                return std::make_unique<WatchedConnector>(std::move(real), [isB](const std::string& call, const Action* action) {
                    if (isB && call == "execute" && action->type == "credential.deactivate")
                        ::_exit(died);
                });
            };
            const Held held = open(dying);
            makeTenant();
            ::_exit(held->run({}) ? 0 : 1);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        return WIFEXITED(status) && WEXITSTATUS(status) == died;
    }
    /// What the tenant is split into. @return as it was
    [[nodiscard]] std::string setParts(const std::string& parts) const
    {
        const CaseClock clock(machine);
        auto tenant = must(tenant::Tenant::open(record::tenantPath(folder()), clock));
        auto find = must(tenant.database().prepare("SELECT value FROM setting WHERE name = 'parts'"));
        const std::string was = must(find.step()) ? find.text(0) : std::string();
        auto set = must(tenant.database().prepare("UPDATE setting SET value = ?1 WHERE name = 'parts'"));
        set.bind(1, parts);
        (void)must(set.step());
        return was;
    }
};

} // namespace

/// Connectors that are not there any more, or not yet.
class TestLostConnector : public QObject
{
    Q_OBJECT

private slots:
    void anOpenActOfAConnectorThatLeftIsToldAndHoldsUpNobodyElse()
    {
        Split fixture;
        QVERIFY(fixture.dieWithAnActOfB());
        const std::string parts = fixture.setParts("[]");
        {
            const auto held = fixture.wake(); // the case opens
            Step* off = CaseFixture::step(*held, "credential.deactivate", ThreeAttacks::newKey('b'));
            COMPARE_STATE(off, StepState::Unknown);
            QVERIFY2(words::english(off->note).find("no connector 'b'") != std::string::npos, words::english(off->note).c_str());
            QCOMPARE(fixture.ledger("outcome.unknown").size(), std::size_t(1));
            VERIFY_DONE(held->tick({})); // nobody can look, and that is no trouble of the others
            COMPARE_STATE(off, StepState::Unknown);
            COMPARE_STATE(CaseFixture::step(*held, "credential.deactivate", ThreeAttacks::newKey('a')), StepState::Verified);
            VERIFY_DONE(obey(*held, fixture, engine::SkipStep{off->id, analyst, "looked at by hand: the key is off"}));
            COMPARE_STATE(off, StepState::Skipped);
            CaseFixture::must(held->finish());
        }
        const auto verdict = fixture.verdict();
        QVERIFY2(verdict.verdict == record::VerifyReport::Verdict::Ok, verdict.toText().c_str());
        QVERIFY(fixture.setParts(parts) == "[]"); // the settings name it again: what a person let be is still looked at
        const auto held = fixture.wake();
        VERIFY_DONE(held->tick({}));
        QCOMPARE(fixture.ledger("step.settled").size(), std::size_t(1));
        COMPARE_STATE(CaseFixture::step(*held, "credential.deactivate", ThreeAttacks::newKey('b')), StepState::Skipped);
    }

    // What did not begin is neither unknown nor a failure: it is judged anew, however often, until its connector is there.
    void anActWhoseConnectorDoesNotStartIsNotBegun()
    {
        CaseFixture fixture;
        std::atomic<int> times{4}; // more than failures that the mandate or a session bears
        engine::EngineOptions options = fixture.options();
        options.watchConnector = [&](std::unique_ptr<act::Connector> real) -> std::unique_ptr<act::Connector> {
            return std::make_unique<Unready>(std::move(real), times);
        };
        const auto held = fixture.run(options);
        for (int minute = 0; minute < 6; ++minute) {
            held->clock().tick(minutes(1) + std::chrono::seconds(1));
            fixture.machine.pass(minutes(1) + std::chrono::seconds(1));
            VERIFY_DONE(held->tick({}));
        }
        QCOMPARE(times.load(), 0);
        COMPARE_STATE(CaseFixture::step(*held, "credential.deactivate", SmallAttack::newKey), StepState::Verified);
        QVERIFY(fixture.ledger("outcome.unknown").empty());
        QVERIFY(fixture.ledger("session.paused").empty());
        int notBegun = 0;
        for (const LedgerEntry& entry : fixture.ledger("outcome.failed"))
            notBegun += entry.data["not_begun"].asBool() ? 1 : 0;
        QCOMPARE(notBegun, 4);
        CaseFixture::must(held->finish());
        const auto verdict = fixture.verdict();
        QVERIFY2(verdict.verdict == record::VerifyReport::Verdict::Ok, verdict.toText().c_str());
    }
};

QTEST_GUILESS_MAIN(TestLostConnector)
#include "tst_lost_connector.moc"
