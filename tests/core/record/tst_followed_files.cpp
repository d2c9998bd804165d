#include "tests/core/record/case_index.h"

using namespace cordon;
using namespace cordon::record;
using namespace cordon::record::test;

namespace {

FollowedFile aFile(std::uint64_t position)
{
    FollowedFile file;
    file.root = "/logs";
    file.path = "/logs/a.json";
    file.device = 7;
    file.inode = ~std::uint64_t{0};
    file.head = std::string("he\0d", 4);
    file.tail = "tail";
    file.position = position;
    file.size = position + 3;
    file.changed = at(1);
    file.state = FollowState::Failed;
    file.reason = "why";
    file.sameAs = FollowedFileId{4};
    file.arrived = at(40);
    return file;
}

} // namespace

class TestFollowedFiles : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_case = std::make_unique<CaseIndex>(); }

    void aFileGoesThereAndBack()
    {
        FollowedFile file = aFile(100);
        file.id = m_case->store->putFollowed(file).value();
        QVERIFY(file.id.isSet());
        file.position = 200;
        QVERIFY(m_case->store->putFollowed(file).value() == file.id);
        const auto files = m_case->store->queries().followed().value();
        QCOMPARE(files.size(), std::size_t{1});
        QVERIFY(files.front() == file);
    }

    void aPieceThatWasNotSealedIsForgottenAndTheFileStaysWhereItWas()
    {
        CaseStore& store = *m_case->store;
        FollowedFile file = aFile(0);
        file.id = store.putFollowed(file).value();
        std::vector<Event> events{anEvent(1, "ana", "a"), anEvent(2, "ana", "b")};
        const SourceId piece = store.addPiece(file, "aws.cloudtrail", 0).value();
        QCOMPARE(store.addEvents(piece, events).value(), std::size_t{2});
        QVERIFY(store.discardUnsealed());
        QCOMPARE(store.queries().countEvents({}).value(), std::int64_t{0});
        QCOMPARE(store.queries().followed().value().front().position, std::uint64_t{0});
    }

    void aSealedPieceMovesTheFileOnAndWaitsForTheLedger()
    {
        CaseStore& store = *m_case->store;
        FollowedFile file = aFile(0);
        file.id = store.putFollowed(file).value();
        std::vector<Event> events{anEvent(1, "ana", "a"), anEvent(30, "ana", "b")};
        const SourceId piece = store.addPiece(file, "aws.cloudtrail", 64).value();
        QVERIFY(store.addEvents(piece, events));
        file.position = 264;
        QVERIFY(store.sealPiece(piece, sealedWith("x"), file));
        QVERIFY(store.discardUnsealed());
        const auto waiting = store.queries().sourcesNotNoted().value();
        QCOMPARE(waiting.size(), std::size_t{1});
        QVERIFY(waiting.front().id == piece && waiting.front().followed == file.id);
        QCOMPARE(waiting.front().begins, std::uint64_t{64});
        QVERIFY(store.noted(piece));
        QVERIFY(store.queries().sourcesNotNoted().value().empty());
        QCOMPARE(store.queries().followed().value().front().position, std::uint64_t{264});

        const auto sums = store.queries().followedSums().value();
        QCOMPARE(sums.size(), std::size_t{1});
        QCOMPARE(sums.front().root, std::string("/logs"));
        QCOMPARE(sums.front().kind, std::string("aws.cloudtrail"));
        QCOMPARE(sums.front().events, std::int64_t{2});
        QVERIFY(sums.front().last == at(30) && sums.front().arrived == at(40));
    }

    void aCaseOfTheFirstVersionIsBroughtOn()
    {
        QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath("old.db").toStdString();
        {
            auto old = store::Database::open(file, store::Database::Mode::Create).value();
            QVERIFY(applyCaseSchema(old));
            QVERIFY(old.execute("DROP TABLE followed; DROP INDEX sources_not_noted;"
                                "ALTER TABLE sources DROP COLUMN followed; ALTER TABLE sources DROP COLUMN begins;"
                                "ALTER TABLE sources DROP COLUMN is_noted; ALTER TABLE sources DROP COLUMN zone;"
                                "ALTER TABLE sources DROP COLUMN clock_offset; ALTER TABLE sources DROP COLUMN year;"
                                "ALTER TABLE sources DROP COLUMN written; ALTER TABLE sources DROP COLUMN last_record;"
                                "ALTER TABLE sources DROP COLUMN read_before;"
                                "INSERT INTO sources (file, kind, digest) VALUES ('a', '', 'ab'); PRAGMA user_version = 1"));
        }
        auto database = store::Database::open(file, store::Database::Mode::ReadWrite).value();
        QVERIFY(applyCaseSchema(database));
        CaseQueries queries(database);
        QCOMPARE(queries.sources().value().size(), std::size_t{1});
        QVERIFY(queries.sourcesNotNoted().value().empty()); // they were told of before there was a mark
    }

private:
    std::unique_ptr<CaseIndex> m_case;
};

QTEST_GUILESS_MAIN(TestFollowedFiles)
#include "tst_followed_files.moc"
