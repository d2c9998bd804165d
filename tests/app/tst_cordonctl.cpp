#include "tests/app/ctl_runner.h"
#include "tests/core/engine/case_fixture.h"

using namespace cordon;
using namespace cordon::tests;

/// The contract of docs/formats/cli.md, kept by the built programs.
class TestCordonctl : public QObject
{
    Q_OBJECT

private:
    static std::vector<std::pair<Value, Value>> stepsOf(const Value& report) ///< incident and step
    {
        std::vector<std::pair<Value, Value>> all;
        for (const Value& incident : report["incidents"].asArray()) {
            for (const Value& step : incident["plan"]["steps"].asArray())
                all.emplace_back(incident, step);
        }
        return all;
    }

    static bool isOpen(const std::string& state, const std::string& tier, const Value& step)
    {
        return step["state"].asString() == state && step["tier"].asString() == tier;
    }

    static void writeLog(const CtlRunner& ctl) { SmallAttack::write(ctl.path("log.json").toStdString()); }

private slots:
    void initTestCase() { QVERIFY2(QFileInfo::exists(CtlRunner::program("cordonctl")), "cordonctl is not built"); }

    void realLogsBecomeContainedIncidents_data()
    {
        QTest::addColumn<QString>("folder");
        for (const char* name : {"invictus-2023-07-10", "stratus", "otrf"})
            QTest::newRow(name) << QString(name);
    }

    void realLogsBecomeContainedIncidents()
    {
        QFETCH(QString, folder);
        const QString logs = CtlRunner::shared(folder);
        if (logs.isEmpty())
            QSKIP("the shared data are not here");
        const CtlRunner ctl;
        const Ran ran = ctl.runJob({logs});
        VERIFY_STATUS(ran, 0);
        const Value report = ran.json();
        QVERIFY(report["exercise"].asBool());
        QVERIFY(!report["incidents"].asArray().empty());
        for (const Value& incident : report["incidents"].asArray()) {
            QVERIFY(!incident["plan"]["steps"].asArray().empty() || !incident["plan"]["note"].isNull());
            QVERIFY(!incident["story"].asArray().empty());
        }
        bool hasPrincipal = false;
        bool hasKey = false;
        for (const Value& entity : report["incidents"].asArray()[0]["entities"].asArray()) {
            const std::string& kind = entity["kind"].asString();
            hasPrincipal = hasPrincipal || kind == "account" || kind == "role";
            hasKey = hasKey || kind == "credential";
        }
        QVERIFY(hasPrincipal && hasKey);
        int contained = 0;
        int waiting = 0;
        for (const auto& [incident, step] : stepsOf(report)) {
            contained += isOpen("verified", "T1", step) && step["done_by"].asString() == "agent" ? 1 : 0;
            waiting += isOpen("awaiting_approval", "T2", step) || isOpen("awaiting_approval", "T3", step) ? 1 : 0;
            QVERIFY(step["state"].asString() != "verified" || step["tier"].asString() < "T2");
        }
        QVERIFY2(waiting > 0, "nothing waits for people");
        QVERIFY2(contained > 0 || folder == "otrf", "no T1 step was done"); // otrf: only a role, whose sessions are T2
        VERIFY_STATUS(ctl.run({"verify", ctl.caseFolder()}), 0);
    }

    void theReportHasTheKeysOfTheContract()
    {
        const CtlRunner ctl;
        writeLog(ctl);
        const Ran ran = ctl.runJob({ctl.path("log.json")});
        VERIFY_STATUS(ran, 0);
        const Value report = ran.json();
        const auto has = [](const Value& value, std::initializer_list<const char*> names) {
            for (const char* name : names) {
                if (!value.has(name))
                    qWarning("missing: %s", name);
            }
            return std::all_of(names.begin(), names.end(), [&](const char* name) { return value.has(name); });
        };
        QVERIFY(has(report, {"case", "events", "rejected", "alerts", "incidents", "ledger", "seconds"}));
        QVERIFY(has(report["ledger"], {"entries", "root", "checkpoints"}));
        const Value& alert = report["alerts"].asArray().at(0);
        QVERIFY(has(alert, {"id", "rule", "title", "level", "author", "time", "entities", "events"}));
        QVERIFY(has(alert["events"].asArray().at(0), {"evidence", "offset", "length"}));
        const Value& incident = report["incidents"].asArray().at(0);
        QVERIFY(has(incident, {"id", "title", "risk", "severity", "status", "first_seen", "last_seen", "techniques",
                               "entities", "alerts", "links", "story", "identity_changes", "residual_access", "plan"}));
        QVERIFY(has(incident["entities"].asArray().at(0), {"kind", "name", "role", "in_scope", "why"}));
        QVERIFY(has(incident["links"].asArray().at(0), {"from", "to", "reason", "weight", "events"}));
        QVERIFY(has(incident["story"].asArray().at(0), {"text", "cites"}));
        QVERIFY(has(incident["title"], {"code", "args", "text"}));
        bool hasAsked = false;
        for (const auto& [of, step] : stepsOf(report)) {
            QVERIFY(has(step, {"id", "action", "target", "tier", "lease_until", "state", "back", "preview"}));
            QVERIFY(has(step["target"], {"kind", "name"}));
            QVERIFY(has(step["decision"], {"effect", "clauses", "ledger"}));
            if (step["state"].asString() == "awaiting_approval") {
                hasAsked = true;
                QVERIFY(has(step["approval"], {"request", "needs", "approve_by", "execute_by"}));
            }
        }
        QVERIFY(hasAsked);
        QCOMPARE(ctl.run({"report", ctl.caseFolder(), "--format", "json"}).json()["incidents"], report["incidents"]);
    }

    void peopleReadTheSameWithoutJson()
    {
        const CtlRunner ctl;
        writeLog(ctl);
        const Ran ran =
            ctl.run({"run", "--case", ctl.caseFolder(), "--replay", "--exercise", "from-log", ctl.path("log.json")});
        VERIFY_STATUS(ran, 0);
        for (const char* word :
             {"EXERCISE", "INC-0001", SmallAttack::user, SmallAttack::newKey, "waits for 2 approvers", "AR-0001"})
            QVERIFY2(ran.out.contains(word), word);
        VERIFY_STATUS(ctl.run({"report", ctl.caseFolder(), "--format", "md"}), 0);
        VERIFY_STATUS(ctl.run({"report", ctl.caseFolder(), "--incident", "INC-0099"}), 1);
    }

    void aPathThatIsNotThereLeavesNoCase()
    {
        const CtlRunner ctl;
        writeLog(ctl);
        const Ran ran = ctl.runJob({ctl.path("log.json"), ctl.path("missing.json")});
        VERIFY_STATUS(ran, 1);
        QVERIFY2(ran.err.contains("missing.json: there is no such file or folder"), ran.told().constData());
        QVERIFY(!QFileInfo::exists(ctl.caseFolder()));
    }

    void theTextSaysWhatWasDroppedAndWhyThingsBelongTogether()
    {
        const CtlRunner ctl;
        writeLog(ctl);
        QVERIFY(QFile::copy(ctl.path("log.json"), ctl.path("again.json")));
        QFile again(ctl.path("again.json"));
        QVERIFY(again.open(QIODevice::Append) && again.write("\n") == 1); // a file of the same bytes would be known as it is
        again.close();
        const QStringList job{"run", "--case", ctl.caseFolder(), "--replay", "--exercise", "from-log", ctl.path("log.json")};
        const Ran first = ctl.run(job);
        VERIFY_STATUS(first, 0);
        QVERIFY(!first.out.contains("dropped as duplicates"));
        const Ran ran = ctl.run(job.mid(0, job.size() - 1) + QStringList{ctl.path("again.json")});
        VERIFY_STATUS(ran, 0);
        const std::int64_t records = ctl.run({"report", ctl.caseFolder(), "--format", "json"}).json()["events"].asInt();
        for (const QByteArray& word : {QByteArray::number(static_cast<qlonglong>(records)) + " records dropped as duplicates", QByteArray("alerts:\n    A-0"),
                                       QByteArray("why they belong together:")})
            QVERIFY2(ran.out.contains(word), (word + '\n' + ran.out).constData());
    }

    void oneFlippedBitIsFoundAndPlaced()
    {
        const CtlRunner ctl;
        writeLog(ctl);
        VERIFY_STATUS(ctl.runJob({ctl.path("log.json")}), 0);
        VERIFY_STATUS(ctl.run({"verify", ctl.caseFolder()}), 0);
        QFile ledger(ctl.caseFolder() + "/ledger/00000001.log");
        QVERIFY(ledger.open(QIODevice::ReadWrite));
        const QByteArray whole = ledger.readAll();
        for (const qsizetype place : {qsizetype(40), whole.size() / 3, whole.size() / 2, whole.size() - 5}) {
            for (const char mask : {char(1), char(64)}) {
                QByteArray bent = whole;
                bent[place] = static_cast<char>(bent[place] ^ mask);
                ledger.seek(0);
                ledger.write(bent);
                ledger.flush();
                const Ran ran = ctl.run({"--json", "verify", ctl.caseFolder()});
                VERIFY_STATUS(ran, 1);
                const std::string told = json::write(ran.json());
                QVERIFY2(told.find("byte") != std::string::npos || told.find("offset") != std::string::npos,
                         told.c_str());
            }
        }
        ledger.seek(0);
        ledger.write(whole);
        ledger.flush();
        VERIFY_STATUS(ctl.run({"verify", ctl.caseFolder()}), 0);
    }

    void oddInputIsToldAndTheCaseOpens_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("said");
        QTest::newRow("cut in the middle") << "cut" << 0 << "rejected";
        QTest::newRow("garbage") << "garbage" << 1 << "nothing usable";
        QTest::newRow("binary garbage") << "binary" << 1 << "nothing usable";
        QTest::newRow("an empty file") << "empty" << 0 << "no log records";
        QTest::newRow("an empty folder") << "folder" << 0 << "no log records";
        QTest::newRow("no permission") << "closed" << 1 << "closed.json";
    }

    void oddInputIsToldAndTheCaseOpens()
    {
        QFETCH(QString, kind);
        QFETCH(int, status);
        QFETCH(QString, said);
        const CtlRunner ctl;
        writeLog(ctl);
        QFile source(ctl.path("log.json"));
        QVERIFY(source.open(QIODevice::ReadOnly));
        const QByteArray whole = source.readAll();
        QByteArray bytes = kind == "cut" ? whole.left(whole.size() * 2 / 3) : kind == "closed" ? whole : QByteArray();
        if (kind == "garbage")
            bytes = QByteArray("this is not a log\n").repeated(500);
        for (int i = 0; kind == "binary" && i < 20'000; ++i)
            bytes += static_cast<char>(i * 197 + i / 7);
        const QString input = ctl.path(kind + (kind == "folder" ? "" : ".json"));
        if (kind == "folder") {
            QVERIFY(QDir().mkpath(input));
        } else {
            QFile file(input);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(bytes);
            file.close();
            if (kind == "closed") {
                file.setPermissions(QFileDevice::Permissions());
                if (::access(QFile::encodeName(input).constData(), R_OK) == 0)
                    QSKIP("this user reads what nobody may read");
            }
        }
        const Ran ran = ctl.runJob({input});
        VERIFY_STATUS(ran, status);
        QVERIFY2(ran.err.contains(said.toUtf8()), ran.told().constData());
        QVERIFY2(ran.json().has("incidents"), ran.told().constData());
        if (kind == "cut")
            QVERIFY(ran.json()["events"].asInt() > 10 && ran.json()["rejected"].asInt() > 0);
        VERIFY_STATUS(ctl.run({"verify", ctl.caseFolder()}), 0);
        VERIFY_STATUS(ctl.run({"report", ctl.caseFolder()}), 0);
        VERIFY_STATUS(ctl.runJob({ctl.path("log.json")}), 0); // the case goes on with a good log
    }

    void strictSaysThatSomeInputWasRejected()
    {
        const CtlRunner ctl;
        writeLog(ctl);
        QVERIFY(QFile::resize(ctl.path("log.json"), QFileInfo(ctl.path("log.json")).size() / 2));
        VERIFY_STATUS(ctl.runJob({ctl.path("log.json")}, {"--strict"}), 2);
    }

    void wrongUseIsTold_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("nothing") << QStringList{};
        QTest::newRow("unknown command") << QStringList{"explode"};
        QTest::newRow("run without a case") << QStringList{"run", "x.json"};
        QTest::newRow("run without logs") << QStringList{"run", "--case", "CASE"};
        QTest::newRow("exercise and connect")
            << QStringList{"run", "--case", "CASE", "--exercise", "from-log", "--connect", "x", "y"};
        QTest::newRow("now and replay") << QStringList{"run",      "--case", "CASE", "--now", "2026-01-01T00:00:00Z",
                                                       "--replay", "y"};
        QTest::newRow("why without a number") << QStringList{"why", "CASE", "first"};
        QTest::newRow("a report in a format that there is not") << QStringList{"report", "CASE", "--format", "docx"};
        QTest::newRow("a step by a verb that there is not") << QStringList{"step", "add", "CASE", "INC-0001", "--verb", "nosuch", "--target", "role:x",
                                                                            "--why", "w", "--as", "user:analyst-a"};
        QTest::newRow("approve without a name") << QStringList{"approve", "CASE", "AR-0001"};
    }

    void wrongUseIsTold()
    {
        QFETCH(QStringList, arguments);
        const CtlRunner ctl;
        arguments.replaceInStrings("CASE", ctl.caseFolder());
        const Ran ran = ctl.run(arguments);
        VERIFY_STATUS(ran, 64);
        QVERIFY(!ran.err.isEmpty() && ran.out.isEmpty());
        if (arguments.contains("nosuch"))
            QVERIFY2(ran.err.contains("session.revoke"), ran.told().constData()); // which there are
    }

    void helpAndVersionAreNoErrors()
    {
        const CtlRunner ctl;
        const Ran help = ctl.run({"--help"});
        VERIFY_STATUS(help, 0);
        for (const char* group : {"Logs and rules:", "Deciding:", "The record:"})
            QVERIFY2(help.out.contains(group), help.told().constData());
        QVERIFY2(!help.out.contains("\nSubcommands:"), help.told().constData()); // each command stands with its like
        const Ran version = ctl.run({"--version"});
        VERIFY_STATUS(version, 0);
        QCOMPARE(version.out.trimmed(), QByteArray("0.1.0"));
    }

    void aCaseThatIsNoneIsTold()
    {
        const CtlRunner ctl;
        for (const QStringList& arguments :
             {QStringList{"report", ctl.path("none")}, QStringList{"why", ctl.path("none"), "1"},
              QStringList{"verify", ctl.path("none")},
              QStringList{"undo", ctl.path("none"), "INC-0001/S1", "--as", "user:x"}}) {
            const Ran ran = ctl.run(arguments);
            QVERIFY2(ran.status == 1 || ran.status == 3, ran.told().constData());
            QVERIFY(!ran.err.isEmpty() || !ran.out.isEmpty());
        }
    }
};

QTEST_GUILESS_MAIN(TestCordonctl)
#include "tst_cordonctl.moc"
