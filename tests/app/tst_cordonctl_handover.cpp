#include "core/record/case_folder.h"
#include "core/record/index_file.h"
#include "core/record/ledger_reader.h"
#include "core/record/tlog_proof.h"
#include "core/store/database.h"
#include "tests/app/ctl_runner.h"

#include <QCryptographicHash>
#include <QDir>

#include <csignal>

using namespace cordon;
using namespace cordon::tests;

/// What leaves the house: sealed cases and exports, made and read by the program itself.
class TestCordonctlHandover : public QObject
{
    Q_OBJECT

private:
    CtlRunner m_ctl;
    QString m_sealed;
    QString m_key;

    static void verifyStatus(const Ran& ran, int status)
    {
        QVERIFY2(ran.status == status, ran.told().constData());
    }

    static QByteArray digestOf(const QString& path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? QCryptographicHash::hash(file.readAll(), QCryptographicHash::Sha256) : QByteArray();
    }

    static std::int64_t decisionOf(const Value& report)
    {
        for (const Value& step : report["incidents"].asArray()[0]["plan"]["steps"].asArray()) {
            if (step["state"].asString() == "verified")
                return step["decision"]["ledger"].asInt();
        }
        return -1;
    }

private slots:
    void initTestCase()
    {
        m_sealed = m_ctl.path("a.cordonz");
        const Ran ran = m_ctl.run({"run", "--case", m_ctl.caseFolder(), "--replay", "--exercise", "service-account"});
        QVERIFY2(ran.status == 0, ran.told().constData());
        const Ran sealing =
            m_ctl.run({"seal", m_ctl.caseFolder(), m_sealed, "--by", "user:analyst-a", "--json"});
        QVERIFY2(sealing.status == 0, sealing.told().constData());
        m_key = QString::fromStdString(sealing.json()["key"].asString());
        QVERIFY(m_key.startsWith("ed25519:"));
        QVERIFY(sealing.json()["noted"].asBool());
    }

    void aSealedCaseAnswersLikeItsFolderOnAMachineThatKnowsOnlyTheKey()
    {
        const CtlRunner stranger;
        const Ran verdict = stranger.run({"verify", m_sealed, "--key", m_key, "--json"});
        verifyStatus(verdict, 0);
        QCOMPARE(verdict.json()["result"].asString(), std::string("ok"));
        QCOMPARE(verdict.json()["seal"]["sealed_by"].asString(), std::string("user:analyst-a"));
        const Value folder = m_ctl.run({"report", m_ctl.caseFolder(), "--json"}).json();
        const Value sealed = stranger.run({"report", m_sealed, "--json"}).json();
        QVERIFY(!folder["incidents"].asArray().empty());
        QVERIFY(folder["incidents"] == sealed["incidents"]);
        QVERIFY(folder["alerts"] == sealed["alerts"]);
        QVERIFY(folder["ledger"]["root"] == sealed["ledger"]["root"]);
        const QByteArray why = m_ctl.run({"why", m_ctl.caseFolder(), "9"}).out;
        QVERIFY(!why.isEmpty());
        QCOMPARE(stranger.run({"why", m_sealed, "9"}).out, why);
        // Without a number all are listed, each with the number that it is asked by.
        const QList<QByteArray> listed = m_ctl.run({"why", m_ctl.caseFolder()}).out.trimmed().split('\n');
        QVERIFY(listed.size() > 9 && listed.at(0).startsWith("0  ") && listed.at(9).startsWith("9  "));
        const QList<QByteArray> ofOne = m_ctl.run({"why", m_ctl.caseFolder(), "--incident", "INC-0001"}).out.trimmed().split('\n');
        QVERIFY(!ofOne.isEmpty() && ofOne.size() < listed.size());
        QVERIFY(std::all_of(ofOne.begin(), ofOne.end(), [](const QByteArray& line) { return line.contains("INC-0001"); }));
        QCOMPARE(QDir(stranger.home()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot), QStringList());
    }

    void withoutTheKeyItCannotTellAndAnotherIsSaidToBeAnother()
    {
        const CtlRunner stranger;
        verifyStatus(stranger.run({"verify", m_sealed}), 3);
        const Ran other = stranger.run({"verify", m_sealed, "--key", "ed25519:" + QString(QByteArray(32, 'k').toBase64())});
        verifyStatus(other, 3);
        QVERIFY2(other.out.contains("the key is another: either this is not the case you think or the key is wrong") && !other.out.contains("TAMPERED"),
                 other.out.constData());
        verifyStatus(stranger.run({"verify", m_sealed, "--key", ""}), 64);
        verifyStatus(stranger.run({"report", m_sealed, "--key", ""}), 64);
    }

    void nothingCanBeDoneToASealedCase()
    {
        const QByteArray before = QByteArray::number(QFileInfo(m_sealed).size());
        for (const QStringList& arguments :
             {QStringList{"undo", m_sealed, "INC-0001/S1", "--as", "user:a"},
              QStringList{"run", "--case", m_sealed, "--replay", m_sealed},
              QStringList{"note", m_sealed, "INC-0001", "--text", "x", "--as", "user:a"},
              QStringList{"seal", m_sealed, m_ctl.path("again.cordonz")},
              QStringList{"seal", m_ctl.caseFolder(), m_sealed}}) {
            const Ran ran = m_ctl.run(arguments);
            QVERIFY2(ran.status != 0 && ran.status != -1, ran.told().constData());
        }
        QCOMPARE(QByteArray::number(QFileInfo(m_sealed).size()), before);
        verifyStatus(m_ctl.run({"verify", m_sealed}), 0);
    }

    void aSealedIncidentHoldsItsOwnAndProvesIt()
    {
        const QString part = m_ctl.path("part.cordonz");
        const QString sheet = m_ctl.path("sheet.html");
        const Ran sealing = m_ctl.run({"seal", m_ctl.caseFolder(), part, "--incident", "INC-0003", "--sheet", sheet, "--json"});
        verifyStatus(sealing, 0);
        QVERIFY(QFileInfo(part).size() < QFileInfo(m_sealed).size());
        QCOMPARE(sealing.json()["redactions"].asArray().size(), std::size_t{3});
        const CtlRunner stranger;
        const Ran verdict = stranger.run({"verify", part, "--key", m_key, "--json"});
        verifyStatus(verdict, 0);
        QVERIFY(verdict.json()["entries"].asInt() > 5);
        QVERIFY(verdict.json()["entries"].asInt() < sealing.json()["entries"].asInt());
        verifyStatus(stranger.run({"verify", part}), 3);
        const Value whole = m_ctl.run({"report", m_ctl.caseFolder(), "--incident", "INC-0003", "--json"}).json();
        const Value narrow = stranger.run({"report", part, "--json"}).json();
        QCOMPARE(narrow["incidents"].asArray().size(), std::size_t{1});
        QVERIFY(narrow["incidents"].asArray()[0] == whole["incidents"].asArray()[0]);
        QVERIFY(narrow["events"].asInt() > 10 && narrow["events"].asInt() < whole["events"].asInt() / 2);
        for (const char* format : {"html", "timesketch", "stix", "ocsf", "cacao"})
            verifyStatus(stranger.run({"report", part, "--format", format, "--no-verify"}), 0);
        const std::int64_t seq = decisionOf(whole);
        const QString entry = QString::number(seq);
        QCOMPARE(stranger.run({"why", part, entry}).out, m_ctl.run({"why", m_ctl.caseFolder(), entry}).out);
        QFile page(sheet);
        QVERIFY(page.open(QIODevice::ReadOnly));
        const QByteArray text = page.readAll();
        QVERIFY(text.contains(QByteArray::fromStdString(sealing.json()["file_sha256"].asString())));
        QVERIFY(text.contains("<svg") && text.contains("EXERCISE") && !text.contains("<script"));
        verifyStatus(m_ctl.run({"seal", m_ctl.caseFolder(), m_ctl.path("none.cordonz"), "--incident", "INC-0099"}), 1);
        QVERIFY(!QFileInfo::exists(m_ctl.path("none.cordonz")));
    }

    // Pages and rows that another hand put into the index reach neither a report nor a seal.
    void aForgedIndexReachesNoReport()
    {
        namespace fs = std::filesystem;
        const fs::path forged = m_ctl.path("forged.cordon").toStdString();
        const auto ranOn = [&](const char* forgery, const QStringList& arguments) {
            fs::remove_all(forged);
            fs::copy(m_ctl.caseFolder().toStdString(), forged, fs::copy_options::recursive);
            fs::remove(forged / "case.db.sum"); // as after a crash: only the ledger can tell
            auto database = store::Database::open(record::databasePath(forged), store::Database::Mode::ReadWrite);
            if (!database || !database->execute(forgery))
                qFatal("the index could not be forged");
            return m_ctl.run(arguments);
        };
        const QString folder = QString::fromStdString(forged.string());
        const char* page = "UPDATE incidents SET body = replace(body, 'svc-deploy-ci', 'innocent-bob')";
        const char* row = "UPDATE ledger_index SET actor = 'user:innocent' WHERE seq = 9";
        const char* line = "UPDATE documents SET body = replace(body, 'svc-deploy-ci', 'innocent-bob') WHERE kind = 'incident_row'";
        for (const char* forgery : {page, row, line}) {
            // Reports make the index anew first, and say so.
            for (const QStringList& format : {QStringList{}, QStringList{"--format", "html"}, QStringList{"--format", "stix"}}) {
                const Ran ran = ranOn(forgery, QStringList{"report", folder} + format);
                verifyStatus(ran, 0);
                QVERIFY2(ran.err.contains("case.db"), ran.err.constData());
                QVERIFY2(ran.out.contains("svc-deploy-ci") && !ran.out.contains("innocent"), ran.out.constData());
            }
            const Ran sealing = ranOn(forgery, {"seal", folder, m_ctl.path("forged.cordonz")});
            QVERIFY2(sealing.status == 1 && sealing.err.contains("another hand"), sealing.told().constData());
            QVERIFY(!QFileInfo::exists(m_ctl.path("forged.cordonz")));
        }
    }

    void whoReadsASealedFileIsToldThatItIsNotVerified()
    {
        const CtlRunner stranger;
        const Ran unknown = stranger.run({"report", m_sealed});
        verifyStatus(unknown, 0);
        QVERIFY(unknown.err.contains("not verified") && unknown.err.contains("SHA256:"));
        QVERIFY(m_ctl.run({"report", m_sealed}).err.isEmpty());
        // Who was told the key needs no other proof of it; by another one nothing is shown.
        QFile genesis(m_ctl.home() + "/pinned/" + QDir(m_ctl.home() + "/pinned").entryList({"*.pub"}).front());
        QVERIFY(genesis.open(QIODevice::ReadOnly));
        const QString key = QString::fromLatin1(genesis.readAll()).trimmed();
        const Ran told = stranger.run({"report", m_sealed, "--key", key});
        verifyStatus(told, 0);
        QVERIFY2(told.err.isEmpty(), told.err.constData());
        const Ran page = stranger.run({"report", m_sealed, "--format", "html", "--key", key});
        QVERIFY2(page.out.contains("(pinned: yes)") && !page.out.contains("UNVERIFIABLE"), page.err.constData());
        QVERIFY(stranger.run({"report", m_sealed, "--format", "html"}).out.contains("UNVERIFIABLE"));
        const Ran wrong = stranger.run({"report", m_sealed, "--key", "ed25519:" + QByteArray(32, 'k').toBase64()});
        QVERIFY2(wrong.status != 0 && wrong.out.isEmpty() && wrong.err.contains("another key"), wrong.told().constData());
        QVERIFY(stranger.run({"report", m_sealed, "--key", "none"}).status != 0);
        // Of another key than the one that is known here nothing is shown.
        const QString pinned = stranger.home() + "/pinned";
        QVERIFY(QDir().mkpath(pinned));
        for (const QString& name : QDir(m_ctl.home() + "/pinned").entryList({"*.pub"})) {
            QFile file(pinned + "/" + name);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write("ed25519:" + QByteArray(32, 'k').toBase64() + "\n");
        }
        for (const QStringList& arguments : {QStringList{"report", m_sealed}, QStringList{"why", m_sealed, "9"}}) {
            const Ran other = stranger.run(arguments);
            verifyStatus(other, 3);
            QVERIFY2(other.out.isEmpty() && other.err.contains("another key"), other.told().constData());
        }
    }

    void aReportIsThereWholeOrNotAtAll()
    {
        const QString out = m_ctl.path("kept.md");
        QFile before(out);
        QVERIFY(before.open(QIODevice::WriteOnly));
        before.write("what was there");
        before.close();
        verifyStatus(m_ctl.run({"report", m_ctl.caseFolder(), "--format", "md", "--incident", "INC-0099", "--out", out}), 1);
        QVERIFY(before.open(QIODevice::ReadOnly));
        QCOMPARE(before.readAll(), QByteArray("what was there"));
        before.close();
        verifyStatus(m_ctl.run({"report", m_ctl.caseFolder(), "--format", "md", "--out", out}), 0);
        QVERIFY(before.open(QIODevice::ReadOnly));
        QVERIFY(before.readAll().startsWith("# Case"));
        QVERIFY(QDir(QFileInfo(out).path()).entryList({"*.part*"}).isEmpty());
    }

    // A terminal's Ctrl-C: nothing is left under the name, and the case goes on.
    void anInterruptedSealingLeavesNothing()
    {
        QProcess process;
        const QString out = m_ctl.path("stopped.cordonz");
        m_ctl.prepare(process, {"seal", m_ctl.caseFolder(), out});
        process.setChildProcessModifier([] { // it is there before the program runs, and is taken as soon as it looks
            sigset_t blocked;
            sigemptyset(&blocked);
            sigaddset(&blocked, SIGINT);
            sigprocmask(SIG_BLOCK, &blocked, nullptr);
            ::raise(SIGINT);
        });
        process.start();
        QVERIFY(process.waitForFinished(50'000));
        if (process.exitCode() == 2) { // it may have been done first
            QVERIFY(!QFileInfo::exists(out));
            QVERIFY(process.readAllStandardError().contains("stopped"));
        } else {
            QCOMPARE(process.exitCode(), 0);
        }
        QVERIFY(QDir(QFileInfo(out).path()).entryList({".*sealing*", ".index-*"}, QDir::Files | QDir::Hidden).isEmpty());
        verifyStatus(m_ctl.run({"verify", m_ctl.caseFolder()}), 0);
    }

    void sealingAndAnotherLogKeyLeaveARehearsedCaseWhereItStood()
    {
        const CtlRunner ctl;
        const auto voided = [&] {
            int count = 0;
            (void)record::eachEntry(ctl.caseFolder().toStdString(), 0, [&](const LedgerEntry& entry) {
                count += entry.type == "approval.void" || entry.type == "approval.ended" ? 1 : 0;
                return true;
            });
            return count;
        };
        verifyStatus(ctl.run({"run", "--case", ctl.caseFolder(), "--replay", "--exercise", "service-account"}), 0);
        verifyStatus(ctl.run({"seal", ctl.caseFolder(), ctl.path("a.cordonz")}), 0);
        verifyStatus(ctl.run({"keys", ctl.caseFolder(), "--new-epoch"}), 0);
        const Ran asked = ctl.run({"request", ctl.caseFolder(), "AR-0001"}); // opens the case, and its clock goes on
        verifyStatus(asked, 0);
        QVERIFY(!asked.out.isEmpty());
        QCOMPARE(voided(), 0);
    }

    void whatRanOutIsClosedByWhoeverOpensTheCase()
    {
        const CtlRunner ctl;
        for (const char* now : {"2026-11-21T14:00:00Z", "2026-11-21T16:00:00Z"}) // two hours later nobody had answered
            verifyStatus(ctl.run({"run", "--case", ctl.caseFolder(), "--exercise", "service-account", "--now", now}), 0);
        const Ran late = ctl.run({"approve", ctl.caseFolder(), "AR-0001", "--as", "user:commander-a"});
        verifyStatus(late, 1);
        QVERIFY2(late.err.contains("request_"), late.err.constData());
        const Value report = ctl.run({"report", ctl.caseFolder(), "--json"}).json();
        for (const Value& incident : report["incidents"].asArray()) {
            for (const Value& step : incident["plan"]["steps"].asArray())
                QVERIFY(step["approval"]["request"].asString() != "AR-0001" || step["state"].asString() != "awaiting_approval");
        }
    }

    void aSealedCaseIsGoneThroughAgainWithoutBeingChanged()
    {
        const QByteArray before = digestOf(m_sealed);
        const QString scratch = m_ctl.path("scratch");
        QVERIFY(QDir().mkpath(scratch));
        const CtlRunner stranger;
        const Ran same = stranger.run({"replay", m_sealed, "--scratch", scratch, "--json"});
        verifyStatus(same, 0);
        const Value alerts = same.json()["alerts"];
        QVERIFY2(alerts["new"].asArray().empty() && alerts["gone"].asArray().empty(), same.told().constData());
        QVERIFY(alerts["same"].asInt() > 5);
        QVERIFY(same.json()["incidents"]["gone"].asArray().empty());
        QFile rule(m_ctl.path("rule.yml"));
        QVERIFY(rule.open(QIODevice::WriteOnly));
        rule.write("title: Every identity listing\nid: 6f8b1e0a-6d0e-4a51-9a6a-0d2f4b7c9e11\nlogsource: {product: aws, service: cloudtrail}\n"
                   "detection: {a: {eventName: ListUsers}, condition: a}\nlevel: low\n");
        rule.close();
        const Ran other = stranger.run({"replay", m_sealed, "--no-builtin", "--rules", rule.fileName(), "--scratch", scratch, "--json"});
        verifyStatus(other, 0);
        QCOMPARE(other.json()["alerts"]["same"].asInt(), std::int64_t{0});
        QCOMPARE(std::int64_t(other.json()["alerts"]["gone"].asArray().size()), alerts["same"].asInt());
        QVERIFY(!other.json()["alerts"]["new"].asArray().empty());
        QCOMPARE(QDir(scratch).entryList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden), QStringList());
        QCOMPARE(digestOf(m_sealed), before);
    }

    void aReviewersNotesAreAFileOfTheirOwnForThisStateAlone()
    {
        const QString notes = m_ctl.path("a.cordonnotes");
        for (const char* name : {"one.key", "two.key"}) {
            QFile key(m_ctl.path(name));
            QVERIFY(key.open(QIODevice::WriteOnly));
            key.write(QByteArray(64, name[0] == 'o' ? '1' : '2'));
        }
        const QStringList add{"review", m_sealed, notes, "--text", "seen\u202e", "--as", "reviewer-a", "--seq", "9", "--key", m_ctl.path("one.key")};
        verifyStatus(m_ctl.run(add), 0);
        verifyStatus(m_ctl.run(add), 0);
        const CtlRunner stranger;
        const Ran shown = stranger.run({"review", m_sealed, notes, "--json"});
        verifyStatus(shown, 0);
        QCOMPARE(shown.json()["remarks"].asArray().size(), std::size_t{2});
        QVERIFY(!stranger.run({"review", m_sealed, notes}).out.contains("\u202e"));
        QStringList others = add;
        others.back() = m_ctl.path("two.key");
        verifyStatus(m_ctl.run(others), 1);
        const QString later = m_ctl.path("later.cordonz");
        verifyStatus(m_ctl.run({"seal", m_ctl.caseFolder(), later}), 0);
        verifyStatus(m_ctl.run({"review", later, notes}), 1);
        QFile file(notes);
        QVERIFY(file.open(QIODevice::ReadWrite));
        QByteArray bytes = file.readAll();
        bytes.replace("seen", "been");
        file.seek(0);
        file.write(bytes);
        file.close();
        verifyStatus(m_ctl.run({"review", m_sealed, notes}), 1);
    }

    void anEntrysProofConvincesWithoutTheCase()
    {
        const Ran given = m_ctl.run({"export", m_sealed, "--proof", "9"});
        verifyStatus(given, 0);
        std::string entry;
        QVERIFY(record::eachEntryBytes(m_ctl.caseFolder().toStdString(), [&](std::string_view bytes, const LedgerEntry& found) {
            if (found.seq == 9)
                entry = bytes;
            return true;
        }));
        const auto key = crypto::PublicKey::parse(m_key.toStdString()).value();
        const auto proven = record::readTlogProof(given.out.toStdString(), key);
        QVERIFY2(proven, proven ? "" : proven.error().detail.c_str());
        QCOMPARE(proven->entry, entry);
        QVERIFY(!record::readTlogProof(given.out.toStdString(), crypto::SigningKey::generate().publicKey()));
        verifyStatus(m_ctl.run({"export", m_sealed, "--proof", "99999"}), 1);
    }

    void itsNameMustSayWhatItIs()
    {
        verifyStatus(m_ctl.run({"seal", m_ctl.caseFolder(), m_ctl.path("b.zip")}), 1);
        verifyStatus(m_ctl.run({"seal", m_ctl.path("none"), m_ctl.path("b.cordonz")}), 1);
    }
};

QTEST_GUILESS_MAIN(TestCordonctlHandover)
#include "tst_cordonctl_handover.moc"
