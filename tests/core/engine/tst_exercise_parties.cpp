#include "core/engine/exercise_parties.h"
#include "core/govern/mandate_note.h"
#include "core/platform/file.h"

#include <QTemporaryDir>
#include <QTest>
#include <set>

using namespace cordon;
using engine::ExerciseParties;

class TestExerciseParties : public QObject
{
    Q_OBJECT

private:
    const Timestamp m_start = *Timestamp::parse("2026-11-21T12:00:00Z");

    Result<ExerciseParties> make(const QTemporaryDir& dir) const
    {
        const auto text =
            platform::readFile(std::filesystem::path(CORDON_SOURCE_DIR) / "resources/mandates/exercise.yaml");
        return ExerciseParties::make(folder(dir), {*text, m_start});
    }
    static std::filesystem::path folder(const QTemporaryDir& dir) { return dir.filePath("exercise").toStdString(); }
    static void replaceIn(const std::filesystem::path& file, const std::string& from, const std::string& to)
    {
        std::string text = *platform::readFile(file);
        const std::size_t at = text.find(from);
        QVERIFY2(at != std::string::npos, from.c_str());
        text.replace(at, from.size(), to);
        QVERIFY(platform::writeFileAtomically(file, text));
    }

private slots:
    void anExerciseHasItsOwnOwnersPeopleAgentAndMandate()
    {
        const QTemporaryDir dir;
        const auto made = make(dir);
        QVERIFY2(made, made ? "" : made.error().detail.c_str());
        QVERIFY(made->mandate().isExercise());
        QCOMPARE(made->signers().size(), std::size_t(2));
        QCOMPARE(made->mandate().agent.key, made->agentKey().publicKey().toString());
        QVERIFY(made->mandate().validFrom == m_start - std::chrono::hours(24));
        QVERIFY(made->mandate().validUntil > m_start);

        const auto people = ExerciseParties::banner(folder(dir));
        QVERIFY(people && people->size() == 3);
        std::set<std::string> secrets;
        for (const engine::PersonRow& person : *people) {
            QCOMPARE(person.pin.size(), std::size_t(6));
            QVERIFY(secrets.insert(person.totpSecret).second);
            QVERIFY(made->people().find(person.id));
        }
    }

    void whatWasMadeOpensAgainTheSame()
    {
        const QTemporaryDir dir;
        const auto made = make(dir);
        const auto opened = ExerciseParties::open(folder(dir));
        QVERIFY(opened);
        QCOMPARE(opened->mandate().digest, made->mandate().digest);
        QCOMPARE(opened->agentKey().publicKey().toString(), made->agentKey().publicKey().toString());
        QVERIFY(!make(dir)); // never over one that is there
    }

    void twoExercisesShareNothing()
    {
        const QTemporaryDir one;
        const QTemporaryDir two;
        const auto first = make(one);
        const auto second = make(two);
        QVERIFY(first->agentKey().publicKey().toString() != second->agentKey().publicKey().toString());
        QVERIFY(ExerciseParties::banner(folder(one))->at(0).totpSecret !=
                ExerciseParties::banner(folder(two))->at(0).totpSecret);
    }

    void noneThereIsSaidAsSuch()
    {
        const QTemporaryDir dir;
        const auto opened = ExerciseParties::open(folder(dir));
        QVERIFY(!opened && opened.error().code == ErrorCode::NotFound);
    }

    void privateFilesAreForTheirOwnerOnly()
    {
        const QTemporaryDir dir;
        QVERIFY(make(dir));
        for (const char* name : {"agent.key", "banner.json"}) {
            const auto permissions = std::filesystem::status(folder(dir) / name).permissions();
            QVERIFY2((permissions & (std::filesystem::perms::group_all | std::filesystem::perms::others_all)) ==
                         std::filesystem::perms::none,
                     name);
        }
    }

    void aChangedMandateIsRefused_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::newRow("more actions") << "exercise.mandate.yaml"
                                      << "max_actions: 200"
                                      << "max_actions: 999";
        QTest::newRow("one approver for T3") << "exercise.mandate.yaml"
                                             << "approvers: 2"
                                             << "approvers: 1";
        QTest::newRow("a real environment") << "exercise.mandate.yaml"
                                            << "environment: exercise"
                                            << "environment: prod";
        QTest::newRow("another owner's key") << "owners.json"
                                             << "\"key\""
                                             << "\"kez\"";
        QTest::newRow("no signature") << "exercise.mandate.yaml.note"
                                      << "\xe2\x80\x94"
                                      << "-";
    }

    void aChangedMandateIsRefused()
    {
        QFETCH(QString, file);
        QFETCH(QString, from);
        QFETCH(QString, to);
        const QTemporaryDir dir;
        QVERIFY(make(dir));
        std::filesystem::path changed = folder(dir) / file.toStdString();
        if (file.endsWith(".note"))
            changed = govern::mandateNoteFile(folder(dir) / "exercise.mandate.yaml");
        replaceIn(changed, from.toUtf8().toStdString(), to.toUtf8().toStdString());
        const auto opened = ExerciseParties::open(folder(dir));
        const bool isRefused =
            !opened || static_cast<int>(opened->signers().size()) < opened->mandate().owner.signaturesToLoad;
        QVERIFY(isRefused);
    }

    void anotherAgentsKeyIsRefused()
    {
        const QTemporaryDir dir;
        const QTemporaryDir other;
        QVERIFY(make(dir) && make(other));
        std::filesystem::copy_file(folder(other) / "agent.key", folder(dir) / "agent.key",
                                   std::filesystem::copy_options::overwrite_existing);
        const auto opened = ExerciseParties::open(folder(dir));
        QVERIFY(!opened && opened.error().code == ErrorCode::Untrusted);
    }
};

QTEST_GUILESS_MAIN(TestExerciseParties)
#include "tst_exercise_parties.moc"
