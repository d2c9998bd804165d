#include "core/engine/evidence_copies.h"
#include "core/govern/text_block.h"
#include "core/record/case_folder.h"
#include "core/record/case_queries.h"
#include "core/record/custody.h"
#include "core/record/sealed_case.h"
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

    /// Digest of the log that the case was made of.
    [[nodiscard]] QString logDigest() const
    {
        const Value all = m_ctl->run({"--json", "evidence", "list", m_ctl->caseFolder()}).json();
        for (const Value& item : all.asArray()) {
            if (item["kind"].asString() == "log")
                return QString::fromStdString(item["sha256"].asString());
        }
        return {};
    }

    /// A command that a person signs with PIN and code. A code counts once, so each signing takes the next step of time.
    /// @param passphrase  of the case's evidence key
    Ran signedBy(const std::string& person, const QStringList& arguments, const std::string& passphrase = {})
    {
        const auto secret = crypto::SecretBytes::copyOf(CaseFixture::must(crypto::fromBase32(m_people[person].totpSecret)));
        const std::string code = crypto::totpCode(secret, MachineClock().now().micros() / 30'000'000);
        std::vector<std::string> secrets{m_people[person].pin, code};
        QStringList before{"--json"};
        if (!passphrase.empty()) {
            secrets.push_back(passphrase);
            before << "--evidence-passphrase-fd" << "5";
        }
        return m_ctl->run(before + arguments + QStringList{"--as", QString::fromStdString(person), "--pin-fd", "3", "--totp-fd", "4"},
                          secrets);
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
        const auto objects = [&] { // what lies in the vault
            const fs::recursive_directory_iterator all(m_ctl->caseFolder().toStdString() + "/evidence/sha256");
            return std::count_if(begin(all), end(all), [](const fs::directory_entry& one) { return one.is_regular_file(); });
        };
        const auto before = objects();
        QVERIFY(m_ctl->run({"exhibit", "add", m_ctl->caseFolder(), m_ctl->path("screen.png"), "--note", "x", "--as", "user:commander-b",
                            "--pin-fd", "3", "--totp-fd", "4"}, {"not the PIN", "000000"}).status != 0);
        QCOMPARE(objects(), before); // nobody signed for it
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

    /// A code counts once, so each of them signs once.
    void evidenceIsHandedOverUnderBothSignatures()
    {
        prepare();
        const QStringList receive{"evidence", "receive", m_ctl->caseFolder(), "TR-0001", "--condition", "sealed, label whole"};
        VERIFY_STATUS(signedBy("user:commander-a", receive), 1); // nothing was handed over yet
        const QString log = logDigest();
        VERIFY_STATUS(signedBy("user:analyst-a", {"evidence", "transfer", m_ctl->caseFolder(), log, "--to", "user:commander-b",
                                                  "--purpose", "examination"}), 0);
        VERIFY_STATUS(signedBy("user:commander-b", receive), 0);
        const Ran custody = m_ctl->run({"evidence", "custody", m_ctl->caseFolder(), log});
        QVERIFY2(custody.out.contains("transferred by user:analyst-a to user:commander-b: examination"), custody.told().constData());
        QVERIFY2(custody.out.contains("received by user:commander-b from user:analyst-a: sealed, label whole"), custody.told().constData());
        const Ran verified = m_ctl->run({"verify", m_ctl->caseFolder()});
        VERIFY_STATUS(verified, 0);
        QVERIFY2(verified.out.contains("2 acts of people signed OK, transfers received 1/1"), verified.out.constData());
    }

    void aPassphraseOpensTheEvidenceKeyAndNothingElseDoes()
    {
        m_ctl = std::make_unique<CtlRunner>();
        SmallAttack::write(m_ctl->path("log.json").toStdString());
        const Ran ran = m_ctl->run({"--evidence-passphrase-fd", "3", "run", "--case", m_ctl->caseFolder(), "--replay", "--exercise",
                                    "from-log", "--encrypt-evidence", "--json", m_ctl->path("log.json")}, {"eight words of my own"});
        VERIFY_STATUS(ran, 0);
        for (const engine::PersonRow& row :
             CaseFixture::must(engine::ExerciseParties::banner(record::exercisePath(m_ctl->caseFolder().toStdString()))))
            m_people[row.id] = row;
        for (const auto& item : fs::directory_iterator(m_ctl->home().toStdString() + "/keys")) {
            if (item.path().extension() == ".evidence")
                QVERIFY(CaseFixture::must(platform::readFile(item.path())).starts_with('{')); // under the passphrase
        }
        VERIFY_STATUS(m_ctl->run({"verify", m_ctl->caseFolder()}), 0); // the stored bytes need no key
        const QString log = logDigest();
        const QStringList copy{"evidence", "export", m_ctl->caseFolder(), log, m_ctl->path("copy.json")};
        QVERIFY(m_ctl->run(copy).status != 0);
        QVERIFY(m_ctl->run(QStringList{"--evidence-passphrase-fd", "3"} + copy, {"another one"}).status != 0);
        QVERIFY(!QFile::exists(m_ctl->path("copy.json")));
        VERIFY_STATUS(m_ctl->run(QStringList{"--evidence-passphrase-fd", "3"} + copy, {"eight words of my own"}), 0);
        QFile original(m_ctl->path("log.json"));
        QFile copied(m_ctl->path("copy.json"));
        QVERIFY(original.open(QIODevice::ReadOnly) && copied.open(QIODevice::ReadOnly));
        QCOMPARE(copied.readAll(), original.readAll());
        write("disk.txt", "a disk image, say\n");
        const QStringList add{"exhibit", "add", m_ctl->caseFolder(), m_ctl->path("disk.txt"), "--note", "x"};
        QVERIFY(signedBy("user:analyst-a", add).status != 0); // it would lie there in plain
        VERIFY_STATUS(signedBy("user:commander-a", add, "eight words of my own"), 0);
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

    void encryptedEvidenceIsHandedOverWithItsWrappedKeys()
    {
        prepare({"--encrypt-evidence"});
        write("private.txt", "what must go\n");
        VERIFY_STATUS(signedBy("user:analyst-a", {"exhibit", "add", m_ctl->caseFolder(), m_ctl->path("private.txt"), "--note", "x"}), 0);
        const Ran erased = signedBy("user:commander-a", {"evidence", "erase", m_ctl->caseFolder(), "EX-0001", "--purpose", "asked by its owner"});
        VERIFY_STATUS(erased, 0);
        const QString whole = m_ctl->path("whole.cordonz");
        const QString part = m_ctl->path("part.cordonz");
        const Ran sealing = m_ctl->run({"--json", "seal", m_ctl->caseFolder(), whole});
        VERIFY_STATUS(sealing, 0);
        VERIFY_STATUS(m_ctl->run({"--json", "seal", m_ctl->caseFolder(), part, "--incident", "INC-0001"}), 0);

        // A stranger sees every changed byte, and reads none; whoever has the case key reads all but what was erased.
        const QString key = QString::fromStdString(sealing.json()["key"].asString());
        const CtlRunner stranger;
        const CtlRunner trusted;
        for (const auto& item : fs::directory_iterator(m_ctl->home().toStdString() + "/keys")) {
            if (item.path().extension() != ".evidence")
                continue;
            fs::create_directories(trusted.home().toStdString() + "/keys");
            fs::copy_file(item.path(), trusted.home().toStdString() + "/keys/" + item.path().filename().string());
        }
        for (const QString& file : {whole, part}) {
            const Ran locked = stranger.run({"verify", file, "--key", key});
            VERIFY_STATUS(locked, 0);
            const Ran open = trusted.run({"verify", file, "--key", key});
            VERIFY_STATUS(open, 0);
            QVERIFY2(!open.out.contains("not read here"), open.out.constData());
            QCOMPARE(locked.out.contains("erased lawfully 1"), file == whole);

            const auto sealed = CaseFixture::must(record::SealedCase::open(file.toStdString()));
            const auto index = CaseFixture::must(record::CaseIndexReader::open(record::databasePath(sealed->path())));
            const auto cite = CaseFixture::must(index->queries().events({}, 0, 1)).front().cite;
            const auto own = CaseFixture::must(engine::vaultOf(m_ctl->caseFolder().toStdString(), m_ctl->home().toStdString()));
            const std::string record = CaseFixture::must(own.read(cite));
            QVERIFY(record.size() > 20);
            QVERIFY(CaseFixture::must(engine::vaultOf(sealed->path(), trusted.home().toStdString())).read(cite).value() == record);
            QVERIFY(CaseFixture::must(engine::vaultOf(sealed->path(), stranger.home().toStdString())).read(cite).error().code == ErrorCode::Denied);
            QFile bytes(file);
            QVERIFY(bytes.open(QIODevice::ReadOnly));
            QVERIFY(!bytes.readAll().contains(QByteArray::fromStdString(record)));
        }
        // The second verifier says the same.
        QProcess python;
        m_ctl->prepare(python, {QStringLiteral(CORDON_SOURCE_DIR "/tools/verify_ledger.py"), part, "--key", key});
        python.setProgram("python3");
        python.start();
        QVERIFY(python.waitForFinished());
        QVERIFY2(python.exitCode() == 0, python.readAllStandardOutput().constData());
    }

    void withoutTheCaseKeyNoRecordsAreCutOutOfEncryptedLogs()
    {
        prepare({"--encrypt-evidence"});
        for (const auto& item : fs::directory_iterator(m_ctl->home().toStdString() + "/keys")) {
            if (item.path().extension() == ".evidence")
                fs::remove(item.path());
        }
        const Ran refused = m_ctl->run({"seal", m_ctl->caseFolder(), m_ctl->path("part.cordonz"), "--incident", "INC-0001"});
        VERIFY_STATUS(refused, 1);
        QVERIFY2(refused.err.contains("evidence key is not here"), refused.err.constData());
        QVERIFY(!QFileInfo::exists(m_ctl->path("part.cordonz")));
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
