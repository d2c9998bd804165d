#include "core/factor/qr_code.h"
#include "core/govern/action_digest.h"
#include "core/govern/approval_render.h"
#include "core/govern/approval_text.h"
#include "core/govern/small_file.h"
#include "tests/app/ctl_runner.h"
#include "tests/core/engine/case_fixture.h"

#include <algorithm>
#include <fstream>

using namespace cordon;
using namespace cordon::tests;
namespace fs = std::filesystem;

/// Two people on two machines that share nothing: a request goes out as text, a signed reply comes back as text.
class TestCordonctlApprovals : public QObject
{
    Q_OBJECT

    static constexpr const char* here = "user:analyst-a";
    static constexpr const char* far = "user:commander-b";

    /// A machine elsewhere: the person's own vault, the public halves of everybody, and the agent's public key.
    struct Elsewhere
    {
        QTemporaryDir dir;
        engine::PersonRow person;

        [[nodiscard]] QString path(const char* name) const { return dir.filePath(name); }
        [[nodiscard]] crypto::PublicKey agent() const
        {
            std::string text = CaseFixture::must(govern::readSmallFile(path("agent.pub").toStdString()));
            text.erase(text.find_last_not_of('\n') + 1);
            return CaseFixture::must(crypto::PublicKey::parse(text));
        }
        void write(const char* name, const std::string& text) const
        {
            std::ofstream(path(name).toStdString(), std::ios::binary) << text;
        }
    };

    /// Takes a person's vault from the console to another machine, as an enrolment there would have made it.
    static void moveOut(const CtlRunner& ctl, Elsewhere& elsewhere)
    {
        const fs::path exercise = record::exercisePath(ctl.caseFolder().toStdString());
        const fs::path people = engine::ExerciseParties::peopleFolder(exercise);
        const fs::path there = elsewhere.path("people").toStdString();
        fs::create_directories(there);
        fs::copy(people / "people.json", there / "people.json");
        fs::copy(engine::ExerciseParties::agentKeyFile(exercise), elsewhere.path("agent.pub").toStdString());
        for (const char* file : {"commander-b.vault.json", "commander-b.state.json"}) {
            fs::copy(people / file, there / file);
            fs::remove(people / file); // the console has no private half of this person
        }
        for (const engine::PersonRow& row : CaseFixture::must(engine::ExerciseParties::banner(exercise))) {
            if (row.id == far)
                elsewhere.person = row;
        }
    }

    static std::string totpOf(const engine::PersonRow& row)
    {
        const auto secret = crypto::SecretBytes::copyOf(CaseFixture::must(crypto::fromBase32(row.totpSecret)));
        return crypto::totpCode(secret, MachineClock().now().micros() / 30'000'000);
    }

    /// Answers the request that lies in `file` there; only what came as text is used.
    static Ran answerThere(const CtlRunner& ctl, const Elsewhere& elsewhere, const QString& file,
                           const ApprovalRequest& asked, const QStringList& more = {})
    {
        return ctl.run(QStringList{"--people", elsewhere.path("people"), "--agent-key", elsewhere.path("agent.pub"),
                                   "--as", far, "--request", file, "--pin-fd", "3", "--totp-fd", "4", "--code-fd", "5",
                                   "--target-fd", "6"} +
                           more,
                       {elsewhere.person.pin, totpOf(elsewhere.person), govern::shortCode(asked.actionDigest),
                        govern::typedTargetOf(asked)},
                       "cordon_approve_tty");
    }

    static std::string requestOf(const Value& report, const std::string& tier, const std::string& verb)
    {
        for (const Value& incident : report["incidents"].asArray()) {
            for (const Value& step : incident["plan"]["steps"].asArray()) {
                if (step["tier"].asString() == tier && step["state"].asString() == "awaiting_approval" &&
                    (verb.empty() || step["action"].asString() == verb))
                    return step["approval"]["request"].asString();
            }
        }
        return {};
    }

private slots:
    void theSecondApproverSitsElsewhere()
    {
        const CtlRunner ctl;
        SmallAttack::write(ctl.path("log.json").toStdString());
        const Value report = ctl.runJob({ctl.path("log.json")}).json();
        const QString id = QString::fromStdString(requestOf(report, "T3", ""));
        QVERIFY(!id.isEmpty());
        Elsewhere elsewhere;
        moveOut(ctl, elsewhere);

        // Each copy carries the leave of one approver.
        const Ran first = ctl.run({"request", ctl.caseFolder(), id, "--slot", "1"});
        const Ran second = ctl.run({"request", ctl.caseFolder(), id, "--slot", "2"});
        VERIFY_STATUS(first, 0);
        VERIFY_STATUS(second, 0);
        const ApprovalRequest asked =
            CaseFixture::must(govern::readRequest(second.out.toStdString(), elsewhere.agent()));
        QVERIFY(asked.nonces.at(0).empty() && !asked.nonces.at(1).empty());

        // Through a chat that quotes and breaks lines its own way.
        std::string chat = "please have a look:\r\n> ";
        for (const char c : second.out.toStdString())
            chat += c == '\n' ? std::string("\r\n> ") : std::string(1, c);
        elsewhere.write("chat.txt", chat);
        const Ran there = answerThere(ctl, elsewhere, elsewhere.path("chat.txt"), asked, {"--qr"});
        VERIFY_STATUS(there, 0);
        QVERIFY(there.out.startsWith("cordon.approval-reply.v1"));
        elsewhere.write("reply.txt", there.out.toStdString());

        const Ran taken = ctl.run({"--json", "reply", ctl.caseFolder(), elsewhere.path("reply.txt")});
        VERIFY_STATUS(taken, 0);
        QVERIFY(!taken.json()["complete"].asBool());
        QCOMPARE(taken.json()["by"].asString(), std::string(far));
        const Ran again = ctl.run({"--json", "reply", ctl.caseFolder(), elsewhere.path("reply.txt")});
        QVERIFY(again.status != 0 && again.err.contains("nonce_used"));
        // A refusal leaves the case as whole as it was; the next place is the free one, in whatever order they are answered.
        VERIFY_STATUS(ctl.run({"verify", ctl.caseFolder()}), 0);
        const Ran next = ctl.run({"request", ctl.caseFolder(), id});
        const auto left = CaseFixture::must(govern::readRequest(next.out.toStdString(), elsewhere.agent()));
        QVERIFY(!left.nonces.at(0).empty() && left.nonces.at(1).empty());

        // The first approver decides at the console; both together complete it.
        engine::PersonRow analyst;
        const fs::path exercise = record::exercisePath(ctl.caseFolder().toStdString());
        for (const engine::PersonRow& row : CaseFixture::must(engine::ExerciseParties::banner(exercise)))
            analyst = row.id == here ? row : analyst;
        elsewhere.write("first.txt", first.out.toStdString());
        const QString people = QString::fromStdString(engine::ExerciseParties::peopleFolder(exercise).string());
        const Ran mine = ctl.run(
            {"--people", people, "--agent-key", elsewhere.path("agent.pub"), "--as", here, "--request",
             elsewhere.path("first.txt"), "--pin-fd", "3", "--totp-fd", "4", "--code-fd", "5", "--target-fd", "6"},
            {analyst.pin, totpOf(analyst), govern::shortCode(asked.actionDigest), govern::typedTargetOf(asked)},
            "cordon_approve_tty");
        VERIFY_STATUS(mine, 0);
        elsewhere.write("mine.txt", mine.out.toStdString());
        const Ran done = ctl.run({"--json", "reply", ctl.caseFolder(), elsewhere.path("mine.txt")});
        VERIFY_STATUS(done, 0);
        QVERIFY(done.json()["complete"].asBool());
        QCOMPARE(done.json()["step_state"].asString(), std::string("verified"));
        VERIFY_STATUS(ctl.run({"verify", ctl.caseFolder()}), 0);
    }

    void aRequestThatWasScannedComesTogether()
    {
        const CtlRunner ctl;
        SmallAttack::write(ctl.path("log.json").toStdString());
        const Value report = ctl.runJob({ctl.path("log.json")}).json();
        const QString id = QString::fromStdString(requestOf(report, "T2", "policy.detach"));
        Elsewhere elsewhere;
        moveOut(ctl, elsewhere);
        const Ran text = ctl.run({"request", ctl.caseFolder(), id});
        VERIFY_STATUS(text, 0);
        const Ran codes = ctl.run({"request", ctl.caseFolder(), id, "--qr"});
        VERIFY_STATUS(codes, 0);
        QVERIFY(codes.out.contains("\u2588"));

        auto pieces = factor::piecesForQr(text.out.toStdString());
        QVERIFY(pieces.size() > 1);
        std::reverse(pieces.begin(), pieces.end());
        std::string scanned;
        for (const std::string& piece : pieces)
            scanned += piece + '\n';
        elsewhere.write("scanned.txt", scanned);
        const ApprovalRequest asked = CaseFixture::must(govern::readRequest(text.out.toStdString(), elsewhere.agent()));
        const Ran there = answerThere(ctl, elsewhere, elsewhere.path("scanned.txt"), asked);
        VERIFY_STATUS(there, 0);
        pieces = factor::piecesForQr(there.out.toStdString());
        scanned.clear();
        for (const std::string& piece : pieces)
            scanned += piece + '\n';
        elsewhere.write("reply.txt", scanned);
        const Ran taken = ctl.run({"--json", "reply", ctl.caseFolder(), elsewhere.path("reply.txt")});
        VERIFY_STATUS(taken, 0);
        QCOMPARE(taken.json()["step_state"].asString(), std::string("verified"));

        // One piece too few.
        elsewhere.write("torn.txt", pieces.front() + '\n');
        if (pieces.size() > 1)
            QVERIFY(ctl.run({"reply", ctl.caseFolder(), elsewhere.path("torn.txt")}).status != 0);
    }

    void elsewhereRefusesWhatIsNotTheAgents()
    {
        const CtlRunner ctl;
        SmallAttack::write(ctl.path("log.json").toStdString());
        const Value report = ctl.runJob({ctl.path("log.json")}).json();
        const QString id = QString::fromStdString(requestOf(report, "T2", "policy.detach"));
        Elsewhere elsewhere;
        moveOut(ctl, elsewhere);
        const Ran text = ctl.run({"request", ctl.caseFolder(), id});
        const ApprovalRequest asked = CaseFixture::must(govern::readRequest(text.out.toStdString(), elsewhere.agent()));
        const auto forged = govern::signRequest(asked, "nhi:cordon-exercise", crypto::SigningKey::generate());
        elsewhere.write("forged.txt", *forged);
        const Ran refused = answerThere(ctl, elsewhere, elsewhere.path("forged.txt"), asked);
        QCOMPARE(refused.status, 1);
        QVERIFY(refused.err.contains("request_untrusted"));
        QVERIFY(refused.out.isEmpty());
        elsewhere.write("real.txt", text.out.toStdString());
        elsewhere.person.pin = "9999x";
        const Ran wrong = answerThere(ctl, elsewhere, elsewhere.path("real.txt"), asked);
        QVERIFY(wrong.status == 1 && wrong.err.contains("pin_wrong"));
        QVERIFY(ctl.run({"request", ctl.caseFolder(), "AR-0999"}).status != 0);
    }
};

QTEST_GUILESS_MAIN(TestCordonctlApprovals)
#include "tst_cordonctl_approvals.moc"
