#include "core/govern/text_block.h"
#include "core/record/custody.h"
#include "tests/app/ctl_runner.h"
#include "tests/core/engine/case_fixture.h"

using namespace cordon;
using namespace cordon::tests;

namespace {

namespace fs = std::filesystem;

} // namespace

/// Exhibits, custody, handing over, erasure and the index, as people meet them on a terminal.
class TestCordonctlEvidence : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<CtlRunner> m_ctl;
    std::map<std::string, engine::PersonRow> m_people;

    void write(const QString& name, const QByteArray& bytes)
    {
        QFile file(m_ctl->path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write");
    }

    void prepare(const QStringList& more = {})
    {
        m_ctl = std::make_unique<CtlRunner>();
        SmallAttack::write(m_ctl->path("log.json").toStdString());
        const Ran ran = m_ctl->runJob({m_ctl->path("log.json")}, more);
        if (ran.status != 0)
            qFatal("%s", ran.told().constData());
        for (const engine::PersonRow& row :
             CaseFixture::must(engine::ExerciseParties::banner(record::exercisePath(m_ctl->caseFolder().toStdString()))))
            m_people[row.id] = row;
    }

    /// A command that a person signs with PIN and code. A code counts once, so each signing takes the next step of time.
    Ran signedBy(const std::string& person, const QStringList& arguments)
    {
        const auto secret = crypto::SecretBytes::copyOf(CaseFixture::must(crypto::fromBase32(m_people[person].totpSecret)));
        const std::string code = crypto::totpCode(secret, MachineClock().now().micros() / 30'000'000);
        return m_ctl->run(QStringList{"--json"} + arguments +
                              QStringList{"--as", QString::fromStdString(person), "--pin-fd", "3", "--totp-fd", "4"},
                          {m_people[person].pin, code});
    }

private slots:
    void aRemovedIndexIsMadeAnewByTheNextCommand()
    {
        prepare();
        const Ran before = m_ctl->run({"report", m_ctl->caseFolder(), "--format", "json"});
        const Ran verified = m_ctl->run({"verify", m_ctl->caseFolder()});
        VERIFY_STATUS(before, 0);
        for (const char* name : {"case.db", "case.db-wal", "case.db-shm"})
            QFile::remove(m_ctl->caseFolder() + "/" + name);
        const Ran after = m_ctl->run({"report", m_ctl->caseFolder(), "--format", "json"});
        VERIFY_STATUS(after, 0);
        QCOMPARE(after.out, before.out);
        QVERIFY2(after.err.contains("made anew"), after.err.constData());
        QCOMPARE(m_ctl->run({"verify", m_ctl->caseFolder()}).out, verified.out);

        const Ran again = m_ctl->run({"--json", "rebuild", m_ctl->caseFolder()});
        VERIFY_STATUS(again, 0);
        QCOMPARE(again.json()["events"].asInt(), std::int64_t(SmallAttack::events));
        QCOMPARE(m_ctl->run({"report", m_ctl->caseFolder(), "--format", "json"}).out, before.out);
        VERIFY_STATUS(m_ctl->run({"rebuild", m_ctl->path("nothing")}), 1);
    }

    void anExhibitIsNumberedSignedHeldAndCopiedOut()
    {
        prepare();
        const QByteArray picture = QByteArray("\x89PNG\r\n\x1a\n") + QByteArray(100'000, 'p');
        write("screen.png", picture);
        const Ran added = signedBy("user:analyst-a", {"exhibit", "add", m_ctl->caseFolder(), m_ctl->path("screen.png"),
                                                      "--note", "desk of the build team", "--hold"});
        VERIFY_STATUS(added, 0);
        QCOMPARE(added.json()["exhibit"].asString(), std::string("EX-0001"));
        const std::string receipt = added.json()["receipt"].asString();
        const std::string digest = added.json()["sha256"].asString();
        for (const std::string& part : {std::string("EX-0001"), digest, std::string("user:analyst-a"),
                                        std::string("desk of the build team"), std::string("legal hold  yes")})
            QVERIFY2(receipt.find(part) != std::string::npos, part.c_str());

        const Value list = m_ctl->run({"--json", "exhibit", "list", m_ctl->caseFolder()}).json();
        QCOMPARE(list.asArray().size(), std::size_t(1));
        QVERIFY(list.asArray().front()["hold"].asBool());
        VERIFY_STATUS(m_ctl->run({"exhibit", "export", m_ctl->caseFolder(), "EX-0001", m_ctl->path("copy.png")}), 0);
        QFile copy(m_ctl->path("copy.png"));
        QVERIFY(copy.open(QIODevice::ReadOnly));
        QCOMPARE(copy.readAll(), picture);
        VERIFY_STATUS(m_ctl->run({"exhibit", "export", m_ctl->caseFolder(), "EX-0001", m_ctl->path("copy.png")}), 1);

        // The ledger has the person's signature over exactly this file.
        CaseFixture::must(record::eachEntry(m_ctl->caseFolder().toStdString(), 0, [&](const LedgerEntry& entry) {
            if (entry.data["kind"].asString() != "exhibit")
                return true;
            [&] {
                QCOMPARE(entry.actor.id, std::string("user:analyst-a"));
                const std::string& order = entry.data["order"].asString();
                const auto block = govern::readTextBlock("cordon.command.v1", order);
                QVERIFY(block);
                QCOMPARE(block->content["args"]["digest"].asString(), digest);
            }();
            return false;
        }));
        VERIFY_STATUS(m_ctl->run({"verify", m_ctl->caseFolder()}), 0);
    }

    void evidenceIsHandedOverUnderBothSignatures()
    {
        prepare();
        write("disk.txt", "a disk image, say\n");
        VERIFY_STATUS(signedBy("user:analyst-a", {"exhibit", "add", m_ctl->caseFolder(), m_ctl->path("disk.txt"), "--note", "x"}), 0);
        const QStringList receive{"evidence", "receive", m_ctl->caseFolder(), "TR-0001", "--condition", "sealed, label whole"};
        VERIFY_STATUS(signedBy("user:commander-a", receive), 1); // nothing was handed over yet
    }

    void logsSayWhatTheyWereMadeOf()
    {
        prepare();
        const Value all = m_ctl->run({"--json", "evidence", "list", m_ctl->caseFolder()}).json();
        int logs = 0;
        for (const Value& item : all.asArray()) {
            if (item["kind"].asString() != "log")
                continue;
            ++logs;
            const Value& act = item["custody"].asArray().front();
            QCOMPARE(act["what"].asString(), std::string("collected"));
            QCOMPARE(act["method"].asString(), std::string("read from file"));
            QVERIFY(act["tool"].asString().starts_with("cordon "));
            QVERIFY(act["from"].asString().ends_with("log.json"));
        }
        QCOMPARE(logs, 1);
        const Ran custody = m_ctl->run({"evidence", "custody", m_ctl->caseFolder(), QString::fromStdString(all.asArray().front()["sha256"].asString()).left(12)});
        VERIFY_STATUS(custody, 0);
        QVERIFY(custody.out.contains("chain of custody"));
    }

    void encryptedEvidenceReadsAndVerifiesAndIsRefusedWithoutItsKey()
    {
        prepare({"--encrypt-evidence"});
        const Ran verified = m_ctl->run({"verify", m_ctl->caseFolder()});
        VERIFY_STATUS(verified, 0);
        const Ran report = m_ctl->run({"report", m_ctl->caseFolder(), "--format", "json"});
        QFile::remove(m_ctl->caseFolder() + "/case.db");
        QCOMPARE(m_ctl->run({"report", m_ctl->caseFolder(), "--format", "json"}).out, report.out);
        for (const auto& item : fs::directory_iterator(m_ctl->home().toStdString() + "/keys")) {
            if (item.path().extension() == ".evidence")
                fs::remove(item.path());
        }
        const Ran locked = m_ctl->run({"verify", m_ctl->caseFolder()});
        VERIFY_STATUS(locked, 0); // the stored bytes are those that were sealed
        QVERIFY2(locked.out.contains("encrypted and not read here"), locked.out.constData());
    }

    void aWrappedKeyThatIsGoneWithoutAnEntryIsTold()
    {
        prepare({"--encrypt-evidence"});
        for (const auto& item : fs::directory_iterator(m_ctl->caseFolder().toStdString() + "/evidence/keys")) {
            fs::remove(item.path());
            break;
        }
        const Ran verified = m_ctl->run({"verify", m_ctl->caseFolder()});
        VERIFY_STATUS(verified, 2);
        QVERIFY2(verified.out.contains("no entry says that it was erased"), verified.out.constData());
    }
};

QTEST_GUILESS_MAIN(TestCordonctlEvidence)
#include "tst_cordonctl_evidence.moc"
