#include "tests/app/ctl_runner.h"
#include "tests/core/engine/case_fixture.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <map>
#include <set>

using namespace cordon;
using namespace cordon::tests;

/// `kill -9` in the middle of a run, at random: the case opens, verifies, and nothing is done twice.
class TestCordonctlKilled : public QObject
{
    Q_OBJECT

private:
    static QStringList job(const CtlRunner& ctl, const QString& logs)
    {
        return {"run", "--case", ctl.caseFolder(), "--replay", "--exercise", "from-log", "--json", logs};
    }

    static void checkOnce(const CtlRunner& ctl)
    {
        std::map<std::string, int> outcomes; ///< by permit
        std::set<std::string> changed;       ///< verb and target of what changed something and succeeded
        bool hasActed = false;               ///< also when it died in the act, and the act was looked at afterwards
        CaseFixture::must(record::eachEntry(ctl.caseFolder().toStdString(), 0, [&](const LedgerEntry& entry) {
            const std::string& permit = entry.data["permit"].asString();
            if (entry.type == "action.intended")
                outcomes.emplace(permit, 0);
            if (entry.type.rfind("outcome.", 0) != 0)
                return true;
            ++outcomes[permit];
            const Action action = CaseFixture::must(Action::fromValue(entry.data["action"]));
            hasActed = hasActed || findVerb(action.type)->changes;
            if (findVerb(action.type)->changes && entry.type == "outcome.verified" &&
                !changed.insert(action.type + ' ' + action.targets.front().id).second)
                outcomes[permit] = 100; // done twice
            return true;
        }));
        QVERIFY(hasActed);
        for (const auto& [permit, count] : outcomes)
            QVERIFY2(count == 1, (permit + ": " + std::to_string(count) + " outcomes, or done twice").c_str());
    }

private slots:
    void theCaseOpensVerifiesAndNothingIsDoneTwice()
    {
        const int times = qEnvironmentVariableIsSet("CORDON_LONG") ? 10 : 3;
        const quint32 seed = qEnvironmentVariableIsSet("CORDON_SEED") ? qEnvironmentVariable("CORDON_SEED").toUInt()
                                                                      : QRandomGenerator::global()->generate();
        qInfo("CORDON_SEED=%u", seed);
        QRandomGenerator dice(seed);

        CtlRunner source;
        const QString logs = source.path("logs");
        QVERIFY(QDir().mkpath(logs));
        SmallAttack::write((logs + "/z-attack.json").toStdString());
        const Ran ordinary = source.run({"cloudtrail", "--events", "30000", "--seed", "5"}, {}, "cordon_generate");
        VERIFY_STATUS(ordinary, 0);
        QFile file(logs + "/a-ordinary.json");
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(ordinary.out);
        file.close();
        QElapsedTimer timer;
        timer.start();
        VERIFY_STATUS(source.run(job(source, logs)), 0);
        const int whole = static_cast<int>(timer.elapsed());

        int killed = 0;
        for (int i = 0; i < times; ++i) {
            const CtlRunner ctl;
            for (int round = 0; round < 3; ++round) { // and once more while it picks up
                QProcess process;
                ctl.prepare(process, job(ctl, logs));
                process.start(QIODevice::ReadOnly);
                QVERIFY(process.waitForStarted());
                if (process.waitForFinished(1 + dice.bounded(whole)))
                    break;
                process.kill();
                process.waitForFinished();
                ++killed;
                if (!record::isCase(ctl.caseFolder().toStdString()))
                    continue; // before there was anything
                const Ran verified = ctl.run({"verify", ctl.caseFolder()});
                QVERIFY2(verified.status == 0 || verified.status == 2, verified.told().constData());
                VERIFY_STATUS(ctl.run({"report", ctl.caseFolder()}), 0);
            }
            const Ran last = ctl.run(job(ctl, logs));
            VERIFY_STATUS(last, 0);
            const Value report = last.json();
            QCOMPARE(report["events"].asInt(), std::int64_t(30'000) + SmallAttack::events);
            VERIFY_STATUS(ctl.run({"verify", ctl.caseFolder()}), 0);
            checkOnce(ctl);
        }
        QVERIFY2(killed > 0, "every run ended before it was killed");
    }

    void interruptEndsCleanly()
    {
        const CtlRunner ctl;
        const QString log = ctl.path("big.json");
        const Ran ordinary = ctl.run({"cloudtrail", "--events", "30000", "--seed", "5"}, {}, "cordon_generate");
        QFile file(log);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(ordinary.out);
        file.close();
        QProcess process;
        ctl.prepare(process, job(ctl, log));
        process.start(QIODevice::ReadOnly);
        QVERIFY(process.waitForStarted());
        QTRY_VERIFY(record::isCase(ctl.caseFolder().toStdString()));
        process.terminate();
        QVERIFY(process.waitForFinished(30'000));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QVERIFY2(process.exitCode() == 2 || process.exitCode() == 0, QByteArray::number(process.exitCode()));
        VERIFY_STATUS(ctl.run({"verify", ctl.caseFolder()}), 0);
    }
};

QTEST_GUILESS_MAIN(TestCordonctlKilled)
#include "tst_cordonctl_killed.moc"
