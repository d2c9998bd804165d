#include "core/record/case_schema.h"
#include "tests/core/engine/index_answers.h"

using namespace cordon;
using namespace cordon::tests;

namespace {

namespace fs = std::filesystem;

} // namespace

/// `case.db` is no authority: whatever happens to it, ledger and evidence give the same answers again.
class TestIndexRebuild : public QObject
{
    Q_OBJECT

private slots:
    void aRemovedIndexGivesTheSameAnswers()
    {
        CaseFixture fixture;
        workOn(fixture);
        const Answers before = allOf(fixture);
        QVERIFY(before.report.contains("looks like the build key"));
        removeIndex(fixture);
        const QByteArray told = reopen(fixture);
        QVERIFY2(told.contains("engine.index_rebuilt") && told.contains("it was missing"), told.constData());
        compareAnswers(allOf(fixture), before);
        QVERIFY(!fs::exists(fixture.folder() / "case.db.filling"));
    }

    void aDamagedIndexIsSetAsideAndMadeAnew_data()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("truncated") << 0;
        QTest::newRow("empty") << 1;
        QTest::newRow("one bit of a text") << 2;
        QTest::newRow("header") << 3;
        QTest::newRow("a folder") << 4;
    }
    void aDamagedIndexIsSetAsideAndMadeAnew()
    {
        QFETCH(int, kind);
        CaseFixture fixture;
        workOn(fixture);
        const Answers before = allOf(fixture);
        const fs::path index = record::databasePath(fixture.folder());
        const auto size = fs::file_size(index);
        if (kind == 0)
            fs::resize_file(index, size / 2);
        else if (kind == 1)
            fs::resize_file(index, 0);
        else if (kind == 4) {
            fs::remove(index);
            fs::create_directory(index);
        } else {
            QFile file(QString::fromStdString(index.string()));
            QVERIFY(file.open(QIODevice::ReadWrite));
            const QByteArray bytes = file.readAll();
            const qint64 at = kind == 3 ? 40 : bytes.indexOf("looks like the build key");
            QVERIFY(at >= 0);
            file.seek(at);
            file.write(QByteArray(1, static_cast<char>(bytes[at] ^ 1)));
        }
        const QByteArray told = reopen(fixture);
        QVERIFY2(told.contains("case.db.damaged-1"), told.constData());
        QVERIFY(fs::exists(fixture.folder() / "case.db.damaged-1"));
        compareAnswers(allOf(fixture), before);
    }

    void everyFlippedBitOfTheIndexIsSeen()
    {
        CaseFixture fixture;
        workOn(fixture);
        const fs::path index = record::databasePath(fixture.folder());
        QFile file(QString::fromStdString(index.string()));
        QVERIFY(file.open(QIODevice::ReadWrite));
        const QByteArray whole = file.readAll();
        QVERIFY(record::trustInIndex(fixture.folder(), fixture.home()) == record::IndexTrust::Sound);
        for (qsizetype at = 0; at < whole.size(); at += 4001) {
            file.seek(at);
            file.write(QByteArray(1, static_cast<char>(whole[at] ^ (1 << (at % 8)))));
            file.flush();
            QVERIFY2(record::trustInIndex(fixture.folder(), fixture.home()) == record::IndexTrust::None, QByteArray::number(at));
            file.seek(at);
            file.write(whole.mid(at, 1));
            file.flush();
        }
        QVERIFY(record::trustInIndex(fixture.folder(), fixture.home()) == record::IndexTrust::Sound);
    }

    /// Whoever can write in the folder writes case.db and its sum: the sum is signed, and the ledger names what is in it.
    void whatAnotherHandWroteIsNeverShownAsTheCases()
    {
        struct Forgery
        {
            const char* what;
            const char* sql;
            int exit;
        };
        const std::vector<Forgery> forgeries{
            {"who did it",
             "UPDATE ledger_index SET actor = 'user:innocent' WHERE seq = 9", 1},
            {"what was done",
             "UPDATE ledger_index SET data = replace(data, 'svc', 'bob')", 1},
            {"an entry more",
             "INSERT INTO ledger_index SELECT seq + 100000, ts, at, type, actor_kind, actor, session, incident, mandate, data FROM ledger_index WHERE seq = 3", 1},
            {"an entry less",
             "DELETE FROM ledger_index WHERE seq = 9", 2},
            {"a trigger",
             "CREATE TRIGGER t AFTER INSERT ON ledger_index BEGIN UPDATE ledger_index SET actor = 'x'; END", 1},
            {"an alert",
             "UPDATE alerts SET title = 'FORGED'", 2},
            {"an incident",
             "UPDATE incidents SET body = replace(body, 'svc', 'bob')", 2},
            {"an incident less",
             "DELETE FROM incidents WHERE id = 1", 2},
            {"a page",
             "UPDATE documents SET body = '{}' WHERE kind = 'agent'", 2},
            {"a line of the queue",
             "UPDATE documents SET body = replace(body, 'svc', 'bob') WHERE kind = 'incident_row'", 2},
            {"what an event says",
             "UPDATE words SET text = 'iam:ListNothing' WHERE text = 'iam:ListUsers'", 2},
            {"who an entity is",
             "UPDATE entities SET name = 'innocent-bob' WHERE id = 1", 2},
            {"when it was",
             "UPDATE events SET time = time + 1 WHERE id = 1", 2},
            {"who took part",
             "DELETE FROM event_entities WHERE event = 1", 2},
            {"a number as text",
             "UPDATE events SET offset = x'30' WHERE id = 1", 2},
        };
        CaseFixture fixture;
        workOn(fixture);
        const Answers before = allOf(fixture);
        QVERIFY2(fixture.verdict().exitStatus() == 0, fixture.verdict().toText().c_str());
        for (const Forgery& forgery : forgeries) {
            {
                auto database = CaseFixture::must(
                    store::Database::open(record::databasePath(fixture.folder()), store::Database::Mode::ReadWrite));
                CaseFixture::must(database.execute(forgery.sql));
            }
            const auto bytes = CaseFixture::must(platform::readFile(record::databasePath(fixture.folder())));
            CaseFixture::must(
                platform::writeFileAtomically(fixture.folder() / "case.db.sum", crypto::sha256(bytes).hex() + "\n"));
            const record::VerifyReport verdict = fixture.verdict();
            QVERIFY2(verdict.exitStatus() == forgery.exit, (forgery.what + ("\n" + verdict.toText())).c_str());
            for (const char* home : {"home", "elsewhere"}) {
                QVERIFY2(record::trustInIndex(fixture.folder(), fixture.path(home)) == record::IndexTrust::None, forgery.what);
            }
            fs::remove(fixture.folder() / "case.db.sum"); // nor as if a crash had come between
            QVERIFY2(record::trustInIndex(fixture.folder(), fixture.home()) == record::IndexTrust::None, forgery.what);
            (void)reopen(fixture);
            compareAnswers(allOf(fixture), before);
        }
    }

    void damageThatOnlyStructureTellsIsSeenAfterACrashToo()
    {
        CaseFixture fixture;
        workOn(fixture);
        const Answers before = allOf(fixture);
        fs::remove(fixture.folder() / "case.db.sum"); // as a crash leaves it
        const fs::path index = record::databasePath(fixture.folder());
        fs::resize_file(index, fs::file_size(index) - 4096);
        QVERIFY(reopen(fixture).contains("case.db.damaged-1"));
        compareAnswers(allOf(fixture), before);
    }

    void aFillingThatDidNotEndBeginsAgain()
    {
        CaseFixture fixture;
        workOn(fixture);
        const Answers before = allOf(fixture);
        auto database = CaseFixture::must(
            store::Database::open(record::databasePath(fixture.folder()), store::Database::Mode::ReadWrite));
        CaseFixture::must(database.execute("DELETE FROM events; DELETE FROM alerts;"));
        CaseFixture::must(record::beginFilling(fixture.folder(), {}));
        {
            const store::Database closed = std::move(database);
        }
        QVERIFY(reopen(fixture).contains("it was not filled to its end"));
        compareAnswers(allOf(fixture), before);
    }

    void aSoundIndexIsMadeAnewWhenAPersonAsks()
    {
        CaseFixture fixture;
        workOn(fixture);
        const Answers before = allOf(fixture);
        engine::EngineOptions options = bare(fixture);
        options.rebuildsIndex = true;
        QVERIFY(reopen(fixture, options).contains("case.db.replaced-1"));
        compareAnswers(allOf(fixture), before);
    }

    void withoutWhatWasKeptDetectionIsDoneAgain()
    {
        CaseFixture fixture;
        workOn(fixture);
        const Value before = *json::parse(reportOf(fixture).toStdString());
        removeIndex(fixture);
        fs::remove_all(record::keptPath(fixture.folder()));
        reopen(fixture);
        const Value after = *json::parse(reportOf(fixture).toStdString());
        QCOMPARE(after["events"].asInt(), before["events"].asInt());
        QVERIFY(after["alerts"] == before["alerts"]);
        QCOMPARE(after["incidents"].asArray().size(), before["incidents"].asArray().size());
        QVERIFY(json::write(after["incidents"]).find("looks like the build key") != std::string::npos);
    }

    void notesWrittenAfterThePagesWereKeptAreNotLost()
    {
        CaseFixture fixture;
        workOn(fixture);
        {
            const auto held = fixture.wake();
            CaseFixture::must(obey(*held, fixture,
                engine::AddNote{held->files().begin()->first, "written just before the crash", "user:analyst-a"}));
        } // no finish
        removeIndex(fixture);
        reopen(fixture);
        QVERIFY(reportOf(fixture).contains("written just before the crash"));
        QVERIFY(reportOf(fixture).contains("looks like the build key"));
    }

    void aChangedObjectOfWhatWasKeptIsNotBelieved()
    {
        CaseFixture fixture;
        workOn(fixture);
        removeIndex(fixture);
        for (const auto& item : fs::recursive_directory_iterator(record::keptPath(fixture.folder()))) {
            if (!item.is_regular_file())
                continue;
            fs::permissions(item.path(), fs::perms::owner_all);
            QFile file(QString::fromStdString(item.path().string()));
            QVERIFY(file.open(QIODevice::ReadWrite));
            file.seek(200);
            file.write("x");
        }
        reopen(fixture);
        QVERIFY(reportOf(fixture).contains("looks like the build key")); // from the ledger
        QCOMPARE(fixture.verdict().exitStatus(), 0);
    }

    void theRulesAndMapsInForceAreEvidence()
    {
        CaseFixture fixture;
        workOn(fixture);
        const auto sealed = fixture.ledger("evidence.sealed");
        QCOMPARE(sealed.front().data["kind"].asString(), std::string("detection"));
        const Digest digest = CaseFixture::must(Digest::fromHex(sealed.front().data["digest"].asString()));
        auto object = CaseFixture::must(record::EvidenceVault(record::evidencePath(fixture.folder())).open(digest));
        const Value texts = *json::parse(CaseFixture::must(object.read(0, static_cast<std::size_t>(object.size()))));
        QVERIFY(texts["rules"].asArray().size() > 10);
        QVERIFY(!texts["field_maps"].asArray().empty());
        QVERIFY(!texts["playbooks"].asArray().empty());
        const auto count = sealed.size();
        (void)fixture.run(); // the same again are not sealed again
        std::size_t detections = 0;
        for (const LedgerEntry& entry : fixture.ledger("evidence.sealed"))
            detections += entry.data["kind"].asString() == "detection" ? 1 : 0;
        QCOMPARE(detections, std::size_t(1));
        QVERIFY(count >= 2);
    }

    void anIndexOfAnOlderVersionIsMigratedAndACopyKept()
    {
        CaseFixture fixture;
        workOn(fixture);
        const Answers before = allOf(fixture);
        {
            auto database = CaseFixture::must(
                store::Database::open(record::databasePath(fixture.folder()), store::Database::Mode::ReadWrite));
            CaseFixture::must(database.execute(
                "ALTER TABLE sources DROP COLUMN year; ALTER TABLE sources DROP COLUMN written; ALTER TABLE sources DROP "
                "COLUMN last_record; ALTER TABLE sources DROP COLUMN read_before; PRAGMA user_version = 3;"));
        }
        fs::remove(fixture.folder() / "case.db.sum");
        reopen(fixture);
        auto copy = CaseFixture::must(
            store::Database::open(fixture.folder() / "case.db.version-3-1", store::Database::Mode::ReadOnly));
        auto version = CaseFixture::must(copy.prepare("PRAGMA user_version"));
        QVERIFY(CaseFixture::must(version.step()));
        QCOMPARE(version.integer(0), std::int64_t(3));
        COMPARE_TEXTS(reportOf(fixture), before.report);
    }

    void anIndexOfANewerVersionIsRefusedAndLeftAlone()
    {
        CaseFixture fixture;
        workOn(fixture);
        {
            auto database = CaseFixture::must(
                store::Database::open(record::databasePath(fixture.folder()), store::Database::Mode::ReadWrite));
            CaseFixture::must(database.execute("PRAGMA user_version = 99;"));
        }
        fs::remove(fixture.folder() / "case.db.sum");
        const auto opened = engine::Pipeline::open(bare(fixture), fixture.machine);
        QVERIFY(!opened);
        QVERIFY(opened.error().code == ErrorCode::Unsupported);
        QVERIFY2(opened.error().detail.find("version 99") != std::string::npos, opened.error().detail.c_str());
        QVERIFY(fs::exists(fixture.folder() / "case.db"));
        QVERIFY(!fs::exists(fixture.folder() / "case.db.damaged-1"));
    }
};

QTEST_GUILESS_MAIN(TestIndexRebuild)
#include "tst_index_rebuild.moc"
