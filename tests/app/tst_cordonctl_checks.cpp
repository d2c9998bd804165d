#include "tests/app/ctl_runner.h"
#include "tests/core/engine/case_fixture.h"

using namespace cordon;
using namespace cordon::tests;

/// Commands that look at one file and judge it, and matching without a case.
class TestCordonctlChecks : public QObject
{
    Q_OBJECT

private:
    static void writeLog(const CtlRunner& ctl) { SmallAttack::write(ctl.path("log.json").toStdString()); }

private slots:
    void mandatesAreChecked()
    {
        const CtlRunner ctl;
        writeLog(ctl);
        VERIFY_STATUS(ctl.runJob({ctl.path("log.json")}), 0);
        const QString mandate = ctl.caseFolder() + "/exercise/exercise.mandate.yaml";
        const Ran good = ctl.run({"--json", "mandate", "check", mandate});
        VERIFY_STATUS(good, 0);
        QVERIFY(good.json()["ok"].asBool());
        QFile file(mandate);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QByteArray text = file.readAll();
        text.replace("T3: {autonomy: approve", "T3: {autonomy: auto");
        QFile broken(ctl.path("broken.yaml"));
        QVERIFY(broken.open(QIODevice::WriteOnly));
        broken.write(text);
        broken.close();
        const Ran bad = ctl.run({"mandate", "check", ctl.path("broken.yaml")});
        VERIFY_STATUS(bad, 1);
        const qsizetype line = text.left(text.indexOf("T3: {autonomy: auto")).count('\n') + 1;
        QVERIFY2(bad.out.contains("broken.yaml:" + QByteArray::number(line)), bad.told().constData());
        VERIFY_STATUS(ctl.run({"mandate", "check", ctl.path("none.yaml")}), 1);
    }

    void theGateIsAskedWithoutActing()
    {
        const CtlRunner ctl;
        writeLog(ctl);
        VERIFY_STATUS(ctl.runJob({ctl.path("log.json")}), 0);
        const QString mandate = ctl.caseFolder() + "/exercise/exercise.mandate.yaml";
        QFile request(ctl.path("request.json"));
        QVERIFY(request.open(QIODevice::WriteOnly));
        request.write(
            "{\"v\":1,\"action\":{\"v\":1,\"type\":\"credential.delete\",\"connector\":\"exercise\",\"tenant\":\"t\","
            "\"targets\":[{\"kind\":\"credential\",\"id\":\"AKIAEXAMPLEINTRUD001\"}],\"params\":{},"
            "\"expected_state\":\"\",\"incident\":\"INC-0001\",\"session\":\"s-1\",\"mandate\":\"\",\"rollback\":null}"
            "}");
        request.close();
        const Ran ran = ctl.run({"gate", "--mandate", mandate, "--request", ctl.path("request.json")});
        VERIFY_STATUS(ran, 0);
        for (const char* name : {"effect", "clauses", "reasons", "tier", "missing", "digest"})
            QVERIFY2(ran.json().has(name), ran.told().constData());
        QVERIFY(ran.json()["effect"].asString() != "allow"); // what is not said is unknown, and unknown never allows
        VERIFY_STATUS(ctl.run({"gate", "--mandate", mandate, "--request", ctl.path("none.json")}), 1);
    }

    void rulesAreChecked()
    {
        const CtlRunner ctl;
        const Ran good = ctl.run({"--json", "rules", "check", QStringLiteral(CORDON_SOURCE_DIR "/resources/rules")});
        VERIFY_STATUS(good, 0);
        QVERIFY(good.json()["loaded"].asInt() > 50 && good.json()["rejected"].asArray().empty());
        QFile broken(ctl.path("broken.yml"));
        QVERIFY(broken.open(QIODevice::WriteOnly));
        broken.write(
            "title: x\nid: 00000000-0000-4000-8000-000000000001\nlogsource: {product: aws, service: cloudtrail}\n"
            "detection:\n  a: {eventName: X}\n  condition: a and (\nlevel: high\n");
        broken.close();
        const Ran bad = ctl.run({"--json", "rules", "check", ctl.path("broken.yml")});
        VERIFY_STATUS(bad, 1);
        const Value rejected = bad.json()["rejected"].asArray().at(0);
        QVERIFY(rejected["file"].asString().find("broken.yml") != std::string::npos && rejected["line"].asInt() > 0);
        QVERIFY(!rejected["reason"].asString().empty());
    }

    void samplesOfRulesAreRun()
    {
        const CtlRunner ctl;
        const Ran good = ctl.run({"--json", "rules", "test", QStringLiteral(CORDON_SOURCE_DIR "/resources/rules/github")});
        VERIFY_STATUS(good, 0);
        QVERIFY(good.json()["samples"].asInt() > 10 && good.json()["samples"].asInt() == good.json()["passed"].asInt());
        QVERIFY(QDir(ctl.path("")).mkdir("own"));
        const auto write = [&ctl](const QString& name, const QByteArray& text) {
            QFile file(ctl.path("own/" + name));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(text);
        };
        write("x.yml", "title: x\nid: 00000000-0000-4000-8000-000000000001\nlogsource: {product: aws, service: cloudtrail}\n"
                       "detection:\n  a: {eventName: X}\n  condition: a\nlevel: high\n");
        const Ran none = ctl.run({"--json", "rules", "test", ctl.path("own")});
        VERIFY_STATUS(none, 1); // nothing was tested
        QCOMPARE(none.json()["without_samples"].asArray().size(), std::size_t(1));
        write("x.test.jsonl", "{\"fires\":[{\"eventName\":\"X\"}]}\n{\"quiet\":[{\"eventName\":\"Y\"}]}\n");
        VERIFY_STATUS(ctl.run({"rules", "test", ctl.path("own")}), 0);
        write("x.test.jsonl", "{\"fires\":[{\"eventName\":\"Y\"}]}\n{\"quiet\":[{\"eventName\":\"X\"}]}\n{\"fires\":[]}\n"
                              "{\"fires\":[{\"eventName\":\"X\"}]}\n");
        const Ran bad = ctl.run({"--json", "rules", "test", ctl.path("own")});
        VERIFY_STATUS(bad, 1);
        const Value::Array failed = bad.json()["failed"].asArray();
        QCOMPARE(failed.size(), std::size_t(3));
        QCOMPARE(bad.json()["passed"].asInt(), 1);
        const char* const reasons[] = {"does not fire", "fires where it must be quiet", "a sample is a list of at least one record"};
        for (int at = 0; at < 3; ++at) {
            QCOMPARE(failed[static_cast<std::size_t>(at)]["line"].asInt(), at + 1);
            QCOMPARE(failed[static_cast<std::size_t>(at)]["reason"].asString(), std::string(reasons[at]));
        }
    }

    void matchesAreListedWithoutACase()
    {
        const CtlRunner ctl;
        writeLog(ctl);
        const Ran ran = ctl.run({"--json", "detect", "--stats", ctl.path("log.json")});
        VERIFY_STATUS(ran, 0);
        const QList<QByteArray> lines = ran.out.trimmed().split('\n');
        QVERIFY(lines.size() >= 3);
        for (const QByteArray& line : lines) {
            const auto match = json::parse(line.toStdString());
            QVERIFY2(match, line.constData());
            for (const char* name : {"rule", "title", "level", "author", "time"})
                QVERIFY2(match->has(name), line.constData());
            QVERIFY(match->has("record") || match->has("records"));
        }
        QVERIFY(ran.err.contains("events"));
        QVERIFY(!QFileInfo::exists(ctl.caseFolder()));
        const Ran none = ctl.run({"--json", "detect", "--no-builtin", ctl.path("log.json")});
        VERIFY_STATUS(none, 0);
        QVERIFY(none.out.trimmed().isEmpty());
    }

    void theScenarioIsPlayedByName()
    {
        const CtlRunner ctl;
        const Ran ran =
            ctl.run({"--json", "run", "--case", ctl.caseFolder(), "--replay", "--exercise", "service-account"});
        VERIFY_STATUS(ran, 0);
        QVERIFY(!ran.json()["incidents"].asArray().empty());
        VERIFY_STATUS(ctl.run({"run", "--case", ctl.path("b.cordon"), "--replay", "--exercise", "no-such-thing"}), 1);
    }
};

QTEST_GUILESS_MAIN(TestCordonctlChecks)
#include "tst_cordonctl_checks.moc"
