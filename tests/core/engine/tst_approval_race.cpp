#include "core/engine/case_reader.h"
#include "core/engine/engine.h"
#include "tests/core/engine/case_fixture.h"

#include <barrier>
#include <thread>

using namespace cordon;
using namespace cordon::tests;

namespace {

class Deaf : public engine::Listener
{
public:
    void onNotice(const engine::Notice&) override {}
};

} // namespace

/// A living engine that many threads speak to at once.
class TestApprovalRace : public QObject
{
    Q_OBJECT

    /// The first of the two approvals of a step, by that person, as the step-up program gives it.
    static std::string replyOf(const CaseFixture& fixture, const engine::ApprovalRow& row, const std::string& person)
    {
        const std::filesystem::path exercise = record::exercisePath(fixture.folder());
        const MachineClock clock;
        govern::StepUpInput input;
        input.requestText = row.requestText;
        input.agentKey = CaseFixture::must(engine::ExerciseParties::open(exercise)).agentKey().publicKey();
        input.peopleFolder = engine::ExerciseParties::peopleFolder(exercise);
        input.person = person;
        for (const engine::PersonRow& known : CaseFixture::must(engine::ExerciseParties::banner(exercise))) {
            if (known.id != person)
                continue;
            input.pin = crypto::SecretBytes::copyOf(known.pin);
            const auto secret = crypto::SecretBytes::copyOf(CaseFixture::must(crypto::fromBase32(known.totpSecret)));
            input.totp = crypto::totpCode(secret, clock.now().micros() / 30'000'000);
        }
        const ApprovalRequest asked = CaseFixture::must(govern::readRequest(input.requestText, input.agentKey));
        input.typedCode = govern::shortCode(asked.actionDigest);
        input.typedTarget = govern::typedTargetOf(asked);
        input.isApproved = true;
        input.slot = 1;
        const govern::StepUpResult given = govern::stepUp(input, clock);
        if (!given.isGiven())
            qFatal("%s %s", given.reason.c_str(), given.detail.c_str());
        return given.reply;
    }

private slots:
    // AP-13
    void ap13EightThreadsThatBringOneNonceHaveOneWinner()
    {
        CaseFixture fixture;
        engine::EngineOptions options = fixture.options();
        options.replay = engine::ReplayMode::Paced;
        options.pace = 1'000'000;
        Deaf listener;
        auto engine = CaseFixture::must(engine::Engine::start(options, listener));
        std::optional<engine::ApprovalRow> row;
        const auto isAsked = [&] {
            const auto reader = engine::CaseReader::open(fixture.folder());
            const auto rows = reader ? (*reader)->approvals() : Result<std::vector<engine::ApprovalRow>>(fail(reader.error()));
            for (const engine::ApprovalRow& one : rows ? *rows : std::vector<engine::ApprovalRow>()) {
                if (one.needed == 2)
                    row = one;
            }
            return row.has_value();
        };
        QTRY_VERIFY_WITH_TIMEOUT(isAsked(), 60'000);
        const std::string replies[]{replyOf(fixture, *row, "user:analyst-a"), replyOf(fixture, *row, "user:commander-a")};
        std::barrier together(8);
        {
            std::vector<std::jthread> threads;
            for (int i = 0; i < 8; ++i) {
                threads.emplace_back([&, i] {
                    together.arrive_and_wait();
                    engine->submit(engine::SubmitReply{replies[i % 2]});
                });
            }
        }
        QTRY_COMPARE_WITH_TIMEOUT(fixture.ledger("approval.refused").size(), std::size_t(7), 60'000);
        QCOMPARE(fixture.ledger("approval.granted").size(), std::size_t(1));
        for (const LedgerEntry& entry : fixture.ledger("approval.refused"))
            QCOMPARE(entry.data["reason"].asString(), std::string("nonce_used"));
        for (const LedgerEntry& entry : fixture.ledger("action.intended"))
            QVERIFY(entry.data["action"]["type"].asString() != row->verb); // one of two people is none
    }
};

QTEST_GUILESS_MAIN(TestApprovalRace)
#include "tst_approval_race.moc"
